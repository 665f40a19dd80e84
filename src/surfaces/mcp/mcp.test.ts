import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { serve } from "@hono/node-server";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { Hono } from "hono";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { operations } from "../../features/index.ts";
import { addPerson, listPeople } from "../../features/people/index.ts";
import { mcpEndpoint } from "./index.ts";
import { offeredTo, toolName } from "./server.ts";

const TOKEN = "the-right-token";

/** The text of a tool's answer, parsed. */
async function callTool(
  client: Client,
  name: string,
  args: Record<string, unknown> = {},
): Promise<{ isError: boolean; value: Record<string, unknown> }> {
  const answer = (await client.callTool({ name, arguments: args })) as { isError?: boolean; content: { text: string }[] };
  return { isError: answer.isError ?? false, value: JSON.parse(answer.content[0]?.text ?? "") as Record<string, unknown> };
}

async function withEndpoint(app: TestApp, work: (url: string) => Promise<void>): Promise<void> {
  const { owner, database, clock } = app;
  const hono = new Hono().route(
    "/mcp",
    mcpEndpoint({
      operations,
      version: "1.2.3",
      callerFor: async (token) => (token === TOKEN ? { owner, database, clock } : undefined),
    }),
  );
  const server = serve({ fetch: hono.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise((listening) => server.once("listening", listening));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
  } finally {
    await new Promise((closed) => server.close(closed));
  }
}

async function connectOverHttp(url: string): Promise<Client> {
  const client = new Client({ name: "test", version: "1" });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { authorization: `Bearer ${TOKEN}` } } }),
  );
  return client;
}

test("nothing that sends, approves or answers for the owner is offered to assistants", () => {
  for (const operation of offeredTo(operations))
    assert.doesNotMatch(operation.name, /approve|send|markSent|answerUnknown|retry|withdraw|renew|import/iu);
  assert.ok(offeredTo(operations).length > 5);
});

test("every tool has a name that all assistants accept", () => {
  const names = operations.map(toolName);
  for (const name of names) assert.match(name, /^[a-zA-Z0-9_-]{1,64}$/u);
  assert.equal(new Set(names).size, names.length);
});

onEveryStore("a real client lists and calls the tools over HTTP", async (app) => {
  await withEndpoint(app, async (url) => {
    const client = await connectOverHttp(url);
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map((tool) => tool.name),
      offeredTo(operations).map(toolName),
    );
    const list = tools.find((tool) => tool.name === toolName(listPeople));
    assert.equal(list?.annotations?.readOnlyHint, true);
    const added = await callTool(client, "people_add", { name: "Max" });
    assert.equal(added.value["name"], "Max");
    const refused = await callTool(client, "people_add", { name: "Max", email: "no" });
    assert.equal(refused.isError, true);
    assert.deepEqual((refused.value["fields"] as { field: string }[])[0]?.field, "email");
    assert.equal((await callTool(client, "people_show", { id: "nobody" })).value["code"], "not_found");
    await assert.rejects(client.callTool({ name: "delivery_sendNow", arguments: {} }), /no tool/u);
    assert.equal((await app.call(listPeople, {})).people.length, 1);
    await client.close();
  });
});

onEveryStore("the coming agenda and the record can be read as resources", async (app) => {
  await app.call(addPerson, { name: "Max" });
  await withEndpoint(app, async (url) => {
    const client = await connectOverHttp(url);
    const { resources } = await client.listResources();
    assert.deepEqual(
      resources.map((one) => one.uri),
      ["throughline://agenda/next", "throughline://record"],
    );
    for (const { uri } of resources) {
      const { contents } = await client.readResource({ uri });
      assert.ok(JSON.parse((contents[0] as { text: string }).text));
    }
    await assert.rejects(client.readResource({ uri: "throughline://nothing" }), /no resource/u);
    await client.close();
  });
});

onEveryStore("without the token, or from a page elsewhere, nothing is answered", async (app) => {
  await withEndpoint(app, async (url) => {
    const post = (headers: Record<string, string>) => fetch(url, { method: "POST", headers, body: "{}" });
    const without = await post({});
    assert.deepEqual([without.status, without.headers.get("www-authenticate")], [401, 'Bearer realm="Throughline"']);
    assert.equal((await post({ authorization: "Bearer wrong" })).status, 401);
    assert.equal((await post({ authorization: `Bearer ${TOKEN}`, origin: "https://evil.example" })).status, 403);
    assert.equal((await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } })).status, 405);
  });
});

test("a real client speaks to the program over standard input and output", async () => {
  const folder = mkdtempSync(join(tmpdir(), "throughline-mcp-"));
  const client = new Client({ name: "test", version: "1" });
  const environment = { ...(process.env as Record<string, string>), THROUGHLINE_DATA: folder, THROUGHLINE_CONFIG: folder };
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [join(import.meta.dirname, "../../main.js"), "mcp"],
      env: environment,
    }),
  );
  assert.equal(client.getServerVersion()?.name, "throughline");
  await callTool(client, "people_add", { name: "Max" });
  const { value } = await callTool(client, "people_list");
  assert.equal((value["people"] as { name: string }[])[0]?.name, "Max");
  await client.close();
});
