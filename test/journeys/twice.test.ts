import assert from "node:assert/strict";
import { test } from "node:test";
import { ana, DUE, eachOnce, MONDAY, openPreparation, prepareTheNeed, putOnAgenda, settleIn } from "../support/journey-pages.ts";
import { inJourney, type Journey } from "../support/journey.ts";

const LEFT = "A yes to the pilot";
const RIGHT = "Two people for the pilot";

const need = ({ page }: Journey) => page.getByLabel("I need");

/** Both tabs show the same item; the left one puts its words on the agenda first. */
async function editInTwoTabs(journey: Journey): Promise<Journey> {
  await openPreparation(journey);
  await journey.go("button", "Start preparing");
  await putOnAgenda(journey, { "I need": "From the start" });
  await journey.go("link", /^Need/u, journey.page.getByRole("navigation", { name: "Steps of the preparation" }));
  const other = await journey.otherTab();
  await need(journey).fill(LEFT);
  await journey.go("button", "Put these words on the agenda");
  await need(other).fill(RIGHT);
  if (other.hasScripts) await other.page.getByText("This was changed in another window.").waitFor();
  return other;
}

async function seesBothAndKeepsBoth(other: Journey): Promise<void> {
  const { page } = other;
  await other.go("button", "Put these words on the agenda");
  const mine = page.locator("section", { has: page.getByRole("heading", { name: "Your words here" }) });
  const theirs = page.locator("section", { has: page.getByRole("heading", { name: "Saved in the other window" }) });
  await mine.getByText(RIGHT).waitFor();
  await theirs.getByText(LEFT).waitFor();
  assert.equal(await need(other).inputValue(), RIGHT, "what was typed is still in the form");
  await other.go("button", "Put both in the form");
  assert.equal(await need(other).inputValue(), `${RIGHT}\n\n${LEFT}`);
  await other.go("button", "Put these words on the agenda");
  await other.go("link", "Minutes", page.getByRole("navigation", { name: "Steps of the preparation" }));
  await other.go("button", "Ready: see the mail");
  await eachOnce(other, [LEFT, RIGHT]);
}

for (const javaScriptEnabled of [true, false]) {
  const manner = javaScriptEnabled ? "" : ", without JavaScript too";

  test(`two tabs that change the same item: the second sees both versions and nothing is lost${manner}`, () =>
    inJourney({ startsAt: MONDAY, smtp: false, looks: false, javaScriptEnabled }, async (journey) => {
      await settleIn(journey, ana);
      await seesBothAndKeepsBoth(await editInTwoTabs(journey));
    }));

  test(`a double click on approve is one approval and one mail${manner}`, () =>
    inJourney({ startsAt: DUE.add({ hours: 4 }).toString(), looks: false, javaScriptEnabled }, async (journey) => {
      const { page, sink } = journey;
      await settleIn(journey, ana);
      await prepareTheNeed(journey, LEFT);
      await page.getByRole("radio", { name: /^By itself/u }).check();
      await page.getByRole("button", { name: "Approve these words" }).dblclick();
      await sink.waitForMail(1, 10_000);
      await journey.open("/");
      for (let hour = 0; hour < 3; hour += 1) await journey.go("button", "1 hour on");
      assert.equal(sink.mails.length, 1);
    }));
}
