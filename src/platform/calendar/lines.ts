// Content lines (RFC 5545 section 3.1), read leniently: any line end, any case, a quote that is never closed.

export interface ContentLine {
  /** In capitals. */
  readonly name: string;
  /** Names in capitals, values without their quotes and as far as the first comma means nothing, whole. */
  readonly params: Readonly<Record<string, string>>;
  readonly value: string;
  /** Where it begins in the text, counted from 1. */
  readonly line: number;
}

/** A line that says nothing we can read, and where it stands. */
export interface BrokenLine {
  readonly line: number;
}

const NAME = /^[A-Za-z0-9-]+$/u;
const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze({});
/** Beyond this many parameters nothing on a line is of use to us. */
const MOST_PARAMS = 50;

/** RFC 6868: a circumflex stands for what a parameter may not hold. */
function withoutCircumflex(text: string): string {
  if (!text.includes("^")) return text;
  return text.replace(/\^([n'^])/gu, (_, sign: string) => ({ n: "\n", "'": '"', "^": "^" })[sign] ?? sign);
}

/** The first of `signs` at or after `from` that stands outside quotes; -1 when there is none. */
function outsideQuotes(text: string, from: number, signs: string): number {
  let quoted = false;
  for (let index = from; index < text.length; index += 1) {
    const sign = text.charAt(index);
    if (sign === '"') quoted = !quoted;
    else if (!quoted && signs.includes(sign)) return index;
  }
  return -1;
}

function addParam(params: Record<string, string>, text: string): void {
  const equals = text.indexOf("=");
  if (equals < 1) return;
  params[text.slice(0, equals).trim().toUpperCase()] = withoutCircumflex(text.slice(equals + 1).replaceAll('"', ""));
}

/** The parameters between the name and the colon at `colon`. */
function readParams(text: string, colon: number): Readonly<Record<string, string>> {
  const head = text.slice(0, colon);
  const params: Record<string, string> = {};
  let from = head.indexOf(";") + 1;
  for (let count = 0; from > 0 && count < MOST_PARAMS; count += 1) {
    const next = outsideQuotes(head, from, ";");
    addParam(params, head.slice(from, next < 0 ? undefined : next));
    from = next + 1;
  }
  return params;
}

/** One unfolded line; undefined when it is broken, and null when its name is not wanted. */
function readLine(text: string, line: number, wants: (name: string) => boolean): ContentLine | undefined | null {
  const firstColon = text.indexOf(":");
  if (firstColon < 1) return undefined;
  const semicolon = text.indexOf(";");
  const nameEnds = semicolon >= 0 && semicolon < firstColon ? semicolon : firstColon;
  const name = text.slice(0, nameEnds).trim().toUpperCase();
  if (!NAME.test(name)) return undefined;
  if (!wants(name)) return null;
  if (nameEnds === firstColon) return { name, params: NO_PARAMS, value: text.slice(firstColon + 1), line };
  const closed = outsideQuotes(text, nameEnds, ":");
  const colon = closed < 0 ? firstColon : closed;
  return { name, params: readParams(text, colon), value: text.slice(colon + 1), line };
}

/** The physical lines of a text with CRLF, LF or CR at their ends, in one pass whatever the text is. */
function* physicalLines(text: string): Generator<string> {
  const endOfLine = /\r\n|\n|\r/gu;
  let from = text.startsWith("\uFEFF") ? 1 : 0;
  for (let found = endOfLine.exec(text); found; found = endOfLine.exec(text)) {
    yield text.slice(from, found.index);
    from = endOfLine.lastIndex;
  }
  if (from < text.length) yield text.slice(from);
}

/**
 * The content lines of a text, unfolded. `wants` says which names are of use, so that a picture inside an event costs nothing;
 * what cannot be read goes to `broken`. Never throws.
 */
export function* contentLines(
  text: string,
  wants: (name: string) => boolean,
  broken: (line: BrokenLine) => void,
): Generator<ContentLine> {
  let pieces: string[] = [];
  let begins = 0;
  let number = 0;
  const finish = (): ContentLine | undefined => {
    const whole = pieces.length === 1 ? (pieces[0] as string) : pieces.join("");
    if (whole.trim() === "") return undefined;
    const read = readLine(whole, begins, wants);
    if (read === undefined) broken({ line: begins });
    return read ?? undefined;
  };
  for (const physical of physicalLines(text)) {
    number += 1;
    const isFold = pieces.length > 0 && (physical.startsWith(" ") || physical.startsWith("\t"));
    if (isFold) pieces.push(physical.slice(1));
    else {
      const read = finish();
      if (read) yield read;
      pieces = [physical];
      begins = number;
    }
  }
  const last = finish();
  if (last) yield last;
}
