import assert from "node:assert/strict";
import { test } from "node:test";
import { missingStep } from "./rules.ts";

test("a newcomer goes on where something is missing", () => {
  assert.equal(missingStep({ ownerName: null, people: 0 }), "/welcome");
  assert.equal(missingStep({ ownerName: null, people: 1 }), "/welcome");
  assert.equal(missingStep({ ownerName: "Ana", people: 0 }), "/welcome/manager");
  assert.equal(missingStep({ ownerName: "Ana", people: 1 }), undefined);
});
