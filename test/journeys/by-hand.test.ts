import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import PostalMime from "postal-mime";
import { ana, approve, DUE, mailShown, MONDAY, prepareTheNeed, settleIn } from "../support/journey-pages.ts";
import { inJourney, type Journey } from "../support/journey.ts";

const REMINDER = "It is time to send the agenda to Max Berger.";

async function fileOf({ page }: Journey): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /\.eml/u }).click()]);
  assert.match(download.suggestedFilename(), /^agenda-2026-03-04\.eml$/u);
  return readFileSync(await download.path(), "utf8");
}

const asLines = (text: string): string => text.replaceAll("\r\n", "\n").trim();

/** The same words as a draft for the mail program, as a link, and as text. */
async function theWordsCanBeTakenAlong(journey: Journey, approved: { subject: string; text: string }): Promise<void> {
  const { page } = journey;
  const draft = await PostalMime.parse(await fileOf(journey));
  assert.equal(asLines(draft.text ?? ""), approved.text.trim());
  assert.equal(draft.headers.find((one) => one.key === "x-unsent")?.value, "1", "mail programs open it for sending");
  const link = new URL((await page.getByRole("link", { name: /mailto/u }).getAttribute("href")) ?? "");
  assert.equal(link.pathname, ana.managerEmail);
  assert.equal(link.searchParams.get("subject"), approved.subject);
  assert.equal(asLines(link.searchParams.get("body") ?? ""), approved.text.trim());
  assert.equal((await page.getByLabel("The text, to copy").inputValue()).trim(), approved.text.trim());
}

/** Nothing before the hour; from then on every page says so, until the mail was sent. */
async function theReminderComesAtItsHour(journey: Journey): Promise<void> {
  const { page } = journey;
  const reminder = page.getByRole("region", { name: "Notices" }).getByRole("link", { name: REMINDER });
  await journey.moveClockTo(DUE.subtract({ minutes: 2 }));
  await journey.open("/people");
  assert.equal(await reminder.count(), 0);
  await journey.moveClockTo(DUE);
  for (const path of ["/people", "/record", "/"]) {
    await journey.open(path);
    await reminder.waitFor();
  }
  await journey.look();
  await journey.go("link", REMINDER, page.getByRole("region", { name: "Notices" }));
  await journey.go("button", "I have sent it");
  await page.getByText("24 hours ahead").waitFor();
  assert.equal(await reminder.count(), 0);
  await journey.look();
}

for (const javaScriptEnabled of [true, false]) {
  test(`without a mail account the words are taken along and the hour is not missed${javaScriptEnabled ? "" : ", without JavaScript too"}`, () =>
    inJourney({ startsAt: MONDAY, smtp: false, javaScriptEnabled }, async (journey) => {
      await settleIn(journey, ana);
      await prepareTheNeed(journey, "A yes to the pilot");
      const approved = await mailShown(journey);
      await approve(journey, /\.eml/u);
      await theWordsCanBeTakenAlong(journey, approved);
      await theReminderComesAtItsHour(journey);
      assert.equal(journey.sink.connections, 0);
    }));
}
