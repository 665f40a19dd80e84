import type { Dimension } from "../schema.ts";
import type { Clause } from "./clauses.ts";
import { isStop } from "./joints.ts";
import type { Word } from "./language.ts";
import { findPhrase, isGroupNoun, isNoun, isVerb, type NounClass, type PhraseList } from "./lexicon.ts";

/** Points that some words earned in one dimension, with the reason. */
export interface Claim {
  readonly dimension: Dimension;
  readonly points: 0 | 1 | 2;
  readonly words: readonly Word[];
  readonly why: string;
  /** The words may be told by anybody: worth a question before others are asked. */
  readonly unsure?: boolean;
}

export type Found = Omit<Claim, "dimension"> | undefined;

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
  /** Something of today stands against how it was or would have been, in this clause or the one after it. */
  readonly contrast: boolean;
  /** "Now", "no longer", "since then": the state of today. */
  readonly now: boolean;
  /** "Fewer loaves burn", "guests order wine more often", "only two froze": more or less of it than before, without a size. */
  readonly shift: boolean;
  /** What was done it for follows: "used it to choose". */
  readonly leadsOn: boolean;
  /** A clause with "who" or "that" behind a comma goes on with the story: "rang the doctor, who changed the dose". */
  readonly goesOn: boolean;
  /** "My part was to get both shifts to agree": what the person did of what many did. */
  readonly part: boolean;
  /** What it was done for or could do: "in order to …", "with the aim of …", "so they can …", "that could …". */
  readonly aims: boolean;
  has(list: PhraseList): readonly Word[] | undefined;
  noun(name: NounClass): Word | undefined;
  verb(name: Parameters<typeof isVerb>[1]): boolean;
}

/** Words for a day, a month or a year. */
export const dated =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|winter|20\d\d)$/u;

const ownActors = new Set(["me", "mine", "elided"]);
const numberWords = new Set(
  "half third quarter twice double dozen two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million zero none".split(
    " ",
  ),
);
const counted = /^[\d.,]*\d[\d.,]*[kmx%]?$/u;

const numerals = new Set("fifth sixth tenth".split(" "));

export function isNumber({ lower, tag, text }: Word): boolean {
  if (numerals.has(lower)) return true;
  if (counted.test(text)) return true;
  if (lower === "one") return false;
  return numberWords.has(lower) && tag !== "VERB" && tag !== "PRON";
}

const places = new Set(["in", "on", "at", "of", "across", "within", "during", "inside", "from", "by", "as"]);
const nobodyInParticular = new Set(["other", "others", "everyone", "everybody", "anyone", "anybody", "someone", "somebody"]);

/** Whether a group noun names who, and not where or whose ("on the ward", "the group's format", "lab schedule"). */
function namesWho(words: readonly Word[], at: number): boolean {
  const [word, next] = [words[at], words[at + 1]];
  if (!word || !isGroupNoun(word) || nobodyInParticular.has(word.lower)) return false;
  const served = /^(?:customer|client|patient|user|student|pupil|guest|visitor|reader|citizen|tenant)$/u.test(word.lemma);
  if (next && !served && (next.tag === "NOUN" || next.text === "-" || next.text.startsWith("'") || next.text === "’s"))
    return false;
  const owner = words[at - 1]?.lower === "of" && word.lower !== word.lemma;
  if (owner) return true;
  let before = at - 1;
  while (before >= 0 && ["DET", "ADJ", "NOUN", "NUM", "PROPN"].includes(words[before]?.tag ?? "")) before -= 1;
  return !places.has(words[before]?.lower ?? "");
}

export function groupsIn(words: readonly Word[]): Word[] {
  return words.filter((_word, at) => namesWho(words, at));
}

const present = new Set(["present", "base", "progressive"]);
/** A reason or a condition is not a result. */
const reasons = new Set([
  "because",
  "if",
  "when",
  "while",
  "who",
  "until",
  "how",
  "where",
  "what",
  "before",
  "as",
  "whose",
  "why",
  "after",
  "that",
  "although",
  "though",
]);
const joints = new Set(["so", "which", "therefore", "hence", "thus"]);

const today = new Set([
  "now",
  "nowadays",
  "today",
  "longer",
  "anymore",
  "already",
  "instead",
  "themselves",
  "since",
  "again",
  "himself",
  "herself",
]);
const tellsToday = (words: readonly Word[]): boolean =>
  words.some(({ lower }, at) => today.has(lower) || (lower === "any" && words[at + 1]?.lower === "more"));

