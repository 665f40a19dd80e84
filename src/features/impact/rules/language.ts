import loadLanguage from "wink-nlp";
import model from "wink-eng-lite-web-model";
import irregular from "../data/irregular.json" with { type: "json" };

// Importing this file loads the language model (some 60 MB, a quarter of a second): it is reached by a dynamic import only (decision 009).
const language = loadLanguage(model, ["sbd", "pos"]);

/** How a verb's form reads: `base` is the dictionary form, which is also the present. */
export type VerbForm = "base" | "present" | "past" | "gerund";

export interface Word {
  readonly text: string;
  readonly lower: string;
  /** The dictionary form, in lower case. */
  readonly lemma: string;
  /** Part of speech as in Universal Dependencies: NOUN, VERB, AUX, ADJ … */
  readonly tag: string;
  readonly from: number;
  readonly to: number;
}

const pastForms = new Map(irregular.past.split(" ").map((pair) => pair.split(":") as [string, string]));
const sameForms = new Set(irregular.same.split(" "));
/** The library declares fewer arguments for its own readers of tokens than it hands them. */
type TokenReader = (index: number, token: unknown, cache: unknown, addons: unknown) => string;

const LONGEST_WORD = 48;

/** Runs without a space that no word is as long as would cost the tokenizer time and say nothing; their place is kept. */
function withoutMonsters(text: string): string {
  return text.replaceAll(/\S{49,}/gu, (run) => (run.length > LONGEST_WORD ? " ".repeat(run.length) : run));
}

/** An empty line or the next point of a list ends a sentence, with or without a full stop. */
const breaks = /\n[ \t]*(?=\n|[-*•–] |\d{1,2}[.)] )/u;
const letterOrDigit = /[\p{L}\p{N}]/u;

/** The words of a text, sentence by sentence, each with its place in the text. */
export function readSentences(text: string): Word[][] {
  const sentences: Word[][] = [];
  const clean = withoutMonsters(text).replaceAll(new RegExp(breaks, "gu"), (found) => "\u0000".padEnd(found.length));
  let from = 0;
  for (const piece of clean.split("\u0000")) {
    if (letterOrDigit.test(piece)) sentences.push(...sentencesOf(piece, from));
    from += piece.length + 1;
  }
  return sentences;
}

function sentencesOf(piece: string, offset: number): Word[][] {
  const document = language.readDoc(piece);
  const tokens = document.tokens();
  const values = tokens.out(language.its.value);
  const tags = tokens.out(language.its.pos);
  const lemmas = tokens.out(language.its.lemma as unknown as TokenReader);
  const spans = document.sentences().out(language.its.span) as unknown as [number, number][];
  const sentences: Word[][] = [];
  let cursor = 0;
  for (const [first, last] of spans) {
    const words: Word[] = [];
    for (let index = first; index <= last; index += 1) {
      const value = values[index] ?? "";
      const at = piece.startsWith(value, cursor) ? cursor : skipSpace(piece, cursor);
      cursor = Math.min(piece.length, at + value.length);
      const tag = tags[index] ?? "X";
      // The mark of a point in a list is no word of it.
      if (value.trim() === "" || (words.length === 0 && !letterOrDigit.test(value))) continue;
      const lower = value.toLowerCase().replaceAll("’", "'");
      words.push({
        text: piece.slice(at, cursor),
        lower,
        lemma: lemmaOf(lower, lemmas[index], tag),
        tag,
        from: offset + at,
        to: offset + cursor,
      });
    }
    if (words.length > 0) sentences.push(words);
  }
  return sentences;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/u.test(text[at] ?? "")) at += 1;
  return at;
}

const auxiliaries: Record<string, string> = {
  am: "be",
  is: "be",
  are: "be",
  "'re": "be",
  "'m": "be",
  ca: "can",
  wo: "will",
  "'ve": "have",
  "'ll": "will",
  has: "have",
  does: "do",
};

/** The dictionary form of a past form that the language model does not know ("Reordered" at the start is a name to it). */
function withoutEnding(lower: string): string {
  const stem = lower.slice(0, lower.endsWith("ing") ? -3 : -2);
  if (/(?<double>[bdgklmnprt])\k<double>$/u.test(stem)) return stem.slice(0, -1);
  if (/[^aeiou]i$/u.test(stem)) return `${stem.slice(0, -1)}y`;
  return /(?:[aeiou][csvzu]|[aiuy][dtkmp]|[lr][sgvc]|[^aeiou][uaio][tdkmpsrlbn]|dg|iz|is|at|bl|pl|tl|gl|fl)$/u.test(stem)
    ? `${stem}e`
    : stem;
}

/** The dictionary form of a word that is a verb, whatever the language model took it for. */
export function verbLemma(lower: string): string {
  const known = auxiliaries[lower] ?? pastForms.get(lower);
  if (known !== undefined) return known;
  if (/[^e]ed$|ing$/u.test(lower) && lower.length > 4) return withoutEnding(lower);
  return lower
    .replace(/ies$/u, "y")
    .replace(/(?<=ss|x|ch|sh)es$/u, "")
    .replace(/(?<=[^su])s$/u, "");
}

function lemmaOf(lower: string, lemma = lower, tag = "X"): string {
  const known = auxiliaries[lower] ?? pastForms.get(lower);
  if (known !== undefined) return known;
  if (lemma.toLowerCase() === lower && lower.length > 5 && /[^e]ed$|ing$/u.test(lower)) return withoutEnding(lower);
  // A plural with a capital letter is a name to the language model and keeps its ending.
  if (tag === "PROPN" && lower.length > 4 && lemma.toLowerCase() === lower)
    return lower.replace(/(?<=[^s])s$/u, "").replace(/ie$/u, "y");
  return lemma.toLowerCase();
}

/** What the form of a verb tells. A form that is the same in past and present ("cut", "set") counts as past: that is how notes are written. */
export function formOf({ lower, lemma }: Pick<Word, "lower" | "lemma">): VerbForm {
  if (lower in auxiliaries) return "present";
  if (sameForms.has(lower) || pastForms.has(lower)) return "past";
  if (lower === lemma) return "base";
  if (lower.endsWith("ing")) return "gerund";
  if (lower.endsWith("ed") || lower === "'d") return "past";
  return lower.endsWith("s") ? "present" : "past";
}
