import assert from "node:assert/strict";
import { test } from "node:test";
import { csvRows, csvText } from "./rules/csv.ts";
import { fileOf, formatOf, questionsIn, sorted, type Taken } from "./rules/sharing.ts";

const cells = (file: string): string[][] => csvRows(file).map((row) => [...row.cells]);

test("a table is read as spreadsheets write it: quotes, line breaks, semicolons, tabs, a missing end", () => {
  assert.deepEqual(cells('a,b\n"x, ""y""",z\n'), [
    ["a", "b"],
    ['x, "y"', "z"],
  ]);
  assert.deepEqual(cells('a;b\n"1;2";3'), [
    ["a", "b"],
    ["1;2", "3"],
  ]);
  assert.deepEqual(cells("a\tb\n\n1\t\n"), [
    ["a", "b"],
    ["1", ""],
  ]);
  assert.deepEqual(cells('a,b\n"two\nlines",c\n"never closed'), [["a", "b"], ["two\nlines", "c"], ["never closed"]]);
  assert.deepEqual(
    csvRows('a\n"x\ny"\nz\n').map((row) => row.line),
    [1, 2, 4],
  );
  for (const odd of ["", "\n\n", ",", '"', '""', '","', "\u0000", '"a"b,c', "'=1"]) assert.ok(Array.isArray(cells(odd)), odd);
});

const TAKEN: readonly Taken[] = [
  { text: 'What is "done", and who says so?', uncovers: "the bar; really", category: "expectations", followUp: "" },
  { text: "=HYPERLINK(1) or what?", uncovers: "'quoted'", category: "own", followUp: "@next - then?" },
  { text: "Comma, semicolon; tab", uncovers: "", category: "team_gaps", followUp: "-" },
];

test("what is shared comes back as it was, in either form", () => {
  for (const format of ["markdown", "csv"] as const) {
    const file = fileOf(TAKEN, format);
    assert.equal(formatOf(file), format);
    assert.deepEqual(sorted(questionsIn(file, format), []).taken, TAKEN, format);
    assert.deepEqual(sorted(questionsIn(file.replaceAll("\n", "\r\n"), format), []).taken, TAKEN, format);
  }
  assert.ok(!/^[=+@-]/mu.test(csvText([["=1"], ["+2"], ["@x"], ["-3"]])), "no cell is a formula");
});

test("a list is read however it is marked, and what belongs to a question stays with it", () => {
  const file =
    "\uFEFFIntro\n\n* One?\n  * Uncovers: a thing\n1. Two?\n   follow up: and then?\n- [ ] Three?\n- category: Team gaps\n+ Four?\ntext between\n";
  assert.deepEqual(
    questionsIn(file, formatOf(file)).map((one) => [one.line, one.text, one.uncovers, one.category, one.followUp]),
    [
      [3, "One?", "a thing", "", ""],
      [5, "Two?", "", "", "and then?"],
      [7, "Three?", "", "Team gaps", ""],
      [9, "Four?", "", "", ""],
    ],
  );
  assert.deepEqual(
    questionsIn("uncovers: nothing to belong to\n- ", "markdown").map((one) => one.text),
    [""],
  );
});

test("what cannot be taken over is said with its line and why", () => {
  const found = questionsIn(
    ["- ", "- One?", "- ONE", `- ${"long ".repeat(200)}`, "- 123", "- 👩‍👩‍👧", "- Mine?"].join("\n"),
    "markdown",
  );
  const { taken, skipped } = sorted(found, ["mine"]);
  assert.deepEqual(
    taken.map((one) => one.text),
    ["One?"],
  );
  assert.deepEqual(
    skipped.map((one) => [one.line, one.why]),
    [
      [1, "there is no question in it"],
      [3, "it is here already"],
      [4, "it is longer than 500 characters"],
      [5, "there are no words in it"],
      [6, "there are no words in it"],
      [7, "it is here already"],
    ],
  );
  const many = Array.from({ length: 600 }, (_, index) => `- Question ${index}?`).join("\n");
  const result = sorted(questionsIn(many, "markdown"), []);
  assert.deepEqual([result.taken.length, result.skipped.length], [500, 100]);
  assert.equal(result.skipped[0]?.why, "a file adds at most 500 questions");
});

test("a large or hostile file is read in no time", () => {
  const start = performance.now();
  for (const file of [
    '"'.repeat(200_000),
    `text,${",".repeat(200_000)}`,
    "- ".repeat(100_000),
    "-".repeat(200_000),
    " ".repeat(200_000),
  ])
    for (const format of ["markdown", "csv"] as const) sorted(questionsIn(file, format), []);
  assert.ok(performance.now() - start < 2_000);
});
