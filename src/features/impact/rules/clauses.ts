import { formOf, type VerbForm, type Word } from "./language.ts";
import { isGroupNoun, isKnownVerb, isNoun } from "./lexicon.ts";

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
    return (
      at === 0 &&
      /[^e]ed$/u.test(word.lower) &&
      follows !== undefined &&
      (determiners.has(follows.lower) || follows.tag === "NUM")
    );
  }
  if (word.tag === "VERB") return true;
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

function isVerbal(words: readonly Word[], at: number): boolean {
  const word = words[at];
  if (!word || !/[a-z]/iu.test(word.text)) return false;
  if (word.tag === "AUX" || word.lower in modals) return true;
  if (word.tag !== "VERB") return opensWithVerb(words, at);
  const [before, next] = [words[at - 1], words[at + 1]];
  // A learner's "so nurse is not need to ask": the tagger takes the bare noun for a verb.
  if (formOf(word) === "base" && (isGroupNoun({ ...word, tag: "NOUN" }) || isNoun(word.lemma, "artefact")) && next?.tag === "AUX")
    return false;
  // "the picking route", "the used books": a form between an article and its noun describes it.
  if (before && (before.tag === "DET" || before.tag === "ADJ") && determiners.has(before.lower)) return false;
  return true;
}

function readGroup(words: readonly Word[], at: number): Group & { end: number } {
  let index = at;
  let tense: Tense | undefined;
  let [passive, negated, head] = [false, false, at];
  let helper = "";
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
      if (helper === "be" && form === "gerund") tense = tense === "hoped" || tense === "purpose" ? tense : "progressive";
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

function canFollow(helper: string, tense: Tense | undefined, word: Word): boolean {
  if (helper !== "") return true;
  return (tense === "hoped" || tense === "able" || tense === "present") && formOf(word) === "base";
}

/** A gerund carries a clause only after a preposition or a stop; elsewhere it is a noun ("walking per order fell"). */
function carriesClause(words: readonly Word[], group: Group, next: number): boolean {
  if (group.tense !== "gerund") return true;
  const before = words[group.start - 1];
  if (before && !isStop(before) && !["ADP", "SCONJ", "CCONJ", "ADV"].includes(before.tag)) return false;
  const until = next < 0 ? words.length : next;
  const open = words.slice(group.start, until).some((word) => isStop(word) || connectors.has(word.lower));
  return next < 0 || open || (before !== undefined && !isStop(before));
}

function groupsOf(words: readonly Word[]): Group[] {
  const found: Group[] = [];
  for (let at = 0; at < words.length; at += 1) {
    if (!isVerbal(words, at)) continue;
    const group = readGroup(words, at);
    found.push(group);
    at = group.end - 1;
  }
  return found.filter((group, index) => carriesClause(words, group, found[index + 1]?.start ?? -1));
}

/** Where the clause of the later verb begins: at the strongest joint between the two, else at the noun before the verb. */
function boundary(words: readonly Word[], from: number, to: number): number {
  let [strong, weak] = [-1, -1];
  for (let at = from; at < to; at += 1) {
    const word = words[at] as Word;
    if (strongStops.has(word.text)) strong = at + 1;
    else if (strongLinks.has(word.lower)) strong = strong === at ? strong : at;
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

const teamWords = new Set(["we", "us", "everyone", "everybody"]);

function actorOf(subject: readonly Word[], link: Word | undefined): Actor {
  const lowers = subject.map(({ lower }) => lower);
  if (lowers.includes("i") || lowers.includes("me") || lowers.includes("myself")) return "me";
  if (lowers.some((lower) => teamWords.has(lower))) return "team";
  if (lowers[0] === "our" && lowers[1] === "team") return "team";
  if (lowers.some((lower) => lower === "they" || lower === "he" || lower === "she")) return "group";
  const head = headOf(subject);
  if (head && isGroupNoun(head)) return "group";
  if (lowers[0] === "my" || lowers.includes("mine")) return "mine";
  if (lowers.some((lower) => ["it", "this", "that", "which", "these", "those"].includes(lower)) && subject.length === 1)
    return "which";
  if (subject.length > 0) return "thing";
  if (link && ["which", "that"].includes(link.lower)) return "which";
  return link?.lower === "who" ? "group" : "none";
}

/** The noun that a noun phrase is about: the last one before its first preposition ("two pupils of mine" is about pupils). */
export function headOf(phrase: readonly Word[]): Word | undefined {
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

/** Takes a sentence apart into clauses. A sentence without a verb is one clause without one. */
export function readClauses(words: readonly Word[]): Clause[] {
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
  let [last, main]: [Actor, Actor] = ["elided", "elided"];
  let inside = false;
  return groups.map((group, index) => {
    const [from, to] = [starts[index] ?? 0, starts[index + 1] ?? words.length];
    const lead = words.slice(from, group.start);
    const link =
      lead.find(({ lower }) => connectors.has(lower)) ??
      (from > 0 && strongStops.has(words[from - 1]?.text ?? "") ? words[from - 1] : undefined);
    const subject = group.tense === "purpose" || group.tense === "gerund" ? [] : subjectOf(lead);
    let actor = actorOf(subject, link);
    // Without a subject of its own a clause goes on with the one before: "we traced it and cut it".
    if (actor === "none") actor = inside ? main : last;
    const finite = group.tense !== "purpose" && group.tense !== "gerund";
    if (finite) {
      inside = link !== undefined && subordinators.has(link.lower);
      last = actor;
      if (!inside) main = actor;
    }
    return {
      words: words.slice(from, to),
      actor,
      subject,
      verb: words[group.head],
      rest: words.slice(group.head + 1, to),
      tense: group.tense,
      passive: group.passive,
      negated: group.negated,
      link,
    };
  });
}
