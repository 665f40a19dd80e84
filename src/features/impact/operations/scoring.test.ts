import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { callPure } from "../../../platform/operation.ts";
import { scoreImpact } from "../index.ts";

const ids = (count: number) => Array.from({ length: count }, (_none, at) => ({ id: `${at}`, text: "Welded 340 joints." }));

test("the language model is loaded with the first statement and not before", () => {
  // In a process of its own: another test of this one may have scored already.
  const script = `
    import { createRequire } from "node:module";
    const loaded = () => Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes("wink-eng-lite-web-model"));
    const { scoreStatement } = await import(${JSON.stringify(new URL("../index.ts", import.meta.url).href)});
    const before = loaded();
    await scoreStatement("One statement.");
    console.log(before, loaded());`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: import.meta.dirname,
    encoding: "utf8",
  });
  assert.equal(stdout.trim(), "false true", stderr);
});

test("statements come back in their order, each with its id, scores, spans and the next question (S34)", async () => {
  const { items } = await callPure(scoreImpact, {
    items: [
      { id: "b", text: "Closed 47 tickets and merged 31 pull requests in March." },
      {
        id: "a",
        text: "I cut the sign-up form from eleven fields to five; completion went up from 54% to 71%, and marketing could stop paying for the reminder campaign.",
      },
    ],
  });
  assert.deepEqual(
    items.map(({ id, band }) => [id, band]),
    [
      ["b", "weak"],
      ["a", "strong"],
    ],
  );
  assert.ok(items[0]?.next);
  assert.equal(items[1]?.next, null);
});

test("10,000 statements and texts that nobody could keep are scored", async () => {
  const { items } = await callPure(scoreImpact, {
    items: [...ids(10_000), { id: "x", text: "a\0b \uD800" }, { id: "y", text: "" }],
  });
  assert.equal(items.length, 10_002);
  assert.ok(items.every(({ total }) => total <= 1));
});

test("a statement that is too long is refused with a sentence that says so", async () => {
  await assert.rejects(callPure(scoreImpact, { items: [{ id: "1", text: "x".repeat(100_001) }] }), /at most 100000 characters/u);
});
