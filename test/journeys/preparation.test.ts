import assert from "node:assert/strict";
import { weeklyTalk } from "../support/weekly-talk.ts";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import type { Page } from "playwright-core";
import { openAgenda, putItem, showAgenda } from "../../src/features/agenda/index.ts";
import { captureThought } from "../../src/features/journal/index.ts";
import { featurePages } from "../../src/features/index.ts";
import { openAssets } from "../../src/surfaces/web/assets.ts";
import { webApp } from "../../src/surfaces/web/web.ts";
import { withPage } from "../support/browser.ts";
import { checkAccessibility, checkMarkup } from "../support/markup.ts";
import { onEveryStore, type TestApp } from "../support/test-app.ts";

const assets = openAssets(join(import.meta.dirname, "../../src"));

/** The pages on a real port, over a test's own database and clock. */
async function withPages(app: TestApp, work: (url: string) => Promise<void>): Promise<void> {
  const allowedHosts = new Set<string>();
  const web = webApp({
    featurePages,
    callerFor: () => ({ owner: app.owner, database: app.database, clock: app.clock }),
    surroundingsFor: () => ({
      zone: "Europe/Berlin",
      ownerName: "Ana Silva",
      now: app.clock.now(),
      isExample: false,
      clockIsShifted: false,
    }),
    allowedHosts,
    assets,
  });
  const server = serve({ fetch: web.fetch, port: 0, hostname: "127.0.0.1" });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  allowedHosts.add(`127.0.0.1:${port}`);
  try {
    await work(`http://127.0.0.1:${port}`);
  } finally {
    server.close();
  }
}

/** A meeting with Max on Thursday 12 March 2026; gives the path of its preparation, which is open. */
async function preparation(app: TestApp): Promise<{ path: string; meetingId: string }> {
  const { meetingId } = await weeklyTalk(app);
  await app.call(openAgenda, { meetingId });
  return { meetingId, path: `/meetings/${meetingId}/prepare` };
}

async function noteSays(page: Page, words: RegExp): Promise<void> {
  await page.locator("#saved-note").filter({ hasText: words }).waitFor();
}

onEveryStore("what is typed into a preparation is saved as a private draft at the end of the keystrokes", (app) =>
  withPages(app, async (url) => {
    const { path, meetingId } = await preparation(app);
    await withPage({}, async (page) => {
      await page.goto(`${url}${path}/need`);
      await page.getByLabel("I need").pressSequentially("A yes to the pilot");
      await noteSays(page, /Saved as a private draft/u);
      await page.getByLabel("I need").pressSequentially(" by Friday");
      await page.waitForResponse((response) => response.request().method() === "POST" && response.ok());
      const { items } = await app.call(showAgenda, { meetingId });
      assert.deepEqual(
        items.map((item) => [item.text, item.preparedAt]),
        [["A yes to the pilot by Friday", null]],
      );
      await page.getByLabel("I need").pressSequentially(".");
      await page.getByRole("button", { name: "Put it on the agenda" }).click();
      await page.waitForURL(`${url}${path}/win`);
      const after = await app.call(showAgenda, { meetingId });
      assert.deepEqual(
        after.items.map((item) => [item.text, item.preparedAt !== null]),
        [["A yes to the pilot by Friday.", true]],
      );
    });
  }),
);

onEveryStore("two tabs on one item: the second is told while it types, sees both versions, and keeps both", (app) =>
  withPages(app, async (url) => {
    const { path, meetingId } = await preparation(app);
    await app.call(putItem, { meetingId, kind: "need", text: "A yes" });
    await withPage({}, async (first) => {
      const second = await first.context().newPage();
      await Promise.all([first.goto(`${url}${path}/need`), second.goto(`${url}${path}/need`)]);
      await first.getByLabel("I need").fill("A yes, said the first tab");
      await noteSays(first, /Saved beside the agenda/u);
      await second.getByLabel("I need").fill("A yes, said the second tab");
      await noteSays(second, /changed in another window/u);
      await second.getByRole("button", { name: "Put these words on the agenda" }).click();
      await second.getByRole("heading", { name: "Saved in the other window" }).waitFor();
      await second.getByRole("button", { name: "Put both in the form" }).click();
      const joined = await second.getByLabel("I need").inputValue();
      assert.match(joined, /second tab[\s\S]*first tab/u);
      await second.getByRole("button", { name: "Put these words on the agenda" }).click();
      await second.waitForURL(`${url}${path}/win`);
    });
    const { items } = await app.call(showAgenda, { meetingId });
    assert.match(items[0]?.text ?? "", /second tab[\s\S]*first tab/u);
  }),
);

onEveryStore("while the program does not answer the words stay in the browser, and are saved when it does", (app) =>
  withPages(app, async (url) => {
    const { path, meetingId } = await preparation(app);
    await withPage({}, async (page) => {
      await page.goto(`${url}${path}/need`);
      await page.context().setOffline(true);
      await page.getByLabel("I need").fill("Typed without a connection");
      await noteSays(page, /kept in this browser/u);
      await page.context().setOffline(false);
      await noteSays(page, /Saved as a private draft/u);
    });
    assert.equal((await app.call(showAgenda, { meetingId })).items[0]?.text, "Typed without a connection");
  }),
);

onEveryStore("active preparation is measured and reported when the page is left (S27)", (app) =>
  withPages(app, async (url) => {
    const { path, meetingId } = await preparation(app);
    await withPage({}, async (page) => {
      await page.goto(`${url}${path}/win`);
      await page.getByLabel("The win").pressSequentially("x");
      await page.waitForTimeout(2_600);
      await page.goto(`${url}${path}`);
      await page.locator("#prepare-time").waitFor();
      // The report leaves with the page that was left, and may arrive after the next one.
      const measured = async (): Promise<number> => (await app.call(showAgenda, { meetingId })).activeSeconds;
      for (let tries = 0; tries < 300 && (await measured()) === 0; tries += 1) await page.waitForTimeout(50);
      const seconds = await measured();
      assert.ok(seconds >= 1 && seconds <= 60, `${seconds} seconds`);
    });
  }),
);

onEveryStore("every page of a preparation is valid, accessible in light and dark, and fits a phone", (app) =>
  withPages(app, async (url) => {
    const { path, meetingId } = await preparation(app);
    await app.call(captureThought, { kind: "win", text: "The import is live" });
    await app.call(captureThought, { kind: "challenge", text: "One test system for two teams" });
    for (const kind of ["need", "win", "challenge", "growth", "topic"] as const)
      await app.call(putItem, {
        meetingId,
        kind,
        text: `Something about the ${kind} that is long enough to wrap on a phone`,
        minutes: 15,
      });
    const paths = [
      path,
      ...["need", "win", "challenge", "growth", "carried", "topics", "minutes"].map((step) => `${path}/${step}`),
      `/meetings/${meetingId}/agenda`,
      "/commitments",
    ];
    for (const colorScheme of ["light", "dark"] as const) {
      await withPage({ size: "narrow", colorScheme }, async (page) => {
        for (const one of paths) {
          await page.goto(url + one);
          await checkMarkup(await (await fetch(url + one)).text(), one);
          await checkAccessibility(page);
          const overhang = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.ok(overhang <= 0, `${one} is ${overhang} px wider than a phone`);
        }
      });
    }
  }),
);
