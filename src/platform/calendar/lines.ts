// Content lines (RFC 5545 section 3.1), read leniently: any line end, any case, a quote that is never closed. A calendar has 100,000 of them, so
// this is written to look at each character once.

export interface ContentLine {
  /** In capitals. */
  readonly name: string;
  /** As they are written, "TZID=Europe/Berlin;VALUE=DATE"; `paramOf` reads them, because most are never asked for. */
  readonly params: string;
  readonly value: string;
  /** Where it begins in the text, counted from 1. */
  readonly line: number;
}

export interface LineReader {
  /** Names, in capitals, that are of use; a picture inside an event then costs nothing. */
  readonly wanted: ReadonlySet<string>;
  take(line: ContentLine): void;
  /** Told the number of a line that says nothing one can read. */
  broken(line: number): void;
}

const NAME = /^[A-Z0-9-]+$/u;
const DATED = new Set(["DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE"]);
/** A line that is whole: what is folded onto it is damage, and must not take the event before or after it along. */
const STRUCTURE = /^(?:BEGIN|END):(?:VCALENDAR|VEVENT|VTIMEZONE|STANDARD|DAYLIGHT|VALARM)\s*$/iu;
/** Beyond this many parameters nothing on a line is of use to us. */
const MOST_PARAMS = 50;

/** RFC 6868: a circumflex stands for what a parameter may not hold. */
function withoutCircumflex(text: string): string {
  if (!text.includes("^")) return text;
  return text.replace(/\^([n'^])/gu, (_, sign: string) => ({ n: "\n", "'": '"', "^": "^" })[sign] ?? sign);
}

/** The first `sign` at or after `from` that stands outside quotes; -1 when there is none. */
function outsideQuotes(text: string, from: number, sign: string): number {
  let found = text.indexOf(sign, from);
  let quote = text.indexOf('"', from);
  while (found >= 0 && quote >= 0 && quote < found) {
    const closing = text.indexOf('"', quote + 1);
    if (closing < 0) return -1;
    if (closing > found) found = text.indexOf(sign, closing + 1);
    quote = text.indexOf('"', closing + 1);
  }
  return found;
}

/** The value of one parameter, without its quotes; `name` in capitals. */
export function paramOf({ params }: ContentLine, name: string): string | undefined {
  let from = 0;
  for (let count = 0; count < MOST_PARAMS && from < params.length; count += 1) {
    const next = outsideQuotes(params, from, ";");
    const end = next < 0 ? params.length : next;
    const equals = params.indexOf("=", from);
    if (equals >= 0 && equals < end && params.slice(from, equals).trim().toUpperCase() === name)
      return withoutCircumflex(params.slice(equals + 1, end).replaceAll('"', ""));
    from = end + 1;
  }
  return undefined;
}

/** Names as they are written, each cleaned once; null for one that is not wanted, undefined for none. */
class Names {
  private readonly wanted: ReadonlySet<string>;
  private readonly known = new Map<string, string | null | undefined>();

  constructor(wanted: ReadonlySet<string>) {
    this.wanted = wanted;
  }

  read(written: string): string | null | undefined {
    const found = this.known.get(written);
    if (found !== undefined || this.known.has(written)) return found;
    const name = written.trim().toUpperCase();
    const read = NAME.test(name) ? (this.wanted.has(name) ? name : null) : undefined;
    // A hostile file may have a million names.
    if (this.known.size < 1_000) this.known.set(written, read);
    return read;
  }
}

/** Where the value begins. Zones such as (GMT +01:00) stand in front of a date without the quotes that they need. */
function colonOf(text: string, name: string, from: number, firstColon: number): number {
  const last = DATED.has(name) ? text.lastIndexOf(":") : -1;
  if (last > firstColon && /^\s*\d{8}/u.test(text.slice(last + 1, last + 20))) return last;
  const colon = outsideQuotes(text, from, ":");
  // Without a colon outside quotes, a quote was never closed: the first colon is the best guess.
  return colon < 0 ? firstColon : colon;
}

function readLine(text: string, line: number, names: Names, reader: LineReader): void {
  const firstColon = text.indexOf(":");
  const semicolon = text.lastIndexOf(";", firstColon) < 0 ? -1 : text.indexOf(";");
  const nameEnds = semicolon < 0 ? firstColon : semicolon;
  const name = nameEnds < 1 ? undefined : names.read(text.slice(0, nameEnds));
  if (name === undefined && text.trim() !== "") reader.broken(line);
  if (!name) return;
  if (semicolon < 0) return reader.take({ name, params: "", value: text.slice(firstColon + 1), line });
  const colon = colonOf(text, name, semicolon, firstColon);
  reader.take({ name, params: text.slice(semicolon + 1, colon), value: text.slice(colon + 1), line });
}

/** With one kind of line end. CR alone was one once, and some files mix them. */
function withPlainEnds(text: string): string {
  const whole = text.startsWith("\uFEFF") ? text.slice(1) : text;
  return /\r(?!\n)/u.test(whole) ? whole.replace(/\r\n?/gu, "\n") : whole;
}

/** Reads the content lines of a text, unfolded, in one pass. Never throws. */
export function readContentLines(text: string, reader: LineReader): void {
  const whole = withPlainEnds(text);
  const names = new Names(reader.wanted);
  let pending: string | undefined;
  let folds: string[] = [];
  let begins = 0;
  let from = 0;
  const finish = (): void => {
    if (pending === undefined) return;
    readLine(folds.length === 0 ? pending : pending + folds.join(""), begins, names, reader);
    if (folds.length > 0) folds = [];
  };
  for (let number = 1; from < whole.length; number += 1) {
    const found = whole.indexOf("\n", from);
    const end = found < 0 ? whole.length : found;
    const physical = whole.slice(from, end > from && whole.charCodeAt(end - 1) === 13 ? end - 1 : end);
    from = end + 1;
    const first = physical.charCodeAt(0);
    if ((first === 32 || first === 9) && pending !== undefined && (folds.length > 0 || !STRUCTURE.test(pending))) {
      folds.push(physical.slice(1));
      continue;
    }
    finish();
    pending = physical;
    begins = number;
  }
  finish();
}
