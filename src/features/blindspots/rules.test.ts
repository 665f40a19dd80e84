import assert from "node:assert/strict";
import { test } from "node:test";
import { energyTrends } from "./rules/energy.ts";
import { challengeAdvice, preferenceIn, troubleSentence } from "./rules/card.ts";
import { preferenceInWords } from "./rules/news.ts";
import { countsUntil, freshUntil, nextPrompt, statementKind, stateOf } from "./rules/prompts.ts";
import { askedAgainOn, isDue, proposalsFrom } from "./rules/waits.ts";
import type { CardEntry, Prompt, Wait } from "./schema.ts";

test("answers stay fresh for 14, 14, 60, 90 and 14 days (S16-S20)", () => {
  const until = (["proud", "energy", "skills", "direction", "obstacles"] as const).map((prompt) =>
    freshUntil(prompt, "2026-03-02"),
  );
  assert.deepEqual(until, ["2026-03-16", "2026-03-16", "2026-05-01", "2026-05-31", "2026-03-16"]);
});

const TODAY = "2026-03-31";
const fresh: Record<Prompt, string | null> = {
  proud: TODAY,
  energy: TODAY,
  skills: TODAY,
  direction: TODAY,
  obstacles: TODAY,
};

test("the light question is what was never answered, then the stalest, and never the same twice in a row (S16)", () => {
  const next = (answeredOn: Partial<Record<Prompt, string | null>>, askedBefore?: Prompt) =>
    nextPrompt({ answeredOn: { ...fresh, ...answeredOn }, today: TODAY, askedBefore });
  for (const [expected, answered, before] of [
    [undefined, {}, undefined],
    ["proud", { proud: null, energy: null }, undefined],
    ["energy", { proud: null, energy: null }, "proud"],
    ["direction", { proud: "2026-03-01", direction: null }, undefined],
    ["obstacles", { proud: "2026-03-10", obstacles: "2026-03-01" }, undefined],
    // 40 days of 14 are staler than 70 of 60.
    ["proud", { proud: "2026-02-19", skills: "2026-01-20" }, undefined],
    ["skills", { proud: "2026-02-19", skills: "2026-01-20" }, "proud"],
    [undefined, { proud: "2026-03-17" }, undefined],
    ["proud", { proud: "2026-03-16" }, undefined],
    [undefined, { proud: null }, "proud"],
  ] as const)
    assert.equal(next(answered, before), expected, JSON.stringify(answered));
});

test("told counts within its freshness, and untold never does (S21)", () => {
  assert.equal(countsUntil("proud", null, TODAY), null);
  assert.equal(countsUntil("proud", "2026-03-17", TODAY), "2026-03-31");
  assert.equal(countsUntil("proud", "2026-03-16", TODAY), null);
  assert.equal(countsUntil("direction", "2026-01-01", TODAY), "2026-04-01");
});

test("an answer is untold, prepared or told, and told beats prepared (S2)", () => {
  const told = { at: "2026-03-03T09:00:00.000Z", channel: "agenda", meetingId: null, deliveryId: null } as const;
  const preparedFor = { meetingId: "m", startsAt: "2026-03-10T09:00:00.000Z", zone: "UTC" };
  assert.equal(stateOf({ told: null, preparedFor: null }), "untold");
  assert.equal(stateOf({ told: null, preparedFor }), "prepared");
  assert.equal(stateOf({ told, preparedFor }), "told");
  assert.equal(statementKind("challenge", null), "stuckness");
  assert.equal(statementKind("direction", "now"), "readiness");
  assert.equal(statementKind("direction", "year"), "wish");
  assert.equal(statementKind("direction", null), "wish");
});

