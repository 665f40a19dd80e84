import assert from "node:assert/strict";
import { test } from "node:test";
import { ana, MONDAY, openPreparation, settleIn } from "../support/journey-pages.ts";
import { inJourney, type Journey, type JourneyOptions } from "../support/journey.ts";

const TYPED = {
  "What I need from this talk": "A yes to the pilot before the spring plan is made",
  "A win, if there is one": "Two depots share one layout; nobody retypes counts",
  "A challenge, if something is in your way": "One test system for two teams",
  "What I want decided about it": "May I order a second one?",
} as const;
const ANSWER = "The night shift hands over without a phone call";

async function typeEverywhere({ page }: Journey): Promise<void> {
  for (const [label, words] of Object.entries(TYPED)) await page.getByLabel(label).fill(words);
  await page
    .getByRole("group", { name: /A question about your growth/u })
    .getByRole("radio")
    .first()
    .check();
}

/** Every word, and what was ticked, stands where it was typed. */
async function findEverything({ page }: Journey): Promise<void> {
  for (const [label, words] of Object.entries(TYPED)) assert.equal(await page.getByLabel(label).inputValue(), words, label);
  const chosen = page.getByRole("group", { name: /A question about your growth/u }).getByRole("radio", { checked: true });
  assert.notEqual(await chosen.getAttribute("value"), "", "the question that was ticked is ticked");
}

const light = ({ page }: Journey) => page.getByRole("region", { name: "One light question" });

function wordsStay(options: Omit<JourneyOptions, "startsAt">): Promise<void> {
  return inJourney({ startsAt: MONDAY, ...options }, async (journey) => {
    const { page } = journey;
    await settleIn(journey, ana);
    await openPreparation(journey);
    await typeEverywhere(journey);
    await light(journey).getByLabel("What are you most proud of this week?").fill(ANSWER);
    await journey.go("button", "Skip it");
    await page.getByText("Keep it private, or empty it and skip the question.").first().waitFor();
    await findEverything(journey);
    assert.equal(await light(journey).getByRole("textbox").inputValue(), ANSWER, "nothing written is skipped");
    await journey.go("button", "Keep it private", light(journey));
    await light(journey).getByText("Answered. That was the only one.").waitFor();
    await findEverything(journey);
    await journey.look();
    if (journey.hasScripts) {
      await journey.open("/");
      await openPreparation(journey);
      await findEverything(journey);
    }
    await journey.go("button", "Put these on the agenda");
    const mail = await page.locator(".paper").innerText();
    for (const words of Object.values(TYPED)) assert.ok(mail.includes(words), `the mail has “${words}”`);
    assert.ok(!mail.includes(ANSWER), "the answer stays with its owner");
  });
}

test("without scripts, the light question is answered first and every word typed above it is still there", () =>
  wordsStay({ javaScriptEnabled: false }));
test("with scripts, the words are still there after the light question, and after leaving the page", () => wordsStay({}));
test("the same on a phone without scripts", () => wordsStay({ javaScriptEnabled: false, size: "narrow" }));
