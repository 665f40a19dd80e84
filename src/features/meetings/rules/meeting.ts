import { shortDay } from "../../../lib/dates.ts";
import type { CancelReason, MeetingState, MeetingTable } from "../schema.ts";
import { agreedTime } from "./clock.ts";

/** Ours are an hour at most; a calendar may hold longer ones. */
export const LONGEST_MEETING_MINUTES = 240;

export function stateOf(row: Pick<MeetingTable, "cancelled_at" | "held_at" | "not_held_at">): MeetingState {
  if (row.held_at !== null) return "held";
  if (row.not_held_at !== null) return "not_held";
  return row.cancelled_at === null ? "planned" : "cancelled";
}

const cancelWords: Record<CancelReason, string> = {
  cancelled: "was cancelled",
  holiday: "was skipped for days off",
  paused: "fell into the pause",
  ended: "was cancelled because the series ended",
  calendar: "was cancelled in the calendar",
};

/** What the record keeps of a meeting: held, cancelled or moved; nothing of one that simply stands in the calendar. */
export function recordLine(
  row: MeetingTable,
  name: string,
): { kind: "held" | "not_held" | "cancelled" | "moved"; text: string; happenedAt: string } | undefined {
  const when = agreedTime(row.local_start);
  if (row.held_at !== null) return { kind: "held", text: `1:1 with ${name}`, happenedAt: row.starts_at };
  if (row.not_held_at !== null)
    return { kind: "not_held", text: `The 1:1 with ${name} on ${when} did not happen`, happenedAt: row.starts_at };
  if (row.cancelled_at !== null)
    return {
      kind: "cancelled",
      text: `The 1:1 with ${name} on ${when} ${cancelWords[row.cancel_reason ?? "cancelled"]}`,
      happenedAt: row.cancelled_at,
    };
  if (row.moved_at === null) return undefined;
  const planned = shortDay(Temporal.PlainDate.from(row.planned_on), 0);
  return { kind: "moved", text: `The 1:1 with ${name} planned for ${planned} was moved to ${when}`, happenedAt: row.moved_at };
}

/** The earliest start of a meeting that can still be going on at `now`. */
export function couldStillRun(now: Temporal.Instant): Temporal.Instant {
  return now.subtract({ minutes: LONGEST_MEETING_MINUTES });
}

/** The growth block belongs to every other held meeting: the second, the fourth, ... (S37). `before` counts those before this one. */
export function hasGrowthBlock(before: number): boolean {
  return before % 2 === 1;
}
