import assert from "node:assert/strict";
import { test } from "node:test";
import nouns from "../data/nouns.json" with { type: "json" };
import phrases from "../data/phrases.json" with { type: "json" };
import verbs from "../data/verbs.json" with { type: "json" };
import { readClauses } from "./clauses.ts";
import { readSentences } from "./language.ts";
import { isGroupNoun, isVerb } from "./lexicon.ts";

/** Each clause as "actor verb tense", a passive with p and a negation with n behind. */
function told(text: string): string[] {
  return readSentences(text)
    .flatMap(readClauses)
    .map(
      ({ actor, verb, tense, passive, negated }) =>
        `${actor} ${verb?.lemma} ${tense}${passive ? " p" : ""}${negated ? " n" : ""}`,
    );
}

const tables: Record<string, [string, string[]][]> = {
  "a note without I starts with its verb, whatever capital letter hides it": [
    ["Reordered the picking route.", ["elided reorder past"]],
    ["Prepare monthly reports for management", ["elided prepare base"]],
    ["Managed a team of 12 and oversaw daily operations", ["elided manage past", "elided oversee past"]],
    ["Cut the import from 5 hours to 22 minutes", ["elided cut past"]],
  ],
  "who acts is told apart: I, we, people, things": [
    ["I rebuilt the unit; two colleagues are teaching from it.", ["me rebuild past", "group teach progressive"]],
    ["We met the deadline and my list decided it.", ["team meet past", "mine decide past"]],
    ["Walking per order fell 30%", ["thing fall past"]],
    ["Three of the guests came back.", ["group come past"]],
    ["After my complaint with photos the city repaired the ramp", ["group repair past"]],
  ],
  "hopes, purposes and results differ by their tense": [
    ["I added a page to improve the mood", ["me add past", "me improve purpose"]],
    ["Deliver training so that employees can use it", ["elided deliver base", "group use hoped"]],
    ["The board could stop paying", ["group stop able"]],
    ["It should save time", ["which save hoped"]],
  ],
  "passives and negations are seen, and a thing that is gone is no passive": [
    ["The flight was not cancelled", ["thing cancel past p n"]],
    ["The line is gone by nine", ["thing go perfect"]],
    ["Passengers not miss the train", ["group miss base n"]],
  ],
  "nouns that look like verbs stay nouns": [
    ["Failed deliveries fell from 14 to 3", ["thing fall past"]],
    ["Rejects went down from 11 to 2", ["thing go past"]],
    ["Taught English to students aged ten", ["elided teach past"]],
  ],
};

for (const [title, rows] of Object.entries(tables)) {
  test(title, () => {
    for (const [text, expected] of rows) assert.deepEqual(told(text), expected, text);
  });
}

test("words keep their place in the text, whatever stands around them", () => {
  const text = "  “Don’t” — it’s 18,500 € now 😀.\n\n- Cut it\n- Sold  two";
  for (const word of readSentences(text).flat()) assert.equal(text.slice(word.from, word.to), word.text);
  assert.deepEqual(
    readSentences("- Cut it\n- Sold two").map((words) => words.length),
    [2, 2],
  );
});

test("people are known by the list and by how English names them, things by neither", () => {
  const noun = (lemma: string) => isGroupNoun({ lemma, lower: lemma, tag: "NOUN" });
  for (const one of ["nurse", "florist", "librarian", "beekeeper", "customer"]) assert.ok(noun(one), one);
  for (const one of ["computer", "thermometer", "order", "error", "printer", "list"]) assert.ok(!noun(one), one);
});

test("a prefix of its own makes a verb a change", () => {
  assert.ok(isVerb("re-plan", "change") && isVerb("reteach", "change"));
  assert.ok(!isVerb("read", "change") && !isVerb("receive", "change"));
});

test("cues are data: lower case, once in each list, one thing a list", () => {
  const lists: Record<string, readonly string[]> = {};
  for (const [name, list] of Object.entries({ ...verbs, ...nouns })) if (name !== "about") lists[name] = list.split(" ");
  for (const [name, list] of Object.entries(phrases)) if (name !== "about") lists[name] = list as string[];
  for (const [name, list] of Object.entries(lists)) {
    assert.deepEqual(
      list.filter((cue) => cue !== cue.toLowerCase() || cue.trim() !== cue || cue === ""),
      [],
      name,
    );
    assert.deepEqual(
      list.filter((cue, at) => list.indexOf(cue) !== at),
      [],
      name,
    );
  }
  const both = lists["move"]?.filter((verb) => lists["idle"]?.includes(verb));
  assert.deepEqual(both, []);
});
