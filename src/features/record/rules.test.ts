import assert from "node:assert/strict";
import { test } from "node:test";
import { cursorOf, linksAround, positionOf, rowFilters } from "./rules.ts";
import { type RecordEntry, tagKey } from "./schema.ts";

test("days are whole days in the owner's zone, also when a clock changes", () => {
  const day = (from: string, zone: string) => rowFilters({ from, to: from }, zone);
  assert.deepEqual(day("2026-03-02", "Europe/Berlin"), { from: "2026-03-01T23:00:00.000Z", until: "2026-03-02T23:00:00.000Z" });
  assert.deepEqual(
    day("2026-03-29", "Europe/Berlin"),
    { from: "2026-03-28T23:00:00.000Z", until: "2026-03-29T22:00:00.000Z" },
    "a day of 23 hours",
  );
  assert.deepEqual(
    day("2026-04-05", "Australia/Sydney"),
    { from: "2026-04-04T13:00:00.000Z", until: "2026-04-05T14:00:00.000Z" },
    "a day of 25 hours",
  );
});

test("a group names its sources, and a source outside of it leaves nothing", () => {
  assert.deepEqual(rowFilters({ group: "promised" }, "UTC").sources, ["my_action", "manager_commitment"]);
  assert.deepEqual(rowFilters({ group: "promised", source: "my_action" }, "UTC").sources, ["my_action"]);
  assert.deepEqual(rowFilters({ group: "told", source: "capture" }, "UTC").sources, []);
  assert.deepEqual(rowFilters({}, "UTC"), {});
});

test("tags are compared without case and extra space", () => {
  assert.equal(tagKey("  Project   ATLAS "), "project atlas");
});

test("a cursor leads back to its place", () => {
  const place = { happenedAt: "2026-03-02T09:00:00.000Z", id: "0197-ab" };
  assert.deepEqual(positionOf(cursorOf(place)), place);
});

test("links lead only to where there is something", () => {
  const entry = (id: string) => ({ id, happenedAt: "2026-03-02T09:00:00.000Z" }) as RecordEntry;
  const cursors = (links: { older: string | null; newer: string | null }) => [
    links.older?.slice(-1) ?? null,
    links.newer?.slice(-1) ?? null,
  ];
  const entries = [entry("3"), entry("2")];
  assert.deepEqual(cursors(linksAround(entries, { direction: "newest", more: false })), [null, null]);
  assert.deepEqual(cursors(linksAround(entries, { direction: "newest", more: true })), ["2", null]);
  assert.deepEqual(cursors(linksAround(entries, { direction: "older", more: false })), [null, "3"]);
  assert.deepEqual(cursors(linksAround(entries, { direction: "older", more: true })), ["2", "3"]);
  assert.deepEqual(cursors(linksAround(entries, { direction: "newer", more: false })), ["2", null]);
  assert.deepEqual(cursors(linksAround(entries, { direction: "newer", more: true })), ["2", "3"]);
  assert.deepEqual(linksAround([], { direction: "older", more: false }), { older: null, newer: null });
});
