import assert from "node:assert/strict";
import { test } from "node:test";
import { nextAct, type Situation } from "./rules.ts";
import type { Reason } from "./schema.ts";

const now = Temporal.Instant.from("2026-03-10T09:00:00Z");
const calm: Situation = { now, hasName: true, hasPeople: true, daysSinceCapture: 0, next: meetingIn(200, { approved: true }) };
const mail = { id: "d1", kind: "agenda", toName: "Max Berger" } as const;
const past = { meetingId: "m0", personName: "Max Berger" };

function meetingIn(
  hours: number,
  facts: { isOn?: boolean; approved?: boolean; ready?: boolean; emptyHanded?: boolean } = {},
): Situation["next"] {
  return {
    id: "m1",
    personName: "Max Berger",
    startsAt: now.add({ minutes: hours * 60 }),
    isOn: false,
    approved: false,
    ready: false,
    emptyHanded: false,
    ...facts,
  };
}

test("the start page says one thing, the most pressing one", () => {
  // Each row holds all that the rows below it hold, so that the order itself is tested.
  const steps: [Reason, Partial<Situation>][] = [
    ["calm", {}],
    ["prepare", { next: meetingIn(200) }],
    ["capture", { daysSinceCapture: 3 }],
    ["promise_due", { promise: { id: "c1", personName: "Max Berger" } }],
    ["agenda_soon", { next: meetingIn(72) }],
    ["recap_due", { recapDue: past }],
    ["unanswered", { unanswered: past }],
    ["agenda_late", { next: meetingIn(24) }],
    ["empty_handed", { next: meetingIn(24, { emptyHanded: true }) }],
    ["meeting_on", { next: meetingIn(-0.2, { isOn: true }) }],
    ["send_by_hand", { mailByHand: mail }],
    ["mail_trouble", { troubledMail: mail }],
    ["mail_unknown", { unknownMail: mail }],
    ["welcome", { hasName: false }],
  ];
  let situation = calm;
  for (const [reason, change] of steps) {
    situation = { ...situation, ...change };
    assert.equal(nextAct(situation).reason, reason);
  }
});

test("an approved agenda asks for nothing, however near the meeting is", () => {
  assert.equal(nextAct({ ...calm, next: meetingIn(3, { approved: true }) }).reason, "calm");
});

test("a finished preparation leads to the mail, an unfinished one to the steps", () => {
  assert.equal(nextAct({ ...calm, next: meetingIn(48, { ready: true }) }).href, "/meetings/m1/agenda");
  assert.equal(nextAct({ ...calm, next: meetingIn(48) }).href, "/meetings/m1/prepare");
});

test("somebody who never captured anything is invited to, and without a meeting to plan one", () => {
  assert.equal(nextAct({ ...calm, daysSinceCapture: null }).reason, "capture");
  assert.equal(nextAct({ ...calm, daysSinceCapture: null, next: meetingIn(48) }).reason, "capture", "also before preparing");
  assert.equal(
    nextAct({ ...calm, daysSinceCapture: null, next: meetingIn(20) }).reason,
    "agenda_late",
    "when time is short, no longer",
  );
  assert.equal(nextAct({ ...calm, next: undefined }).reason, "no_meeting");
});

test("no sentence blames, shouts or promises", () => {
  const all: Situation[] = [
    calm,
    { ...calm, hasName: false },
    { ...calm, unknownMail: mail },
    { ...calm, troubledMail: mail },
    { ...calm, mailByHand: mail },
    { ...calm, promise: { id: "c", personName: "Max" } },
  ];
  for (const { text } of all.map(nextAct)) assert.doesNotMatch(text, /!|overdue|forgot|late|promotion/iu);
});
