import assert from "node:assert/strict";
import { get } from "node:http";
import { test } from "node:test";
import { ana, capture, MONDAY, settleIn } from "../support/journey-pages.ts";
import { inJourney, type Journey } from "../support/journey.ts";
import { median, watchMainThread } from "../support/main-thread.ts";

/** One frame of a screen with 60 of them a second. */
const FRAME_MS = 16;
/** What still feels like an answer to the key, on a machine that is busy with other tests. */
const ANSWER_MS = 150;
const PAGE_BYTES = 15_000;
const WEAK = "I helped with the move of the archive to the new building in spring.";
const TYPED = "The lawyers find a file in a minute where it took them a day";

async function openCoach(journey: Journey): Promise<void> {
  await settleIn(journey, ana);
  await capture(journey, "Win", WEAK);
  await journey.go("link", "Add to what you noted");
  await journey.go("link", "Make it land");
}

/** Types one letter and waits until what the coach answered is on the screen. */
async function typeOneLetter({ page }: Journey, letter: string): Promise<void> {
  const answered = page.waitForResponse((response) => response.url().endsWith("/impact/live"));
  await page.keyboard.type(letter);
  const answer = await answered;
  assert.equal(answer.status(), 200);
  await answer.finished();
  // Two frames on, the part that came is there and painted.
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
}

test("a keystroke costs the page less than a frame from the key to the coach's painted answer (S34)", (t) =>
  inJourney({ startsAt: MONDAY, smtp: false, looks: false }, async (journey) => {
    const { page } = journey;
    await openCoach(journey);
    const text = page.getByLabel("In your words");
    await text.press("ControlOrMeta+End");
    const mainThread = await watchMainThread(page);
    const work: number[] = [];
    for (const letter of ` ${TYPED}`) {
      const before = await mainThread.workMs();
      await typeOneLetter(journey, letter);
      work.push((await mainThread.workMs()) - before);
    }
    assert.equal(await text.inputValue(), `${WEAK} ${TYPED}`);
    assert.ok(
      (await page.locator("#coach-said mark").allInnerTexts()).some((words) => words.length > 0 && TYPED.includes(words)),
      "the coach's answer is about what was typed last",
    );
    const middle = median(work);
    t.diagnostic(`${middle.toFixed(1)} ms at the median of ${work.length} keystrokes`);
    assert.ok(middle > 0, "Chromium says how much it worked");
    assert.ok(middle <= FRAME_MS, `${middle} ms: ${work.map((one) => one.toFixed(1)).join(" ")}`);
  }));

interface Keystroke {
  /** From the event to the end of everything that listens to it. */
  readonly handled: number;
  /** From the event to the next frame. */
  readonly shown: number;
}

// In the browser's words, because it runs there: what listens first starts the clock, what listens last stops it.
const WATCH_KEYS = `{
  window.keystrokes = [];
  let start = 0;
  addEventListener("input", () => (start = performance.now()), { capture: true });
  addEventListener("input", () => {
    const began = start;
    const handled = performance.now() - began;
    requestAnimationFrame(() => window.keystrokes.push({ handled, shown: performance.now() - began }));
  });
}`;

const ROUND_TRIPS = `performance.getEntriesByType("resource").filter((one) => one.name.endsWith("/impact/live")).map((one) => one.duration)`;

test("the page is free again at once after a key, and the coach's answer is there before the next word (S34)", (t) =>
  inJourney({ startsAt: MONDAY, smtp: false, looks: false }, async (journey) => {
    const { page } = journey;
    await openCoach(journey);
    const text = page.getByLabel("In your words");
    await text.press("ControlOrMeta+End");
    await typeOneLetter(journey, ".");
    await page.evaluate(WATCH_KEYS);
    for (const letter of ` ${TYPED}`) await typeOneLetter(journey, letter);
    const keys = await page.evaluate<Keystroke[]>("window.keystrokes");
    const trips = await page.evaluate<number[]>(ROUND_TRIPS);
    const handled = median(keys.map((one) => one.handled));
    const shown = median(keys.map((one) => one.shown));
    const trip = median(trips);
    const facts = `${handled.toFixed(2)} ms in the listeners, ${shown.toFixed(1)} ms to the next frame, ${trip.toFixed(1)} ms for the round trip`;
    t.diagnostic(`${facts}, at the median of ${keys.length} keystrokes`);
    assert.ok(handled <= FRAME_MS, facts);
    assert.ok(trips.length >= TYPED.length && trip <= ANSWER_MS, facts);
  }));

/** How many bytes of body a browser gets for this address, compressed as it asks for it. */
function bytesOf(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { "accept-encoding": "gzip, deflate, br, zstd" } }, (answer) => {
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => (bytes += chunk.length)).on("end", () => resolve(bytes));
    }).on("error", reject);
  });
}

test(`the coach's page loads at most ${PAGE_BYTES} bytes of JavaScript (S34)`, (t) =>
  inJourney({ startsAt: MONDAY, smtp: false, looks: false }, async (journey) => {
    const { page } = journey;
    await openCoach(journey);
    const scripts = new Set<string>();
    page.on("request", (request) => {
      if (request.resourceType() === "script") scripts.add(request.url());
    });
    await page.reload();
    await page.getByLabel("In your words").pressSequentially(" Now");
    await page.waitForResponse((response) => response.url().endsWith("/impact/live"));
    const sizes = await Promise.all([...scripts].map(bytesOf));
    const bytes = sizes.reduce((total, size) => total + size, 0);
    t.diagnostic(`${bytes} bytes in ${scripts.size} files`);
    assert.ok(
      [...scripts].some((url) => url.includes("impact")),
      "the coach's own script is among them",
    );
    assert.ok(bytes <= PAGE_BYTES, `${bytes} bytes: ${[...scripts].join(" ")}`);
  }));
