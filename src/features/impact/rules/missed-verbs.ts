import { connectors, determiners, isStop } from "./joints.ts";
import { formOf, verbLemma, type Word } from "./language.ts";
import { canAct, isKnownVerb, isNoun } from "./lexicon.ts";

// The tagger reads a verb after a noun as one more noun ("the boy talks to me", "the trainees mix them up"), and a past form as an
// adjective ("I sharpened the blades"). Grammar tells: a verb agrees with its subject, and something only a verb has comes after it.

const pronouns = new Set(["i", "we", "they", "he", "she"]);
const amounts = new Set(["fewer", "more", "most", "all", "both", "many", "some", "several"]);
const objects = new Set(["it", "them", "him", "her", "me", "us", "themselves", "himself", "herself"]);
const afterVerbs = new Set([
  "less",
  "more",
  "fewer",
  "again",
  "now",
  "there",
  "alone",
  "themselves",
  "better",
  "faster",
  "out",
  "up",
]);
const openers = new Set(["now", "then", "since", "today", "later"]);
const irregularPlurals = new Set(["people", "children", "men", "women", "police", "staff"]);

/** The word as a verb, when it can be one. */
function asVerb(word: Word): Word | undefined {
  const lemma = verbLemma(word.lower);
  const known = isKnownVerb(word.lemma) ? word.lemma : isKnownVerb(lemma) ? lemma : undefined;
  return known === undefined ? undefined : { ...word, tag: "VERB", lemma: known };
}

const isPlural = (word: Word): boolean =>
  (word.tag === "NUM" && word.lower !== "one" && word.lower !== "1") ||
  amounts.has(word.lower) ||
  irregularPlurals.has(word.lower) ||
  (word.lower.endsWith("s") && word.lower !== word.lemma);

/** Behind "I", "they": a past form, or the form that goes with the pronoun. */
function behindPronoun(words: readonly Word[], at: number): Word | undefined {
  const [word, next] = [words[at] as Word, words[at + 1]];
  // "I now clean five floors"
  const before = words[at - 1]?.tag === "ADV" ? words[at - 2] : words[at - 1];
  if (!before || !pronouns.has(before.lower) || !["NOUN", "ADJ", "PROPN"].includes(word.tag)) return undefined;
  const verb = asVerb(word) ?? (/[^e]ed$/u.test(word.lower) ? { ...word, tag: "VERB", lemma: verbLemma(word.lower) } : undefined);
  if (verb === undefined) return undefined;
  if (formOf(verb) === "past") return verb;
  const form = before.lower === "he" || before.lower === "she" ? "present" : "base";
  return formOf(verb) === form && next?.tag !== "VERB" && next?.tag !== "AUX" ? verb : undefined;
}

/** Whether what follows shows that a noun before it is a verb. */
function showsVerb(word: Word, subject: Word, next: Word | undefined, then: Word | undefined): boolean {
  if (!next || isStop(next)) return canAct(subject) && !isThing(word);
  if (amounts.has(subject.lower) && next.tag === "ADJ") return true;
  if (subject.tag === "NUM" && (next.tag === "INTJ" || next.tag === "DET" || next.tag === "PRON")) return true;
  // "The baby drank for the first time": no noun looks like an irregular past.
  if (formOf(word) === "past" && !word.lower.endsWith("ed"))
    return ["ADP", "DET", "PRON", "ADV", "NUM", "PART"].includes(next.tag);
  // "Guests order wine", "customers call a second time": a plural of people and a bare form are no compound.
  if (canAct(subject) && isPlural(subject) && word.lower === word.lemma)
    return next.lower !== "of" && !["VERB", "AUX", "CCONJ", "PUNCT"].includes(next.tag);
  if (objects.has(next.lower) || afterVerbs.has(next.lower)) return true;
  if (next.tag === "ADP" && then && objects.has(then.lower)) return true;
  if (next.lower === "of" || isThing(word)) return false;
  return canAct(subject) && ["ADP", "DET", "ADV", "ADJ", "PRON", "NUM"].includes(next.tag);
}

