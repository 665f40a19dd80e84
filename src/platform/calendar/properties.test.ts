import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import ICAL from "ical.js";
import { calendar, event } from "./data/case-text.ts";
import { DAY } from "./moments.ts";
import { expandCalendar } from "./expand.ts";
import type { CalendarEvent } from "./index.ts";
import { readCalendar } from "./read.ts";
import { occurrences } from "./recurrence.ts";
import { readRule } from "./rule.ts";

const seed = 20_261_123;

const at = (instant: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(instant);
const compact = (wall: number): string => new Date(wall).toISOString().replace(/[-:]/gu, "").slice(0, 15);

const hours = fc.integer({ min: 0, max: 24 * 700 }).map((hour) => Date.UTC(2025, 5, 1) + hour * 3_600_000);
const zone = fc.constantFrom(
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Pacific/Kiritimati",
  "America/Santiago",
);
const days = fc.uniqueArray(fc.constantFrom("MO", "TU", "WE", "TH", "FR", "SA", "SU"), { minLength: 1, maxLength: 4 });

const rule = fc.oneof(
  fc.record({ interval: fc.integer({ min: 1, max: 5 }) }).map(({ interval }) => `FREQ=DAILY;INTERVAL=${interval}`),
  fc
    .record({ interval: fc.integer({ min: 1, max: 4 }), days, wkst: fc.constantFrom("MO", "SU", "WE") })
    .map((one) => `FREQ=WEEKLY;INTERVAL=${one.interval};BYDAY=${one.days.join(",")};WKST=${one.wkst}`),
  fc
    .record({ interval: fc.integer({ min: 1, max: 4 }), day: fc.integer({ min: 1, max: 31 }), sign: fc.constantFrom("", "-") })
    .map((one) => `FREQ=MONTHLY;INTERVAL=${one.interval};BYMONTHDAY=${one.sign}${one.day}`),
  fc
    .record({ position: fc.constantFrom(1, 2, 3, 4, 5, -1, -2), day: fc.constantFrom("MO", "WE", "SU") })
    .map((one) => `FREQ=MONTHLY;BYDAY=${one.position}${one.day}`),
  fc
    .record({ days, position: fc.constantFrom(1, 2, -1, -2) })
    .map((one) => `FREQ=MONTHLY;BYDAY=${one.days.join(",")};BYSETPOS=${one.position}`),
  fc
    // ical.js makes the 1st of October of a 31st of September.
    .record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }) })
    .map((one) => `FREQ=YEARLY;BYMONTH=${one.month};BYMONTHDAY=${one.day}`),
);

const series = fc
  .record({
    start: hours,
    zone,
    rule,
    count: fc.option(fc.integer({ min: 1, max: 60 })),
    except: fc.array(hours, { maxLength: 3 }),
    allDay: fc.boolean(),
  })
  .map(({ start, zone: name, rule: text, count, except, allDay }) => {
    const first = allDay ? `DTSTART;VALUE=DATE:${compact(start).slice(0, 8)}` : `DTSTART;TZID=${name}:${compact(start)}`;
    const gone = except.map((wall) => `EXDATE;VALUE=DATE:${compact(wall).slice(0, 8)}`);
    return event(first, `RRULE:${text}${count === null ? "" : `;COUNT=${count}`}`, ...gone);
  });

const calendars = fc
  .array(series, { minLength: 1, maxLength: 4 })
  .map((all) => calendar(...all.map((text, index) => text.replace("UID:a", `UID:e${index}`))));

const named = ({ uid, key, start }: CalendarEvent): string => `${uid} ${key} ${start}`;
const between = (text: string, from: number, to: number, reader?: string): readonly CalendarEvent[] =>
  expandCalendar(text, { from: at(from), to: at(to), zone: reader }).events;

test("a window holds exactly what its two halves hold, in order", () => {
  fc.assert(
    fc.property(
      calendars,
      hours,
      fc.integer({ min: 1, max: 80 }),
      fc.integer({ min: 1, max: 80 }),
      zone,
      (text, from, one, two, reader) => {
        const [middle, to] = [from + one * DAY + 7_200_000, from + (one + two) * DAY];
        const whole = between(text, from, Math.max(middle, to), reader).map(named);
        const halves = [...between(text, from, middle, reader), ...between(text, middle, Math.max(middle, to), reader)].map(
          named,
        );
        assert.deepEqual(whole, halves);
      },
    ),
    { seed, numRuns: 300 },
  );
});

test("events are in order, in the window, each once, and the same the second time", () => {
  fc.assert(
    fc.property(calendars, hours, fc.integer({ min: 1, max: 200 }), (text, from, length) => {
      const to = from + length * DAY;
      const events = between(text, from, to);
      const starts = events.map(({ startsAt, start }) => Date.parse(startsAt ?? start));
      assert.deepEqual(
        starts,
        starts.toSorted((a, b) => a - b),
      );
      assert.ok(starts.every((start) => start >= from && start < to));
      assert.equal(new Set(events.map(({ uid, key }) => `${uid} ${key}`)).size, events.length);
      assert.deepEqual(between(text, from, to), events);
    }),
    { seed, numRuns: 300 },
  );
});

test("no text whatever makes it throw", () => {
  const word = fc.constantFrom(
    "BEGIN:VEVENT",
    "END:VEVENT",
    "BEGIN:VCALENDAR",
    "DTSTART:20260302",
    "RRULE:FREQ=",
    "\r\n",
    "\n ",
    ";",
    ":",
    "=",
    '"',
    "TZID=",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.array(fc.oneof(word, fc.string({ maxLength: 8 }))).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(text, (one) => {
      readCalendar(one);
      between(one, Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1));
    }),
    { seed, numRuns: 1_000 },
  );
});

/** What ical.js makes of a rule, from its own first occurrence on. */
function secondOpinion(text: string, start: number, to: number): number[] {
  const recur = ICAL.Recur.fromString(text);
  const iterator = recur.iterator(ICAL.Time.fromDateTimeString(new Date(start).toISOString().slice(0, 19)));
  const found: number[] = [];
  for (let next = iterator.next(); next; next = iterator.next()) {
    const wall = Date.UTC(next.year, next.month - 1, next.day, next.hour, next.minute, next.second);
    if (wall > to) break;
    found.push(wall);
  }
  return found;
}

test("ical.js makes the same days of a rule", () => {
  fc.assert(
    fc.property(hours, rule, (start, text) => {
      const to = start + 800 * DAY;
      // ical.js takes the first of the first month for its last there.
      const from = text.includes("BYSETPOS") ? start + 31 * DAY : start;
      const ours = occurrences(readRule(text), start, from, to).filter((wall) => wall > from);
      const theirs = secondOpinion(text, start, to).filter((wall) => wall > from);
      assert.deepEqual(ours.map(compact), theirs.map(compact), `${text} from ${compact(start)}`);
    }),
    { seed, numRuns: 150 },
  );
});