test("energy has a trend by project after three entries (S17)", () => {
  const entry = (on: string, energy: number, ...projects: string[]) => ({ on, energy, projects });
  const trends = energyTrends([
    entry("2026-03-20", 2, "Pilot"),
    entry("2026-03-01", -2, "Pilot"),
    entry("2026-03-10", 0, "pilot", "Stock"),
    entry("2026-03-11", -2, "Stock"),
    entry("2026-03-12", 1, "Report"),
    entry("2026-03-13", 1, "Report"),
    entry("2026-03-14", 1, "Report"),
    entry("2026-03-15", 2, "Late"),
    entry("2026-03-16", 1, "Late"),
    entry("2026-03-17", -1, "Late"),
    entry("2026-03-18", -1, "Late"),
  ]);
  assert.deepEqual(trends, [
    { project: "Stock", entries: 2, average: -1, last: -2, trend: null },
    { project: "Pilot", entries: 3, average: 0, last: 2, trend: "rising" },
    { project: "Late", entries: 4, average: 0.3, last: -1, trend: "falling" },
    { project: "Report", entries: 3, average: 1, last: 1, trend: "steady" },
  ]);
});

test("the four questions are asked at the start and each quarter (S1)", () => {
  assert.equal(isDue(undefined, TODAY), true);
  assert.equal(askedAgainOn({ checked_on: "2025-11-30" }), "2026-02-28");
  assert.equal(isDue({ checked_on: "2026-01-01" }, TODAY), false);
  assert.equal(isDue({ checked_on: "2025-12-31" }, TODAY), true);
});

test("each yes proposes one line until it is taken or put aside, and each line has a gap to fill (S1, S38)", () => {
  const row = (wait: Wait, answer: "yes" | "no", gone = {}) => ({
    id: wait,
    wait,
    answer,
    taken_at: null,
    dismissed_at: null,
    ...gone,
  });
  const found = proposalsFrom([
    row("asked", "yes"),
    row("noticed", "no"),
    row("ready", "yes", { taken_at: "2026-03-01T09:00:00.000Z" }),
    row("unstuck", "yes", { dismissed_at: "2026-03-01T09:00:00.000Z" }),
  ]);
  assert.deepEqual(
    found.map(({ id, kind }) => [id, kind]),
    [["asked", "topic"]],
  );
  for (const wait of ["asked", "noticed", "ready", "unstuck"] as const)
    assert.match(proposalsFrom([row(wait, "yes")])[0]?.text ?? "", /\[[^\]]+\]/u);
});

test("how somebody likes news is one sentence, and it says what it means for a challenge (S44)", () => {
  assert.equal(
    troubleSentence("Max Berger", { timing: "early", channel: "phone", depth: "headline" }),
    "Max wants to hear of trouble early, by phone, in a headline.",
  );
  assert.equal(troubleSentence("Max", { timing: null, channel: null, depth: null }), "");
  assert.equal(challengeAdvice({ channel: null, depth: null }).length, 0);
  assert.equal(challengeAdvice({ channel: "phone", depth: "full" }).length, 2);
  const entry = (fields: Partial<CardEntry>): CardEntry => ({
    id: "x",
    personId: "p",
    category: "news",
    text: "",
    timing: null,
    channel: null,
    depth: null,
    notedOn: "2026-03-01",
    source: "typed",
    question: null,
    meetingId: null,
    deletedAt: null,
    ...fields,
  });
  assert.equal(preferenceIn([entry({ category: "other", text: "Likes tea" })]), null);
  assert.deepEqual(
    preferenceIn([
      entry({ channel: "chat", notedOn: "2026-03-05" }),
      entry({ channel: "phone", timing: "early", text: "Said so" }),
    ]),
    {
      timing: "early",
      channel: "chat",
      depth: null,
      text: "Said so",
      notedOn: "2026-03-01",
    },
  );
});

test("what somebody said is read for a way, an hour and a length, and only what is plainly there (S44)", () => {
  const read = (text: string) => Object.values(preferenceInWords(text));
  for (const [text, expected] of [
    ["Call me early, a headline is enough", ["early", "phone", "headline"]],
    ["Come by as soon as you know. No surprises.", ["early", "in_person", null]],
    ["By mail, half a page, with a plan", ["with_plan", "mail", "short"]],
    ["Don't call me", [null, null, null]],
    ["Not by mail, and never in detail", [null, null, null]],
    ["Mail or chat, I do not mind", [null, null, null]],
    ["She trusts us", [null, null, null]],
  ] as const)
    assert.deepEqual(read(text), expected, text);
});
