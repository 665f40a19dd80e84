import { countWords } from "../../../lib/text.ts";
import { figuresIn } from "./composing-figures.ts";
import { alwaysGoingOn, betweenSubjectAndVerb, determiners, goingOn, irregularPasts, pointingBack } from "./composing-words.ts";

const ABBREVIATION = /(?:^|[\s(])(?:e\.g|i\.e|approx|ca|vs|etc|no|nr|dr|mr|mrs|ms|prof|st|fig|vol|dept|inc|ltd|\p{L})\.$/iu;
const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** The sentences of a text as they stand in it, with where they begin. Lines are sentences of their own. */
export function sentencesOf(text: string): { readonly from: number; readonly text: string }[] {
  const found: { from: number; text: string }[] = [];
  for (const { segment, index } of segmenter.segment(text)) {
    const last = found.at(-1);
    if (last && ABBREVIATION.test(last.text.trimEnd()) && !last.text.includes("\n")) last.text += segment;
    else found.push({ from: index, text: segment });
  }
  return found
    .map(({ from, text: raw }) => ({ from: from + (raw.length - raw.trimStart().length), text: raw.trim() }))
    .filter((sentence) => countWords(sentence.text) > 0);
}

/** With a full stop, unless it ends with something that stands for one. */
export function ended(sentence: string): string {
  return /[.!?…:][)"'”’\]]*$/u.test(sentence) ? sentence : `${sentence.replace(/[,;\s]+$/u, "")}.`;
}

export function capitalised(text: string): string {
  const first = /^\p{Ll}/u.exec(text)?.[0];
  // "iPhone" and "eGFR" begin as they are written; a letter without a capital of its own too.
  const capital = first?.toUpperCase();
  if (!first || capital?.toLowerCase() !== first || /^\p{Ll}\p{Lu}/u.test(text)) return text;
  return capital + text.slice(first.length);
}

function beginning(answer: string): string | undefined {
  const lower = answer.toLowerCase();
  const found = Object.keys(goingOn).find((begin) => lower.startsWith(begin));
  if (found === undefined) return undefined;
  return alwaysGoingOn.has(found) || /^\p{Ll}/u.test(answer) ? found : undefined;
}

/** Whether it goes on with the sentence before it: "so the directors can decide". */
export function goesOn(answer: string): boolean {
  return beginning(answer) !== undefined;
}

/** The same as a sentence that needs none before it, or undefined when it cannot be one. */
export function standingAlone(answer: string): string | undefined {
  const begin = beginning(answer);
  const rest = begin === undefined ? answer : goingOn[begin] === null ? undefined : answer.slice(begin.length);
  if (rest === undefined || countWords(rest) === 0) return undefined;
  const first = /^[\p{L}'’]+/u.exec(rest)?.[0].toLowerCase().replace("’", "'");
  return first !== undefined && pointingBack.has(first) ? undefined : capitalised(rest);
}

/** "The nurses" behind a "for". Names keep their capital. */
export function afterAWord(phrase: string): string {
  const first = /^\p{L}+/u.exec(phrase)?.[0] ?? "";
  return determiners.has(first.toLowerCase()) ? first.toLowerCase() + phrase.slice(first.length) : phrase;
}

/** Sets a fragment behind a sentence: "I finished the report, so the directors can decide." */
export function goneOnWith(sentence: string, fragment: string): string {
  const first = /^\p{Lu}\p{Ll}*/u.exec(fragment)?.[0];
  const lowered = first ? first.toLowerCase() + fragment.slice(first.length) : fragment;
  return ended(`${sentence.replace(/[.,;\s]+$/u, "")}, ${lowered}`);
}

function isPast(word: string): boolean {
  if (irregularPasts.has(word)) return true;
  // "I need" and "I proceed" are not past.
  return /^[\p{L}-]{2,}ed$/u.test(word) && (!word.endsWith("eed") || /(?:agreed|freed|guaranteed|refereed|decreed)$/u.test(word));
}

const FIRST_PERSON = /\b(?:I|me|my|mine|myself|I['’](?:m|d|ve|ll))\b/u;
const FIRST_PERSON_ANY_CASE = /\b(?:me|my|mine|myself)\b/iu;

/** Whether "I" at this place can be left out: a past form follows, at most with an "also" in between. The length of what goes. */
function subjectLength(rest: string): number {
  // "I have limited ..." may be about having something, so only the short form counts as an auxiliary.
  const found = /^I(?:['’]ve)? (?=(?<words>[\p{L}-]+(?: [\p{L}-]+)?))/u.exec(rest);
  const [first = "", second = ""] = (found?.groups?.["words"] ?? "").toLowerCase().split(" ");
  const isVerb = isPast(first) || (betweenSubjectAndVerb.has(first) && isPast(second));
  return found && isVerb ? found[0].length : 0;
}

/**
 * The sentence as somebody else can say it: "I built the rota" becomes "Built the rota". Only a subject before a past form is left
 * out, at the beginning and after "and"; where any other "I", "me" or "my" would stay, the sentence stays as it was written:
 * to turn "my" into "their" one would have to know who else is meant.
 */
export function retold(sentence: string): string {
  const length = subjectLength(sentence);
  if (length === 0) return sentence;
  let turned = sentence.slice(length);
  for (let at = turned.search(/\band I\b/u); at !== -1; at = turned.search(/\band I\b/u)) {
    const subject = subjectLength(turned.slice(at + 4));
    if (subject === 0) return sentence;
    turned = turned.slice(0, at + 4) + turned.slice(at + 4 + subject);
  }
  return FIRST_PERSON.test(turned) || FIRST_PERSON_ANY_CASE.test(turned) ? sentence : capitalised(turned);
}

/** Where a sentence may be cut so that at most `limit` words stay: never inside a figure, at the end of a clause when there is one late enough. */
function cutAt(sentence: string, limit: number): number {
  const figures = figuresIn(sentence);
  const isInside = (at: number): boolean => figures.some(({ from, to }) => at > from && at < to);
  const places = [...sentence.matchAll(/\s+/gu)].map((match) => match.index).filter((at) => !isInside(at));
  const fitting = places.filter((at) => countWords(sentence.slice(0, at)) <= limit);
  const clause = fitting.findLast((at) => /[,;:–—]$/u.test(sentence.slice(0, at)));
  const last = fitting.at(-1) ?? 0;
  return clause !== undefined && countWords(sentence.slice(0, clause)) * 2 > limit ? clause : last;
}

/** The beginning of a sentence that is longer than the limit all by itself; "…" says that it goes on. */
export function shortened(sentence: string, limit: number): string {
  if (countWords(sentence) <= limit) return sentence;
  return `${sentence.slice(0, cutAt(sentence, limit)).replace(/[,;:–—\s]+$/u, "")} …`;
}
