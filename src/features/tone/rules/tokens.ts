/** One word of a text. A contraction is several words ("didn't" is "did" and "not") that share one place. */
export interface Token {
  /** Lower case, contractions written out: what patterns look at. */
  readonly word: string;
  /** As it stands in the text. */
  readonly raw: string;
  readonly from: number;
  readonly to: number;
  /** Which sentence it belongs to: an index into the sentences. */
  readonly sentence: number;
  /** True when a comma, a dash or the like stands before it. */
  readonly beginsClause: boolean;
}

/** A run of tokens between two ends. `first` and `end` are token indexes, `end` exclusive. */
export interface Sentence {
  readonly first: number;
  readonly end: number;
  readonly from: number;
  /** The end of the sentence's last word; its full stop comes after. */
  readonly to: number;
  readonly isQuestion: boolean;
}

export interface Reading {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly sentences: readonly Sentence[];
}

const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+|-[\p{L}\p{N}]+)*/gu;
const SENTENCE_END = /[.!?…]["'”’)\]*_]*(?:\s|$)/u;
const CLAUSE_END = /[,;:()[\]–—"“”]|\s-\s/u;
const ABBREVIATIONS = new Set([
  "mr",
  "mrs",
  "ms",
  "dr",
  "prof",
  "st",
  "no",
  "nr",
  "vs",
  "approx",
  "e.g",
  "i.e",
  "g",
  "e",
  "incl",
]);

const SHORT: Readonly<Record<string, string>> = {
  "can't": "can not",
  cannot: "can not",
  cant: "can not",
  "won't": "will not",
  wont: "will not",
  "shan't": "shall not",
  "ain't": "is not",
  "let's": "let us",
  didnt: "did not",
  dont: "do not",
  doesnt: "does not",
  isnt: "is not",
  arent: "are not",
  wasnt: "was not",
  werent: "were not",
  havent: "have not",
  hasnt: "has not",
  hadnt: "had not",
  couldnt: "could not",
  shouldnt: "should not",
  wouldnt: "would not",
  youre: "you are",
  youve: "you have",
  youll: "you will",
  im: "i am",
  ive: "i have",
  thats: "that is",
  whats: "what is",
  theyre: "they are",
  gonna: "going to",
  wanna: "want to",
  gotta: "got to",
  u: "you",
  ur: "your",
  pls: "please",
  plz: "please",
  ya: "you",
  y: "you",
};
const ENDINGS: Readonly<Record<string, string>> = { ll: "will", ve: "have", re: "are", m: "am", d: "would" };
const IS_AFTER = new Set(["it", "that", "he", "she", "there", "what", "who", "where", "how", "here", "when", "why", "this"]);

/** The words that one written word stands for, in lower case. */
function wordsFor(raw: string): string[] {
  const low = raw.toLowerCase().replaceAll("’", "'");
  const short = Object.hasOwn(SHORT, low) ? SHORT[low] : undefined;
  if (short !== undefined) return short.split(" ");
  if (low.endsWith("n't")) return [low.slice(0, -3), "not"];
  const at = low.lastIndexOf("'");
  if (at < 0) return [low];
  const [stem, ending] = [low.slice(0, at), low.slice(at + 1)];
  if (ending === "s") return [stem, IS_AFTER.has(stem) ? "is" : "'s"];
  const whole = Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
  return whole === undefined ? [low] : [stem, whole];
}

/** A line break ends a sentence unless the next line goes on in small letters: text that was wrapped. */
function lineEnds(between: string, next: string): boolean {
  if (!between.includes("\n")) return false;
  return /\n\s*\n|\n\s*[-*•>]/u.test(between) || !/^\p{Ll}/u.test(next);
}

/** Cuts a text into words and sentences. One pass: the time grows with the length of the text and with nothing else. */
export function readText(text: string): Reading {
  const tokens: Token[] = [];
  const sentences: Sentence[] = [];
  let first = 0;
  let done = 0;
  const close = (between: string): void => {
    const [one, last] = [tokens[first], tokens.at(-1)];
    if (!one || !last) return;
    sentences.push({ first, end: tokens.length, from: one.from, to: last.to, isQuestion: between.includes("?") });
    first = tokens.length;
  };
  for (const { 0: raw, index } of text.matchAll(WORD)) {
    const between = text.slice(done, index);
    const last = tokens.at(-1);
    const ends = last && !ABBREVIATIONS.has(last.word) && SENTENCE_END.test(between);
    if (last && (ends || lineEnds(between, raw))) close(between);
    const beginsClause = tokens.length === first || CLAUSE_END.test(between);
    const place = { raw, from: index, to: index + raw.length, sentence: sentences.length };
    for (const [part, word] of wordsFor(raw).entries()) tokens.push({ ...place, word, beginsClause: beginsClause && part === 0 });
    done = index + raw.length;
  }
  if (tokens.length > first) close(text.slice(done));
  return { text, tokens, sentences };
}
