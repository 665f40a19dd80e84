import { cleanLine } from "../../lib/text.ts";
import { newSecret } from "../../lib/ids.ts";

export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

export interface MailParts {
  readonly from: MailAddress | undefined;
  readonly to: MailAddress | undefined;
  readonly subject: string;
  readonly messageId: string;
  readonly inReplyTo?: string | undefined;
  readonly references: readonly string[];
  readonly date: Temporal.Instant;
  readonly text: string;
  /** What stands inside <body>. */
  readonly html: string;
  /** True for a mail of the program to its owner (RFC 3834); never for words that a person approved. */
  readonly isAutomatic?: boolean;
}

/** A Message-ID (RFC 5322, section 3.6.4): a random left part, the domain of the sender's address. Made once for a mail and stored. */
export function newMessageId(fromAddress: string | null): string {
  const domain = fromAddress?.split("@").at(-1) ?? "";
  // A domain in other letters than ASCII would need an extension on every server on the way.
  return `<${newSecret()}@${/^[a-z0-9.-]+$/iu.test(domain) ? domain.toLowerCase() : "throughline.invalid"}>`;
}

/**
 * Names and subjects come from people. A line break in one would start a header of its own (CWE-93), and "=?" would start
 * an encoded word (RFC 2047) that the reader's program shows as something else than what was approved.
 */
function headerText(text: string): string {
  return cleanLine(text).replace(/=\?/gu, "= ?");
}

function party(address: MailAddress | undefined): MailAddress | undefined {
  return address && { name: headerText(address.name), address: cleanLine(address.address) };
}

/** The whole message as it goes over the line: multipart/alternative, text first (RFC 2046, section 5.1.4), CRLF line ends. */
export async function composeMail(parts: MailParts): Promise<string> {
  const from = party(parts.from);
  const to = party(parts.to);
  // Loaded when the first mail is written: a start must not wait for it.
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const message = await new MailComposer({
    ...(from && { from }),
    ...(to && { to }),
    subject: headerText(parts.subject),
    messageId: parts.messageId,
    ...(parts.isAutomatic && { headers: { "Auto-Submitted": "auto-generated" } }),
    ...(parts.inReplyTo && { inReplyTo: parts.inReplyTo }),
    ...(parts.references.length > 0 && { references: [...parts.references] }),
    date: new Date(parts.date.epochMilliseconds),
    text: parts.text,
    html: `<!doctype html>\n<html><head><meta charset="utf-8"><title>${escapeHtml(cleanLine(parts.subject))}</title></head><body>${parts.html}</body></html>`,
    newline: "win",
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
  return message.toString("utf8");
}

function escapeHtml(text: string): string {
  return text.replace(/&/gu, "&amp;").replace(/</gu, "&lt;").replace(/>/gu, "&gt;");
}

/** The same message as a draft: mail programs that know `X-Unsent` open it for sending instead of reading. */
export function asUnsentDraft(message: string): string {
  return `X-Unsent: 1\r\n${message}`;
}
