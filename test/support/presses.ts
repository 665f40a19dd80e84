import type { Page } from "playwright-core";

/** What somebody's hands did on the pages since the last `reset`. */
export interface Presses {
  /** Presses of the pointer: what people call clicks. Choosing a line of a closed list counts too. */
  clicks(): Promise<number>;
  reset(): Promise<void>;
}

const KEY = "presses of the pointer";

/**
 * Counts in the browser itself, so that no helper of a test can forget one. Call it before the first page is opened or reloaded; the
 * count lives as long as the tab, over every page of the program.
 */
export async function countPresses(page: Page): Promise<Presses> {
  const count = `addEventListener("pointerdown", (event) => {
    if (event.isTrusted) sessionStorage.setItem("${KEY}", String(Number(sessionStorage.getItem("${KEY}")) + 1));
  }, { capture: true });`;
  await page.addInitScript(count);
  await page.reload();
  return {
    clicks: () => page.evaluate((key) => Number(sessionStorage.getItem(key)), KEY),
    reset: () => page.evaluate((key) => sessionStorage.removeItem(key), KEY),
  };
}