/** "Before lunch", "two weeks before the planned date" tells when; "before it was four" and "than before" tell how it had been. */
function tellsWhen(words: readonly Word[], found: readonly Word[]): boolean {
  const last = found.at(-1);
  if (last?.lower !== "before" || found.some(({ lower }) => lower === "than" || lower === "as")) return false;
  const next = words[words.indexOf(last) + 1];
  if (!next || isStop(next) || ["it", "that", "this", "there"].includes(next.lower)) return false;
  return !words.slice(words.indexOf(last)).some(({ lower }) => ["was", "were", "had", "used", "always"].includes(lower));
}

/** "Passed last week": a date, unless something is counted against it. */
function isDate(words: readonly Word[], found: readonly Word[]): boolean {
  const ends = found.at(-1) === words.findLast(({ tag }) => tag !== "PUNCT");
  return (
    ends && found[0]?.lower === "last" && !words.some((word) => isNumber(word) || ["was", "were", "had"].includes(word.lower))
  );
}

/** "For three hours and not for two days", "2 sprayings and not 5": one figure against another. */
function against(words: readonly Word[]): readonly Word[] | undefined {
  const at = words.findIndex(({ lower }, place) => lower === "not" && ["and", ","].includes(words[place - 1]?.text ?? ""));
  if (at < 0) return undefined;
  const isMeasure = (word: Word): boolean => isNumber(word) || word.lower === "half" || isNoun(word.lemma, "time");
  return words.slice(0, at).some(isMeasure) && words.slice(at, at + 5).some(isMeasure) ? words.slice(at) : undefined;
}

/** "Last October 22": the same time a year ago, with its figure. */
function lastOne(words: readonly Word[]): readonly Word[] | undefined {
  const at = words.findIndex(({ lower }, place) => lower === "last" && dated.test(words[place + 1]?.lower ?? ""));
  return at >= 0 && words.filter((word) => isNumber(word)).length > 1 ? words.slice(at, at + 3) : undefined;
}

/** "At the check in June …, in March he …": two times, one told against the other. */
function atTwoTimes({ words, tense }: Clause, around: readonly Clause[]): boolean {
  const month = (list: readonly Word[]) => list.find(({ lower, text }) => dated.test(lower) && text !== lower)?.lower;
  const [here, there] = [month(words), around.map((one) => month(one.words)).find((one) => one !== undefined)];
  const told = (one: string) => one === "past" || one === "perfect";
  return told(tense) && here !== undefined && there !== undefined && here !== there && around.some((one) => told(one.tense));
}

/** The words that say how it had been, or would have been. */
export function comparing(words: readonly Word[]): readonly Word[] | undefined {
  const opposed = against(words) ?? lastOne(words);
  if (opposed) return opposed;
  const found = findPhrase(words, "before");
  if (found === undefined || tellsWhen(words, found) || isDate(words, found)) return undefined;
  return found;
}

/** Reads one clause; `beside` are the words of the one after it, where "before it was four" often stands. */
const comparatives = new Set(
  "sooner earlier faster later less fewer more longer shorter quicker cheaper higher lower up down below above".split(" "),
);

/** "Eight minutes sooner", "up 2 litres", "240 less": a difference with its size. */
function isDifference(words: readonly Word[]): boolean {
  return words.some(({ lower }, at) => {
    if (!comparatives.has(lower)) return false;
    const near = words.slice(Math.max(0, at - 3), at + 3);
    const counted = near.some((word, place) => isNumber(word) || (word.lower === "one" && near[place + 1]?.tag === "NOUN"));
    return counted && near.some(({ lower: unit, lemma, text }) => text === "%" || unit !== lower || isNoun(lemma, "time"));
  });
}

/** "It stands 20 minutes, it was half a day": a figure of today beside one of then. */
function standsAgainst({ tense, words }: Clause, then: readonly Word[]): boolean {
  const today =
    ["present", "base", "progressive", "able"].includes(tense) &&
    words.some((word) => isNumber(word) || isNoun(word.lemma, "time"));
  const was = then.some(({ lower }) => lower === "was" || lower === "were" || lower === "had");
  return today && was && then.some((word) => isNumber(word) || isNoun(word.lemma, "time"));
}

const amounts = new Set(["fewer", "less", "more"]);

/** Whether an amount is said to differ: in front of a noun, or at the end; "more careful" only judges. */
function tellsShift({ words, subject, verb, rest }: Clause): boolean {
  if (!verb) return false;
  const only = words.findIndex(({ lower }) => lower === "only");
  const next = words[only + 1];
  if (only >= 0 && next && isNumber(next) && words.indexOf(verb) > only) return true;
  return [...subject, ...rest].some(({ lower }, at, all) => {
    const next = all[at + 1];
    if (!amounts.has(lower) || next?.lower === "than") return false;
    return !next || !["ADJ", "ADV"].includes(next.tag) || next.lower === "often" || subject[0]?.lower === lower;
  });
}

