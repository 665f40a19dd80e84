import type { WebContext } from "./web.ts";

/**
 * Nothing but this server, no inline script or style, no frames. `form-action 'self'` covers redirects too.
 * Prepared once: these objects go to Node as they are, with no work per request.
 */
const SECURITY_HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  "x-content-type-options": "nosniff",
  // Not "no-referrer": that would make browsers send "Origin: null" with our own forms.
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
} as const;

/** Pages show private text, so no cache keeps them. */
const PAGE_HEADERS: Record<string, string> = {
  ...SECURITY_HEADERS,
  "content-type": "text/html; charset=UTF-8",
  "cache-control": "no-store",
};

const { "cross-origin-opener-policy": _policy, ...PAGE_HEADERS_FROM_HERE } = PAGE_HEADERS;

/**
 * The headers of a page. The opener policy takes the window away from the site that opened it, for which browsers start another
 * process and so show the first page twice as late (measured in bench/). When the browser says that nobody elsewhere opened this
 * page (typed, bookmarked, or a link of ours; Fetch Metadata, section 2.2), there is no window to take away.
 */
export function pageHeaders(c: Pick<WebContext, "env" | "req">): Record<string, string> {
  const site = requestHeader(c, "sec-fetch-site");
  return site === "none" || site === "same-origin" ? PAGE_HEADERS_FROM_HERE : PAGE_HEADERS;
}

const REDIRECT_HEADERS: Record<string, string> = { ...SECURITY_HEADERS, "cache-control": "no-store", "content-length": "0" };

/** The headers of the redirect after a form, to a path of this server. */
export function redirectHeaders(path: string, cookie?: string): Record<string, string> {
  // A header has no place for other letters; what a browser makes of the path is the same.
  const headers = { ...REDIRECT_HEADERS, location: /^[\x21-\x7E]*$/u.test(path) ? path : encodeURI(path) };
  return cookie === undefined ? headers : { ...headers, "set-cookie": cookie };
}

/** Adds the security headers to a response that is not a page (redirect, download, JSON), keeping what it already says. */
export function addSecurityHeaders(headers: Headers): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) if (!headers.has(name)) headers.set(name, value);
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
}

/** Reads a request header from Node's own parsed object where there is one: `c.req.header` would build a `Headers` for it. */
export function requestHeader(c: Pick<WebContext, "env" | "req">, name: string): string | undefined {
  const incoming = (c.env as { incoming?: { headers: Record<string, string | string[] | undefined> } } | undefined)?.incoming;
  if (!incoming) return c.req.header(name);
  const value = incoming.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
