import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod";
import { readOperation } from "./operation.ts";
import { checkInputNames, fieldsOf, isFlat, operationWords } from "./operation-schema.ts";

const fieldsFor = (input: z.ZodType) =>
  fieldsOf(readOperation({ name: "a.b", summary: "A", input, output: z.object({}), run: async () => ({}) }));

for (const [title, schema, expected] of [
  ["a text", z.string(), { kind: "text", nullable: false, required: true }],
  ["a text or null", z.string().nullable(), { kind: "text", nullable: true, required: true }],
  [
    "a cleaned text or null",
    z
      .string()
      .transform((text) => text.trim())
      .nullable()
      .optional(),
    { kind: "text", nullable: true, required: false },
  ],
  ["a choice", z.enum(["a", "b"]), { kind: "text", choices: ["a", "b"] }],
  ["a choice or null", z.enum(["a", "b"]).nullable(), { kind: "text", choices: ["a", "b"], nullable: true }],
  ["a number with a default", z.coerce.number().default(3), { required: false, fallback: 3 }],
  ["a whole number", z.number().int(), { kind: "number" }],
  ["a yes or no", z.boolean().optional(), { kind: "boolean", required: false }],
  ["a list of texts", z.array(z.string()), { kind: "list" }],
  ["a list of objects", z.array(z.object({ a: z.string() })), { kind: "json" }],
  ["an object", z.object({ a: z.string() }), { kind: "json" }],
] as const) {
  test(`${title} is seen as such`, () => {
    const [field] = fieldsFor(z.object({ it: schema }));
    for (const [name, value] of Object.entries(expected)) assert.deepEqual(field?.[name as keyof typeof field], value, name);
  });
}

test("required fields come first, and a union offers the fields of all its branches", () => {
  assert.deepEqual(
    fieldsFor(z.object({ a: z.string().optional(), b: z.string() })).map((field) => field.name),
    ["b", "a"],
  );
  const union = fieldsFor(z.union([z.object({ id: z.string(), a: z.string() }), z.object({ id: z.string(), b: z.number() })]));
  assert.deepEqual(
    union.map((field) => [field.name, field.required]),
    [
      ["id", true],
      ["a", false],
      ["b", false],
    ],
  );
});

test("words of an operation have hyphens", () => {
  assert.deepEqual(operationWords("delivery.markSent"), ["delivery", "mark-sent"]);
});

test("nested input is not flat, and an unknown name is refused with the nearest one", () => {
  const fields = fieldsFor(z.object({ text: z.string(), nested: z.object({}) }));
  assert.equal(isFlat(fields), false);
  assert.throws(() => checkInputNames(fields, { txt: "" }), /Did you mean text\?/u);
  assert.throws(() => checkInputNames(fields, null), /JSON object/u);
});
