import type { Word } from "./language.ts";
import { canAct, isGroupNoun, isKnownVerb, isNoun, isVerb } from "./lexicon.ts";
import { comparing, dated, type Found, groupsIn, isDuty, isNumber, isReason, type Reading } from "./scoring-clause.ts";
import { fromTo, groupsOrUs, peopleResult } from "./scoring-outcome.ts";

const named = new Set(["DET", "PRON", "ADJ", "PROPN"]);

/** Whether the object is one thing in particular, not "bugs and reports" or "47 tickets". */
function isParticular(rest: readonly Word[]): boolean {
  const [first, second] = rest.filter(({ tag }) => tag !== "ADV");
  if (!first) return false;
  if (["that", "how", "why", "what", "which"].includes(first.lower)) return true;
  if (first.tag === "NUM") return second !== undefined && !isNoun(second.lemma, "effort");
  return named.has(first.tag) || first.tag === "ADP" || first.lower === "to";
}

/** "Thanks to my list", "it was my suggestion": what the person made or thought of, named as theirs. */
function ownThing({ clause: { words } }: Reading): readonly Word[] | undefined {
  const at = words.findIndex(({ lower }) => lower === "my");
  if (at < 0) return undefined;
  const noun = words.slice(at + 1, at + 5).findIndex(({ tag }) => tag === "NOUN");
  const word = words[at + 1 + noun];
  if (noun < 0 || !word || isNoun(word.lemma, "not_made") || isGroupNoun(word)) return undefined;
  return words.slice(at, at + 2 + noun);
}

/** What did the person do? Duties, presence, passives without a person and what "we" did earn nothing. */
export function actionOf(reading: Reading): Found {
  const { clause } = reading;
  const { verb, tense, rest } = clause;
  const named = ownThing(reading);
  const byMe = clause.passive && rest.some(({ lower }, at) => lower === "me" && rest[at - 1]?.lower === "by");
  if (isDuty(reading) || reading.has("presence")) return undefined;
  const aboutIt = clause.actor === "mine" && (clause.passive || verb?.lemma === "be");
  if (named && (aboutIt || !(reading.own && verb && !clause.negated)))
    return { points: 1, words: named, why: "Something of your own making is named." };
  const idea = reading.has("idea");
  if (idea && reading.own) return { points: 1, words: idea, why: "Your own idea." };
  if (!verb || (isReason(reading) && clause.actor !== "me")) return undefined;
  if (!(reading.own || byMe) || (clause.passive && !byMe) || clause.negated) return undefined;
  if (reading.part && rest.length > 1)
    return { points: 2, words: [verb, ...rest.slice(0, 3)], why: "Your own part in shared work." };
  if (tense === "hoped" || tense === "purpose") return undefined;
  const strong =
    reading.verb("make") || reading.verb("change") || reading.verb("find") || reading.verb("decide") || reading.verb("teach");
  const words = [verb, ...rest.slice(0, 3)];
  if (reading.verb("presence") && !strong) return undefined;
  if (!isKnownVerb(verb.lemma) && verb.tag !== "VERB" && !verb.lower.endsWith("ed")) return undefined;
  const specific = strong && (byMe || isParticular(rest)) && !reading.has("vague") && !reading.hedged;
  const settled =
    tense === "past" || tense === "perfect" || tense === "progressive" || clause.actor === "me" || clause.actor === "mine";
  if (specific && settled && !(reading.verb("activity") && tense !== "past")) {
    return { points: 2, words, why: "A specific act of your own: making, changing, finding, deciding or persuading." };
  }
  return { points: 1, words: [verb], why: "Your own act, but a broad or supporting one." };
}

/** Whether people can, decide, stop or avoid something; that they took a thing over alone is its extension. */
function gainsBy(reading: Reading): boolean {
  const { tense, negated, verb } = reading.clause;
  if (reading.shift && reading.numbers.length === 0 && !negated) return false;
  if (tense === "able" || negated || reading.now || reading.contrast || reading.result) return true;
  return verb !== undefined && !isVerb(verb.lemma, "spread") && !reading.has("lasting");
}

/** Who has something from it? */
export function beneficiaryOf(reading: Reading, after: boolean): Found {
  const { clause } = reading;
  const groups = groupsIn(clause.words);
  const pronoun = clause.actor === "group" && groups.length === 0;
  const lets = reading.verb("enable") && groupsOrUs(clause.rest) && !reading.own;
  const ours = clause.actor === "team" && (clause.tense === "able" || reading.now || clause.negated);
  const does = after && reading.observed && !isReason(reading) && ((peopleResult(reading) && gainsBy(reading)) || lets || ours);
  if (does) return { points: 2, words: clause.words, why: "Who, and what they do with it." };
  // "So that the councillors can decide": who needs it and for what, whether it has happened yet or not.
  const able = clause.verb !== undefined && clause.words.some(({ lower }) => lower === "can" || lower === "could");
  const need = clause.link?.lower === "so" && clause.tense === "hoped" && able && clause.actor === "group";
  if (need && reading.verb("decision")) return { points: 2, words: clause.words, why: "Who, and what they need it for." };
  const first = groups[0];
  if (first) return { points: 1, words: [first], why: "A group is named." };
  return pronoun ? { points: 1, words: clause.subject, why: "Somebody is named." } : undefined;
}

