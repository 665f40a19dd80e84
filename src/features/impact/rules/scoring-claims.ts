import type { Dimension } from "../schema.ts";
import type { Word } from "./language.ts";
import { groupsIn, isNumber, isReason, type Reading } from "./scoring-clause.ts";
import { isGroupNoun, isKnownVerb, isNoun } from "./lexicon.ts";

/** Points that some words earned in one dimension, with the reason. */
export interface Claim {
  readonly dimension: Dimension;
  readonly points: 0 | 1 | 2;
  readonly words: readonly Word[];
  readonly why: string;
}

type Found = Omit<Claim, "dimension"> | undefined;

function isDuty(reading: Reading): boolean {
  return reading.has("duty") !== undefined || reading.has("trait") !== undefined;
}

const named = new Set(["DET", "PRON", "ADJ", "PROPN"]);

/** Whether the object is one thing in particular, not "bugs and reports" or "47 tickets". */
function isParticular(rest: readonly Word[]): boolean {
  const [first, second] = rest.filter(({ tag }) => tag !== "ADV");
  if (!first) return false;
  if (["that", "how", "why", "what", "which"].includes(first.lower)) return true;
  if (first.tag === "NUM") return second !== undefined && !isNoun(second.lemma, "effort");
  return named.has(first.tag) || first.tag === "ADP" || first.lower === "to";
}

const notMade = new Set(
  "team boss manager colleague job role task duty department company customer client group class ward school office work shift day week year life opinion boss supervisor staff place country time name mother father family language own free pupil student patient area region career knowledge experience".split(
    " ",
  ),
);

/** "Thanks to my list", "it was my suggestion": what the person made or thought of, named as theirs. */
function ownThing({ clause: { words } }: Reading): readonly Word[] | undefined {
  const at = words.findIndex(({ lower }) => lower === "my");
  if (at < 0) return undefined;
  const noun = words.slice(at + 1, at + 5).findIndex(({ tag }) => tag === "NOUN");
  const word = words[at + 1 + noun];
  if (noun < 0 || !word || notMade.has(word.lemma) || isGroupNoun(word)) return undefined;
  return words.slice(at, at + 2 + noun);
}