/** "So they can keep it" without a stop before it and without a "now" tells what it was meant for, not what came of it. */
function tellsAim({ tense, link, actor, words }: Clause, before: Clause | undefined): boolean {
  if (link?.lower !== "so" || !before || before.words.at(-1)?.text === "," || !["able", "base", "present"].includes(tense))
    return false;
  return actor === "group" && !tellsToday(words);
}

function tellsPart({ tense }: Clause, before: Clause | undefined): boolean {
  const mine = before?.actor === "mine" && before.verb?.lemma === "be" && before.rest.length === 0;
  const part = before?.subject.some(({ lower }) => ["part", "share", "contribution", "piece", "half"].includes(lower)) ?? false;
  return mine && part && (tense === "purpose" || tense === "gerund");
}

function announcesAim({ tense, words }: Clause, before: Clause | undefined): boolean {
  const last = before?.words.at(-1)?.lower ?? "";
  if (tense === "purpose") return last === "order";
  return (
    tense === "gerund" &&
    ["of", "at"].includes(words[0]?.lower ?? "") &&
    ["aim", "goal", "hope", "intention", "purpose"].includes(last)
  );
}

/** "A protocol that could save antibody": what a thing could do, it has not done. */
function isPossible({ tense, actor, words }: Clause): boolean {
  return tense === "able" && (actor === "which" || actor === "thing") && words.some(({ lower }) => lower === "could");
}

/** "Maybe 5 times" is a round figure, "maybe it helps" a doubt. */
function doubts(words: readonly Word[], hedge: readonly Word[] | undefined): boolean {
  const last = hedge?.at(-1);
  const next = last && words[words.indexOf(last) + 1];
  const round = ["maybe", "perhaps", "probably"].includes(last?.lower ?? "") && next !== undefined && isNumber(next);
  return hedge !== undefined && !round;
}

/** What stands around a clause: the two before it and the two after it. */
export interface Around {
  readonly before: readonly Clause[];
  readonly after: readonly Clause[];
}

const wordsOf = (clauses: readonly Clause[]): Word[] => clauses.flatMap(({ words }) => words);

export function readClause(clause: Clause, around: Around): Reading {
  const beside = wordsOf(around.after);
  const previous = around.before.at(-1);
  const memory = new Map<PhraseList, readonly Word[] | undefined>();
  const has = (list: PhraseList) => {
    if (!memory.has(list)) memory.set(list, findPhrase(clause.words, list));
    return memory.get(list);
  };
  const link = clause.link?.lower ?? "";
  const goesOn = (link === "who" || link === "that") && previous?.words.at(-1)?.text === ",";
  const aim = tellsAim(clause, previous);
  const result = !aim && (goesOn || !reasons.has(link)) && (goesOn || joints.has(link) || has("result_link") !== undefined);
  const hedged = clause.tense === "hoped" || aim || isPossible(clause) || doubts(clause.words, has("hedge"));
  const told = clause.tense === "past" || clause.tense === "perfect" || clause.tense === "able";
  const contrast =
    (clause.tense !== "hoped" && isDifference(clause.words)) ||
    standsAgainst(clause, beside) ||
    (clause.tense !== "hoped" && standsAgainst(clause, wordsOf(around.before))) ||
    (!ownActors.has(clause.actor) && atTwoTimes(clause, around.after)) ||
    comparing(clause.words) !== undefined ||
    comparing(beside) !== undefined;
  const since =
    has("direction") !== undefined || tellsShift(clause) || result || contrast || clause.actor === "group" || clause.negated;
  return {
    clause,
    own: ownActors.has(clause.actor),
    observed: !hedged && (told || (present.has(clause.tense) && since)),
    hedged,
    result,
    contrast,
    now: tellsToday(clause.words),
    shift: tellsShift(clause),
    leadsOn: around.after[0]?.tense === "purpose",
    goesOn,
    part: tellsPart(clause, previous),
    aims: aim || isPossible(clause) || announcesAim(clause, previous),
    numbers: clause.words.filter((word) => isNumber(word)),
    has,
    noun: (name) => clause.words.find((word) => word.tag !== "VERB" && isNoun(word.lemma, name)),
    verb: (name) => clause.verb !== undefined && isVerb(clause.verb.lemma, name),
  };
}

export function isReason({ clause, goesOn }: Reading): boolean {
  return !goesOn && reasons.has(clause.link?.lower ?? "");
}

/** Whether the clause tells what the job or the person is, not what was done. */
export function isDuty(reading: Reading): boolean {
  return reading.has("duty") !== undefined || reading.has("trait") !== undefined;
}
