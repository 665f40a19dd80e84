/** Beyond this nobody typed or pasted an address on purpose. */
const LONGEST_ADDRESS = 4_000;
/** An address whose path is no longer than this is nobody's secret, so its end is not a hint that is worth anything. */
const SHORT_PATH = 12;
const SHOWN_END = 4;

/**
 * The address that a person pasted, ready to be asked: webcal becomes https (there is no standard for it; every provider means that),
 * a fragment is dropped. Undefined when it is not an address of the web.
 */
export function webAddress(text: string): URL | undefined {
  const pasted = text.trim().replace(/^webcals?:\/\//iu, "https://");
  if (!/^https?:\/\/[^/]/iu.test(pasted) || pasted.length > LONGEST_ADDRESS || /\s/u.test(pasted)) return undefined;
  const url = URL.parse(pasted);
  if (!url || url.hostname === "") return undefined;
  url.hash = "";
  return url;
}

/** An address as it may be shown: the host, and the last four characters to tell two of them apart. Whoever has a whole one reads the calendar. */
export function maskedAddress(url: URL): string {
  const rest = url.pathname + url.search;
  return rest.length <= SHORT_PATH ? `${url.host}/…` : `${url.host}/…${rest.slice(-SHOWN_END)}`;
}
