import assert from "node:assert/strict";
import { test } from "node:test";
import { type Hours, isQuiet, lastChanceBefore, nextAllowed } from "./rules/hours.ts";
import { type ApprovedAgenda, type MeetingFacts, momentsOf } from "./rules/moments.ts";
import { hasAlready, sequenceOf } from "./rules/feed.ts";
import { growthTurns } from "./rules/growth.ts";
import type { HappeningRow } from "./store/moments.ts";

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const time = (text: string): Temporal.PlainTime => Temporal.PlainTime.from(text);

interface Said {
  readonly zone?: string;
  readonly prepare?: string;
  readonly quiet?: readonly [string, string];
  readonly days?: readonly number[];
}

function hoursFor({
  zone = "Europe/Berlin",
  prepare = "16:00",
  quiet = ["20:00", "08:00"],
  days = [1, 2, 3, 4, 5],
}: Said = {}): Hours {
  const [from, until] = quiet;
  return { zone, prepareTime: time(prepare), quietFrom: time(from), quietUntil: time(until), weekdays: new Set(days) };
}

test("quiet hours begin with their first minute and end before their last", () => {
  const cases: readonly (readonly [string, readonly [string, string], boolean])[] = [
    ["20:00", ["20:00", "08:00"], true],
    ["19:59", ["20:00", "08:00"], false],
    ["07:59", ["20:00", "08:00"], true],
    ["08:00", ["20:00", "08:00"], false],
    ["00:00", ["00:00", "06:00"], true],
    ["12:30", ["12:00", "13:00"], true],
    ["13:00", ["12:00", "13:00"], false],
    ["03:00", ["08:00", "08:00"], false],
    ["08:00", ["08:00", "08:00"], false],
  ];
  for (const [now, quiet, expected] of cases)
    assert.equal(isQuiet(time(now), hoursFor({ quiet })), expected, `${now} ${quiet.join("-")}`);
});

test("preparing stands at the preferred hour of the latest business day from which it ends before the deadline", () => {
  const cases: readonly (readonly [string, string, Said, string])[] = [
    ["the day before", "2026-03-11T09:00:00Z", {}, "2026-03-10T15:00:00Z"],
    ["the same day when it ends at the deadline", "2026-03-11T15:15:00Z", {}, "2026-03-11T15:00:00Z"],
    ["a minute too late is too late", "2026-03-11T15:14:00Z", {}, "2026-03-10T15:00:00Z"],
    ["over a weekend to Friday", "2026-03-08T09:00:00Z", {}, "2026-03-06T15:00:00Z"],
    ["to the only day of the week", "2026-03-11T09:00:00Z", { days: [4] }, "2026-03-05T15:00:00Z"],
    ["Sunday to Thursday", "2026-03-08T09:00:00Z", { days: [7, 1, 2, 3, 4] }, "2026-03-05T15:00:00Z"],
    ["summer time has begun in between", "2026-03-30T07:00:00Z", {}, "2026-03-27T15:00:00Z"],
    ["in summer time", "2026-04-01T07:00:00Z", {}, "2026-03-31T14:00:00Z"],
    ["in the winter again", "2026-10-26T09:00:00Z", {}, "2026-10-23T14:00:00Z"],
    ["in the owner's zone", "2026-03-11T09:00:00Z", { zone: "America/New_York" }, "2026-03-10T20:00:00Z"],
    ["far in the east", "2026-03-11T09:00:00Z", { zone: "Pacific/Kiritimati" }, "2026-03-11T02:00:00Z"],
    ["a quiet evening hour moves to before the quiet", "2026-03-11T09:00:00Z", { prepare: "21:00" }, "2026-03-10T18:45:00Z"],
    ["a quiet morning hour moves to the evening before", "2026-03-11T09:00:00Z", { prepare: "06:00" }, "2026-03-10T18:45:00Z"],
    ["a morning on Monday moves to Friday evening", "2026-03-09T09:00:00Z", { prepare: "06:00" }, "2026-03-06T18:45:00Z"],
    ["quiet from midnight", "2026-03-11T09:00:00Z", { prepare: "05:00", quiet: ["00:00", "06:00"] }, "2026-03-10T22:45:00Z"],
    [
      "an hour that summer time skips",
      "2026-03-29T20:00:00Z",
      { prepare: "02:30", quiet: ["22:00", "22:00"], days: [7] },
      "2026-03-29T01:30:00Z",
    ],
  ];
  for (const [title, deadline, said, expected] of cases)
    assert.equal(lastChanceBefore(at(deadline), hoursFor(said))?.toString(), expected, title);
});

test("a reminder after the fact waits for the end of the quiet and for a business day", () => {
  const cases: readonly (readonly [string, string, Said, string])[] = [
    ["by day it comes at once", "2026-03-12T09:30:00Z", {}, "2026-03-12T09:30:00Z"],
    ["in the evening the next morning", "2026-03-12T19:30:00Z", {}, "2026-03-13T07:00:00Z"],
    ["at night the same morning", "2026-03-12T02:00:00Z", {}, "2026-03-12T07:00:00Z"],
    ["on Friday evening on Monday", "2026-03-13T19:30:00Z", {}, "2026-03-16T07:00:00Z"],
    ["on Saturday on Monday", "2026-03-14T12:00:00Z", {}, "2026-03-16T07:00:00Z"],
    [
      "without quiet hours on a day off at midnight",
      "2026-03-14T12:00:00Z",
      { quiet: ["08:00", "08:00"] },
      "2026-03-15T23:00:00Z",
    ],
    ["over the change to summer time", "2026-03-27T20:00:00Z", {}, "2026-03-30T06:00:00Z"],
    ["over the change to winter time", "2026-10-23T20:00:00Z", {}, "2026-10-26T07:00:00Z"],
    ["quiet by day", "2026-03-12T09:00:00Z", { quiet: ["08:00", "17:00"] }, "2026-03-12T16:00:00Z"],
    ["once a week", "2026-03-12T19:30:00Z", { days: [4] }, "2026-03-19T07:00:00Z"],
  ];
  for (const [title, from, said, expected] of cases)
    assert.equal(nextAllowed(at(from), hoursFor(said)).toString(), expected, title);
});

