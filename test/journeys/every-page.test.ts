import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { withPage } from "../support/browser.ts";
import { checkScreen } from "../support/journey.ts";
import { checkMarkup } from "../support/markup.ts";
import { withServer } from "../support/server.ts";

/** Every page that a person can come to by following links from the start page; a link that leads nowhere is noted in `findings`. */
async function reachablePages(start: string, findings: string[]): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  const waiting = [new URL("/", start).href];
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    const answer = await fetch(url);
    const isPage = answer.headers.get("content-type")?.startsWith("text/html") ?? false;
    const text = await answer.text();
    if (answer.status >= 400) findings.push(`a link leads to ${url}, which answers ${answer.status}`);
    if (answer.status >= 400 || !isPage || pages.has(answer.url)) continue;
    pages.set(answer.url, text);
    for (const [, link = ""] of text.matchAll(/<a\s[^>]*href="([^"]+)"/gu)) {
      const next = new URL(link.replaceAll("&amp;", "&"), answer.url);
      next.hash = "";
      const isNew = !pages.has(next.href) && !waiting.includes(next.href);
      if (next.origin === new URL(start).origin && isNew) waiting.push(next.href);
    }
  }
  return pages;
}

/** Runs a check and notes what it found instead of stopping, so that one run shows everything. */
async function note(findings: string[], check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    findings.push((error as Error).message);
  }
}

async function checkPage(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await checkScreen(page, true);
}

test("every page that links lead to from an empty start is valid, accessible in light and dark, and fits a phone", () =>
  withServer({ env: { THROUGHLINE_CLOCK: "2026-03-02T09:00:00Z" } }, async (server) => {
    const findings: string[] = [];
    const pages = await reachablePages(server.url, findings);
    assert.ok(pages.size > 0);
    for (const [url, text] of pages) await note(findings, () => checkMarkup(text, new URL(url).pathname));
    await withPage({ size: "narrow" }, async (page) => {
      for (const url of pages.keys()) await note(findings, () => checkPage(page, url));
    });
    assert.equal(findings.length, 0, `${pages.size} pages, ${findings.length} findings:\n${findings.join("\n")}`);
  }));

test("the start page says the same without JavaScript", () =>
  withServer({}, async (server) => {
    const headings: string[] = [];
    for (const javaScriptEnabled of [true, false]) {
      await withPage({ javaScriptEnabled }, async (page) => {
        await page.goto(server.url);
        headings.push(await page.locator("h1").innerText());
      });
    }
    assert.equal(headings[0], headings[1]);
    assert.ok(headings[0]);
  }));
