import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";

const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary";

/** More presses of a key than any page needs. */
const MANY = 200;

/** What somebody without a pointer cannot come to on this page, in the words that it shows. Of a group of radio buttons one is enough: arrows do the rest. */
export async function unreachableByKeyboard(page: Page): Promise<string[]> {
  await page.evaluate((selector) => {
    const controls = [...document.querySelectorAll<HTMLInputElement>(selector)];
    for (const control of controls) if (control.checkVisibility() && !control.disabled) control.dataset["waiting"] = "";
    document.querySelector<HTMLElement>("body")?.focus();
  }, CONTROLS);
  for (let press = 0; press < MANY; press += 1) {
    await page.keyboard.press("Tab");
    const hasMore = await page.evaluate(() => {
      const here = document.activeElement as HTMLInputElement | null;
      const group = here?.type === "radio" ? document.querySelectorAll<HTMLElement>(`input[name="${here.name}"]`) : [here];
      for (const one of group) delete one?.dataset["waiting"];
      return document.querySelector("[data-waiting]") !== null;
    });
    if (!hasMore) return [];
  }
  return page
    .locator("[data-waiting]")
    .evaluateAll((controls) => controls.map((one) => `${one.tagName} ${one.textContent || one.getAttribute("name")}`));
}

async function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((one) => one === document.activeElement);
}

/** Goes to a control with the Tab key alone; the control then shows that the keyboard is there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let press = 0; press < MANY; press += 1) {
    if (await isFocused(target)) {
      assert.ok(await target.evaluate((one) => one.matches(":focus-visible")), "one sees where the keyboard is");
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`${target.toString()} cannot be reached with the Tab key`);
}

/** Chooses a radio button: Tab to the one of its group that is chosen, then arrows. */
export async function chooseByArrows(page: Page, target: Locator): Promise<void> {
  const name = await target.getAttribute("name");
  await tabTo(page, page.locator(`input[type="radio"][name="${name}"]:checked`));
  for (let press = 0; press < MANY && !(await isFocused(target)); press += 1) await page.keyboard.press("ArrowUp");
  assert.ok(await target.isChecked());
}