/** Whether a figure measures the effect: money, time, quality, a share, or from what to what. */
function hasUnit(reading: Reading): boolean {
  const { words } = reading.clause;
  if (
    fromTo(words) ||
    reading.contrast ||
    words.some(({ lower }) => /^(?:%|percent|half|third|quarter|twice|double|zero|no|none|nobody|[€$£])$/u.test(lower))
  )
    return true;
  return (
    words.some(
      (word, at) =>
        isNumber(word) &&
        words
          .slice(at + 1, at + 4)
          .some(({ lemma }) => isNoun(lemma, "money") || isNoun(lemma, "time") || isNoun(lemma, "quality")),
    ) || reading.numbers.some(({ text }) => text.length > 3)
  );
}

/** One person who manages or does something, with no decision in it, no before and no since: real, but no reach. */
function isOneCase({ clause, verb, now, result }: Reading): boolean {
  if (verb("decision") || now || result || clause.negated) return false;
  const many = clause.subject.some((word) => canAct(word) && (word.lower !== word.lemma || isNoun(word.lemma, "organ")));
  const brief = clause.tense !== "past" || clause.rest.filter(({ tag }) => tag !== "PUNCT").length < 3;
  return !many && brief;
}

/** How would a stranger check it? Numbers count only where an effect is told. */
export function evidenceOf(reading: Reading, outcome: Found, after: boolean): Found {
  const { clause, numbers } = reading;
  if (outcome?.points === 2) {
    if (numbers.length > 0 && hasUnit(reading)) return { points: 2, words: numbers, why: "A figure for the effect." };
    if (clause.words.some(({ lower }) => dated.test(lower))) return { points: 2, words: clause.words, why: "A dated event." };
    const paper =
      clause.verb !== undefined && isVerb(clause.verb.lemma, "paper") && (clause.tense === "past" || clause.tense === "perfect");
    if ((clause.actor === "group" || clause.actor === "which") && paper && !clause.negated)
      return { points: 2, words: clause.words, why: "Somebody else's act, which can be checked." };
    if (numbers.length > 0) return { points: 1, words: numbers, why: "How far it reaches." };
    if (clause.actor === "group" && !reading.shift && !isOneCase(reading))
      return { points: 1, words: clause.words, why: "Others can confirm it.", unsure: true };
  }
  const says = reading.verb("say") && !clause.passive && !clause.negated && !reading.shift;
  if (after && clause.actor === "group" && says && reading.observed && !isReason(reading)) {
    // "They say it is good", "guests often tell me": nobody in particular said it.
    const hearsay = clause.tense === "base";
    return { points: hearsay ? 1 : 2, words: clause.words, why: hearsay ? "What is said in general." : "A witness." };
  }
  return undefined;
}

/** "Outages: five in 2024, none in 2025". */
function betweenYears({ clause, numbers }: Reading): boolean {
  const years = numbers.filter(({ text }) => /^(?:19|20)\d\d$/u.test(text)).length;
  return clause.verb === undefined && years > 1 && numbers.length > years;
}

export function comparisonOf(reading: Reading, outcome: Found): Found {
  const range = fromTo(reading.clause.words);
  if (range) return { points: 2, words: range, why: "From what to what." };
  if (betweenYears(reading)) return { points: 2, words: reading.numbers, why: "One year beside another." };
  const before = comparing(reading.clause.words);
  // "On Tuesday instead of Friday": another way to do it, not another result.
  const way = before && reading.own && !reading.now && ["instead", "rather", "in"].includes(before[0]?.lower ?? "");
  if (before && way) return { points: 1, words: before, why: "Another way than before." };
  if (before && !reading.has("purpose"))
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
    if (
      reading.verb("move") ||
      reading.verb("effect") ||
      (reading.verb("fall") && /^(?:up|down)$/u.test(clause.rest[0]?.lower ?? ""))
    )
      return { points: 1, words: clause.verb ? [clause.verb] : [], why: "A direction is told." };
  }
  // A hope has a direction too: "should get out 40 more", "will reduce the stock by 10 %".
  if (outcome?.points === 1 && reading.hedged && reading.numbers.length > 0 && hasUnit(reading))
    return { points: 1, words: reading.numbers, why: "The size that is hoped for." };
  return undefined;
}

/** Whether somebody else took it up: they copied it, or another group now does the same. */
function isTakenUp(reading: Reading): boolean {
  const { clause } = reading;
  if (
    clause.actor !== "group" ||
    !clause.verb ||
    !reading.observed ||
    isReason(reading) ||
    clause.negated ||
    clause.passive ||
    reading.shift
  )
    return false;
  if (isVerb(clause.verb.lemma, "spread")) return true;
  const mark = [...clause.subject, ...clause.rest].some(
    ({ lemma, lower }) => isNoun(lemma, "elsewhere") || isNoun(lower, "elsewhere"),
  );
  const object = clause.rest.some(({ lower }) =>
    ["it", "them", "my", "mine", "same", "such", "from", "out", "this"].includes(lower),
  );
  return isVerb(clause.verb.lemma, "use") && mark && object;
}

export function extensionOf(reading: Reading, outcome: Found, after: boolean): Found {
  const unasked = reading.has("unasked");
  if (unasked) return { points: 2, words: unasked, why: "More than was asked." };
  const { clause } = reading;
  if (after && isTakenUp(reading)) return { points: 2, words: clause.words, why: "Others took it up." };
  const lasting = reading.has("lasting");
  const recurring = clause.words.some(({ lower }) => lower === "every" || lower === "each");
  if (lasting && outcome?.points === 2 && (reading.now || !recurring))
    return { points: 2, words: lasting, why: "It lasts beyond this once." };
  const idea = reading.has("idea");
  if (idea) return { points: 1, words: idea, why: "Your own initiative." };
  if (lasting && after && outcome) return { points: 1, words: lasting, why: "A hint that it lasts." };
  return undefined;
}
