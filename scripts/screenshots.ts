// Takes the pictures in the README from the real program, filled with the example, at a clock that always says the same.
import { mkdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { launchChromium } from "../test/support/chromium.ts";
import { startServer } from "../test/support/server.ts";

/** A Monday morning in Paris, where the example's person lives. */
const NOW = "2026-03-02T08:30:00Z";
const WIDTH = 1280;
const MOST_BYTES = 150_000;

const folder = fileURLToPath(new URL("../docs/screenshots/", import.meta.url));

/** Photographs the upper part of the page, without the banners that the set clock and the example bring. */
async function take(page: Page, name: string, height: number): Promise<void> {
  await page.locator(".banners").evaluateAll((banners) => {
    for (const banner of banners) (banner as HTMLElement).hidden = true;
  });
  await page.evaluate("document.fonts.ready.then(() => undefined)");
  const path = `${folder}${name}.png`;
  await page.screenshot({ path, clip: { x: 0, y: 0, width: WIDTH, height }, fullPage: true });
  const { size } = statSync(path);
  console.log(`docs/screenshots/${name}.png, ${Math.ceil(size / 1024)} kB`);
  if (size > MOST_BYTES) throw new Error(`${name}.png has ${size} bytes; the README should load fast, so show less of the page.`);
}

async function press(page: Page, role: "button" | "link", name: string): Promise<void> {
  const target = page.getByRole("main").getByRole(role, { name, exact: true }).first();
  await Promise.all([page.waitForEvent("load"), target.click()]);
}

async function takeAll(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await press(page, "button", "Look around with an example");
  await take(page, "today", 1240);
  await press(page, "link", "Open the meeting");
  const meeting = page.url();
  await page.goto(`${url}/impact`);
  await press(page, "link", "Make it land");
  await page.getByLabel("In your words").fill("I wrote the first draft of the talk for the board.");
  await page.locator("#coach-question textarea").fill("The board settled the two extra drivers from it on 26 February.");
  await press(page, "button", "Add it");
  await take(page, "coach", 1080);
  await page.goto(`${meeting}/prepare`);
  await page.getByLabel("What I need from this talk").fill("A yes to leading the depot work on my own.");
  await take(page, "prepare", 1240);
  await page.getByRole("checkbox", { name: /first draft of the talk/u }).check();
  await page.getByRole("radio", { name: "Bring it", exact: true }).check();
  await press(page, "button", "Put these on the agenda");
  await page.goto(`${meeting}/agenda`);
  await take(page, "agenda", 1100);
}

mkdirSync(folder, { recursive: true });
const server = await startServer({ env: { THROUGHLINE_CLOCK: NOW } });
const browser = await launchChromium();
try {
  const page = await browser.newPage({
    viewport: { width: WIDTH, height: 800 },
    deviceScaleFactor: 1,
    colorScheme: "light",
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "Europe/Paris",
  });
  await takeAll(page, server.url);
} finally {
  await browser.close();
  await server.stop();
}
