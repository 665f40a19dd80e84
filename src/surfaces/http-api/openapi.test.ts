import assert from "node:assert/strict";
import { test } from "node:test";
import { operations } from "../../features/index.ts";
import { operationWords } from "../../platform/operation-schema.ts";
import { openApiDocument } from "./openapi.ts";

type Json = Record<string, unknown>;

const document = JSON.parse(JSON.stringify(openApiDocument(operations, "1.2.3"))) as Json & {
  paths: Record<string, Record<string, Json>>;
};

function resolvePointer(pointer: string): unknown {
  const steps = pointer
    .slice(2)
    .split("/")
    .map((step) => decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~"));
  return steps.reduce<unknown>((place, step) => (place as Json | undefined)?.[step], document);
}

function everyObject(value: unknown, visit: (found: Json) => void): void {
  if (typeof value !== "object" || value === null) return;
  visit(value as Json);
  for (const inner of Object.values(value)) everyObject(inner, visit);
}

test("the document has what OpenAPI 3.1 requires", () => {
  assert.match(String(document["openapi"]), /^3\.1\.\d+$/u);
  const info = document["info"] as Json;
  assert.ok(info["title"] && info["version"]);
  assert.equal((resolvePointer("#/components/securitySchemes/token") as Json)["scheme"], "bearer");
  for (const [path, item] of Object.entries(document.paths)) {
    assert.match(path, /^\/[a-z-]+\/[a-z-]+$/u);
    for (const [method, facts] of Object.entries(item)) {
      assert.ok(["get", "post"].includes(method));
      assert.ok(facts["summary"] && facts["operationId"], path);
      for (const response of Object.values(facts["responses"] as Json))
        assert.ok((response as Json)["$ref"] ?? (response as Json)["description"], path);
      for (const parameter of (facts["parameters"] ?? []) as Json[])
        assert.ok(parameter["name"] && parameter["in"] === "query" && parameter["schema"], path);
    }
  }
});

test("every reference in the document leads somewhere", () => {
  let references = 0;
  everyObject(document, (found) => {
    if (typeof found["$ref"] !== "string") return;
    references += 1;
    assert.notEqual(resolvePointer(found["$ref"]), undefined, found["$ref"]);
  });
  assert.ok(references > operations.length);
});

test("every operation is there once, with ids of its own", () => {
  assert.equal(Object.keys(document.paths).length, operations.length);
  for (const operation of operations)
    assert.equal(document.paths[`/${operationWords(operation.name).join("/")}`]?.["post"]?.["operationId"], operation.name);
  const ids = Object.values(document.paths).flatMap((item) => Object.values(item).map((facts) => facts["operationId"]));
  assert.equal(new Set(ids).size, ids.length);
});

test("the examples are inputs that the operations accept", () => {
  for (const operation of operations) {
    for (const example of operation.examples ?? [])
      assert.ok(operation.input.safeParse(example).success, `${operation.name}: ${JSON.stringify(example)}`);
  }
});
