import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { type PageOptions, withPage } from "../support/browser.ts";
import { ana, approve, DUE, entry, MONDAY, prepareTheNeed, settleIn } from "../support/journey-pages.ts";
import { checkScreen, inJourney, type Journey } from "../support/journey.ts";

const TALK_IS_OVER = "2026-03-04T09:45:00Z";
const PROMISE = "Ask finance about the course";
const CORRECTED = "Ask Lena about the course";
const TOPIC = "The budget for the course";

type Device = Required<Pick<PageOptions, "size" | "javaScriptEnabled">>;

/** A port that was free a moment ago: the address from outside has to be known before the program is started. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Somebody else, at a browser of their own. */
interface Guest {
  readonly page: Page;
  look(): Promise<void>;
  press(name: string): Promise<void>;
}

async function asGuest(address: string, device: Device, visit: (guest: Guest) => Promise<void>): Promise<void> {
  await withPage(device, async (page) => {
    const guest: Guest = {
      page,
      async look() {
        await checkScreen(page, device.javaScriptEnabled);
        // Whether it is accessible is found out by a script, which the guest's own browser does not run.
        if (!device.javaScriptEnabled)
          await withPage({ ...device, javaScriptEnabled: true }, async (other) => {
            await other.goto(page.url());
            await checkScreen(other, true);
          });
      },
      async press(name) {
        await Promise.all([
          page.waitForEvent("load"),
          page.getByRole("button", { name, exact: true }).locator("visible=true").click(),
        ]);
      },
    };
    await page.goto(address);
    await visit(guest);
    assert.deepEqual(await page.context().cookies(), [], "nothing is left in the guest's browser");
  });
}

function linkIn(journey: Journey, mailNumber: number): string {
  const text = journey.sink.mails[mailNumber]?.parsed.text ?? "";
  const link = /http:\/\/guest\.localhost:\d+\/g\/[\w-]{43}/u.exec(text)?.[0];
  assert.ok(link, `the mail has no link: ${text}`);
  return link;
}

async function letMaxAnswer(journey: Journey): Promise<void> {
  await journey.open("/people");
  await journey.go("link", "Max Berger");
  await journey.go("link", "A page for them to answer on");
  await journey.look();
  await journey.go("button", "Let Max open a page");
  await journey.page.getByText("It is on: your next agenda").waitFor();
  await journey.look();
}

async function openMeeting(journey: Journey): Promise<void> {
  await journey.open("/");
  await journey.go("link", /Max said something/u);
  await journey.look();
}

async function agendaIsAnswered(journey: Journey, device: Device): Promise<string> {
  await prepareTheNeed(journey, "A yes to the pilot");
  await approve(journey, /^By itself/u);
  await journey.moveClockTo(DUE);
  const link = linkIn(journey, 0);
  await asGuest(link, device, async ({ page, look, press }) => {
    await page.getByRole("heading", { name: "Ana: agenda for our 1:1" }).waitFor();
    await page.getByText("A yes to the pilot").waitFor();
    await page.getByText("Only Ana sees what you write here.").waitFor();
    await look();
    await press("Send the topic");
    await page.getByRole("alert").getByText("Write the topic first").waitFor();
    await look();
    await page.getByLabel("Your topic").fill(TOPIC);
    await press("Send the topic");
    await page.getByText("Your topic is on its way into the talk.").waitFor();
    await look();
  });
  await openMeeting(journey);
  await entry(journey, TOPIC).getByText("on the page").waitFor();
  await journey.go("button", "Put it on the agenda", entry(journey, TOPIC));
  await journey.page.getByText("You took it over").waitFor();
  assert.equal(await entry(journey, TOPIC).count(), 2, "it stands on the agenda and, as theirs, beside it");
  return link;
}

async function sendRecap(journey: Journey): Promise<void> {
  await journey.moveClockTo(TALK_IS_OVER);
  await journey.open("/");
  await journey.go("button", "It took place: write the recap", journey.page.getByRole("main"));
  await journey.page.getByLabel("Commitment", { exact: true }).fill(PROMISE);
  await journey.page.locator("#due-new-manager_commitment-0, [name^='due-new-manager_commitment']").first().fill("2026-03-06");
  await journey.go("button", "Save and see the mail");
  await approve(journey, /^By itself/u);
  await journey.moveClockTo("2026-03-04T10:00:00Z");
}

async function recapIsAnswered(journey: Journey, link: string, device: Device): Promise<void> {
  assert.equal(linkIn(journey, 1), link, "one meeting has one link");
  await asGuest(link, device, async ({ page, look, press }) => {
    await page.getByRole("heading", { name: "Ana: recap of our 1:1" }).waitFor();
    await press("Yes, that stands");
    await page.getByText("Your yes is noted.").waitFor();
    await page.getByText("Correct it").click();
    await page.getByLabel("What it should say").fill(CORRECTED);
    await look();
    await press("Send the correction");
    await page.getByText("I need more time").click();
    await page.getByLabel("By when, if you know").fill("2026-03-20");
    await press("Send");
    await page.getByText("Noted: you need more time.").waitFor();
  });
  await openMeeting(journey);
  await journey.page.getByText("In your ledger").first().waitFor();
  await journey.go("button", "Note this yes");
  await journey.go("button", "Take it over");
  await journey.go("button", "Agree: by Fri 20 Mar");
  await journey.look();
  await journey.open("/commitments");
  await journey.page.getByText(CORRECTED).waitFor();
  assert.equal(await journey.page.getByText(PROMISE).count(), 0);
}

/** What was agreed and asked for stands in the next mail: their topic was not talked about, so it comes over. */
async function nextMailFollows(journey: Journey): Promise<void> {
  await prepareTheNeed(journey, "A second talk");
  const { page } = journey;
  await page.getByText(`On your side: ${CORRECTED} (by Fri 20 Mar)`).waitFor();
  await page.getByText(`${TOPIC} (from you, from last time`).waitFor();
}

async function pageIsClosed(journey: Journey, link: string, device: Device): Promise<void> {
  await journey.open("/people");
  await journey.go("link", "Max Berger");
  await journey.go("link", "A page for them to answer on");
  await journey.go("button", "Close it");
  await asGuest(link, device, async ({ page, look }) => {
    await page.getByRole("heading", { name: "This page is closed" }).waitFor();
    await look();
  });
}

async function nothingElseIsThere(link: string): Promise<void> {
  for (const path of ["/", "/meetings", "/api/health", "/settings"]) {
    const answer = await fetch(new URL(path, link.replace("guest.localhost", "127.0.0.1")), {
      headers: { "x-forwarded-for": "203.0.113.9" },
    });
    assert.equal(answer.status, 404, path);
  }
}

const devices = [
  { name: "a phone without scripts", device: { size: "narrow", javaScriptEnabled: false } },
  { name: "a laptop", device: { size: "wide", javaScriptEnabled: true } },
] as const;

for (const { name, device } of devices)
  test(`a manager answers an agenda and a recap on ${name}, without an account, and it waits as theirs`, async () => {
    const port = await freePort();
    const env = { PORT: String(port), THROUGHLINE_PUBLIC_URL: `http://guest.localhost:${port}` };
    await inJourney({ startsAt: MONDAY, env, looks: device.javaScriptEnabled }, async (journey) => {
      await settleIn(journey, ana);
      await letMaxAnswer(journey);
      const link = await agendaIsAnswered(journey, device);
      await sendRecap(journey);
      await recapIsAnswered(journey, link, device);
      await nextMailFollows(journey);
      await pageIsClosed(journey, link, device);
      await nothingElseIsThere(link);
    });
  });
