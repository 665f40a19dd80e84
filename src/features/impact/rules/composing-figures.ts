import { numberedThings, SOURCE_MARK } from "./composing-words.ts";

const MONTH =
  /^(?:jan|feb|mar|apr|may|june?|july?|aug|sep|sept|oct|nov|dec|january|february|march|april|august|september|october|november|december)\b/iu;
// A number that stands by itself: not the 4 of "Q4", not the 19 of "COVID-19", not a time of day, not "2nd", not the note [1].
const NUMBER =
  /(?<![\p{L}\p{N}_[]|\p{L}-|\d[:.,])[€$£~≈±]?\s?\d+(?:[.,]\d+)*(?![\p{N}:]|(?:st|nd|rd|th)\b|-\d)(?:[\p{L}\p{M}]+(?![\p{L}\p{M}\p{N}_])|\s?[%‰€$£]|(?![\p{L}\p{M}]))/gu;
// A whole word: a mark behind half of it would take it apart.
const NEXT_WORD = /^[ \u00A0-]([\p{L}\p{M}]+)(?![\p{L}\p{M}\p{N}_])/u;
const NO_UNIT =
  /^(?:to|of|and|or|in|on|at|from|by|per|for|is|was|were|are|with|after|before|the|a|an|that|which|instead|rather|than)$/iu;

export interface Figure {
  readonly from: number;
  /** Where it ends, its unit included: "3 days", "15%". */
  readonly to: number;
}

function unitAfter(text: string, at: number): number {
  const found = NEXT_WORD.exec(text.slice(at));
  return found && !NO_UNIT.test(found[1] as string) ? at + found[0].length : at;
}

function isYear(number: string): boolean {
  return /^(?:19|20)\d\d$/u.test(number);
}

function isPartOfDate(text: string, from: number, to: number): boolean {
  return (
    MONTH.test(text.slice(to).trimStart()) ||
    /\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?\s$/iu.test(
      text.slice(0, from),
    )
  );
}

function isName(text: string, from: number): boolean {
  const before = /([\p{L}]+)\.?\s?$/u.exec(text.slice(0, from))?.[1];
  return before !== undefined && numberedThings.has(before.toLowerCase());
}

/** The figures of a text with their units, in order: what somebody could ask the source of. Years, dates, hours and names such as Q4 are none. */
export function figuresIn(text: string): Figure[] {
  const figures: Figure[] = [];
  for (const match of text.matchAll(NUMBER)) {
    const from = match.index;
    const end = from + match[0].length;
    if (isYear(match[0].trim()) || isPartOfDate(text, from, end) || isName(text, from)) continue;
    const to = /\p{N}$/u.test(match[0]) ? unitAfter(text, end) : end;
    figures.push({ from, to });
  }
  return figures;
}

/** "from 9 to 2 hours" is one statement: figures with no more than a word between them share a mark. */
function grouped(text: string, figures: readonly Figure[]): Figure[] {
  const groups: Figure[] = [];
  for (const figure of figures) {
    const last = groups.at(-1);
    const between = last === undefined ? "" : text.slice(last.to, figure.from);
    if (last && !/[.!?;]/u.test(between) && between.trim().split(/\s+/u).length <= 1)
      groups[groups.length - 1] = { from: last.from, to: figure.to };
    else groups.push(figure);
  }
  return groups;
}

/** The text with a mark behind its figures: a manager who repeats one should know whether anybody can say where it is from. */
export function withSourceMarks(text: string): string {
  let marked = "";
  let done = 0;
  for (const { to } of grouped(text, figuresIn(text))) {
    marked += `${text.slice(done, to)} ${SOURCE_MARK}`;
    done = to;
  }
  return marked + text.slice(done);
}
