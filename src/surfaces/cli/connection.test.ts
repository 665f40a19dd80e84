import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { ensureToken, isLiveToken, renewToken, tokenFileIn } from "../../features/account/index.ts";
import { operations } from "../../features/index.ts";
import { addPerson, listPeople } from "../../features/people/index.ts";
import { openInstallation } from "../../installation.ts";
import { type Config, readConfig } from "../../platform/config/config.ts";
import { call } from "../../platform/operation.ts";
import { writeRunningServer } from "../../platform/running-server.ts";
import { version } from "../../platform/version.ts";
import { httpApi } from "../http-api/index.ts";
import { connect } from "./connection.ts";

const VERSION = "9.9.9";

interface Running {
  readonly config: Config;
  readonly folder: string;
  readonly requests: string[];
  add(name: string): Promise<unknown>;
  list(): Promise<string[]>;
  renew(): Promise<string>;
}

/** A server as the program starts one, as far as the command line sees it. */
async function withServer(version: string, work: (running: Running) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "throughline-server-"));
  const config = readConfig({ THROUGHLINE_DATA: folder, THROUGHLINE_CONFIG: folder });
  const { owner, database, clock, close } = await openInstallation(config);
  const own = { owner, database, clock };
  await ensureToken(database, owner, clock.now(), tokenFileIn(folder));
  const callerFor = async (token: string) => ((await isLiveToken(database.reader, owner, token)) ? own : undefined);
  const requests: string[] = [];
  const app = new Hono();
  app.use(async (c, next) => {
    requests.push(c.req.path);
    await next();
  });
  app.route("/api", httpApi({ operations, version, callerFor, tokenPlace: "in the file token" }));
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise((listening) => server.once("listening", listening));
  writeRunningServer(folder, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pid: process.pid,
    startedAt: "2026-03-02T09:00:00.000Z",
  });
  try {
    await work({
      config,
      folder,
      requests,
      add: (name) => call(own, addPerson, { name }),
      list: async () => (await call(own, listPeople, {})).people.map((person) => person.name),
      renew: () => renewToken(database, owner, clock.now(), tokenFileIn(folder)),
    });
  } finally {
    await new Promise((closed) => server.close(closed));
    await close();
  }
}

test("a running server is found and used", () =>
  withServer(VERSION, async ({ config, requests }) => {
    const connection = await connect(config, VERSION);
    assert.equal(connection.through, "server");
    await connection.invoke(addPerson, { name: "Max" });
    assert.ok(requests.includes("/api/people/add"));
    await assert.rejects(connection.invoke(addPerson, { name: "Max", email: "no" }), { code: "invalid" });
    await connection.close();
  }));

test("a renewed token is picked up from its file, and a wrong one means opening the data", () =>
  withServer(VERSION, async ({ config, folder, renew }) => {
    await renew();
    assert.equal((await connect(config, VERSION)).through, "server");
    writeFileSync(tokenFileIn(folder), "wrong\n");
    const connection = await connect(config, VERSION);
    assert.equal(connection.through, "file");
    await connection.close();
  }));

test("a server of another version is not talked to, and the data under it not touched", () =>
  withServer("1.0.0", async ({ config }) => {
    await assert.rejects(connect(config, VERSION), /Restart the server/u);
  }));

test("without a server, or with the note of one that is gone, the data is opened", async () => {
  const folder = mkdtempSync(join(tmpdir(), "throughline-alone-"));
  const config = readConfig({ THROUGHLINE_DATA: folder, THROUGHLINE_CONFIG: folder });
  for (const note of [undefined, { url: "http://127.0.0.1:9", pid: process.pid, startedAt: "" }]) {
    if (note) writeRunningServer(folder, note);
    writeFileSync(tokenFileIn(folder), "some\n");
    const connection = await connect(config, VERSION);
    assert.equal(connection.through, "file");
    await connection.close();
  }
});

const main = join(import.meta.dirname, "../../main.js");

function addByProcess(folder: string, name: string): Promise<number> {
  const child = spawn(process.execPath, [main, "people", "add", "--name", name], {
    env: { ...process.env, THROUGHLINE_DATA: folder, THROUGHLINE_CONFIG: folder },
    stdio: ["ignore", "ignore", "inherit"],
  });
  return new Promise((done) => child.once("close", (code) => done(code ?? -1)));
}

test("nothing is lost when a server and two command lines write at once, one through it and one beside it", () =>
  withServer(version, async ({ folder, requests, add, list }) => {
    // The same data file in a folder where no server is noted: this command line opens the file itself.
    const beside = mkdtempSync(join(tmpdir(), "throughline-beside-"));
    symlinkSync(join(folder, "throughline.db"), join(beside, "throughline.db"));
    const inTurn = async (who: string, count: number, work: (name: string) => Promise<unknown>): Promise<void> => {
      for (let index = 0; index < count; index += 1) await work(`${who} ${index}`);
    };
    await Promise.all([
      inTurn("server", 200, add),
      inTurn("through", 5, async (name) => assert.equal(await addByProcess(folder, name), 0)),
      inTurn("beside", 5, async (name) => assert.equal(await addByProcess(beside, name), 0)),
    ]);
    assert.equal(requests.filter((path) => path === "/api/people/add").length, 5);
    assert.equal(new Set(await list()).size, 210);
  }));
