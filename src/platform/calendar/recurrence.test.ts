import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { RRuleTemporal } from "rrule-temporal";
import { DAY } from "./moments.ts";
import { occurrences } from "./recurrence.ts";
import { readRule } from "./rule.ts";

const MINUTE = 60_000;
const days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

test("a rule of weeks and weekdays makes the same times here as in the library", () => {
  const rules = fc.record({
    interval: fc.integer({ min: 1, max: 6 }),
    byDay: fc.option(fc.uniqueArray(fc.constantFrom(...days), { minLength: 1 }), { nil: undefined }),
    wkst: fc.option(fc.constantFrom(...days), { nil: undefined }),
    start: fc.integer({ min: -400 * 365, max: 400 * 365 }),
    minute: fc.integer({ min: 0, max: 1_439 }),
    after: fc.integer({ min: -40, max: 900 }),
    length: fc.integer({ min: 0, max: 70 }),
  });
  fc.assert(
    fc.property(rules, ({ interval, byDay, wkst, start: day, minute, after, length }) => {
      const start = (day / 10) * DAY - ((day / 10) % 1) * DAY + minute * MINUTE;
      const [from, to] = [start + after * DAY, start + (after + length) * DAY];
      const text = `FREQ=WEEKLY;INTERVAL=${interval}${byDay ? `;BYDAY=${byDay.join(",")}` : ""}${wkst ? `;WKST=${wkst}` : ""}`;
      const { until: _until, ...parts } = readRule(text);
      const library = new RRuleTemporal({
        ...parts,
        dtstart: Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO("UTC"),
      });
      const expected = library.between(new Date(Math.max(from, start)), new Date(to), true).map((one) => one.epochMilliseconds);
      const withStart = from <= start && to >= start && expected[0] !== start ? [start, ...expected] : expected;
      assert.deepEqual(occurrences(readRule(text), start, from, to), to < start ? [] : withStart, text);
    }),
    { numRuns: 600 },
  );
});
