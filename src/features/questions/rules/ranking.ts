import type { Audience, Category, Question, Stage } from "../schema.ts";

/** A question is not offered again to the person who heard it within this many days (S40). */
export const REST_DAYS = 60;
/** More than two questions are an interview. */
export const MOST_A_MEETING = 2;
export const OFFERED = 3;

const SIGNAL = 3;
const STAGE = 2;
const SAME_CATEGORY = 1;

/** What speaks for and against a question now, for one person and one meeting. */
export interface Situation {
  readonly signals: ReadonlySet<string>;
  readonly stages: ReadonlySet<Stage>;
  readonly audience: readonly Audience[];
  /** Asked within 60 days or chosen for a coming meeting, or found not worth asking: not offered at all. */
  readonly resting: ReadonlySet<string>;
  /** Of the questions in the last meeting that was held. */
  readonly lastCategories: ReadonlySet<Category>;
}

/** 3 for each matching signal, 2 when the stage matches, 1 less when the last meeting had a question of this category. */
export function scoreOf(question: Question, { signals, stages, lastCategories }: Situation): number {
  const matchingSignals = question.signals.filter((signal) => signals.has(signal)).length;
  const matchesStage = question.stages.some((stage) => stage === "any" || stages.has(stage));
  return SIGNAL * matchingSignals + (matchesStage ? STAGE : 0) - (lastCategories.has(question.category) ? SAME_CATEGORY : 0);
}

/** The questions that may be offered, best first; equals by id, so that the same record always gives the same offers. */
export function ranked(questions: readonly Question[], situation: Situation): Question[] {
  return questions
    .filter((one) => one.audience.some((audience) => situation.audience.includes(audience)) && !situation.resting.has(one.id))
    .map((question) => ({ question, score: scoreOf(question, situation) }))
    .toSorted((a, b) => b.score - a.score || (a.question.id < b.question.id ? -1 : 1))
    .map(({ question }) => question);
}

/** What a question about growth is about, wherever the talk has a place for one (S30). One's own questions count. */
export const growthCategories: ReadonlySet<Category> = new Set([
  "skills",
  "stretch",
  "promotion",
  "visibility",
  "feedback",
  "expectations",
  "own",
]);

/**
 * The best of each category, at most three; those of the categories in `first` before all others. `best` is in the order of
 * `ranked`.
 */
export function fromThreeCategories(best: readonly Question[], first: ReadonlySet<Category> = new Set()): Question[] {
  const taken = new Map<Category, Question>();
  const inFirst = best.filter((one) => first.has(one.category));
  for (const question of [...inFirst, ...best]) if (!taken.has(question.category)) taken.set(question.category, question);
  return [...taken.values()].slice(0, OFFERED);
}

/** Three of the named categories, from at least two of them where they have any: one of each in turn (S41). */
export function inTurn(best: readonly Question[], wanted: readonly Category[]): Question[] {
  const rows = wanted.map((category) => best.filter((one) => one.category === category));
  const longest = Math.max(0, ...rows.map((row) => row.length));
  const turns = Array.from({ length: longest }, (_, turn) => rows.flatMap((row) => row[turn] ?? []));
  return turns.flat().slice(0, OFFERED);
}

/** Who is asked: a manager hears the manager's questions, others those for people who are not; managers of others have their own way. */
export function audienceFor(role: string): Audience[] {
  if (role === "manager") return ["manager"];
  if (role === "skip_level") return ["stakeholder"];
  return role === "report" ? [] : ["stakeholder"];
}
