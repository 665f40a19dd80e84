import assert from "node:assert/strict";
import { onEveryStore } from "../../../test/support/test-app.ts";
import { testPages } from "../../../test/support/test-pages.ts";
import { operations } from "../../features/index.ts";
import { operationWords } from "../../platform/operation-schema.ts";
import { apiPages } from "./pages.ts";

onEveryStore("the page for programs shows every operation with its address, its fields and a call", async (app) => {
  const text = await testPages(app, [() => apiPages(operations)]).get("/api");
  for (const operation of operations) {
    const [feature, verb] = operationWords(operation.name);
    assert.ok(text.includes(`POST /api/${feature}/${verb}`), operation.name);
    assert.ok(text.includes(`<h3 id="${feature}-${verb}">${operation.name}</h3>`), operation.name);
  }
  assert.match(text, /<code>zone<\/code><\/th>\s*<td>text<\/td>\s*<td>required<\/td>/u);
  assert.match(text, /curl -H &quot;Authorization: Bearer \$TOKEN&quot;/u);
});
