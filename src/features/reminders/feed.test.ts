import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { randomBytes } from "node:crypto";
import ICAL from "ical.js";
import { webApp } from "../../surfaces/web/web.ts";
import { openAssets } from "../../surfaces/web/assets.ts";
import { join } from "node:path";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { weeklyTalk } from "../../../test/support/weekly-talk.ts";
import { approveAgenda, openAgenda, previewAgenda, putItem } from "../agenda/index.ts";
import { markSent } from "../delivery/index.ts";
import {
  cancelMeeting,
  growthBlockIn,
  listMeetings,
  markHeld,
  markNotHeld,
  moveMeeting,
  requireMeeting,
} from "../meetings/index.ts";
import { addPerson, editPerson } from "../people/index.ts";
import { openRecap, saveRecap, waiveRecap } from "../recap/index.ts";
import { scheduleSeries } from "../meetings/index.ts";
import { feedOperations, feedProgram } from "./index.ts";
import { reachOf } from "../../platform/reach.ts";
import { call } from "../../platform/operation.ts";

const PUBLIC = "https://one.example.org";
const assets = openAssets(join(import.meta.dirname, "../.."));

function feedOf(app: TestApp) {
  const config = { keyFile: "/nowhere", key: randomBytes(32).toString("base64") };
  const reach = reachOf({ ...config, publicUrl: PUBLIC });
  const { database, clock, owner } = app;
  const caller = { owner, database, clock, reach };
  const operations = feedOperations(config);
  const web = webApp({
    featurePages: [],
    callerFor: () => caller,
    surroundingsFor: () => {
      throw new Error("A calendar program is shown nothing of the owner's frame.");
    },
    allowedHosts: new Set(["127.0.0.1:4111"]),
    publicHost: new URL(PUBLIC).host,
    programs: { "/feeds": feedProgram({ database, clock, config }) },
    assets,
  });
  return {
    show: () => call(caller, operations.showFeed, {}),
    renew: () => call(caller, operations.renewFeed, {}),
    revoke: () => call(caller, operations.revokeFeed, {}),
    get: (path: string, headers: Record<string, string> = {}, method = "GET") =>
      Promise.resolve(web.request(path, { method, headers: { host: "127.0.0.1:4111", ...headers } })),
  };
}

interface Read {
  readonly uid: string;
  readonly starts: string;
  readonly ends: string;
  readonly summary: string;
  readonly sequence: number;
}

/** The feed as another library reads it: every instant out of what is written, no event more than once. */
function readFeed(text: string): Read[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const utc = (time: ICAL.Time): string => {
    assert.equal(time.zone, ICAL.Timezone.utcTimezone, "every time is in UTC");
    return Temporal.Instant.fromEpochMilliseconds(time.toJSDate().getTime()).toString();
  };
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    assert.ok(!event.isRecurring());
    const [first] = [event.iterator().next() ?? event.startDate];
    for (const name of ["dtstamp", "last-modified"]) utc(component.getFirstPropertyValue(name) as ICAL.Time);
    return { uid: event.uid, starts: utc(first), ends: utc(event.endDate), summary: event.summary, sequence: event.sequence };
  });
}

const words = (text: string, until = "2026-03-20"): string[] =>
  readFeed(text)
    .filter(({ starts }) => starts < until)
    .map(({ starts, ends, summary }) => `${starts} ${ends.slice(11, 16)} ${summary}`);

async function approve(app: TestApp, meetingId: string): Promise<string> {
  await app.call(openAgenda, { meetingId });
  await app.call(putItem, { meetingId, kind: "need", text: "CANARY need" });
  const { mail } = await app.call(previewAgenda, { meetingId });
  return (await app.call(approveAgenda, { meetingId, way: "copy", hash: mail.hash })).id;
}

async function feedNow(feed: ReturnType<typeof feedOf>): Promise<string> {
  const answer = await feed.get((await feed.show()).path ?? "");
  assert.equal(answer.status, 200);
  return answer.text();
}

