import { formOf, type VerbForm, type Word } from "./language.ts";
import { canAct, isGroupNoun, isKnownVerb, isNoun, isVerb } from "./lexicon.ts";

/** Who acts in a clause. `elided` is the note's own style: "Cut the queue" leaves the I out. */
export type Actor = "me" | "mine" | "elided" | "team" | "group" | "thing" | "which" | "none";
/** `hoped` covers will, might, should; `purpose` is "to improve"; `able` is "can now". */
export type Tense = "past" | "perfect" | "progressive" | "present" | "base" | "hoped" | "able" | "purpose" | "gerund";

/** One statement inside a sentence: who, does what, when, to what. */
export interface Clause {
  readonly words: readonly Word[];
  readonly actor: Actor;
  readonly subject: readonly Word[];
  readonly verb: Word | undefined;
  /** What follows the verb. */
  readonly rest: readonly Word[];
  readonly tense: Tense;
  readonly passive: boolean;
  readonly negated: boolean;
  /** The word that ties this clause to the one before: so, which, and, because … */
  readonly link: Word | undefined;
}

interface Group {
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
const connectors = new Set([
  "and",
  "but",
  "so",
  "which",
  "who",
  "that",
  "because",
  "while",
  "after",
  "when",
  "where",
  "until",
  "then",
  "since",
  "as",
  "if",
  "whereas",
  "though",
  "although",
  "therefore",
  "before",
  "whose",
  "hence",
  "thus",
  "or",
  "what",
  "how",
  "why",
  "till",
]);
const strongLinks = new Set([
  "so",
  "which",
  "who",
  "that",
  "because",
  "when",
  "where",
  "until",
  "whereas",
  "therefore",
  "while",
  "hence",
  "thus",
  "whose",
  "what",
  "how",
  "why",
  "till",
]);
const strongStops = new Set([";", ":", "—", "–", "-", ".", "!", "?", "(", ")", "->", "→"]);
const determiners = new Set([
  "the",
  "a",
  "an",
  "our",
  "my",
  "this",
  "that",
  "these",
  "those",
  "their",
  "its",
  "his",
  "her",
  "your",
  "each",
  "every",
  "all",
  "some",
  "two",
  "three",
  "new",
]);

/** Words that open a phrase and are verbs in no note, whatever list holds the same letters. */
const closed = new Set(["ADP", "DET", "PRON", "CCONJ", "SCONJ", "NUM", "PART", "ADV"]);

const objectTags = new Set(["DET", "NUM", "ADJ", "NOUN", "PRON", "PROPN"]);

const isStop = (word: Word): boolean => strongStops.has(word.text) || word.text === ",";

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

/** "Compared with", "based on" join like prepositions; "rejects went": what a finite verb follows is its subject. */
function notVerbal(word: Word, before: Word | undefined, next: Word | undefined): boolean {
  if (/^(?:compared|based|according|due|regarding|concerning|including)$/u.test(word.lower) && before && before.tag !== "AUX")
    return true;
  const form = formOf(word);
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

function isVerbal(words: readonly Word[], at: number): boolean {
  const word = words[at];
  if (!word || !/[a-z]/iu.test(word.text)) return false;
  if (word.tag === "AUX" || word.lower in modals) return true;
  const [before, next] = [words[at - 1], words[at + 1]];
  if (notVerbal(word, before, next)) return false;
  if (word.tag !== "VERB") return opensWithVerb(words, at) || risesOrFalls(word, before, next) || takesObject(word, before, next);
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
  if (words[at - 1]?.lower === "to" && formOf(words[at] as Word) === "base") tense = "purpose";
  for (; index < words.length; index += 1) {
    const word = words[index] as Word;
    const modal = modals[word.lemma];
    if (modal !== undefined && word.tag !== "NOUN") {
      tense ??= modal;
      head = index;
    } else if (word.lower === "not" || word.lower === "n't" || word.lower === "never") negated = true;
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
/** Verbs that take somebody and a bare verb: "helped customers find", "let the pupils mark". */
const enablers = new Set(["help", "let", "make", "watch", "see", "have"]);

/** "Students aged ten", "the deal forecast as lost", "helped customers find": a verb that only describes the noun before it. */
function describesNoun(words: readonly Word[], before: Group | undefined, group: Group): boolean {
  if (!before || group.start === before.end || group.tense === "purpose" || group.tense === "gerund") return false;
  const between = words.slice(before.end, group.start);
  if (between.some((word) => isStop(word) || connectors.has(word.lower) || word.tag === "PRON")) return false;
  const verb = words[before.head];
  const opened = words
    .slice(Math.max(0, before.start - 3), before.start)
    .some(({ lower }) => ["after", "when", "since", "because", "as", "once"].includes(lower));
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

function groupsOf(words: readonly Word[]): Group[] {
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

/** Where the clause of the later verb begins: at the strongest joint between the two, else at the noun before the verb. */
function boundary(words: readonly Word[], from: number, to: number): number {
  let [strong, weak] = [-1, -1];
  for (let at = from; at < to; at += 1) {
    const word = words[at] as Word;
    if (strongStops.has(word.text)) strong = at + 1;
    else if (strongLinks.has(word.lower))
      strong = strong === at || (strong === at - 1 && words[at - 1]?.lower === "so") ? strong : at;
    else if (word.text === "," || connectors.has(word.lower)) weak = weak === at ? weak : at + (word.text === "," ? 1 : 0);
  }
  if (strong >= 0) return strong;
  if (weak >= 0) return weak;
  let at = to;
  if (words[at - 1]?.lower === "to" || words[at - 1]?.tag === "ADP") return at - 1;
  while (at > from && ["NOUN", "PROPN", "PRON"].includes(words[at - 1]?.tag ?? "")) at -= 1;
  while (at > from && at < to && ["DET", "NUM", "ADJ"].includes(words[at - 1]?.tag ?? "")) at -= 1;
  return at;
}

const nobody = new Set(["nobody", "no", "none", "neither", "hardly"]);
const teamWords = new Set(["we", "us", "everyone", "everybody"]);

/** A name of somebody: with a title, or with a capital letter where no sentence begins. */
function isPerson(subject: readonly Word[], head: Word): boolean {
  if (/^(?:mr|mrs|ms|miss|dr|prof)\.?$/u.test(subject[0]?.lower ?? "")) return true;
  return head.tag === "PROPN" && /^\p{Lu}\p{Ll}+$/u.test(head.text) && head.from > 0 && subject.length <= 2;
}

function actorOf(subject: readonly Word[], link: Word | undefined, before: Word | undefined): Actor {
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

/** Clauses that describe something in another clause; the note goes on as if they were not there. */
const subordinators = new Set([
  "how",
  "which",
  "that",
  "who",
  "what",
  "where",
  "when",
  "because",
  "whose",
  "if",
  "while",
  "until",
]);
const subjectTags = new Set(["NOUN", "PROPN", "PRON", "NUM", "VERB", "SYM"]);

/** The words before the verb that can be its subject: the noun phrase, without adverbs and joints in front of it. */
function subjectOf(words: readonly Word[]): Word[] {
  const kept = words.filter(({ lower, text }) => !connectors.has(lower) && !strongStops.has(text) && text !== ",");
  const from = kept.findIndex(
    ({ tag, lower }) => subjectTags.has(tag) || determiners.has(lower) || tag === "DET" || tag === "ADJ",
  );
  const phrase = from < 0 ? [] : kept.slice(from);
  // "In March the board": what stands behind a preposition is not who acts, unless nothing else is there.
  const pronoun = phrase.find(({ lower }) => ["i", "we", "they", "he", "she"].includes(lower));
  if (pronoun) return [pronoun];
  return phrase.some(({ tag }) => subjectTags.has(tag)) ? phrase : [];
}

const hardStops = new Set([";", ":", "—", "–", "->", "→", "(", ")", "•"]);

/** The parts of a sentence that stand on their own: what a semicolon, a colon, a dash or brackets keep apart. */
function partsOf(words: readonly Word[]): Word[][] {
  const parts: Word[][] = [[]];
  for (const [at, word] of words.entries()) {
    const dash = word.text === "-" && (words[at - 1]?.to ?? 0) < word.from && (words[at + 1]?.from ?? 0) > word.to;
    if (hardStops.has(word.text) || dash) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts.filter((part) => part.length > 0);
}

/** Takes a sentence apart into clauses. A part without a verb is one clause without one. */
export function readClauses(words: readonly Word[]): Clause[] {
  const clauses: Clause[] = [];
  for (const part of partsOf(words))
    clauses.push(...clausesOf(part, clauses.findLast(({ verb }) => verb !== undefined)?.actor ?? "elided"));
  return clauses;
}

/** A joint counts only at the front of what it joins: "the year before only eleven did" has none. */
function linkOf(lead: readonly Word[]): Word | undefined {
  const front = lead.findIndex(({ text }) => text !== ",");
  const two = front < 0 ? [] : lead.slice(front, front + 2);
  const [first, second] = two;
  if (!first || !connectors.has(first.lower))
    return second && ["which", "who", "where"].includes(second.lower) ? second : undefined;
  return ["and", "but"].includes(first.lower) && second && connectors.has(second.lower) ? second : first;
}

function clausesOf(words: readonly Word[], before: Actor): Clause[] {
  const groups = groupsOf(words);
  if (groups.length === 0) {
    return [
      {
        words,
        actor: "none",
        subject: [],
        verb: undefined,
        rest: words,
        tense: "present",
        passive: false,
        negated: false,
        link: undefined,
      },
    ];
  }
  const starts = groups.map((group, index) =>
    index === 0 ? 0 : boundary(words, (groups[index - 1]?.head ?? 0) + 1, group.start),
  );
  let [last, main] = [before, before];
  let inside = false;
  return groups.map((group, index) => {
    const [from, to] = [starts[index] ?? 0, starts[index + 1] ?? words.length];
    const lead = words.slice(from, group.start);
    const link = linkOf(lead);
    const subject = group.tense === "purpose" || group.tense === "gerund" ? [] : subjectOf(lead);
    let actor = actorOf(subject, link, words[from - 1]);
    // Without a subject of its own a clause goes on with the one before: "we traced it and cut it".
    if (actor === "none") actor = inside ? main : last;
    const finite = group.tense !== "purpose" && group.tense !== "gerund";
    if (finite) {
      inside = link !== undefined && subordinators.has(link.lower);
      last = actor;
      if (!inside) main = actor;
    }
    // "So that they can" tells a purpose, "so they can now" a result.
    const told = group.tense === "past" || group.tense === "perfect";
    const purpose = link?.lower === "so" && lead.some(({ lower }) => lower === "that") && !told;
    return {
      words: words.slice(from, to),
      actor,
      subject,
      verb: words[group.head],
      rest: words.slice(group.head + 1, to),
      tense: purpose && !words.slice(from, to).some(({ lower }) => lower === "now") ? "hoped" : group.tense,
      passive: group.passive,
      negated: group.negated || nobody.has(subject[0]?.lower ?? ""),
      link,
    };
  });
}
