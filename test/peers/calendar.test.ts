import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { saveProfile } from "../../src/features/account/index.ts";
import {
  calendarAccountOperations,
  type CalendarConfig,
  calendarSourceOperations,
  confirmCandidate,
  listCandidates,
} from "../../src/features/calendar/index.ts";
import { comingMeetings } from "../../src/features/meetings/index.ts";
import { freshDatabase } from "../support/stores.ts";
import { buildTestApp, type TestApp } from "../support/test-app.ts";
import { calendarText, eventText } from "../support/weekly-calendar.ts";
import { type CalendarServer, putEvent, removeEvent, startRadicale, startXandikos } from "./calendar-servers.ts";

const weekly = { uid: "talk-1", summary: "1:1 Ana / Dana", start: "20260309T100000" };
const guests = [
  "ORGANIZER;CN=Dana Kim:mailto:dana@example.org",
  "ATTENDEE;CN=Dana Kim;PARTSTAT=ACCEPTED:mailto:dana@example.org",
  "ATTENDEE;CN=Ana Silva;PARTSTAT=ACCEPTED:mailto:ana@example.org",
];

/** The talk, with other events around it; `more` changes single meetings of it. */
function talk(more: string = "", lines: readonly string[] = []): string {
  return calendarText(eventText({ ...weekly, more: [...guests, ...lines] }) + more);
}

function moved(from: string, to: string): string {
  return [
    "BEGIN:VEVENT",
    "UID:talk-1",
    "DTSTAMP:20260302T080000Z",
    `RECURRENCE-ID;TZID=Europe/Berlin:${from}`,
    `DTSTART;TZID=Europe/Berlin:${to}`,
    "DURATION:PT30M",
    "SUMMARY:1:1 Ana / Dana",
    "SEQUENCE:1",
    "END:VEVENT",
    "",
  ].join("\r\n");
}

async function starts(app: TestApp): Promise<string[]> {
  const meetings = await comingMeetings(app.database.reader, app.owner, app.clock.now(), 4);
  return meetings.map((one) => `${one.state} ${Temporal.Instant.from(one.startsAt).toString()}`);
}

async function withServer(start: () => Promise<CalendarServer>, work: (app: TestApp, server: CalendarServer) => Promise<void>) {
  const server = await start();
  const database = await freshDatabase("sqlite");
  try {
    const app = await buildTestApp(database);
    app.clock.set("2026-03-02T08:00:00Z");
    await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
    await work(app, server);
  } finally {
    await database.close();
    await server.stop();
  }
}

for (const start of [startRadicale, startXandikos]) {
  test(`a 1:1 is found in a real account, confirmed and followed through a move, a cancellation and its end (${start.name})`, () =>
    withServer(start, async (app, server) => {
      const config: CalendarConfig = { keyFile: "/nowhere", key: randomBytes(32).toString("base64") };
      const { addCaldav } = calendarAccountOperations(config);
      const { readNow } = calendarSourceOperations(config);
      await putEvent(server, "talk", talk());
      await putEvent(
        server,
        "standup",
        calendarText(eventText({ uid: "standup", summary: "Team stand-up", start: "20260302T090000" })),
      );

      const account = { address: server.url, user: server.user, password: server.password, allowPrivate: true };
      const { found } = await app.call(addCaldav, account).catch(async (error: unknown) => {
        throw new Error(`${server.name}: ${String(error)}`, { cause: error });
      });
      const chosen = found.find((one) => server.calendar.endsWith(one.path)) ?? found[0];
      assert.ok(chosen, "the account's calendar is found");
      const added = found.length === 1 ? [] : (await app.call(addCaldav, { ...account, calendars: [chosen.path] })).added;
      const { candidates } = await app.call(listCandidates, {});
      const [candidate] = candidates;
      assert.deepEqual([candidate?.title, candidate?.name], ["1:1 Ana / Dana", "Dana Kim"]);
      const sourceId = candidate?.sourceId ?? added[0]?.id ?? "";
      await app.call(confirmCandidate, {
        sourceId,
        seriesKey: candidate?.seriesKey ?? "",
        name: "Dana Kim",
        email: "dana@example.org",
      });
      assert.deepEqual(await starts(app), [
        "planned 2026-03-09T09:00:00Z",
        "planned 2026-03-16T09:00:00Z",
        "planned 2026-03-23T09:00:00Z",
        "planned 2026-03-30T08:00:00Z",
      ]);

      await putEvent(
        server,
        "talk",
        talk(moved("20260309T100000", "20260310T140000"), ["EXDATE;TZID=Europe/Berlin:20260316T100000"]),
      );
      await app.call(readNow, { id: sourceId });
      assert.deepEqual(await starts(app), [
        "planned 2026-03-10T13:00:00Z",
        "cancelled 2026-03-16T09:00:00Z",
        "planned 2026-03-23T09:00:00Z",
        "planned 2026-03-30T08:00:00Z",
      ]);

      const before = await starts(app);
      const again = await app.call(readNow, { id: sourceId });
      assert.deepEqual([again.state, await starts(app)], ["fresh", before], "the same calendar twice changes nothing");

      await removeEvent(server, "standup");
      assert.equal((await app.call(readNow, { id: sourceId })).state, "fresh");
      await server.stop();
      const down = await app.call(readNow, { id: sourceId });
      assert.notEqual(down.state, "fresh");
      assert.deepEqual(await starts(app), before, "a server that is away takes nothing with it");
    }));
}