onEveryStore("the feed holds the moments of the meetings, and another library reads the same instants", async (app) => {
  await weeklyTalk(app);
  const feed = feedOf(app);
  await feed.renew();
  const text = await feedNow(feed);
  const calendar = new ICAL.Component(ICAL.parse(text));
  assert.equal(calendar.getFirstPropertyValue("method"), "PUBLISH");
  assert.equal(String(calendar.getFirstPropertyValue("refresh-interval")), "PT1H");
  assert.equal(calendar.getAllSubcomponents("vtimezone").length, 0);
  assert.ok(text.endsWith("END:VCALENDAR\r\n") && !/[^\r]\n/u.test(text), "lines end with CRLF");
  assert.deepEqual(words(text), [
    "2026-03-10T15:00:00Z 15:15 Prepare the 1:1 with Max Berger",
    "2026-03-11T09:00:00Z 09:05 The agenda for Max Berger is due",
    "2026-03-12T09:30:00Z 09:40 Recap of the 1:1 with Max Berger",
    "2026-03-17T15:00:00Z 15:15 Prepare the 1:1 with Max Berger",
    "2026-03-18T09:00:00Z 09:05 The agenda for Max Berger is due",
    "2026-03-19T09:20:00Z 09:30 Ten minutes for growth with Max Berger",
    "2026-03-19T09:30:00Z 09:40 Recap of the 1:1 with Max Berger",
  ]);
  const summer = readFeed(text).filter(({ starts }) => starts.startsWith("2026-04-01"));
  assert.deepEqual(
    summer.map(({ starts }) => starts),
    ["2026-04-01T08:00:00Z"],
    "in summer time the send hour is an hour earlier",
  );
  const uids = readFeed(text).map(({ uid }) => uid);
  assert.equal(new Set(uids).size, uids.length);
});

onEveryStore("the feed follows what happens, with the same UID and a growing SEQUENCE", async (app) => {
  const { meetingId } = await weeklyTalk(app);
  const feed = feedOf(app);
  await feed.renew();
  let before = new Map<string, Read>();
  const step = async (): Promise<string[]> => {
    app.clock.advance({ minutes: 1 });
    const text = await feedNow(feed);
    const now = new Map(readFeed(text).map((event) => [event.uid, event]));
    for (const [uid, event] of now) {
      const was = before.get(uid);
      if (!was) continue;
      assert.ok(event.sequence >= was.sequence, `${uid} goes back`);
      const isSame = was.starts === event.starts && was.summary === event.summary && was.ends === event.ends;
      assert.ok(isSame || event.sequence > was.sequence, `${uid} changed without a new sequence`);
    }
    before = new Map([...before, ...now]);
    return words(text, "2026-03-14");
  };
  await step();
  await app.call(moveMeeting, { id: meetingId, date: "2026-03-13", time: "14:00" });
  assert.deepEqual(await step(), [
    "2026-03-11T15:00:00Z 15:15 Prepare the 1:1 with Max Berger",
    "2026-03-12T13:00:00Z 13:05 The agenda for Max Berger is due",
    "2026-03-13T13:30:00Z 13:40 Recap of the 1:1 with Max Berger",
  ]);
  const deliveryId = await approve(app, meetingId);
  assert.deepEqual((await step())[0], "2026-03-12T13:00:00Z 13:05 Send the agenda to Max Berger");
  app.clock.set("2026-03-12T13:02:00Z");
  await app.call(markSent, { id: deliveryId });
  assert.deepEqual((await step())[0], "2026-03-12T13:02:00Z 13:07 The agenda went out to Max Berger");
  await app.call(editPerson, {
    id: (await requireMeeting(app.database.reader, app.owner, meetingId)).personId,
    name: "Maxi Berger",
  });
  assert.match((await step()).join("\n"), /Recap of the 1:1 with Maxi Berger/u);
  app.clock.set("2026-03-13T14:00:00Z");
  await app.call(markHeld, { id: meetingId });
  await app.call(openRecap, { meetingId });
  await app.call(saveRecap, { meetingId, lines: [{ part: "decision", text: "CANARY decision" }] });
  assert.equal((await step()).length, 2);
  await app.call(waiveRecap, { meetingId });
  assert.equal((await step()).length, 1, "a waived recap is not due");
  await app.call(saveRecap, { meetingId, lines: [{ part: "decision", text: "CANARY another decision" }] });
  assert.equal((await step()).length, 2, "an edit brings it back");
  await app.call(markNotHeld, { id: meetingId });
  assert.equal((await step()).length, 1);
  const next = (await app.call(listMeetings, {})).meetings[1]?.id ?? "";
  await app.call(cancelMeeting, { id: next });
  await step();
  assert.ok(!(await feedNow(feed)).includes(next), "a cancelled meeting has no moments");
  assert.doesNotMatch(await feedNow(feed), /CANARY/u);
});

