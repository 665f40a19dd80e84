import { launchChromium } from "../test/support/chromium.ts";
import type { Measured } from "./processes.ts";
import { median } from "./load.ts";

const NOTES = 20;
const LIMIT_MS = 30_000;

/** Runs in the page from its first moment: notes when the last of the notes stands in the DOM, since the navigation began. */
function watchForNotes(count: number): void {
  const seen = globalThis as { notesAt?: number };
  const look = (): void => {
    if (seen.notesAt === undefined && document.querySelectorAll("li.entry").length >= count) seen.notesAt = performance.now();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}

/** Medians in milliseconds, from the start of the navigation to 20 notes in the DOM, in turns. Every load is a first visit: nothing is in the browser's cache. */
export async function notesInTheDom(ours: Measured, bare: Measured, loads: number): Promise<{ ours: number; bare: number }> {
  const browser = await launchChromium();
  async function timeOf(url: string): Promise<number> {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      await page.addInitScript(watchForNotes, NOTES);
      await page.goto(url, { waitUntil: "load", timeout: LIMIT_MS });
      return await page.evaluate(() => (globalThis as { notesAt?: number }).notesAt ?? Number.NaN);
    } finally {
      await context.close();
    }
  }
  try {
    const times = { ours: [] as number[], bare: [] as number[] };
    // The first load of each warms the browser up.
    for (let turn = -1; turn < loads; turn += 1) {
      const [one, other] = [await timeOf(`${ours.url}/record`), await timeOf(bare.url)];
      if (turn >= 0) times.ours.push(one);
      if (turn >= 0) times.bare.push(other);
    }
    return { ours: median(times.ours), bare: median(times.bare) };
  } finally {
    await browser.close();
  }
}
