import assert from "node:assert/strict";
import { test } from "node:test";
import { changesLine, dueWords, inParts, linesToTrim, partTitle, recapDueAt, recapState } from "./rules.ts";
import type { RecapLineTable } from "./schema.ts";

const startsAt = Temporal.Instant.from("2026-03-10T09:00:00Z");

test("a recap always has exactly four parts in their order (S46)", () => {
  const lines = [{ part: "open_question" }, { part: "decision" }, { part: "open_question" }] as const;
  assert.deepEqual(
    inParts(lines).map(({ part, lines: found }) => [part, found.length]),
    [
      ["decision", 1],
      ["my_action", 0],
      ["manager_commitment", 0],
      ["open_question", 2],
    ],
  );
  assert.equal(partTitle("manager_commitment", "Max Berger"), "Max's commitments");
});

test("an action names its day, or says that none was agreed", () => {
  assert.equal(dueWords("2026-03-20", 2026), "by Fri 20 Mar");
  assert.equal(dueWords("2027-01-08", 2026), "by Fri 8 Jan 2027");
  assert.equal(dueWords(null, 2026), "no date agreed");
});

test("a recap is due 24 hours after the end, also when the clocks change in between (S45)", () => {
  assert.equal(recapDueAt(Temporal.Instant.from("2026-03-28T10:00:00Z")).toString(), "2026-03-29T10:00:00Z");
});

test("where a recap stands follows from what happened", () => {
  const fresh = {
    meetingState: "planned",
    startsAt,
    now: startsAt.add({ hours: 1 }),
    startedAt: null,
    waivedAt: null,
    approvedAt: null,
    sentAt: null,
  } as const;
  const done = "2026-03-10T10:30:00.000Z";
  const table = [
    ["too_early", { now: startsAt.subtract({ seconds: 1 }) }],
    ["to_write", { now: startsAt }],
    ["draft", { startedAt: done }],
    ["approved", { startedAt: done, approvedAt: done }],
    ["sent", { startedAt: done, approvedAt: done, sentAt: done }],
    ["waived", { startedAt: done, waivedAt: done }],
    ["impossible", { meetingState: "not_held" }],
    ["impossible", { meetingState: "cancelled", startedAt: done, approvedAt: done }],
    ["sent", { meetingState: "not_held", sentAt: done }],
  ] as const;
  for (const [expected, change] of table) assert.equal(recapState({ ...fresh, ...change }), expected, JSON.stringify(change));
});

test("only a line that changes what the mail says withdraws an approval", () => {
  const row = {
    part: "my_action",
    text: "Send the outline",
    who: "",
    due_on: "2026-03-20",
    prepared_at: "2026-03-10T10:00:00.000Z",
  } as RecapLineTable;
  assert.equal(changesLine(row, { text: "Send the outline" }), false);
  assert.equal(changesLine(row, { text: "Send the outline", part: "my_action", who: "", dueOn: "2026-03-20" }), false);
  assert.equal(changesLine(row, { text: "Send the outline", dueOn: null }), true);
  assert.equal(changesLine(row, { text: "Send the outline", part: "decision" }), true);
  assert.equal(
    changesLine({ ...row, prepared_at: null }, { text: "Send the outline" }),
    true,
    "keeping a draft puts it into the mail",
  );
});

test("over 200 words the longest lines are named first", () => {
  const lines = [
    { id: "a", text: "one two" },
    { id: "b", text: "one two three four" },
  ];
  assert.deepEqual(linesToTrim(lines, 200), []);
  assert.deepEqual(
    linesToTrim(lines, 201).map((one) => one.id),
    ["b", "a"],
  );
});
