import assert from "node:assert/strict";
import { test } from "node:test";
import { fillGaps, gapNames, gapSentence, placeholdersIn } from "./gaps.ts";

test("a gap waits for words; links, references, names and remarks do not (S38)", () => {
  const cases: [string, string[]][] = [
    ["I want to learn [specific skill].", ["[specific skill]"]],
    ["I built it, [who uses it?] uses it", ["[who uses it?]"]],
    ["It cost [3 or 4 days?] before", ["[3 or 4 days?]"]],
    ["[Project] and [project A], [ ], [..], […], [___]", ["[Project]", "[project A]", "[ ]", "[..]", "[…]", "[___]"]],
    ["[project]: what next? [project][skill]", ["[project]", "[project]", "[skill]"]],
    ["[the plan](https://example.org) [the plan][2] [1]", []],
    ["[1]: https://example.org\n[plan]: https://example.org", []],
    ["[RFC 9110], [ABC-123], [EXTERNAL], [sic], - [x] done, list[index]", []],
    [`[${"long ".repeat(20)}]`, []],
    ["[over\nlines] [[nested]]", ["[nested]"]],
    ["[שם הפרויקט]", ["[שם הפרויקט]"]],
  ];
  for (const [text, found] of cases) assert.deepEqual(placeholdersIn(text), found, text);
});

test("gaps are filled by name, and what has no words stays a gap", () => {
  assert.equal(
    fillGaps("[project] teaches [ skill ], [project]", { project: "Atlas", skill: "SQL" }),
    "Atlas teaches SQL, Atlas",
  );
  assert.equal(fillGaps("[project] [__proto__] [toString]", { project: " " }), "[project] [__proto__] [toString]");
  assert.equal(fillGaps("$& [project]", { project: "$1 $&" }), "$& $1 $&");
  assert.deepEqual(gapNames("[a b] and [a b] and [c?]"), ["a b", "c?"]);
  assert.equal(gapSentence(["no gap", "[1]"]), undefined);
  assert.equal(gapSentence(["[a]", "[a] [b]"]), "Fill in [a], [b] or take it out.");
});
