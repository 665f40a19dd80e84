/** Windows hands at most about 2,000 characters to a mail program; longer links are cut without a word. */
const LONGEST_LINK = 1_900;

/**
 * A `mailto:` link (RFC 6068) with subject and text, or undefined when the text is too long for one: then offer to copy instead.
 * Line breaks are CRLF as section 5 asks for.
 */
export function mailtoLink(mail: {
  readonly toAddress: string;
  readonly subject: string;
  readonly text: string;
}): string | undefined {
  const encode = (text: string): string => encodeURIComponent(text.toWellFormed());
  const to = encode(mail.toAddress).replace(/%40/gu, "@");
  const link = `mailto:${to}?subject=${encode(mail.subject)}&body=${encode(mail.text.replace(/\r?\n/gu, "\r\n"))}`;
  return link.length <= LONGEST_LINK ? link : undefined;
}
