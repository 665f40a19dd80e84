// The dates that a rule makes, on the wall clock. The counting is rrule-temporal's; it is told that the wall clock is UTC, so no zone and no
// host can have a say, and the zone comes in only when an instant is made of it (zone.ts).
import { RRuleTemporal } from "rrule-temporal";
import { DAY } from "./moments.ts";
import type { Rule } from "./rule.ts";

/** Periods that may be looked at for one rule: 300 years of days. A limit for dates looked at would switch the library's fast ways off. */
const MOST_STEPS = 110_000;

function dated(rule: Rule, start: number, count: number | undefined): RRuleTemporal {
  const { until: _until, ...parts } = rule;
  const dtstart = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO("UTC");
  return new RRuleTemporal({ ...parts, count, dtstart, maxIterations: MOST_STEPS });
}

function between(rule: RRuleTemporal, from: number, to: number): number[] {
  return rule.between(new Date(from), new Date(to), true).map((time) => time.epochMilliseconds);
}

/** Weekdays as RFC 5545 writes them, from Monday. 1 January 1970 was a Thursday. */
const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const FIRST_WEEKDAY = 3;
const WEEK_DAYS = 7;

function isPlain({ freq, count, byMonth, byMonthDay, byYearDay, byWeekNo, bySetPos, byHour, byMinute, bySecond }: Rule): boolean {
  const others = [count, byMonth, byMonthDay, byYearDay, byWeekNo, bySetPos, byHour, byMinute, bySecond];
  return freq === "WEEKLY" && others.every((one) => one === undefined);
}

/**
 * The times of a rule that says nothing but weeks and weekdays, by adding days: nine of ten meetings repeat like this, and the library takes
 * ten times as long for each. A test compares the two.
 */
function weekly({ interval, byDay, wkst = "MO" }: Rule, start: number, from: number, to: number): number[] {
  const startDay = Math.floor(start / DAY);
  const timeOfDay = start - startDay * DAY;
  const firstOfWeek = WEEKDAYS.indexOf(wkst);
  const placeInWeek = (weekday: number): number => (weekday - firstOfWeek + WEEK_DAYS) % WEEK_DAYS;
  const startPlace = placeInWeek((((startDay + FIRST_WEEKDAY) % WEEK_DAYS) + WEEK_DAYS) % WEEK_DAYS);
  const places = byDay?.map((day) => placeInWeek(WEEKDAYS.indexOf(day))).toSorted((a, b) => a - b) ?? [startPlace];
  const step = WEEK_DAYS * interval * DAY;
  const firstWeek = (startDay - startPlace) * DAY + timeOfDay;
  const times: number[] = [];
  for (let week = firstWeek + Math.max(0, Math.floor((from - firstWeek) / step)) * step; week <= to; week += step) {
    for (const place of places) {
      const time = week + place * DAY;
      if (time >= from && time <= to) times.push(time);
    }
  }
  return times;
}

/** What is left of COUNT for the rule itself: DTSTART is the first whether the rule makes it or not (RFC 5545 section 3.8.5.3). */
function countAfterStart(rule: Rule, start: number): number | undefined {
  if (rule.count === undefined) return undefined;
  const makesStart = between(dated(rule, start, undefined), start, start).length > 0;
  return makesStart ? rule.count : rule.count - 1;
}

/**
 * The wall-clock times (milliseconds as if UTC) from `from` to `to`, both included, at which something that starts at `start` repeats. The start is the
 * first of them. UNTIL is not looked at: it may be an instant, and only who knows the zone can compare. Throws when the rule cannot be computed.
 */
export function occurrences(rule: Rule, start: number, from: number, to: number): number[] {
  if (to < start) return [];
  const made = isPlain(rule) ? weekly(rule, start, Math.max(from, start), to) : counted(rule, start, from, to);
  return from <= start && made[0] !== start ? [start, ...made] : made;
}

function counted(rule: Rule, start: number, from: number, to: number): number[] {
  const count = countAfterStart(rule, start);
  return count === 0 ? [] : between(dated(rule, start, count), Math.max(from, start), to);
}

/** How far around a window the wall clock of any zone can be: no zone is more than 26 hours from another. */
export const ZONE_MARGIN = 2 * DAY;
