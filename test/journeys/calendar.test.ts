import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { calendarText, type EventText } from "../support/calendar-readings.ts";
import { ana, approve, entry, MONDAY, prepareTheNeed } from "../support/journey-pages.ts";
import { inJourney, type Journey, type JourneyOptions } from "../support/journey.ts";

/** The calendar's server: what it says can be changed, and nobody else is asked. */
interface CalendarServer {
  readonly url: string;
  says(...events: readonly EventText[]): void;
  close(): Promise<void>;
}

async function startCalendar(): Promise<CalendarServer> {
  let text = "";
  const server = createServer((_request, response) => response.setHeader("content-type", "text/calendar").end(text));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/private-key/basic.ics`,
    says: (...events) => void (text = calendarText(...events)),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const people = ["Ana Silva <ana@example.org>", "Max Berger <max@example.org>"];
const team = [...people, "lee@example.org", "bo@example.org"];

/** Wednesdays at 10:00 in Berlin. The story begins on Monday 2 March 2026 at 10:00 there. */
const talk: EventText = { uid: "talk@example.org", title: "Ana / Max 1:1", start: "20260304T100000", guests: people };
const weekly: EventText = { ...talk, rule: "FREQ=WEEKLY" };
const others: readonly EventText[] = [
  { uid: "team@example.org", title: "Team weekly", start: "20260303T090000", guests: team, rule: "FREQ=WEEKLY" },
  { uid: "lunch@example.org", title: "Lunch", start: "20260305T120000", guests: ["ana@example.org"], rule: "FREQ=WEEKLY" },
];

/** Who one is; the rest is in the calendar. */
async function introduceOneself(journey: Journey): Promise<void> {
  const { page } = journey;
  await page.getByLabel("Your name").fill(ana.name);
  await page.getByLabel("Your mail address").fill(ana.email);
  await page.getByLabel("Time zone").fill(ana.zone);
  await journey.go("button", "Go on");
  await journey.go("link", "Find my 1:1s in my calendar");
  await journey.look();
}

async function subscribe(journey: Journey, calendar: CalendarServer): Promise<void> {
  const { page } = journey;
  await page.getByLabel("Address of the calendar").fill(calendar.url);
  await page.getByLabel("It is on this machine or in my own network").first().check();
  await journey.go("button", "Read this calendar");
  await page.getByRole("heading", { name: "Which of these are your 1:1s?" }).waitFor();
  assert.equal((await page.content()).includes("private-key"), false, "the address is a secret");
  await journey.look();
}

/** One click: the title names both, and the calendar knows the address. */
async function confirmTheTalk(journey: Journey): Promise<void> {
  const { page } = journey;
  assert.equal(await entry(journey, "Team weekly").count(), 0, "a meeting of four is no 1:1");
  await journey.go("button", "Yes, this is my 1:1 with Max");
  await page.getByRole("heading", { name: "Your 1:1 with Max Berger" }).waitFor();
  await page.getByText("Wed 4 Mar, 10:00").waitFor();
  await journey.look();
  await journey.open("/calendar");
  await page.getByRole("heading", { name: "1:1s that follow your calendar" }).waitFor();
  await journey.look();
}

async function approveTheAgenda(journey: Journey): Promise<void> {
  await prepareTheNeed(journey, "A yes to the pilot");
  await approve(journey, /^By itself/u);
  assert.match(await journey.page.getByRole("main").innerText(), /Tue 3 Mar, 10:00/u, "24 hours ahead");
}

/** The next 1:1 is Thursday at 14:00 now, and the one after that is off. */
async function theCalendarChanges(journey: Journey, calendar: CalendarServer): Promise<void> {
  const { page, sink } = journey;
  const moved: EventText = { ...talk, start: "20260305T140000", instance: "20260304T100000" };
  calendar.says({ ...weekly, except: ["20260311T100000"] }, moved, ...others);
  await journey.moveClockTo("2026-03-02T12:00:00Z");
  await journey.open("/");
  await page.getByText("Thu 5 Mar, 14:00").first().waitFor();
  await page.getByText("goes out Wed 4 Mar, 14:00").waitFor();
  await journey.look();
  await journey.open("/meetings");
  const row = page.getByRole("row").filter({ hasText: "Wed 11 Mar" });
  await row.getByText("Cancelled").waitFor();
  await page.getByRole("row").filter({ hasText: "Thu 5 Mar" }).getByText("Moved").waitFor();
  await journey.look();
  assert.equal(sink.mails.length, 0);
}

/** Nothing at the old hour; the mail at the new one; nothing again, nor for the meeting that is off. */
async function theMailLeavesOnce(journey: Journey): Promise<void> {
  const { sink } = journey;
  await journey.moveClockTo("2026-03-03T10:00:00Z");
  assert.equal(sink.connections, 0, "nothing leaves at the old hour");
  await journey.moveClockTo("2026-03-04T12:59:00Z");
  assert.equal(sink.connections, 0, "nothing leaves before the new hour");
  await journey.moveClockTo("2026-03-04T13:00:00Z");
  const [agenda] = await sink.waitForMail(1);
  assert.deepEqual(agenda?.envelopeTo, ["max@example.org"]);
  assert.match(agenda?.parsed.text ?? "", /A yes to the pilot/u);
  await journey.moveClockTo("2026-03-05T12:30:00Z");
  await journey.moveClockTo("2026-03-12T09:00:00Z");
  await journey.moveClockTo("2026-03-17T12:00:00Z");
  assert.equal(sink.mails.length, 1, "once, and nothing for the cancelled one");
}

/** The person's page says who leads, and how to stop. The meetings stay. */
async function stopFollowing(journey: Journey): Promise<void> {
  const { page } = journey;
  await journey.open("/people");
  await journey.go("link", "Max Berger");
  await page.getByText("every week on Wednesday at 10:00").waitFor();
  await journey.look();
  await journey.go("button", "Stop following the calendar");
  await page.getByText("The series no longer follows the calendar.").waitFor();
  await page.getByText("Every Wednesday at 10:00").waitFor();
  await page.getByRole("row").filter({ hasText: "Wed 18 Mar" }).waitFor();
}

async function theCalendarLeads(options: Omit<JourneyOptions, "startsAt">): Promise<void> {
  const calendar = await startCalendar();
  try {
    calendar.says(weekly, ...others);
    await inJourney({ startsAt: MONDAY, ...options }, async (journey) => {
      await introduceOneself(journey);
      await subscribe(journey, calendar);
      await confirmTheTalk(journey);
      await approveTheAgenda(journey);
      await theCalendarChanges(journey, calendar);
      await theMailLeavesOnce(journey);
      await stopFollowing(journey);
    });
  } finally {
    await calendar.close();
  }
}

test("a 1:1 is taken from the calendar, follows it, and its agenda leaves at the new hour, once", () =>
  theCalendarLeads({ size: "wide" }));

test("the same on a phone with JavaScript switched off", () => theCalendarLeads({ size: "narrow", javaScriptEnabled: false }));
