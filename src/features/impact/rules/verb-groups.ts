import { connectors, determiners, isStop } from "./joints.ts";
import { formOf, type VerbForm, type Word } from "./language.ts";
import { isGroupNoun, isKnownVerb, isNoun, isVerb } from "./lexicon.ts";

/** `hoped` covers will, might, should; `purpose` is "to improve"; `able` is "can now". */
export type Tense = "past" | "perfect" | "progressive" | "present" | "base" | "hoped" | "able" | "purpose" | "gerund";

/** A verb with its helpers, by their places in the sentence. */
export interface Group {
  readonly start: number;
  readonly end: number;
  readonly head: number;
  readonly tense: Tense;
  readonly passive: boolean;
  readonly negated: boolean;
}

const modals: Record<string, Tense> = {
  can: "able",
  could: "able",
  will: "hoped",
  would: "hoped",
  may: "hoped",
  might: "hoped",
  should: "hoped",
  shall: "hoped",
  must: "present",
};
const helpers = new Set(["be", "have", "do", "get"]);

/** Words that open a phrase and are verbs in no note, whatever list holds the same letters. */
const closed = new Set(["ADP", "DET", "PRON", "CCONJ", "SCONJ", "NUM", "PART", "ADV"]);

const objectTags = new Set(["DET", "NUM", "ADJ", "NOUN", "PRON", "PROPN"]);

/** Whether a word stands where a note starts with its verb, whatever the tagger thought of its capital letter. */
function opensWithVerb(words: readonly Word[], at: number): boolean {
  const word = words[at];
  const before = words[at - 1];
  if (!word || !/^[a-z]/iu.test(word.text)) return false;
  if (before && !isStop(before) && !["and", "then", "also", "i", "have", "we"].includes(before.lower) && before.tag !== "ADV")
    return false;
  if (!isKnownVerb(word.lemma)) {
    const follows = words[at + 1];
    return at === 0 && /[^e]ed$/u.test(word.lower) && follows !== undefined && objectTags.has(follows.tag);
  }
  if (word.tag === "VERB") return true;
  if (closed.has(word.tag)) return false;
  const next = words[at + 1];
  if (!next || isStop(next)) return false;
  if (formOf(word) === "past") return next.tag !== "VERB" || next.lower.endsWith("ing");
  return (
    formOf(word) === "base" &&
    (at === 0 || before?.lower === "i") &&
    next.tag !== "VERB" &&
    next.tag !== "AUX" &&
    next.lower !== "of"
  );
}

/** Verbs that take somebody and a bare verb: "helped customers find", "let the pupils mark". */
const enablers = new Set(["help", "let", "make", "watch", "see", "have"]);

/** "Compared with", "based on" join like prepositions; "rejects went": what a finite verb follows is its subject. */
function notVerbal(word: Word, before: Word | undefined, next: Word | undefined): boolean {
  if (/^(?:compared|based|according|due|regarding|concerning|including)$/u.test(word.lower) && before && before.tag !== "AUX")
    return true;
  if (word.text === "May" && before) return true;
  // "Children aged three": says how old, whatever stands around it.
  if (word.lower === "aged") return true;
  const form = formOf(word);
  if (form === "present" && word.tag === "VERB" && next?.tag === "VERB" && formOf(next) === "base" && !enablers.has(word.lemma))
    return true;
  if (form === "base" && before?.lemma === "be" && !isKnownVerb(word.lemma)) return true;
  if (word.tag !== "VERB" || (form !== "present" && form !== "base") || !next || before?.lower === "to" || before?.tag === "AUX")
    return false;
  // "To the department heads, …": a bare form in -s at the end of a phrase is a plural.
  if (
    form === "present" &&
    isStop(next) &&
    before &&
    ["NOUN", "ADJ", "DET"].includes(before.tag) &&
    !isVerb(word.lemma, "fall") &&
    !isVerb(word.lemma, "people")
  )
    return true;
  return (next.tag === "VERB" || next.tag === "AUX") && (formOf(next) === "past" || next.tag === "AUX") && next.lower !== "used";
}

/** "The practice hands it out": before "it" or "the" stands a verb, whatever the tagger says. */
function takesObject(word: Word, before: Word | undefined, next: Word | undefined): boolean {
  if (word.tag !== "NOUN" || !before || !next || !isKnownVerb(word.lemma)) return false;
  const noun = before.tag === "NOUN" || before.tag === "PROPN" || before.lower.endsWith("ing");
  return (
    noun &&
    (/^(?:it|them|him|us)$/u.test(next.lower) ||
      (formOf(word) === "present" && /^(?:the|an?|my|our|their|his|her|its)$/u.test(next.lower)))
  );
}

