import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type AgendaMail, agendaHtml, agendaText } from "./mail.ts";
import { emptyContent } from "./rules/items.ts";
import type { ItemKind, PreparedItem } from "./schema.ts";

let made = 0;

function item(kind: ItemKind, text: string, changes: Partial<PreparedItem> = {}): PreparedItem {
  made += 1;
  return {
    ...emptyContent,
    id: String(made),
    kind,
    text,
    minutes: 5,
    position: made,
    captureId: null,
    carriedFrom: null,
    carriedSide: null,
    dueOn: null,
    discussedAt: null,
    ...changes,
  };
}

const start = Temporal.ZonedDateTime.from("2026-03-10T10:00[Europe/Berlin]");
const least: AgendaMail = {
  ownerName: "Ana Silva",
  personName: "Max Berger",
  start,
  slot: 30,
  hasGrowthBlock: false,
  items: [item("need", "A yes or no to the pilot.")],
  askedFor: new Set(),
  answerUrl: undefined,
};
const full: AgendaMail = {
  ...least,
  hasGrowthBlock: true,
  askedFor: new Set(["from-max"]),
  answerUrl: "https://one.example.org/g/0123456789012345678901234567890123456789abc",
  items: [
    item("growth", "While I work on the pilot, what would you need to see from me before you trust me with the next one?", {
      minutes: 10,
      project: "Pilot",
      skill: "Facilitation",
    }),
    item("status", "The migration is done; the report follows on Friday.", { minutes: 0 }),
    item("win", "The new import went live on Monday.\nSupport tickets fell from 40 to 12 a week.", { minutes: 3 }),
    item("challenge", "Two teams share one test system & block each other.", {
      minutes: 8,
      options: "A second system, or fixed days.",
      leaning: "Fixed days, for a month.",
      decisionWanted: "May I propose it to both teams?",
    }),
    item("carried", "Send the outline", { minutes: 2, carriedSide: "mine", carriedFrom: "commitment:1", dueOn: "2026-03-09" }),
    item("carried", "Ask finance about the course", { minutes: 2, carriedSide: "theirs", carriedFrom: "commitment:2" }),
    item("carried", "Who reviews the import when Lena is away?", {
      minutes: 1,
      carriedSide: "question",
      carriedFrom: "question:3",
    }),
    item("topic", "A room for the team <b>\nThe big one is free on Tuesdays.", { carriedFrom: "item:4" }),
    item("topic", "القاعة الكبيرة", { minutes: 0 }),
    item("topic", "The budget for the course", { id: "from-max" }),
    item("need", "A yes or no to the pilot."),
  ],
};

/** The words of a mail are reviewed by eye once, in `golden/`, and held from then on. */
function golden(name: string): string {
  return readFileSync(new URL(`golden/${name}`, import.meta.url), "utf8");
}

test("the agenda as text is word for word what was reviewed: the need first, growth last", () => {
  assert.equal(`${agendaText(least)}\n`, golden("least.txt"));
  assert.equal(`${agendaText(full)}\n`, golden("full.txt"));
});

test("the agenda as HTML says the same, with everything escaped", () => {
  assert.equal(agendaHtml(least), golden("least-html.txt"));
  assert.equal(agendaHtml(full), golden("full-html.txt"));
});

test("a question about growth without a block of its own has its minutes", () => {
  const text = agendaText({ ...least, items: [item("growth", "What should I learn next?", { minutes: 10 })] });
  assert.match(text, /A question about my growth \(10 min\)\nWhat should I learn next\?/u);
});

test("a growth block without an item still keeps its ten minutes (S37)", () => {
  assert.match(agendaText({ ...least, hasGrowthBlock: true }), /The last ten minutes: growth\n/u);
});

test("the words hold for any hour, so that an approved agenda follows a meeting that moves (S31)", () => {
  const moved = { ...least, start: Temporal.Instant.from("2026-03-29T08:00:00Z").toZonedDateTimeISO("Europe/Berlin") };
  assert.equal(agendaText(moved), agendaText(least));
});
