// The dates that a rule makes, on the wall clock. The counting is rrule-temporal's; it is told that the wall clock is UTC, so no zone and no
// host can have a say, and the zone comes in only when an instant is made of it (zone.ts).
import { RRuleTemporal } from "rrule-temporal";
import { DAY } from "./moments.ts";
import type { Rule } from "./rule.ts";

/** Periods and dates that may be looked at for one rule: 300 years of days. */
const MOST_STEPS = 110_000;

function dated(rule: Rule, start: number): RRuleTemporal {
  const { freq, interval, count, wkst, byDay, byMonth, byMonthDay, byYearDay, byWeekNo, bySetPos, byHour, byMinute, bySecond } =
    rule;
  return new RRuleTemporal({
    freq,
    interval,
    count,
    wkst,
    byDay,
    byMonth,
    byMonthDay,
    byYearDay,
    byWeekNo,
    bySetPos,
    byHour,
    byMinute,
    bySecond,
    dtstart: Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO("UTC"),
    // RFC 5545 section 3.8.5.3: DTSTART counts as the first, whether the rule would make it or not.
    includeDtstart: true,
    maxIterations: MOST_STEPS,
    maxCandidateEvaluations: MOST_STEPS,
    cache: false,
  });
}

/**
 * The wall-clock times (milliseconds as if UTC) from `from` to `to`, both included, at which something that starts at `start` repeats. UNTIL is not looked at: it
 * may be an instant, and only who knows the zone can compare. Throws when the rule cannot be computed.
 */
export function occurrences(rule: Rule, start: number, from: number, to: number): number[] {
  const first = Math.max(from, start);
  if (to < first) return [];
  const times = dated(rule, start).between(new Date(first), new Date(to), true);
  return times.map((time) => time.epochMilliseconds);
}

/** How far around a window the wall clock of any zone can be: no zone is more than 26 hours from another. */
export const ZONE_MARGIN = 2 * DAY;
