import assert from "node:assert/strict";
import { test } from "node:test";
import { ana, approve, DUE, mailShown, MONDAY, openPreparation, settleIn } from "../support/journey-pages.ts";
import { inJourney, type Journey, type JourneyOptions } from "../support/journey.ts";
import { wordsOfNobody } from "../support/mail-words.ts";
import { countPresses } from "../support/presses.ts";

const PROUD = "The night shift hands over without a phone call since I drew the board";
const NEED = "A yes to the pilot";
const DRAINING = { work: "Cellar inventory", why: "Counting alone until midnight" };

const FRESH_QUESTIONS = 5;

const light = ({ page }: Journey) => page.getByRole("region", { name: "One light question" });

async function openKnown(journey: Journey): Promise<void> {
  await journey.open("/people");
  await journey.go("link", ana.manager, journey.page.getByRole("main"));
  await journey.go("link", "What they cannot know unless you tell them");
}

async function ringSays({ page }: Journey, told: number): Promise<void> {
  await page.getByText(`${told} of ${FRESH_QUESTIONS} told to Max lately.`).waitFor();
}

/** Energy, said where it is asked for and kept. */
async function sayWhatDrains(journey: Journey): Promise<void> {
  const { page } = journey;
  await openKnown(journey);
  await ringSays(journey, 0);
  await journey.look();
  const energy = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Energy" }) });
  await energy.getByText("Answer", { exact: true }).click();
  const form = page.getByRole("form", { name: "Energy" });
  await form.getByLabel("Which work").fill(DRAINING.work);
  await form.getByRole("radio", { name: "Drains me (-2)" }).check();
  await form.getByLabel("What makes it so").fill(DRAINING.why);
  await journey.go("button", "Keep it private", form);
  await page.getByText("Only you know it until you put it on an agenda.").waitFor();
  await ringSays(journey, 0);
  await journey.look();
}

/** The one question of this preparation: answered and on the agenda, by two presses at most. */
async function answerTheLightQuestion(journey: Journey): Promise<void> {
  const { page } = journey;
  await openPreparation(journey);
  await journey.look();
  const presses = journey.hasScripts ? await countPresses(page) : undefined;
  await presses?.reset();
  assert.equal(await light(journey).getByRole("textbox").count(), 1, "one question, not more");
  await light(journey).getByLabel("What are you most proud of this week?").fill(PROUD);
  await journey.go("button", "Put it on the agenda", light(journey));
  if (presses) assert.ok((await presses.clicks()) <= 2, `${await presses.clicks()} presses`);
  await light(journey).getByText("Answered. That was the only one.").waitFor();
  assert.equal(await page.getByText(DRAINING.work).count(), 0, "energy is not proposed");
  await journey.look();
}

async function sendTheAgenda(journey: Journey): Promise<string> {
  const { page, sink } = journey;
  await openPreparation(journey);
  await journey.go("link", "What else could go on it");
  await page.getByLabel("What I need from this talk").fill(NEED);
  await journey.go("button", "Put these on the agenda");
  assert.match((await mailShown(journey)).text, new RegExp(PROUD, "u"));
  await approve(journey, /^By itself/u);
  await openKnown(journey);
  await ringSays(journey, 0);
  await journey.moveClockTo(DUE);
  const [mail] = await sink.waitForMail(1);
  assert.doesNotMatch(mail?.raw ?? "", /cellar|counting|drain|energ/iu, "energy stays out of the mail");
  return (mail?.parsed.text ?? "").replaceAll("\r\n", "\n");
}

function oneOfFiveIsTold(options: Omit<JourneyOptions, "startsAt">): Promise<void> {
  return inJourney({ startsAt: MONDAY, ...options }, async (journey) => {
    await settleIn(journey, ana);
    await sayWhatDrains(journey);
    await answerTheLightQuestion(journey);
    const mail = await sendTheAgenda(journey);
    assert.ok(mail.includes(PROUD));
    assert.deepEqual(wordsOfNobody(mail, [ana.name, ana.manager, NEED, PROUD]), [], mail);
    await openKnown(journey);
    await ringSays(journey, 1);
    await journey.look();
  });
}

const NAME =
  "one light question is answered, put on the agenda and sent, and one of five is told; energy stays out of the mail (S16, S17, S21)";

test(NAME, () => oneOfFiveIsTold({ size: "wide" }));

test(`${NAME}, on a phone without JavaScript`, () => oneOfFiveIsTold({ size: "narrow", javaScriptEnabled: false }));
