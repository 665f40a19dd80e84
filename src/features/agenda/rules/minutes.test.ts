import assert from "node:assert/strict";
import { test } from "node:test";
import type { ItemKind } from "../schema.ts";
import { planMinutes } from "./minutes.ts";

let made = 0;

function item(kind: ItemKind, minutes: number) {
  made += 1;
  return { id: `${kind}-${made}`, kind, minutes, position: made };
}

test("the growth block is kept at the end of a meeting that has one, also without an item in it (S37)", () => {
  const cases: [slot: number, hasBlock: boolean, items: [ItemKind, number][], planned: number, over: number][] = [
    [
      25,
      true,
      [
        ["need", 2],
        ["challenge", 8],
      ],
      20,
      0,
    ],
    [
      25,
      false,
      [
        ["need", 2],
        ["challenge", 8],
      ],
      10,
      0,
    ],
    [
      30,
      true,
      [
        ["need", 2],
        ["challenge", 8],
        ["growth", 5],
      ],
      20,
      0,
    ],
    [
      30,
      true,
      [
        ["need", 2],
        ["challenge", 8],
        ["growth", 15],
      ],
      25,
      0,
    ],
    [30, true, [["challenge", 25]], 35, 5],
    [45, true, [["challenge", 35]], 45, 0],
    [60, true, [["challenge", 51]], 61, 1],
    [30, false, [["topic", 31]], 31, 1],
    [15, true, [["need", 2]], 12, 0],
  ];
  for (const [slot, hasBlock, items, planned, over] of cases) {
    const plan = planMinutes(
      items.map(([kind, minutes]) => item(kind, minutes)),
      slot,
      hasBlock,
    );
    assert.deepEqual([plan.planned, plan.over], [planned, over], `${slot} ${JSON.stringify(items)}`);
    assert.equal(plan.growthBlock, hasBlock ? 10 : 0);
  }
});

test("a trimming proposal fits the slot and keeps the need and the growth block (S54)", () => {
  for (const slot of [15, 25, 30, 45, 60]) {
    for (const hasBlock of [true, false]) {
      const items = [
        item("need", 2),
        item("win", 5),
        item("challenge", 20),
        item("carried", 4),
        item("topic", 10),
        item("topic", 15),
        item("growth", 15),
      ];
      const { trim } = planMinutes(items, slot, hasBlock);
      const to = new Map(trim.map((one) => [one.id, one.to]));
      const after = items.map((one) => ({ ...one, minutes: to.get(one.id) ?? one.minutes })).filter((one) => one.minutes > 0);
      const fitted = planMinutes(after, slot, hasBlock);
      assert.equal(fitted.over, 0, `${slot} minutes`);
      assert.equal(after.find((one) => one.kind === "need")?.minutes, 2);
      assert.ok((after.find((one) => one.kind === "growth")?.minutes ?? 0) >= (hasBlock ? 10 : 5));
    }
  }
});

/** The same numbers in every run. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

test("whatever is on an agenda, the trimming proposal fits, and touches neither need nor growth block (S54)", () => {
  const below = numbersFrom(54);
  const kinds: readonly ItemKind[] = ["win", "challenge", "carried", "topic", "growth"];
  let trimmed = 0;
  for (let round = 0; round < 2_000; round += 1) {
    const slot = [15, 25, 30, 45, 60][below(5)] ?? 30;
    const hasBlock = below(2) === 0;
    const items = [item("need", 1 + below(5))];
    for (let count = below(12); count > 0; count -= 1) items.push(item(kinds[below(kinds.length)] ?? "topic", below(31)));
    const { trim, over } = planMinutes(items, slot, hasBlock);
    const to = new Map(trim.map((one) => [one.id, one.to]));
    const left = items.map((one) => ({ ...one, minutes: to.get(one.id) ?? one.minutes }));
    const fitted = planMinutes(left, slot, hasBlock);
    const facts = JSON.stringify({ slot, hasBlock, items, trim });
    assert.equal(fitted.over, 0, facts);
    assert.ok(!trim.some((one) => one.id.startsWith("need")), facts);
    assert.ok(
      trim.every((one) => one.to < one.from && one.to >= 0),
      facts,
    );
    const growthBefore = items.reduce((total, one) => total + (one.kind === "growth" ? one.minutes : 0), 0);
    const growthAfter = left.reduce((total, one) => total + (one.kind === "growth" ? one.minutes : 0), 0);
    if (hasBlock) assert.ok(growthAfter >= Math.min(10, growthBefore), facts);
    else if (growthBefore > 0) assert.ok(growthAfter > 0 || items.find((one) => one.kind === "growth")?.minutes === 0, facts);
    if (over > 0) trimmed += 1;
  }
  assert.ok(trimmed > 500, `${trimmed} of them were overbooked`);
});

test("what is left out gives its spare minutes back to what matters more", () => {
  const [need, challenge, topic] = [item("need", 2), item("challenge", 20), item("topic", 8)];
  assert.deepEqual(planMinutes([need, challenge, topic], 8, false).trim, [
    { id: challenge.id, from: 20, to: 6 },
    { id: topic.id, from: 8, to: 0 },
  ]);
  // In a quarter of an hour with a growth block three minutes are left: the win comes back, and one open line.
  const [win, open, growth] = [item("win", 5), item("carried", 2), item("growth", 12)];
  assert.deepEqual(planMinutes([need, win, challenge, open, topic, growth], 15, true).trim, [
    { id: challenge.id, from: 20, to: 0 },
    { id: topic.id, from: 8, to: 0 },
    { id: win.id, from: 5, to: 2 },
    { id: open.id, from: 2, to: 1 },
    { id: growth.id, from: 12, to: 10 },
  ]);
});

test("other topics are shortened first, the last of them before the others", () => {
  const first = item("topic", 10);
  const last = item("topic", 10);
  const win = item("win", 3);
  assert.deepEqual(planMinutes([win, first, last], 20, false).trim, [{ id: last.id, from: 10, to: 7 }]);
  assert.deepEqual(planMinutes([win, first, last], 30, false).trim, []);
});

test("status in writing takes no minutes of the talk (S9)", () => {
  assert.equal(planMinutes([item("status", 0), item("topic", 5)], 30, false).planned, 5);
});
