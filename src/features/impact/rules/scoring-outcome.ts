import { nobody } from "./joints.ts";
import type { Word } from "./language.ts";
import { canAct, isNoun, isVerb } from "./lexicon.ts";
import { type Found, groupsIn, isDuty, isNumber, isReason, type Reading } from "./scoring-clause.ts";

function quantified({ clause, numbers }: Reading): boolean {
  return numbers.length > 0 && clause.verb !== undefined;
}

/** "From 5 hours to 22 minutes", "to 4,000 from 19,000", "5.6 down to 1". */
export function fromTo(words: readonly Word[]): readonly Word[] | undefined {
  const first = words.findIndex(({ lower }) => lower === "from" || lower === "to" || lower === "down" || lower === "up");
  if (first < 0) return undefined;
  const other = words[first]?.lower === "from" ? "to" : words[first]?.lower === "to" ? "from" : "to";
  const second = words.findIndex(({ lower }, at) => at > first && lower === other);
  if (second < 0) return undefined;
  const from = words[first]?.lower === "from" || words[first]?.lower === "to" ? first : Math.max(0, first - 2);
  const isCount = (word: Word): boolean => isNumber(word) || word.lower === "one";
  const numbers = words.slice(from, second + 5).filter(isCount);
  return numbers.length > 1 && words.slice(second, second + 4).some(isCount) ? words.slice(from, second + 3) : undefined;
}

/** Verbs of being, feeling and taking part: what people do by these is no result. */
/** What is different now? `after` tells whether an act of the person stands before this clause. */
export function outcomeOf(reading: Reading, after: boolean): Found {
  const why = observedEffect(reading, after);
  if (why !== undefined) return { points: 2, words: reading.clause.words, why };
  return hopedEffect(reading);
}

function measureOf(reading: Reading): Word | undefined {
  return reading.noun("quality") ?? reading.noun("time") ?? reading.noun("money");
}

/** "Processed 30 % more invoices than last year": the person's own work, counted or compared, is effort and no effect. */
function countsEffort({ clause }: Reading): boolean {
  if (!["me", "elided", "team", "mine"].includes(clause.actor) || !clause.verb || isVerb(clause.verb.lemma, "lessen"))
    return false;
  const head = clause.rest.find(({ tag, lemma }) => tag === "NOUN" && !isNoun(lemma, "time"));
  return head !== undefined && isNoun(head.lemma, "effort");
}

/** "So everything was ready", "which took six months": being so, or having lasted so long, is no effect yet. */
function saysMoreThanState(reading: Reading): boolean {
  const { verb, negated, actor, passive } = reading.clause;
  if (!verb) return false;
  if (actor === "which" && isVerb(verb.lemma, "duration")) return false;
  const plain = isVerb(verb.lemma, "idle") || (passive && actor === "which");
  return (
    !plain ||
    negated ||
    reading.contrast ||
    reading.verb("enable") ||
    (reading.now &&
      actor !== "which" &&
      (measureOf(reading) !== undefined || reading.has("direction") !== undefined) &&
      verb.lemma !== "contain")
  );
}

/** "…, saving the house a closure", "…, cutting waste by half": an effect hung on to the act as a participle. */
function byItsWay(reading: Reading): boolean {
  const { tense, words, verb, rest, negated } = reading.clause;
  if (tense !== "gerund" || !verb || words[0] !== verb || negated || reading.hedged) return false;
  if (["save", "spare", "prevent", "avoid", "free"].includes(verb.lemma) && rest.length > 1) return true;
  if (reading.verb("gain") || reading.verb("enable"))
    return rest.length > 1 && (quantified(reading) || measureOf(reading) !== undefined || rest.some((word) => canAct(word)));
  const causes = reading.verb("effect") || reading.verb("lessen") || verb.lemma === "result" || verb.lemma === "lead";
  return causes && quantified(reading) && !countsEffort(reading);
}

/** "Use less diesel", "need two people less": what the own work takes is an effect when it takes less than before. */
function takesLess({ verb, clause: { rest }, shift }: Reading): boolean {
  return verb("consume") && shift && rest.some(({ lower }) => lower === "less" || lower === "fewer");
}

/** "Their answer made the board change the rota". */
function madeOthers({ clause: { actor, verb, rest, negated } }: Reading): boolean {
  const things = actor === "thing" || actor === "mine" || actor === "which";
  return (
    things &&
    !negated &&
    ["make", "let", "help", "allow", "lead", "bring"].includes(verb?.lemma ?? "") &&
    rest.some((word) => canAct(word))
  );
}

/** "The pressure was back", "I have my evenings free again": how it should be, and had not been. */
function isPutRight({ clause: { verb, rest, negated } }: Reading): boolean {
  if (!verb || negated || !["be", "have", "work", "run", "flow"].includes(verb.lemma)) return false;
  const end = rest.filter(({ tag }) => tag !== "PUNCT").slice(-2);
  return end.some(({ lower }) => lower === "again" || lower === "back");
}

