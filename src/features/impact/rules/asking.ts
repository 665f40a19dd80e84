import { type Dimension, dimensions, type ImpactScore, type Question } from "../schema.ts";

/** A colleague asks four times at most; then it is good enough. */
export const MOST_QUESTIONS = 4;

/** In words that fit any statement: asked when the question made for this one was asked before. */
export const plainQuestions: Readonly<Record<Dimension, string>> = {
  action: "Which part of it would not have happened without you?",
  outcome: "What is different today because of it?",
  beneficiary: "Who uses it, and what can they do or decide with it?",
  evidence: "How could somebody else check it: a figure, a message, a date, a person who would confirm it?",
  comparison: "What was it like before, or what would have happened without it?",
  extension: "Did you add something that nobody asked for, or does a part of it go on without you?",
};

/**
 * The one question to ask next, or null when it is good enough: the statement is clearly strong, four were asked, or nothing is left.
 * Nothing is asked twice: an answer that the scorer did not understand is still the answer. A strong statement near the border is
 * asked its one question and no other in its place.
 */
export function nextQuestion({ scores, band, next }: ImpactScore, asked: readonly Dimension[]): Question | null {
  const before = new Set(asked);
  if (next === null || before.size >= MOST_QUESTIONS) return null;
  if (!before.has(next.dimension)) return next;
  if (band === "strong") return null;
  const left = dimensions.filter((dimension) => !before.has(dimension));
  const dimension = left.find((one) => scores[one] === 0) ?? left.find((one) => scores[one] === 1);
  return dimension === undefined ? null : { dimension, text: plainQuestions[dimension] };
}
