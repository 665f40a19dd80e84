import { connectors, isParticle, nobody, strongLinks, strongStops } from "./joints.ts";
import type { Word } from "./language.ts";
import { canAct, isVerb } from "./lexicon.ts";
import { withMissedVerbs } from "./missed-verbs.ts";
import { type Actor, actorOf, lastPhrase, subjectOf } from "./subjects.ts";
import { groupsOf, type Tense } from "./verb-groups.ts";

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

const adverbs = new Set(["before", "since", "then"]);

/** Where the clause of the later verb begins: at the strongest joint between the two, else at the noun before the verb. */
function boundary(words: readonly Word[], from: number, to: number): number {
  let [strong, weak] = [-1, -1];
  for (let at = from; at < to; at += 1) {
    const word = words[at] as Word;
    if (isParticle(words, at)) continue;
    if (strongStops.has(word.text)) strong = at + 1;
    // "On the strength of that the landlord withdrew": a word for what was said, and no joint.
    else if (word.lower === "that" && words[at - 1]?.tag === "ADP") continue;
    else if (strongLinks.has(word.lower))
      strong = strong === at || (strong === at - 1 && words[at - 1]?.lower === "so") ? strong : at;
    // "Kids who slept before are asking": nothing begins between an adverb and its verb.
    else if (adverbs.has(word.lower) && ["VERB", "AUX"].includes(words[at + 1]?.tag ?? "")) continue;
    else if (word.text === "," || connectors.has(word.lower)) weak = weak === at ? weak : at + (word.text === "," ? 1 : 0);
  }
  if (strong >= 0) return strong;
  if (weak >= 0) return weak;
  let at = to;
  if (words[at - 1]?.lower === "now") return at - 1;
  if (words[at - 1]?.lower === "to" || words[at - 1]?.tag === "ADP") return at - 1;
  while (at > from && ["NOUN", "PROPN", "PRON"].includes(words[at - 1]?.tag ?? "")) at -= 1;
  while (at > from && at < to && ["DET", "NUM", "ADJ"].includes(words[at - 1]?.tag ?? "")) at -= 1;
  return at;
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
  for (const part of partsOf(withMissedVerbs(words)))
    clauses.push(...clausesOf(part, clauses.findLast(({ verb }) => verb !== undefined)?.actor ?? "elided"));
  return clauses;
}

/** A joint counts only at the front of what it joins: "the year before only eleven did" has none. */
function linkOf(lead: readonly Word[]): Word | undefined {
  // "After my complaint the city repaired": the joint belongs to the phrase in front and not to the clause.
  if (lastPhrase(lead) > 1 && ["after", "since", "before", "as", "until"].includes(lead[0]?.lower ?? "")) return undefined;
  const front = lead.findIndex(({ text }) => text !== ",");
  const two = front < 0 ? [] : lead.slice(front, front + 2);
  const [first, second] = two;
  if (!first || !connectors.has(first.lower))
    return second && ["which", "who", "where"].includes(second.lower) ? second : undefined;
  return ["and", "but"].includes(first.lower) && second && connectors.has(second.lower) ? second : first;
}

/** "…, and four pupils who used to hand in nothing now finish": the people that "who" describes go on with the sentence. */
function opensWithPeople(words: readonly Word[]): boolean {
  const joint = words.findLastIndex(({ text, lower }) => text === "," || lower === "and" || lower === "so");
  const phrase = words.slice(joint + 1);
  return joint >= 0 && phrase.length > 0 && phrase.every(({ tag }) => tag !== "ADP") && phrase.some((word) => canAct(word));
}

/** "A jig for the brackets, and they fit": whether "they" can only be things, as no people were named before. */
function standsForThings(words: readonly Word[], verb: Word | undefined): boolean {
  if (verb && (["people", "say", "decision", "use"] as const).some((name) => isVerb(verb.lemma, name))) return false;
  const isPeople = (word: Word): boolean =>
    canAct(word) || word.tag === "PROPN" || ["whom", "who", "them", "him", "her"].includes(word.lower);
  const plurals = words.filter(({ tag, lower, lemma }) => tag === "NOUN" && lower !== lemma && lower.endsWith("s"));
  return plurals.length > 0 && !words.some(isPeople);
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
    if (link?.lower === "who" && opensWithPeople(words.slice(groups[index - 1]?.end ?? 0, from))) main = "group";
    // Without a subject of its own a clause goes on with the one before: "we traced it and cut it".
    if (actor === "none") actor = inside ? main : last;
    // "The list I wrote is used", "now is only one": a form that does not go with I has somebody or something else before it.
    const first = words[group.start]?.lower ?? "";
    if (actor === "group" && subject[0]?.lower === "they" && standsForThings(words.slice(0, group.start), words[group.head]))
      actor = "thing";
    if (subject.length === 0 && actor === "me" && ["is", "are", "has", "'s"].includes(first)) actor = "thing";
    const finite = group.tense !== "purpose" && group.tense !== "gerund";
    if (finite) {
      inside = link !== undefined && subordinators.has(link.lower);
      last = actor;
      const opens = inside && subject.length > 0 && link !== undefined && lead.indexOf(link) > 0 && lead[0] !== link;
      if (!inside || opens) main = actor;
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
