import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onEveryStore } from "../../../test/support/test-app.ts";
import { ensureToken, isLiveToken, renewToken, saveProfile, showProfile } from "./operations.ts";

const tokenFile = (): string => join(mkdtempSync(join(tmpdir(), "throughline-token-")), "token");

onEveryStore("the profile is kept as it was written", async (app) => {
  await app.call(saveProfile, { name: " Ana\r\nSilva ", email: "ana@example.org", zone: "Europe/Lisbon" });
  assert.deepEqual(await app.call(showProfile, {}), { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Lisbon" });
  assert.equal((await app.callAs(app.stranger, showProfile, {})).name, null, "a stranger's profile is another one");
  await assert.rejects(app.call(saveProfile, { name: "Ana", zone: "Mars/Olympus" }), { code: "invalid" });
});

onEveryStore("the token is made once, kept hashed, and lies in a file for its owner alone", async (app) => {
  const file = tokenFile();
  const token = await ensureToken(app.database, app.owner, app.clock.now(), file);
  assert.equal(readFileSync(file, "utf8"), `${token}\n`);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(await ensureToken(app.database, app.owner, app.clock.now(), file), token);
  const rows = await app.database.reader.selectFrom("access_token").selectAll().execute();
  assert.equal(rows.length, 1);
  assert.ok(!JSON.stringify(rows).includes(token));
  assert.equal(await isLiveToken(app.database.reader, app.owner, token), true);
  assert.equal(await isLiveToken(app.database.reader, app.stranger, token), false);
  assert.equal(await isLiveToken(app.database.reader, app.owner, "guess"), false);
});

onEveryStore("a renewed token replaces the old one at once", async (app) => {
  const file = tokenFile();
  const old = await ensureToken(app.database, app.owner, app.clock.now(), file);
  const token = await renewToken(app.database, app.owner, app.clock.now(), file);
  assert.equal(readFileSync(file, "utf8").trim(), token);
  assert.equal(await isLiveToken(app.database.reader, app.owner, old), false);
  assert.equal(await isLiveToken(app.database.reader, app.owner, token), true);
});

onEveryStore("a file with a token that the database does not know is replaced, and its mode is set right", async (app) => {
  const file = tokenFile();
  writeFileSync(file, "from-another-database\n");
  chmodSync(file, 0o644);
  const token = await ensureToken(app.database, app.owner, app.clock.now(), file);
  assert.equal(readFileSync(file, "utf8").trim(), token);
  assert.equal(statSync(file).mode & 0o777, 0o600);
});

onEveryStore("when the token file cannot be written, the old token stays valid", async (app) => {
  const token = await ensureToken(app.database, app.owner, app.clock.now(), tokenFile());
  await assert.rejects(renewToken(app.database, app.owner, app.clock.now(), "/nowhere/at/all/token"), { code: "unavailable" });
  assert.equal(await isLiveToken(app.database.reader, app.owner, token), true);
});

onEveryStore("two installations on one database each have a token, until one renews", async (app) => {
  const [here, there] = [tokenFile(), tokenFile()];
  const first = await ensureToken(app.database, app.owner, app.clock.now(), here);
  const second = await ensureToken(app.database, app.owner, app.clock.now(), there);
  assert.equal(await isLiveToken(app.database.reader, app.owner, first), true);
  await renewToken(app.database, app.owner, app.clock.now(), here);
  assert.equal(await isLiveToken(app.database.reader, app.owner, second), false);
});
