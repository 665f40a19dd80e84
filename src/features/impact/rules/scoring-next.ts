import questions from "../data/questions.json" with { type: "json" };
import { type Band, type Dimension, dimensions, type Scores } from "../schema.ts";
import type { Word } from "./language.ts";
import { canAct } from "./lexicon.ts";
import { groupsIn, isNumber, type Reading } from "./scoring-clause.ts";

const LONGEST_QUOTE = 80;

interface Question {
  readonly dimension: Dimension;
  readonly text: string;
}

function phraseText(words: readonly Word[]): string {
  return words
    .map(({ text }, index) => (index > 0 && (words[index - 1]?.to ?? 0) < (words[index]?.from ?? 0) ? ` ${text}` : text))
    .join("");
}

const phraseTags = new Set(["DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "PART", "SYM"]);
const toReader: Record<string, string> = { my: "your", our: "your", me: "you", us: "you" };

interface Act {
  /** As the person wrote it: "planned", "start". */
  readonly verb: string;
  /** As a reader would name it back: "the month-end close", "your list". */
  readonly object: string;
  /** The object when it is one thing that somebody can use: "the list"; no people, and no count of what was done. */
  readonly thing: string | undefined;
}

/** "Since I load the trucks": the act stands beside the point. */
const subordinate = new Set(["since", "because", "when", "after", "before", "while", "as", "if", "that", "how"]);
const plainTenses = new Set(["past", "base"]);

/** The noun phrase right behind the verb, up to what it is for or where it stands. */
function objectWords(rest: readonly Word[]): readonly Word[] {
  const end = rest.findIndex(({ tag, text }) => !phraseTags.has(tag) && text !== "-");
  const words = end < 0 ? rest : rest.slice(0, end);
  const when = words.findIndex(({ lower }, at) => at > 0 && ["this", "last", "every", "each"].includes(lower));
  return when < 0 ? words : words.slice(0, when);
}

function addressed(words: readonly Word[]): string {
  const first = toReader[words[0]?.lower ?? ""];
  const text = phraseText(words);
  return first === undefined ? text : `${first}${text.slice(words[0]?.text.length)}`;
}

/** The person's own act with its object, in words that can be said back. */
function actOf(readings: readonly Reading[]): Act | undefined {
  for (const [at, { own, clause }] of readings.entries()) {
    if (!own || clause.passive || clause.negated || !clause.verb || clause.actor === "mine") continue;
    if (!plainTenses.has(clause.tense) || subordinate.has(clause.link?.lower ?? "")) continue;
    const words = objectWords(clause.rest);
    const last = words.at(-1);
    // "Ben and Aylin": half of the object said back is worse than none.
    const then = clause.rest[words.length] ?? readings[at + 1]?.clause.words[0];
    const goesOn = then?.lower === "and" && (words.length < clause.rest.length || readings[at + 1]?.clause.tense === "purpose");
    if (goesOn) continue;
    if (!last || words.length > 6 || !["NOUN", "PROPN"].includes(last.tag)) continue;
    const isThing = !words.some((word) => isNumber(word) || canAct(word) || word.tag === "PROPN");
    const named = words[0]?.lower === "a" || words[0]?.lower === "an" ? words.slice(1) : words;
    const object = addressed(words);
    const thing = named === words ? object : `the ${phraseText(named)}`;
    return { verb: clause.verb.lower, object, thing: isThing ? thing : undefined };
  }
  return undefined;
}

/** "Attended the conference", "took part in the audit". */
function wasThere({ own, has, verb }: Reading): boolean {
  return own && (has("presence") !== undefined || verb("attendance"));
}

/** What was hoped for, as the person put it: "improve the guest experience". */
function purposeOf(readings: readonly Reading[]): string | undefined {
  const hoped = readings.find(({ clause }) => clause.tense === "purpose" && clause.verb && clause.rest.length > 0)?.clause;
  if (!hoped?.verb) return undefined;
  const text = phraseText([hoped.verb, ...hoped.rest]).replace(/[\s.,;:!?]+$/u, "");
  return text.length <= LONGEST_QUOTE ? text : undefined;
}

/** A figure with what it counts: "14 meetings". */
function countOf(readings: readonly Reading[]): string | undefined {
  for (const { clause, numbers } of readings) {
    const number = numbers[0];
    const next = number && clause.words[clause.words.indexOf(number) + 1];
    if (number) return next && (next.tag === "NOUN" || next.text === "%") ? phraseText([number, next]) : number.text;
  }
  return undefined;
}

/** How a statement stands, and which of its points rest on words that anybody could have told. */
export interface Standing {
  readonly scores: Scores;
  readonly band: Band;
  readonly unsure: ReadonlySet<Dimension>;
}

/** First what is missing entirely or told by nobody in particular, then what is there by half, each in the rubric's order. */
function mostMissing(scores: Scores, unsure: ReadonlySet<Dimension>): Dimension {
  // A hope that is told with a figure or for somebody is still a hope: whether it came true goes before what it stands against.
  if (scores.action > 0 && scores.outcome === 1 && scores.beneficiary > 0 && scores.evidence > 0) return "outcome";
  return (
    dimensions.find((one) => scores[one] === 0 || unsure.has(one)) ?? dimensions.find((one) => scores[one] === 1) ?? "extension"
  );
}

/** Below this a strong statement is so near the border that a stranger may call it half said: one more question is worth it. */
const CLEARLY_STRONG_FROM = 9;

/** What makes a statement near the border hold when somebody doubts it: first the proof, then who has it, then what it stands against. */
function mostDoubtful(scores: Scores): Dimension {
  if (scores.evidence < 2) return "evidence";
  if (scores.beneficiary === 0) return "beneficiary";
  if (scores.comparison < 2) return "comparison";
  return scores.beneficiary < 2 ? "beneficiary" : "extension";
}

function wanted({ scores, band, unsure }: Standing): Dimension | undefined {
  if (band !== "strong") return mostMissing(scores, unsure);
  const total = dimensions.reduce((sum, one) => sum + scores[one], 0);
  return total < CLEARLY_STRONG_FROM ? mostDoubtful(scores) : undefined;
}

/** The one next question, by the rubric's policy, with the person's own words in it; null when the statement is clearly strong. */
export function nextQuestion(standing: Standing, readings: readonly Reading[]): Question | null {
  const { scores } = standing;
  const dimension = wanted(standing);
  if (dimension === undefined) return null;
  return { dimension, text: scores[dimension] === 0 ? askFor[dimension](readings, scores) : askMore[dimension](readings) };
}

const hedgeOf = (readings: readonly Reading[]) => readings.map((one) => one.has("hedge")).find((words) => words !== undefined);

const askFor: Record<Dimension, (readings: readonly Reading[], scores: Scores) => string> = {
  action(readings) {
    if (readings.some(({ clause }) => clause.actor === "team")) return questions.guard.team;
    if (readings.some(({ has }) => has("duty"))) return questions.action.duty;
    return readings.some(wasThere) ? questions.action.presence : questions.action["0"];
  },
  outcome(readings) {
    const act = actOf(readings);
    return act
      ? questions.outcome["0"].replace("{verb}", () => act.verb).replace("{object}", () => act.object)
      : questions.outcome.plain;
  },
  beneficiary(readings) {
    const object = actOf(readings)?.thing;
    return object ? questions.beneficiary["0"].replace("{object}", () => object) : questions.beneficiary.plain;
  },
  evidence(readings, scores) {
    if (scores.outcome === 2) return questions.evidence["0"];
    // Of a hope the honest question is whether it came true.
    const hedge = hedgeOf(readings);
    if (hedge) return questions.guard.hedge.replace("{hedge}", () => phraseText(hedge));
    const purpose = purposeOf(readings);
    if (purpose) return questions.outcome["1"].replace("{purpose}", () => purpose);
    const count = countOf(readings);
    return count ? questions.evidence.effort.replace("{number}", () => count) : questions.evidence["0"];
  },
  comparison: () => questions.comparison["0"],
  extension: () => questions.extension["0"],
};

const askMore: Record<Dimension, (readings: readonly Reading[]) => string> = {
  action(readings) {
    const verb = readings.find(({ own, clause }) => own && clause.verb)?.clause.verb?.text.toLowerCase();
    return verb ? questions.action["1"].replace("{verb}", () => verb) : questions.action.plain;
  },
  outcome(readings) {
    const hedge = hedgeOf(readings);
    if (hedge) return questions.guard.hedge.replace("{hedge}", () => phraseText(hedge));
    const purpose = purposeOf(readings);
    return purpose ? questions.outcome["1"].replace("{purpose}", () => purpose) : questions.outcome.vague;
  },
  beneficiary(readings) {
    const group = readings.flatMap(({ clause }) => groupsIn(clause.words))[0]?.text;
    return group ? questions.beneficiary["1"].replace("{group}", () => group) : questions.beneficiary.plain;
  },
  evidence: () => questions.evidence["1"],
  comparison: () => questions.comparison["1"],
  extension: () => questions.extension["1"],
};
