import assert from "node:assert/strict";
import { test } from "node:test";
import type { CapturedMail } from "../support/smtp-sink.ts";
import {
  ana,
  approve,
  capture,
  DUE,
  eachOnce,
  entry,
  mailShown,
  MONDAY,
  noteInMeeting,
  openPreparation,
  putOnAgenda,
  settleIn,
  tickOff,
} from "../support/journey-pages.ts";
import { inJourney, type Journey, type JourneyOptions } from "../support/journey.ts";

const MEETING_ENDS = "2026-03-04T09:30:00Z";

const RELEASE = "The billing release went out two days early";
const MENTOR = "Noor asked me to mentor the new colleague";
const SYSTEM = "Two teams share one test system and block each other";
const ROOM = "A room for the team day";

async function captureAFewThings(journey: Journey): Promise<void> {
  await capture(journey, "Win", RELEASE);
  await capture(journey, "Win", MENTOR);
  await capture(journey, "Challenge", SYSTEM);
  await journey.look();
}

/** Every step in its order. One win is chosen and one stays in the journal. Ends on the mail. */
async function prepare(journey: Journey): Promise<void> {
  const { page } = journey;
  await openPreparation(journey);
  await journey.look();
  await journey.go("button", "Start preparing");

  await page.getByLabel("I need").fill("A yes to the pilot");
  if (journey.hasScripts) {
    await page.getByText("Saved as a private draft.").waitFor();
    await page.reload();
    assert.equal(await page.getByLabel("I need").inputValue(), "A yes to the pilot", "what was typed is saved by itself");
  }
  await putOnAgenda(journey, { "I need": "A yes to the pilot, today" });

  await journey.go("button", "Put it on the agenda", entry(journey, RELEASE));
  await journey.go("button", "Next: Challenge");

  await journey.go("button", "Put it on the agenda", entry(journey, SYSTEM));
  await journey.go("link", "Change the words", entry(journey, SYSTEM));
  await putOnAgenda(
    journey,
    {
      "What could be done": "A second system, or fixed days",
      "What I would do": "Fixed days, for a month",
      "What I want decided": "May I propose it?",
    },
    "Put these words on the agenda",
  );

  await page.getByLabel("Something you work on").fill("Pilot");
  await page.getByLabel("Something you want to learn").fill("Facilitation");
  await journey.go("button", "Change question 1 first");
  assert.notEqual(await page.getByLabel("My question").inputValue(), "");
  await putOnAgenda(journey, { "My question": "What should I learn on the pilot to lead the next one?" });

  await page.getByText("Nothing is open.").waitFor();
  await journey.look();
  await journey.go("link", "Next: Other topics");
  await putOnAgenda(journey, { "A topic": ROOM });
  await journey.look();
  await journey.go("button", "Ready: see the mail");
}

function bodyOf(mail: CapturedMail | undefined): string {
  return (mail?.parsed.text ?? "").replaceAll("\r\n", "\n").trim();
}

/** Not before its hour, at its hour, and never again, also when the program was restarted in between. */
async function theAgendaArrives(journey: Journey, approved: { subject: string; text: string }): Promise<void> {
  const { sink, page } = journey;
  await journey.restart(DUE.subtract({ hours: 3 }).toString());
  await journey.go("button", "1 hour on");
  await journey.moveClockTo(DUE.subtract({ seconds: 45 }));
  assert.equal(sink.connections, 0, "nothing is sent before its hour");
  await journey.moveClockTo(DUE);
  const [agenda] = await sink.waitForMail(1);
  assert.deepEqual(agenda?.envelopeTo, [ana.managerEmail]);
  assert.equal(agenda?.parsed.subject, approved.subject);
  assert.equal(bodyOf(agenda), approved.text.trim(), "the words that were approved");
  assert.doesNotMatch(agenda?.raw ?? "", /mentor/u, "what was not chosen stays in the journal");
  for (let hour = 0; hour < 3; hour += 1) await journey.go("button", "1 hour on");
  assert.equal(sink.mails.length, 1, "once");
  await page.getByText("The agenda went out").waitFor();
  await journey.go("link", "Open the meeting");
  await journey.go("link", "See the mail");
  await page.getByText("24 hours ahead").waitFor();
  await journey.look();
}