/** What did the person do? Duties, presence, passives without a person and what "we" did earn nothing. */
export function actionOf(reading: Reading): Found {
  const { clause } = reading;
  const { verb, tense, rest } = clause;
  const named = ownThing(reading);
  const byMe = clause.passive && rest.some(({ lower }, at) => lower === "me" && rest[at - 1]?.lower === "by");
  if (isDuty(reading) || reading.has("presence")) return undefined;
  if (named && !(reading.own && verb && !clause.negated))
    return { points: 1, words: named, why: "Something of your own making is named." };
  if (!verb || (isReason(reading) && clause.actor !== "me")) return undefined;
  if (!(reading.own || byMe) || (clause.passive && !byMe) || clause.negated) return undefined;
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

function quantified({ clause, numbers }: Reading): boolean {
  return numbers.length > 0 && clause.verb !== undefined;
}

/** "From 5 hours to 22 minutes", "to 4,000 from 19,000", "5.6 down to 1". */
function fromTo(words: readonly Word[]): readonly Word[] | undefined {
  const first = words.findIndex(({ lower }) => lower === "from" || lower === "to" || lower === "down" || lower === "up");
  if (first < 0) return undefined;
  const other = words[first]?.lower === "from" ? "to" : words[first]?.lower === "to" ? "from" : "to";
  const second = words.findIndex(({ lower }, at) => at > first && lower === other);
  if (second < 0) return undefined;
  const from = words[first]?.lower === "from" || words[first]?.lower === "to" ? first : Math.max(0, first - 2);
  const numbers = words.slice(from, second + 5).filter((word) => isNumber(word));
  return numbers.length > 1 && words.slice(second, second + 4).some((word) => isNumber(word))
    ? words.slice(from, second + 3)
    : undefined;
}

/** Verbs of being, feeling and taking part: what people do by these is no result. */
const idle = new Set(
  "be have like enjoy love feel think believe seem find look want wish hope know participate attend listen say tell need ask come agree appreciate include contain show discuss depend consist involve require mean stand concern".split(
    " ",
  ),
);
const gains = new Set(
  "save spare prevent avoid recover free eliminate win retain rescue avert regain secure earn reclaim stop".split(" "),
);

/** What is different now? `after` tells whether an act of the person stands before this clause. */
export function outcomeOf(reading: Reading, after: boolean): Found {
  const why = observedEffect(reading, after);
  if (why !== undefined) return { points: 2, words: reading.clause.words, why };
  return hopedEffect(reading);
}

function measureOf(reading: Reading): Word | undefined {
  return reading.noun("quality") ?? reading.noun("time") ?? reading.noun("money");
}

const lessens = new Set("cut reduce halve lower shorten trim shrink eliminate prevent avoid save free spare decrease minimise minimize remove end stop shave slash win retain recover".split(" "));

/** "Processed 30 % more invoices than last year": the person's own work, counted or compared, is effort and no effect. */
function countsEffort({ clause }: Reading): boolean {
  if (!["me", "elided", "team", "mine"].includes(clause.actor) || !clause.verb || lessens.has(clause.verb.lemma)) return false;
  const head = clause.rest.find(({ tag, lemma }) => tag === "NOUN" && !isNoun(lemma, "time"));
  return head !== undefined && isNoun(head.lemma, "effort");
}

const opinions = new Set("feel like enjoy appreciate love find think believe seem praise welcome value consider".split(" "));

function observedEffect(reading: Reading, after: boolean): string | undefined {
  const { clause, numbers } = reading;
  const { verb, actor, rest, tense } = clause;
  if (!after || isDuty(reading) || reading.has("unasked")) return undefined;
  // "Failures: 6 last year, 0 this year": no verb is needed where two figures stand against each other.
  if (!verb) return (numbers.length > 1 && reading.contrast) || fromTo(clause.words) ? "A difference to how it was." : undefined;
  if (!reading.own && spared(reading)) return "What would have happened otherwise.";
  if (!reading.observed || isReason(reading) || tense === "gerund" || tense === "purpose") return undefined;
  if (countsEffort(reading) || opinions.has(verb.lemma)) return undefined;
  const measure = measureOf(reading);
  const told = tense === "past" || tense === "perfect";
  const effect = reading.verb("effect");
  const other = actor !== "me" && actor !== "elided";
  const range = fromTo(rest);
  const size = measure ?? range ?? numbers.find((word) => clause.words[clause.words.indexOf(word) + 1]?.text === "%");
  if (other && actor !== "team" && reading.verb("move")) return "A change that was seen.";
  const way = rest
    .slice(0, 2)
    .some(({ lower }) => ["up", "down", "from", "by", "to", "under", "below", "above", "over", "back"].includes(lower));
  if (other && reading.verb("fall") && (quantified(reading) || reading.has("direction")) && (size || way))
    return "A change that was seen.";
  if (effect && !clause.passive && told && size && quantified(reading) && !clause.negated) return "An effect with its size.";
  if (told && (verb.lemma === "get" || verb.lemma === "receive") && reading.noun("money") && quantified(reading))
    return "Something gained.";
  const gained = measure || quantified(reading) || groupsIn(rest).length > 0;
  if (gains.has(verb.lemma) && told && !clause.negated && gained) return "Something gained or prevented.";
  if (verb.lemma === "lose" && (clause.negated || rest.some(({ lower }) => lower === "nothing" || lower === "no")))
    return "A loss that did not happen.";
  if (reading.has("vague") || isVagueState(reading)) return undefined;
  if (reading.contrast && (other || reading.now)) return "A difference to how it was.";
  if (!other) return undefined;
  if (reading.verb("enable") && (actor === "which" || reading.result) && groupsOrUs(rest)) return "What it lets people do.";
  if (peopleResult(reading)) return "What people do now.";
  if (actor !== "team" && (reading.result || (reading.now && tense !== "base"))) return "A result that followed.";
  if (actor === "team" && (clause.negated || reading.now || tense === "able")) return "What can be done now.";
  return undefined;
}

const states = new Set("be become get feel go run work seem look make stay remain flow".split(" "));
const judgements = new Set("better easier faster smoother quicker clearer nicer happier calmer simpler safer smarter good well great happy nice smooth clear easy efficient smoothly easily nicely".split(" "));

/** "It runs smoother", "they find things faster": a judgement without its size and without what it was before. */
function isVagueState({ clause, numbers, contrast, verb }: Reading): boolean {
  if (!clause.verb || numbers.length > 0 || contrast || clause.negated) return false;
  if (opinions.has(clause.verb.lemma) && clause.actor !== "me") return true;
  const rest = clause.rest.filter(({ tag }) => tag !== "PUNCT");
  const judged = rest.some(({ lower }, at) => judgements.has(lower) || (lower === "more" && ["ADJ", "ADV"].includes(rest[at + 1]?.tag ?? "")));
  return judged && (states.has(clause.verb.lemma) || !(verb("decision") || verb("adopt")));
}

function hopedEffect(reading: Reading): Found {
  const { clause } = reading;
  if (isDuty(reading)) return undefined;
  const hoped = reading.verb("hope") || reading.has("purpose") || clause.tense === "hoped";
  if (hoped && (clause.tense === "purpose" || clause.tense === "hoped" || reading.hedged)) {
    return { points: 1, words: clause.words, why: "An effect that is hoped for." };
  }
  const vague = reading.has("vague") ?? (isVagueState(reading) && !reading.own ? clause.words : undefined);
  if (vague) return { points: 1, words: vague, why: "An effect, but a vague one." };
  if (reading.verb("effect") && (measureOf(reading) || clause.actor === "thing") && !isReason(reading)) {
    return { points: 1, words: clause.words, why: "An effect without its size or proof." };
  }
  return undefined;
}

function groupsOrUs(words: readonly Word[]): boolean {
  return groupsIn(words).length > 0 || words.some(({ lower }) => ["us", "them", "him", "her"].includes(lower));
}

const humanVerbs = new Set(
  "renew sign order decide choose vote subscribe complain enrol enroll agree approve adopt withdraw quote vote hire buy thank award".split(
    " ",
  ),
);

/** "Finance would have sent 3,000 wrong invoices": something bad, with its size, that did not happen. */
function spared(reading: Reading): boolean {
  const { words } = reading.clause;
  const would = words.some(({ lower }, at) => lower === "would" && words[at + 1]?.lower === "have");
  return would && (measureOf(reading) !== undefined || quantified(reading));
}

/** Whether people are said to do something, in a clause that stands on its own after the person's act. */
function peopleResult(reading: Reading): boolean {
  const { clause } = reading;
  if (!clause.verb) return false;
  // Who signs or renews is a person, whatever noun stands for them ("31 accounts renewed").
  const told = clause.tense === "past" || clause.tense === "perfect";
  if (clause.actor === "thing" && told && !clause.passive && (humanVerbs.has(clause.verb.lemma) || reading.verb("decision")))
    return true;
  if (clause.actor !== "group") return false;
  if (clause.tense === "able" || clause.negated || reading.now) return true;
  return !idle.has(clause.verb.lemma) && !clause.passive;
}

/** Who has something from it? */
export function beneficiaryOf(reading: Reading, after: boolean): Found {
  const { clause } = reading;
  const groups = groupsIn(clause.words);
  const pronoun = clause.actor === "group" && groups.length === 0;
  const lets = reading.verb("enable") && groupsOrUs(clause.rest) && !reading.own;
  const ours = clause.actor === "team" && (clause.tense === "able" || reading.now || clause.negated);
  const does = after && reading.observed && !isReason(reading) && (peopleResult(reading) || lets || ours);
  if (does) return { points: 2, words: clause.words, why: "Who, and what they do with it." };
  const first = groups[0];
  if (first) return { points: 1, words: [first], why: "A group is named." };
  return pronoun ? { points: 1, words: clause.subject, why: "Somebody is named." } : undefined;
}

/** Whether a figure measures the effect: money, time, quality, a share, or from what to what. */
function hasUnit(reading: Reading): boolean {
  const { words } = reading.clause;
  if (fromTo(words) || reading.contrast || words.some(({ lower }) => /^(?:%|percent|half|third|quarter|twice|double|zero|no|none|nobody|[€$£])$/u.test(lower))) return true;
  return words.some((word, at) => isNumber(word) && words.slice(at + 1, at + 4).some(({ lemma }) => isNoun(lemma, "money") || isNoun(lemma, "time") || isNoun(lemma, "quality"))) || reading.numbers.some(({ text }) => text.length > 3);
}

/** Acts of others that leave a trace: a signature, an order, a document. */
const onPaper = new Set(
  "adopt sign renew pay hire fund order approve extend award commission buy publish copy reuse print reopen cancel ship authorise authorize accept".split(
    " ",
  ),
);
const dated =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|winter|20\d\d)$/u;

