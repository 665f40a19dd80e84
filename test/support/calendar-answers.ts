// Answers every case of the calendar in this process and prints the starts as JSON. The tests run it once for each zone that a host may be in.
import { readFileSync } from "node:fs";
import type { CalendarCase } from "../../src/platform/calendar/data/case-text.ts";
import { seriesCases } from "../../src/platform/calendar/data/series-cases.ts";
import { zoneCases } from "../../src/platform/calendar/data/zone-cases.ts";
import { expandCalendar } from "../../src/platform/calendar/expand.ts";
import type { Expansion } from "../../src/platform/calendar/index.ts";

interface GivenCase extends Omit<CalendarCase, "title"> {
  readonly id: string;
}

const given = JSON.parse(
  readFileSync(new URL("../../src/platform/calendar/data/recurrence-cases.json", import.meta.url), "utf8"),
) as GivenCase[];

export const calendarCases: readonly CalendarCase[] = [
  ...given.map(({ id, ...one }) => ({
    ...one,
    title: id,
    // What is cancelled is left out.
    expected: one.expected.filter((start) => !start.startsWith("CANCELLED")),
  })),
  ...zoneCases,
  ...seriesCases,
];

/** The expansion of a case, with a reader's zone other than the one that it names, if any. */
export function expandCase({ ics, from, to, zone }: CalendarCase, otherwise?: string): Expansion {
  return expandCalendar(ics, { from: Temporal.Instant.from(from), to: Temporal.Instant.from(to), zone: zone ?? otherwise });
}

/** Starts to the minute, as the cases write them. */
export function startsOf({ events }: Expansion): string[] {
  return events.map(({ start, allDay }) => (allDay ? start : start.replace(/:00(?=[+-]\d\d:\d\d$)/u, "")));
}

if (import.meta.main) process.stdout.write(JSON.stringify(calendarCases.map((one) => startsOf(expandCase(one)))));
