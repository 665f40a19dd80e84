import assert from "node:assert/strict";
import { test } from "node:test";
import { didYouMean, nearest } from "./nearest.ts";

for (const [typed, words, meant] of [
  ["captrue", ["capture", "list"], ["capture"]],
  ["captr", ["capture", "list"], []],
  ["cap", ["capture", "list", "caption"], ["caption", "capture"]],
  ["people/ad", ["people/add", "people/end", "people/edit"], ["people/add"]],
  ["zzz", ["capture"], []],
  ["JOURNAL", ["journal"], ["journal"]],
] as const) {
  test(`"${typed}" among ${words.join(", ")} means ${meant.join(" or ") || "nothing known"}`, () => {
    assert.deepEqual(nearest(typed, words), meant);
  });
}

test("the question is asked only when there is an answer", () => {
  assert.equal(didYouMean("lst", ["list"]), " Did you mean list?");
  assert.equal(didYouMean("zzz", ["list"]), "");
});
