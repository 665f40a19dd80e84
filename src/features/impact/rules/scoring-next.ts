import questions from "../data/questions.json" with { type: "json" };
import { type Band, type Dimension, dimensions, type Scores } from "../schema.ts";
import type { Word } from "./language.ts";
import { groupsIn, type Reading } from "./scoring-clause.ts";

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

/** The object of the person's own act, as a reader would name it back: "the month-end close", "your list". */
function objectOf(readings: readonly Reading[]): string | undefined {
  for (const { own, clause } of readings) {
    if (!own || clause.passive || !clause.verb) continue;
    const end = clause.rest.findIndex(({ tag, text }) => !phraseTags.has(tag) && text !== "-");
    const words = end < 0 ? clause.rest : clause.rest.slice(0, end);
    if (words.length === 0 || words.length > 6 || !["NOUN", "PROPN"].includes(words.at(-1)?.tag ?? "")) continue;
    const text = phraseText(words);
    const first = toReader[words[0]?.lower ?? ""];
    return first === undefined ? text : `${first}${text.slice(words[0]?.text.length)}`;
  }
  return undefined;
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

/** First what is missing entirely, then what is there by half, each in the rubric's order. */
function mostMissing(scores: Scores): Dimension {
  // A hope that is told with a figure or for somebody is still a hope: whether it came true goes before what it stands against.
  if (scores.action > 0 && scores.outcome === 1 && scores.beneficiary > 0 && scores.evidence > 0) return "outcome";
  return dimensions.find((one) => scores[one] === 0) ?? dimensions.find((one) => scores[one] === 1) ?? "extension";
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

function wanted(scores: Scores, band: Band): Dimension | undefined {
  if (band !== "strong") return mostMissing(scores);
  const total = dimensions.reduce((sum, one) => sum + scores[one], 0);
  return total < CLEARLY_STRONG_FROM ? mostDoubtful(scores) : undefined;
}

/** The one next question, by the rubric's policy, with the person's own words in it; null when the statement is clearly strong. */
export function nextQuestion(scores: Scores, band: Band, readings: readonly Reading[]): Question | null {
  const dimension = wanted(scores, band);
  if (dimension === undefined) return null;
  return { dimension, text: (scores[dimension] === 0 ? askFor : askMore)[dimension](readings) };
}

const hedgeOf = (readings: readonly Reading[]) => readings.map((one) => one.has("hedge")).find((words) => words !== undefined);

const askFor: Record<Dimension, (readings: readonly Reading[]) => string> = {
  action(readings) {
    if (readings.some(({ clause }) => clause.actor === "team")) return questions.guard.team;
    return readings.some(({ has }) => has("duty")) ? questions.action.duty : questions.action["0"];
  },
  outcome(readings) {
    const object = objectOf(readings);
    return object ? questions.outcome["0"].replace("{object}", () => object) : questions.outcome.plain;
  },
  beneficiary(readings) {
    const object = objectOf(readings);
    return object ? questions.beneficiary["0"].replace("{object}", () => object) : questions.beneficiary.plain;
  },
  evidence(readings) {
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
