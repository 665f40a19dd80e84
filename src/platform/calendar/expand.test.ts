import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { test } from "node:test";
import { calendarCases, expandCase, startsOf } from "../../../test/support/calendar-answers.ts";
import { calendar, event, halfAnHour } from "./data/case-text.ts";
import { expandCalendar } from "./expand.ts";
import { readCalendar } from "./read.ts";

const answers = fileURLToPath(new URL("../../../test/support/calendar-answers.ts", import.meta.url));
const spring = { from: Temporal.Instant.from("2026-03-01T00:00:00Z"), to: Temporal.Instant.from("2026-04-01T00:00:00Z") };

for (const one of calendarCases) {
  test(`calendar: ${one.title}`, () => {
    const expansion = expandCase(one);
    assert.deepEqual(startsOf(expansion), one.expected);
    const codes = expansion.warnings.map(({ code }) => code);
    if (one.warned) assert.deepEqual(codes, one.warned);
    else assert.deepEqual(codes, []);
  });
}

for (const zone of ["UTC", "America/New_York", "Pacific/Kiritimati", "Europe/Berlin"]) {
  test(`every case is the same on a host in ${zone}`, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [answers], { env: { ...process.env, TZ: zone } });
    assert.deepEqual(
      JSON.parse(stdout),
      calendarCases.map(({ expected }) => expected),
    );
  });
}

test("an instance keeps its key when it is moved, and what was taken out is named", () => {
  const text = calendar(
    event("DTSTART;TZID=Europe/Berlin:20260302T100000", halfAnHour, "RRULE:FREQ=WEEKLY", "EXDATE:20260309T090000Z"),
    event("RECURRENCE-ID:20260316T090000Z", "DTSTART:20260317T130000Z", halfAnHour, "STATUS:TENTATIVE"),
    event("RECURRENCE-ID:20260323T090000Z", "DTSTART:20260323T090000Z", "STATUS:CANCELLED"),
  );
  const { events, cancelled } = expandCalendar(text, spring);
  assert.deepEqual(
    events.map(({ key, start, end, status, zone, recurring }) => ({ key, start, end, status, zone, recurring })),
    [
      ["2026-03-02T09:00:00Z", "2026-03-02T10:00:00+01:00", "2026-03-02T10:30:00+01:00", "confirmed"],
      ["2026-03-16T09:00:00Z", "2026-03-17T14:00:00+01:00", "2026-03-17T14:30:00+01:00", "tentative"],
      ["2026-03-30T08:00:00Z", "2026-03-30T10:00:00+02:00", "2026-03-30T10:30:00+02:00", "confirmed"],
    ].map(([key, start, end, status]) => ({ key, start, end, status, zone: "Europe/Berlin", recurring: true })),
  );
  assert.deepEqual(
    cancelled.map(({ key }) => key),
    ["2026-03-09T09:00:00Z", "2026-03-23T09:00:00Z"],
  );
});

test("an event that does not repeat has one key, wherever it is moved", () => {
  const keys = ["20260302T100000", "20260305T100000"].map(
    (start) => expandCalendar(calendar(event(`DTSTART;TZID=Europe/Berlin:${start}`)), spring).events[0]?.key,
  );
  assert.deepEqual(keys, ["once", "once"]);
});

