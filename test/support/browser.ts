import assert from "node:assert/strict";
import { after } from "node:test";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchChromium } from "./chromium.ts";

export interface PageOptions {
  /** A laptop (1280 x 800) or a phone (360 x 740). */
  readonly size?: "wide" | "narrow";
  readonly javaScriptEnabled?: boolean;
  readonly colorScheme?: "light" | "dark";
  readonly reducedMotion?: "reduce" | "no-preference";
  /** The browser's own zone; the product shows every time in the owner's, so this must not matter. */
  readonly timezoneId?: string;
}

const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 360, height: 740 } } as const;

let browser: Promise<Browser> | undefined;

// One Chromium serves every test of a process.
after(async () => (await browser)?.close());

export function browserContextOptions(options: PageOptions): BrowserContextOptions {
  const {
    size = "wide",
    colorScheme = "light",
    reducedMotion = "reduce",
    javaScriptEnabled = true,
    timezoneId = "Asia/Tokyo",
  } = options;
  return {
    viewport: sizes[size],
    colorScheme,
    reducedMotion,
    javaScriptEnabled,
    timezoneId,
    locale: "en-GB",
    acceptDownloads: true,
  };
}

function isLocal(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return (
    ["data:", "blob:", "about:"].includes(protocol) ||
    ["127.0.0.1", "localhost", "[::1]"].includes(hostname) ||
    hostname.endsWith(".localhost")
  );
}

/** Notes what no page may do: throw, complain on the console (the content security policy does so there), or ask another host. */
function watch(page: Page, complaints: string[]): void {
  page.on("pageerror", (error) => complaints.push(`${page.url()} threw ${error.message}`));
  page.on("console", (message) => {
    // A page that answers 4xx on purpose is for the test to judge.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      complaints.push(`${page.url()} logged ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!isLocal(request.url())) complaints.push(`${page.url()} asked ${request.url()}, which is not this machine`);
  });
}

/** Opens a page with no history, cookies or storage, and closes it. Fails when the page threw, complained or called another host. */
export async function withPage(options: PageOptions, work: (page: Page) => Promise<void>): Promise<void> {
  browser ??= launchChromium();
  const context = await (await browser).newContext(browserContextOptions(options));
  context.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  context.on("page", (page) => watch(page, complaints));
  try {
    await work(await context.newPage());
  } finally {
    await context.close();
  }
  assert.deepEqual(complaints, [], "no page may throw, complain on the console or ask another host");
}