const isThing = ({ lemma }: Word): boolean => isNoun(lemma, "effort") || isNoun(lemma, "artefact") || isNoun(lemma, "quality");

const phrase = new Set(["DET", "ADJ", "NOUN", "NUM", "PROPN", "PRON", "SYM"]);
/** "Nine in ten", "half of them": within what counts, these two join and do not end. */
const isCounting = (words: readonly Word[], at: number): boolean =>
  (words[at]?.lower === "in" && words[at - 1]?.tag === "NUM" && words[at + 1]?.tag === "NUM") ||
  (words[at]?.lower === "of" && ["them", "us", "the", "my", "our", "these", "those"].includes(words[at + 1]?.lower ?? ""));

/** Whether a noun phrase with nothing but nouns in it begins at a joint and ends before this place. */
function opensClause(words: readonly Word[], at: number): boolean {
  let start = at - 1;
  while (
    start >= 0 &&
    (phrase.has(words[start]?.tag ?? "") || isCounting(words, start)) &&
    !connectors.has(words[start]?.lower ?? "") &&
    !openers.has(words[start]?.lower ?? "")
  )
    start -= 1;
  const joint = words[start];
  return start === -1 || (joint !== undefined && (isStop(joint) || connectors.has(joint.lower) || openers.has(joint.lower)));
}

function hasVerbAhead(words: readonly Word[], at: number): boolean {
  for (let place = at + 1; place < words.length; place += 1) {
    const word = words[place] as Word;
    if (isStop(word) || connectors.has(word.lower)) return false;
    if ((word.tag === "VERB" && formOf(word) !== "gerund" && words[place - 1]?.lower !== "to") || word.tag === "AUX") return true;
  }
  return false;
}

/** Behind a noun phrase that opens a clause without a verb: the last noun agrees with the one before it like a verb does. */
function behindNoun(words: readonly Word[], at: number): Word | undefined {
  const [word, before, next] = [words[at] as Word, words[at - 1], words[at + 1]];
  if (!before || at < 2 || !["NOUN", "ADJ"].includes(word.tag) || determiners.has(before.lower)) return undefined;
  if (
    !["NOUN", "PROPN"].includes(before.tag) &&
    !amounts.has(before.lower) &&
    !(before.tag === "NUM" && words[at - 2]?.lower === "in") &&
    !(before.tag === "ADJ" && canAct({ ...before, tag: "NOUN" }))
  )
    return undefined;
  const verb =
    asVerb(word) ?? (objects.has(next?.lower ?? "") ? { ...word, tag: "VERB", lemma: verbLemma(word.lower) } : undefined);
  if (verb === undefined) return undefined;
  const form = formOf(verb);
  const agrees = form === "past" ? word.tag === "NOUN" : form === (isPlural(before) ? "base" : "present");
  if (!agrees || !showsVerb(word, before, next, words[at + 2])) return undefined;
  return opensClause(words, at) && !hasVerbAhead(words, at) ? verb : undefined;
}

/** "I check it every Monday and use less diesel": a second verb behind "and". */
function behindAnd(words: readonly Word[], at: number): Word | undefined {
  const [word, before, next] = [words[at] as Word, words[at - 1], words[at + 1]];
  if (before?.lower !== "and" || word.tag !== "NOUN" || word.lower !== word.lemma || !next) return undefined;
  return ["less", "fewer", "the", "it", "them", "my"].includes(next.lower) ? asVerb(word) : undefined;
}

/** The words with the verbs that the tagger missed. */
export function withMissedVerbs(words: readonly Word[]): readonly Word[] {
  let found: Word[] | undefined;
  for (const at of words.keys()) {
    const present = found ?? words;
    const verb = behindPronoun(present, at) ?? behindNoun(present, at) ?? behindAnd(present, at);
    if (verb) (found ??= [...words])[at] = verb;
  }
  return found ?? words;
}
