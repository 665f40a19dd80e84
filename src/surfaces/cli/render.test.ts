import assert from "node:assert/strict";
import { test } from "node:test";
import { render } from "./render.ts";

test("a list is a table where it fits, and entries below each other where it does not", () => {
  const people = [
    { id: "1", name: "Max", endedOn: null },
    { id: "2", name: "Ana Silva", endedOn: null },
  ];
  assert.equal(render({ people }, 80), "Id  Name\n1   Max\n2   Ana Silva");
  assert.equal(render({ people }, 8), "Id    1\nName  Max\n\nId    2\nName  Ana Silva");
});

test("one thing is a line for each fact, and long or nested facts come below", () => {
  assert.equal(
    render({ name: "Max", isOpen: true, note: "one\ntwo", tags: ["a", "b"], series: { minutes: 30 } }, 80),
    "Name     Max\nIs open  yes\nTags     a, b\nNote:\n  one\n  two\nSeries:\n  Minutes  30",
  );
});

test("nothing to show is said in words", () => {
  assert.equal(render({ people: [] }, 80), "No people.");
  assert.equal(render({}, 80), "Done.");
});

test("control characters never reach the terminal", () => {
  assert.equal(render({ reason: "550 \u001b[31mno\u0007" }, 80), "Reason  550 [31mno");
});
