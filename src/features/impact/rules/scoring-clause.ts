import type { Clause } from "./clauses.ts";
import type { Word } from "./language.ts";
import { findPhrase, isGroupNoun, isNoun, isVerb, type NounClass, type PhraseList } from "./lexicon.ts";

/** Questions about one clause that several dimensions ask. */
export interface Reading {
  readonly clause: Clause;
  readonly own: boolean;
  /** Somebody saw it: past, perfect, going on now; not hoped, not asked for, not hedged. */
  readonly observed: boolean;
  readonly hedged: boolean;
  /** Bound to what was said before as its result: so, which, now, no longer … */
  readonly result: boolean;
  readonly numbers: readonly Word[];
  has(list: PhraseList): readonly Word[] | undefined;
  noun(name: NounClass): Word | undefined;
  verb(name: Parameters<typeof isVerb>[1]): boolean;
}

const ownActors = new Set(["me", "mine", "elided"]);
const numberWords = new Set(
  "half third quarter twice double dozen two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million zero none".split(
    " ",
  ),
);
const counted = /^[\d.,]*\d[\d.,]*[kmx%]?$/u;

export function isNumber({ lower, tag, text }: Word): boolean {
  if (counted.test(text)) return true;
  if (lower === "one") return false;
  return numberWords.has(lower) && tag !== "VERB" && tag !== "PRON";
}

export function groupsIn(words: readonly Word[]): Word[] {
  return words.filter((word) => isGroupNoun(word));
}

const present = new Set(["present", "base", "progressive"]);
/** A reason or a condition is not a result. */
const reasons = new Set(["because", "if", "when", "while", "who", "until", "how", "where", "what", "before", "as", "whose"]);
const joints = new Set(["so", "which", "therefore", "hence", "thus"]);

export function readClause(clause: Clause): Reading {
  const memory = new Map<PhraseList, readonly Word[] | undefined>();
  const has = (list: PhraseList) => {
    if (!memory.has(list)) memory.set(list, findPhrase(clause.words, list));
    return memory.get(list);
  };
  const link = clause.link?.lower ?? "";
  const result = !reasons.has(link) && (joints.has(link) || has("result_link") !== undefined);
  const hedged = clause.tense === "hoped" || has("hedge") !== undefined;
  const told = clause.tense === "past" || clause.tense === "perfect" || clause.tense === "able";
  const since = has("direction") !== undefined || result || clause.actor === "group" || clause.negated;
  return {
    clause,
    own: ownActors.has(clause.actor),
    observed: !hedged && (told || (present.has(clause.tense) && since)),
    hedged,
    result,
    numbers: clause.words.filter((word) => isNumber(word)),
    has,
    noun: (name) => clause.words.find((word) => word.tag !== "VERB" && isNoun(word.lemma, name)),
    verb: (name) => clause.verb !== undefined && isVerb(clause.verb.lemma, name),
  };
}

export function isReason({ clause }: Reading): boolean {
  return reasons.has(clause.link?.lower ?? "");
}
