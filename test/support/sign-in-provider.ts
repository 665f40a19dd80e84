import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { OAuthClient } from "../../src/platform/mail/oauth.ts";

/** A provider that people sign in with, on loopback. It gives a code for every sign-in and tokens for the code (RFC 6749, RFC 7636). */
export interface SignInProvider {
  readonly client: OAuthClient;
  /** Access tokens that are good at this moment. */
  readonly live: Set<string>;
  /** How many times an access was given or renewed. */
  readonly given: number;
  /** What it does instead of its work, until this is undefined again. */
  fault: "revoked" | "broken" | "nonsense" | undefined;
  /** The owner says yes at `address`: answers with where the browser is sent back to. */
  agree(address: string): URL;
  close(): Promise<void>;
}

export async function startSignInProvider(): Promise<SignInProvider> {
  const live = new Set<string>();
  const challenges = new Map<string, string>();
  const refreshTokens = new Set<string>();
  const state: { given: number; fault: SignInProvider["fault"] } = { given: 0, fault: undefined };

  function tokens(): object {
    state.given += 1;
    const [access, refresh] = [`access-${state.given}`, `refresh-${state.given}`];
    live.add(access);
    refreshTokens.add(refresh);
    return { access_token: access, refresh_token: refresh, expires_in: 3_600, token_type: "Bearer" };
  }

  function answer(form: URLSearchParams): [status: number, body: object] {
    if (form.get("client_secret") !== "client-secret") return [401, { error: "invalid_client" }];
    if (state.fault === "revoked") return [400, { error: "invalid_grant", error_description: "Token has been revoked." }];
    if (form.get("grant_type") === "refresh_token")
      return refreshTokens.has(form.get("refresh_token") ?? "") ? [200, tokens()] : [400, { error: "invalid_grant" }];
    const code = form.get("code") ?? "";
    const proof = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (challenges.get(code) !== proof) return [400, { error: "invalid_grant" }];
    challenges.delete(code);
    return [200, tokens()];
  }

  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      if (state.fault === "nonsense") return response.end("<html>Maintenance</html>");
      if (state.fault === "broken") return response.writeHead(503, { "content-type": "application/json" }).end("{}");
      const [status, answered] = answer(new URLSearchParams(body));
      return response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answered));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    client: {
      title: "Google",
      authorizeUrl: `${origin}/authorize`,
      tokenUrl: `${origin}/token`,
      scope: "mail",
      clientId: "client-id",
      clientSecret: "client-secret",
    },
    live,
    get given() {
      return state.given;
    },
    get fault() {
      return state.fault;
    },
    set fault(fault) {
      state.fault = fault;
    },
    agree(address) {
      const asked = new URL(address).searchParams;
      const code = `code-${challenges.size + 1}`;
      challenges.set(code, asked.get("code_challenge") ?? "");
      const back = new URL(asked.get("redirect_uri") ?? "");
      back.searchParams.set("code", code);
      back.searchParams.set("state", asked.get("state") ?? "");
      return back;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
