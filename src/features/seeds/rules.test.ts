import assert from "node:assert/strict";
import { test } from "node:test";
import { asksAgain, daysSince, inOrder, lineFor, type Saying, saidOn, stateOf, toRevisit, waitsIn } from "./rules/seeds.ts";
import type { SeedState } from "./schema.ts";

// prettier-ignore
const SILENCE: readonly (readonly [SeedState, number | null, boolean])[] = [
  ["planted", 0, false], ["planted", 44, false], ["planted", 45, true], ["planted", 46, true],
  ["revisited", 44, false], ["revisited", 45, true], ["revisited", 400, true],
  ["opening", 44, false], ["opening", 45, true], ["opening", 46, true],
  ["unsaid", null, true],
  ["yes", 46, false], ["no", 46, false], ["resting", 46, false], ["resting", null, false],
];

for (const [state, since, asks] of SILENCE)
  test(`a seed that is ${state}, ${since ?? "never"} days after a word of it, ${asks ? "asks again" : "asks for nothing"} (S39)`, () =>
    assert.equal(asksAgain(state, since), asks));

// prettier-ignore
const DAYS = [
  ["2026-03-12", "2026-03-12", 0], ["2026-03-12", "2026-03-13", 1],
  ["2026-03-12", "2026-04-25", 44], ["2026-03-12", "2026-04-26", 45], ["2026-03-12", "2026-04-27", 46],
  // Over the change of the hour and of the year: calendar days, not spans of 24 hours.
  ["2025-12-31", "2026-02-14", 45], ["2026-03-28", "2026-03-30", 2],
  ["2026-03-14", "2026-03-12", 0],
] as const;

for (const [on, today, days] of DAYS)
  test(`from ${on} to ${today} are ${days} days (S39)`, () => assert.equal(daysSince(on, Temporal.PlainDate.from(today)), days));

test("days since are unknown of what was never said", () =>
  assert.equal(daysSince(null, Temporal.PlainDate.from("2026-03-12")), null));

const fresh = { opened_on: null, outcome: null, rested_on: null };
// prettier-ignore
const STATES = [
  [fresh, 0, "unsaid"], [fresh, 1, "planted"], [fresh, 2, "revisited"], [fresh, 5, "revisited"],
  [{ ...fresh, opened_on: "2026-03-12" }, 0, "opening"], [{ ...fresh, opened_on: "2026-03-12" }, 3, "opening"],
  [{ ...fresh, opened_on: "2026-03-12", rested_on: "2026-03-13" }, 3, "resting"],
  [{ ...fresh, opened_on: "2026-03-12", outcome: "yes" as const }, 3, "yes"],
  [{ ...fresh, rested_on: "2026-03-13", outcome: "no" as const }, 3, "no"],
] as const;

for (const [turns, times, state] of STATES)
  test(`said ${times} times, ${JSON.stringify(turns)}: ${state} (S39)`, () => assert.equal(stateOf(turns, times), state));

const SAYING: Saying = {
  said_on: null,
  line_meeting_id: "meeting",
  prepared_at: "2026-03-11T08:00:00.000Z",
  removed_at: null,
  held_at: null,
  starts_at: "2026-03-12T23:30:00.000Z",
  zone: "Europe/Berlin",
  sent_at: null,
};

const SENT = "2026-03-11T09:00:00.000Z";
// prettier-ignore
const HEARD: readonly (readonly [string, Partial<Saying>, string | null])[] = [
  ["a private draft", { prepared_at: null, held_at: SENT }, null],
  ["on an agenda that was not sent", {}, null],
  ["on an agenda that was sent", { sent_at: SENT }, "2026-03-11"],
  ["sent, and taken out after it", { sent_at: SENT, removed_at: "2026-03-11T10:00:00.000Z" }, "2026-03-11"],
  ["taken out before the agenda was sent", { sent_at: SENT, removed_at: "2026-03-11T08:30:00.000Z" }, null],
  ["in a talk that was held, on the day it was there", { held_at: "2026-03-13T00:00:00.000Z" }, "2026-03-13"],
  ["taken out before a talk that was held", { held_at: "2026-03-13T00:00:00.000Z", removed_at: SENT }, null],
  ["noted by hand, which counts first", { said_on: "2026-03-10", sent_at: SENT }, "2026-03-10"],
];

for (const [what, facts, on] of HEARD)
  test(`a mention ${what}: ${on ?? "not said"} (S39)`, () => assert.equal(saidOn([{ ...SAYING, ...facts }]), on));

test("a line that came over was last said where it was last heard (S39)", () => {
  const second = { ...SAYING, line_meeting_id: "later", sent_at: "2026-03-18T09:00:00.000Z" };
  assert.equal(saidOn([{ ...SAYING, sent_at: SENT }, second]), "2026-03-18");
});

test("a line waits in a coming meeting until it is heard, taken out or over (S39)", () => {
  const before = "2026-03-12T00:00:00.000Z";
  assert.equal(waitsIn([SAYING], before), "meeting");
  assert.equal(waitsIn([{ ...SAYING, prepared_at: null }], before), "meeting", "as a draft too");
  assert.equal(waitsIn([{ ...SAYING, removed_at: SENT }], before), null);
  assert.equal(waitsIn([{ ...SAYING, sent_at: SENT }], before), null);
  assert.equal(waitsIn([SAYING], "2026-03-13T00:00:00.000Z"), null);
});

test("the line is the owner's own words, with the day they were first said (S39)", () => {
  const wish = { text: "I would like to lead a project next year.", opening: "", plantedOn: null };
  assert.equal(lineFor(wish), wish.text);
  assert.equal(
    lineFor({ ...wish, plantedOn: "2026-03-03" }),
    "On Tuesday 3 March 2026 I said: “I would like to lead a project next year.” It still holds. What would bring it closer?",
  );
  assert.equal(
    lineFor({ ...wish, plantedOn: "2026-03-03", opening: "The spring release\nneeds a lead." }),
    "On Tuesday 3 March 2026 I said: “I would like to lead a project next year.” Since then this opened: “The spring release needs a lead.” What is the next step?",
  );
});

test("one seed is proposed: never said first, then the longest silence, none that waits in a preparation (S39)", () => {
  const seed = (id: string, since: number | null, waits: string | null = null, asks = true) => ({
    id,
    daysSince: since,
    waitsIn: waits,
    asksAgain: asks,
  });
  const seeds = [seed("a", 46), seed("b", 90), seed("c", null), seed("d", 3, null, false)];
  assert.deepEqual(
    inOrder(seeds).map((one) => one.id),
    ["c", "b", "a", "d"],
  );
  assert.equal(toRevisit(seeds)?.id, "c");
  assert.equal(toRevisit([seed("a", 46), seed("b", 90, "meeting")])?.id, "a");
  assert.equal(toRevisit([seed("d", 3, null, false)]), undefined);
});
