import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { type TestServer, withServer } from "./support/server.ts";

const root = join(import.meta.dirname, "..");
const bin = join(root, "bin/throughline.cjs");

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the installed command on a data folder. */
function throughline(folder: string, ...words: string[]): Promise<Outcome> {
  const env = { ...process.env, THROUGHLINE_DATA: join(folder, "data"), THROUGHLINE_CONFIG: join(folder, "config") };
  const child = spawn(process.execPath, [bin, ...words], { env, stdio: ["ignore", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((done) => child.once("close", (code) => done({ code, out: out.trim(), err: err.trim() })));
}

async function succeeds(folder: string, ...words: string[]): Promise<string> {
  const { code, out, err } = await throughline(folder, ...words);
  assert.equal(code, 0, `throughline ${words.join(" ")}: ${err}`);
  return out;
}

const freshFolder = (): string => mkdtempSync(join(tmpdir(), "throughline-command-"));
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const list = (server: TestServer, token: string): Promise<Response> =>
  fetch(`${server.url}/api/people/list`, { headers: bearer(token) });

test("the command works through a running server, which takes its token until it is renewed", () =>
  withServer({}, async (server) => {
    await succeeds(server.folder, "people", "add", "--name", "Max Berger");
    const token = await succeeds(server.folder, "token", "show");
    assert.equal(token, readFileSync(join(server.folder, "data", "token"), "utf8").trim());
    assert.match(await (await list(server, token)).text(), /Max Berger/u);
    const renewed = await succeeds(server.folder, "token", "renew");
    assert.equal((await list(server, token)).status, 401);
    assert.equal((await list(server, renewed)).status, 200);
    await succeeds(server.folder, "people", "add", "--name", "Ida");
  }));

test("the server shows its API, answers its health, and serves assistants", () =>
  withServer({}, async (server) => {
    assert.match(
      await (await fetch(`${server.url}/api`, { headers: { accept: "text/html" } })).text(),
      /POST \/api\/people\/add/u,
    );
    assert.equal(((await (await fetch(`${server.url}/api/health`)).json()) as { ok: boolean }).ok, true);
    assert.equal(((await (await fetch(`${server.url}/api/openapi.json`)).json()) as { openapi: string }).openapi, "3.1.1");
    const refused = await fetch(`${server.url}/api/people/list`);
    assert.equal(refused.status, 401);
    assert.match(await refused.text(), /settings/u);
    const client = new Client({ name: "test", version: "1" });
    const token = await succeeds(server.folder, "token", "show");
    await client.connect(
      new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`), { requestInit: { headers: bearer(token) } }),
    );
    assert.ok((await client.listTools()).tools.length > 5);
    for (const { uri } of (await client.listResources()).resources)
      assert.equal((await client.readResource({ uri })).contents.length, 1);
    await client.close();
  }));

test("a backup is made under a running server, and restored after it stopped", async () => {
  const backup = join(freshFolder(), "copy.db");
  await withServer({}, async (server) => {
    await succeeds(server.folder, "people", "add", "--name", "Max Berger");
    assert.match(await succeeds(server.folder, "backup", backup), /Saved and checked/u);
    const again = await throughline(server.folder, "backup", backup);
    assert.deepEqual([again.code, again.out], [4, ""]);
    const refused = await throughline(server.folder, "restore", backup);
    assert.equal(refused.code, 4);
    assert.match(refused.err, /Stop it first/u);
  });
  const folder = freshFolder();
  await succeeds(folder, "people", "add", "--name", "Somebody");
  assert.match(await succeeds(folder, "restore", backup), /before-restore-/u);
  assert.match(await succeeds(folder, "people", "list"), /Max Berger/u);
});

test("an archive goes from the command line of one installation to the page of another", async () => {
  const [folder, file] = [freshFolder(), join(freshFolder(), "all.json")];
  await succeeds(folder, "people", "add", "--name", "Max Berger");
  await succeeds(folder, "journal", "capture", "--kind", "win", "--text", "Shipped the importer");
  await succeeds(folder, "export", file);
  assert.equal((await throughline(folder, "export", file)).code, 4);
  assert.match(await succeeds(folder, "export", join(freshFolder(), "read"), "--markdown"), /index\.md/u);
  await withServer({}, async (server) => {
    const form = new FormData();
    form.set("archive", new File([readFileSync(file)], "all.json"));
    const headers = { accept: "text/html" };
    const upload = (): Promise<Response> =>
      fetch(`${server.url}/archive`, { method: "POST", body: form, headers, redirect: "manual" });
    assert.equal((await upload()).status, 303);
    const twice = await upload();
    assert.equal(twice.status, 422);
    assert.match(await twice.text(), /empty installation/u);
    const download = await fetch(`${server.url}/archive/throughline.json`);
    assert.equal(await download.text(), readFileSync(file, "utf8"));
    const zip = new Uint8Array(await (await fetch(`${server.url}/archive/throughline-markdown.zip`)).arrayBuffer());
    assert.deepEqual(Array.from(zip.slice(0, 2)), [0x50, 0x4b]);
  });
  const third = freshFolder();
  await succeeds(third, "import", file);
  const copy = join(freshFolder(), "copy.json");
  await succeeds(third, "export", copy);
  assert.equal(readFileSync(copy, "utf8"), readFileSync(file, "utf8"));
});

test("the command runs where npm installs packages, where Node itself does not strip types", () => {
  const home = join(freshFolder(), "node_modules", "throughline");
  mkdirSync(home, { recursive: true });
  for (const name of ["src", "bin", "package.json"]) cpSync(join(root, name), join(home, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(home, "node_modules"));
  const ran = spawnSync(process.execPath, [join(home, "bin/throughline.cjs"), "version"], { encoding: "utf8" });
  assert.deepEqual([ran.status, ran.stderr], [0, ""]);
  assert.match(ran.stdout, /^\d+\.\d+\.\d+$/mu);
});
