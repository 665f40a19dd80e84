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
function assertSameSite(c: WebContext, hosts: readonly string[], isGuestPath: boolean): void {
  const site = requestHeader(c, "sec-fetch-site");
  const foreign = site !== undefined && site !== "same-origin" && site !== "none";
  if (SAFE_METHODS.has(c.req.method)) {
    // A link from elsewhere (a mail, a bookmark page) may open a page; nothing else may load anything from here.
    if (foreign && requestHeader(c, "sec-fetch-mode") !== "navigate") throw elsewhere();
    return;
  }
  const origin = requestHeader(c, "origin");
  // A page that tells nobody its address (Referrer-Policy: no-referrer) posts with "Origin: null" (Fetch, section 3.2.6). Below /g/ the
  // address itself is the permission, and there are no cookies to misuse: who does not know it cannot post to it from anywhere.
  const isOwn =
    hosts.some((host) => origin === `http://${host}` || origin === `https://${host}`) || (isGuestPath && origin === "null");
  const foreignOrigin = origin !== undefined && !isOwn;
  if (foreign || foreignOrigin) throw elsewhere();
}

function elsewhere(): AppError {
  return new AppError(
    "forbidden",
    "This request came from another site, so nothing was done. Open Throughline itself and do it there.",
  );
}

/** All that is answered to somebody elsewhere: the page behind a link, the style sheet and icon that it needs, and a calendar feed. */
const GUEST_PATH = /^\/g\/[\w-]+$/u;
const GUEST_ASSET = /^\/assets\/[\w-]+\/(?:style\.css|icon\.svg)$/u;
const FEED_PATH = /^\/feeds\/[\w-]{43}\.ics$/u;

/** What web servers that hand on a request add to it. The owner's browser on this machine sends none of them. */
const HANDED_ON = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"] as const;

/**
 * Whether a request came in through the public address: it names it, or a web server handed it on. The second keeps a server that
 * forgets to hand on the `Host`, and writes 127.0.0.1 instead, from showing the owner's pages to everybody.
 */
function isFromOutside(c: WebContext, host: string, publicHost: string | undefined, allowed: ReadonlySet<string>): boolean {
  if (publicHost === undefined) return false;
  if (HANDED_ON.some((name) => requestHeader(c, name) !== undefined)) return true;
  return host === publicHost && !allowed.has(host);
}

function assertGuestPath({ req }: WebContext): void {
  const isRead = req.method === "GET" || req.method === "HEAD";
  if (GUEST_PATH.test(req.path) || (isRead && (GUEST_ASSET.test(req.path) || FEED_PATH.test(req.path)))) return;
  throw new AppError("not_found", "There is nothing at this address.");
}

/**
 * The guard: Host, Origin and response headers, for every route of the server (pages, API and MCP alike). `allowedHosts` may still
 * grow after the server listens, when the port is known only then. `publicHost` is the one name under which somebody elsewhere may
 * ask; there they get the pages of their links, and nothing else exists.
 */
export function guard(allowedHosts: ReadonlySet<string>, publicHost?: string): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const host = requestHeader(c, "host")?.toLowerCase();
    const isOutside = host !== undefined && isFromOutside(c, host, publicHost, allowedHosts);
    if (isOutside) assertGuestPath(c);
    else assertHost(host, allowedHosts);
    const own = isOutside && publicHost !== undefined ? [host, publicHost] : [host];
    assertSameSite(c, own, GUEST_PATH.test(c.req.path));
    await next();
    if (!c.get("hasHeaders")) addSecurityHeaders(c.res.headers);
  };
}
