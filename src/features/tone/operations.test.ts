import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../../lib/errors.ts";
import { callPure } from "../../platform/operation.ts";
import { checkTones } from "./index.ts";

test("texts keep their ids and their order, and a calm one has no findings (S23)", async () => {
  const { items } = await callPure(checkTones, {
    items: [
      { id: "b", text: "I need this by tomorrow or else." },
      { id: "a", text: "Could you look at it before Thursday? The printer needs it on Friday." },
    ],
  });
  assert.deepEqual(
    items.map(({ id, findings }) => [id, findings.map(({ rule, span }) => [rule, span.text])]),
    [
      ["b", [["pressure", "or else"]]],
      ["a", []],
    ],
  );
});

test("a text that is too long, and an input that is none, are refused with their field", async () => {
  const refused = async (input: never): Promise<AppError> => {
    try {
      await callPure(checkTones, input);
    } catch (error) {
      if (error instanceof AppError) return error;
    }
    return assert.fail("it was taken");
  };
  assert.equal((await refused({ items: [{ id: "1", text: "x".repeat(100_001) }] } as never)).fields[0]?.field, "items.0.text");
  assert.equal((await refused({} as never)).code, "invalid");
});

test("assistants are offered the check, and it needs nobody's data", () => {
  assert.equal(checkTones.kind, "pure");
  assert.equal(checkTones.assistant, true);
});
