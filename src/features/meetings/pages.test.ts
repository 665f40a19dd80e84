import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { type Visitor, visitorOf } from "../../../test/support/visitor.ts";
import { listPeople, peoplePages } from "../people/index.ts";
import { cancelMeeting, listMeetings, meetingsPages, showMeeting } from "./index.ts";

function visitor(app: TestApp): Visitor {
  return visitorOf(app, [peoplePages, meetingsPages]);
}

const TUESDAYS = { startsOn: "2026-03-03", time: "10:00", minutes: "30", everyWeeks: "1", zone: "Europe/Berlin" };

/** Adds Max with a meeting every Tuesday through the pages; the path of his page. */
async function addMax(web: Visitor): Promise<string> {
  const seriesPath = await web.send("/people", { name: "Max Berger", email: "max@example.org", role: "manager", note: "" });
  await web.open(seriesPath);
  return web.send(seriesPath, TUESDAYS);
}

async function idOn(app: TestApp, on: string): Promise<string> {
  const { meetings } = await app.call(listMeetings, { from: on, to: on });
  return meetings[0]?.id ?? assert.fail(`no meeting on ${on}`);
}

onEveryStore("a person is added, meets every week, and shows with the coming meetings", async (app) => {
  const web = visitor(app);
  assert.match(await web.open("/people"), /Begin with your manager/u);
  assert.match(await web.open("/meetings"), /No meetings yet/u);
  await web.open("/people/new");
  const path = await addMax(web);
  const shown = await web.open(path);
  assert.match(shown, /Every Tuesday at 10:00, 30 minutes/u);
  assert.match(shown, /Tue 3 Mar, 10:00/u);
  assert.match(await web.open("/people"), /Max Berger/u);
  assert.match(await web.open("/meetings"), /Tue 10 Mar, 10:00/u);
  await web.open("/meetings/00000000-0000-0000-0000-000000000000/move", 404);
  await web.open("/people/00000000-0000-0000-0000-000000000000", 404);
});

onEveryStore("what was typed stays, and each mistake is named beside its field", async (app) => {
  const web = visitor(app);
  const again = await web.sendWrong("/people", { name: "", email: "max at example", role: "mentor", note: "<script>kept" });
  assert.match(again, /Write the person's name|Write the person&#39;s name/u);
  assert.match(again, /value="max at example"/u);
  assert.match(again, /&lt;script&gt;kept/u);
  const seriesPath = await web.send("/people", { name: "Max", email: "", role: "manager", note: "" });
  const wrong = await web.sendWrong(seriesPath, {
    startsOn: "2026-02-30",
    time: "25:00",
    minutes: "500",
    everyWeeks: "2",
    zone: "Europe/Atlantis",
  });
  for (const words of [/This day does not exist/u, /Write the time as/u, /between 15 and 60 minutes/u, /time zone is not known/u])
    assert.match(wrong, words);
  for (const typed of [/value="25:00"/u, /value="500"/u, /value="Europe\/Atlantis"/u, /value="2" selected/u])
    assert.match(wrong, typed);
});

onEveryStore("a person is edited, and the private note is marked as private", async (app) => {
  const web = visitor(app);
  const path = await addMax(web);
  assert.equal(await web.send(path, { name: "Max B.", email: "", role: "mentor", note: "Likes numbers" }), path);
  const shown = await web.open(path);
  assert.match(shown, /Max B\./u);
  assert.match(shown, /For your eyes only/u);
  assert.match(await web.sendWrong(path, { name: " ", email: "", role: "mentor", note: "kept" }), /kept/u);
});

onEveryStore("one meeting moves, or it and all that follow, or it is left out and put back", async (app) => {
  const web = visitor(app);
  await addMax(web);
  const id = await idOn(app, "2026-03-10");
  await web.open(`/meetings/${id}/move`);
  const to = { date: "2026-03-12", time: "14:00", minutes: "45", zone: "Europe/Berlin" };
  assert.equal(await web.send(`/meetings/${id}/move`, { ...to, scope: "one" }), `/meetings/${id}`);
  assert.match(await web.open("/meetings"), /Thu 12 Mar, 14:00/u);
  const next = await idOn(app, "2026-03-17");
  await web.send(`/meetings/${next}/move`, { ...to, date: "2026-03-18", scope: "following" });
  assert.ok(await idOn(app, "2026-03-25"));
  assert.match(await web.sendWrong(`/meetings/${next}/move`, { ...to, date: "2026-03-01", scope: "one" }), /over already/u);
  assert.equal(await web.send(`/meetings/${next}/cancellation`), `/meetings/${next}/move`);
  assert.match(await web.open(`/meetings/${next}/move`), /This meeting is cancelled/u);
  assert.match(await web.sendWrong(`/meetings/${next}/move`, { ...to, scope: "one" }), /Restore it first/u);
  await web.send(`/meetings/${next}/cancellation`, { restore: "yes" });
  assert.equal((await app.call(showMeeting, { id: next })).state, "planned");
});

onEveryStore("a past meeting is asked about, answered and taken back", async (app) => {
  const web = visitor(app);
  await addMax(web);
  const id = await idOn(app, "2026-03-03");
  assert.match(await web.sendWrong(`/meetings/${id}/answer`, { happened: "yes" }), /once it has begun/u);
  app.clock.set("2026-03-04T09:00:00Z");
  assert.match(await web.open("/meetings"), /Did it happen\?/u);
  assert.equal(await web.send(`/meetings/${id}/answer`, { happened: "yes", return: "/meetings" }), "/meetings");
  assert.doesNotMatch(await web.open("/meetings"), /Did it happen\?/u);
  assert.match(await web.open(`/meetings/${id}/move`), /Take the answer back/u);
  await web.send(`/meetings/${id}/answer`, { happened: "unknown" });
  assert.equal(await web.send(`/meetings/${id}/answer`, { happened: "no", return: "//evil.example" }), `/meetings/${id}`);
  await web.sendWrong(`/meetings/${id}/answer`, { happened: "perhaps" });
  assert.match(await web.open("/meetings"), /Did not happen/u);
});

onEveryStore("the past goes on page by page", async (app) => {
  const web = visitor(app);
  await addMax(web);
  app.clock.set("2026-08-20T09:00:00Z");
  const first = await web.open("/meetings");
  const older = /href="(\/meetings\?before=[^"]+)"/u.exec(first)?.[1];
  assert.ok(older);
  assert.match(await web.open(older), /Tue 3 Mar, 10:00/u);
  await web.open("/meetings?before=nonsense");
});

