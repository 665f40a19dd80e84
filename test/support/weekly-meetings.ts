import assert from "node:assert/strict";
import { keepMeetingsAhead, listMeetings, type Meeting, scheduleSeries, useMeeting } from "../../src/features/meetings/index.ts";
import { addPerson } from "../../src/features/people/index.ts";
import { inTransaction } from "../../src/platform/storage/database.ts";
import type { TestApp } from "./test-app.ts";

/** The clock of a test stands at Monday 2 March 2026, 10:00 in Berlin. */
export async function weekly(app: TestApp, changes: { zone?: string; everyWeeks?: number; startsOn?: string } = {}) {
  const max = await app.call(addPerson, { name: "Max Berger" });
  const series = await app.call(scheduleSeries, {
    personId: max.id,
    startsOn: "2026-03-03",
    time: "10:00",
    zone: "Europe/Berlin",
    minutes: 30,
    everyWeeks: 1,
    ...changes,
  });
  return { max, series, all: () => meetings(app) };
}

export async function meetings(app: TestApp, range: { from?: string; to?: string } = {}): Promise<Meeting[]> {
  return (await app.call(listMeetings, range)).meetings;
}

export async function starts(app: TestApp, range: { from?: string; to?: string } = { to: "2026-03-31" }): Promise<string[]> {
  return (await meetings(app, range)).filter((one) => one.state === "planned").map((one) => one.localStart.slice(5));
}

export async function meetingOn(app: TestApp, on: string): Promise<Meeting> {
  const found = (await meetings(app)).find((one) => one.localStart.startsWith(on));
  assert.ok(found, `a meeting on ${on}`);
  return found;
}

export function use(app: TestApp, id: string): Promise<Meeting> {
  return inTransaction(app.database, (tx) => useMeeting(tx, app.owner, app.clock.now(), id));
}

export function keepAhead(app: TestApp) {
  return inTransaction(app.database, (tx) => keepMeetingsAhead(tx, app.owner, app.clock.now()));
}
