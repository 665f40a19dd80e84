import questions from "../data/questions.json" with { type: "json" };
import { type Dimension, dimensions, type Scores } from "../schema.ts";
import type { Word } from "./language.ts";
import { groupsIn, type Reading } from "./scoring-clause.ts";

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

/** One more question: what is missing entirely comes first, in the rubric's order; then what is there by half. */
export function nextQuestion(scores: Scores, readings: readonly Reading[]): Question {
  const dimension = dimensions.find((one) => scores[one] === 0) ?? dimensions.find((one) => scores[one] === 1) ?? "extension";
  return { dimension, text: textFor(dimension, scores, readings) };
}

function textFor(dimension: Dimension, scores: Scores, readings: readonly Reading[]): string {
  const object = objectOf(readings);
  const point = scores[dimension] === 0 ? "0" : "1";
  if (dimension === "action") {
    const verb = readings.find(({ own, clause }) => own && clause.verb)?.clause.verb?.text;
    if (point === "1") return verb ? questions.action["1"].replace("{verb}", verb.toLowerCase()) : questions.action.plain;
    if (readings.some(({ clause }) => clause.actor === "team")) return questions.guard.team;
    return readings.some((one) => one.has("duty")) ? questions.action.duty : questions.action["0"];
  }
  if (dimension === "outcome") {
    const hedge = readings.map((one) => one.has("hedge")).find((words) => words !== undefined);
    if (point === "1" && hedge) return questions.guard.hedge.replace("{hedge}", phraseText(hedge));
    if (point === "1") return questions.outcome.vague;
    return object ? questions.outcome["0"].replace("{object}", object) : questions.outcome.plain;
  }
  if (dimension === "beneficiary") {
    const group = readings.flatMap(({ clause }) => groupsIn(clause.words))[0];
    if (point === "1" && group) return questions.beneficiary["1"].replace("{group}", group.text);
    return object ? questions.beneficiary["0"].replace("{object}", object) : questions.beneficiary.plain;
  }
  if (dimension === "evidence" && point === "0") {
    const number = readings.flatMap(({ numbers }) => numbers)[0];
    return number ? questions.evidence.effort.replace("{number}", number.text) : questions.evidence["0"];
  }
  return questions[dimension][point];
}
