import type { Word } from "./language.ts";

// The small words that hold a sentence together.

export const connectors = new Set([
  "and",
  "but",
  "so",
  "which",
  "who",
  "that",
  "because",
  "while",
  "after",
  "when",
  "where",
  "until",
  "then",
  "since",
  "as",
  "if",
  "whereas",
  "though",
  "although",
  "therefore",
  "before",
  "whose",
  "hence",
  "thus",
  "or",
  "what",
  "how",
  "why",
  "till",
]);
export const strongLinks = new Set([
  "so",
  "which",
  "who",
  "that",
  "because",
  "when",
  "where",
  "until",
  "whereas",
  "therefore",
  "while",
  "hence",
  "thus",
  "whose",
  "what",
  "how",
  "why",
  "till",
]);
export const strongStops = new Set([";", ":", "—", "–", "-", ".", "!", "?", "(", ")", "->", "→"]);
export const determiners = new Set([
  "the",
  "a",
  "an",
  "our",
  "my",
  "this",
  "that",
  "these",
  "those",
  "their",
  "its",
  "his",
  "her",
  "your",
  "each",
  "every",
  "all",
  "some",
  "two",
  "three",
  "new",
]);

export const nobody = new Set(["nobody", "no", "none", "neither", "hardly"]);

export const isStop = (word: Word): boolean => strongStops.has(word.text) || word.text === ",";

/** "Looked after eighteen children": the second half of a verb, and no joint. */
export const isParticle = (words: readonly Word[], at: number): boolean =>
  words[at]?.lower === "after" && ["look", "take"].includes(words[at - 1]?.lemma ?? "");
