import assert from "node:assert/strict";
import { test } from "node:test";
import { differs, distinctNames, momentOf, namesIn, settleWording } from "./rules.ts";
import type { Wording } from "./schema.ts";

const wording: Wording = { kind: "win", text: "Shipped", happenedOn: "2026-03-02", energy: null, projects: [], skills: [] };
const today = "2026-03-02";
const about = (field: string) => (error: { fields: { field: string }[] }) => error.fields[0]?.field === field;

test("a number goes with energy, and energy with a number", () => {
  assert.throws(() => settleWording({ ...wording, kind: "energy" }, today), about("energy"));
  assert.throws(() => settleWording({ ...wording, energy: 1 }, today), about("energy"));
  assert.equal(settleWording({ ...wording, kind: "energy", energy: -2 }, today).energy, -2);
});

test("a day that has not come anywhere on earth is refused", () => {
  assert.throws(() => settleWording({ ...wording, happenedOn: "2026-03-04" }, today), about("happenedOn"));
  assert.equal(
    settleWording({ ...wording, happenedOn: "2026-03-03" }, today).happenedOn,
    "2026-03-03",
    "a traveller is in tomorrow",
  );
  assert.equal(settleWording({ ...wording, happenedOn: "2019-12-31" }, today).happenedOn, "2019-12-31");
});

test("names differ by more than case", () => {
  assert.deepEqual(distinctNames(["Atlas", "atlas", "Hiring", "ATLAS"]), ["Atlas", "Hiring"]);
  assert.deepEqual(namesIn(" Atlas, Hiring ;, \n Café "), ["Atlas", "Hiring", "Café"]);
  assert.deepEqual(namesIn("  "), []);
});

test("only what a reader sees makes another wording", () => {
  assert.equal(differs(wording, { ...wording }), false);
  assert.equal(differs(wording, { ...wording, projects: ["Atlas"] }), true);
  assert.equal(differs(wording, { ...wording, text: "shipped" }), true);
});

test("a capture stands at the moment it was written, or at noon of the day it is about", () => {
  const written = Temporal.Instant.from("2026-03-02T23:30:00Z");
  assert.equal(
    momentOf("2026-03-03", written, "Europe/Berlin").toString(),
    "2026-03-02T23:30:00Z",
    "half past midnight in Berlin",
  );
  assert.equal(momentOf("2026-03-02", written, "Europe/Berlin").toString(), "2026-03-02T11:00:00Z");
  assert.equal(momentOf("2026-03-02", written, "America/New_York").toString(), "2026-03-02T23:30:00Z");
});
