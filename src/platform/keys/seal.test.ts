import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openSealer } from "./seal.ts";

function keyFileIn(): string {
  return join(mkdtempSync(join(tmpdir(), "throughline-key-")), "config", "key");
}

test("what was sealed can be opened after a restart, and only with the same key", () => {
  const keyFile = keyFileIn();
  const sealed = openSealer({ keyFile }).seal("pässwörd 🔑");
  assert.ok(!sealed.includes("pässwörd"));
  assert.equal(openSealer({ keyFile }).open(sealed), "pässwörd 🔑");
  assert.throws(() => openSealer({ keyFile: keyFileIn() }).open(sealed), /Enter it again/u);
});

test("the key file is readable by its owner alone", () => {
  const keyFile = keyFileIn();
  openSealer({ keyFile });
  assert.equal(statSync(keyFile).mode & 0o777, 0o600);
});

test("a key from the environment is used instead of a file", () => {
  const key = randomBytes(32).toString("base64");
  const sealed = openSealer({ keyFile: "/nowhere/at/all", key }).seal("secret");
  assert.equal(openSealer({ keyFile: "/nowhere/at/all", key }).open(sealed), "secret");
});

test("the same text is never sealed the same way twice, and a changed one is refused", () => {
  const sealer = openSealer({ keyFile: keyFileIn() });
  const sealed = sealer.seal("secret");
  assert.notEqual(sealed, sealer.seal("secret"));
  const broken = sealed.slice(0, -2) + (sealed.endsWith("AA") ? "BB" : "AA");
  for (const text of [broken, "", "v1.", "secret"]) assert.throws(() => sealer.open(text), /Enter it again/u);
});

test("a damaged key file is reported and left as it is", () => {
  const keyFile = keyFileIn();
  openSealer({ keyFile });
  writeFileSync(keyFile, "not a key");
  assert.throws(() => openSealer({ keyFile }), /is not 32 bytes/u);
  assert.equal(readFileSync(keyFile, "utf8"), "not a key");
});
