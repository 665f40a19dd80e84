import { connectors, determiners, nobody, strongStops } from "./joints.ts";
import type { Word } from "./language.ts";
import { canAct, isNoun } from "./lexicon.ts";

/** Who acts in a clause. `elided` is the note's own style: "Cut the queue" leaves the I out. */
export type Actor = "me" | "mine" | "elided" | "team" | "group" | "thing" | "which" | "none";

const teamWords = new Set(["we", "us", "everyone", "everybody"]);

/** A name of somebody: with a title, or with a capital letter where no sentence begins. */
function isPerson(subject: readonly Word[], head: Word): boolean {
  if (/^(?:mr|mrs|ms|miss|dr|prof)\.?$/u.test(subject[0]?.lower ?? "")) return true;
  // "Waste was 60 euros" at the front of a sentence: a capital letter makes no name of a known thing.
  const thing = (["quality", "time", "money", "effort", "artefact"] as const).some((name) => isNoun(head.lower, name));
  return !thing && head.tag === "PROPN" && /^\p{Lu}\p{Ll}+$/u.test(head.text) && head.from > 0 && subject.length <= 2;
}

/** Who acts, told by the subject, by what the clause hangs on, and by the word before it. */
export function actorOf(subject: readonly Word[], link: Word | undefined, before: Word | undefined): Actor {
  const lowers = subject.map(({ lower }) => lower);
  if (lowers.includes("i") || lowers.includes("me") || lowers.includes("myself")) return "me";
  if (lowers.some((lower) => teamWords.has(lower))) return "team";
  if (lowers[0] === "our" && lowers[1] === "team") return "team";
  if (lowers.some((lower) => lower === "they" || lower === "he" || lower === "she")) return "group";
  if (link?.lower === "who" && before?.lower === "me") return "me";
  const head = headOf(subject);
  if (head && (canAct(head) || isPerson(subject, head))) return "group";
  if (lowers[0] === "my" || lowers.includes("mine")) return "mine";
  if (lowers.some((lower) => ["it", "this", "that", "which", "these", "those"].includes(lower)) && subject.length === 1)
    return "which";
  if (subject.length > 0) return "thing";
  if (link && ["which", "that"].includes(link.lower)) return "which";
  return link?.lower === "who" ? "group" : "none";
}

const quantifiers = new Set(["all", "most", "some", "many", "half", "none", "several", "few", "both", "one", "any", "%"]);

/** The noun that a noun phrase is about: the last one before its first preposition ("two pupils of mine" is about pupils). */
export function headOf(phrase: readonly Word[]): Word | undefined {
  // "Three of the guests", "most of them": the number only counts what follows.
  const of = phrase.findIndex(({ lower }) => lower === "of");
  const counts =
    of > 0 &&
    phrase.slice(0, of).every(({ tag, lower }) => tag === "NUM" || tag === "DET" || tag === "ADJ" || quantifiers.has(lower));
  if (counts) return headOf(phrase.slice(of + 1));
  const end = phrase.findIndex(({ tag }, index) => tag === "ADP" && index > 0);
  const core = end < 0 ? phrase : phrase.slice(0, end);
  return core.findLast(({ tag }) => tag === "NOUN" || tag === "PROPN") ?? core.at(-1);
}

const subjectTags = new Set(["NOUN", "PROPN", "PRON", "NUM", "VERB", "SYM"]);

/** Where the last noun phrase begins: behind "in March", "after my complaint with photos". */
export function lastPhrase(words: readonly Word[]): number {
  return words.findLastIndex((word, at) => {
    const before = words[at - 1];
    if (!before || !["NOUN", "PROPN", "NUM"].includes(before.tag)) return false;
    return (
      determiners.has(word.lower) ||
      (nobody.has(word.lower) && words[at + 1]?.lower !== "longer") ||
      (word.tag === "PRON" && !["which", "who", "that"].includes(word.lower))
    );
  });
}

/** The words before the verb that can be its subject: the noun phrase, without adverbs, joints and what stands in front of it. */
export function subjectOf(words: readonly Word[]): Word[] {
  const kept = words.filter(({ lower, text }) => !connectors.has(lower) && !strongStops.has(text) && text !== ",");
  const from = kept.findIndex(
    ({ tag, lower }) => subjectTags.has(tag) || determiners.has(lower) || tag === "DET" || tag === "ADJ",
  );
  const whole = from < 0 ? [] : kept.slice(from);
  const pronoun = whole.find(({ lower }) => ["i", "we", "they", "he", "she"].includes(lower));
  if (pronoun) return [pronoun];
  const last = lastPhrase(whole);
  const phrase = last > 0 ? whole.slice(last) : whole;
  // "And fewer drop out", "more are borrowed": an amount stands for what it counts.
  const amount = phrase.length === 1 && ["fewer", "more", "most", "less"].includes(phrase[0]?.lower ?? "");
  return amount || phrase.some(({ tag }) => subjectTags.has(tag)) ? phrase : [];
}