/** How would a stranger check it? Numbers count only where an effect is told. */
export function evidenceOf(reading: Reading, outcome: Found, after: boolean): Found {
  const { clause, numbers } = reading;
  if (outcome?.points === 2) {
    if (numbers.length > 0 && hasUnit(reading)) return { points: 2, words: numbers, why: "A figure for the effect." };
    if (clause.words.some(({ lower }) => dated.test(lower))) return { points: 2, words: clause.words, why: "A dated event." };
    const paper =
      clause.verb !== undefined && onPaper.has(clause.verb.lemma) && (clause.tense === "past" || clause.tense === "perfect");
    if (clause.actor === "group" && paper)
      return { points: 2, words: clause.words, why: "Somebody else's act, which can be checked." };
    if (numbers.length > 0) return { points: 1, words: numbers, why: "How far it reaches." };
    if (clause.actor === "group") return { points: 1, words: clause.words, why: "Others can confirm it." };
  }
  if (after && clause.actor === "group" && reading.verb("say") && reading.observed && !isReason(reading) && !clause.negated)
    return { points: 2, words: clause.words, why: "A witness." };
  return undefined;
}

export function comparisonOf(reading: Reading, outcome: Found): Found {
  const range = fromTo(reading.clause.words);
  if (range) return { points: 2, words: range, why: "From what to what." };
  const before = reading.has("before");
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
    if (reading.verb("move") || reading.verb("effect"))
      return { points: 1, words: clause.verb ? [clause.verb] : [], why: "A direction is told." };
  }
  return undefined;
}

const spreads = new Set("adopt copy reuse re-use borrow embed spread".split(" "));
const uses = new Set(
  "use open take ask order build make do want learn work teach hand print share request follow apply show put install print refer keep repeat".split(
    " ",
  ),
);
const elsewhere = new Set([
  "other",
  "others",
  "another",
  "second",
  "sister",
  "next",
  "neighbour",
  "neighbor",
  "colleague",
  "new",
  "newcomer",
  "same",
  "such",
  "starter",
  "all",
  "every",
  "school",
  "ward",
  "team",
  "department",
]);

/** Whether somebody else took it up: they copied it, or another group now does the same. */
function isTakenUp(reading: Reading): boolean {
  const { clause } = reading;
  if (clause.actor !== "group" || !clause.verb || !reading.observed || isReason(reading) || clause.negated || clause.passive)
    return false;
  if (spreads.has(clause.verb.lemma)) return true;
  const mark = [...clause.subject, ...clause.rest].some(({ lemma, lower }) => elsewhere.has(lemma) || elsewhere.has(lower));
  const object = clause.rest.some(({ lower }) =>
    ["it", "them", "my", "mine", "same", "such", "from", "out", "this"].includes(lower),
  );
  return uses.has(clause.verb.lemma) && mark && object;
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
