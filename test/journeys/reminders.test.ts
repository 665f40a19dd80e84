import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { ana, MONDAY, settleIn } from "../support/journey-pages.ts";
import { inJourney, type Journey } from "../support/journey.ts";

const DUE = "2026-03-02T15:00:00Z";

async function chooseMail({ page, open, go, look }: Journey): Promise<void> {
  await open("/settings");
  await go("link", "Reminders");
  await look();
  await page.getByLabel("Time to prepare").selectOption("By mail to myself");
  await page.getByLabel("Your hour to prepare").fill("21:00");
  await go("button", "Save");
  await look();
  assert.match(await page.locator("body").innerText(), /This hour is in your quiet hours/u);
  assert.equal(await page.getByLabel("Time to prepare").inputValue(), "mail", "what was chosen is kept");
  await page.getByLabel("Your hour to prepare").fill("16:00");
  await go("button", "Save");
  assert.match(await page.locator("body").innerText(), /Saved\./u);
}

async function subscribeCalendar({ page, open, go, look }: Journey): Promise<void> {
  await open("/settings/reminders");
  await go("button", "Make an address");
  await look();
  const address = await page.getByLabel("The address to subscribe to").inputValue();
  const answer = await page.request.get(address);
  assert.equal(answer.status(), 200);
  assert.match(await answer.text(), /SUMMARY:Prepare the 1:1 with/u);
  await go("button", "Make a new address");
  assert.equal((await page.request.get(address)).status(), 404, "the old address is dead at once");
}

for (const javaScriptEnabled of [true, false]) {
  test(`reminders are chosen on a page and a mail comes once, at its hour, ${javaScriptEnabled ? "with" : "without"} JavaScript`, () =>
    inJourney({ startsAt: MONDAY, javaScriptEnabled }, async (journey) => {
      await settleIn(journey, ana);
      await chooseMail(journey);
      await subscribeCalendar(journey);
      const before = journey.sink.mails.length;
      await journey.moveClockTo(Temporal.Instant.from(DUE).subtract({ minutes: 5 }));
      assert.equal(journey.sink.mails.length, before);
      await journey.moveClockTo(Temporal.Instant.from(DUE).add({ seconds: 5 }));
      const mails = await journey.sink.waitForMail(before + 1);
      await journey.moveClockTo(Temporal.Instant.from(DUE).add({ hours: 1 }));
      assert.equal(journey.sink.mails.length, before + 1, "once");
      const { parsed } = mails.at(-1) as (typeof mails)[number];
      assert.equal(parsed.subject, "Time to prepare");
      const link = /http:\/\/127\.0\.0\.1:\d+(?<path>\/meetings\/\S+\/prepare)/u.exec(parsed.text ?? "");
      assert.ok(link?.groups && link[0].startsWith(journey.server().url), "it leads to this program");
      await journey.open(link.groups["path"] ?? "");
      assert.equal(new URL(journey.page.url()).pathname, link.groups["path"]);
    }));
}

const REGISTERED = `navigator.serviceWorker.register("/service-worker.js").then(() => navigator.serviceWorker.ready).then((r) => r.scope)`;

/** A browser without a screen allows no notifications at all, so what would be shown is kept instead. */
const KEEP_SHOWN = `self.shown = []; registration.showNotification = async (title, { body, data, tag }) => { shown.push([title, body, data, tag]); };`;

/** Resolves with what was shown, as soon as there is something. */
const SHOWN = `new Promise((found) => {
  const look = () => (shown.length > 0 ? found(shown.splice(0)) : setTimeout(look, 20));
  look();
})`;

/** Hands messages to the worker as the browser's push service would. */
async function pushingTo(page: Page): Promise<(data: string) => Promise<unknown>> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  const registrationId = await new Promise<string>((found, failed) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL === `${origin}/`);
      if (own) found(own.registrationId);
    });
    session.send("ServiceWorker.enable").catch(failed);
  });
  return (data) => session.send("ServiceWorker.deliverPushMessage", { origin: `${origin}/`, registrationId, data });
}

test("the service worker shows what a push service passes on", () =>
  inJourney({ startsAt: MONDAY, looks: false }, async ({ page, open }) => {
    await open("/settings");
    assert.equal(await page.evaluate(REGISTERED), new URL("/", page.url()).href, "it is in charge of every page");
    const [worker] = page.context().serviceWorkers();
    assert.ok(worker);
    await worker.evaluate(KEEP_SHOWN);
    const push = await pushingTo(page);
    const message = { title: "Time to prepare", sentence: "Fifteen minutes are enough.", path: "/meetings", tag: "prepare-1" };
    await push(JSON.stringify(message));
    assert.deepEqual(await worker.evaluate(SHOWN), [
      ["Time to prepare", "Fifteen minutes are enough.", "/meetings", "prepare-1"],
    ]);
    await push("{}");
    assert.deepEqual(await worker.evaluate(SHOWN), [["Throughline", "Something waits for you.", "/", undefined]]);
  }));
