import assert from "node:assert/strict";
import { test } from "node:test";
import { callApi } from "../support/journey-api.ts";
import { ana, approve, DUE, entry, mailShown, MONDAY, openPreparation, putOnAgenda, settleIn } from "../support/journey-pages.ts";
import { inJourney, type Journey, type JourneyOptions } from "../support/journey.ts";

const MEETING_ENDS = "2026-03-04T09:30:00Z";

const DULL = "How am I doing?";
const WITH_GAP = "Whom should I talk to before [project] goes further?";
const FILLED = "Whom should I talk to before Pilot goes further?";
const UNCOVERED = "He worries about the audit in May";

const offers = ({ page }: Journey) => page.locator("#question-offers");
const myQuestion = ({ page }: Journey) => page.getByLabel("My question");

async function openGrowth(journey: Journey): Promise<void> {
  await openPreparation(journey);
  await journey.go("button", "Start preparing");
  await putOnAgenda(journey, { "I need": "A yes to the pilot" });
  await openStep(journey, "Growth");
}

async function openStep(journey: Journey, name: string): Promise<void> {
  await journey.go(
    "link",
    new RegExp(`^${name}`, "u"),
    journey.page.getByRole("navigation", { name: "Steps of the preparation" }),
  );
}

const meetingPath = ({ page }: Journey) => /^\/meetings\/[^/]+/u.exec(new URL(page.url()).pathname)?.[0] ?? "";

async function agendaTexts(journey: Journey): Promise<string[]> {
  const meetingId = meetingPath(journey).replace("/meetings/", "");
  const agenda = JSON.parse(await callApi(journey, "agenda.show", { meetingId })) as {
    items: { text: string; kind: string; preparedAt: string | null }[];
  };
  return agenda.items.filter((one) => one.preparedAt !== null && one.kind === "growth").map((one) => one.text);
}

/** A question that a word would answer is met with three that uncover more; it stays, and is nobody's until its owner decides (S41). */
async function isMetWithBetterOnes(journey: Journey): Promise<string> {
  await myQuestion(journey).fill(DULL);
  // With scripts they come by themselves; without, in place of the dull question's way onto the agenda.
  if (!journey.hasScripts)
    await journey.go("button", "Put it on the agenda", journey.page.locator("form#prepare .actions").first());
  await offers(journey).getByText("Questions that uncover more").waitFor();
  assert.equal(await offers(journey).getByRole("listitem").count(), 3);
  assert.equal(await myQuestion(journey).inputValue(), DULL, "what was typed is still there");
  assert.deepEqual(await agendaTexts(journey), [], "and not yet on the agenda");
  await journey.look();
  const better = offers(journey)
    .getByRole("listitem")
    .filter({ has: journey.page.getByRole("button", { name: /^Ask question/u }) })
    .first();
  const question = (await better.locator("p").first().innerText()).trim();
  await journey.go("button", /^Ask question/u, better);
  assert.deepEqual(await agendaTexts(journey), [question], "the better one has taken its place");
  return question;
}

/** A gap blocks approval with a message where it is, until it is filled from the projects that Ana has (S38). */
async function isBlockedUntilItIsFilled(journey: Journey): Promise<void> {
  const { page } = journey;
  await openStep(journey, "Growth");
  await myQuestion(journey).fill(WITH_GAP);
  await journey.go("button", "Put it on the agenda", page.locator("form#prepare .actions").first());
  await openStep(journey, "Minutes");
  await journey.go("button", "Ready: see the mail");
  await page.getByRole("heading", { name: "How long for what?" }).waitFor();
  await journey.open(`${meetingPath(journey)}/agenda`);
  await page.getByText("Before it can go out").waitFor();
  assert.equal(await page.getByRole("button", { name: "Approve these words" }).count(), 0);
  await journey.look();
  await journey.go("link", "Change the words");
  await page.getByRole("group", { name: "Still to be filled in" }).waitFor();
  await journey.look();
  const gap = page.getByLabel("project", { exact: true });
  const list = page.locator(`datalist#${await gap.getAttribute("list")}`);
  assert.deepEqual(await list.locator("option").evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value)), [
    "Pilot",
  ]);
  await gap.fill("Pilot");
  await journey.go("button", "Put these words on the agenda");
  await openStep(journey, "Minutes");
  await journey.go("button", "Ready: see the mail");
  assert.ok((await mailShown(journey)).text.includes(FILLED));
}

/** What the talk brought to light is written down on the meeting's page, and stands on Max's card from then on (S40). */
async function landsOnTheCard(journey: Journey, question: string): Promise<void> {
  const { page } = journey;
  const meeting = meetingPath(journey);
  await journey.moveClockTo(DUE);
  await journey.sink.waitForMail(1);
  await journey.open(meeting);
  assert.equal(await page.getByLabel("What did it uncover?").count(), 0, "not before the talk");
  await journey.moveClockTo(MEETING_ENDS);
  await journey.open(meeting);
  await journey.go("button", "It took place: write the recap");
  await journey.open(meeting);
  const line = entry(journey, question).filter({ has: page.getByLabel("What did it uncover?") });
  await line.getByLabel("What did it uncover?").fill(UNCOVERED);
  await journey.look();
  await journey.go("button", "Keep it", line);
  await page.getByText(UNCOVERED).waitFor();
  await journey.open("/people");
  await journey.go("link", ana.manager, page.getByRole("main"));
  await journey.go("link", "What you know about them");
  await entry(journey, UNCOVERED).getByText(question).waitFor();
  assert.equal(await entry(journey, UNCOVERED).locator("time").first().getAttribute("datetime"), "2026-03-04");
  await journey.look();
}

function askingBetter(options: Omit<JourneyOptions, "startsAt">): Promise<void> {
  return inJourney({ startsAt: MONDAY, ...options }, async (journey) => {
    await settleIn(journey, ana);
    await callApi(journey, "journal.capture", { kind: "note", text: "The pilot has a date", projects: ["Pilot"] });
    await openGrowth(journey);
    const question = await isMetWithBetterOnes(journey);
    await isBlockedUntilItIsFilled(journey);
    await approve(journey, /^By itself/u);
    await landsOnTheCard(journey, question);
  });
}

const NAME =
  "a dull question is met with three better ones, a gap blocks the mail until it is filled, and what a question uncovered lands on the card (S38, S40, S41)";

test(NAME, () => askingBetter({ size: "wide" }));

test(`${NAME}, on a phone without JavaScript`, () => askingBetter({ size: "narrow", javaScriptEnabled: false }));
