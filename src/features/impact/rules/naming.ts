/** A word as the language model reads it; see `readSentences`. */
interface TaggedWord {
  readonly lower: string;
  readonly tag: string;
}

const LONGEST_NAME = 10;
const BEFORE_A_NOUN = new Set(["ADP", "DET", "ADJ", "NUM"]);
const RELATIVE = new Set(["who", "that", "which", "whose", "where"]);
const SUBJECTS = new Set(["i", "we", "they", "he", "she", "you", "it"]);

/** Whether the word says what somebody does. The model takes some nouns for verbs ("on ward 4") and some verbs for nouns ("the directors use it"). */
function isPredicate(words: readonly TaggedWord[], index: number): boolean {
  const { tag } = words[index] as TaggedWord;
  if (tag === "AUX") return true;
  if (tag === "VERB") return !BEFORE_A_NOUN.has(words[index - 1]?.tag ?? "");
  const next = words[index + 1];
  const takesObject = next !== undefined && (next.tag === "DET" || (next.tag === "PRON" && !RELATIVE.has(next.lower)));
  return tag === "NOUN" && index > 0 && takesObject;
}

/** Whether a text only names somebody or something, without saying what they do: a relative clause is part of a name. In doubt it is not. */
export function isName(sentences: readonly (readonly TaggedWord[])[]): boolean {
  const words = sentences.flat();
  if (sentences.length !== 1 || words.length === 0 || words.length > LONGEST_NAME || SUBJECTS.has(words[0]?.lower ?? ""))
    return false;
  const relative = words.findIndex((word) => RELATIVE.has(word.lower));
  const named = words.slice(0, relative === -1 ? undefined : relative);
  return named.some(({ tag }) => tag === "NOUN" || tag === "PROPN") && named.every((_, index) => !isPredicate(named, index));
}
