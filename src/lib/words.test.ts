import assert from "node:assert/strict";
import { test } from "node:test";
import { forgivenSlips, highlight, slipsBetween, wordsOf } from "./words.ts";

test("words are folded the same way whoever wrote them", () => {
  const cases: [string, string[]][] = [
    ["Roadmap, for Q3!", ["roadmap", "for", "q3"]],
    ["Café CAFÉ cafe\u0301", ["cafe", "cafe", "cafe"]],
    ["Straße Ærø Łódź İstanbul", ["strasse", "aero", "lodz", "istanbul"]],
    ["don't re-use", ["don", "t", "re", "use"]],
    ["会議 メモ", ["会", "議", "メ", "モ"]],
    ["مُحَمَّد שָׁלוֹם", ["محمد", "שלום"]],
    ["🎉 done 🚀", ["🎉", "done", "🚀"]],
    ['\u0000 " * : ( ) - ^ \uD800', []],
    ["", []],
  ];
  for (const [text, words] of cases) assert.deepEqual(wordsOf(text), words, JSON.stringify(text));
});

test("a very long run counts by its beginning and is never cut through a character", () => {
  assert.equal(wordsOf("x".repeat(100_000))[0]?.length, 64);
  assert.ok(wordsOf(`a${"𝔘".repeat(100)}`)[0]?.isWellFormed());
});

test("highlighted pieces put together are the text again", () => {
  const text = "The <b>Café</b> project & cafés";
  const pieces = highlight(text, ["project", "cafe"]);
  assert.equal(pieces.map((piece) => piece.text).join(""), text);
  assert.deepEqual(
    pieces.filter((piece) => piece.hit).map((piece) => piece.text),
    ["Café", "project", "cafés"],
    "the last word is also a beginning",
  );
  assert.deepEqual(highlight("nothing", ["zebra"]), [{ text: "nothing", hit: false }]);
  assert.deepEqual(highlight("", ["zebra"]), [{ text: "", hit: false }]);
});

test("slips are letters missing, added, wrong or swapped", () => {
  const cases: [string, string, number][] = [
    ["roadmap", "roadmap", 0],
    ["raodmap", "roadmap", 1],
    ["rodmap", "roadmap", 1],
    ["roadmmap", "roadmap", 1],
    ["roadnap", "roadmap", 1],
    ["migratoin", "migration", 1],
    ["mirgatoin", "migration", 2],
    ["zebra", "roadmap", 3],
  ];
  for (const [a, b, slips] of cases) assert.equal(slipsBetween(a, b, 2), slips, `${a} ${b}`);
});

test("one slip is forgiven, two from eight letters on, none in two letters", () => {
  assert.deepEqual(["ab", "abc", "abcdefg", "abcdefgh"].map(forgivenSlips), [0, 1, 1, 2]);
});
