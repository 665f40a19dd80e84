import type { Dimension } from "../schema.ts";
import type { Word } from "./language.ts";
import { groupsIn, isNumber, isReason, type Reading } from "./scoring-clause.ts";
import { isKnownVerb } from "./lexicon.ts";

/** Points that some words earned in one dimension, with the reason. */
export interface Claim {
  readonly dimension: Dimension;
  readonly points: 0 | 1 | 2;
  readonly words: readonly Word[];
  readonly why: string;
}

type Found = Omit<Claim, "dimension"> | undefined;

const objectTags = new Set(["NOUN", "PROPN", "PRON", "NUM"]);

function isDuty(reading: Reading): boolean {
  return reading.has("duty") !== undefined || reading.has("trait") !== undefined;
}

/** What did the person do? Duties, presence, passives without a person and what "we" did earn nothing. */
export function actionOf(reading: Reading): Found {
  const { clause } = reading;
  const { verb, tense, rest } = clause;
  const byMe = clause.passive && rest.some(({ lower }, at) => lower === "me" && rest[at - 1]?.lower === "by");
  if (!verb || isDuty(reading) || reading.has("presence") || (isReason(reading) && clause.actor !== "me")) return undefined;
  if (!(reading.own || byMe) || (clause.passive && !byMe) || clause.negated) return undefined;
  if (tense === "hoped" || tense === "purpose") return undefined;
  const strong =
    reading.verb("make") || reading.verb("change") || reading.verb("find") || reading.verb("decide") || reading.verb("teach");
  const words = [verb, ...rest.slice(0, 3)];
  if (reading.verb("presence") && !strong) return undefined;
  if (!isKnownVerb(verb.lemma) && verb.tag !== "VERB") return undefined;
  const object = rest.some(({ tag }) => objectTags.has(tag));
  const specific = strong && object && !reading.has("vague") && !reading.hedged;
  const settled = tense === "past" || tense === "perfect" || clause.actor === "me" || clause.actor === "mine";
  if (specific && settled && !(reading.verb("activity") && tense !== "past")) {
    return { points: 2, words, why: "A specific act of your own: making, changing, finding, deciding or persuading." };
  }
  return { points: 1, words: [verb], why: "Your own act, but a broad or supporting one." };
}

function quantified({ clause, numbers }: Reading): boolean {
  return numbers.length > 0 && clause.verb !== undefined;
}

function fromTo(words: readonly Word[]): readonly Word[] | undefined {
  const from = words.findIndex(({ lower }) => lower === "from");
  const to = words.findIndex(({ lower }, at) => at > from && (lower === "to" || lower === "down"));
  if (from < 0 || to < 0 || !words.slice(to).some((word) => isNumber(word))) return undefined;
  return words.slice(from, to + 3);
}

/** What is different now? `after` tells whether an act of the person stands before this clause. */
export function outcomeOf(reading: Reading, after: boolean): Found {
  const { clause } = reading;
  const { verb, actor, rest } = clause;
  const seen = (why: string): Found => ({ points: 2, words: clause.words, why });
  if (!verb || isDuty(reading)) return undefined;
  const measure = reading.noun("quality") ?? reading.noun("time") ?? reading.noun("money");
  const effect = reading.verb("effect");
  if (reading.observed && !isReason(reading) && clause.tense !== "gerund") {
    const other = actor === "group" || actor === "thing" || actor === "which" || actor === "mine" || actor === "team";
    if (other && reading.verb("move") && actor !== "team") return seen("A change that was seen.");
    if (other && reading.verb("fall") && (quantified(reading) || (after && (reading.result || measure !== undefined))))
      return seen("A change that was seen.");
    if (effect && !clause.passive && (clause.tense === "past" || clause.tense === "perfect") && measure && quantified(reading))
      return seen("An effect with its size.");
    if (effect && fromTo(rest) && measure) return seen("From what to what.");
    if (after && other && peopleResult(reading)) return seen("What people do differently now.");
    if (after && other && reading.verb("enable") && (actor === "which" || reading.result) && groupsOrUs(rest))
      return seen("What it lets people do.");
    if (after && other && actor !== "team" && reading.result && !reading.has("vague")) return seen("A result that followed.");
    if (after && /^(?:no|zero|fewer|less|none)$/u.test(clause.subject[0]?.lower ?? rest[0]?.lower ?? "") && measure)
      return seen("Something bad that no longer happens.");
    if (
      /^(?:save|spare|prevent|avoid|recover|free|eliminate|win|retain|rescue|avert)$/u.test(verb.lemma) &&
      !clause.negated &&
      (clause.tense === "past" || clause.tense === "perfect") &&
      (measure || quantified(reading) || groupsIn(rest).length > 0)
    )
      return seen("Something gained or prevented.");
  }
  if (reading.verb("hope") || reading.has("purpose") || clause.tense === "hoped") {
    if (clause.tense === "purpose" || clause.tense === "hoped" || reading.hedged)
      return { points: 1, words: clause.words, why: "An effect that is hoped for." };
  }
  if (reading.has("vague")) return { points: 1, words: reading.has("vague") ?? [], why: "An effect, but a vague one." };
  if (effect && (measure || actor === "thing"))
    return { points: 1, words: clause.words, why: "An effect without its size or proof." };
  return undefined;
}