/** "The share rose from", "sales cut by": a form that the tagger took for a noun, before what only follows a verb. */
function risesOrFalls(word: Word, before: Word | undefined, next: Word | undefined): boolean {
  if (!before || !next || word.lower === word.lemma || formOf(word) !== "past" || !["NOUN", "NUM", "PROPN"].includes(before.tag))
    return false;
  return isKnownVerb(word.lemma) && ["from", "by", "to"].includes(next.lower);
}

/** "We all worked": a past form behind who acts is a verb, whatever the tagger says. */
function followsPronoun(words: readonly Word[], at: number): boolean {
  const word = words[at];
  const behind = words[at - 1]?.lower === "all" || words[at - 1]?.tag === "ADV" ? words[at - 2] : words[at - 1];
  const pronoun = behind !== undefined && ["i", "we", "they", "he", "she"].includes(behind.lower);
  return pronoun && word !== undefined && word.lower !== word.lemma && formOf(word) === "past" && isKnownVerb(word.lemma);
}

function isVerbal(words: readonly Word[], at: number): boolean {
  const word = words[at];
  if (!word || !/[a-z]/iu.test(word.text)) return false;
  const [before, next] = [words[at - 1], words[at + 1]];
  if (word.text === "May" && before) return false;
  if (word.tag === "AUX" || word.lower in modals) return true;
  if (notVerbal(word, before, next)) return false;
  if (word.tag !== "VERB") {
    return (
      opensWithVerb(words, at) || risesOrFalls(word, before, next) || takesObject(word, before, next) || followsPronoun(words, at)
    );
  }
  if (followsPronoun(words, at)) return true;
  // A learner's "now bus driver don't wait": a bare form that is no known verb, in front of people.
  const bare = formOf(word) === "base" && !isKnownVerb(word.lemma) && next !== undefined && isGroupNoun(next);
  if (bare && ["VERB", "AUX"].includes(words[at + 2]?.tag ?? "")) return false;
  // A learner's "so nurse is not need to ask": the tagger takes the bare noun for a verb.
  if (formOf(word) === "base" && (isGroupNoun({ ...word, tag: "NOUN" }) || isNoun(word.lemma, "artefact")) && next?.tag === "AUX")
    return false;
  // "the picking route", "the used books": a form between an article and its noun describes it.
  if (before && (before.tag === "DET" || before.tag === "ADJ") && determiners.has(before.lower)) return false;
  return true;
}

function readGroup(words: readonly Word[], at: number): Group {
  let index = at;
  let tense: Tense | undefined;
  let [passive, negated, head] = [false, false, at];
  let helper = "";
  if (["not", "never", "n't"].includes(words[at - 1]?.lower ?? "")) negated = true;
  // "To read" is no past, nor is "to minimise" one of "minimize": the dictionary forms are American.
  const first = words[at] as Word;
  if (words[at - 1]?.lower === "to" && (first.lower === first.lemma || formOf(first) === "base" || /[iy]se$/u.test(first.lower)))
    tense = "purpose";
  for (; index < words.length; index += 1) {
    const word = words[index] as Word;
    // "Used to wait": one verb, told of the past.
    if (word.lower === "used" && words[index + 1]?.lower === "to" && helper !== "be" && isVerbal(words, index + 2)) {
      tense ??= "past";
      helper = "do";
      index += 1;
      continue;
    }
    const modal = word.text === "May" && index > 0 ? undefined : modals[word.lemma];
    if (modal !== undefined && word.tag !== "NOUN") {
      tense ??= modal;
      head = index;
    } else if (word.lower === "not" || word.lower === "n't" || word.lower === "never") negated = true;
    // "We have less broken goods": behind an amount stands what there is less of.
    else if (helper === "have" && ["less", "fewer", "more"].includes(word.lower)) break;
    else if (word.tag === "ADV" && index > at && isVerbalNear(words, index)) continue;
    else if (isVerbal(words, index) && (index === at || canFollow(helper, tense, word))) {
      const form: VerbForm = formOf(word);
      if (helper === "be" && form === "past" && arrived.has(word.lemma)) tense = tense === "hoped" ? tense : "perfect";
      else if (helper === "be" && form === "gerund") tense = tense === "hoped" || tense === "purpose" ? tense : "progressive";
      else if ((helper === "be" || helper === "get") && form === "past" && word.lemma !== "be") passive = true;
      else if (helper === "have" && form === "past") tense = tense === "hoped" ? tense : "perfect";
      tense ??= form;
      head = index;
      helper = helpers.has(word.lemma) ? word.lemma : "";
      if (helper === "") {
        index += 1;
        break;
      }
    } else break;
  }
  if (negated && tense === "able") negated = words.slice(at, index).some(({ lower }) => lower === "not" || lower === "n't");
  return { start: at, head, end: Math.max(index, at + 1), tense: tense ?? "present", passive, negated };
}

