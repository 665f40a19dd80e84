import { dayIn } from "../../lib/dates.ts";
import type { Commitment, CommitmentEventTable, CommitmentTable, OpenQuestionTable } from "./schema.ts";
import type { CommitmentEvent, LedgerEntry, OpenQuestion } from "./schema.ts";

export function toCommitment(row: CommitmentTable): Commitment {
  return {
    id: row.id,
    personId: row.person_id,
    meetingId: row.meeting_id,
    side: row.side,
    text: row.text,
    dueOn: row.due_on,
    openedAt: row.opened_at,
    sharedAt: row.shared_at,
    keptAt: row.kept_at,
    droppedAt: row.dropped_at,
    state: row.kept_at ? "kept" : row.dropped_at ? "dropped" : "open",
  };
}

export function toQuestion(row: OpenQuestionTable): OpenQuestion {
  return {
    id: row.id,
    personId: row.person_id,
    meetingId: row.meeting_id,
    text: row.text,
    answer: row.answer,
    openedAt: row.opened_at,
    sharedAt: row.shared_at,
    answeredAt: row.answered_at,
    droppedAt: row.dropped_at,
  };
}

export function toEvent(row: CommitmentEventTable): CommitmentEvent {
  return { happening: row.happening, dueOn: row.due_on, note: row.note, happenedAt: row.happened_at };
}

/** Whole calendar days in `zone` from one instant to another; never negative. */
export function daysBetween(from: string, to: Temporal.Instant, zone: string): number {
  return Math.max(0, dayIn(zone, Temporal.Instant.from(from)).until(dayIn(zone, to), { largestUnit: "days" }).days);
}

/** Days past the agreed day. Without an agreed day nothing is ever overdue, on either side (S47). */
export function overdueDays(commitment: Pick<Commitment, "dueOn" | "state">, today: Temporal.PlainDate): number {
  if (!commitment.dueOn || commitment.state !== "open") return 0;
  return Math.max(0, Temporal.PlainDate.from(commitment.dueOn).until(today, { largestUnit: "days" }).days);
}

/** Age and lateness at `now`: the same formula for both sides (S47). A closed one stops ageing on the day it was closed. */
export function ledgerEntry(
  row: CommitmentTable,
  events: readonly CommitmentEventTable[],
  now: Temporal.Instant,
  zone: string,
): LedgerEntry {
  const commitment = toCommitment(row);
  const closedAt = row.kept_at ?? row.dropped_at;
  return {
    ...commitment,
    ageDays: daysBetween(row.opened_at, closedAt ? Temporal.Instant.from(closedAt) : now, zone),
    overdueDays: overdueDays(commitment, dayIn(zone, now)),
    history: events.map(toEvent),
  };
}

const UNDATED = "9999-12-31";

function urgency(entry: LedgerEntry): readonly [number, string, string] {
  return [entry.state === "open" ? 0 : 1, entry.state === "open" ? (entry.dueOn ?? UNDATED) : "", entry.openedAt];
}

/** Open before closed, the agreed days in order, what has no date by age; closed ones newest first. */
export function byUrgency(a: LedgerEntry, b: LedgerEntry): number {
  const [aClosed, aDue, aOpened] = urgency(a);
  const [bClosed, bDue, bOpened] = urgency(b);
  if (aClosed !== bClosed) return aClosed - bClosed;
  if (aClosed === 1) return closedAt(b).localeCompare(closedAt(a));
  return aDue.localeCompare(bDue) || aOpened.localeCompare(bOpened);
}

function closedAt(entry: LedgerEntry): string {
  return entry.keptAt ?? entry.droppedAt ?? "";
}
