import type { Address, Attachment, Email as Parsed } from "postal-mime";
import { cleanLine, cleanText } from "../../lib/text.ts";
import { htmlToText } from "./html-text.ts";
import type { MailAddress } from "./mime.ts";

/** A mail beyond this is kept up to here. */
export const LARGEST_MAIL = 5_000_000;

/** As much of it is read: the words come first, pictures and attachments after them, and every line costs time. */
const LARGEST_READ = 1_000_000;
const MOST_LINES = 12_000;

const LONGEST_BODY = 200_000;
const LONGEST_LINE = 998;
const LONGEST_PART = 50_000;
const MOST_IDS = 200;

export interface MailHeader {
  /** In lower case. */
  readonly name: string;
  /** Unfolded, with encoded words as they came. */
  readonly value: string;
}

/** The machine-readable parts of a report (RFC 3462): who was not reached, and which mail it was about. */
export interface MailPart {
  readonly type: string;
  readonly text: string;
  /** The `method` of a calendar part, as REQUEST or REPLY. */
  readonly method?: string | undefined;
}

/** A mail as far as it matters here. Everything in it was written by somebody else: show it escaped. */
export interface ReadMail {
  readonly headers: readonly MailHeader[];
  /** With angle brackets; "" when there is none. */
  readonly messageId: string;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  readonly from: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly subject: string;
  /** The words as text, quotes marked with ">"; LF line ends. */
  readonly text: string;
  readonly parts: readonly MailPart[];
  /** False when only its beginning was read: it is very long, or broken in a way that hides what it says. */
  readonly isWhole: boolean;
}

/** The values of a header, topmost first. */
export function headersNamed(mail: Pick<ReadMail, "headers">, name: string): string[] {
  return mail.headers.filter((header) => header.name === name).map((header) => header.value);
}

export function headerNamed(mail: Pick<ReadMail, "headers">, name: string): string {
  return mail.headers.find((header) => header.name === name)?.value ?? "";
}

/** Message-IDs in a header (RFC 5322, section 3.6.4), or anywhere else: everything between angle brackets with an @ in it. */
export function messageIdsIn(text: string): string[] {
  const found = text.slice(0, LONGEST_BODY).match(/<[^<>\s@]{1,400}@[^<>\s@]{1,250}>/gu) ?? [];
  return [...new Set(found)].slice(0, MOST_IDS);
}

/** All senders: a mail may name several, and a forged one may have several From headers. */
interface Email extends Parsed {
  readonly senders: readonly Address[];
}

function mailboxes(addresses: readonly Address[] | undefined): MailAddress[] {
  return (addresses ?? [])
    .flatMap((one) => ("group" in one && one.group ? one.group : [one]))
    .map((one) => ({
      name: cleanLine(one.name ?? ""),
      address: cleanLine(("address" in one ? one.address : "") ?? "").toLowerCase(),
    }))
    .filter((one) => one.address !== "")
    .slice(0, MOST_IDS);
}

/** Lines beyond the limit of RFC 5322 (section 2.1.1) are broken, so that nothing that reads lines ever meets an endless one. */
function body(text: string): string {
  const cleaned = cleanText(text.slice(0, LONGEST_BODY));
  return cleaned
    .split("\n")
    .flatMap((line) => (line.length <= LONGEST_LINE ? [line] : (line.match(/.{1,998}/gsu) ?? [])))
    .join("\n");
}

/** Cut before it is decoded: the report's own fields come first, and the mail inside can be long. */
function textOf(content: Attachment["content"]): string {
  if (typeof content === "string") return content.slice(0, LONGEST_PART);
  const bytes = content instanceof Uint8Array ? content : new Uint8Array(content);
  return cleanText(Buffer.from(bytes.subarray(0, LONGEST_PART)).toString("utf8"));
}

const WORTH_READING = /^(?:message\/|text\/(?:rfc822-headers|calendar)$)/u;

