// The labels that the impact coach and the tone check are measured by: a wrong sum would be a wrong measure.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

interface Labelled {
  readonly id: string;
  readonly profession: string;
  readonly text: string;
  readonly scores: Readonly<Record<string, number>>;
  readonly total: number;
  readonly band: string;
  readonly ask_next_any_of: readonly string[];
}

const dimensions = ["action", "outcome", "beneficiary", "evidence", "comparison", "extension"];

function itemsOf<T extends { id: string; text: string }>(name: string): T[] {
  const file = new URL(`../bench/impact/heldout/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { items: T[] }).items;
}

function bandOf(total: number, outcome: number): string {
  if (total <= 4) return "weak";
  return total >= 7 && outcome === 2 ? "strong" : "developing";
}

test("the unseen statements are labelled by the rubric's arithmetic and come from many professions (S10)", () => {
  const items = itemsOf<Labelled>("statements");
  for (const { id, scores, total, band, ask_next_any_of: asked } of items) {
    assert.deepEqual(Object.keys(scores), dimensions, id);
    const points = Object.values(scores);
    assert.ok(
      points.every((point) => [0, 1, 2].includes(point)),
      id,
    );
    assert.equal(
      total,
      points.reduce((sum, point) => sum + point, 0),
      id,
    );
    assert.equal(band, bandOf(total, scores["outcome"] ?? 0), id);
    assert.ok(asked.length >= 1 && asked.length <= 3, id);
    assert.ok(
      asked.every((dimension) => (scores[dimension] ?? 2) < 2),
      `${id} would ask for what is already there`,
    );
  }
  assert.ok(items.length >= 240);
  assert.ok(new Set(items.map(({ profession }) => profession)).size >= 45);
});

test("no unseen text is there twice, whichever file it is in", () => {
  const all = ["statements", "duties", "tone-harsh", "tone-polite"].flatMap((name) => itemsOf(name));
  assert.equal(new Set(all.map(({ text }) => text)).size, all.length);
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
});
