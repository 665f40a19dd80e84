import type { MiddlewareHandler } from "hono";
import { AppError } from "../../lib/errors.ts";
import { addSecurityHeaders, requestHeader } from "./kit/headers.ts";
import type { WebContext, WebEnv } from "./kit/web.ts";

/** Names under which this server may be asked for on this machine: `Host` as browsers write it. */
export function loopbackHosts(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
}

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * A page elsewhere could point its own name at 127.0.0.1 and read the answers as its own (DNS rebinding);
 * but it cannot choose the `Host` that the browser writes. 421 Misdirected Request: RFC 9110, section 15.5.20.
 */
function assertHost(host: string | undefined, allowed: ReadonlySet<string>): asserts host is string {
  if (host !== undefined && allowed.has(host.toLowerCase())) return;
  throw new WrongHost();
}

/** Not an AppError: it is about the connection, and only the web has a status for it. */
export class WrongHost extends Error {}

/**
 * Keeps other sites out. Browsers say where a request comes from: `Sec-Fetch-Site` (all current ones), and `Origin` with
 * every POST. A request that carries neither is not from a browser (curl, a script of the owner's) and passes: whoever can
 * run a program here can read the data file anyway. An older browser sends no `Sec-Fetch-Site`, but its POSTs have `Origin`.
 */
function assertSameSite(c: WebContext, host: string): void {
  const site = requestHeader(c, "sec-fetch-site");
  const foreign = site !== undefined && site !== "same-origin" && site !== "none";
  if (SAFE_METHODS.has(c.req.method)) {
    // A link from elsewhere (a mail, a bookmark page) may open a page; nothing else may load anything from here.
    if (foreign && requestHeader(c, "sec-fetch-mode") !== "navigate") throw elsewhere();
    return;
  }
  const origin = requestHeader(c, "origin");
  const foreignOrigin = origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
  if (foreign || foreignOrigin) throw elsewhere();
}

function elsewhere(): AppError {
  return new AppError(
    "forbidden",
    "This request came from another site, so nothing was done. Open Throughline itself and do it there.",
  );
}

/**
 * The loopback guard: Host, Origin and response headers, for every route of the server (pages, API and MCP alike).
 * `allowedHosts` may still grow after the server listens, when the port is known only then.
 */
export function guard(allowedHosts: ReadonlySet<string>): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const host = requestHeader(c, "host");
    assertHost(host, allowedHosts);
    assertSameSite(c, host.toLowerCase());
    await next();
    if (!c.get("hasHeaders")) addSecurityHeaders(c.res.headers);
  };
}
