import { type Html, html } from "../../../surfaces/web/kit/html.ts";

/**
 * Stricter than the owner's pages: no script at all, nothing in a cache, no index of a search engine, and no address of this page in
 * any request that it leads to, because the address opens it.
 */
const GUEST_HEADERS: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=UTF-8",
  "content-security-policy":
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
  "x-robots-tag": "noindex, nofollow",
};

interface GuestPage {
  readonly title: string;
  readonly body: Html;
  readonly status?: number;
  /** The `<link>` elements of the style sheet. */
  readonly links: Html;
}

/** A whole page without navigation, script or cookie. */
export async function guestPage({ title, body, status = 200, links }: GuestPage): Promise<Response> {
  const text = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
${links}</head>
<body>
<main id="main">
<h1 dir="auto">${title}</h1>
${body}
</main>
</body>
</html>
`;
  return new Response(text.toString(), { status, headers: GUEST_HEADERS });
}
