import { shortDay } from "../../lib/dates.ts";
import { countWords, firstName } from "../../lib/text.ts";
import type { MailLine } from "../answers/index.ts";
import { type LineDraft, type RecapLineTable, type RecapPart, type RecapState, recapParts } from "./schema.ts";

/** The whole mail, from greeting to name: a recap that is longer is not read (S45). */
export const WORD_LIMIT = 200;

/** A recap is due 24 hours after the end of its meeting (S45). */
export function recapDueAt(endsAt: Temporal.Instant): Temporal.Instant {
  return endsAt.add({ hours: 24 });
}

export function partTitle(part: RecapPart, personName: string): string {
  const titles: Record<RecapPart, string> = {
    decision: "Decisions",
    my_action: "My actions",
    manager_commitment: `${firstName(personName)}'s commitments`,
    open_question: "Open questions",
  };
  return titles[part];
}

/** Only these two carry a name and a date. */
export function isAction(part: RecapPart): part is "my_action" | "manager_commitment" {
  return part === "my_action" || part === "manager_commitment";
}

/** Exactly four parts in their order, the empty ones too (S46). */
export function inParts<L extends { readonly part: RecapPart }>(lines: readonly L[]): { part: RecapPart; lines: L[] }[] {
  return recapParts.map((part) => ({ part, lines: lines.filter((one) => one.part === part) }));
}

function aboutOf({ id, commitment_id, open_question_id }: RecapLineTable): NonNullable<MailLine["about"]> {
  if (commitment_id !== null) return { kind: "commitment", id: commitment_id };
  return open_question_id === null ? { kind: "line", id } : { kind: "question", id: open_question_id };
}

/** The lines of an approved recap with what each is about, in the order of the mail. */
export function recapLines(rows: readonly RecapLineTable[], personName: string): MailLine[] {
  return inParts(rows).flatMap(({ part, lines }) =>
    lines.map((row) => ({
      part,
      heading: partTitle(part, personName),
      text: row.who === "" ? row.text : `${row.who}: ${row.text}`,
      about: aboutOf(row),
      dueOn: row.due_on,
    })),
  );
}

/** "by Fri 20 Mar" or "no date agreed"; the year is named when it is not the meeting's. */
export function dueWords(dueOn: string | null, meetingYear: number): string {
  return dueOn === null ? "no date agreed" : `by ${shortDay(Temporal.PlainDate.from(dueOn), meetingYear)}`;
}

interface RecapSituation {
  readonly meetingState: "planned" | "cancelled" | "held" | "not_held";
  readonly startsAt: Temporal.Instant;
  readonly now: Temporal.Instant;
  readonly startedAt: string | null;
  readonly waivedAt: string | null;
  readonly approvedAt: string | null;
  readonly sentAt: string | null;
}

export function recapState(situation: RecapSituation): RecapState {
  const { meetingState, startsAt, now } = situation;
  // What was sent stays sent, whatever happens to the meeting's row afterwards.
  if (situation.sentAt) return "sent";
  if (meetingState === "cancelled" || meetingState === "not_held") return "impossible";
  if (meetingState === "planned" && Temporal.Instant.compare(now, startsAt) < 0) return "too_early";
  if (situation.approvedAt) return "approved";
  if (situation.waivedAt) return "waived";
  return situation.startedAt ? "draft" : "to_write";
}

/** Whether saving `draft` would change what the mail says; an untouched line withdraws no approval. */
export function changesLine(row: RecapLineTable, draft: LineDraft): boolean {
  return (
    row.prepared_at === null ||
    row.text !== draft.text ||
    (draft.part !== undefined && row.part !== draft.part) ||
    (draft.who !== undefined && row.who !== draft.who) ||
    (draft.dueOn !== undefined && row.due_on !== draft.dueOn)
  );
}

/** The longest lines first: what to shorten when the recap is over its limit. Nothing when it fits. */
export function linesToTrim(
  lines: readonly { readonly id: string; readonly text: string }[],
  words: number,
): { id: string; text: string; words: number }[] {
  if (words <= WORD_LIMIT) return [];
  return lines
    .map(({ id, text }) => ({ id, text, words: countWords(text) }))
    .toSorted((a, b) => b.words - a.words)
    .slice(0, 3);
}
