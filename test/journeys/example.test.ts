import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { callApi } from "../support/journey-api.ts";
import { inJourney, type Journey } from "../support/journey.ts";
import { MONDAY } from "../support/journey-pages.ts";

const MINE = "Nobody else's note";

const exampleFile = ({ server }: Journey): string => join(server().folder, "data", "example.db");

async function lookAround(journey: Journey): Promise<void> {
  await journey.go("button", "Look around with an example");
  await journey.page.getByText("You are looking at an example").waitFor();
}

/** The address without what makes it one of many: one page of each kind, and one of its filtered views, is enough to look at. */
function kindOf({ pathname, search }: URL): string {
  return pathname.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gu, ":id") + (search === "" ? "" : "?");
}

async function linksOn({ page }: Journey): Promise<URL[]> {
  const hrefs = await page
    .locator("a[href]:not([download])")
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
  return hrefs.map((href) => new URL(href)).filter((url) => url.origin === new URL(page.url()).origin && !url.hash);
}

test("looking around fills a data file of its own, and one click throws it away", () =>
  inJourney({ startsAt: MONDAY }, async (journey) => {
    const { page } = journey;
    await callApi(journey, "journal.capture", { text: MINE });
    const before = await callApi(journey, "archive.exportJson", {});
    await lookAround(journey);
    await journey.look();
    assert.ok(existsSync(exampleFile(journey)));
    await journey.open("/record");
    assert.ok((await page.getByRole("main").getByRole("listitem").count()) >= 10);
    assert.equal(await page.getByText(MINE).count(), 0);
    await journey.open("/journal/new");
    await page.getByLabel("What happened").fill("Written while looking around");
    await journey.go("button", "Note it");
    assert.equal(await callApi(journey, "archive.exportJson", {}), before, "one's own data is untouched");
    await journey.go("button", "Throw it away");
    await page.getByRole("heading", { name: "Welcome" }).waitFor();
    assert.ok(!existsSync(exampleFile(journey)));
    await journey.open("/record");
    await page.getByText(MINE).waitFor();
    assert.equal(await page.getByText("Written while looking around").count(), 0);
    assert.equal(journey.sink.connections, 0, "nothing is sent");
  }));

test("every kind of page that the example leads to is valid, and accessible in light and dark", () =>
  inJourney({ startsAt: MONDAY, smtp: false }, async (journey) => {
    await lookAround(journey);
    const seen = new Set<string>();
    const findings: string[] = [];
    const waiting = [new URL(journey.page.url())];
    for (let url = waiting.shift(); url; url = waiting.shift()) {
      if (seen.has(kindOf(url))) continue;
      seen.add(kindOf(url));
      const answer = await journey.page.request.get(url.href);
      if (!answer.headers()["content-type"]?.startsWith("text/html")) continue;
      await journey.open(url.href);
      await journey.look().catch((error: Error) => findings.push(error.message));
      waiting.push(...(await linksOn(journey)));
    }
    assert.ok(seen.size > 15, [...seen].join(" "));
    assert.deepEqual(findings, [], `${seen.size} kinds of pages, ${findings.length} findings:\n${findings.join("\n\n")}`);
  }));
