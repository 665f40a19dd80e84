import assert from "node:assert/strict";
import { test } from "node:test";
import { readSentences } from "./language.ts";
import { isName } from "./naming.ts";

test("a name is told from a sentence, and in doubt it counts as a sentence", () => {
  for (const [text, expected] of [
    ["the nurses on ward 4", true],
    ["The directors", true],
    ["finance team", true],
    ["our customers in Spain", true],
    ["nurses", true],
    ["new starters", true],
    ["patients who wait for surgery", true],
    ["the directors use it for the budget", false],
    ["The ward saves an hour", false],
    ["They decide faster", false],
    ["everyone can see it", false],
    ["It is for the ward", false],
    ["", false],
    ["The ward. The directors.", false],
  ] as const)
    assert.equal(isName(readSentences(text)), expected, text);
});
