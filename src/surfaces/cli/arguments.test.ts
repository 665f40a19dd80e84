import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod";
import { writeOperation } from "../../platform/operation.ts";
import { fieldsOf } from "../../platform/operation-schema.ts";
import { inputFromFlags, parseArguments } from "./arguments.ts";

const sample = writeOperation({
  name: "sample.take",
  summary: "Take one of each",
  input: z.object({
    text: z.string(),
    minutes: z.number().int().optional(),
    isKept: z.boolean().default(false),
    dueOn: z.string().nullable().optional(),
    tags: z.array(z.string()).default([]),
    numbers: z.array(z.number()).optional(),
    kind: z.enum(["win", "note"]).default("note"),
    nested: z.object({ a: z.number() }).optional(),
    rows: z.array(z.object({ a: z.number() })).optional(),
  }),
  output: z.object({}),
  run: async () => ({}),
});
const fields = fieldsOf(sample);
const read = (...words: string[]): Record<string, unknown> => inputFromFlags(fields, parseArguments(fields, words).given);

for (const [words, input] of [
  [["--text", "Hello there"], { text: "Hello there" }],
  [["Hello there"], { text: "Hello there" }],
  [["--text=--force", "--minutes", "-5"], { text: "--force", minutes: -5 }],
  [["--is-kept", "--text", "a"], { isKept: true, text: "a" }],
  [["--is-kept", "false"], { isKept: false }],
  [["--no-is-kept"], { isKept: false }],
  [["--due-on", "null"], { dueOn: null }],
  [["--text", "null"], { text: "null" }],
  [["--tags", "a, b"], { tags: ["a", "b"] }],
  [["--tags", "a,b", "--tags", "c"], { tags: ["a,b", "c"] }],
  [["--numbers", "1,2"], { numbers: [1, 2] }],
  [["--nested", '{"a":1}', "--rows", '[{"a":2}]'], { nested: { a: 1 }, rows: [{ a: 2 }] }],
  [["--kind", "win", "--", "--text"], { kind: "win", text: "--text" }],
] as const) {
  test(`${words.join(" ")} is read as ${JSON.stringify(input)}`, () => {
    assert.deepEqual(read(...words), input);
  });
}

for (const [words, complaint] of [
  [["--txt", "a"], /Did you mean --text\?/u],
  [["--text"], /needs a value/u],
  [["--text", "--minutes"], /--text=VALUE/u],
  [["--minutes", "ten"], /not a number/u],
  [["--is-kept=maybe"], /true or false/u],
  [["--text", "a", "--text", "b"], /takes one value/u],
  [["--nested", "{"], /JSON/u],
  [["one", "two"], /one word too many/u],
] as const) {
  test(`${words.join(" ")} is refused with what to write`, () => {
    assert.throws(() => read(...words), complaint);
  });
}

test("--json stands alone or before its text", () => {
  assert.equal(parseArguments(fields, ["--json"]).json, true);
  assert.equal(parseArguments(fields, ["--json", '{"text":"a"}']).json, '{"text":"a"}');
  assert.equal(parseArguments(fields, ["--json", "a"]).given.get("text")?.[0], "a");
});