const meeting: MeetingFacts = {
  id: "m1",
  personName: "Max Berger",
  state: "planned",
  startsAt: at("2026-03-12T09:00:00Z"),
  endsAt: at("2026-03-12T09:30:00Z"),
  plannedSendAt: at("2026-03-11T09:00:00Z"),
  agenda: undefined,
  hasGrowthBlock: false,
  isRecapDone: false,
  changedAt: at("2026-03-02T08:00:00Z"),
};

const agenda: ApprovedAgenda = { way: "smtp", sendAt: at("2026-03-11T09:00:00Z"), sentAt: undefined, isStuck: false };

test("a meeting has these moments", () => {
  const prepare = "2026-03-10T15:00:00Z Prepare the 1:1 with Max Berger";
  const recap = "2026-03-12T09:30:00Z Recap of the 1:1 with Max Berger";
  const send = (words: string): string => `2026-03-11T09:00:00Z ${words}`;
  const cases: readonly (readonly [string, Partial<MeetingFacts>, readonly string[]])[] = [
    ["nothing is approved", {}, [prepare, send("The agenda for Max Berger is due"), recap]],
    ["approved for SMTP", { agenda }, [send("The agenda goes out to Max Berger"), recap]],
    ["approved to be sent by hand", { agenda: { ...agenda, way: "copy" } }, [send("Send the agenda to Max Berger"), recap]],
    ["approved as a draft", { agenda: { ...agenda, way: "draft" } }, [send("Send the agenda to Max Berger"), recap]],
    ["failed", { agenda: { ...agenda, isStuck: true } }, [send("The agenda for Max Berger waits for you"), recap]],
    [
      "sent",
      { agenda: { ...agenda, sentAt: at("2026-03-11T09:00:03Z") } },
      ["2026-03-11T09:00:03Z The agenda went out to Max Berger", recap],
    ],
    [
      "with a growth block, held, recap done",
      { hasGrowthBlock: true, state: "held", isRecapDone: true },
      ["2026-03-12T09:20:00Z Ten minutes for growth with Max Berger"],
    ],
    ["held", { state: "held" }, [recap]],
    ["not held", { state: "not_held", hasGrowthBlock: true }, []],
    ["cancelled", { state: "cancelled", hasGrowthBlock: true }, []],
    [
      "a name with a line break",
      { state: "held", personName: "Max\r\nBEGIN:VEVENT" },
      ["2026-03-12T09:30:00Z Recap of the 1:1 with Max BEGIN:VEVENT"],
    ],
  ];
  for (const [title, facts, expected] of cases) {
    const found = momentsOf({ ...meeting, ...facts }, hoursFor());
    assert.deepEqual(
      found.map(({ startsAt, summary }) => `${startsAt.toString()} ${summary}`),
      expected,
      title,
    );
  }
});

test("the spans are fifteen, five and ten minutes, and growth ends with its meeting", () => {
  const found = momentsOf({ ...meeting, hasGrowthBlock: true }, hoursFor());
  const lengths = found.map(({ kind, startsAt, endsAt }) => [kind, startsAt.until(endsAt).total("minutes")]);
  assert.deepEqual(Object.fromEntries(lengths), { prepare: 15, send: 5, growth: 10, recap: 10 });
  const growth = found.find(({ kind }) => kind === "growth");
  assert.ok(growth?.endsAt.equals(meeting.endsAt));
});

test("growth has its turn in every other held meeting with a person (S37)", () => {
  const row = (id: string, person: string, happened: "held" | "planned" | "not_held" | "cancelled"): HappeningRow => ({
    id,
    person_id: person,
    starts_at: id,
    held_at: happened === "held" ? "x" : null,
    not_held_at: happened === "not_held" ? "x" : null,
    cancelled_at: happened === "cancelled" ? "x" : null,
    updated_at: `2026-0${id}`,
  });
  const turns = growthTurns(
    [
      row("1", "a", "held"),
      row("2", "b", "held"),
      row("3", "a", "not_held"),
      row("4", "a", "held"),
      row("5", "a", "cancelled"),
      row("6", "a", "planned"),
      row("7", "a", "planned"),
    ],
    (before) => before % 2 === 1,
  );
  assert.deepEqual(
    [...turns].map(([id, { hasBlock }]) => [id, hasBlock]),
    [
      ["1", false],
      ["2", false],
      ["3", true],
      ["4", true],
      ["5", false],
      ["6", false],
      ["7", true],
    ],
  );
  assert.equal(turns.get("7")?.changedAt, "2026-07");
});

test("a sequence grows with time and fits into 32 bits", () => {
  assert.ok(sequenceOf(at("2026-03-02T08:00:01Z")) > sequenceOf(at("2026-03-02T08:00:00Z")));
  assert.equal(sequenceOf(at("2019-01-01T00:00:00Z")), 0);
  assert.ok(sequenceOf(at("2088-01-01T00:00:00Z")) < 2 ** 31);
});

test("a reader that has this version is told so", () => {
  for (const known of ['"a"', 'W/"a"', '"b", "a"', "*"]) assert.ok(hasAlready(known, '"a"'), known);
  for (const other of [undefined, "", '"b"', "a"]) assert.ok(!hasAlready(other, '"a"'), String(other));
});
