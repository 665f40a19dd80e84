import assert from "node:assert/strict";
import { test } from "node:test";
import { type Appearance, heldTimes, repeatLevel, repeatSentence } from "./repeating.ts";

// prettier-ignore
const LEVELS = [
  [0, "none"], [1, "none"], [2, "nudge"], [3, "warn"], [4, "warn"], [12, "warn"],
] as const;

for (const [times, level] of LEVELS)
  test(`a challenge that is open the ${times}. time raises: ${level} (S29)`, () => assert.equal(repeatLevel(times), level));

// prettier-ignore
const SENTENCES = [
  [1, null], [2, null],
  [3, "“One test system” is on the list for the third time. Bring two options and ask for a decision."],
  [4, "“One test system” is on the list for the fourth time. Bring two options and ask for a decision."],
  [11, "“One test system” is on the list for the 11th time. Bring two options and ask for a decision."],
  [22, "“One test system” is on the list for the 22nd time. Bring two options and ask for a decision."],
] as const;

for (const [times, sentence] of SENTENCES)
  test(`what is said about the ${times}. time (S29)`, () =>
    assert.equal(repeatSentence("One test system.\nTwo teams wait for it", times), sentence));

const line = (id: string, meeting: string, from: string | null, held = true): Appearance => ({
  id,
  meeting_id: meeting,
  carried_from: from,
  held_at: held ? "2026-03-12T10:00:00.000Z" : null,
});

test("talks are counted over the link that carrying over leaves, and only those that were held (S29)", () => {
  const appearances = [
    line("a", "m1", null),
    line("b", "m2", "item:a"),
    line("c", "m3", "item:a", false),
    line("d", "m4", "item:a"),
    line("e", "m4", "item:a"),
    line("other", "m1", null),
  ];
  assert.deepEqual(
    [...heldTimes(appearances)],
    [
      ["item:a", 3],
      ["item:other", 1],
    ],
  );
});
