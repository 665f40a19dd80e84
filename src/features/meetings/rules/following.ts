import type { MeetingTable, SeriesRule } from "../schema.ts";
import { startInstant } from "./clock.ts";
import { daysBetween, mondayOf } from "./days.ts";
import { stateOf } from "./meeting.ts";
import { isTouched } from "./replan.ts";

/** One meeting as the calendar has it. `localStart` is the wall clock of `zone`. */
export interface LedInstance {
  /** Names the instance, also after the calendar moved it. */
  readonly key: string;
  /** The day that the calendar's rhythm meant it for, in `zone`. */
  readonly plannedOn: string;
  readonly localStart: string;
  readonly zone: string;
  readonly minutes: number;
  /** The calendar moved this one away from its rhythm. */
  readonly isMoved: boolean;
  /** The calendar names a zone that nobody knows: the hour is a guess. */
  readonly isDoubted: boolean;
}

/** What a calendar holds of one series. */
export interface LedCalendar {
  readonly instances: readonly LedInstance[];
  /** Instances that the calendar names as cancelled. */
  readonly cancelledKeys: readonly string[];
  /** Up to when the calendar was read: what lies later did not vanish. */
  readonly until: Temporal.Instant;
}

type Row = MeetingTable;

/** What has to change so that coming meetings are where the calendar has them. */
export interface FollowPlan {
  readonly put: readonly { readonly row: Row; readonly instance: LedInstance }[];
  readonly cancel: readonly Row[];
  readonly remove: readonly Row[];
  readonly add: readonly LedInstance[];
}

const NEAR_DAYS = 3;
const WEEK_DAYS = 7;

export function instanceStart(one: LedInstance): Temporal.Instant {
  return startInstant(one.localStart, one.zone);
}

/** Nobody said what became of it, and it is not over: past and answered meetings are never touched. */
export function canStillFollow(row: Row, now: Temporal.Instant): boolean {
  if (row.held_at !== null || row.not_held_at !== null) return false;
  const ends = Temporal.Instant.from(row.starts_at).add({ minutes: row.minutes });
  return Temporal.Instant.compare(ends, now) > 0;
}

/** Whether a meeting that lost its place in the calendar may go on as another instance: one that was cancelled only nearby. */
function mayTakeOver(row: Row, one: LedInstance): boolean {
  const [from, to] = [row.local_start.slice(0, 10), one.localStart.slice(0, 10)];
  const days = Math.abs(daysBetween(from, to));
  if (stateOf(row) === "planned") return days < WEEK_DAYS;
  return days <= NEAR_DAYS || mondayOf(from) === mondayOf(to);
}

interface Pair {
  readonly row: Row;
  readonly instance: LedInstance;
  readonly distance: number;
}

/** Pairs what is left, the nearest first, each only once. */
function pairNearest(rows: readonly Row[], free: readonly LedInstance[], may: (row: Row, one: LedInstance) => boolean): Pair[] {
  const all = rows.flatMap((row) =>
    free
      .filter((instance) => may(row, instance))
      .map((instance) => ({
        row,
        instance,
        distance: Math.abs(Temporal.Instant.from(row.starts_at).epochMilliseconds - instanceStart(instance).epochMilliseconds),
      })),
  );
  const taken = new Set<Row | LedInstance>();
  return all
    .toSorted((a, b) => a.distance - b.distance)
    .filter(({ row, instance }) => {
      if (taken.has(row) || taken.has(instance)) return false;
      taken.add(row).add(instance);
      return true;
    });
}

function without<T>(all: readonly T[], used: Iterable<T>): T[] {
  const gone = new Set(used);
  return all.filter((one) => !gone.has(one));
}

/**
 * Compares the meetings of a series with its calendar. An instance finds its meeting by its key; where the key is new (the series
 * was split, or begins to follow) by the same start, and then what somebody touched by the nearest start within a week. What the
 * calendar has no longer goes: untouched meetings vanish, touched ones are cancelled and keep what hangs on them.
 * `rows` are all meetings of the series from about `now` on; `horizon` is up to when new ones are made.
 */
