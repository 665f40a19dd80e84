import assert from "node:assert/strict";
import { html } from "../../surfaces/web/kit/html.ts";
import { page } from "../../surfaces/web/kit/page.ts";
import { type WebRoutes, webRoutes } from "../../surfaces/web/kit/web.ts";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { type Visitor, visitorOf } from "../../../test/support/visitor.ts";
import { showProfile } from "../account/index.ts";
import { listMeetings } from "../meetings/index.ts";
import { listPeople } from "../people/index.ts";
import { welcomePages } from "./index.ts";

function startPage(): WebRoutes {
  const routes = webRoutes();
  routes.get("/", (c) => page(c, { title: "Today", section: "today", body: html`<p>The start page.</p>` }));
  return routes;
}

function visitor(app: TestApp): Visitor {
  return visitorOf(app, [welcomePages, startPage]);
}

const ANA = { name: "Ana Silva", email: "ana@example.org", zone: "America/Santiago" };
const MAX = { name: "Max Berger", email: "max@example.org" };
const TUESDAYS = { startsOn: "2026-03-03", time: "10:00", minutes: "30", everyWeeks: "1", zone: "America/Santiago" };

onEveryStore("a newcomer is set up in three steps without scripts (S26)", async (app) => {
  const web = visitor(app);
  await web.open("/", 303);
  const first = await web.open("/welcome");
  assert.match(first, /action="\/example"/u);
  assert.match(first, /your employer may have access/u);
  assert.match(first, /value="Europe\/Berlin"/u, "the server's zone, until the browser knows better");
  assert.equal(await web.send("/welcome", ANA), "/welcome/manager");
  await web.open("/", 303);
  await web.open("/welcome/manager");
  assert.equal(await web.send("/welcome/manager", MAX), "/welcome/meetings");
  assert.match(await web.open("/welcome/meetings"), /value="America\/Santiago"/u);
  assert.equal(await web.send("/welcome/meetings", TUESDAYS), "/");
  assert.match(await web.open("/"), /The start page/u);
  assert.equal((await app.call(showProfile, {})).zone, "America/Santiago");
  assert.equal((await app.call(listMeetings, {})).meetings[0]?.startsAt, "2026-03-03T13:00:00.000Z");
});

onEveryStore("going back a step changes what is there and adds nothing twice", async (app) => {
  const web = visitor(app);
  await web.send("/welcome", ANA);
  await web.send("/welcome/manager", MAX);
  await web.send("/welcome/meetings", TUESDAYS);
  assert.match(await web.open("/welcome/manager"), /value="Max Berger"/u);
  await web.send("/welcome/manager", { ...MAX, name: "Max B." });
  assert.match(await web.open("/welcome/meetings"), /value="2026-03-03"/u);
  await web.send("/welcome/meetings", { ...TUESDAYS, time: "15:00" });
  assert.equal((await app.call(listPeople, {})).people.length, 1);
  assert.equal((await app.call(listMeetings, {})).meetings[0]?.localStart, "2026-03-03T15:00");
});

onEveryStore("mistakes in any step are named and what was typed stays", async (app) => {
  const web = visitor(app);
  const you = await web.sendWrong("/welcome", { name: "", email: "ana", zone: "Mars/Olympus" });
  assert.match(you, /value="Mars\/Olympus"/u);
  assert.match(you, /time zone is not known/u);
  await web.send("/welcome", ANA);
  assert.match(await web.sendWrong("/welcome/manager", { name: "Max", email: "max@" }), /value="max@"/u);
  assert.equal(await web.send("/welcome/meetings", TUESDAYS), "/welcome/manager", "first who, then when");
  await web.send("/welcome/manager", MAX);
  assert.match(await web.sendWrong("/welcome/meetings", { ...TUESDAYS, startsOn: "" }), /This day does not exist/u);
});