/** The talk: one thing is ticked off, four kinds of lines are noted. Ends on the recap's mail. */
async function meetAndWriteTheRecap(journey: Journey): Promise<void> {
  const { page } = journey;
  await journey.moveClockTo(MEETING_ENDS);
  await journey.open("/");
  await journey.look();
  await journey.go("link", /^Answer|^Open the meeting/u, page.locator(".lede + .actions"));
  await tickOff(journey, RELEASE);
  await tickOff(journey, SYSTEM);
  await noteInMeeting(journey, "Just a note", "He seemed tired today");
  await noteInMeeting(journey, "Decision", "The pilot starts on Monday");
  await noteInMeeting(journey, "My action", "Propose fixed days to both teams");
  await noteInMeeting(journey, "Max's commitment", "Ask finance about the course");
  await noteInMeeting(journey, "Open question", "Who reviews the import when Lena is away?");
  await journey.look();
  await journey.go("button", "Write the recap");
  await journey.look();
  await page.getByLabel("By when").first().fill("2026-03-10");
  await journey.go("button", "Save and see the mail");
}

async function theRecapArrives(journey: Journey, approved: { text: string }): Promise<void> {
  const { sink } = journey;
  const [agenda, recap] = await sink.waitForMail(2);
  assert.equal(bodyOf(recap), approved.text.trim(), "the words that were approved");
  assert.equal(recap?.parsed.inReplyTo, agenda?.parsed.messageId, "in the same thread");
  assert.ok(recap?.parsed.references?.includes(agenda?.parsed.messageId ?? "-"));
  const parts = ["Decisions", "My actions", "Max's commitments", "Open questions"].map((title) =>
    bodyOf(recap).indexOf(`\n${title}\n`),
  );
  assert.ok(
    parts.every((place, index) => place > (parts[index - 1] ?? 0)),
    "four parts in their order",
  );
  assert.doesNotMatch(recap?.raw ?? "", /tired/u, "a note is nobody else's");
  await journey.moveClockTo("2026-03-09T08:00:00Z");
  await journey.go("button", "1 hour on");
  assert.equal(sink.mails.length, 2, "once");
}

const OPEN = [
  "Propose fixed days to both teams",
  "Ask finance about the course",
  "Who reviews the import when Lena is away?",
  ROOM,
];

/** What is open stands in the next preparation by itself, once, however often and in however many tabs it is opened (S53). */
async function whatIsOpenComesBack(journey: Journey): Promise<void> {
  const { page } = journey;
  await openPreparation(journey);
  await journey.go("button", "Start preparing");
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.close();
  await openPreparation(journey);
  await journey.go("link", /^Still open/u, page.getByRole("navigation", { name: "Steps of the preparation" }));
  await eachOnce(journey, OPEN);
  await journey.look();
  await journey.open(new URL("../agenda", page.url()).pathname);
  await eachOnce(journey, OPEN);
  await journey.open("/commitments");
  await eachOnce(journey, OPEN.slice(0, 3));
  await journey.look();
  await journey.open("/record");
  await journey.look();
}

async function theWholeLoop(options: Omit<JourneyOptions, "startsAt">): Promise<void> {
  await inJourney({ startsAt: MONDAY, ...options }, async (journey) => {
    await settleIn(journey, ana);
    await captureAFewThings(journey);
    await prepare(journey);
    const agenda = await mailShown(journey);
    assert.match(agenda.text, /A yes to the pilot, today/u);
    await approve(journey, /^By itself/u);
    await theAgendaArrives(journey, agenda);
    await meetAndWriteTheRecap(journey);
    const recap = await mailShown(journey);
    await approve(journey, /^By itself/u);
    await theRecapArrives(journey, recap);
    await whatIsOpenComesBack(journey);
  });
}

test("from an empty machine to a sent agenda, a kept recap and the next preparation", () => theWholeLoop({ size: "wide" }));

test("the same on a phone with JavaScript switched off", () => theWholeLoop({ size: "narrow", javaScriptEnabled: false }));