for (const [title, lines, end, minutes] of [
  [
    "by its end",
    ["DTSTART;TZID=Europe/Berlin:20260328T230000", "DTEND;TZID=Europe/Berlin:20260329T040000"],
    "2026-03-29T04:00:00+02:00",
    240,
  ],
  [
    "by its end in another zone",
    ["DTSTART;TZID=Europe/Berlin:20260302T100000", "DTEND:20260302T093000Z"],
    "2026-03-02T10:30:00+01:00",
    30,
  ],
  ["in days on the calendar", ["DTSTART;TZID=Europe/Berlin:20260328T100000", "DURATION:P1D"], "2026-03-29T10:00:00+02:00", 1380],
  [
    "in hours on the stop watch",
    ["DTSTART;TZID=Europe/Berlin:20260328T100000", "DURATION:PT24H"],
    "2026-03-29T11:00:00+02:00",
    1440,
  ],
  ["all day without an end", ["DTSTART;VALUE=DATE:20260302"], "2026-03-03", 1440],
  ["all day for three days", ["DTSTART;VALUE=DATE:20260302", "DTEND;VALUE=DATE:20260305"], "2026-03-05", 4320],
  ["nothing at all", ["DTSTART:20260302T100000Z"], "2026-03-02T10:00:00+00:00", 0],
  ["less than nothing", ["DTSTART:20260302T100000Z", "DTEND:20260302T090000Z"], "2026-03-02T10:00:00+00:00", 0],
] as const) {
  test(`how long an event is: ${title}`, () => {
    const [found] = expandCalendar(calendar(event(...lines)), spring).events;
    assert.deepEqual([found?.end, found?.minutes], [end, minutes]);
  });
}

test("people are read with their answers, and rooms are told from people", () => {
  const text = calendar(
    event(
      "DTSTART:20260302T100000Z",
      'ORGANIZER;CN="Berger, Max":mailto:max@example.org',
      "ATTENDEE;CN=Ana ^'A^' Silva;PARTSTAT=ACCEPTED:MAILTO:ana@example.org",
      "ATTENDEE;PARTSTAT=NEEDS-ACTION;EMAIL=eve@example.org:urn:uuid:1",
      "ATTENDEE;CUTYPE=ROOM;CN=Room 1:mailto:room1@example.org",
      "SUMMARY:1:1\\, Ana\\; Max\\nnext line",
      "DESCRIPTION:one\\ntwo",
    ),
  );
  const [found] = expandCalendar(text, spring).events;
  assert.equal(found?.summary, "1:1, Ana; Max next line");
  assert.equal(found?.description, "one\ntwo");
  assert.deepEqual(found?.organizer, { name: "Berger, Max", email: "max@example.org" });
  assert.deepEqual(found?.attendees, [
    { name: 'Ana "A" Silva', email: "ana@example.org", status: "accepted", isRoom: false },
    { name: "", email: "eve@example.org", status: "needs-action", isRoom: false },
    { name: "Room 1", email: "room1@example.org", status: "needs-action", isRoom: true },
  ]);
});

test("what is set aside is named with its line and the reason", () => {
  const text = calendar(event("DTSTART:20260302T100000Z", "RRULE:FREQ=SECONDLY", "SUMMARY:often"), event("SUMMARY:never"));
  assert.deepEqual(expandCalendar(text, spring).setAside, [
    { uid: "a", summary: "never", line: 11, why: "It was left out: it has no start." },
    { uid: "a", summary: "often", line: 4, why: "It was left out: it repeats secondly, more often than any meeting." },
  ]);
});

test("a window with more events than a person can have is refused in words", () => {
  const text = calendar(event("DTSTART:20000302T100000Z", "RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11"));
  const ages = { from: Temporal.Instant.from("2000-01-01T00:00:00Z"), to: Temporal.Instant.from("2040-01-01T00:00:00Z") };
  assert.throws(() => expandCalendar(text, ages), { code: "invalid", message: /Choose a shorter one/u });
});

test("a file with more events than a person can have is refused in words", () => {
  const text = calendar(...Array.from({ length: 50_001 }, () => event("DTSTART:20260302T100000Z")));
  assert.throws(() => expandCalendar(text, spring), { code: "invalid", message: /more than 50,000 events/u });
  assert.equal(readCalendar(text).isTooLarge, true);
});

test("neither a page nor nothing is taken for a calendar", () => {
  for (const text of ["", "<!doctype html><html><body>Sign in</body></html>", "BEGIN:VCARD\r\nEND:VCARD\r\n"])
    assert.equal(expandCalendar(text, spring).isCalendar, false);
  assert.equal(expandCalendar("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", spring).isCalendar, true);
});
