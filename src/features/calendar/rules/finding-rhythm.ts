import { clockTime } from "../../../lib/dates.ts";

const WEEK = 7;
// Asking the runtime for a weekday takes a hundred times as long.
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

function mostCommon<T>(all: readonly T[]): T | undefined {
  const counts = Map.groupBy(all, (one) => one);
  return [...counts].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
}

/** Days between two dates, as usual: 7 for a weekly series. Null for a single date. */
export function usualGap(days: readonly string[]): number | null {
  const ordered = [...new Set(days)].toSorted().map((on) => Temporal.PlainDate.from(on));
  const gaps = ordered.slice(1).map((on, index) => (ordered[index] ?? on).until(on).days);
  return mostCommon(gaps) ?? null;
}

function often(gap: number | null): string {
  if (gap === null) return "once in the coming months";
  if (gap < WEEK) return "several times a week";
  if (gap === WEEK) return "every week";
  if (gap % WEEK === 0 && gap <= 6 * WEEK) return `every ${gap / WEEK} weeks`;
  if (gap >= 26 && gap <= 35) return "every month";
  return gap > 80 && gap < 100 ? "every quarter" : `about every ${Math.max(2, Math.round(gap / WEEK))} weeks`;
}

/** A rhythm in words from its regular starts, each a wall clock: "every week on Tuesday at 10:00". */
export function rhythmInWords(starts: readonly Temporal.PlainDateTime[]): string {
  const gap = usualGap(starts.map((one) => one.toPlainDate().toString()));
  const time = mostCommon(starts.map((one) => clockTime(one.toPlainTime())));
  const weekday = WEEKDAYS[(mostCommon(starts.map((one) => one.dayOfWeek)) ?? 0) - 1];
  if (!time || !weekday) return "without a date to come";
  return gap !== null && gap < WEEK ? `${often(gap)} at ${time}` : `${often(gap)} on ${weekday} at ${time}`;
}
