import * as z from "zod";

// C0 and C1 controls other than tab and line feed, and the bidirectional overrides that could make a line read as another one.
// oxlint-disable-next-line no-control-regex -- removing control characters is the point
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** Text as it is kept: well-formed Unicode in NFC, LF line ends, no control characters, no white space at either end. */
export function cleanText(raw: string): string {
  // Half a character (a lone surrogate) has no bytes in UTF-8: both stores would keep something else than was shown.
  return raw.toWellFormed().replace(/\r\n?/gu, "\n").replace(CONTROLS, "").normalize("NFC").trim();
}

/** One line as it is kept: like `cleanText`, and any run of white space (line breaks too) becomes one space. */
export function cleanLine(raw: string): string {
  return cleanText(raw).replace(/\s+/gu, " ");
}

const hasText = (text: string): boolean => text.length > 0;

/** A required single line of at most `max` characters; `missing` says what to write. Line breaks become spaces, so CRLF cannot reach a mail header. */
export function line(max: number, missing = "Write something here.") {
  return z
    .string()
    .transform(cleanLine)
    .refine(hasText, { error: missing })
    .refine((text) => text.length <= max, { error: `Keep this to ${max} characters.` });
}

/** An optional single line; absent becomes "". */
export function optionalLine(max: number) {
  return z
    .string()
    .default("")
    .transform(cleanLine)
    .refine((text) => text.length <= max, { error: `Keep this to ${max} characters.` });
}

/** The longest text that one field keeps: enough for anything typed by hand, small enough for a page. */
export const LONGEST_TEXT = 20_000;

const withinLimit = (text: string): boolean => text.length <= LONGEST_TEXT;
const tooLong = {
  error: `This is longer than ${LONGEST_TEXT / 1_000},000 characters. Shorten it or split it in two; nothing was cut.`,
};

/** A required text of several lines. */
export function paragraph(missing = "Write something here.") {
  return z.string().transform(cleanText).refine(hasText, { error: missing }).refine(withinLimit, tooLong);
}

/** A text of several lines that may be emptied. Has no default: for edits, where absent means "leave it". */
export const paragraphOrEmpty = z.string().transform(cleanText).refine(withinLimit, tooLong);

/** An optional text of several lines; absent becomes "". */
export function optionalParagraph() {
  return z.string().default("").pipe(paragraphOrEmpty);
}

/** A single mail address. Display names and lists are refused: one person gets the mail. */
export const emailAddress = z
  .string()
  .transform(cleanLine)
  .refine((text) => /^[^\s@<>,;:"]+@[^\s@<>,;:"]+\.[^\s@<>,;:".]+$/u.test(text) && text.length <= 254, {
    error: "Write one address such as max@example.org.",
  });

/** Words as a reader counts them: runs of characters between white space. */
export function countWords(text: string): number {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** The first name as people use it in a greeting: everything up to the first space. */
export function firstName(name: string): string {
  return name.split(" ")[0] ?? name;
}
