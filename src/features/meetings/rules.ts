import { clockTime, shortDay } from "../../lib/dates.ts";
import type { CancelReason, MeetingState, MeetingTable, SeriesPause, SeriesRule } from "./schema.ts";

/** How far ahead meetings stand in the calendar of the product. */
export const WEEKS_AHEAD = 26;
const LONGEST_MEETING_MINUTES = 60;

/** One day on which a series meets. `localStart` is the wall clock of `zone`. */
export interface Occurrence {
  readonly plannedOn: string;
  readonly localStart: string;
  readonly zone: string;
  readonly minutes: number;
}

interface Rhythm {
  readonly rules: readonly SeriesRule[];
  readonly pauses: readonly SeriesPause[];
  readonly endedOn: string | null;
}

const ONE_DAY = { days: 1 };

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

export function dayAfter(on: string): string {
  return Temporal.PlainDate.from(on).add(ONE_DAY).toString();
}

export function dayBefore(on: string): string {
  return Temporal.PlainDate.from(on).subtract(ONE_DAY).toString();
}

export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
}

/** The Monday of the week that `on` lies in. */
export function mondayOf(on: string): string {
  const date = Temporal.PlainDate.from(on);
  return date.subtract({ days: date.dayOfWeek - 1 }).toString();
}

function daysOfRule(rule: SeriesRule, from: string, to: string): string[] {
  const step = rule.everyWeeks * 7;
  const lead = daysBetween(rule.firstOn, later(from, rule.firstOn));
  let date = Temporal.PlainDate.from(rule.firstOn).add({ days: Math.ceil(lead / step) * step });
  const days: string[] = [];
  while (date.toString() <= to) {
    days.push(date.toString());
    date = date.add({ days: step });
  }
  return days;
}

export function isPaused(on: string, pauses: readonly SeriesPause[]): boolean {
  return pauses.some((pause) => on >= pause.fromOn && (pause.untilOn === null || on <= pause.untilOn));
}

/**
 * The days from `from` to `to` (both included, calendar days of the rule's zone) on which a series meets, in order and
 * never two on one day. A rule holds from its `fromOn` until the next one; pauses and everything after the end are left out.
 */
export function occurrences({ rules, pauses, endedOn }: Rhythm, from: string, to: string): Occurrence[] {
  const ordered = rules.toSorted((a, b) => (a.fromOn < b.fromOn ? -1 : 1));
  const last = endedOn === null ? to : earlier(to, endedOn);
  return ordered.flatMap((rule, index) => {
    const next = ordered[index + 1];
    const until = next ? earlier(last, dayBefore(next.fromOn)) : last;
    return daysOfRule(rule, later(from, rule.fromOn), until)
      .filter((on) => !isPaused(on, pauses))
      .map((on) => ({ plannedOn: on, localStart: `${on}T${rule.time}`, zone: rule.zone, minutes: rule.minutes }));
  });
}

/** The rule that holds on a day; before the first rule, the first one. */
export function ruleOn(rules: readonly SeriesRule[], on: string): SeriesRule | undefined {
  const ordered = rules.toSorted((a, b) => (a.fromOn < b.fromOn ? -1 : 1));
  return ordered.findLast((rule) => rule.fromOn <= on) ?? ordered[0];
}

/** The first day after `on` that the rules name, pauses left aside. */
export function firstOccurrenceAfter(rules: readonly SeriesRule[], on: string): string | undefined {
  const from = dayAfter(on);
  const yearLater = Temporal.PlainDate.from(later(from, rules.at(-1)?.firstOn ?? from))
    .add({ years: 1 })
    .toString();
  return occurrences({ rules, pauses: [], endedOn: null }, from, yearLater)[0]?.plannedOn;
}

/**
 * From when on a changed rhythm replaces the old one: the Monday of its first week, so that one week never holds both
 * the old and the new weekday. `planned` is the day of the meeting that the change begins with, where there is one.
 */
export function takesOverOn(firstOn: string, planned?: string): string {
  return planned === undefined ? mondayOf(firstOn) : earlier(mondayOf(firstOn), planned);
}

/**
 * The instant of a wall-clock start. A time that the clocks skip becomes later by the length of the gap; one that happens
 * twice is the first of the two (RFC 5545, section 3.3.5; Temporal's "compatible").
 */
export function startInstant(localStart: string, zone: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(localStart).toZonedDateTime(zone, { disambiguation: "compatible" }).toInstant();
}

/** A sentence when the clocks change over the agreed time on that day, else null. */
export function clockNote(localStart: string, zone: string): string | null {
  const agreed = Temporal.PlainDateTime.from(localStart);
  const first = agreed.toZonedDateTime(zone, { disambiguation: "earlier" });
  const second = agreed.toZonedDateTime(zone, { disambiguation: "later" });
  if (first.epochMilliseconds === second.epochMilliseconds) return null;
  const time = clockTime(agreed.toPlainTime());
  if (second.toPlainDateTime().equals(agreed))
    return `The clocks go back on this day and ${time} comes twice. The first one is meant.`;
  return `The clocks go forward on this day and skip ${time}. The meeting starts at ${clockTime(second.toPlainTime())}.`;
}

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
};

/** "Tue 10 Mar 2026, 10:00", the agreed wall clock. */
export function agreedTime(localStart: string): string {
  const agreed = Temporal.PlainDateTime.from(localStart);
  return `${shortDay(agreed.toPlainDate(), 0)}, ${clockTime(agreed.toPlainTime())}`;
}

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

/** The first and last day to which meetings are planned ahead, seen from `today`. */
export function planningHorizon(today: string): string {
  return Temporal.PlainDate.from(today).add({ weeks: WEEKS_AHEAD }).toString();
}

/** What is wrong with the first day of a series, or null: it may lie a year back (the rhythm is older) or a year ahead. */
export function firstDayProblem(firstOn: string, today: string): string | null {
  const date = Temporal.PlainDate.from(today);
  if (firstOn > date.add({ years: 1 }).toString()) return "This is more than a year away. Choose the day of your next meeting.";
  if (firstOn < date.subtract({ years: 1 }).toString())
    return "This is more than a year ago. Choose the day of your next meeting.";
  return null;
}

/** What is wrong with the last day of a series, or null. */
export function lastDayProblem(on: string, today: string): string | null {
  const latest = Temporal.PlainDate.from(today).add({ years: 1 }).toString();
  return on > latest ? "This is more than a year away. Leave the series as it is until the day comes nearer." : null;
}

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

/** "Every Tuesday at 10:00" or "Every 2 weeks on Tuesday at 10:00". */
export function rhythmLine(rule: SeriesRule): string {
  const weekday = Temporal.PlainDate.from(rule.firstOn).toLocaleString("en-GB", { weekday: "long" });
  const often = rule.everyWeeks === 1 ? `Every ${weekday}` : `Every ${rule.everyWeeks} weeks on ${weekday}`;
  return `${often} at ${rule.time}`;
}