function partsOf(email: Email): MailPart[] {
  return email.attachments
    .filter((one) => WORTH_READING.test(one.mimeType))
    .slice(0, 10)
    .map((one) => ({ type: one.mimeType, text: textOf(one.content), method: one.method }));
}

function headersOf(email: Email): MailHeader[] {
  return email.headers.map(({ key, value }) => ({ name: key, value: cleanLine(value) }));
}

function fromEmail(email: Email, isWhole: boolean): ReadMail {
  const headers = headersOf(email);
  const first = (name: string): string => headerNamed({ headers }, name);
  const words = email.text !== undefined && email.text.trim() !== "" ? email.text : htmlToText(email.html ?? "");
  return {
    headers,
    messageId: messageIdsIn(first("message-id"))[0] ?? "",
    inReplyTo: messageIdsIn(first("in-reply-to")),
    references: messageIdsIn(headersNamed({ headers }, "references").join(" ")),
    from: mailboxes(email.senders),
    to: mailboxes([...(email.to ?? []), ...(email.cc ?? [])]),
    subject: cleanLine(email.subject ?? "").slice(0, LONGEST_LINE),
    text: body(words),
    parts: partsOf(email),
    isWhole,
  };
}

const limits = {
  maxNestingDepth: 50,
  maxHeadersSize: 512 * 1024,
  maxRfc822NestingDepth: 0,
  forceRfc822Attachments: true,
} as const;

async function parse(bytes: Uint8Array): Promise<Email> {
  // Loaded with the first mail: a start must not wait for it.
  const { default: PostalMime, addressParser } = await import("postal-mime");
  const email = await PostalMime.parse(bytes, limits);
  const senders = email.headers.filter((one) => one.key === "from").flatMap((one) => addressParser(one.value));
  return { ...email, senders };
}

/** What can still be said of a mail that no reader takes apart: its headers, and the first words after them. */
async function rescue(bytes: Uint8Array): Promise<ReadMail> {
  const raw = Buffer.from(bytes.subarray(0, LONGEST_PART)).toString("latin1");
  const end = /\r?\n\r?\n/u.exec(raw);
  const head = raw.slice(0, end?.index ?? raw.length);
  const rest = Buffer.from(raw.slice((end?.index ?? raw.length) + (end?.[0].length ?? 0)), "latin1").toString("utf8");
  try {
    // Without its structure, what follows the headers is read as it stands.
    const plain = head.replace(/^content-(?:type|transfer-encoding):.*(?:\r?\n[ \t].*)*\r?\n?/gimu, "");
    return { ...fromEmail(await parse(Buffer.from(`${plain.trimEnd()}\r\n\r\n`, "latin1")), false), text: body(rest) };
  } catch {
    const nothing = { headers: [], messageId: "", inReplyTo: [], references: [], from: [], to: [], subject: "", parts: [] };
    return { ...nothing, text: body(rest), isWhole: false };
  }
}

/** The beginning of a mail, to the end of a line. */
function beginning(bytes: Uint8Array): Uint8Array {
  let end = 0;
  for (let lines = 0; lines < MOST_LINES; lines += 1) {
    const next = bytes.indexOf(10, end);
    if (next < 0 || next >= LARGEST_READ)
      return bytes.subarray(0, next < 0 ? Math.min(bytes.length, LARGEST_READ) : end || LARGEST_READ);
    end = next + 1;
  }
  return bytes.subarray(0, end);
}

/**
 * Reads a mail: charsets, nested parts, HTML alone, and broken ones as far as they go. Never throws and never fetches anything.
 * The caller keeps the bytes: what was not understood is not lost.
 */
export async function readMail(bytes: Uint8Array): Promise<ReadMail> {
  const present = beginning(bytes);
  try {
    return fromEmail(await parse(present), present.length === bytes.length);
  } catch {
    return rescue(present);
  }
}
