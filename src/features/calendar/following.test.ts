import assert from "node:assert/strict";
import { addSource, calendarText, type EventText, GUESTS, readText } from "../../../test/support/calendar-readings.ts";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { saveProfile } from "../account/operations.ts";
import {
  cancelMeeting,
  keepMeetingsAhead,
  listMeetings,
  markHeld,
  type Meeting,
  moveMeeting,
  restoreMeeting,
  scheduleSeries,
  stopFollowing,
  useMeeting,
} from "../meetings/index.ts";
import { addPerson } from "../people/index.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { confirmCandidate, listCalendarFollowings, listCandidates, releaseCalendar } from "./index.ts";

/** Every Tuesday at 10:00 in Berlin from 3 March 2026 on. The tests' clock stands on Monday the 2nd. */
const weekly: EventText = {
  start: "20260303T100000",
  rule: "FREQ=WEEKLY",
  guests: GUESTS,
  organizer: "Dana Kim <dana@example.org>",
};

interface Followed {
  readonly sourceId: string;
  readonly personId: string;
  readonly seriesId: string;
  read(...events: readonly EventText[]): Promise<void>;
  meetings(): Promise<Meeting[]>;
}

async function settle(app: TestApp): Promise<void> {
  await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
}

async function follow(app: TestApp, ...events: readonly EventText[]): Promise<Followed> {
  await settle(app);
  const sourceId = await addSource(app);
  const read = (...some: readonly EventText[]): Promise<void> => readText(app, sourceId, calendarText(...some));
  await read(...events);
  const { candidates } = await app.call(listCandidates, {});
  const { personId, seriesId } = await app.call(confirmCandidate, { sourceId, seriesKey: candidates[0]?.seriesKey ?? "" });
  return { sourceId, personId, seriesId, read, meetings: async () => (await app.call(listMeetings, { personId })).meetings };
}

const starts = (all: readonly Meeting[], count = 3): string[] =>
  all.slice(0, count).map((one) => `${one.localStart} ${one.state}`);

/** Something is attached to a meeting from now on. */
async function prepare(app: TestApp, id: string): Promise<void> {
  await inTransaction(app.database, (tx) => useMeeting(tx, app.owner, app.clock.now(), id));
}

async function rows(app: TestApp): Promise<string> {
  const meetings = await app.database.reader.selectFrom("meeting").selectAll().orderBy("id").execute();
  const series = await app.database.reader.selectFrom("series_rule").selectAll().orderBy("id").execute();
  const leads = await app.database.reader.selectFrom("series_lead").selectAll().execute();
  const facts = await app.database.reader.selectFrom("calendar_event_series").selectAll().execute();
  const followings = await app.database.reader.selectFrom("calendar_following").selectAll().execute();
  return JSON.stringify({ meetings, series, leads, facts, followings });
}

onEveryStore("a confirmed 1:1 stands in the plan for 26 weeks, at the calendar's hours", async (app) => {
  const { meetings, personId } = await follow(app, weekly);
  const all = await meetings();
  assert.equal(all.length, 26);
  assert.deepEqual(starts(all), ["2026-03-03T10:00 planned", "2026-03-10T10:00 planned", "2026-03-17T10:00 planned"]);
  // The clocks go forward on 29 March: ten o'clock stays ten o'clock.
  assert.deepEqual(
    all.slice(3, 5).map((one) => one.startsAt),
    ["2026-03-24T09:00:00.000Z", "2026-03-31T08:00:00.000Z"],
  );
  const { followings } = await app.call(listCalendarFollowings, {});
  assert.equal(followings[0]?.rhythm, "every week on Tuesday at 10:00");
  assert.equal(followings[0]?.personId, personId);
  assert.deepEqual((await app.call(listCandidates, {})).candidates, []);
});

onEveryStore("the same file twice changes nothing", async (app) => {
  const { rule: _rule, ...once } = weekly;
  const moved = { ...once, start: "20260311T150000", instance: "20260310T100000" };
  const { read } = await follow(app, weekly, moved);
  const before = await rows(app);
  await read(weekly, moved);
  assert.equal(await rows(app), before);
});

onEveryStore("a moved instance moves its meeting, and comes back when the calendar takes the move back", async (app) => {
  const { read, meetings } = await follow(app, weekly);
  const id = (await meetings())[1]?.id;
  const { rule: _rule, ...once } = weekly;
  await read(weekly, { ...once, start: "20260311T150000", instance: "20260310T100000" });
  const moved = (await meetings())[1];
  assert.equal(moved?.id, id);
  assert.equal(moved?.localStart, "2026-03-11T15:00");
  assert.notEqual(moved?.movedAt, null);
  await read(weekly);
  const back = (await meetings())[1];
  assert.deepEqual([back?.id, back?.localStart, back?.movedAt], [id, "2026-03-10T10:00", null]);
});

