import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { serve } from "@hono/node-server";
import type { Page } from "playwright-core";
import { type PageOptions, withPage } from "../../../test/support/browser.ts";
import { checkAccessibility, checkMarkup } from "../../../test/support/markup.ts";
import { freshDatabase } from "../../../test/support/stores.ts";
import { fakeClock } from "../../../test/support/fake-clock.ts";
import { createLocalOwner } from "../../features/account/store.ts";
import { journalPages, listCaptures } from "../../features/journal/index.ts";
import { recordPages } from "../../features/record/index.ts";
import { AppError } from "../../lib/errors.ts";
import { call, type Caller } from "../../platform/operation.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { openAssets } from "./assets.ts";
import { button, errorSummary, form, readForm, textArea, textField } from "./kit/form.ts";
import { html } from "./kit/html.ts";
import { page } from "./kit/page.ts";
import { type WebRoutes, webRoutes } from "./kit/web.ts";
import { loopbackHosts } from "./security.ts";
import { webApp } from "./web.ts";

const assets = openAssets(join(import.meta.dirname, "../.."));

interface Place {
  readonly url: string;
  readonly caller: Caller;
  /** How often the form on /letter arrived. */
  readonly letters: string[];
}

/** A page with a form of some length, as preparing a meeting has. A letter that says "no" is refused. */
function letterPages(letters: string[]): WebRoutes {
  const routes = webRoutes();
  const fields = (values: Record<string, string>, error?: AppError) =>
    html`${errorSummary(error)}${textArea({ name: "body", label: "Letter", value: values["body"], error })}${textField({ name: "to", label: "To", value: values["to"] })}${button("Send")}`;
  routes.get("/letter", (c) =>
    page(c, { title: "A letter", section: "none", body: form("/letter", fields({ body: "Dear" }), { draft: "letter" }) }),
  );
  routes.post("/letter", async (c) => {
    const values = await readForm(c);
    letters.push(values["body"] ?? "");
    await new Promise((resolve) => setTimeout(resolve, 200));
    if (values["body"] !== "no") return c.redirect("/sent", 303);
    const error = new AppError("invalid", "No.", { fields: [{ field: "body", message: "Write something friendlier." }] });
    return page(c, {
      title: "A letter",
      section: "none",
      status: 422,
      body: form("/letter", fields(values, error), { draft: "letter" }),
    });
  });
  routes.get("/sent", (c) => page(c, { title: "Sent", section: "none", body: html`<p>It is on its way.</p>` }));
  return routes;
}

async function inPlace(options: PageOptions, work: (page: Page, place: Place) => Promise<void>): Promise<void> {
  const database = await freshDatabase("sqlite");
  const clock = fakeClock();
  const owner = await inTransaction(database, (tx) => createLocalOwner(tx, clock.now(), "Europe/Berlin"));
  const caller: Caller = { owner, database, clock };
  const letters: string[] = [];
  const allowedHosts = new Set<string>();
  const app = webApp({
    featurePages: [journalPages, recordPages, () => letterPages(letters)],
    callerFor: () => caller,
    surroundingsFor: () => ({
      zone: "Europe/Berlin",
      ownerName: "Ana",
      now: clock.now(),
      isExample: false,
      clockIsShifted: false,
    }),
    allowedHosts,
    assets,
    log: (error) => {
      throw error;
    },
  });
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  try {
    if (!server.listening) await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    for (const host of loopbackHosts(port)) allowedHosts.add(host);
    await withPage(options, (browserPage) => work(browserPage, { url: `http://127.0.0.1:${port}`, caller, letters }));
  } finally {
    await new Promise((resolve) => server.close(resolve));
    await database.close();
  }
}

const captured = async ({ caller }: Place) => (await call(caller, listCaptures, {})).captures;

