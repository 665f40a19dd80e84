import assert from "node:assert/strict";
import { test } from "node:test";
import type { Dimension, ImpactScore } from "../schema.ts";
import { MOST_QUESTIONS, nextQuestion } from "./asking.ts";

const weak: ImpactScore = {
  scores: { action: 1, outcome: 0, beneficiary: 0, evidence: 1, comparison: 0, extension: 0 },
  total: 2,
  band: "weak",
  spans: [],
  next: { dimension: "outcome", text: "What is different today because of the report?" },
};

test("one question at a time, at most four, and none twice (S34)", () => {
  const asked: Dimension[] = [];
  for (let question = nextQuestion(weak, asked); question !== null; question = nextQuestion(weak, asked)) {
    assert.ok(!asked.includes(question.dimension));
    asked.push(question.dimension);
  }
  assert.deepEqual(asked, ["outcome", "beneficiary", "comparison", "extension"]);
  assert.equal(asked.length, MOST_QUESTIONS);
});

test("a clearly strong statement is asked nothing, one near the border its one question, and one that is said in part is asked for the rest", () => {
  assert.equal(nextQuestion({ ...weak, band: "strong", next: null }, []), null);
  const near: ImpactScore = { ...weak, band: "strong", total: 7, next: { dimension: "evidence", text: "?" } };
  assert.equal(nextQuestion(near, [])?.dimension, "evidence");
  assert.equal(nextQuestion(near, ["evidence"]), null);
  const scores = { action: 2, outcome: 2, beneficiary: 1, evidence: 2, comparison: 2, extension: 2 } as const;
  const half: ImpactScore = { ...weak, scores, next: { dimension: "outcome", text: "?" } };
  assert.equal(nextQuestion(half, ["outcome"])?.dimension, "beneficiary");
});
