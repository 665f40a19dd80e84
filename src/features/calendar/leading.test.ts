import assert from "node:assert/strict";
import { addSource, calendarText, type EventText, GUESTS, readText } from "../../../test/support/calendar-readings.ts";
import { startSmtpSink } from "../../../test/support/smtp-sink.ts";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { silentLog } from "../../platform/log.ts";
import { saveProfile } from "../account/operations.ts";
import { approveAgenda, openAgenda, previewAgenda, putItem } from "../agenda/index.ts";
import { createMailWorker, findDelivery, mailAccountOperations, type MailConfig, sendNow } from "../delivery/index.ts";
import {
  editSeries,
  endSeries,
  handOver,
  listMeetings,
  listSeries,
  markNotHeld,
  moveFollowing,
  pauseSeries,
  skipDays,
  trustHours,
} from "../meetings/index.ts";
import { showToday } from "../today/index.ts";
import { confirmCandidate, dismissCandidate, keepTitleRule, listCandidates } from "./index.ts";

const weekly: EventText = { start: "20260304T100000", rule: "FREQ=WEEKLY", guests: GUESTS };
const { rule: _rule, ...once } = weekly;
const KEY = "one@example.org";
const config: MailConfig = { keyFile: "/nowhere", key: Buffer.alloc(32, 7).toString("base64") };

interface Story {
  readonly sourceId: string;
  readonly personId: string;
  readonly seriesId: string;
  read(...events: readonly EventText[]): Promise<void>;
  /** The n-th meeting from now on. */
  meeting(index: number): Promise<string>;
  /** Approves an agenda for a meeting, to go out by itself. */
  approve(meetingId: string): Promise<void>;
  /** Moves the clock, and does what is due by then. */
  at(instant: string): Promise<void>;
  readonly mails: readonly unknown[];
}

/** Ana follows her 1:1 with Dana, and her mail goes to a server that takes it. */
async function inStory(app: TestApp, events: readonly EventText[], tell: (story: Story) => Promise<void>): Promise<void> {
  const sink = await startSmtpSink();
  const worker = createMailWorker({ database: app.database, clock: app.clock, mailConfig: config, log: silentLog });
  try {
    await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
    const account = { host: "127.0.0.1", port: sink.port, security: "none", username: "", password: "" } as const;
    await app.call(mailAccountOperations(config).saveMailAccount, account);
    const sourceId = await addSource(app);
    await readText(app, sourceId, calendarText(...events));
    const dana = { name: "Dana Kim", email: "dana@example.org" };
    const { personId, seriesId } = await app.call(confirmCandidate, { sourceId, seriesKey: KEY, ...dana });
    await tell({
      sourceId,
      personId,
      seriesId,
      read: (...some) => readText(app, sourceId, calendarText(...some)),
      meeting: async (index) => (await app.call(listMeetings, {})).meetings[index]?.id ?? "",
      async approve(meetingId) {
        await app.call(openAgenda, { meetingId });
        await app.call(putItem, { meetingId, kind: "need", text: "A yes to the pilot" });
        const preview = await app.call(previewAgenda, { meetingId });
        await app.call(approveAgenda, { meetingId, way: "smtp", hash: preview.mail.hash });
      },
      async at(instant) {
        app.clock.set(instant);
        await worker.tick();
      },
      mails: sink.mails,
    });
  } finally {
    await sink.close();
  }
}

async function agendaOf(app: TestApp, meetingId: string) {
  return findDelivery(app.database.reader, app.owner, meetingId, "agenda");
}

onEveryStore("an approved agenda goes out a day before the hour that the calendar moved its meeting to, once", (app) =>
  inStory(app, [weekly], async ({ read, meeting, approve, at, mails }) => {
    const id = await meeting(0);
    await approve(id);
    await read(weekly, { ...once, start: "20260306T150000", instance: "20260304T100000" });
    assert.equal((await agendaOf(app, id))?.sendAt, "2026-03-05T14:00:00.000Z");
    await at("2026-03-05T13:59:00Z");
    assert.equal(mails.length, 0);
    await at("2026-03-05T14:00:00Z");
    await read(weekly, { ...once, start: "20260306T150000", instance: "20260304T100000" });
    await at("2026-03-06T10:00:00Z");
    assert.equal(mails.length, 1);
  }),
);

onEveryStore("a meeting that the calendar cancels sends nothing, and put back it asks for a new approval", (app) =>
  inStory(app, [weekly], async ({ read, meeting, approve, at, mails }) => {
    const id = await meeting(0);
    await approve(id);
    await read({ ...weekly, except: ["20260304T100000"] });
    assert.equal(await agendaOf(app, id), undefined);
    await read(weekly);
    await at("2026-03-04T08:00:00Z");
    assert.equal(mails.length, 0);
  }),
);

