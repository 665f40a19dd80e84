import assert from "node:assert/strict";
import { test } from "node:test";
import { checkMarkup } from "./markup.ts";

test("good markup passes, and a mistake is named with its place", async () => {
  const page = (body: string) =>
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>A page</title></head><body><main><h1>A page</h1>${body}</main></body></html>`;
  await checkMarkup(page('<p dir="auto">Words</p>'), "good page");
  await assert.rejects(checkMarkup(page('<p>a</p><img src="a.png">'), "bad page"), /bad page:2:\d+ .*alt/);
  await assert.rejects(checkMarkup(page('<p id="a">a</p><p id="a">b</p>'), "double"), /no-dup-id/);
});
