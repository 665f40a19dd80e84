import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { Journey } from "./journey.ts";

export const ana: Beginning = {
  name: "Ana Silva",
  email: "ana@example.org",
  zone: "Europe/Berlin",
  manager: "Max Berger",
  managerEmail: "max@example.org",
  firstDay: "2026-03-04",
  hour: "10:00",
  minutes: 30,
};

/** Monday 2 March 2026, 10:00 in Berlin. Ana meets Max on Wednesday at 10:00, so her agenda is due on Tuesday at 10:00. */
export const MONDAY = "2026-03-02T09:00:00Z";
export const DUE = Temporal.Instant.from("2026-03-03T09:00:00Z");

/** Who the story is about, and when they meet. */
export interface Beginning {
  readonly name: string;
  readonly email: string;
  readonly zone: string;
  readonly manager: string;
  readonly managerEmail: string;
  /** The first meeting: a day and a wall clock hour in `zone`. */
  readonly firstDay: string;
  readonly hour: string;
  readonly minutes: number;
}

/** The three steps that greet a newcomer. Ends on the start page. */
export async function settleIn(journey: Journey, who: Beginning): Promise<void> {
  const { page } = journey;
  await journey.look();
  await page.getByLabel("Your name").fill(who.name);
  await page.getByLabel("Your mail address").fill(who.email);
  await page.getByLabel("Time zone").fill(who.zone);
  await journey.go("button", "Go on");
  await journey.look();
  await page.getByLabel("Your manager's name").fill(who.manager);
  await page.getByLabel("Your manager's mail address").fill(who.managerEmail);
  await journey.go("button", "Go on");
  await journey.look();
  await page.getByLabel("Your next meeting").fill(who.firstDay);
  await page.getByLabel("Starts at").fill(who.hour);
  await page.getByLabel("Length in minutes").fill(String(who.minutes));
  await journey.go("button", "Done");
  await page.getByRole("heading", { name: "Today", level: 1 }).waitFor();
}

/** Notes one line from wherever the person is: by key where scripts run, otherwise on the page behind the link. */
export async function capture(journey: Journey, kind: "Win" | "Challenge", text: string): Promise<void> {
  const { page } = journey;
  if (journey.hasScripts) {
    await page.locator("h1").click();
    await page.keyboard.press("c");
    const dialog = page.getByRole("dialog", { name: "What just happened?" });
    await dialog.getByRole("textbox", { name: "What happened" }).fill(text);
    await dialog.getByText(kind, { exact: true }).click();
    await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  } else {
    await journey.go("link", "Capture");
    await page.getByLabel("What happened").fill(text);
    await page.getByRole("radio", { name: kind, exact: true }).check();
    await journey.go("button", "Note it");
  }
  await page.getByRole("link", { name: "Add to what you noted" }).waitFor();
}

/** Begins or resumes the preparation of the next meeting, from the start page. */
export async function openPreparation(journey: Journey): Promise<void> {
  await journey.open("/");
  await journey.go("link", "Prepare", journey.page.getByRole("main"));
}

/** The entry of a list that holds these words. */
export function entry({ page }: Journey, text: string): Locator {
  return page.getByRole("main").getByRole("listitem").filter({ hasText: text });
}

/** Fills the fields of a step and puts it on the agenda, which leads to the next step. */
export async function putOnAgenda(
  journey: Journey,
  fields: Readonly<Record<string, string>>,
  button = "Put it on the agenda",
): Promise<void> {
  const { page } = journey;
  const form = page.locator("form#prepare");
  for (const [label, text] of Object.entries(fields)) await form.getByLabel(label).fill(text);
  await journey.look();
  await journey.go("button", button, form);
}

/** From the start page to the mail of the shortest agenda there is: the need alone. */
export async function prepareTheNeed(journey: Journey, need: string): Promise<void> {
  await openPreparation(journey);
  await journey.go("button", "Start preparing");
  await putOnAgenda(journey, { "I need": need });
  await journey.go("link", "Minutes", journey.page.getByRole("navigation", { name: "Steps of the preparation" }));
  await journey.go("button", "Ready: see the mail");
}

/** The mail as the page shows it. */
export async function mailShown({ page }: Journey): Promise<{ subject: string; text: string }> {
  const paper = page.locator(".paper");
  return {
    subject: (await paper.locator("dd").nth(2).textContent()) ?? "",
    text: (await paper.locator(".multiline").textContent()) ?? "",
  };
}

/** Chooses how the mail goes out and approves the words on the page. */
export async function approve(journey: Journey, way: string | RegExp): Promise<void> {
  await journey.look();
  await journey.page.getByRole("radio", { name: way }).check();
  await journey.go("button", "Approve these words");
  await journey.page
    .getByText("Approved.")
    .or(journey.page.getByText(/^Sent /u))
    .or(journey.page.getByText("It is being sent"))
    .first()
    .waitFor();
  await journey.look();
}

export type NoteKind = "Just a note" | "Decision" | "My action" | "Open question" | `${string}'s commitment`;

/** Notes a line on the page of the meeting. */
export async function noteInMeeting(journey: Journey, kind: NoteKind, text: string): Promise<void> {
  const form = journey.page.getByRole("form", { name: "Note", exact: true });
  await form.getByRole("textbox", { name: "Note" }).fill(text);
  await form.getByRole("radio", { name: kind, exact: true }).check();
  await journey.go("button", "Note it", form);
}

/** Ticks an agenda item off. */
export async function tickOff(journey: Journey, text: string): Promise<void> {
  await journey.go("button", "Discussed", entry(journey, text));
  await entry(journey, text).getByText("Discussed", { exact: true }).waitFor();
}

/** How often some words stand on the page. */
export async function countOf({ page }: Journey, text: string): Promise<number> {
  const words = await page.getByRole("main").innerText();
  return words.split(text).length - 1;
}

/** Fails unless each of these stands on the page exactly once. */
export async function eachOnce(journey: Journey, texts: readonly string[]): Promise<void> {
  for (const text of texts) assert.equal(await countOf(journey, text), 1, `“${text}” stands here once`);
}
