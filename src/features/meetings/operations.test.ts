import assert from "node:assert/strict";
import { onEveryStore } from "../../../test/support/test-app.ts";
import { keepAhead, meetingOn, meetings, starts, use, weekly } from "../../../test/support/weekly-meetings.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { addPerson } from "../people/index.ts";
import {
  editSeries,
  endSeries,
  listSeries,
  markHeld,
  moveFollowing,
  moveMeeting,
  pauseSeries,
  restoreMeeting,
  resumeSeries,
  scheduleSeries,
  showMeeting,
} from "./index.ts";

onEveryStore("a series plans its meetings 26 weeks ahead at a constant local time", async (app) => {
  const { series } = await weekly(app);
  const planned = await meetings(app);
  assert.equal(planned.length, 26);
  assert.equal(planned[0]?.startsAt, "2026-03-03T09:00:00.000Z");
  assert.equal(planned[0]?.endsAt, "2026-03-03T09:30:00.000Z");
  assert.equal(
    planned.find((one) => one.plannedOn === "2026-03-31")?.startsAt,
    "2026-03-31T08:00:00.000Z",
    "after the clocks went forward",
  );
  assert.ok(planned.every((one) => one.localStart === `${one.plannedOn}T10:00`));
  assert.deepEqual((await app.call(listSeries, {})).series, [series]);
});

onEveryStore("a second series with the same person is refused, so a double click makes one", async (app) => {
  const { max } = await weekly(app);
  const again = { personId: max.id, startsOn: "2026-03-04", time: "11:00", zone: "Europe/Berlin", minutes: 30, everyWeeks: 1 };
  await assert.rejects(app.call(scheduleSeries, again), { code: "conflict" });
});

onEveryStore("times, zones, lengths and days that cannot be are refused beside their field", async (app) => {
  const max = await app.call(addPerson, { name: "Max" });
  const good = { personId: max.id, startsOn: "2026-03-03", time: "10:00", zone: "Europe/Berlin", minutes: 30, everyWeeks: 1 };
  const wrong: [string, object][] = [
    ["startsOn", { startsOn: "2026-02-30" }],
    ["startsOn", { startsOn: "2062-03-03" }],
    ["time", { time: "25:00" }],
    ["zone", { zone: "Europe/Atlantis" }],
    ["minutes", { minutes: 90 }],
    ["minutes", { minutes: "half an hour" }],
    ["everyWeeks", { everyWeeks: 5 }],
  ];
  for (const [field, change] of wrong) {
    await assert.rejects(
      app.call(scheduleSeries, { ...good, ...change }),
      (error: { code: string; fields: { field: string }[] }) => error.code === "invalid" && error.fields[0]?.field === field,
    );
  }
  assert.deepEqual(await meetings(app), []);
});

onEveryStore("planning ahead twice, or from two processes at once, gives each day one meeting", async (app) => {
  await weekly(app);
  app.clock.set("2026-04-13T09:00:00Z");
  const added = await Promise.all([keepAhead(app), keepAhead(app)]);
  assert.deepEqual(
    added.map((one) => one.added).toSorted((a, b) => a - b),
    [0, 6],
  );
  assert.equal((await keepAhead(app)).added, 0);
  const days = (await meetings(app)).map((one) => one.plannedOn);
  assert.deepEqual(days, [...new Set(days)]);
  assert.equal(days.at(-1), "2026-10-06");
});

onEveryStore("when the rules of a zone change, the agreed local time holds", async (app) => {
  await weekly(app);
  const meeting = await meetingOn(app, "2026-03-31");
  await inTransaction(app.database, (tx) =>
    tx
      .updateTable("meeting")
      .set({ starts_at: "2026-03-31T09:00:00.000Z" })
      .where("owner_id", "=", app.owner)
      .where("id", "=", meeting.id)
      .execute(),
  );
  assert.equal((await keepAhead(app)).corrected, 1);
  assert.deepEqual(await app.call(showMeeting, { id: meeting.id }), meeting);
});

onEveryStore("a meeting in the hour that the clocks skip starts later and says so", async (app) => {
  const max = await app.call(addPerson, { name: "Max" });
  await app.call(scheduleSeries, {
    personId: max.id,
    startsOn: "2026-03-22",
    time: "02:30",
    zone: "Europe/Berlin",
    minutes: 30,
    everyWeeks: 1,
  });
  const skipped = await meetingOn(app, "2026-03-29");
  assert.equal(skipped.startsAt, "2026-03-29T01:30:00.000Z");
  assert.match(skipped.clockNote ?? "", /starts at 03:30/u);
  assert.equal((await meetingOn(app, "2026-04-05")).startsAt, "2026-04-05T00:30:00.000Z");
});

onEveryStore("one meeting can be moved; it still stands for its planned day and the rest stays", async (app) => {
  await weekly(app);
  const { id } = await meetingOn(app, "2026-03-10");
  const moved = await app.call(moveMeeting, { id, date: "2026-03-12", time: "15:30" });
  assert.deepEqual([moved.plannedOn, moved.startsAt, moved.state], ["2026-03-10", "2026-03-12T14:30:00.000Z", "planned"]);
  assert.ok(moved.movedAt);
  assert.deepEqual(await starts(app), ["03-03T10:00", "03-12T15:30", "03-17T10:00", "03-24T10:00", "03-31T10:00"]);
  app.clock.advance({ hours: 1 });
  assert.deepEqual(
    await app.call(moveMeeting, { id, date: "2026-03-12", time: "15:30" }),
    moved,
    "a second click changes nothing",
  );
  await assert.rejects(app.call(moveMeeting, { id, date: "2026-03-01", time: "10:00" }), { code: "invalid" });
});