/** Opens a page and checks its markup as the server sent it. */
async function openChecked(page: Page, url: string): Promise<void> {
  const answer = await page.goto(url);
  await checkMarkup((await answer?.text()) ?? "", url);
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

void test("one key, one line and Enter note a win, from any page and without leaving it", () =>
  inPlace({}, async (page, place) => {
    await page.goto(`${place.url}/letter`);
    await page.getByLabel("Letter").fill("Half a letter");
    await page.locator("h1").click();
    await press(page, "c");
    await page.getByRole("dialog", { name: "What just happened?" }).waitFor();
    await page.keyboard.type("Shipped the billing migration");
    await page.getByText("Win", { exact: true }).click();
    await page.getByText("Project, skill, another day").click();
    await page.getByLabel("Projects, with commas between them").fill("Billing, Hiring");
    await page.getByLabel("What happened").press("Enter");
    await page.getByText("Kept.").waitFor();
    const [win] = await captured(place);
    assert.equal(win?.text, "Shipped the billing migration");
    assert.equal(win?.kind, "win");
    assert.deepEqual(win?.projects, ["Billing", "Hiring"]);
    assert.equal(await page.getByLabel("Letter").inputValue(), "Half a letter", "the page beneath was not touched");
    await page.getByRole("link", { name: "Add to it, or undo" }).click();
    await page.waitForURL(`**/journal/${win?.id}`);
  }));

void test("what was typed into the capture dialog is still there after the tab crashed, and gone once it was kept", () =>
  inPlace({}, async (page, place) => {
    await page.goto(`${place.url}/letter`);
    await press(page, "c");
    await page.getByLabel("What happened").fill("An idea that must not be lost");
    await page.goto(`${place.url}/sent`);
    await press(page, "c");
    assert.equal(await page.getByLabel("What happened").inputValue(), "An idea that must not be lost");
    await press(page, "Enter");
    await page.getByText("Kept.").waitFor();
    await page.reload();
    await press(page, "c");
    assert.equal(await page.getByLabel("What happened").inputValue(), "");
    assert.equal((await captured(place)).length, 1);
  }));

void test("a capture that the server refuses keeps its words and says why", () =>
  inPlace({}, async (page, place) => {
    await page.goto(`${place.url}/letter`);
    await press(page, "c");
    await page.getByLabel("What happened").fill("Tomorrow's news");
    await page.getByText("Project, skill, another day").click();
    await page.getByLabel("Day, if not today").fill("2031-01-01");
    await page.getByRole("button", { name: "Keep it" }).click();
    await page.getByRole("alert").getByText("This day has not come yet").waitFor();
    assert.equal(await page.getByLabel("What happened").inputValue(), "Tomorrow's news");
  }));

void test("the palette goes to pages and finds what was written", () =>
  inPlace({}, async (page, place) => {
    await page.goto(`${place.url}/journal/new`);
    await page.getByLabel("What happened").fill("Noor asked for the run book");
    await page.getByRole("button").first().press("Enter");
    await page.goto(`${place.url}/letter`);
    await press(page, "Control+k");
    await page.getByRole("combobox", { name: "A page, or words" }).fill("run boo");
    await page.getByRole("option", { name: "Noor asked for the run book" }).waitFor();
    await press(page, "ArrowUp", "ArrowDown", "Enter");
    await page.waitForURL("**/journal/*");
    await press(page, "/");
    await page.getByRole("combobox", { name: "A page, or words" }).fill("rec");
    await page.getByRole("option", { name: "Record" }).waitFor();
    await press(page, "Enter");
    await page.waitForURL("**/record");
  }));

void test("keys rest while somebody types, and can be switched off (WCAG 2.1.4)", () =>
  inPlace({}, async (page, place) => {
    await page.goto(`${place.url}/letter`);
    await page.getByLabel("To", { exact: true }).fill("");
    await page.getByLabel("To", { exact: true }).pressSequentially("c/?gt");
    assert.equal(await page.getByLabel("To", { exact: true }).inputValue(), "c/?gt");
    assert.equal(await page.getByRole("dialog").count(), 0);
    await page.locator("h1").click();
    await press(page, "?");
    await page.getByRole("checkbox", { name: /Use these keys/u }).uncheck();
    await press(page, "Escape", "c", "g", "r");
    assert.equal(await page.getByRole("dialog").count(), 0);
    assert.equal(new URL(page.url()).pathname, "/letter");
    await page.getByRole("link", { name: "Keys" }).click();
    await page.getByRole("checkbox", { name: /Use these keys/u }).check();
    await press(page, "Escape", "g", "r");
    await page.waitForURL("**/record");
  }));

void test("a form gets back what was typed before a crash, until the server took it", () =>
  inPlace({}, async (page, place) => {
    await page.goto(`${place.url}/letter`);
    await page.getByLabel("Letter").fill("Dear Max, a long letter");
    await page.goto(`${place.url}/letter`);
    assert.equal(await page.getByLabel("Letter").inputValue(), "Dear Max, a long letter");
    await page.getByRole("button", { name: "Discard it" }).click();
    assert.equal(await page.getByLabel("Letter").inputValue(), "Dear");
    await page.reload();
    assert.equal(await page.getByLabel("Letter").inputValue(), "Dear");

    await page.getByLabel("Letter").fill("no");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("Please look at this again").waitFor();
    await page.goto(`${place.url}/letter`);
    assert.equal(await page.getByLabel("Letter").inputValue(), "no", "what was refused is not lost");

    await page.getByLabel("Letter").fill("Dear Max");
    await page.getByRole("button", { name: "Send" }).click();
    await page.waitForURL("**/sent");
    await page.goto(`${place.url}/letter`);
    assert.equal(await page.getByLabel("Letter").inputValue(), "Dear");
  }));

void test("a double click sends a form once", () =>
  inPlace({}, async (page, place) => {
    await page.goto(`${place.url}/letter`);
    await page.getByRole("button", { name: "Send" }).dblclick();
    await page.waitForURL("**/sent");
    assert.deepEqual(place.letters, ["Dear"]);
  }));

void test("without JavaScript capture, search and keys are pages", () =>
  inPlace({ javaScriptEnabled: false }, async (page, place) => {
    for (const [link, path] of [
      ["Capture", "/journal/new"],
      ["Search", "/record/search"],
      ["Keys", "/keys"],
    ] as const) {
      await page.goto(`${place.url}/letter`);
      await page.getByRole("link", { name: link }).click();
      await page.waitForURL(`**${path}`);
    }
  }));

for (const colorScheme of ["light", "dark"] as const) {
  void test(`the frame, the dialogs and the error page are accessible (${colorScheme}, wide and narrow)`, async () => {
    for (const size of ["wide", "narrow"] as const) {
      await inPlace({ colorScheme, size }, async (page, place) => {
        await openChecked(page, `${place.url}/keys`);
        await checkAccessibility(page);
        for (const key of ["c", "/", "?"]) {
          await press(page, key);
          await page.getByRole("dialog").waitFor();
          await checkAccessibility(page);
          await press(page, "Escape");
          if (await page.getByRole("dialog").count()) await press(page, "Escape");
        }
        await page.goto(`${place.url}/letter`);
        await page.getByLabel("Letter").fill("no");
        await page.getByRole("button", { name: "Send" }).click();
        await page.getByText("Please look at this again").waitFor();
        await checkAccessibility(page);
        await openChecked(page, `${place.url}/nowhere`);
        await checkAccessibility(page);
        const overflow = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
        assert.ok(overflow <= 0, "nothing is wider than the screen");
      });
    }
  });
}
