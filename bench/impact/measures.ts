import { type Dimension, dimensions, type ImpactScore } from "../../src/features/impact/schema.ts";

/** A statement with the labels that people gave it by the rubric. */
export interface Labelled {
  readonly id: string;
  readonly profession: string;
  readonly text: string;
  readonly band: "weak" | "developing" | "strong";
  readonly scores: Record<Dimension, number>;
  readonly ask_next_any_of: readonly Dimension[];
}

export interface Judged {
  readonly label: Labelled;
  readonly score: ImpactScore;
}

export const share = (part: number, whole: number): number => (whole === 0 ? Number.NaN : part / whole);

/** How often a strong statement stands above a weak one; equal totals count half. */
export function areaUnderCurve(judged: readonly Judged[]): number {
  const totals = (band: string) => judged.filter(({ label }) => label.band === band).map(({ score }) => score.total);
  const [strong, weak] = [totals("strong"), totals("weak")];
  let above = 0;
  for (const one of strong) for (const other of weak) above += one > other ? 1 : one === other ? 0.5 : 0;
  return share(above, strong.length * weak.length);
}

/** Strong or not, decided right; statements labelled as developing are neither and are left out. */
export function decidedRight(judged: readonly Judged[]): number {
  const clear = judged.filter(({ label }) => label.band !== "developing");
  return share(clear.filter(({ label, score }) => (label.band === "strong") === (score.band === "strong")).length, clear.length);
}

/** Of the statements that are not strong: how often the one question is among the sensible ones. No question counts as wrong. */
export function askedSensibly(judged: readonly Judged[]): number {
  const open = judged.filter(({ label }) => label.band !== "strong" && label.ask_next_any_of.length > 0);
  return share(
    open.filter(({ label, score }) => score.next && label.ask_next_any_of.includes(score.next.dimension)).length,
    open.length,
  );
}

export interface DimensionFigures {
  readonly dimension: Dimension;
  /** Of those given any points, how many deserve some. */
  readonly precision: number;
  /** Of those that deserve points, how many were given some. */
  readonly recall: number;
  readonly precisionOfTwo: number;
  readonly recallOfTwo: number;
  readonly exact: number;
}

export function byDimension(judged: readonly Judged[]): DimensionFigures[] {
  return dimensions.map((dimension) => {
    const pairs = judged.map(({ label, score }) => [label.scores[dimension], score.scores[dimension]] as const);
    const at = (points: number) => {
      const right = pairs.filter(([labelled, given]) => labelled >= points && given >= points).length;
      return [
        share(right, pairs.filter(([, given]) => given >= points).length),
        share(right, pairs.filter(([labelled]) => labelled >= points).length),
      ] as const;
    };
    const [[precision, recall], [precisionOfTwo, recallOfTwo]] = [at(1), at(2)];
    const exact = share(pairs.filter(([labelled, given]) => labelled === given).length, pairs.length);
    return { dimension, precision, recall, precisionOfTwo, recallOfTwo, exact };
  });
}

/** Parts of the statements with whole professions in each, always the same ones. */
export function foldsByProfession(judged: readonly Judged[], folds: number): Judged[][] {
  const professions = [...new Set(judged.map(({ label }) => label.profession))].toSorted();
  return Array.from({ length: folds }, (_none, fold) =>
    judged.filter(({ label }) => professions.indexOf(label.profession) % folds === fold),
  );
}
