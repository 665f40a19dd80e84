import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "./config.ts";
import { defaultConfigFolder, defaultDataFolder } from "./folders.ts";

test("without variables the data is in the platform's usual folder and the port is 4111", () => {
  const config = readConfig({ HOME: "/home/ana", XDG_DATA_HOME: "/home/ana/.data" }, "linux");
  assert.equal(config.dataFile, "/home/ana/.data/throughline/throughline.db");
  assert.equal(config.port, 4111);
  assert.equal(config.databaseUrl, undefined);
});

test("each platform has its own folders, and the key is never beside the data", () => {
  assert.equal(defaultDataFolder("linux", {}, "/home/ana"), "/home/ana/.local/share/throughline");
  assert.equal(defaultDataFolder("darwin", {}, "/Users/ana"), "/Users/ana/Library/Application Support/Throughline");
  for (const platform of ["linux", "darwin", "win32"] as const) {
    assert.ok(!defaultConfigFolder(platform, {}, "/home/ana").startsWith(defaultDataFolder(platform, {}, "/home/ana")));
  }
});

test("an empty variable counts as not set", () => {
  assert.equal(readConfig({ PORT: "", DATABASE_URL: "" }).port, 4111);
});

for (const [name, value, complaint] of [
  ["PORT", "eleven", /PORT/u],
  ["PORT", "70000", /PORT/u],
  ["DATABASE_URL", "mysql://here", /postgres:\/\//u],
  ["THROUGHLINE_CLOCK", "tomorrow", /2026-03-02T09:00:00Z/u],
  ["THROUGHLINE_SMTP_URL", "mail.example.org", /smtp:\/\//u],
  ["THROUGHLINE_KEY", "short", /32 bytes/u],
] as const) {
  test(`${name}=${value} is refused with a sentence that says what to write`, () => {
    assert.throws(() => readConfig({ [name]: value }), complaint);
  });
}

test("a moved clock is refused together with a mail server elsewhere, and accepted with one on loopback", () => {
  const clock = { THROUGHLINE_CLOCK: "2026-03-02T09:00:00Z" };
  assert.throws(() => readConfig({ ...clock, THROUGHLINE_SMTP_URL: "smtp://mail.example.org:587" }), /not on this machine/u);
  assert.equal(
    readConfig({ ...clock, THROUGHLINE_SMTP_URL: "smtp://127.0.0.1:2525" }).clockStart?.toString(),
    "2026-03-02T09:00:00Z",
  );
});
