import assert from "node:assert/strict";
import { test } from "node:test";
import { byUrgency, daysBetween, ledgerEntry, overdueDays } from "./rules.ts";
import type { CommitmentTable } from "./schema.ts";

const now = Temporal.Instant.from("2026-03-10T09:00:00Z");

function row(changes: Partial<CommitmentTable>): CommitmentTable {
  const opened = "2026-03-02T09:00:00.000Z";
  return {
    owner_id: "o",
    id: "c",
    person_id: "p",
    meeting_id: null,
    side: "mine",
    text: "Send the plan",
    due_on: null,
    opened_at: opened,
    shared_at: null,
    kept_at: null,
    dropped_at: null,
    created_at: opened,
    updated_at: opened,
    ...changes,
  };
}

test("nothing is overdue without an agreed day, and a day is only past on the day after (S47)", () => {
  const today = Temporal.PlainDate.from("2026-03-10");
  const cases: [string | null, "open" | "kept" | "dropped", number][] = [
    [null, "open", 0],
    ["2026-03-11", "open", 0],
    ["2026-03-10", "open", 0],
    ["2026-03-09", "open", 1],
    ["2026-02-10", "open", 28],
    ["2026-03-09", "kept", 0],
    ["2026-03-09", "dropped", 0],
  ];
  for (const [dueOn, state, expected] of cases) assert.equal(overdueDays({ dueOn, state }, today), expected, `${dueOn} ${state}`);
});

test("both sides age by the same formula (S47)", () => {
  const mine = ledgerEntry(row({ side: "mine", due_on: "2026-03-05" }), [], now, "Europe/Berlin");
  const theirs = ledgerEntry(row({ side: "theirs", due_on: "2026-03-05" }), [], now, "Europe/Berlin");
  assert.deepEqual([mine.ageDays, mine.overdueDays], [8, 5]);
  assert.deepEqual([theirs.ageDays, theirs.overdueDays], [8, 5]);
});

test("age counts calendar days in the owner's zone, across a change of the clocks, and stops when it is closed", () => {
  assert.equal(daysBetween("2026-03-28T23:30:00.000Z", Temporal.Instant.from("2026-03-29T22:30:00Z"), "Europe/Berlin"), 1);
  assert.equal(daysBetween("2026-03-10T00:30:00.000Z", Temporal.Instant.from("2026-03-10T05:30:00Z"), "America/New_York"), 1);
  assert.equal(ledgerEntry(row({ kept_at: "2026-03-05T09:00:00.000Z" }), [], now, "Europe/Berlin").ageDays, 3);
});

test("open comes first, agreed days in order, then what has no date by age; closed ones newest first", () => {
  const entries = [
    row({ id: "undated-new", opened_at: "2026-03-08T09:00:00.000Z" }),
    row({ id: "kept-early", kept_at: "2026-03-04T09:00:00.000Z" }),
    row({ id: "due-late", due_on: "2026-04-01" }),
    row({ id: "kept-late", kept_at: "2026-03-09T09:00:00.000Z" }),
    row({ id: "undated-old" }),
    row({ id: "overdue", due_on: "2026-03-01" }),
  ].map((one) => ledgerEntry(one, [], now, "Europe/Berlin"));
  assert.deepEqual(
    entries.toSorted(byUrgency).map((entry) => entry.id),
    ["overdue", "due-late", "undated-old", "undated-new", "kept-late", "kept-early"],
  );
});
