/** A path on this server, as a form's hidden field names it; anything else (another site, a script) is undefined. */
export function localPath(raw: string | undefined): string | undefined {
  if (!raw?.startsWith("/")) return undefined;
  try {
    const base = "http://throughline.invalid";
    const url = new URL(raw, base);
    return url.origin === base ? url.pathname + url.search : undefined;
  } catch {
    return undefined;
  }
}

/** The same path, telling the page which capture was just written. */
export function withNoticed(path: string, id: string): string {
  if (!/[?#]/u.test(path)) return `${path}?noticed=${id}`;
  const url = new URL(path, "http://throughline.invalid");
  url.searchParams.set("noticed", id);
  return url.pathname + url.search;
}
