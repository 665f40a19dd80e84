import assert from "node:assert/strict";
import { test } from "node:test";
import { timeSpent } from "./time.ts";

// prettier-ignore
const CASES = [
  [0, true, "Just begun; about 15 minutes are plenty."],
  [59, true, "Just begun; about 15 minutes are plenty."],
  [0, false, "About 15 minutes are plenty."],
  [59, false, "About 15 minutes are plenty."],
  [60, true, "1 minute so far; about 15 are plenty."],
  [60, false, "1 minute so far; about 15 are plenty."],
  [754, false, "12 minutes so far; about 15 are plenty."],
] as const;

for (const [seconds, isEmpty, sentence] of CASES)
  test(`${seconds} measured seconds on ${isEmpty ? "an empty" : "a begun"} agenda: ${sentence} (S27)`, () =>
    assert.equal(timeSpent(seconds, isEmpty), sentence));