const everyone = new Set(["all", "both", "every", "none", "each"]);

/** "All of them survived", "both shipped in their first week": what happened to every one of them. */
function isTrueOfAll({ clause: { subject, verb, tense, passive, actor }, verb: isIn }: Reading): boolean {
  const told = tense === "past" || tense === "perfect";
  return told && !passive && actor !== "team" && everyone.has(subject[0]?.lower ?? "") && verb !== undefined && !isIn("idle");
}

function isDecided(lemma: string): boolean {
  return isVerb(lemma, "human") || ["drop", "cancel", "withdraw", "reopen", "lift"].includes(lemma);
}

function observedEffect(reading: Reading, after: boolean): string | undefined {
  const { clause, numbers } = reading;
  const { verb, actor, rest, tense } = clause;
  if (!after || isDuty(reading) || reading.has("unasked")) return undefined;
  // "Failures: 6 last year, 0 this year": no verb is needed where two figures stand against each other.
  if (!verb) {
    const none =
      (reading.now || reading.has("direction")) &&
      clause.words.some(({ lower }) => lower === "no" || lower === "zero" || lower === "none");
    const years = numbers.filter(({ text }) => /^(?:19|20)\d\d$/u.test(text)).length;
    return none || (years > 1 && numbers.length > years) || (numbers.length > 1 && reading.contrast) || fromTo(clause.words)
      ? "A difference to how it was."
      : undefined;
  }
  if (!reading.own && spared(reading)) return "What would have happened otherwise.";
  if (byItsWay(reading)) return "An effect told along with the act.";
  if (!reading.observed || isReason(reading) || tense === "gerund" || tense === "purpose") return undefined;
  if (takesLess(reading) && actor !== "which") return "Less is needed than before.";
  if (isPutRight(reading)) return "Something that was put right.";
  if (countsEffort(reading) || isVerb(verb.lemma, "opinion")) return undefined;
  const measure = measureOf(reading);
  const told = tense === "past" || tense === "perfect";
  const effect = reading.verb("effect");
  const other = actor !== "me" && actor !== "elided";
  const range = fromTo(rest);
  if (isTrueOfAll(reading) && other) return "What happened to all of them.";
  // "Cut the menu from 40 dishes to 18" is the act itself; what it did to time, money or mistakes would be the effect.
  const size =
    measure ?? (other ? range : undefined) ?? numbers.find((word) => clause.words[clause.words.indexOf(word) + 1]?.text === "%");
  if (other && actor !== "team" && reading.verb("move")) return "A change that was seen.";
  if (!reading.own && actor !== "which" && !countsEffort(reading) && reading.shift && !isVagueState(reading))
    return "More or less of it than before.";
  if (actor === "thing" && nobody.has(clause.subject[0]?.lower ?? "") && verb.lemma !== "be")
    return "Something that no longer happens.";
  if (actor === "thing" && clause.passive && told && clause.words.some(({ lower }) => lower === "got"))
    return "Something that was put right.";
  if (other && verb.lower === "gone") return "Something that is no longer there.";
  const nothing = rest.some(
    ({ lower }) => lower === "zero" || lower === "none" || lower === "nothing" || (lower === "only" && numbers.length > 0),
  );
  if (other && verb.lemma === "be" && nothing && (measure || reading.now)) return "Something that is no longer there.";
  if (actor === "thing" && clause.passive && told && isDecided(verb.lemma)) return "What others decided.";
  if (actor === "thing" && clause.negated && told && verb.lemma !== "be") return "Something that did not happen.";
  const way = rest
    .slice(0, 2)
    .some(({ lower }) => ["up", "down", "from", "by", "to", "under", "below", "above", "over", "back"].includes(lower));
  const turned = rest[0]?.lower === "up" || rest[0]?.lower === "down";
  if (other && reading.verb("fall") && (turned || quantified(reading) || reading.has("direction")) && (size || way))
    return "A change that was seen.";
  if (other && range && measure && !clause.negated) return "A change that was seen.";
  if (effect && !clause.passive && told && size && quantified(reading) && !clause.negated) return "An effect with its size.";
  if (told && (verb.lemma === "get" || verb.lemma === "receive") && reading.noun("money") && quantified(reading))
    return "Something gained.";
  const gained = measure || quantified(reading) || groupsIn(rest).length > 0;
  if (isVerb(verb.lemma, "gain") && told && !clause.negated && gained) return "Something gained or prevented.";
  if (verb.lemma === "lose" && (clause.negated || rest.some(({ lower }) => lower === "nothing" || lower === "no")))
    return "A loss that did not happen.";
  if (reading.has("vague") || isVagueState(reading)) return undefined;
  const ownFigure = (reading.now || reading.verb("consume")) && (numbers.length > 0 || measure !== undefined);
  if (reading.contrast && (other || ownFigure)) return "A difference to how it was.";
  if (!other) return undefined;
  if (reading.verb("enable") && (actor === "which" || reading.result) && groupsOrUs(rest)) return "What it lets people do.";
  if (madeOthers(reading) && told) return "What it made others do.";
  if (peopleResult(reading)) return "What people do now.";
  if (actor !== "team" && (reading.result || (reading.now && tense !== "base")) && saysMoreThanState(reading))
    return "A result that followed.";
  if (actor === "team" && reading.result && (effect || verb.lemma === "keep") && size) return "Something gained or prevented.";
  const anew = rest.some(({ lower }, at) => lower === "without" || (lower === "first" && rest[at + 1]?.lower === "time"));
  if (actor === "team" && told && anew) return "What could be done for once.";
  if (actor === "team" && (clause.negated || reading.now || tense === "able")) return "What can be done now.";
  return undefined;
}

