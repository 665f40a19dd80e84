import assert from "node:assert/strict";
import { test } from "node:test";
import { html as honoHtml } from "hono/html";
import { each, html, multiline, nothing, raw, when } from "./html.ts";

const values: readonly (readonly [string, unknown])[] = [
  ["a text", "plain"],
  ["signs that mean something", `<b class="x" title='y'>R&D</b> && <script>`],
  ["an empty text", ""],
  ["numbers", 0],
  ["a large number", 12_345.5],
  ["true", true],
  ["false", false],
  ["null", null],
  ["undefined", undefined],
  ["markup", raw("<b>")],
  ["nothing", nothing],
  ["markup from the tag", html`<i>${"<"}</i>`],
  ["a list", ["<", raw("<hr>"), 3, null]],
  ["a list of lists", [["<", [raw("<hr>")]], []]],
  ["something waited for", Promise.resolve(raw("<em>"))],
  ["a text waited for", Promise.resolve("<em>")],
  ["a list with something waited for", ["<", Promise.resolve(raw("<em>"))]],
  ["markup that waits inside", html`<p>${Promise.resolve(raw("<em>"))}</p>`],
  ["an address", new URL("http://example.org/?a=1&b=2")],
  ["an unescaped String object", Object("<b>")],
  ["emoji and Arabic", "🎉 & سلام"],
];

test("the tag writes every value as hono's own does", async () => {
  for (const [what, value] of values) {
    const ours = await html`<p title="${value}">${value}</p>${value}`;
    const theirs = await honoHtml`<p title="${value}">${value}</p>${value}`;
    assert.equal(ours.toString(), theirs.toString(), what);
  }
});

test("what people wrote can not become markup, in an attribute either", async () => {
  const text = `"><script>alert('x')</script>`;
  const written = (await html`<a title="${text}">${[text]}${multiline(text)}${when(text, (one) => html`${one}`)}</a>`).toString();
  assert.doesNotMatch(written, /<script|"><s|'/u);
  assert.equal(written.split("&lt;script&gt;").length, 5);
});

test("what is rendered for each item stands in the order of the list", async () => {
  assert.equal((await html`${each(["b", "a"], (name, index) => html`${index}${name} `)}`).toString(), "0b 1a ");
});
