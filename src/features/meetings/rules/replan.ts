import type { MeetingTable } from "../schema.ts";
import { daysBetween, mondayOf } from "./days.ts";
import { stateOf } from "./meeting.ts";
import type { Occurrence } from "./rhythm.ts";

type PlannedRow = Pick<
  MeetingTable,
  | "id"
  | "planned_on"
  | "local_start"
  | "zone"
  | "minutes"
  | "used_at"
  | "moved_at"
  | "cancelled_at"
  | "held_at"
  | "not_held_at"
  | "cancel_reason"
>;

/** What has to change so that the coming meetings follow their series. */
export interface Replan {
  readonly add: readonly Occurrence[];
  readonly remove: readonly string[];
  /** Meetings that stand for another day of the series now, or at another hour; a moved one keeps its own hour. */
  readonly change: readonly { readonly id: string; readonly occurrence: Occurrence; readonly keepsHour: boolean }[];
  /** Meetings with something attached whose day the series no longer has. */
  readonly orphans: readonly string[];
}

/** Whether somebody did something with a meeting, so that it may not vanish when its series changes. */
export function isTouched(row: PlannedRow): boolean {
  return row.used_at !== null || row.moved_at !== null || stateOf(row) !== "planned";
}

function sameHour(row: PlannedRow, one: Occurrence): boolean {
  return row.local_start === one.localStart && row.zone === one.zone && row.minutes === one.minutes;
}

const NEAR_DAYS = 3;

function nearest(free: readonly Occurrence[], on: string): Occurrence | undefined {
  const distance = (one: Occurrence): number => Math.abs(daysBetween(on, one.plannedOn));
  const isNear = (one: Occurrence): boolean => distance(one) <= NEAR_DAYS || mondayOf(one.plannedOn) === mondayOf(on);
  return free.filter(isNear).toSorted((a, b) => distance(a) - distance(b))[0];
}

/**
 * Compares the coming meetings of a series with its rules. What nobody touched is replaced; a meeting that was moved,
 * cancelled or has an agenda is never removed: it takes over the nearest day of the new rhythm (in the same week, or at
 * most three days off), so that a week does not get a second meeting.
 */
export function replan(rows: readonly PlannedRow[], wanted: readonly Occurrence[]): Replan {
  const byDay = new Map(rows.map((row) => [row.planned_on, row]));
  const change: Replan["change"][number][] = [];
  const orphans: string[] = [];
  const free = wanted.filter((one) => !byDay.has(one.plannedOn));
  const wantedDays = new Map(wanted.map((one) => [one.plannedOn, one]));
  for (const row of rows.filter(isTouched).filter((one) => !wantedDays.has(one.planned_on))) {
    const takenOver = nearest(free, row.planned_on);
    if (takenOver) {
      free.splice(free.indexOf(takenOver), 1);
      change.push({ id: row.id, occurrence: takenOver, keepsHour: row.moved_at !== null });
    } else if (stateOf(row) === "planned") {
      orphans.push(row.id);
    }
  }
  for (const row of rows.filter((one) => stateOf(one) !== "held")) {
    const same = wantedDays.get(row.planned_on);
    if (same && row.moved_at === null && !sameHour(row, same)) change.push({ id: row.id, occurrence: same, keepsHour: false });
  }
  const remove = rows.filter((row) => !isTouched(row) && !wantedDays.has(row.planned_on)).map((row) => row.id);
  return { add: free, remove, change, orphans };
}