function isVerbalNear(words: readonly Word[], at: number): boolean {
  return isVerbal(words, at + 1) || words[at + 1]?.tag === "ADV" || words[at + 1]?.lower === "not";
}

/** "The line is gone": with these a form of "be" makes a perfect, not a passive. */
const arrived = new Set(["go", "come", "fall", "rise", "disappear", "vanish", "stop", "finish", "be"]);

function canFollow(helper: string, tense: Tense | undefined, word: Word): boolean {
  // A learner's "is make" counts, "are home" does not.
  if (helper === "be" && formOf(word) === "base") return isKnownVerb(word.lemma) && word.tag === "VERB";
  if (helper !== "") return true;
  return (tense === "hoped" || tense === "able" || tense === "present") && formOf(word) === "base";
}

/** A gerund carries a clause only after a preposition or a stop; elsewhere it is a noun ("walking per order fell"). */
function carriesClause(words: readonly Word[], group: Group, next: number): boolean {
  if (group.tense !== "gerund") return true;
  const before = words[group.start - 1];
  // "And purchasing checks": what a verb follows at once is its subject.
  if (next === group.end) return false;
  if (before && !isStop(before) && !["ADP", "SCONJ", "CCONJ", "ADV"].includes(before.tag)) return false;
  const until = next < 0 ? words.length : next;
  const open = words.slice(group.start, until).some((word) => isStop(word) || connectors.has(word.lower));
  return next < 0 || open || (before !== undefined && !isStop(before));
}

/** Verbs that take a clause without a joint: "showed the sensor drifts", "found they typed". */
const tellers = new Set(
  "find notice show say know think see learn discover realise realize prove mean hope believe tell hear spot feel explain".split(
    " ",
  ),
);
/** "Students aged ten", "the deal forecast as lost", "helped customers find": a verb that only describes the noun before it. */
function describesNoun(words: readonly Word[], before: Group | undefined, group: Group): boolean {
  if (!before || group.start === before.end || group.tense === "purpose" || group.tense === "gerund") return false;
  const between = words.slice(before.end, group.start);
  const verb = words[before.head];
  const opened = words
    .slice(Math.max(0, before.start - 3), before.start)
    .some(({ lower }) => ["after", "when", "since", "because", "as", "once"].includes(lower));
  // "He had it replaced": what he had done to it.
  if (verb?.lemma === "have" && between.length === 1 && ["it", "them", "him", "her"].includes(between[0]?.lower ?? ""))
    return group.tense === "past";
  if (between.some((word) => isStop(word) || connectors.has(word.lower) || word.tag === "PRON")) return false;
  if (!verb || tellers.has(verb.lemma) || opened) return group.tense === "base" && verb !== undefined && enablers.has(verb.lemma);
  const noun = words[group.start - 1];
  if (group.tense === "base") return enablers.has(verb.lemma) || (noun?.tag === "NOUN" && noun.lower === noun.lemma);
  return (
    group.tense === "past" &&
    !group.passive &&
    group.head === group.start &&
    ["NOUN", "PROPN"].includes(words[group.start - 1]?.tag ?? "")
  );
}

/** "Failed deliveries fell", "falls at night went down": at the front, a form whose words another verb says something about. */
function isSubject(words: readonly Word[], group: Group, next: Group | undefined): boolean {
  const before = words[group.start - 1];
  if (
    !next ||
    (before && !isStop(before) && !connectors.has(before.lower)) ||
    next.tense !== "past" ||
    group.head !== group.start
  )
    return false;
  const between = words.slice(group.end, next.start);
  if (
    between.length === 0 ||
    between.some((word) => isStop(word) || connectors.has(word.lower) || word.tag === "PRON" || determiners.has(word.lower))
  )
    return false;
  if (group.tense === "present") return true;
  const [last, verb] = [between.at(-1), words[next.head]];
  const plain = last !== undefined && last.tag === "NOUN" && verb !== undefined && words[next.end]?.lower !== "by";
  return plain && group.tense === "past" && (isVerb(verb.lemma, "move") || isVerb(verb.lemma, "fall"));
}

/** The verbs of a part of a sentence, in order, without those that only describe a noun. */
export function groupsOf(words: readonly Word[]): Group[] {
  const found: Group[] = [];
  for (let at = 0; at < words.length; at += 1) {
    if (!isVerbal(words, at)) continue;
    const group = readGroup(words, at);
    found.push(group);
    at = group.end - 1;
  }
  return found
    .filter((group, index) => carriesClause(words, group, found[index + 1]?.start ?? -1))
    .filter((group, index, kept) => !isSubject(words, group, kept[index + 1]))
    .filter((group, index, kept) => !describesNoun(words, kept[index - 1], group));
}
