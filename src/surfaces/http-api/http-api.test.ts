import assert from "node:assert/strict";
import { serve } from "@hono/node-server";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { operations } from "../../features/index.ts";
import { AppError } from "../../lib/errors.ts";
import { type AnyOperation, readOperation } from "../../platform/operation.ts";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import * as z from "zod";
import { httpApi } from "./http-api.ts";
import type { ProblemBody } from "./problem.ts";

const TOKEN = "the-right-token";

interface Served {
  readonly url: string;
  readonly errors: Error[];
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body: string | object): Promise<Response>;
}

async function withApi(app: TestApp, list: readonly AnyOperation[], work: (served: Served) => Promise<void>): Promise<void> {
  const { owner, database, clock } = app;
  const errors: Error[] = [];
  const api = httpApi({
    operations: list,
    version: "1.2.3",
    callerFor: async (token) => (token === TOKEN ? { owner, database, clock } : undefined),
    tokenPlace: "in the file /data/token",
    log: (error) => errors.push(error),
  });
  const server = serve({ fetch: api.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise((listening) => server.once("listening", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const authorization = `Bearer ${TOKEN}`;
  try {
    await work({
      url,
      errors,
      get: (path, headers = { authorization }) => fetch(url + path, { headers }),
      post: (path, body) =>
        fetch(url + path, {
          method: "POST",
          headers: { authorization },
          body: typeof body === "string" ? body : JSON.stringify(body),
        }),
    });
  } finally {
    await new Promise((closed) => server.close(closed));
  }
}

const problemOf = async (response: Response): Promise<ProblemBody["error"]> => ((await response.json()) as ProblemBody).error;

onEveryStore("an operation answers to POST under its two words and under its name", async (app) => {
  await withApi(app, operations, async ({ get, post }) => {
    const added = await post("/people/add", { name: "Max Berger" });
    assert.equal(added.status, 200);
    const { id } = (await added.json()) as { id: string };
    assert.equal(((await (await post("/people.show", { id })).json()) as { name: string }).name, "Max Berger");
    assert.equal(((await (await get(`/people/show?id=${id}`)).json()) as { name: string }).name, "Max Berger");
    assert.equal((await post("/people/list", "")).status, 200, "no body is an empty input");
  });
});

onEveryStore("without the token nothing is answered, and the message says where it is", async (app) => {
  await withApi(app, operations, async ({ get }) => {
    for (const headers of [{}, { authorization: "Bearer wrong" }, { authorization: `Basic ${TOKEN}` }] as Record<
      string,
      string
    >[]) {
      const refused = await get("/people/list", headers);
      assert.equal(refused.status, 401);
      assert.match(refused.headers.get("www-authenticate") ?? "", /^Bearer realm="Throughline"/u);
      assert.match((await problemOf(refused)).message, /\/data\/token/u);
    }
    assert.deepEqual(await (await get("/health", {})).json(), { ok: true, version: "1.2.3" });
  });
});

onEveryStore("errors have a code, a sentence and the fields", async (app) => {
  await withApi(app, operations, async ({ get, post, url }) => {
    const invalid = await post("/people/add", { name: "Max", email: "a, b" });
    assert.equal(invalid.status, 422);
    assert.equal((await problemOf(invalid)).fields[0]?.field, "email");
    const missing = await post("/people/show", { id: "nobody" });
    assert.deepEqual([missing.status, (await problemOf(missing)).code], [404, "not_found"]);
    const malformed = await post("/people/add", "{");
    assert.deepEqual([malformed.status, (await problemOf(malformed)).code], [400, "malformed"]);
    assert.equal((await post("/people/add", "[]")).status, 422);
    const misspelt = await post("/people/add", { nam: "Max" });
    assert.match((await problemOf(misspelt)).message, /Did you mean name\?/u);
    const unknown = await post("/people/ad", {});
    assert.equal(unknown.status, 404);
    assert.match((await problemOf(unknown)).message, /Did you mean people\/add\?/u);
    const written = await get("/people/add?name=Max");
    assert.deepEqual([written.status, written.headers.get("allow")], [405, "POST"]);
    const deleted = await fetch(`${url}/people/list`, { method: "DELETE", headers: { authorization: `Bearer ${TOKEN}` } });
    assert.equal(deleted.status, 405);
  });
});

onEveryStore("a body over the limit is refused, whether its length is declared or not", async (app) => {
  await withApi(app, operations, async ({ post, url }) => {
    const body = JSON.stringify({ name: "x".repeat(1_000_001) });
    const declared = await post("/people/add", body);
    assert.deepEqual([declared.status, (await problemOf(declared)).code], [413, "too_large"]);
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(body));
        controller.close();
      },
    });
    const streamed = await fetch(`${url}/people/add`, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}` },
      body: stream,
      duplex: "half",
    } as RequestInit);
    assert.equal(streamed.status, 413);
  });
});

const failing = (code: ConstructorParameters<typeof AppError>[0]) =>
  readOperation({
    name: `fail.${code.replace("_", "")}`,
    summary: "Fail",
    input: z.object({ count: z.number().optional(), on: z.boolean().optional(), names: z.array(z.string()).optional() }),
    output: z.object({}),
    run: async () => Promise.reject(new AppError(code, "In words")),
  });

onEveryStore("each code has its status, and an unexpected error shows nothing of the inside", async (app) => {
  const unexpected = readOperation({
    name: "fail.hard",
    summary: "Fail",
    input: z.object({}),
    output: z.object({}),
    run: () => Promise.reject(new Error("secret inside")),
  });
  await withApi(
    app,
    [failing("conflict"), failing("forbidden"), failing("rate_limited"), failing("unavailable"), unexpected],
    async ({ post, get, errors }) => {
      for (const [path, status] of Object.entries({
        "/fail/conflict": 409,
        "/fail/forbidden": 403,
        "/fail/ratelimited": 429,
        "/fail/unavailable": 503,
      })) {
        const answered = await post(path, {});
        assert.deepEqual([answered.status, (await problemOf(answered)).message], [status, "In words"]);
      }
      const broken = await post("/fail/hard", {});
      assert.equal(broken.status, 500);
      assert.doesNotMatch(await broken.text(), /secret/u);
      assert.deepEqual(
        errors.map((error) => error.message),
        ["secret inside"],
      );
      assert.equal((await get("/fail/conflict?count=ten")).status, 422, "a query parameter is read as what the field is");
      assert.equal((await get("/fail/conflict?count=10&on=true&names=a&names=b")).status, 409);
    },
  );
});

test("every operation can be described", () => {
  for (const operation of operations) assert.match(operation.name, /^[a-z]+\.[a-zA-Z]+$/u);
});
