import assert from "node:assert/strict";
import { test } from "node:test";
import { readClauses } from "./clauses.ts";
import { readSentences } from "./language.ts";
import { withMissedVerbs } from "./missed-verbs.ts";
import { score } from "./scoring.ts";

const verbsOf = (text: string): string[] =>
  readSentences(text)
    .flatMap((words) => readClauses(words))
    .flatMap(({ verb }) => verb?.lower ?? []);

test("a verb that the tagger takes for a noun is found by its agreement and by what follows it", () => {
  for (const [text, verbs] of [
    ["I changed the meeting place and the boy talks to me now.", ["changed", "talks"]],
    ["I sharpened the blades on Mondays and the cuts are clean again.", ["sharpened", "are"]],
    ["I put the reagents in the order of use and the trainees mix them up less.", ["put", "mix"]],
    ["I listened to the bearing each morning and the machine stops less.", ["listened", "stops"]],
    ["I wrote down the hours, now nine in ten say yes.", ["wrote", "say"]],
    ["I check the pressure every Monday and use less diesel since.", ["check", "use"]],
    ["I learned the list by heart, and guests order wine more often.", ["learned", "order"]],
  ] as const) {
    assert.deepEqual(verbsOf(text), verbs, text);
  }
});

test("nouns stay nouns: compounds and lists of things are no clauses", () => {
  for (const text of [
    "Wrote a report and the meeting notes for the team.",
    "I made a poster and two price lists for customers.",
    "Prepared customer orders and staff meetings.",
    "Bought paint and water for the school.",
  ]) {
    const [words = []] = readSentences(text);
    assert.equal(
      withMissedVerbs(words).filter(({ tag }) => tag === "VERB").length,
      words.filter(({ tag }) => tag === "VERB").length,
      text,
    );
  }
});

test("what something is meant for, or could do, is a hope; what came of it is an effect (S34)", () => {
  const outcome = (text: string) => score(text).scores.outcome;
  assert.equal(outcome("Helped the residents with everyday tasks so they can keep their independence."), 1);
  assert.equal(outcome("I developed a protocol that could save a lot of antibody."), 1);
  assert.equal(outcome("Reorganised the drawers in order to find things quicker."), 1);
  assert.equal(outcome("Repaired machines quickly to minimise downtime."), 1);
  assert.equal(outcome("I marked the torque on the bolts, so the apprentices can now mount the wheels alone."), 2);
});

test("one figure against another is a comparison; a time of day or another way of doing it is none (S34)", () => {
  const comparison = (text: string) => score(text).scores.comparison;
  assert.equal(comparison("I packed it twice. The house had no water for three hours and not for two days."), 2);
  assert.equal(comparison("I rewired the cold room. Outages: five in 2024, none in 2025."), 2);
  assert.equal(comparison("I walk with Mr Osei to the window before lunch."), 0);
  assert.equal(comparison("I explained the dose before they left."), 0);
  assert.ok(comparison("I fill the boxes on Tuesday instead of Friday and the home phones us less.") < 2);
});

test("the question says back the person's own act, whole or not at all (S34)", () => {
  const ask = (text: string) => score(text).next?.text ?? "";
  assert.match(ask("I planned the roster for the Easter holidays."), /^You planned the roster\. /u);
  assert.match(ask("Helped the new apprentice through her first weeks."), /^You helped the new apprentice\. /u);
  assert.match(ask("I taught Ben and Aylin to read the pressure gauge."), /^What is different/u);
  assert.match(ask("I baked bread and rolls for the market."), /^What is different/u);
  assert.match(ask("Attended the conference on soil health in Vienna."), /^You were there\. /u);
});
