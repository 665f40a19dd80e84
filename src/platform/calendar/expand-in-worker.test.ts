import assert from "node:assert/strict";
import { test } from "node:test";
import { busyCalendar } from "../../../bench/calendar/busy-calendar.ts";
import { AppError } from "../../lib/errors.ts";
import { calendar, event } from "./data/case-text.ts";
import { expandCalendar } from "./expand.ts";
import { expandInWorker, LONGEST_CALENDAR } from "./expand-in-worker.ts";

const window = { from: Temporal.Instant.from("2026-03-01T00:00:00Z"), to: Temporal.Instant.from("2026-05-01T00:00:00Z") };
/** The tests of other files run beside this one. */
const patient = { deadlineMs: 30_000 };
const start = "DTSTART;TZID=Europe/Berlin:20200302T100000";

const many = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => one(index)).join("\r\n");
const numbers = (from: number, to: number): string => Array.from({ length: to - from + 1 }, (_, index) => from + index).join(",");
const dayAfter = (index: number): string =>
  new Date(Date.UTC(2020, 0, 1) + index * 86_400_000).toISOString().slice(0, 10).replaceAll("-", "");

function override(index: number, range = ""): string {
  return event(
    `RECURRENCE-ID${range};TZID=Europe/Berlin:${dayAfter(index)}T100000`,
    "DTSTART:20260315T100000Z",
    "DURATION:PT30M",
  );
}

const allDates = `BYMONTH=${numbers(1, 12)};BYMONTHDAY=${numbers(1, 31)};BYHOUR=${numbers(0, 23)}`;

/** What somebody may put behind an address to make the program hang. */
const hostile: Record<string, () => string> = {
  "a rule for every second": () => calendar(event(start, "RRULE:FREQ=SECONDLY")),
  "20,000 rules for every second": () => calendar(many(20_000, () => event(start, "RRULE:FREQ=SECONDLY"))),
  "every hour of every day, listed": () =>
    calendar(many(500, (index) => event(start, `RRULE:FREQ=YEARLY;${allDates}`).replace("UID:a", `UID:${index}`))),
  "a list of a million seconds": () => calendar(event(start, `RRULE:FREQ=DAILY;BYSECOND=${"1,".repeat(1_000_000)}1`)),
  "days that never come": () =>
    calendar(many(500, (index) => event(start, `RRULE:FREQ=DAILY;BYSETPOS=300;COUNT=${index + 5};BYDAY=MO`))),
  "a billion times": () => calendar(many(50, () => event(start, "RRULE:FREQ=DAILY;COUNT=1000000000;BYDAY=MO,TU;BYSETPOS=1"))),
  "100,000 exceptions": () => calendar(event(start, "RRULE:FREQ=DAILY"), many(100_000, override)),
  "20,000 times this and following": () =>
    calendar(
      event(start, "RRULE:FREQ=DAILY"),
      many(20_000, (index) => override(index, ";RANGE=THISANDFUTURE")),
    ),
  "a million dates": () => calendar(event(start, `EXDATE:${"20200302T100000Z,".repeat(1_000_000)}`)),
  "a component in a component, a million deep": () => `BEGIN:VCALENDAR\r\n${"BEGIN:A\r\n".repeat(1_000_000)}`,
  "one line of 19 million characters": () => calendar(event(start, `DESCRIPTION:${"x".repeat(19_000_000)}`)),
  "one line of 4 million folds": () => calendar(event(start, `DESCRIPTION:${"x\r\n ".repeat(4_000_000)}`)),
  "4 million quotes that are never closed": () => calendar(event(start, `ATTENDEE${';A="'.repeat(4_000_000)}:x`)),
  "50,000 zones that nobody knows": () => calendar(many(50_000, (index) => event(`DTSTART;TZID=Z${index}:20260302T100000`))),
  "50 MB": () => "x".repeat(50_000_000),
};

for (const [title, text] of Object.entries(hostile)) {
  test(`a hostile calendar ends in words or in an answer, and blocks nothing: ${title}`, async () => {
    const whole = text();
    let longestMs = 0;
    let last = performance.now();
    const pulse = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - last);
      last = performance.now();
    }, 20);
    try {
      const { events, setAside } = await expandInWorker(whole, window);
      assert.ok(events.length <= 100_000 && setAside.length <= 1_000);
    } catch (error) {
      assert.ok(error instanceof AppError, String(error));
      assert.match(error.message, /nothing was read from it|Choose a shorter one/u);
    } finally {
      clearInterval(pulse);
    }
    // Generous for the same reason; what these texts ask for takes many seconds.
    assert.ok(longestMs < 1_000, `this thread stood still for ${Math.round(longestMs)} ms`);
  });
}

test("a thread of its own gives the answer that this one gives, also for several at once", async () => {
  const texts = [busyCalendar(50, 100), busyCalendar(60, 50), busyCalendar(70, 0), calendar(event(start))];
  const answers = await Promise.all(texts.map((text) => expandInWorker(text, { ...window, zone: "Asia/Tokyo" }, patient)));
  assert.deepEqual(
    answers,
    texts.map((text) => expandCalendar(text, { ...window, zone: "Asia/Tokyo" })),
  );
});

test("a deadline that is too short is said, and the next calendar is not the worse for it", async () => {
  const text = busyCalendar(2_000, 100);
  await assert.rejects(expandInWorker(text, window, { deadlineMs: 20 }), { code: "unavailable", message: /within 0 seconds/u });
  assert.equal((await expandInWorker(calendar(event("DTSTART:20260302T100000Z")), window, patient)).events.length, 1);
});

test("what is too large is refused before a thread is started", async () => {
  await assert.rejects(expandInWorker("x".repeat(LONGEST_CALENDAR + 1), window), {
    code: "invalid",
    message: /larger than 20 MB/u,
  });
});
