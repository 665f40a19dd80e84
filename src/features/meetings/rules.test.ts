import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { clockNote, startInstant } from "./rules/clock.ts";
import { hasGrowthBlock, recordLine } from "./rules/meeting.ts";
import { replan } from "./rules/replan.ts";
import { firstDayProblem, firstOccurrenceAfter, occurrences, ruleOn, takesOverOn } from "./rules/rhythm.ts";
import type { MeetingTable, SeriesPause, SeriesRule } from "./schema.ts";

function rule(firstOn: string, changes: Partial<SeriesRule> = {}): SeriesRule {
  return { fromOn: firstOn, firstOn, time: "10:00", zone: "Europe/Berlin", minutes: 30, everyWeeks: 1, ...changes };
}

function days(rules: SeriesRule[], from: string, to: string, rest: { pauses?: SeriesPause[]; endedOn?: string } = {}): string[] {
  return occurrences({ rules, pauses: rest.pauses ?? [], endedOn: rest.endedOn ?? null }, from, to).map((one) => one.plannedOn);
}

test("a series meets on the weekday of its first day, every one to four weeks, across the end of a year", () => {
  assert.deepEqual(days([rule("2026-12-22")], "2026-12-01", "2027-01-12"), [
    "2026-12-22",
    "2026-12-29",
    "2027-01-05",
    "2027-01-12",
  ]);
  assert.deepEqual(days([rule("2026-12-22", { everyWeeks: 2 })], "2026-12-01", "2027-01-19"), [
    "2026-12-22",
    "2027-01-05",
    "2027-01-19",
  ]);
  assert.deepEqual(days([rule("2026-12-22", { everyWeeks: 4 })], "2026-12-23", "2027-02-28"), ["2027-01-19", "2027-02-16"]);
});

test("a rhythm that began long ago keeps its count", () => {
  assert.deepEqual(days([rule("2025-03-04", { everyWeeks: 3 })], "2026-03-01", "2026-03-31"), ["2026-03-17"]);
});

test("a new rule replaces the old one from its day on", () => {
  const rules = [rule("2026-03-03"), rule("2026-03-19", { fromOn: "2026-03-16", everyWeeks: 2 })];
  assert.deepEqual(days(rules, "2026-03-01", "2026-04-10"), ["2026-03-03", "2026-03-10", "2026-03-19", "2026-04-02"]);
  assert.equal(ruleOn(rules, "2026-03-15")?.everyWeeks, 1);
  assert.equal(ruleOn(rules, "2026-03-16")?.everyWeeks, 2);
  assert.equal(ruleOn(rules, "2020-01-01")?.everyWeeks, 1, "before the first rule the first one answers");
});

test("pauses and the end leave days out", () => {
  const pauses = [{ fromOn: "2026-03-10", untilOn: "2026-03-17" }];
  assert.deepEqual(days([rule("2026-03-03")], "2026-03-01", "2026-03-31", { pauses }), [
    "2026-03-03",
    "2026-03-24",
    "2026-03-31",
  ]);
  assert.deepEqual(
    days([rule("2026-03-03")], "2026-03-01", "2026-03-31", { pauses: [{ fromOn: "2026-03-10", untilOn: null }] }),
    ["2026-03-03"],
  );
  assert.deepEqual(days([rule("2026-03-03")], "2026-03-01", "2026-03-31", { endedOn: "2026-03-10" }), [
    "2026-03-03",
    "2026-03-10",
  ]);
});

test("a changed rhythm takes over from the Monday of its first week, or from the meeting that it begins with", () => {
  assert.equal(takesOverOn("2026-03-19"), "2026-03-16");
  assert.equal(takesOverOn("2026-03-19", "2026-03-10"), "2026-03-10");
  assert.equal(takesOverOn("2026-03-16"), "2026-03-16");
});

const instants: [title: string, localStart: string, zone: string, instant: string][] = [
  ["Berlin in winter", "2026-03-27T10:00", "Europe/Berlin", "2026-03-27T09:00:00Z"],
  ["Berlin after the clocks went forward", "2026-03-30T10:00", "Europe/Berlin", "2026-03-30T08:00:00Z"],
  ["the hour Berlin skips becomes later", "2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30:00Z"],
  ["the hour Berlin has twice is the first one", "2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00Z"],
  ["the hour New York skips", "2026-03-08T02:30", "America/New_York", "2026-03-08T07:30:00Z"],
  ["the hour New York has twice", "2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00Z"],
  ["Sydney skips in October", "2026-10-04T02:30", "Australia/Sydney", "2026-10-03T16:30:00Z"],
  ["Sydney repeats in April", "2026-04-05T02:30", "Australia/Sydney", "2026-04-04T15:30:00Z"],
  ["Santiago skips its midnight in September", "2026-09-06T00:30", "America/Santiago", "2026-09-06T04:30:00Z"],
  ["Santiago repeats in April", "2026-04-04T23:30", "America/Santiago", "2026-04-05T02:30:00Z"],
  ["Lord Howe skips half an hour", "2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:45:00Z"],
  ["Lord Howe repeats half an hour", "2026-04-05T01:45", "Australia/Lord_Howe", "2026-04-04T14:45:00Z"],
  ["Kathmandu is three quarters off", "2026-03-03T09:00", "Asia/Kathmandu", "2026-03-03T03:15:00Z"],
];