onEveryStore("a cancelled instance cancels its meeting, and one put back is back", async (app) => {
  const { read, meetings } = await follow(app, weekly);
  await read({ ...weekly, except: ["20260310T100000"] });
  const cancelled = (await meetings())[1];
  assert.deepEqual([cancelled?.state, cancelled?.cancelReason], ["cancelled", "calendar"]);
  await read(weekly);
  assert.deepEqual(starts(await meetings(), 2), ["2026-03-03T10:00 planned", "2026-03-10T10:00 planned"]);
});

onEveryStore(
  "what the owner cancelled stays cancelled, and a time that the owner set is set back by the next read",
  async (app) => {
    const { read, meetings } = await follow(app, weekly);
    const [first, second] = await meetings();
    await app.call(cancelMeeting, { id: first?.id ?? "" });
    await app.call(moveMeeting, { id: second?.id ?? "", date: "2026-03-12", time: "09:00" });
    await read(weekly);
    assert.deepEqual(starts(await meetings(), 2), ["2026-03-03T10:00 cancelled", "2026-03-10T10:00 planned"]);
    await app.call(restoreMeeting, { id: first?.id ?? "" });
    await read(weekly);
    assert.deepEqual(starts(await meetings(), 2), ["2026-03-03T10:00 planned", "2026-03-10T10:00 planned"]);
  },
);

onEveryStore("an event that vanished takes untouched meetings along and cancels those that something hangs on", async (app) => {
  const { read, meetings } = await follow(app, weekly);
  const id = (await meetings())[1]?.id ?? "";
  await prepare(app, id);
  await read({ ...weekly, uid: "other@example.org", title: "Something else", guests: [] });
  const left = await meetings();
  assert.deepEqual(
    left.map((one) => [one.id, one.state, one.cancelReason]),
    [[id, "cancelled", "calendar"]],
  );
});

onEveryStore("what was held or is over is never touched", async (app) => {
  const { read, meetings } = await follow(app, weekly);
  const [first, second] = await meetings();
  app.clock.set("2026-03-10T12:00:00Z");
  await app.call(markHeld, { id: first?.id ?? "" });
  const { rule: _rule, ...once } = weekly;
  // The calendar rewrites its past and moves the whole rest to Thursdays.
  await read({ ...once, start: "20260319T140000", rule: "FREQ=WEEKLY" });
  const all = await meetings();
  assert.deepEqual(starts(all, 4), [
    "2026-03-03T10:00 held",
    "2026-03-10T10:00 planned",
    "2026-03-19T14:00 planned",
    "2026-03-26T14:00 planned",
  ]);
  assert.deepEqual([all[0]?.id, all[1]?.id], [first?.id, second?.id]);
});

onEveryStore("a meeting that should be on and was moved at the last minute moves", async (app) => {
  const { read, meetings } = await follow(app, weekly);
  app.clock.set("2026-03-03T09:05:00Z");
  const { rule: _rule, ...once } = weekly;
  await read(weekly, { ...once, start: "20260304T100000", instance: "20260303T100000" });
  assert.equal((await meetings())[0]?.localStart, "2026-03-04T10:00");
});

onEveryStore("a series of one's own becomes the calendar's without duplicates, and keeps what was prepared", async (app) => {
  await settle(app);
  const { id: personId } = await app.call(addPerson, { name: "Dana Kim", email: "dana@example.org" });
  // Agreed as Thursdays at nine; the calendar says Tuesdays at ten.
  const own = { startsOn: "2026-03-05", time: "09:00", zone: "Europe/Berlin", minutes: 30, everyWeeks: 1 };
  await app.call(scheduleSeries, { personId, ...own });
  const before = (await app.call(listMeetings, { personId })).meetings;
  const prepared = before[1]?.id ?? "";
  await prepare(app, prepared);
  const sourceId = await addSource(app);
  await readText(app, sourceId, calendarText(weekly));
  const [candidate] = (await app.call(listCandidates, {})).candidates;
  assert.equal(candidate?.personId, personId);
  await app.call(confirmCandidate, { sourceId, seriesKey: candidate?.seriesKey ?? "", personId });
  const { meetings } = await app.call(listMeetings, { personId });
  assert.deepEqual(starts(meetings), ["2026-03-03T10:00 planned", "2026-03-10T10:00 planned", "2026-03-17T10:00 planned"]);
  assert.equal(meetings.length, 26);
  assert.equal(meetings.find((one) => one.id === prepared)?.localStart, "2026-03-10T10:00");
});

onEveryStore("a series confirmed twice, also at once, is one", async (app) => {
  await settle(app);
  const sourceId = await addSource(app);
  await readText(app, sourceId, calendarText(weekly));
  const input = { sourceId, seriesKey: "one@example.org", name: "Dana Kim", email: "dana@example.org" };
  const both = await Promise.all([app.call(confirmCandidate, input), app.call(confirmCandidate, input)]);
  assert.equal(both[0].id, both[1].id);
  assert.equal((await app.call(listMeetings, {})).meetings.length, 26);
});

