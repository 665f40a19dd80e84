import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { type PageOptions, withPage } from "./browser.ts";
import { checkAccessibility, checkMarkup } from "./markup.ts";
import { startServer, type TestServer } from "./server.ts";
import { type SmtpSink, startSmtpSink } from "./smtp-sink.ts";

export interface JourneyOptions extends Pick<PageOptions, "size" | "javaScriptEnabled"> {
  /** What the program's clock says when it starts. */
  readonly startsAt: string;
  /** False: no mail account anywhere, every mail goes out by hand. */
  readonly smtp?: boolean;
  /** On top of what every journey's program is started with. */
  readonly env?: Readonly<Record<string, string>>;
  /** False: `look` does nothing, for a story whose pages another one has looked at. */
  readonly looks?: boolean;
}

/** Somebody at a browser, the program in a process of its own, and the mail server that their mails go through. */
export interface Journey {
  readonly page: Page;
  readonly sink: SmtpSink;
  readonly hasScripts: boolean;
  /** The running program: another one after `restart`. */
  server(): TestServer;
  open(path: string): Promise<void>;
  /** Presses a button or follows a link that leads to another page, and waits until that page is there. */
  go(role: "button" | "link", name: string | RegExp, within?: ReturnType<Page["locator"]>): Promise<void>;
  /** Fails when the page on the screen has a mistake in its markup, is not accessible in light or dark, or is wider than the screen. */
  look(): Promise<void>;
  /** What the program takes for the present, as the banner says it. */
  present(): Promise<Temporal.Instant>;
  /** Moves the clock on; everything due by then has been done when this returns. */
  moveClockTo(instant: string | Temporal.Instant): Promise<void>;
  /** Stops the program and starts it again on the same data, at another time. */
  restart(at: string): Promise<void>;
  /** The same person in a second tab, on the page that the first one shows. */
  otherTab(): Promise<Journey>;
}

const HORIZONTAL_OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

/** Fails when the page on the screen is wider than it, or, where scripts run, not accessible in light or dark. */
export async function checkScreen(page: Page, hasScripts: boolean): Promise<void> {
  const overhang = await page.evaluate<number>(HORIZONTAL_OVERHANG);
  assert.ok(overhang <= 0, `${new URL(page.url()).pathname} is wider than the screen`);
  if (!hasScripts) return;
  await checkAccessibility(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await checkAccessibility(page, "colours");
  await page.emulateMedia({ colorScheme: "light" });
}

async function checkLook(page: Page, hasScripts: boolean): Promise<void> {
  const answer = await page.request.get(page.url());
  const { pathname } = new URL(page.url());
  if (answer.headers()["content-type"]?.startsWith("text/html")) await checkMarkup(await answer.text(), pathname);
  await checkScreen(page, hasScripts);
}

async function moveClock(journey: Journey, to: Temporal.Instant): Promise<void> {
  const { page } = journey;
  const step = (await journey.present()).until(to, { largestUnit: "hours" });
  // The banner's buttons know hours, days and weeks; the form behind them takes any step.
  const answer = await page.request.post(new URL("/clock", page.url()).href, {
    form: { by: step.toString(), return: "/" },
    headers: { origin: new URL(page.url()).origin },
  });
  assert.equal(answer.status(), 200, `the clock was not moved by ${step.toString()}: ${await answer.text()}`);
  await page.reload();
}

function environment(startsAt: string, sink: SmtpSink | undefined, more: JourneyOptions["env"]): Record<string, string> {
  return {
    ...more,
    THROUGHLINE_CLOCK: startsAt,
    THROUGHLINE_LOG: "debug",
    ...(sink && { THROUGHLINE_SMTP_URL: `smtp://127.0.0.1:${sink.port}?security=none` }),
  };
}

function journeyOn(page: Page, sink: SmtpSink, first: TestServer, options: JourneyOptions): Journey {
  const { javaScriptEnabled: hasScripts = true, smtp = true, looks = true } = options;
  let server = first;
  const journey: Journey = {
    page,
    sink,
    hasScripts,
    server: () => server,
    async open(path) {
      await page.goto(new URL(path, server.url).href);
    },
    async go(role, name, within) {
      const target = (within ?? page).getByRole(role, { name, exact: typeof name === "string" });
      await Promise.all([page.waitForEvent("load"), target.click()]);
    },
    async look() {
      if (looks) await checkLook(page, hasScripts);
    },
    async present() {
      const text = await page.getByRole("region", { name: "Notices" }).locator(".clock time").getAttribute("datetime");
      return Temporal.Instant.from(text ?? "");
    },
    moveClockTo: (instant) => moveClock(journey, Temporal.Instant.from(instant)),
    async restart(at) {
      await server.stop();
      server = await startServer({ folder: server.folder, env: environment(at, smtp ? sink : undefined, options.env) });
      await journey.open("/");
    },
    async otherTab() {
      const tab = await page.context().newPage();
      await tab.goto(page.url());
      return journeyOn(tab, sink, server, options);
    },
  };
  return journey;
}

/** What was on the screen when a story stopped: its address, its words, and a picture. */
async function describe(page: Page): Promise<string> {
  const path = join(tmpdir(), `throughline-journey-${process.pid}-${Date.now()}.png`);
  await page.screenshot({ path, fullPage: true });
  return `It stopped at ${page.url()} (${path}), which said:\n${(await page.locator("body").innerText()).slice(0, 3_000)}`;
}

/** Tells the story; an error also says what was on the screen. */
async function telling(page: Page, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const scene = await describe(page).catch(() => `It stopped at ${page.url()}.`);
    throw new Error(`${(error as Error).message}\n${scene}`, { cause: error });
  }
}

/** Starts the program, opens its start page and tells the story; fails also when the program does not stop cleanly. */
async function tellOn(
  sink: SmtpSink,
  folder: string,
  options: JourneyOptions,
  tell: (journey: Journey) => Promise<void>,
): Promise<void> {
  const { startsAt, smtp = true, size = "wide", javaScriptEnabled = true } = options;
  const first = await startServer({ folder, env: environment(startsAt, smtp ? sink : undefined, options.env) });
  let server = (): TestServer => first;
  try {
    await withPage({ size, javaScriptEnabled }, async (page) => {
      const journey = journeyOn(page, sink, first, options);
      server = () => journey.server();
      await telling(page, async () => {
        await journey.open("/");
        await tell(journey);
      });
    });
  } catch (error) {
    await server().kill9();
    throw new Error(`${(error as Error).message}\nThe server said:\n${server().output().slice(-3_000)}`, { cause: error });
  }
  await server().stop();
}

/** A whole story from an empty machine on. Nothing of it is left behind, however it ends. */
export async function inJourney(options: JourneyOptions, tell: (journey: Journey) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "throughline-journey-"));
  const sink = await startSmtpSink();
  try {
    await tellOn(sink, folder, options, tell);
  } finally {
    await sink.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
