import type { SeriesPause, SeriesRule } from "../schema.ts";
import { dayAfter, dayBefore, daysBetween, earlier, later, mondayOf } from "./days.ts";

/** How far ahead meetings stand in the calendar of the product. */
const WEEKS_AHEAD = 26;

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

/** "Every Tuesday at 10:00" or "Every 2 weeks on Tuesday at 10:00". */
export function rhythmLine(rule: SeriesRule): string {
  const weekday = Temporal.PlainDate.from(rule.firstOn).toLocaleString("en-GB", { weekday: "long" });
  const often = rule.everyWeeks === 1 ? `Every ${weekday}` : `Every ${rule.everyWeeks} weeks on ${weekday}`;
  return `${often} at ${rule.time}`;
}
