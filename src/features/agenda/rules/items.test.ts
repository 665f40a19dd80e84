import assert from "node:assert/strict";
import { test } from "node:test";
import type { ItemKind, PreparedItem } from "../schema.ts";
import {
  emptyContent,
  emptyHanded,
  fillOpener,
  inOrder,
  missingFor,
  needsLookAhead,
  nextPosition,
  openers,
  placeholdersIn,
} from "./items.ts";

function prepared(kind: ItemKind, text: string, changes: Partial<PreparedItem> = {}): PreparedItem {
  return {
    ...emptyContent,
    id: `${kind}-${text}`,
    kind,
    text,
    minutes: 5,
    position: 1,
    captureId: null,
    carriedFrom: null,
    carriedSide: null,
    dueOn: null,
    discussedAt: null,
    ...changes,
  };
}

test("an unfilled gap is found, a link and a reference are not one (S38)", () => {
  const cases: [string, string[]][] = [
    ["What would [project] need?", ["[project]"]],
    ["[ ] is a gap too", ["[ ]"]],
    ["[skill] and [specific skill]", ["[skill]", "[specific skill]"]],
    ["see [the plan](https://example.org)", []],
    ["as in [1]", []],
    ["an array a[0] is not one", []],
    ["[over\nlines]", []],
    ["no gap", []],
  ];
  for (const [text, found] of cases) assert.deepEqual(placeholdersIn(text), found, text);
});

test("every opener leaves a gap until project and skill are named (S30, S38)", () => {
  assert.equal(openers.length, 3);
  for (const opener of openers) {
    assert.notEqual(placeholdersIn(opener).length, 0, opener);
    assert.deepEqual(placeholdersIn(fillOpener(opener, { project: "the pilot", skill: "facilitation" })), [], opener);
  }
});

test("an agenda without a need is not ready (S25), and one with a gap is not (S38)", () => {
  assert.deepEqual(missingFor([]), ["Say what you need from this talk."]);
  assert.deepEqual(missingFor([prepared("need", "A yes")]), []);
  assert.deepEqual(missingFor([prepared("need", "A yes"), prepared("growth", "How do I learn [skill]?")]), [
    "Fill in [skill] or take it out.",
  ]);
  assert.deepEqual(missingFor([prepared("need", "A yes"), prepared("challenge", "Stuck", { leaning: "[ ]" })]), [
    "Fill in [ ] or take it out.",
  ]);
});

test("two talks in a row that do not look ahead give a hint (S36)", () => {
  const win = [{ kind: "win" }] as const;
  const growth = [{ kind: "growth" }] as const;
  assert.equal(needsLookAhead(win, win), true);
  assert.equal(needsLookAhead(win, growth), false);
  assert.equal(needsLookAhead(growth, win), false);
  assert.equal(needsLookAhead(win, undefined), false);
  assert.equal(needsLookAhead(win, []), false);
});

test("empty-handed is said from 24 hours before the start on, until it starts (S27)", () => {
  const start = Temporal.Instant.from("2026-03-10T09:00:00Z");
  const cases: [string, number, boolean][] = [
    ["2026-03-09T08:59:59Z", 0, false],
    ["2026-03-09T09:00:00Z", 0, true],
    ["2026-03-10T08:59:00Z", 0, true],
    ["2026-03-10T08:59:00Z", 1, false],
    ["2026-03-10T09:00:00Z", 0, false],
  ];
  for (const [now, ownCount, expected] of cases)
    assert.equal(emptyHanded({ ownCount }, start, Temporal.Instant.from(now)), expected, now);
});

test("the need is first, growth last, the written status after it; the rest as its owner put it", () => {
  const items = [
    prepared("growth", "g", { position: 1 }),
    prepared("status", "s", { position: 0 }),
    prepared("topic", "t", { position: 2 }),
    prepared("win", "w", { position: 3 }),
    prepared("need", "n", { position: 9 }),
  ];
  assert.deepEqual(
    inOrder(items).map((one) => one.text),
    ["n", "t", "w", "g", "s"],
  );
});

test("a new item stands at the end of its kind, whatever was moved", () => {
  const win = nextPosition("win", []);
  const second = nextPosition("win", [{ position: win }]);
  const topic = nextPosition("topic", [{ position: win }, { position: second }]);
  assert.ok(win < second && second < topic);
});