onEveryStore("days off are skipped", async (app) => {
  const web = visitor(app);
  await addMax(web);
  await web.open("/meetings/days-off");
  assert.match(await web.sendWrong("/meetings/days-off", { from: "2026-03-17", to: "2026-03-10" }), /lies before the first/u);
  await web.send("/meetings/days-off", { from: "2026-03-09", to: "2026-03-17" });
  assert.equal((await app.call(showMeeting, { id: await idOn(app, "2026-03-17") })).cancelReason, "holiday");
});

onEveryStore("a series is changed, paused, resumed and ended", async (app) => {
  const web = visitor(app);
  const path = await addMax(web);
  const edit = await web.open(`${path}/series`);
  assert.match(edit, /name="unchangedDay" value="2026-03-03"/u);
  await web.send(`${path}/series`, { ...TUESDAYS, unchangedDay: "2026-03-03", time: "11:30:00", everyWeeks: "2" });
  assert.match(await web.open(path), /Every 2 weeks on Tuesday at 11:30/u);
  await web.open(`${path}/series/pause`);
  assert.match(
    await web.sendWrong(`${path}/series/pause`, { from: "2026-03-10", until: "2026-03-01" }),
    /lies before its first/u,
  );
  await web.send(`${path}/series/pause`, { from: "2026-03-02", until: "" });
  assert.match(await web.open(path), /until you resume it/u);
  await web.send(`${path}/series/resume`);
  assert.match(await web.open(path), /Tue 17 Mar, 11:30/u);
  await web.send(`${path}/series/end`, { on: "2026-03-10" });
  assert.match(await web.open(path), /The last day is/u);
});

onEveryStore("somebody new takes over, and the last day with a person is noted", async (app) => {
  const web = visitor(app);
  const path = await addMax(web);
  await web.open(`${path}/successor`);
  assert.match(await web.sendWrong(`${path}/successor`, { name: "", email: "", on: "2026-03-10" }), /new manager/u);
  const noor = await web.send(`${path}/successor`, { name: "Noor Haddad", email: "", on: "2026-03-10" });
  assert.match(await web.open(noor), /After .*Max Berger/u);
  assert.match(await web.open(path), /then .*Noor Haddad/u);
  await web.open(`${noor}/end`);
  assert.equal(await web.send(`${noor}/end`, { on: "2026-03-31" }), "/people");
  assert.match(await web.open("/people"), /Earlier/u);
  assert.equal((await app.call(listPeople, {})).people.length, 2);
});

onEveryStore("a meeting in the hour that the clocks skip says so", async (app) => {
  const web = visitor(app);
  const seriesPath = await web.send("/people", { name: "Max", email: "", role: "manager", note: "" });
  const path = await web.send(seriesPath, { ...TUESDAYS, startsOn: "2026-03-29", time: "02:30" });
  assert.match(await web.open(path), /starts at 03:30/u);
  await app.call(cancelMeeting, { id: await idOn(app, "2026-03-29") });
  assert.match(await web.open(path), /Cancelled/u);
});