onEveryStore("this and following move together; earlier ones stay", async (app) => {
  await weekly(app);
  const { id } = await meetingOn(app, "2026-03-17");
  const moved = await app.call(moveFollowing, { id, date: "2026-03-19", time: "16:00" });
  assert.equal(moved.id, id);
  assert.deepEqual(await starts(app), ["03-03T10:00", "03-10T10:00", "03-19T16:00", "03-26T16:00"]);
});

onEveryStore("this and following can move by whole weeks and to another rhythm", async (app) => {
  await weekly(app);
  const { id } = await meetingOn(app, "2026-03-10");
  await app.call(moveFollowing, { id, date: "2026-03-17", time: "10:00", everyWeeks: 2 });
  assert.deepEqual(await starts(app), ["03-03T10:00", "03-17T10:00", "03-31T10:00"]);
  await assert.rejects(
    app.call(moveFollowing, { id, date: "2026-03-03", time: "17:00" }),
    (error: { fields: { field: string }[] }) => error.fields[0]?.field === "date",
  );
});

onEveryStore("a change of the series never loses a meeting that was prepared, moved or held", async (app) => {
  const { series } = await weekly(app);
  const held = await meetingOn(app, "2026-03-03");
  const prepared = await meetingOn(app, "2026-03-10");
  const moved = await meetingOn(app, "2026-03-17");
  await use(app, prepared.id);
  await app.call(moveMeeting, { id: moved.id, date: "2026-03-19", time: "15:00" });
  app.clock.set("2026-03-04T09:00:00Z");
  await app.call(markHeld, { id: held.id });
  await app.call(editSeries, { id: series.id, startsOn: "2026-03-11", time: "14:00", minutes: 45 });
  assert.deepEqual(await starts(app), ["03-11T14:00", "03-19T15:00", "03-25T14:00"]);
  assert.equal((await app.call(showMeeting, { id: held.id })).state, "held");
  const after = await app.call(showMeeting, { id: prepared.id });
  assert.deepEqual([after.localStart, after.minutes], ["2026-03-11T14:00", 45]);
});

onEveryStore("a new hour alone keeps the weekday and a change agreed for later", async (app) => {
  const { series } = await weekly(app);
  await app.call(editSeries, { id: series.id, startsOn: "2026-03-19" });
  const edited = await app.call(editSeries, { id: series.id, time: "11:30" });
  assert.deepEqual(await starts(app), ["03-03T11:30", "03-10T11:30", "03-19T11:30", "03-26T11:30"]);
  assert.equal(edited.rules.length, 2);
});

onEveryStore("a pause takes meetings out, keeps what was prepared, and gives everything back", async (app) => {
  const { series } = await weekly(app);
  const prepared = await use(app, (await meetingOn(app, "2026-03-10")).id);
  await app.call(pauseSeries, { id: series.id, from: "2026-03-09" });
  assert.deepEqual(await starts(app, {}), ["03-03T10:00"]);
  assert.equal((await app.call(showMeeting, { id: prepared.id })).cancelReason, "paused");
  await app.call(resumeSeries, { id: series.id, on: "2026-03-09" });
  assert.deepEqual(await starts(app), ["03-03T10:00", "03-10T10:00", "03-17T10:00", "03-24T10:00", "03-31T10:00"]);
  await assert.rejects(app.call(resumeSeries, { id: series.id }), { code: "conflict" });
  await app.call(pauseSeries, { id: series.id, from: "2026-03-09", until: "2026-03-20" });
  assert.deepEqual(await starts(app), ["03-03T10:00", "03-24T10:00", "03-31T10:00"]);
  await assert.rejects(app.call(pauseSeries, { id: series.id, from: "2026-03-09", until: "2026-03-01" }), { code: "invalid" });
});

onEveryStore("a series ends after its last day, and a new one may follow", async (app) => {
  const { series, max } = await weekly(app);
  const prepared = await use(app, (await meetingOn(app, "2026-03-24")).id);
  await app.call(endSeries, { id: series.id, on: "2026-03-17" });
  assert.deepEqual(await starts(app, {}), ["03-03T10:00", "03-10T10:00", "03-17T10:00"]);
  assert.equal((await app.call(showMeeting, { id: prepared.id })).cancelReason, "ended");
  await assert.rejects(app.call(editSeries, { id: series.id, time: "12:00" }), { code: "conflict" });
  await assert.rejects(app.call(restoreMeeting, { id: prepared.id }), { code: "conflict" });
  const next = { personId: max.id, time: "09:00", zone: "Europe/Berlin", minutes: 30, everyWeeks: 2 };
  await assert.rejects(app.call(scheduleSeries, { ...next, startsOn: "2026-03-16" }), { code: "invalid" });
  await app.call(scheduleSeries, { ...next, startsOn: "2026-03-18" });
  assert.equal((await starts(app)).at(-1), "03-18T09:00");
});
