import assert from "node:assert/strict";
import { test } from "node:test";
import { contentHash, leadMinutes, namesTheDay, offersNote, planSend, replan, stateOf, threadSubject } from "./rules.ts";

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);

test("an agenda goes out 24 hours before the meeting (S31)", () => {
  const plan = planSend({ startsAt: at("2026-03-05T09:00:00Z"), zone: "Europe/Berlin", now: at("2026-03-02T09:00:00Z") });
  assert.equal(plan.sendAt.toString(), "2026-03-04T09:00:00Z");
  assert.deepEqual([plan.late, plan.alternatives, plan.reason], [false, [], "24 hours before the meeting: Wed 4 Mar, 10:00."]);
});

for (const [what, startsAt, zone, sendAt, friday] of [
  ["an ordinary Monday", "2026-03-09T09:00:00Z", "Europe/Berlin", "2026-03-08T09:00:00Z", "2026-03-06T09:00:00Z"],
  // The clocks go forward on Sunday 29 March at 02:00: the Sunday hour is 09:00 on the wall, and so is Friday's, an hour of UTC later.
  [
    "the Monday after the clocks went forward",
    "2026-03-30T08:00:00Z",
    "Europe/Berlin",
    "2026-03-29T08:00:00Z",
    "2026-03-27T09:00:00Z",
  ],
  [
    "the Monday after the clocks went back",
    "2026-10-26T09:00:00Z",
    "Europe/Berlin",
    "2026-10-25T09:00:00Z",
    "2026-10-23T08:00:00Z",
  ],
  [
    "a Monday in the southern hemisphere, clocks going back",
    "2026-04-06T00:00:00Z",
    "Australia/Sydney",
    "2026-04-05T00:00:00Z",
    "2026-04-02T23:00:00Z",
  ],
  [
    "Sunday as the working day it is elsewhere",
    "2026-03-08T06:00:00Z",
    "Asia/Dubai",
    "2026-03-07T06:00:00Z",
    "2026-03-06T06:00:00Z",
  ],
] as const) {
  test(`for ${what}, Friday at the same wall time is offered`, () => {
    const plan = planSend({ startsAt: at(startsAt), zone, now: at("2026-03-01T00:00:00Z") });
    assert.equal(plan.sendAt.toString(), sendAt);
    assert.deepEqual(
      plan.alternatives.map((one) => one.sendAt.toString()),
      [friday],
    );
    assert.match(plan.alternatives[0]?.label ?? "", /^Friday instead: Fri/u);
  });
}

test("a day of absolute time is kept when the clocks change in between", () => {
  const plan = planSend({ startsAt: at("2026-03-29T08:00:00Z"), zone: "Europe/Berlin", now: at("2026-03-20T00:00:00Z") });
  assert.equal(plan.sendAt.toString(), "2026-03-28T08:00:00Z");
  assert.match(plan.reason, /Sat 28 Mar, 09:00/u);
});

test("a Friday that has passed is not offered, and less than 24 hours means now", () => {
  const facts = { startsAt: at("2026-03-09T09:00:00Z"), zone: "Europe/Berlin" };
  assert.deepEqual(planSend({ ...facts, now: at("2026-03-07T12:00:00Z") }).alternatives, []);
  const late = planSend({ ...facts, now: at("2026-03-08T09:00:01Z") });
  assert.deepEqual([late.late, late.sendAt.toString()], [true, "2026-03-08T09:00:01Z"]);
  assert.equal(planSend({ ...facts, now: at("2026-03-08T09:00:00Z") }).late, false, "exactly 24 hours is in time");
});

test("the subject of a relationship is made of first names", () => {
  assert.equal(threadSubject("Ana Silva", "Max Berger"), "1:1 Ana / Max");
});

test("any change of words or recipient changes the fingerprint", () => {
  const mail = { subject: "1:1", text: "a", html: "b", toName: "Max", toAddress: "max@example.org" };
  const hashes = [
    mail,
    { ...mail, text: "ab", html: "" },
    { ...mail, toAddress: "eve@example.org" },
    { ...mail, subject: "1:1 " },
  ].map(contentHash);
  assert.equal(new Set(hashes).size, 4);
  assert.equal(contentHash(mail), contentHash({ ...mail }));
});

test("the lead is counted in minutes, for agendas only", () => {
  assert.equal(leadMinutes("agenda", "2026-03-05T09:00:00.000Z", at("2026-03-04T09:00:20Z")), 1440);
  assert.equal(leadMinutes("recap", "2026-03-05T09:00:00.000Z", at("2026-03-05T10:00:00Z")), null);
});

const row = { way: "smtp", sent_at: null, missed_at: null, failed_at: null, withdrawn_at: null, held_at: null } as const;
for (const [facts, outbox, state] of [
  [row, "queued", "planned"],
  [row, "connecting", "sending"],
  [row, "in_data", "sending"],
  [row, "unknown", "unknown"],
  [{ ...row, held_at: "x" }, "queued", "held"],
  [{ ...row, missed_at: "x" }, "missed", "missed"],
  [{ ...row, failed_at: "x" }, "failed", "failed"],
  [{ ...row, failed_at: "x", withdrawn_at: "x" }, "failed", "withdrawn"],
  [{ ...row, sent_at: "x" }, "sent", "sent"],
  [{ ...row, way: "copy" }, null, "by_hand"],
] as const) {
  test(`a delivery with ${JSON.stringify(facts)} and outbox ${outbox} is ${state}`, () =>
    assert.equal(stateOf(facts, outbox), state));
}

test("a moved meeting is planned again: a chosen hour stays while it is early enough, too close is the owner's decision", () => {
  const facts = { zone: "Europe/Berlin", now: at("2026-03-02T09:00:00Z"), chosen: null };
  const text = (answer: Temporal.Instant | "late"): string => answer.toString();
  assert.equal(text(replan({ ...facts, startsAt: at("2026-03-12T09:00:00Z") })), "2026-03-11T09:00:00Z");
  assert.equal(
    text(replan({ ...facts, startsAt: at("2026-03-10T09:00:00Z"), chosen: "2026-03-06T09:00:00Z" })),
    "2026-03-06T09:00:00Z",
  );
  assert.equal(
    text(replan({ ...facts, startsAt: at("2026-03-06T09:00:00Z"), chosen: "2026-03-06T09:00:00Z" })),
    "2026-03-05T09:00:00Z",
  );
  assert.equal(text(replan({ ...facts, startsAt: at("2026-03-03T08:00:00Z") })), "late");
});

test("a note is offered after the agenda went out and the meeting is no longer as told", () => {
  const sent = {
    kind: "agenda",
    sent_at: "x",
    meeting_starts_at: "a",
    told_starts_at: "a",
    meeting_cancelled_at: null,
    told_cancelled_at: null,
  } as const;
  assert.equal(offersNote(sent), false);
  assert.equal(offersNote({ ...sent, meeting_starts_at: "b" }), true);
  assert.equal(offersNote({ ...sent, meeting_cancelled_at: "c" }), true);
  assert.equal(offersNote({ ...sent, meeting_starts_at: "b", sent_at: null }), false);
});

test("words that name the day of the meeting are recognised", () => {
  const start = at("2026-03-05T23:30:00Z");
  assert.equal(namesTheDay("For Friday 6 March 2026", start, "Europe/Berlin"), true);
  assert.equal(namesTheDay("On my side: the draft (by Fri 6 Mar)", start, "Europe/Berlin"), false);
  assert.equal(namesTheDay("our talk on 5 March", start, "Europe/Berlin"), false);
});
