import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { keepAhead, meetingOn, meetings, starts, use, weekly } from "../../../test/support/weekly-meetings.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { approveMail, findDelivery, previewMail } from "../delivery/index.ts";
import { addPerson, listPeople } from "../people/index.ts";
import {
  awaitingAnswer,
  cancelMeeting,
  editSeries,
  endSeries,
  endWith,
  growthBlockIn,
  handOver,
  heldMeetingsBefore,
  listMeetings,
  listSeries,
  markHeld,
  markNotHeld,
  type Meeting,
  moveFollowing,
  moveMeeting,
  nextMeeting,
  pauseSeries,
  previousMeeting,
  requireMeeting,
  restoreMeeting,
  resumeSeries,
  scheduleSeries,
  showMeeting,
  skipDays,
  unmarkMeeting,
} from "./index.ts";

function approveAgenda(app: TestApp, meeting: Meeting) {
  const startsAt = Temporal.Instant.from(meeting.startsAt);
  const words = { text: "I need your view on the roadmap.", html: "<p>I need your view on the roadmap.</p>", captureIds: [] };
  const draft = {
    kind: "agenda" as const,
    meetingId: meeting.id,
    meetingStartsAt: startsAt,
    zone: meeting.zone,
    personId: meeting.personId,
    ...words,
  };
  return inTransaction(app.database, async (tx) => {
    const { hash } = await previewMail(tx, app.owner, draft);
    return approveMail(tx, app.owner, app.clock.now(), { draft, way: "copy", expectedHash: hash });
  });
}

onEveryStore("a meeting can be cancelled and put back", async (app) => {
  await weekly(app);
  const meeting = await meetingOn(app, "2026-03-10");
  assert.equal((await app.call(cancelMeeting, { id: meeting.id })).state, "cancelled");
  assert.equal((await app.call(cancelMeeting, { id: meeting.id })).state, "cancelled", "twice is once");
  await assert.rejects(app.call(moveMeeting, { id: meeting.id, date: "2026-03-12", time: "10:00" }), { code: "conflict" });
  await keepAhead(app);
  assert.deepEqual(await app.call(restoreMeeting, { id: meeting.id }), meeting);
});

onEveryStore("days off cancel every meeting in them, and nothing that was held", async (app) => {
  await weekly(app);
  app.clock.set("2026-03-03T10:00:00Z");
  await app.call(markHeld, { id: (await meetingOn(app, "2026-03-03")).id });
  const { cancelled } = await app.call(skipDays, { from: "2026-03-01", to: "2026-03-17" });
  assert.deepEqual(
    cancelled.map((one) => [one.plannedOn, one.cancelReason]),
    [
      ["2026-03-10", "holiday"],
      ["2026-03-17", "holiday"],
    ],
  );
  await assert.rejects(app.call(skipDays, { from: "2026-03-17", to: "2026-03-10" }), { code: "invalid" });
});

onEveryStore("whether a meeting took place can be said after its start, changed and taken back", async (app) => {
  await weekly(app);
  const { id } = await meetingOn(app, "2026-03-03");
  await assert.rejects(app.call(markHeld, { id }), {
    code: "conflict",
    message: /starts Tue 3 Mar 2026, 10:00 \(Europe\/Berlin\)/u,
  });
  app.clock.set("2026-03-03T09:00:00Z");
  assert.equal((await app.call(markHeld, { id })).state, "held");
  assert.equal((await app.call(markNotHeld, { id })).state, "not_held");
  assert.equal((await app.call(unmarkMeeting, { id })).state, "planned");
});

onEveryStore("a past meeting that nobody marked is asked about, newest first", async (app) => {
  await weekly(app);
  app.clock.set("2026-03-10T09:15:00Z");
  const waiting = await awaitingAnswer(app.database.reader, app.owner, app.clock.now());
  assert.deepEqual(
    waiting.map((one) => one.plannedOn),
    ["2026-03-03"],
    "the one going on is not asked about yet",
  );
  const present = await nextMeeting(app.database.reader, app.owner, app.clock.now());
  assert.equal(present?.plannedOn, "2026-03-10", "it is still the next one");
  app.clock.set("2026-03-10T09:30:00Z");
  assert.equal((await nextMeeting(app.database.reader, app.owner, app.clock.now()))?.plannedOn, "2026-03-17");
  assert.equal((await awaitingAnswer(app.database.reader, app.owner, app.clock.now()))[0]?.plannedOn, "2026-03-10");
});

onEveryStore("the growth block moves on when a meeting is cancelled (S37)", async (app) => {
  await weekly(app);
  const [first, second, third, fourth] = await meetings(app);
  const blocks = async () => {
    const all = (await meetings(app)).slice(0, 4);
    return Promise.all(all.map((one) => growthBlockIn(app.database.reader, app.owner, one)));
  };
  assert.deepEqual(await blocks(), [false, true, false, true]);
  app.clock.set("2026-03-17T12:00:00Z");
  await app.call(markHeld, { id: first?.id as string });
  await app.call(cancelMeeting, { id: second?.id as string });
  await app.call(markHeld, { id: third?.id as string });
  const [, , thirdHas, fourthHas] = await blocks();
  assert.deepEqual([thirdHas, fourthHas], [true, false]);
  assert.equal((await previousMeeting(app.database.reader, app.owner, fourth as Meeting))?.id, third?.id);
  assert.equal((await previousMeeting(app.database.reader, app.owner, third as Meeting))?.state, "cancelled");
  assert.deepEqual(
    (await heldMeetingsBefore(app.database.reader, app.owner, fourth as Meeting)).map((one) => one.id),
    [third?.id, first?.id],
  );
});

