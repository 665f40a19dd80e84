import { createHash, randomBytes } from "node:crypto";
import * as z from "zod";
import { cleanLine } from "../../lib/text.ts";

export const oauthProviderNames = ["google", "microsoft"] as const;
export type OAuthProviderName = (typeof oauthProviderNames)[number];

/** Where a provider lets people sign in, and what is asked for: mail alone. */
export interface OAuthProvider {
  readonly title: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly scope: string;
}

/** A client that the owner registered with the provider: this program has none of its own. */
export interface OAuthClient extends OAuthProvider {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
}

export type OAuthClients = Partial<Record<OAuthProviderName, OAuthClient>>;

export const oauthProviders: Record<OAuthProviderName, OAuthProvider> = {
  google: {
    title: "Google",
    authorizeUrl: "https://accounts.google.com/o/oauth2/v2/auth",
    tokenUrl: "https://oauth2.googleapis.com/token",
    scope: "https://mail.google.com/",
  },
  microsoft: {
    title: "Microsoft",
    authorizeUrl: "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
    tokenUrl: "https://login.microsoftonline.com/common/oauth2/v2.0/token",
    scope: "https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All offline_access",
  },
};

/** Secrets: they are kept sealed, and never logged or shown. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Instant text; after it the access token is of no use. */
  readonly expiresAt: string;
}

/** Why there is no token. `credentials`: the owner has to sign in again. `no_connection`: it may work later. */
export class TokenTrouble extends Error {
  readonly trouble: "credentials" | "no_connection";
  constructor(trouble: TokenTrouble["trouble"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.trouble = trouble;
  }
}

const LIMIT_MS = 20_000;
/** A token is renewed this long before its end: it must not die on the way to the mail server. */
const SPARE = { minutes: 2 } as const;
const USUAL_SECONDS = 3_600;

const Answer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().optional(),
  expires_in: z.coerce.number().int().positive().optional(),
});
const Refusal = z.object({ error: z.string(), error_description: z.string().optional() });

/** A secret of one sign-in (RFC 7636): only who began it can end it. */
export function newVerifier(): string {
  return randomBytes(32).toString("base64url");
}

/** The address at which the owner says yes. `state` comes back unchanged. */
export function signInAddress(
  client: OAuthClient,
  facts: { readonly redirectUri: string; readonly state: string; readonly verifier: string; readonly user: string },
): string {
  const address = new URL(client.authorizeUrl);
  const parameters = {
    client_id: client.clientId,
    response_type: "code",
    redirect_uri: facts.redirectUri,
    scope: client.scope,
    state: facts.state,
    code_challenge: createHash("sha256").update(facts.verifier).digest("base64url"),
    code_challenge_method: "S256",
    login_hint: facts.user,
    // Google gives a refresh token only when it is asked like this; others ignore it.
    access_type: "offline",
    prompt: "consent",
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return address.href;
}

async function ask(
  client: OAuthClient,
  fields: Readonly<Record<string, string>>,
  now: Temporal.Instant,
  before?: string,
): Promise<Tokens> {
  const body = new URLSearchParams({ ...fields, client_id: client.clientId });
  if (client.clientSecret !== undefined) body.set("client_secret", client.clientSecret);
  let status: number;
  let answer: unknown;
  try {
    const response = await fetch(client.tokenUrl, {
      method: "POST",
      body,
      redirect: "error",
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    status = response.status;
    answer = await response.json();
  } catch (error) {
    throw new TokenTrouble("no_connection", `${client.title} did not answer when a new access was asked for.`, { cause: error });
  }
  const refused = Refusal.safeParse(answer);
  if (refused.success && status < 500) {
    const { error, error_description: words } = refused.data;
    throw new TokenTrouble(
      "credentials",
      `${client.title} ended the sign-in (${cleanLine(words ?? error).slice(0, 160)}). Sign in again on the page of the mail account.`,
    );
  }
  const given = Answer.safeParse(answer);
  const refreshToken = given.data?.refresh_token ?? before;
  if (status >= 400 || !given.success)
    throw new TokenTrouble("no_connection", `${client.title} answered with something else than a new access (${status}).`);
  if (refreshToken === undefined)
    throw new TokenTrouble(
      "credentials",
      `${client.title} gave an access that cannot be renewed. Sign in again, and agree to lasting access.`,
    );
  return {
    accessToken: given.data.access_token,
    refreshToken,
    expiresAt: now.add({ seconds: given.data.expires_in ?? USUAL_SECONDS }).toString(),
  };
}

/** Turns the code that came back from the provider into tokens. Throws `TokenTrouble`. */
export function exchangeCode(
  client: OAuthClient,
  facts: { readonly code: string; readonly redirectUri: string; readonly verifier: string },
  now: Temporal.Instant,
): Promise<Tokens> {
  const { code, redirectUri, verifier } = facts;
  return ask(client, { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: verifier }, now);
}

/** Renews the access (RFC 6749, section 6). A provider that gives no new refresh token means the old one. Throws `TokenTrouble`. */
export function renewTokens(client: OAuthClient, { refreshToken }: Tokens, now: Temporal.Instant): Promise<Tokens> {
  return ask(client, { grant_type: "refresh_token", refresh_token: refreshToken }, now, refreshToken);
}

export function isFresh({ expiresAt }: Tokens, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now.add(SPARE), Temporal.Instant.from(expiresAt)) < 0;
}
