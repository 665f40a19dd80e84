import { dayIn } from "../../../lib/dates.ts";
import type { QuestionUse, QuestionUseTable } from "../schema.ts";

interface Dates {
  readonly prepared_at: string | null;
  readonly removed_at: string | null;
  readonly held_at: string | null;
  readonly sent_at: string | null;
  readonly starts_at: string;
}

/** Which question it is: one of the bank, one of the owner's, or null for words that were typed freely. */
export function usedId(use: Pick<QuestionUseTable, "question_id" | "own_question_id">): string | null {
  return use.question_id ?? use.own_question_id;
}

/** It stands in a preparation, as a draft or on the agenda. */
export function isAlive(use: Pick<Dates, "removed_at">): boolean {
  return use.removed_at === null;
}

/**
 * When a question was asked: its agenda went out with it, or the meeting was held with it on the agenda. Null while it was
 * not. A draft was never asked, and what was taken out before the mail went neither.
 */
export function askedAt(use: Dates): string | null {
  if (use.prepared_at === null) return null;
  const wasSent = use.sent_at !== null && (use.removed_at === null || use.removed_at > use.sent_at);
  if (wasSent) return use.sent_at;
  return use.held_at !== null && use.removed_at === null ? use.starts_at : null;
}

export function toUse(row: QuestionUseTable & Dates & { readonly zone: string }, asksConditions: boolean): QuestionUse {
  const asked = askedAt(row);
  return {
    id: row.id,
    questionId: usedId(row),
    personId: row.person_id,
    meetingId: row.meeting_id,
    itemId: row.item_id,
    category: row.category,
    text: row.text,
    uncovers: row.uncovers,
    followUp: row.follow_up,
    project: row.project,
    skill: row.skill,
    chosenAt: row.chosen_at,
    askedOn: asked === null ? null : dayIn(row.zone, Temporal.Instant.from(asked)).toString(),
    answer: row.answer,
    answeredAt: row.answered_at,
    worth: row.worth,
    asksConditions,
  };
}