for (const [title, localStart, zone, instant] of instants) {
  test(`the instant of a meeting: ${title}`, () => assert.equal(startInstant(localStart, zone).toString(), instant));
}

test("a meeting in the hour that the clocks skip or repeat carries a note, any other none", () => {
  assert.match(clockNote("2026-03-29T02:30", "Europe/Berlin") ?? "", /skip 02:30\. The meeting starts at 03:30/u);
  assert.match(clockNote("2026-10-04T02:15", "Australia/Lord_Howe") ?? "", /skip 02:15\. The meeting starts at 02:45/u);
  assert.match(clockNote("2026-10-25T02:30", "Europe/Berlin") ?? "", /02:30 comes twice/u);
  assert.equal(clockNote("2026-03-29T10:00", "Europe/Berlin"), null);
});

test("the first day of a series may lie a year off, not more", () => {
  assert.equal(firstDayProblem("2027-03-01", "2026-03-02"), null);
  assert.match(firstDayProblem("2062-03-10", "2026-03-02") ?? "", /more than a year away/u);
  assert.match(firstDayProblem("0206-03-10", "2026-03-02") ?? "", /more than a year ago/u);
});

test("the next manager begins with the next day of the rhythm", () => {
  assert.equal(firstOccurrenceAfter([rule("2026-03-03", { everyWeeks: 2 })], "2026-03-17"), "2026-03-31");
  assert.equal(firstOccurrenceAfter([rule("2026-08-04")], "2026-03-17"), "2026-08-04");
});

test("every other meeting has a growth block, the second first (S37)", () => {
  assert.deepEqual([0, 1, 2, 3].map(hasGrowthBlock), [false, true, false, true]);
});

function row(plannedOn: string, changes: Partial<MeetingTable> = {}): MeetingTable {
  const local_start = `${plannedOn}T10:00`;
  const dates = {
    used_at: null,
    moved_at: null,
    cancelled_at: null,
    cancel_reason: null,
    held_at: null,
    not_held_at: null,
    calendar_key: null,
    hour_doubted_at: null,
    created_at: "",
    updated_at: "",
  };
  const starts_at = startInstant(local_start, "Europe/Berlin").toString();
  return {
    owner_id: "o",
    id: plannedOn,
    series_id: "s",
    person_id: "p",
    planned_on: plannedOn,
    local_start,
    zone: "Europe/Berlin",
    minutes: 30,
    starts_at,
    ...dates,
    ...changes,
  };
}

const AT = "2026-03-01T00:00:00.000Z";
const wednesdays = occurrences({ rules: [rule("2026-03-11")], pauses: [], endedOn: null }, "2026-03-09", "2026-03-31");

test("untouched meetings are replaced when the weekday changes", () => {
  const plan = replan([row("2026-03-10"), row("2026-03-17"), row("2026-03-24")], wednesdays);
  assert.deepEqual(plan.remove, ["2026-03-10", "2026-03-17", "2026-03-24"]);
  assert.deepEqual(
    plan.add.map((one) => one.plannedOn),
    ["2026-03-11", "2026-03-18", "2026-03-25"],
  );
});

test("a prepared meeting goes along with its series, a moved one keeps its hour, and no week gets two", () => {
  const rows = [
    row("2026-03-10", { used_at: AT }),
    row("2026-03-17", { moved_at: AT, local_start: "2026-03-19T15:00" }),
    row("2026-03-24", { cancelled_at: AT }),
  ];
  const plan = replan(rows, wednesdays);
  assert.deepEqual(
    plan.change.map((one) => [one.id, one.occurrence.plannedOn, one.keepsHour]),
    [
      ["2026-03-10", "2026-03-11", false],
      ["2026-03-17", "2026-03-18", true],
      ["2026-03-24", "2026-03-25", false],
    ],
  );
  assert.deepEqual([plan.add, plan.remove, plan.orphans], [[], [], []]);
});

test("a prepared meeting whose week is left out is kept and named", () => {
  const plan = replan([row("2026-03-10"), row("2026-03-17", { used_at: AT })], []);
  assert.deepEqual([plan.remove, plan.orphans], [["2026-03-10"], ["2026-03-17"]]);
});

