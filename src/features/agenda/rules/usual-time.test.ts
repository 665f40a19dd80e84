import assert from "node:assert/strict";
import { test } from "node:test";
import { median, usualTime } from "./usual-time.ts";

test("the median is the one in the middle, or between the two there", () => {
  for (const [numbers, expected] of [
    [[5], 5],
    [[1, 9], 5],
    [[9, 1, 2], 2],
    [[1, 2, 3, 100], 3],
    [[4, 4, 4, 4, 4, 4], 4],
  ] as const)
    assert.equal(median(numbers), expected, JSON.stringify(numbers));
});

test("what preparing usually takes is said in one quiet sentence, and not before it means anything (S27)", () => {
  assert.equal(usualTime({ counted: 2, medianSeconds: null }), undefined);
  assert.equal(
    usualTime({ counted: 6, medianSeconds: 655 }),
    "Your last six preparations took 11 minutes of active time, in the middle.",
  );
  assert.match(usualTime({ counted: 3, medianSeconds: 20 }) ?? "", /three preparations took less than a minute/u);
  assert.match(usualTime({ counted: 4, medianSeconds: 61 }) ?? "", /four preparations took 1 minute /u);
});
