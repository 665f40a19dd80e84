import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator } from "playwright-core";
import {
  ana,
  capture,
  mailShown,
  MONDAY,
  openPreparation,
  prepareTheNeed,
  putOnAgenda,
  settleIn,
} from "../support/journey-pages.ts";
import { inJourney, type Journey } from "../support/journey.ts";
import { tabTo } from "../support/keyboard.ts";

const RELEASE = "The billing release went out two days early";
const MENTOR = "Noor asked me to mentor the new colleague";
const SYSTEM = "Two teams share one test system and block each other";

const proposals = ({ page }: Journey): Locator => page.getByRole("form", { name: "What could go on the agenda" });

test("without scripts and on a phone the way is as short, and the mail has what was ticked and no other word (S27)", () =>
  inJourney({ startsAt: MONDAY, javaScriptEnabled: false, size: "narrow" }, async (journey) => {
    const { page } = journey;
    await settleIn(journey, ana);
    await capture(journey, "Win", RELEASE);
    await capture(journey, "Win", MENTOR);
    await capture(journey, "Challenge", SYSTEM);
    await openPreparation(journey);
    await journey.look();
    await journey.go("button", "Put these on the agenda");
    await page.getByRole("alert").getByText("Say what you need from this talk").waitFor();
    await journey.look();

    let clicks = 0;
    const click = async (target: Locator): Promise<void> => {
      clicks += 1;
      await target.click();
    };
    await journey.open("/");
    await click(page.getByRole("main").getByRole("link", { name: "Prepare", exact: true }));
    await click(proposals(journey).getByRole("checkbox", { name: RELEASE }));
    await click(proposals(journey).getByRole("radio", { name: /^Bring it, and say first what I need/u }));
    await page.getByLabel("What I want decided about it").fill("May I propose fixed days?");
    await click(
      proposals(journey)
        .getByRole("group", { name: /^A question about your growth/u })
        .getByRole("radio")
        .first(),
    );
    await click(page.getByRole("button", { name: "Put these on the agenda" }));
    const { text } = await mailShown(journey);
    for (const words of [`A way forward with this: ${SYSTEM}`, RELEASE, "The decision I need: May I propose fixed days?"])
      assert.ok(text.includes(words), words);
    assert.doesNotMatch(text, /mentor/u, "what was not ticked stays in the journal");
    await click(page.getByRole("button", { name: "Approve these words" }));
    await page.getByText("Approved.").first().waitFor();
    assert.ok(clicks <= 6, `${clicks} clicks`);
  }));

test("moving an item by its button leaves the focus there, so that it can be moved on (S27)", () =>
  inJourney({ startsAt: MONDAY, looks: false }, async (journey) => {
    const { page } = journey;
    const enter = () => Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
    await settleIn(journey, ana);
    await capture(journey, "Win", RELEASE);
    await prepareTheNeed(journey, "A yes to the pilot");
    const preparing = new URL(page.url()).pathname.replace(/agenda$/u, "prepare");
    for (const topic of ["The first topic", "The second topic", "A room for the team day"]) {
      await journey.open(`${preparing}/topics`);
      await putOnAgenda(journey, { "A topic": topic });
    }
    const mover = (way: string): Locator => page.getByRole("button", { name: `Move “A room for the team day” ${way}` });
    const hasFocus = (target: Locator): Promise<boolean> => target.evaluate((one) => one === document.activeElement);
    await tabTo(page, mover("up"));
    await enter();
    assert.ok(await hasFocus(mover("up")), "the focus stays with the button");
    await enter();
    assert.ok(await hasFocus(mover("down")), "at the top only the way down is left");
    await tabTo(page, page.getByRole("button", { name: "Ready: see the mail" }));
    await enter();
    const { text } = await mailShown(journey);
    assert.ok(text.indexOf("A room for the team day") < text.indexOf("The first topic"), "in its new order");
  }));

test("what was ticked and typed is back after the laptop was closed, and the time does not count twice (S27)", () =>
  inJourney({ startsAt: MONDAY, looks: false }, async (journey) => {
    const { page } = journey;
    await settleIn(journey, ana);
    await capture(journey, "Win", RELEASE);
    await journey.open("/");
    await journey.go("link", "Prepare", page.getByRole("main"));
    await page.getByLabel("What I need from this talk").fill("A yes to the pilot");
    const win = proposals(journey).getByRole("checkbox", { name: RELEASE });
    await win.check();
    await page.waitForFunction((id) => Object.values(localStorage).some((one) => one.includes(id)), await win.inputValue());
    const later = await page.context().newPage();
    const address = page.url();
    await page.close();
    await later.goto(address);
    await later.getByText("What you had typed here is back.").waitFor();
    assert.equal(await later.getByLabel("What I need from this talk").inputValue(), "A yes to the pilot");
    assert.ok(await later.getByRole("checkbox", { name: RELEASE }).isChecked());
    // The line is down when the button is pressed: nothing is lost, and it can be sent again.
    await later.context().setOffline(true);
    await later.getByRole("button", { name: "Put these on the agenda" }).click();
    await later.waitForTimeout(300);
    await later.context().setOffline(false);
    await later.goto(address);
    assert.equal(await later.getByLabel("What I need from this talk").inputValue(), "A yes to the pilot");
    const field = later.locator('input[name="seconds"]');
    await field.evaluate(
      (one) => new Promise<void>((done) => setInterval(() => (one as HTMLInputElement).value === "2" && done(), 50)),
    );
    // A second window of the same preparation takes over; the first one rests.
    const other = await later.context().newPage();
    await other.goto(address);
    await other.getByLabel("What I need from this talk").press("End");
    const resting = Number(await field.inputValue());
    await other.waitForTimeout(2_500);
    assert.ok(Number(await field.inputValue()) <= resting + 1, "one person works in one window at a time");
    assert.ok(Number(await other.locator('input[name="seconds"]').inputValue()) >= 1);
  }));
