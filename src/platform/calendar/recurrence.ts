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
  const count = countAfterStart(rule, start);
  const made = count === 0 ? [] : between(dated(rule, start, count), Math.max(from, start), to);
  return from <= start && made[0] !== start ? [start, ...made] : made;
}

/** How far around a window the wall clock of any zone can be: no zone is more than 26 hours from another. */
export const ZONE_MARGIN = 2 * DAY;