function groupsOrUs(words: readonly Word[]): boolean {
  return groupsIn(words).length > 0 || words.some(({ lower }) => ["us", "them", "him", "her"].includes(lower));
}

/** Whether people are said to use, decide, or be able to do something they did not before. */
function peopleResult(reading: Reading): boolean {
  const { clause } = reading;
  if (clause.actor !== "group" && clause.actor !== "team" && clause.actor !== "thing") return false;
  if (clause.tense === "able") return true;
  if (clause.actor === "team") return clause.negated || reading.has("direction") !== undefined;
  const changed = reading.has("direction") !== undefined || reading.has("before") !== undefined || reading.result;
  if (clause.actor === "thing") return changed && (reading.verb("people") || reading.result);
  return changed || reading.verb("adopt") || reading.verb("decision");
}

/** Who has something from it? */
export function beneficiaryOf(reading: Reading, after: boolean): Found {
  const { clause } = reading;
  const groups = groupsIn(clause.words);
  const pronoun = clause.actor === "group" && groups.length === 0;
  const does =
    after &&
    reading.observed &&
    !isReason(reading) &&
    (peopleResult(reading) || (reading.verb("enable") && groupsOrUs(clause.rest)));
  if (does) return { points: 2, words: clause.words, why: "Who, and what they do with it." };
  const first = groups[0];
  if (first) return { points: 1, words: [first], why: "A group is named." };
  return pronoun ? { points: 1, words: clause.subject, why: "Somebody is named." } : undefined;
}

const dated =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|winter|20\d\d)$/u;

/** How would a stranger check it? Numbers count only where an effect is told. */
export function evidenceOf(reading: Reading, outcome: Found, after: boolean): Found {
  const { clause, numbers } = reading;
  if (outcome?.points === 2) {
    if (numbers.length > 0) return { points: 2, words: numbers, why: "A figure for the effect." };
    if (clause.words.some(({ lower }) => dated.test(lower))) return { points: 2, words: clause.words, why: "A dated event." };
    if (clause.actor === "group" && (reading.verb("adopt") || reading.verb("decision"))) {
      const fact = clause.tense === "past" || clause.tense === "perfect";
      return { points: fact ? 2 : 1, words: clause.words, why: "Somebody else's act, which can be checked." };
    }
    if (clause.actor === "group") return { points: 1, words: clause.words, why: "Others can confirm it." };
  }
  if (after && clause.actor === "group" && reading.verb("say") && reading.observed)
    return { points: 2, words: clause.words, why: "A witness." };
  return undefined;
}

export function comparisonOf(reading: Reading, outcome: Found): Found {
  const range = fromTo(reading.clause.words);
  if (range) return { points: 2, words: range, why: "From what to what." };
  const before = reading.has("before");
  if (before && (outcome || !isReason(reading)))
    return { points: 2, words: before, why: "Compared with how it was, or would have been." };
  if (outcome?.points === 2) {
    const { clause, numbers } = reading;
    const share = numbers.some(
      (word, at) =>
        /%|third|half|quarter|twice|double/u.test(word.lower) ||
        clause.words[clause.words.indexOf(word) + 1]?.text === "%" ||
        at < 0,
    );
    if (share && reading.verb("fall")) return { points: 2, words: numbers, why: "Compared with before." };
    const direction = reading.has("direction");
    if (direction) return { points: 1, words: direction, why: "A direction is told." };
    if (reading.verb("move") || reading.verb("effect"))
      return { points: 1, words: clause.verb ? [clause.verb] : [], why: "A direction is told." };
  }
  return undefined;
}

export function extensionOf(reading: Reading, outcome: Found, after: boolean): Found {
  const unasked = reading.has("unasked");
  if (unasked) return { points: 2, words: unasked, why: "More than was asked." };
  const { clause } = reading;
  const lasting = reading.has("lasting");
  if (after && reading.observed && clause.actor === "group" && reading.verb("adopt") && !isReason(reading))
    return { points: 2, words: clause.words, why: "Others go on using it." };
  if (lasting && outcome?.points === 2) return { points: 2, words: lasting, why: "It lasts beyond this once." };
  const idea = reading.has("idea");
  if (idea) return { points: 1, words: idea, why: "Your own initiative." };
  if (lasting && after) return { points: 1, words: lasting, why: "A hint that it lasts." };
  return undefined;
}
