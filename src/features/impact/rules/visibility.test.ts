import assert from "node:assert/strict";
import { test } from "node:test";
import { visibilityGap } from "./visibility.ts";

const win = (id: string, isShared: boolean) => ({ id, text: `Win ${id}`, happenedOn: "2026-03-02", isShared });

test("4 wins of which 1 was sent are 75 % unseen, and the unseen are listed (S33)", () => {
  const gap = visibilityGap([win("a", false), win("b", true), win("c", false), win("d", false)]);
  assert.deepEqual([gap.captured, gap.shared, gap.unseenPercent], [4, 1, 75]);
  assert.deepEqual(
    gap.unseen.map((one) => one.id),
    ["a", "c", "d"],
  );
});

test("without wins nothing is unseen", () => {
  assert.deepEqual(visibilityGap([]), { captured: 0, shared: 0, unseenPercent: 0, unseen: [] });
});
