import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { withPage } from "./browser.ts";
import { checkAccessibility } from "./markup.ts";

const markup = `<!doctype html><html lang="en"><head><title>A page</title><style>body { color: light-dark(rgb(1, 1, 1), rgb(254, 254, 254)); background: Canvas; color-scheme: light dark }</style></head>
<body><main><h1>Words</h1></main><script>document.title = "Scripted"</script></body></html>`;

async function serving(work: (url: string) => Promise<void>): Promise<void> {
  const server = createServer((_request, response) => response.setHeader("content-type", "text/html").end(markup));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test("a page runs at both sizes, with and without script, light and dark", () =>
  serving(async (url) => {
    for (const [size, width] of [
      ["wide", 1280],
      ["narrow", 360],
    ] as const) {
      await withPage({ size }, async (page) => {
        await page.goto(url);
        assert.equal(await page.title(), "Scripted");
        assert.equal(await page.evaluate(() => window.innerWidth), width);
        assert.ok((await page.screenshot()).length > 1_000);
        await checkAccessibility(page);
      });
    }
    await withPage({ javaScriptEnabled: false, colorScheme: "dark" }, async (page) => {
      await page.goto(url);
      assert.equal(await page.title(), "A page");
      assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), "rgb(254, 254, 254)");
    });
  }));

test("a page that asks another host or throws fails its test", () =>
  serving(async (url) => {
    const run = (script: string) =>
      withPage({}, async (page) => {
        await page.goto(url);
        await page.evaluate(script);
        await page.waitForTimeout(50);
      });
    await assert.rejects(run(`fetch("http://192.0.2.1/").catch(() => undefined); 1`), /192\.0\.2\.1/);
    await assert.rejects(run(`setTimeout(() => { throw new Error("oops") }); 1`), /oops/);
  }));

test("an inaccessible page is refused with the rule and the element", () =>
  withPage({}, async (page) => {
    await page.setContent('<!doctype html><html lang="en"><title>x</title><main><h1>x</h1><input id="lonely"></main></html>');
    await assert.rejects(checkAccessibility(page), /label[\s\S]*#lonely/);
  }));
