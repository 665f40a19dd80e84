import { Hono } from "hono";
import { type AnyOperation, call, type Caller } from "../../platform/operation.ts";

export interface McpEndpointFacts {
  readonly operations: readonly AnyOperation[];
  readonly version: string;
  /** Whom a bearer token belongs to; undefined for a token that is unknown or was renewed. */
  readonly callerFor: (token: string) => Promise<Caller | undefined>;
  readonly log?: (error: Error) => void;
}

function refuse(status: 401 | 403 | 405, message: string, headers: Record<string, string> = {}): Response {
  return Response.json({ jsonrpc: "2.0", error: { code: -32_000, message }, id: null }, { status, headers });
}

/** A browser names the page that a request comes from; only this server's own pages may ask (MCP 2025-06-18, "Security Warning"). */
function isForeign(origin: string | undefined, host: string | undefined): boolean {
  return origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
}

/**
 * MCP over streamable HTTP, meant to be mounted at /mcp. Stateless: every request stands for itself, so that several
 * processes can answer and nothing is kept for an assistant that went away. The token is required.
 */
export function mcpEndpoint({ operations, version, callerFor, log }: McpEndpointFacts): Hono {
  const endpoint = new Hono();
  endpoint.all("/", async (c) => {
    if (isForeign(c.req.header("origin"), c.req.header("host"))) return refuse(403, "This request came from another site.");
    const token = /^Bearer +(\S+)$/iu.exec(c.req.header("authorization") ?? "")?.[1];
    const caller = token === undefined ? undefined : await callerFor(token);
    if (!caller)
      return refuse(401, 'Send the header "Authorization: Bearer TOKEN". "throughline token show" prints the token.', {
        "www-authenticate": 'Bearer realm="Throughline"',
      });
    // There is no session to listen to or to end.
    if (c.req.method !== "POST") return refuse(405, "Use POST.", { allow: "POST" });
    // The SDK takes a moment to load, and most installations never speak to an assistant.
    const [{ WebStandardStreamableHTTPServerTransport }, { assistantServer }] = await Promise.all([
      import("@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js"),
      import("./server.ts"),
    ]);
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    const server = assistantServer({
      operations,
      version,
      clock: caller.clock,
      invoke: (operation, input) => call(caller, operation, input),
      log,
    });
    await server.connect(transport);
    try {
      return await transport.handleRequest(c.req.raw);
    } finally {
      await server.close();
    }
  });
  return endpoint;
}