onEveryStore("a meeting that moves after its agenda went out sends no second one; a short note is offered", (app) =>
  inStory(app, [weekly], async ({ read, meeting, approve, at, mails }) => {
    const id = await meeting(0);
    await approve(id);
    await at("2026-03-03T09:00:00Z");
    assert.equal(mails.length, 1);
    await read(weekly, { ...once, start: "20260306T150000", instance: "20260304T100000" });
    const moved = await agendaOf(app, id);
    assert.deepEqual([moved?.state, moved?.noteOffered], ["sent", true]);
    await read(weekly);
    assert.equal((await agendaOf(app, id))?.noteOffered, false, "back at the hour that the recipient knows");
    await read({ ...weekly, except: ["20260304T100000"] });
    assert.equal((await agendaOf(app, id))?.noteOffered, true);
    await at("2026-03-07T15:00:00Z");
    assert.equal(mails.length, 1);
  }),
);

onEveryStore("an unknown zone lets nothing go out by itself until its owner confirms the hours", (app) =>
  inStory(app, [{ ...weekly, zone: "Customized Zone 1" }], async ({ read, meeting, approve, at, mails, seriesId }) => {
    const unknown = { ...weekly, zone: "Customized Zone 1" };
    const id = await meeting(0);
    const { meetings } = await app.call(listMeetings, {});
    assert.equal(meetings[0]?.zone, "Europe/Berlin", "the owner's zone, until somebody knows better");
    assert.notEqual(meetings[0]?.hourDoubtedAt, null);
    assert.equal((await app.call(showToday, {})).now.reason, "hour_in_doubt");
    await approve(id);
    const held = await agendaOf(app, id);
    assert.deepEqual([held?.state, held?.heldReason], ["held", "doubt"]);
    await at("2026-03-03T09:00:00Z");
    await read(unknown);
    assert.equal(mails.length, 0);
    await app.call(trustHours, { id: seriesId });
    assert.equal((await agendaOf(app, id))?.state, "planned");
    await at("2026-03-03T09:00:01Z");
    assert.equal(mails.length, 1);
    await read(unknown);
    const after = (await app.call(listMeetings, {})).meetings;
    assert.ok(
      after.every((one) => one.hourDoubtedAt === null),
      "confirmed stays confirmed",
    );
  }),
);

onEveryStore("a zone that becomes doubtful after the approval holds the mail; sending it now is the owner's own word", (app) =>
  inStory(app, [weekly], async ({ read, meeting, approve, at, mails }) => {
    const id = await meeting(0);
    await approve(id);
    await read({ ...weekly, zone: "Nowhere Standard Time" });
    assert.equal((await agendaOf(app, id))?.heldReason, "doubt");
    await at("2026-03-03T10:00:00Z");
    assert.equal(mails.length, 0);
    await app.call(sendNow, { id: (await agendaOf(app, id))?.id ?? "" });
    await at("2026-03-03T10:00:01Z");
    assert.equal(mails.length, 1);
  }),
);

onEveryStore("a zone that becomes known settles the doubt by itself", (app) =>
  inStory(app, [{ ...weekly, zone: "Customized Zone 1" }], async ({ read, meeting, approve }) => {
    const id = await meeting(0);
    await approve(id);
    await read({ ...weekly, zone: "Europe/London" });
    const { meetings } = await app.call(listMeetings, {});
    assert.deepEqual([meetings[0]?.id, meetings[0]?.zone, meetings[0]?.hourDoubtedAt], [id, "Europe/London", null]);
    const planned = await agendaOf(app, id);
    assert.deepEqual([planned?.state, planned?.sendAt], ["planned", "2026-03-03T10:00:00.000Z"]);
  }),
);

onEveryStore("between two readings the clocks change: the calendar's wall clock holds in its own zone", (app) =>
  inStory(app, [{ ...weekly, zone: "America/New_York" }], async ({ read }) => {
    const hours = async (): Promise<string[]> =>
      (await app.call(listMeetings, {})).meetings.slice(0, 5).map((one) => `${one.localStart} ${one.startsAt}`);
    const before = await hours();
    assert.deepEqual(before.slice(0, 2), [
      "2026-03-04T10:00 2026-03-04T15:00:00.000Z",
      "2026-03-11T10:00 2026-03-11T14:00:00.000Z",
    ]);
    app.clock.set("2026-03-09T09:00:00Z");
    await read({ ...weekly, zone: "America/New_York" });
    assert.deepEqual(await hours(), before);
  }),
);

onEveryStore("a series that follows has no rhythm of its own to change; days off and the end are its owner's", (app) =>
  inStory(app, [weekly], async ({ seriesId, meeting, read, personId }) => {
    const conflict = { code: "conflict" };
    await assert.rejects(app.call(editSeries, { id: seriesId, time: "11:00" }), conflict);
    await assert.rejects(app.call(pauseSeries, { id: seriesId }), conflict);
    await assert.rejects(app.call(moveFollowing, { id: await meeting(0), date: "2026-03-05", time: "09:00" }), conflict);
    await app.call(skipDays, { from: "2026-03-09", to: "2026-03-15" });
    await read(weekly);
    assert.equal((await app.call(listMeetings, {})).meetings[1]?.cancelReason, "holiday");
    await app.call(endSeries, { id: seriesId, on: "2026-03-20" });
    await read(weekly);
    const left = (await app.call(listMeetings, { personId })).meetings.map((one) => one.localStart.slice(0, 10));
    assert.deepEqual(left, ["2026-03-04", "2026-03-11", "2026-03-18"]);
  }),
);

