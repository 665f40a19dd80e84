import { notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import type { Db } from "../../../platform/storage/database.ts";
import bank from "../data/questions.json" with { type: "json" };
import { fromBank, fromOwn } from "../rules/bank.ts";
import type { Category, Question } from "../schema.ts";
import { listOwnRows, readOwnRow } from "../store/own.ts";

/** The bank's 107 questions (S40, S42). */
export const bankQuestions: readonly Question[] = bank.questions.map(fromBank);

/** What the questions of a category uncover, in a sentence. */
export const categoryWords: Readonly<Partial<Record<Category, string>>> = {
  ...bank.categories,
  own: "Questions of your own that fit nowhere else",
};

const byId = new Map(bankQuestions.map((question) => [question.id, question]));

/** The bank's question with this id; undefined for an own one or none. */
export function bankQuestion(id: string | null): Question | undefined {
  return id === null ? undefined : byId.get(id);
}

/** The owner's questions and the bank's. */
export async function allQuestions(db: Db, owner: OwnerId): Promise<Question[]> {
  return [...(await listOwnRows(db, owner)).map(fromOwn), ...bankQuestions];
}

/** A question that can be chosen, or AppError `not_found`: also when it is somebody else's own, or was retired. */
export async function requireQuestion(db: Db, owner: OwnerId, id: string): Promise<Question> {
  const known = byId.get(id);
  if (known) return known;
  const row = await readOwnRow(db, owner, id);
  if (!row || row.retired_at !== null) throw notFound("This question");
  return fromOwn(row);
}