onEveryStore("a new manager takes the series over and the history stays with the old one", async (app) => {
  const { max } = await weekly(app, { everyWeeks: 2 });
  const { person, series } = await app.call(handOver, {
    personId: max.id,
    name: "Noor Haddad",
    email: "noor@example.org",
    on: "2026-03-20",
  });
  assert.deepEqual([person.predecessorId, person.role, series?.personId], [max.id, "manager", person.id]);
  const all = await meetings(app);
  assert.deepEqual(
    all.slice(0, 4).map((one) => [one.plannedOn, one.personId === person.id ? "Noor" : "Max"]),
    [
      ["2026-03-03", "Max"],
      ["2026-03-17", "Max"],
      ["2026-03-31", "Noor"],
      ["2026-04-14", "Noor"],
    ],
  );
  await assert.rejects(app.call(handOver, { personId: max.id, name: "Noor Haddad", on: "2026-03-20" }), { code: "conflict" });
  assert.equal((await app.call(listPeople, {})).people.length, 2, "a double click adds one person");
});

onEveryStore("the last day with a person ends the series too", async (app) => {
  const { max } = await weekly(app);
  assert.equal((await app.call(endWith, { personId: max.id, on: "2026-03-10" })).endedOn, "2026-03-10");
  assert.deepEqual(await starts(app, {}), ["03-03T10:00", "03-10T10:00"]);
  await assert.rejects(
    app.call(scheduleSeries, {
      personId: max.id,
      startsOn: "2026-04-01",
      time: "10:00",
      zone: "Europe/Berlin",
      minutes: 30,
      everyWeeks: 1,
    }),
    { code: "conflict" },
  );
});

onEveryStore("the record shows what became of a meeting, once", async (app) => {
  await weekly(app);
  const { id } = await meetingOn(app, "2026-03-03");
  const entries = () =>
    app.database.reader
      .selectFrom("record_entry")
      .select(["kind", "text"])
      .where("owner_id", "=", app.owner)
      .where("id", "=", id)
      .execute();
  assert.deepEqual(await entries(), []);
  await app.call(moveMeeting, { id, date: "2026-03-04", time: "10:00" });
  assert.equal((await entries())[0]?.kind, "moved");
  app.clock.set("2026-03-04T12:00:00Z");
  await app.call(markHeld, { id });
  assert.deepEqual(
    (await entries()).map((one) => [one.kind, one.text]),
    [["held", "1:1 with Max Berger"]],
  );
});

onEveryStore("somebody else's meetings and series are not found", async (app) => {
  const { max, series } = await weekly(app);
  const { id } = await meetingOn(app, "2026-03-10");
  const as = app.stranger;
  const refused = [
    app.callAs(as, showMeeting, { id }),
    app.callAs(as, moveMeeting, { id, date: "2026-03-12", time: "10:00" }),
    app.callAs(as, moveFollowing, { id, date: "2026-03-12", time: "10:00" }),
    app.callAs(as, cancelMeeting, { id }),
    app.callAs(as, restoreMeeting, { id }),
    app.callAs(as, markHeld, { id }),
    app.callAs(as, markNotHeld, { id }),
    app.callAs(as, unmarkMeeting, { id }),
    app.callAs(as, editSeries, { id: series.id, time: "12:00" }),
    app.callAs(as, pauseSeries, { id: series.id }),
    app.callAs(as, resumeSeries, { id: series.id }),
    app.callAs(as, endSeries, { id: series.id, on: "2026-03-10" }),
    app.callAs(as, handOver, { personId: max.id, name: "Noor", on: "2026-03-10" }),
    app.callAs(as, endWith, { personId: max.id, on: "2026-03-10" }),
    app.callAs(as, scheduleSeries, {
      personId: max.id,
      startsOn: "2026-03-03",
      time: "10:00",
      zone: "Europe/Berlin",
      minutes: 30,
      everyWeeks: 1,
    }),
  ];
  for (const one of await Promise.allSettled(refused)) assert.equal(one.status === "rejected" && one.reason.code, "not_found");
  assert.deepEqual((await app.callAs(as, listMeetings, {})).meetings, []);
  assert.deepEqual((await app.callAs(as, listSeries, {})).series, []);
  assert.deepEqual((await app.callAs(as, skipDays, { from: "2026-03-02", to: "2026-03-31" })).cancelled, []);
  assert.equal((await requireMeeting(app.database.reader, app.owner, id)).state, "planned");
});

onEveryStore("two windows that agree on a series at the same moment make one", async (app) => {
  const max = await app.call(addPerson, { name: "Max" });
  const rule = { personId: max.id, startsOn: "2026-03-03", time: "10:00", zone: "Europe/Berlin", minutes: 30, everyWeeks: 1 };
  const results = await Promise.allSettled([app.call(scheduleSeries, rule), app.call(scheduleSeries, rule)]);
  assert.deepEqual(results.map((one) => one.status).toSorted(), ["fulfilled", "rejected"]);
  assert.equal((await meetings(app)).length, 26);
});

/** Approves an agenda to be sent by hand for a meeting. */
onEveryStore("the mail that waits follows its meeting, and goes when the meeting is cancelled", async (app) => {
  await weekly(app);
  const meeting = await use(app, (await meetingOn(app, "2026-03-10")).id);
  const approved = await approveAgenda(app, meeting);
  assert.equal(approved.sendAt, "2026-03-09T09:00:00.000Z");
  const live = async () => (await findDelivery(app.database.reader, app.owner, meeting.id, "agenda"))?.sendAt;
  await app.call(moveMeeting, { id: meeting.id, date: "2026-03-12", time: "15:00" });
  assert.equal(await live(), "2026-03-11T14:00:00.000Z");
  await app.call(cancelMeeting, { id: meeting.id });
  assert.equal(await live(), undefined);
});
