import assert from "node:assert/strict";
import { test } from "node:test";
import { callApi } from "../support/journey-api.ts";
import { ana, approve, capture, DUE, entry, mailShown, MONDAY, openPreparation, settleIn } from "../support/journey-pages.ts";
import { inJourney, type Journey, type JourneyOptions } from "../support/journey.ts";
import { wordsOfNobody } from "../support/mail-words.ts";

const WEAK = "I finished the Q4 report.";
const NEED = "A yes to the pilot";
const ASKED_AT_MOST = 4;

/** What Ana knows, by what the coach may ask for. She only says what she is asked. */
const KNOWN: Readonly<Record<string, string>> = {
  action: "I sorted the costs by supplier and found three that had grown",
  outcome: "The board cancelled the second warehouse",
  beneficiary: "Finance uses it to decide which supplier stays",
  evidence: "The minutes of 12 February name the report",
  comparison: "The year before it held totals only",
  extension: "Nobody had asked for the list of suppliers, and Lena's team works with it every month",
};

async function bandOf(journey: Journey, text: string): Promise<string | undefined> {
  const answer = JSON.parse(await callApi(journey, "impact.score", { items: [{ id: "one", text }] })) as {
    items: { band: string }[];
  };
  return answer.items[0]?.band;
}

/** From the start page to the coach, with the win that was noted just before. */
async function openCoach(journey: Journey): Promise<void> {
  await journey.go("link", "Add to what you noted");
  await journey.go("link", "Make it land");
  assert.equal(await journey.page.getByLabel("In your words").inputValue(), WEAK);
  await journey.look();
}

const question = ({ page }: Journey) => page.locator("#coach-question textarea");

/** With scripts the coach reads along: what it says follows the keys, before any button. */
async function seesTheCoachFollow({ page }: Journey): Promise<void> {
  const said = page.locator("#coach-said");
  await page.getByLabel("In your words").fill(`${WEAK} The board cancelled the second warehouse.`);
  await said.getByText("The board cancelled the second warehouse").first().waitFor();
  await page.getByLabel("In your words").fill(WEAK);
  await said.getByText("The board").first().waitFor({ state: "detached" });
}

/** Answers what is asked until nothing more is asked; gives what was said. */
async function answerTheQuestions(journey: Journey): Promise<string[]> {
  const { page } = journey;
  const said: string[] = [];
  while ((await question(journey).count()) > 0) {
    assert.equal(await question(journey).count(), 1, "one question at a time");
    const dimension = (await question(journey).getAttribute("name"))?.replace("answer-", "") ?? "";
    assert.ok(KNOWN[dimension] && !said.includes(KNOWN[dimension]), `asked for “${dimension}”`);
    said.push(KNOWN[dimension]);
    assert.ok(said.length <= ASKED_AT_MOST, "four questions at most");
    await page.getByRole("button", { name: "Good enough" }).waitFor();
    await question(journey).fill(KNOWN[dimension]);
    await journey.go("button", "Add it");
    await journey.look();
  }
  return said;
}

/** Takes the text for an agenda; gives its words as they stand in the journal then. */
async function useTheAgendaText(journey: Journey): Promise<string> {
  const { page } = journey;
  const draft = page.locator("section.draft").filter({ has: page.getByRole("heading", { name: "For an agenda" }) });
  await page.locator("section.draft").filter({ hasText: "As you noted it" }).getByText(WEAK).waitFor();
  await journey.go("button", "Use this wording", draft);
  await page.getByText("These words are kept").waitFor();
  await journey.look();
  return (await page.locator("p.lede").first().innerText()).trim();
}

async function undoAndThinkBetterOfIt(journey: Journey, strong: string): Promise<void> {
  const { page } = journey;
  const present = page.locator("p.lede").first();
  await journey.go("button", "Undo");
  assert.equal((await present.innerText()).trim(), WEAK, "the old words are back");
  await journey.go("button", "Bring these words back", entry(journey, strong).first());
  assert.equal((await present.innerText()).trim(), strong);
}

/** The agenda with that win goes out; gives its text as the mail server got it. */
async function sendIt(journey: Journey, strong: string): Promise<string> {
  const { page, sink } = journey;
  await openPreparation(journey);
  await page.getByLabel("What I need from this talk").fill(NEED);
  await page.getByRole("checkbox", { name: strong.slice(0, 30) }).check();
  await journey.go("button", "Put these on the agenda");
  const approved = await mailShown(journey);
  await approve(journey, /^By itself/u);
  await journey.moveClockTo(DUE);
  const [mail] = await sink.waitForMail(1);
  const text = (mail?.parsed.text ?? "").replaceAll("\r\n", "\n").trim();
  assert.equal(text, approved.text.trim(), "the words that were approved");
  return text;
}

function aWinIsMadeToLand(options: Omit<JourneyOptions, "startsAt">): Promise<void> {
  return inJourney({ startsAt: MONDAY, ...options }, async (journey) => {
    await settleIn(journey, ana);
    await capture(journey, "Win", WEAK);
    await openCoach(journey);
    if (journey.hasScripts) await seesTheCoachFollow(journey);
    const said = await answerTheQuestions(journey);
    assert.ok(said.length > 0, "something was asked");
    const strong = await useTheAgendaText(journey);
    assert.equal(await bandOf(journey, WEAK), "weak");
    assert.equal(await bandOf(journey, strong), "strong", strong);
    await undoAndThinkBetterOfIt(journey, strong);
    const mail = await sendIt(journey, strong);
    assert.ok(mail.includes(strong), "the win stands in the mail as it was chosen");
    assert.deepEqual(wordsOfNobody(mail, [ana.name, ana.manager, NEED, WEAK, ...said]), [], mail);
  });
}

const NAME = "a weak win becomes a strong one by answering, and its mail has no word that its owner did not say (S10, S28, S34)";

test(`${NAME} on a laptop`, () => aWinIsMadeToLand({ size: "wide" }));

test(`${NAME} on a laptop, without JavaScript`, () => aWinIsMadeToLand({ size: "wide", javaScriptEnabled: false, looks: false }));

test(`${NAME} on a phone`, () => aWinIsMadeToLand({ size: "narrow", looks: false }));

test(`${NAME} on a phone, without JavaScript`, () => aWinIsMadeToLand({ size: "narrow", javaScriptEnabled: false }));