onEveryStore("the same reading by two processes at once is one", async (app) => {
  const { read, meetings } = await follow(app, weekly);
  const changed = { ...weekly, except: ["20260317T100000"] };
  const extra: EventText = { ...weekly, uid: "one@example.org", start: "20260305T100000", rule: "FREQ=WEEKLY" };
  await Promise.all([read(changed), read(changed)]);
  await Promise.all([read(extra), read(extra)]);
  const all = await meetings();
  assert.equal(new Set(all.map((one) => one.startsAt)).size, all.length);
  assert.equal(all.filter((one) => one.state === "planned").length, 26);
});

onEveryStore("the rest of a series that Google split goes on in the same meetings", async (app) => {
  const google = { ...weekly, uid: "abc@google.com" };
  const { read, meetings } = await follow(app, google);
  const prepared = (await meetings())[3]?.id ?? "";
  await prepare(app, prepared);
  await read(
    { ...google, rule: "FREQ=WEEKLY;UNTIL=20260316T225959Z" },
    { ...google, uid: "abc_R20260317T090000@google.com", start: "20260318T140000", title: "1:1 Ana / Dana" },
  );
  const all = await meetings();
  assert.deepEqual(starts(all, 4), [
    "2026-03-03T10:00 planned",
    "2026-03-10T10:00 planned",
    "2026-03-18T14:00 planned",
    "2026-03-25T14:00 planned",
  ]);
  assert.equal(all.find((one) => one.id === prepared)?.localStart, "2026-03-25T14:00");
});

onEveryStore("a new event of the same people and title continues one that ended, weeks later too", async (app) => {
  const { read, meetings } = await follow(app, { ...weekly, rule: "FREQ=WEEKLY;COUNT=3" });
  assert.equal((await meetings()).length, 3);
  app.clock.set("2026-04-06T09:00:00Z");
  await read({ ...weekly, uid: "two@example.org", start: "20260408T110000" });
  const coming = (await meetings()).filter((one) => one.startsAt > "2026-04-06");
  assert.deepEqual(starts(coming, 2), ["2026-04-08T11:00 planned", "2026-04-15T11:00 planned"]);
});

onEveryStore("another 1:1 with the same person beside the first is not taken for its continuation", async (app) => {
  const { read } = await follow(app, weekly);
  await read(weekly, { ...weekly, uid: "career@example.org", start: "20260312T160000", rule: "FREQ=MONTHLY" });
  const { candidates } = await app.call(listCandidates, {});
  assert.deepEqual(
    candidates.map((one) => one.seriesKey),
    ["career@example.org"],
  );
});

onEveryStore("two events of one person lead one series of meetings", async (app) => {
  const { read, sourceId, personId, meetings } = await follow(app, weekly);
  await read(weekly, {
    ...weekly,
    uid: "career@example.org",
    title: "Career talk",
    start: "20260313T160000",
    rule: "FREQ=WEEKLY;INTERVAL=4",
  });
  await app.call(confirmCandidate, { sourceId, seriesKey: "career@example.org", personId });
  assert.deepEqual(starts(await meetings(), 3), [
    "2026-03-03T10:00 planned",
    "2026-03-10T10:00 planned",
    "2026-03-13T16:00 planned",
  ]);
});

onEveryStore("stop following keeps the meetings, and the series goes on by the calendar's rhythm", async (app) => {
  const { read, seriesId, meetings, personId } = await follow(app, weekly);
  await app.call(stopFollowing, { id: seriesId });
  await read({ ...weekly, start: "20260305T160000" });
  assert.deepEqual(starts(await meetings(), 2), ["2026-03-03T10:00 planned", "2026-03-10T10:00 planned"]);
  app.clock.set("2026-04-06T09:00:00Z");
  await inTransaction(app.database, (tx) => keepMeetingsAhead(tx, app.owner, app.clock.now()));
  assert.equal((await meetings()).at(-1)?.localStart, "2026-09-29T10:00");
  const { candidates } = await app.call(listCandidates, {});
  assert.equal(candidates[0]?.personId, personId, "it is offered again");
});

onEveryStore("a stranger finds nothing, confirms nothing and stops nothing", async (app) => {
  const { sourceId, seriesId } = await follow(app, weekly);
  const { followings } = await app.call(listCalendarFollowings, {});
  assert.deepEqual((await app.callAs(app.stranger, listCandidates, {})).candidates, []);
  assert.deepEqual((await app.callAs(app.stranger, listCalendarFollowings, {})).followings, []);
  const missing = { code: "not_found" };
  await assert.rejects(
    app.callAs(app.stranger, confirmCandidate, { sourceId, seriesKey: "one@example.org", name: "X" }),
    missing,
  );
  await assert.rejects(app.callAs(app.stranger, releaseCalendar, { id: followings[0]?.id ?? "" }), missing);
  await assert.rejects(app.callAs(app.stranger, stopFollowing, { id: seriesId }), missing);
});
