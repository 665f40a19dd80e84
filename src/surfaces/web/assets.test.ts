import assert from "node:assert/strict";
import { globSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { Hono } from "hono";
import { openAssets } from "./assets.ts";
import type { WebEnv } from "./kit/web.ts";
import { islandEntries, readModuleGraph } from "./module-graph.ts";

const root = join(import.meta.dirname, "../..");
const assets = openAssets(root);
const LARGEST_PAGE = 15_000;

function fetchAsset(path: string, encoding = "") {
  const app = new Hono<WebEnv>();
  app.get("/assets/*", (c) => assets.answer(c) ?? c.notFound());
  return app.request(path, { headers: { "accept-encoding": encoding } });
}

/** A source tree with these files, for mistakes that this one does not make. */
function treeWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "throughline-assets-"));
  for (const [path, text] of Object.entries({ "features/index.ts": "", ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

void test("browser modules are sent without their types, under one address that changes with their content", async () => {
  assert.match(assets.prefix, /^\/assets\/[\w-]{12}\/$/u);
  for (const path of assets.paths) {
    const answer = await fetchAsset(assets.prefix + path);
    assert.equal(answer.status, 200, path);
    assert.equal(answer.headers.get("cache-control"), "public, max-age=31536000, immutable");
    const text = await answer.text();
    if (!path.endsWith(".ts")) continue;
    assert.match(answer.headers.get("content-type") ?? "", /^text\/javascript/u);
    assert.doesNotMatch(text, /^(?:interface|type) /mu, `${path} still has types`);
    assert.doesNotMatch(text, /https?:\/\//u, `${path} names another server`);
  }
});

void test("what is sent is compressed as the browser asks, and the same in each encoding", async () => {
  const path = `${assets.prefix}style.css`;
  const plain = await (await fetchAsset(path)).text();
  const brotli = await fetchAsset(path, "gzip, deflate, br, zstd");
  assert.equal(brotli.headers.get("content-encoding"), "br");
  assert.equal(brotliDecompressSync(await brotli.arrayBuffer()).toString(), plain);
  const gzip = await fetchAsset(path, "gzip");
  assert.equal(gzip.headers.get("content-encoding"), "gzip");
  assert.equal(gunzipSync(await gzip.arrayBuffer()).toString(), plain);
  assert.match(gzip.headers.get("vary") ?? "", /accept-encoding/u);
});

void test("only the style sheet, the icon and what the islands reach is sent", async () => {
  assert.ok(assets.paths.includes("surfaces/web/client/shell.ts"));
  for (const path of [
    "app.ts",
    "main.js",
    "features/index.ts",
    "features/people/store.ts",
    "features/people/operations.ts",
    "platform/storage/open.ts",
    "surfaces/web/web.ts",
    "surfaces/web/assets/tokens.css",
    "../package.json",
    "%2e%2e/package.json",
    "surfaces/web/client/../web.ts",
    "",
  ])
    assert.equal((await fetchAsset(assets.prefix + path)).status, 404, path);
  assert.equal((await fetchAsset("/assets/anything/style.css")).status, 404);
  for (const path of assets.paths)
    assert.match(
      path,
      /^(?:style\.css|icon\.svg|surfaces\/web\/client\/.+|features\/[\w-]+\/(?:client\/.+|rules(?:\/.+)?|schema)\.ts|lib\/[\w-]+\.ts|features\/[\w-]+\/client\/.+)$/u,
    );
});

void test("browser code that imports a package or server code stops the program from starting", () => {
  const stop = (source: string, reason: RegExp) =>
    assert.throws(() => readModuleGraph(treeWith({ "features/a/client/x.ts": source, "features/a/store.ts": "" })), reason);
  stop('import * as z from "zod";', /x\.ts runs in the browser but imports "zod"/u);
  stop('import { read } from "../store.ts";', /x\.ts runs in the browser but imports features\/a\/store\.ts/u);
  stop('const later = () => import("../store.ts");', /imports features\/a\/store\.ts/u);
  stop('import { passwd } from "../../../../etc/passwd.ts";', /runs in the browser but imports/u);
  const types = treeWith({
    "features/a/client/x.ts": 'import type { Row } from "../store.ts";\nexport const row: Row = 1;\n',
    "features/a/store.ts": "",
  });
  assert.deepEqual([...readModuleGraph(types).keys()], ["features/a/client/x.ts"], "types cost nothing");
});

void test("an island that does not exist is an error, not a page that quietly does less", () => {
  assert.throws(
    () => assets.links(["agenda/no-such-island"]),
    /There is no browser module features\/agenda\/client\/no-such-island\.ts/u,
  );
});

void test("the page preloads what its scripts import", async () => {
  const links = (await assets.links([])).toString();
  assert.match(links, new RegExp(`<script type="module" src="${assets.prefix}surfaces/web/client/shell\\.ts"></script>`, "u"));
  assert.match(links, new RegExp(`<link rel="modulepreload" href="${assets.prefix}surfaces/web/client/drafts\\.ts">`, "u"));
  assert.doesNotMatch(links, /palette\.ts/u, "what is opened later is loaded later");
});

async function compressedSize(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    paths.map(async (path) => (await (await fetchAsset(assets.prefix + path, "br")).arrayBuffer()).byteLength),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The islands that each file of pages names: at most these stand on one page together. A service worker stands on none. */
function islandsByPage(): Map<string, string[]> {
  const names = islandEntries(root).map((path) =>
    path.replace(
      /^(?:features\/([\w-]+)|surfaces\/web)\/client\/([\w-]+)\.ts$/u,
      (_, feature: string | undefined, name: string) => (feature ? `${feature}/${name}` : name),
    ),
  );
  const files = globSync("features/*/{pages.ts,pages/*.ts}", { cwd: root });
  const named = files.map((file): [string, string[]] => {
    const text = readFileSync(join(root, file), "utf8");
    return [file, names.filter((name) => text.includes(`"${name}"`))];
  });
  return new Map(named.filter(([, islands]) => islands.length > 0));
}

void test(`no page has more than ${LARGEST_PAGE} bytes of JavaScript, with all that it may open later`, async (t) => {
  const pages = islandsByPage();
  assert.ok(pages.size > 3, "pages name their islands");
  for (const [file, islands] of pages) {
    const size = await compressedSize(assets.modulesOf(islands));
    t.diagnostic(`${file}: ${size} bytes with ${islands.join(", ")}`);
    assert.ok(size <= LARGEST_PAGE, `${file}: ${size} bytes with ${islands.join(", ")}`);
  }
});