onEveryStore("the same data gives the same bytes, and who has them already is told so", async (app) => {
  const { meetingId } = await weeklyTalk(app);
  const feed = feedOf(app);
  const { path } = await feed.renew();
  const first = await feed.get(path ?? "");
  const tag = first.headers.get("etag") ?? "";
  const text = await first.text();
  app.clock.advance({ hours: 3 });
  assert.equal(await feedNow(feed), text);
  const again = await feed.get(path ?? "", { "if-none-match": tag });
  assert.deepEqual([again.status, await again.text(), again.headers.get("etag")], [304, "", tag]);
  assert.equal((await feed.get(path ?? "", {}, "HEAD")).status, 200);
  await app.call(moveMeeting, { id: meetingId, date: "2026-03-13", time: "14:00" });
  assert.equal((await feed.get(path ?? "", { "if-none-match": tag })).status, 200);
});

onEveryStore("an address is a secret: renewed and revoked ones are dead at once and look like unknown ones", async (app) => {
  const feed = feedOf(app);
  assert.deepEqual(await feed.show(), { path: null, publicUrl: null, createdAt: null });
  const first = await feed.renew();
  assert.match(first.path ?? "", /^\/feeds\/[\w-]{43}\.ics$/u);
  assert.equal(first.publicUrl, `${PUBLIC}${first.path}`);
  assert.deepEqual(await feed.show(), first);
  const second = await feed.renew();
  assert.notEqual(second.path, first.path);
  const unknown = await feed.get(`/feeds/${"A".repeat(43)}.ics`);
  const facts = async (answer: Response) => [answer.status, await answer.text(), answer.headers.get("etag")];
  const closed = await facts(unknown);
  assert.equal(closed[0], 404);
  assert.deepEqual(await facts(await feed.get(first.path ?? "")), closed);
  assert.equal((await feed.get(second.path ?? "")).status, 200);
  assert.deepEqual(await facts(await feedOf(app).get(second.path ?? "")), closed, "signed with another key");
  for (const odd of ["/feeds", "/feeds/", `${second.path}x`, (second.path ?? "").replace(".ics", "")])
    assert.equal((await feed.get(odd)).status, 404, odd);
  assert.equal((await feed.get(second.path ?? "", {}, "POST")).status, 404);
  await Promise.all([feed.renew(), feed.renew()]);
  const { path } = await feed.show();
  const live = await app.database.reader.selectFrom("calendar_feed").selectAll().where("revoked_at", "is", null).execute();
  assert.equal(live.length, 1, "two at once leave one");
  await feed.revoke();
  assert.deepEqual(await facts(await feed.get(path ?? "")), closed);
  assert.equal((await feed.show()).path, null);
});

onEveryStore("the feed also answers under the public address, to reading alone, and sets nothing there", async (app) => {
  await weeklyTalk(app);
  const feed = feedOf(app);
  const { path } = await feed.renew();
  const outside = { host: "one.example.org" };
  const answer = await feed.get(path ?? "", outside);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("set-cookie"), null);
  assert.match(answer.headers.get("content-type") ?? "", /^text\/calendar; charset=utf-8/u);
  assert.equal(answer.headers.get("cache-control"), "private, no-cache");
  assert.equal((await feed.get(path ?? "", outside, "POST")).status, 404);
  assert.equal((await feed.get("/settings/reminders", outside)).status, 404);
});

onEveryStore(
  "over five hundred meetings are read in a few queries, and growth has the same turns as in meetings",
  async (app) => {
    app.clock.set("2016-01-04T08:00:00Z");
    const personIds: string[] = [];
    for (let index = 0; index < 20; index += 1) {
      const { id: personId } = await app.call(addPerson, { name: `Person ${index}` });
      personIds.push(personId);
      const when = { startsOn: "2016-01-07", time: "10:00", zone: "Europe/Berlin", minutes: 30, everyWeeks: 1 };
      await app.call(scheduleSeries, { personId, ...when });
    }
    const { meetings } = await app.call(listMeetings, { limit: 500 });
    const far = meetings.at(-30);
    app.clock.set(`${far?.plannedOn}T12:00:00Z`);
    await app.call(markHeld, { id: meetings[3]?.id ?? "" });
    await app.call(markNotHeld, { id: meetings[5]?.id ?? "" });
    const feed = feedOf(app);
    await feed.renew();
    await feedNow(feed);
    const began = performance.now();
    const text = await feedNow(feed);
    const milliseconds = performance.now() - began;
    assert.ok(milliseconds < 500, `${milliseconds} ms`);
    const inFeed = new Set(readFeed(text).map(({ uid }) => uid));
    const { reader } = app.database;
    for (const meeting of meetings.slice(-60)) {
      const hasBlock = await growthBlockIn(reader, app.owner, await requireMeeting(reader, app.owner, meeting.id));
      if (inFeed.has(`recap-${meeting.id}@throughline.invalid`))
        assert.equal(inFeed.has(`growth-${meeting.id}@throughline.invalid`), hasBlock, meeting.plannedOn);
    }
  },
);