onEveryStore("somebody new takes over a series that followed: it goes on at the calendar's rhythm", (app) =>
  inStory(app, [weekly], async ({ personId, sourceId, read }) => {
    const { person } = await app.call(handOver, { personId, name: "Noor Haddad", email: "noor@example.org", on: "2026-03-31" });
    const coming = (await app.call(listMeetings, { personId: person.id })).meetings;
    assert.equal(coming[0]?.localStart, "2026-04-01T10:00");
    const successor: EventText = { ...weekly, uid: "new@example.org", title: "1:1 Ana / Noor", start: "20260402T110000" };
    await read({ ...successor, guests: ["ana@example.org", "Noor Haddad <noor@example.org>"] });
    await app.call(confirmCandidate, { sourceId, seriesKey: "new@example.org", personId: person.id });
    const followed = (await app.call(listMeetings, { personId: person.id })).meetings;
    assert.deepEqual([followed[0]?.localStart, followed.length <= coming.length], ["2026-04-02T11:00", true]);
  }),
);

onEveryStore("a past meeting that did not happen stays so, whatever the calendar says later", (app) =>
  inStory(app, [weekly], async ({ meeting, read }) => {
    const id = await meeting(0);
    app.clock.set("2026-03-05T09:00:00Z");
    await app.call(markNotHeld, { id });
    await read(weekly, { ...once, start: "20260306T150000", instance: "20260304T100000" });
    const first = (await app.call(listMeetings, {})).meetings[0];
    assert.deepEqual([first?.id, first?.state, first?.localStart], [id, "not_held", "2026-03-04T10:00"]);
  }),
);

onEveryStore("what was said about titles and events is remembered", async (app) => {
  await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
  const sourceId = await addSource(app);
  const club: EventText = {
    ...weekly,
    uid: "club@example.org",
    title: "Book Club",
    guests: ["ana@example.org", "a@example.org", "b@example.org"],
  };
  const sync: EventText = { ...weekly, uid: "sync@example.org", title: "Sync Ana/Tom", start: "20260305T090000", guests: [] };
  const titles = async (): Promise<string[]> => (await app.call(listCandidates, {})).candidates.map((one) => one.title);
  await readText(app, sourceId, calendarText(weekly, club, sync));
  assert.deepEqual(await titles(), ["1:1 Ana / Dana", "Sync Ana/Tom"]);
  await app.call(keepTitleRule, { phrase: "book club", verdict: "always" });
  await app.call(keepTitleRule, { phrase: "SYNC", verdict: "never" });
  assert.deepEqual(await titles(), ["Book Club", "1:1 Ana / Dana"]);
  await app.call(dismissCandidate, { sourceId, seriesKey: KEY });
  // What continues a dismissed event is not offered either.
  await readText(
    app,
    sourceId,
    calendarText(
      { ...weekly, rule: "FREQ=WEEKLY;COUNT=2" },
      { ...weekly, uid: "next@example.org", start: "20260319T100000" },
      club,
    ),
  );
  assert.deepEqual(await titles(), ["Book Club"]);
  await app.call(keepTitleRule, { phrase: "Book club", verdict: "never" });
  assert.deepEqual(await titles(), []);
  await assert.rejects(app.call(keepTitleRule, { phrase: "  ", verdict: "never" }), { code: "invalid" });
});

onEveryStore("of forty recurring events the one 1:1 is found and followed, and reading them again takes no time", async (app) => {
  await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
  const sourceId = await addSource(app);
  const crowd = ["ana@example.org", "b@example.org", "c@example.org", "d@example.org"];
  const others = Array.from({ length: 39 }, (_, index): EventText => ({
    uid: `crowd-${index}@example.org`,
    title: `Project ${index}`,
    start: `202603${String(2 + (index % 5)).padStart(2, "0")}T${String(8 + (index % 9)).padStart(2, "0")}0000`,
    rule: "FREQ=WEEKLY",
    guests: crowd,
  }));
  const text = calendarText(weekly, ...others);
  await readText(app, sourceId, text);
  const { candidates } = await app.call(listCandidates, {});
  assert.deepEqual(
    candidates.map((one) => [one.title, one.name]),
    [["1:1 Ana / Dana", "Dana Kim"]],
  );
  await app.call(confirmCandidate, { sourceId, seriesKey: KEY });
  const started = performance.now();
  await readText(app, sourceId, text);
  assert.ok(performance.now() - started < 2_000, `${Math.round(performance.now() - started)} ms`);
  const { series } = await app.call(listSeries, {});
  assert.equal(series.length, 1);
  assert.deepEqual(
    series[0]?.rules.map((rule) => [rule.time, rule.everyWeeks, rule.minutes]),
    [["10:00", 1, 30]],
  );
});