export function followPlan(
  rows: readonly Row[],
  led: LedCalendar,
  { now, horizon }: { readonly now: Temporal.Instant; readonly horizon: Temporal.Instant },
): FollowPlan {
  const open = rows.filter((row) => canStillFollow(row, now));
  const settledKeys = new Set(without(rows, open).map((row) => row.calendar_key));
  const named = new Map(led.instances.map((one) => [one.key, one]));
  const cancelledKeys = new Set(led.cancelledKeys.filter((key) => !named.has(key)));
  const byKey = open.flatMap((row) => {
    const instance = row.calendar_key === null ? undefined : named.get(row.calendar_key);
    return instance ? [{ row, instance }] : [];
  });
  const cancelledThere = open.filter((row) => row.calendar_key !== null && cancelledKeys.has(row.calendar_key));
  const lost = without(open, [...byKey.map(({ row }) => row), ...cancelledThere]);
  const isComing = (one: LedInstance): boolean => Temporal.Instant.compare(instanceStart(one), now) > 0;
  const free = without(
    led.instances,
    byKey.map(({ instance }) => instance),
  ).filter((one) => isComing(one) && !settledKeys.has(one.key));
  const same = pairNearest(lost, free, (row, one) => row.starts_at === startText(one));
  const stillLost = without(
    lost,
    same.map(({ row }) => row),
  );
  const near = pairNearest(
    stillLost.filter(isTouched),
    without(
      free,
      same.map(({ instance }) => instance),
    ),
    mayTakeOver,
  );
  const found = [...same, ...near];
  const gone = without(
    stillLost,
    near.map(({ row }) => row),
  ).filter((row) => row.starts_at < led.until.toString({ fractionalSecondDigits: 3 }));
  const isPlanned = (row: Row): boolean => stateOf(row) === "planned";
  return {
    put: [...byKey, ...found.map(({ row, instance }) => ({ row, instance }))],
    cancel: [...cancelledThere, ...gone.filter(isTouched)].filter(isPlanned),
    remove: gone.filter((row) => !isTouched(row)),
    add: without(
      free,
      found.map(({ instance }) => instance),
    ).filter((one) => Temporal.Instant.compare(instanceStart(one), horizon) <= 0),
  };
}

function startText(one: LedInstance): string {
  return instanceStart(one).toString({ fractionalSecondDigits: 3 });
}

/** A day that no other meeting of the series stands for: the wanted one, or the nearest to it. Undefined when a week is full. */
export function freeDayFor(wanted: string, taken: ReadonlySet<string>): string | undefined {
  const date = Temporal.PlainDate.from(wanted);
  return [0, 1, -1, 2, -2, 3, -3].map((days) => date.add({ days }).toString()).find((on) => !taken.has(on));
}

function mostCommon<T>(all: readonly T[]): T | undefined {
  const counts = Map.groupBy(all, (one) => one);
  return [...counts].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
}

/**
 * The rule of a series that comes nearest to what the calendar holds, so that the series can go on by itself when it stops
 * following: the usual hour, zone and length, every one to four weeks. Undefined without a regular instance.
 */
export function nearestRule(instances: readonly LedInstance[]): SeriesRule | undefined {
  const regular = instances.filter((one) => !one.isMoved).toSorted((a, b) => (a.plannedOn < b.plannedOn ? -1 : 1));
  const [first] = regular;
  if (!first) return undefined;
  const gaps = regular.slice(1).map((one, index) => daysBetween((regular[index] ?? first).plannedOn, one.plannedOn));
  const everyWeeks = Math.min(4, Math.max(1, Math.round((mostCommon(gaps) ?? WEEK_DAYS) / WEEK_DAYS)));
  return {
    fromOn: first.plannedOn,
    firstOn: first.plannedOn,
    time: mostCommon(regular.map((one) => one.localStart.slice(11, 16))) ?? first.localStart.slice(11, 16),
    zone: mostCommon(regular.map((one) => one.zone)) ?? first.zone,
    minutes: mostCommon(regular.map((one) => one.minutes)) ?? first.minutes,
    everyWeeks,
  };
}

/** Whether a rule says the same as another from that one's first day on. */
export function saysTheSame(present: SeriesRule, wanted: SeriesRule): boolean {
  const sameHour = present.time === wanted.time && present.zone === wanted.zone && present.minutes === wanted.minutes;
  const sameStep = present.everyWeeks === wanted.everyWeeks;
  return sameHour && sameStep && daysBetween(present.firstOn, wanted.firstOn) % (WEEK_DAYS * wanted.everyWeeks) === 0;
}
