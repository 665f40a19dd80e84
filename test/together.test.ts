import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { startServer, type TestServer, withServer } from "./support/server.ts";

const root = join(import.meta.dirname, "..");

/** The status of a request whose `Host` and `Origin` are chosen freely, as no browser lets a page do. */
async function statusOf(server: TestServer, method: string, path: string, headers: Record<string, string>): Promise<number> {
  const asked = request(server.url + path, { method, headers });
  asked.end(method === "POST" ? "{}" : undefined);
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  answer.resume();
  return answer.statusCode ?? 0;
}

test("pages, API and assistants' address alike refuse another Host and another Origin", () =>
  withServer({}, async (server) => {
    const token = readFileSync(join(server.folder, "data", "token"), "utf8").trim();
    const authorization = `Bearer ${token}`;
    for (const path of ["/", "/record", "/api", "/api/health", "/api/people/list", "/mcp", "/assets/icon.svg"]) {
      for (const host of ["evil.example", "evil.example:4111", "127.0.0.1:1"])
        assert.equal(await statusOf(server, "GET", path, { host, authorization }), 421, `${path} as ${host}`);
    }
    for (const path of ["/journal", "/api/people/add", "/mcp", "/archive"]) {
      for (const origin of ["http://evil.example", "null", "http://127.0.0.1:1"])
        assert.equal(await statusOf(server, "POST", path, { origin, authorization }), 403, `${path} from ${origin}`);
    }
  }));

test("two servers and a command line on one data file lose nothing, and a port in use says what to do", () =>
  withServer({}, async (first) => {
    const second = await startServer({ folder: first.folder });
    const note = async (server: TestServer, text: string): Promise<void> => {
      const body = new URLSearchParams({ text });
      const { status } = await fetch(`${server.url}/journal`, { method: "POST", body, redirect: "manual" });
      assert.equal(status, 303);
    };
    const env = {
      ...process.env,
      THROUGHLINE_DATA: join(first.folder, "data"),
      THROUGHLINE_CONFIG: join(first.folder, "config"),
    };
    const run = async (words: string[], more: Record<string, string> = {}): Promise<[number | null, string]> => {
      const child = spawn(process.execPath, [join(root, "bin/throughline.cjs"), ...words], { env: { ...env, ...more } });
      let said = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
      const [code] = (await once(child, "close")) as [number | null];
      return [code, said];
    };
    const many = Array.from({ length: 25 }, (_, n) => n);
    await Promise.all([
      ...many.map((n) => note(first, `first ${n}`)),
      ...many.map((n) => note(second, `second ${n}`)),
      run(["journal", "capture", "--text", "third 0"]),
    ]);
    const [, listed] = await run(["journal", "list", "--limit", "200", "--json"]);
    const texts = new Set((JSON.parse(listed) as { captures: { text: string }[] }).captures.map((one) => one.text));
    assert.equal(texts.size, 51);
    const [code, said] = await run(["serve"], { PORT: new URL(first.url).port });
    assert.deepEqual([code, /Port \d+ is in use.*Start with another one: PORT=\d+ npm start/u.test(said)], [6, true], said);
    await second.stop();
  }));