/** "It runs smoother", "they find things faster": a judgement without its size and without what it was before. */
function isVagueState({ clause, numbers, contrast, verb }: Reading): boolean {
  if (!clause.verb || numbers.length > 0 || contrast || clause.negated) return false;
  if (isVerb(clause.verb.lemma, "opinion") && clause.actor !== "me") return true;
  const rest = clause.rest.filter(({ tag }) => tag !== "PUNCT");
  const judged = rest.some(
    ({ lower }, at) =>
      isNoun(lower, "judgement") ||
      (lower === "more" && rest[at + 1]?.lower !== "often" && ["ADJ", "ADV"].includes(rest[at + 1]?.tag ?? "")),
  );
  return judged && (isVerb(clause.verb.lemma, "state") || !(verb("decision") || verb("adopt")));
}

/** "To minimise downtime", "in order to find things quicker", "with the aim of making it safer". */
function aimsAt({ clause, verb, aims }: Reading): boolean {
  if (aims) return true;
  return clause.tense === "purpose" && (["effect", "gain", "lessen", "move", "better"] as const).some((name) => verb(name));
}

function hopedEffect(reading: Reading): Found {
  const { clause } = reading;
  if (isDuty(reading)) return undefined;
  const hoped = reading.verb("hope") || reading.has("purpose") || clause.tense === "hoped" || aimsAt(reading);
  if (hoped && (clause.tense === "purpose" || clause.tense === "hoped" || reading.hedged || reading.aims)) {
    return { points: 1, words: clause.words, why: "An effect that is hoped for." };
  }
  const vague = reading.has("vague") ?? (isVagueState(reading) && !reading.own ? clause.words : undefined);
  if (vague) return { points: 1, words: vague, why: "An effect, but a vague one." };
  if (
    reading.verb("effect") &&
    (measureOf(reading) || clause.actor === "thing") &&
    !isReason(reading) &&
    !countsEffort(reading)
  ) {
    return { points: 1, words: clause.words, why: "An effect without its size or proof." };
  }
  return undefined;
}

export function groupsOrUs(words: readonly Word[]): boolean {
  return groupsIn(words).length > 0 || words.some(({ lower }) => ["us", "them", "him", "her"].includes(lower));
}

/** "Finance would have sent 3,000 wrong invoices": something bad, with its size, that did not happen. */
function spared(reading: Reading): boolean {
  const { words } = reading.clause;
  const would = words.some(({ lower }, at) => lower === "would" && words[at + 1]?.lower === "have");
  return would && (measureOf(reading) !== undefined || quantified(reading));
}

/** Things stop and close by themselves; they do not approve or fund. */
function decidesLikePeople(reading: Reading): boolean {
  return reading.verb("decision") && (reading.numbers.length > 0 || !reading.verb("fall"));
}

/** Whether people are said to do something, in a clause that stands on its own after the person's act. */
export function peopleResult(reading: Reading): boolean {
  const { clause } = reading;
  if (!clause.verb) return false;
  // Who signs or renews is a person, whatever noun stands for them ("31 accounts renewed").
  const told = clause.tense === "past" || clause.tense === "perfect";
  if (clause.actor === "thing" && told && !clause.passive && (isVerb(clause.verb.lemma, "human") || decidesLikePeople(reading)))
    return true;
  if (clause.actor !== "group") return false;
  if (clause.tense === "able" || clause.negated || reading.now) return true;
  // That somebody used it once is reach; what they did by it would be the effect.
  const used = clause.verb.lemma === "use" && told && !reading.leadsOn;
  const once = used && !clause.rest.some(({ lower }) => lower === "for" || lower === "instead");
  // "He had it replaced": to have something done is to decide it.
  const [object, done] = clause.rest;
  if (clause.verb.lemma === "have" && told && object?.tag === "PRON" && done?.tag === "VERB") return true;
  // To find something is a result; to find it pleasant is an opinion.
  const found = clause.verb.lemma === "find" && clause.rest.length > 0 && !clause.rest.some(({ tag }) => tag === "ADJ");
  return !once && (found || !isVerb(clause.verb.lemma, "idle")) && !clause.passive;
}
