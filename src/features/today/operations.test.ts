import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { saveProfile } from "../account/index.ts";
import { approveAgenda, openAgenda, previewAgenda, prepareItem, readyAgenda, saveItem } from "../agenda/index.ts";
import { addCommitment } from "../commitments/index.ts";
import { captureThought } from "../journal/index.ts";
import { markHeld, scheduleSeries } from "../meetings/index.ts";
import { addPerson } from "../people/index.ts";
import { waiveRecap } from "../recap/index.ts";
import { showToday } from "./index.ts";

/** The clock stands at Monday 2 March 2026, 10:00 in Berlin; the first meeting is on Thursday at 10:00. */
async function withMeeting(app: TestApp): Promise<{ personId: string; meetingId: string }> {
  await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
  const { id: personId } = await app.call(addPerson, { name: "Max Berger", email: "max@example.org" });
  await app.call(scheduleSeries, {
    personId,
    startsOn: "2026-03-05",
    time: "10:00",
    zone: "Europe/Berlin",
    minutes: 30,
    everyWeeks: 1,
  });
  const { next } = await app.call(showToday, {});
  return { personId, meetingId: next?.meeting.id ?? "" };
}

onEveryStore("a newcomer is led to the welcome page", async (app) => {
  const today = await app.call(showToday, {});
  assert.equal(today.now.reason, "welcome");
  assert.deepEqual([today.next, today.people, today.byHand], [null, [], []]);
});

onEveryStore("the next meeting says what is missing and the hour by which its agenda must go out (S31)", async (app) => {
  await withMeeting(app);
  const { next, now } = await app.call(showToday, {});
  assert.equal(next?.personName, "Max Berger");
  assert.equal(next?.goesOutAt, "2026-03-04T09:00:00.000Z");
  assert.equal(next?.late, false);
  assert.equal(next?.preparation, "none");
  assert.ok((next?.missing.length ?? 0) > 0);
  assert.equal(now.reason, "capture", "the first agenda is made of what was noted");
  app.clock.set("2026-03-04T10:00:00Z");
  const later = await app.call(showToday, {});
  assert.equal(later.next?.late, true);
  assert.equal(later.now.reason, "empty_handed");
});

onEveryStore(
  "a day ahead the start page says when nothing of one's own is on the agenda, and stops when something is (S27)",
  async (app) => {
    const { meetingId } = await withMeeting(app);
    const reason = async () => (await app.call(showToday, {})).now.reason;
    app.clock.set("2026-03-04T08:59:00Z");
    assert.notEqual(await reason(), "empty_handed");
    app.clock.set("2026-03-04T09:00:00Z");
    assert.equal(await reason(), "empty_handed");
    await app.call(openAgenda, { meetingId });
    const { item } = await app.call(saveItem, { meetingId, kind: "topic", text: "A room for the team" });
    assert.equal(await reason(), "empty_handed", "a private draft is on no agenda");
    await app.call(prepareItem, { id: item.id });
    assert.equal(await reason(), "agenda_late");
  },
);

onEveryStore("an approved agenda is waited for, then asks to be sent by hand at its hour", async (app) => {
  const { meetingId } = await withMeeting(app);
  await app.call(captureThought, { kind: "win", text: "The import works" });
  await app.call(openAgenda, { meetingId });
  const { item } = await app.call(saveItem, { meetingId, kind: "need", text: "A word on the import" });
  await app.call(prepareItem, { id: item.id });
  await app.call(readyAgenda, { meetingId });
  assert.equal((await app.call(showToday, {})).now.label, "Read the mail");
  const preview = await app.call(previewAgenda, { meetingId });
  await app.call(approveAgenda, { meetingId, way: "copy", hash: preview.mail.hash });
  assert.equal((await app.call(showToday, {})).now.reason, "calm");
  app.clock.set("2026-03-04T09:00:00Z");
  const due = await app.call(showToday, {});
  assert.equal(due.now.reason, "send_by_hand");
  assert.equal(due.byHand.length, 1);
});

onEveryStore("a meeting that is on comes first, then the question whether it happened, then its recap (S45)", async (app) => {
  const { meetingId } = await withMeeting(app);
  const reason = async () => (await app.call(showToday, {})).now.reason;
  app.clock.set("2026-03-05T09:10:00Z");
  assert.equal(await reason(), "meeting_on");
  app.clock.set("2026-03-05T09:31:00Z");
  const asked = await app.call(showToday, {});
  assert.equal(asked.now.reason, "unanswered");
  assert.deepEqual(
    asked.unanswered.map((one) => [one.meetingId, one.personName]),
    [[meetingId, "Max Berger"]],
  );
  await app.call(markHeld, { id: meetingId });
  const due = await app.call(showToday, {});
  assert.equal(due.now.reason, "recap_due");
  assert.deepEqual(
    due.recapsDue.map((one) => one.dueAt),
    ["2026-03-06T09:30:00.000Z"],
  );
  await app.call(waiveRecap, { meetingId });
  assert.deepEqual((await app.call(showToday, {})).recapsDue, []);
});

onEveryStore("a promise whose day has come is named, one's own before the other side's (S47)", async (app) => {
  const { personId } = await withMeeting(app);
  await app.call(captureThought, { text: "Something" });
  app.clock.set("2026-03-01T09:00:00Z");
  await app.call(addCommitment, { personId, side: "theirs", text: "Ask finance", dueOn: "2026-02-20" });
  assert.equal((await app.call(showToday, {})).now.reason, "prepare");
  await app.call(addCommitment, { personId, side: "mine", text: "Send the plan", dueOn: "2026-03-01" });
  const { now, open } = await app.call(showToday, {});
  assert.equal(now.reason, "promise_due");
  assert.deepEqual([open.mine.length, open.theirs.length], [1, 1]);
});

onEveryStore("somebody else's day shows nothing of mine", async (app) => {
  await withMeeting(app);
  const theirs = await app.callAs(app.stranger, showToday, {});
  assert.deepEqual([theirs.next, theirs.people, theirs.open.mine], [null, [], []]);
});
