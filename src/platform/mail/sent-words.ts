import { wordsOf } from "../../lib/words.ts";

/** What went out: its whole text, and those parts of it that can be answered one by one. */
export interface SentMail {
  readonly text: string;
  readonly parts: readonly string[];
}

/** Finds words of a reply in what was sent, however they were wrapped or quoted on the way. */
export interface SentWords {
  /** Where a line of words ends in what was sent, looked for from `from` on first; -1 when it is not in there. */
  find(words: string, from: number): number;
  /** Whether these words are a whole line of what was sent. */
  isLine(words: string): boolean;
  /** The part that a place belongs to; undefined for what stands between, before and after them. */
  partAt(place: number): number | undefined;
}

/** A text as words alone, with a space at both ends, so that only whole words are found. */
export function asWords(text: string): string {
  return ` ${wordsOf(text).join(" ")} `;
}

interface SentLine {
  readonly words: string;
  readonly start: number;
  readonly isListed: boolean;
  /** Where its paragraph begins. */
  readonly paragraph: number;
}

interface Stream {
  readonly text: string;
  readonly lines: readonly SentLine[];
}

function streamOf(text: string): Stream {
  const lines: SentLine[] = [];
  let stream = " ";
  let paragraph = 0;
  let wasBlank = true;
  for (const line of text.split("\n")) {
    const words = asWords(line).trim();
    if (words === "") {
      wasBlank = true;
      continue;
    }
    if (wasBlank) paragraph = stream.length - 1;
    wasBlank = false;
    lines.push({ words, start: stream.length - 1, isListed: /^\s*-\s/u.test(line), paragraph });
    stream += `${words} `;
  }
  return { text: stream, lines };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The heading above a part belongs to it; in a list each line stands for itself. */
function spanOf({ text, lines }: Stream, part: string, from: number): Span | undefined {
  const words = asWords(part);
  if (words.trim() === "") return undefined;
  const at = text.indexOf(words, from);
  if (at < 0) return undefined;
  const end = at + words.length;
  const line = lines.findLast((one) => one.start <= at);
  if (!line) return { start: at, end };
  if (line.isListed) {
    const next = lines.find((one) => one.start > at);
    return { start: line.start, end: Math.max(end, next ? next.start : text.length) };
  }
  const nextParagraph = lines.find((one) => one.start > at && one.paragraph > line.paragraph);
  return { start: line.paragraph, end: Math.max(end, nextParagraph ? nextParagraph.start : text.length) };
}

/** Prepares what was sent for comparing. Parts are looked for in their order. */
export function sentWords(sent: SentMail): SentWords {
  const stream = streamOf(sent.text);
  const wholeLines = new Set(stream.lines.map((line) => line.words));
  const spans: (Span | undefined)[] = [];
  let from = 0;
  for (const part of sent.parts) {
    const span = spanOf(stream, part, from) ?? spanOf(stream, part, 0);
    spans.push(span);
    if (span) from = span.end - 1;
  }
  return {
    find(words, start) {
      const near = stream.text.indexOf(words, Math.max(0, start - 1));
      const at = near >= 0 ? near : stream.text.indexOf(words);
      return at < 0 ? -1 : at + words.length - 1;
    },
    isLine: (words) => wholeLines.has(words.trim()),
    partAt(place) {
      const index = spans.findLastIndex((span) => span !== undefined && span.start < place && place <= span.end);
      return index < 0 ? undefined : index;
    },
  };
}
