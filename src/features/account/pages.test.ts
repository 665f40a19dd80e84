import assert from "node:assert/strict";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onEveryStore } from "../../../test/support/test-app.ts";
import { testPages } from "../../../test/support/test-pages.ts";
import { ensureToken, showProfile } from "./operations.ts";
import { accountPages } from "./pages.ts";

const tokenFile = (): string => join(mkdtempSync(join(tmpdir(), "throughline-settings-")), "token");

onEveryStore("the profile is changed on the settings page, and a mistake keeps what was typed", async (app) => {
  const { database, clock } = app;
  const pages = testPages(app, [() => accountPages({ database, clock, tokenFile: tokenFile() })]);
  const saved = await pages.post("/settings", { name: "Ana Silva", email: "", zone: "Europe/Lisbon" });
  assert.deepEqual([saved.status, saved.location], [303, "/settings"]);
  assert.deepEqual(await app.call(showProfile, {}), { name: "Ana Silva", email: null, zone: "Europe/Lisbon" });
  const wrong = await pages.post("/settings", { name: "Ana Silva", email: "ana@@", zone: "Mars/Olympus" });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /value="Mars\/Olympus"/u);
  assert.match(wrong.text, /id="email-error"/u);
});

onEveryStore("the token is folded away on the settings page, and renewed there", async (app) => {
  const { database, clock, owner } = app;
  const file = tokenFile();
  const token = await ensureToken(database, owner, clock.now(), file);
  const pages = testPages(app, [() => accountPages({ database, clock, tokenFile: file })]);
  assert.match(
    await pages.get("/settings"),
    new RegExp(`<details><summary>Show the token</summary><p><code>${token}</code>`, "u"),
  );
  const renewed = await pages.post("/settings/token", {});
  assert.equal(renewed.status, 303);
  const next = readFileSync(file, "utf8").trim();
  assert.notEqual(next, token);
  const text = await pages.get("/settings");
  assert.ok(text.includes(next) && !text.includes(token));
});