test("the record keeps held, cancelled and moved meetings, and nothing of one that stands as planned", () => {
  assert.equal(recordLine(row("2026-03-10"), "Max"), undefined);
  assert.equal(recordLine(row("2026-03-10", { held_at: AT }), "Max")?.text, "1:1 with Max");
  assert.match(
    recordLine(row("2026-03-10", { cancelled_at: AT, cancel_reason: "holiday" }), "Max")?.text ?? "",
    /skipped for days off/u,
  );
  assert.equal(
    recordLine(row("2026-03-10", { moved_at: AT, local_start: "2026-03-12T14:00" }), "Max")?.text,
    "The 1:1 with Max planned for Tue 10 Mar 2026 was moved to Thu 12 Mar 2026, 14:00",
  );
});

const zones = [
  "Europe/Berlin",
  "America/New_York",
  "Australia/Sydney",
  "America/Santiago",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Africa/Casablanca",
];
const dayFrom = (start: string, offset: number): string => Temporal.PlainDate.from(start).add({ days: offset }).toString();
const anyRule = fc.record({
  offset: fc.integer({ min: 0, max: 700 }),
  hour: fc.integer({ min: 0, max: 23 }),
  minute: fc.integer({ min: 0, max: 59 }),
  zone: fc.constantFrom(...zones),
  everyWeeks: fc.integer({ min: 1, max: 4 }),
  lead: fc.integer({ min: 0, max: 6 }),
});

function ruleFrom(seed: {
  offset: number;
  hour: number;
  minute: number;
  zone: string;
  everyWeeks: number;
  lead: number;
}): SeriesRule {
  const two = (value: number): string => String(value).padStart(2, "0");
  const firstOn = dayFrom("2025-01-01", seed.offset);
  return rule(firstOn, {
    fromOn: dayFrom(firstOn, -seed.lead),
    time: `${two(seed.hour)}:${two(seed.minute)}`,
    zone: seed.zone,
    everyWeeks: seed.everyWeeks,
  });
}

test("any series keeps its local time and its interval in calendar days", () => {
  fc.assert(
    fc.property(anyRule, (seed) => {
      const one = ruleFrom(seed);
      const found = occurrences({ rules: [one], pauses: [], endedOn: null }, one.fromOn, dayFrom(one.firstOn, 400));
      for (const [index, each] of found.entries()) {
        assert.equal(each.plannedOn, dayFrom(one.firstOn, index * 7 * one.everyWeeks));
        assert.equal(each.localStart, `${each.plannedOn}T${one.time}`);
        const shown = startInstant(each.localStart, one.zone)
          .toZonedDateTimeISO(one.zone)
          .toPlainDateTime()
          .toString({ smallestUnit: "minute" });
        if (clockNote(each.localStart, one.zone) === null) assert.equal(shown, each.localStart);
        else assert.ok(shown >= each.localStart, "a skipped time only ever becomes later");
      }
    }),
  );
});

test("any changes of the rules leave the days sorted, never two on one day, inside the span asked for", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyRule, { minLength: 1, maxLength: 5, selector: (seed) => seed.offset - seed.lead }),
      fc.integer({ min: 0, max: 500 }),
      (seeds, start) => {
        const [from, to] = [dayFrom("2025-01-01", start), dayFrom("2025-01-01", start + 300)];
        const found = days(seeds.map(ruleFrom), from, to);
        assert.deepEqual(found, [...new Set(found)].toSorted());
        assert.ok(found.every((on) => on >= from && on <= to));
      },
    ),
  );
});

test("any change of rhythm keeps what was touched and gives no day two meetings", () => {
  const touched = fc.constantFrom<Partial<MeetingTable>>({}, { used_at: AT }, { moved_at: AT }, { cancelled_at: AT });
  fc.assert(
    fc.property(anyRule, anyRule, fc.array(touched, { minLength: 27, maxLength: 27 }), (oldSeed, newSeed, marks) => {
      const [from, to] = ["2027-01-01", "2027-07-01"];
      const rhythm = (seed: typeof oldSeed) => occurrences({ rules: [ruleFrom(seed)], pauses: [], endedOn: null }, from, to);
      const rows = rhythm(oldSeed).map((one, index) => row(one.plannedOn, marks[index]));
      const wanted = rhythm(newSeed);
      const plan = replan(rows, wanted);
      const standsFor = new Map(plan.change.map((one) => [one.id, one.occurrence.plannedOn]));
      const kept = rows.filter((one) => !plan.remove.includes(one.id));
      const after = [...kept.map((one) => standsFor.get(one.id) ?? one.planned_on), ...plan.add.map((one) => one.plannedOn)];
      assert.equal(new Set(after).size, after.length);
      for (const one of rows) if (one.used_at || one.moved_at || one.cancelled_at) assert.ok(!plan.remove.includes(one.id));
      for (const one of wanted) assert.ok(after.includes(one.plannedOn), "every day of the new rhythm has its meeting");
    }),
  );
});
