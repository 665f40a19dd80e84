import assert from "node:assert/strict";
import { inTransaction } from "../../platform/storage/database.ts";
import { allow, fieldsOf, guestVisit, newReach, sendAgenda, sendRecap } from "../../../test/support/guest-visit.ts";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { weeklyTalk } from "../../../test/support/weekly-talk.ts";
import { putItem } from "../agenda/index.ts";
import { allowPage, listAnswers, revokeLink, showAccess } from "../answers/index.ts";
import { putCommitment } from "../commitments/index.ts";
import { listMeetings } from "../meetings/index.ts";

const RECAP = [
  { part: "decision", text: "The pilot starts on Monday" },
  { part: "my_action", text: "Propose fixed days", dueOn: "2026-03-20" },
  { part: "manager_commitment", text: "Ask finance about the course", dueOn: "2026-03-18" },
  { part: "open_question", text: "Who reviews the import?" },
] as const;

async function withAgenda(app: TestApp) {
  const visit = guestVisit(app);
  const { personId, meetingId } = await weeklyTalk(app);
  await allow(visit, personId);
  await inTransaction(app.database, (tx) =>
    putCommitment(tx, app.owner, app.clock.now(), {
      personId,
      meetingId: null,
      side: "theirs",
      text: "Ask Lena for the room",
      dueOn: "2026-03-11",
      isShared: true,
    }),
  );
  return { visit, personId, meetingId, path: await sendAgenda(visit, meetingId) };
}

async function withRecap(app: TestApp) {
  const visit = guestVisit(app);
  const { personId, meetingId } = await weeklyTalk(app);
  await allow(visit, personId);
  app.clock.set("2026-03-12T09:45:00Z");
  return { visit, personId, meetingId, path: await sendRecap(visit, meetingId, RECAP) };
}

const waiting = async (app: TestApp) => (await app.call(listAnswers, { waiting: true })).answers;

onEveryStore("the page shows the agenda that was sent, and looking at it changes nothing", async (app) => {
  const { visit, path, meetingId } = await withAgenda(app);
  const { status, text, headers } = await visit.get(path);
  assert.equal(status, 200);
  for (const words of [
    "A yes to the pilot",
    "Ask Lena for the room",
    "On your side, by",
    "Only <bdi>Ana</bdi> sees",
    "closes on",
  ])
    assert.ok(text.includes(words), words);
  for (const trace of ["<script", "<nav", "/meetings", "/people"]) assert.ok(!text.includes(trace), trace);
  assert.equal(headers.get("set-cookie"), null);
  assert.equal(headers.get("cache-control"), "no-store");
  assert.equal(headers.get("referrer-policy"), "no-referrer");
  assert.match(headers.get("x-robots-tag") ?? "", /noindex/u);
  assert.doesNotMatch(headers.get("content-security-policy") ?? "", /script/u);
  assert.deepEqual((await app.call(listAnswers, { meetingId })).answers, []);
  await app.call(putItem, { meetingId, kind: "topic", text: "Added for the talk alone" });
  assert.ok(!(await visit.get(path)).text.includes("Added for the talk alone"), "only what was sent is shown");
});

onEveryStore("what a guest writes waits as theirs, and the same form sent twice is one answer", async (app) => {
  const { visit, path, personId, meetingId } = await withAgenda(app);
  const fields = { ...fieldsOf((await visit.get(path)).text, "topic-new"), text: "  The budget\r\nfor the course " };
  const { status, location } = await visit.post(path, fields);
  assert.deepEqual([status, location], [303, `${path}?said=topic`]);
  assert.match((await visit.get(location ?? "")).text, /Your topic is on its way/u);
  await visit.post(path, fields);
  const [answer, ...others] = await waiting(app);
  assert.equal(others.length, 0);
  assert.deepEqual(
    [answer?.kind, answer?.text, answer?.personId, answer?.meetingId, answer?.way, answer?.state],
    ["topic", "The budget\nfor the course", personId, meetingId, "page", "waiting"],
  );
  await visit.post(path, { ...fields, text: "Another one, typed into the same form" });
  assert.equal((await waiting(app)).length, 2, "nothing that was typed is lost");
  await Promise.all([1, 2].map(() => visit.post(path, { ...fields, text: "Twice at once" })));
  assert.equal((await waiting(app)).length, 3);
});

onEveryStore("promises of the recap can be confirmed, corrected and given more time, each with its line", async (app) => {
  const { visit, path } = await withRecap(app);
  const { text: page } = await visit.get(path);
  assert.ok(page.includes("Ana: recap of our 1:1"));
  await visit.post(path, fieldsOf(page, "confirmation-2"));
  await visit.post(path, { ...fieldsOf(page, "correction-2"), text: "Ask Lena about the course", day: "2026-03-25" });
  await visit.post(path, { ...fieldsOf(page, "more_time-2"), text: "", day: "2026-03-27" });
  await visit.post(path, { ...fieldsOf(page, "reply-3"), text: "Jo does" });
  await visit.post(path, { ...fieldsOf(page, "correction-0"), text: "The pilot starts on Tuesday" });
  const answers = await waiting(app);
  assert.deepEqual(
    answers.map(({ kind, about, text, namedOn }) => [kind, about?.kind, about?.text, text, namedOn]),
    [
      ["confirmation", "commitment", "Ask finance about the course", "", null],
      ["correction", "commitment", "Ask finance about the course", "Ask Lena about the course", "2026-03-25"],
      ["more_time", "commitment", "Ask finance about the course", "", "2026-03-27"],
      ["reply", "question", "Who reviews the import?", "Jo does", null],
      ["correction", "line", "The pilot starts on Monday", "The pilot starts on Tuesday", null],
    ],
  );
  assert.ok(!page.includes('id="confirmation-1"'), "nobody confirms somebody else's promise");
});

onEveryStore("what cannot be taken is said beside the field, and what was typed stays", async (app) => {
  const { visit, path } = await withRecap(app);
  const { text: page } = await visit.get(path);
  const empty = await visit.post(path, { ...fieldsOf(page, "topic-new"), text: "  " });
  assert.equal(empty.status, 422);
  assert.match(empty.text, /href="#topic-new-text">Write the topic first/u);
  const past = await visit.post(path, { ...fieldsOf(page, "more_time-2"), text: "Busy", day: "2026-03-01" });
  assert.equal(past.status, 422);
  assert.match(past.text, /<details open><summary>I need more time/u);
  assert.match(past.text, /id="more_time-2-day-error">Choose a day from today on/u);
  assert.match(past.text, />\nBusy<\/textarea>/u);
  const same = await visit.post(path, fieldsOf(page, "correction-2"));
  assert.match(same.text, /Change the words or the day first/u);
  const wrong = await visit.post(path, { ...fieldsOf(page, "confirmation-2"), line: "1" });
  assert.equal(wrong.status, 422, "a promise of the owner's cannot be confirmed by a made-up form");
  const odd = await visit.post(path, { kind: "away", text: "Kept words" });
  assert.match(odd.text, /Kept words/u);
  const long = await visit.post(path, { ...fieldsOf(page, "topic-new"), text: "x".repeat(4_001) });
  assert.match(long.text, /Keep this to 4,000 characters/u);
  assert.deepEqual(await waiting(app), []);
});

onEveryStore("unknown, forged, expired and revoked links look alike", async (app) => {
  const { visit, path, meetingId, personId } = await withAgenda(app);
  const unknown = await visit.get(`/g/${"A".repeat(43)}`);
  assert.equal(unknown.status, 404);
  assert.match(unknown.text, /Reply to the mail/u);
  const other = guestVisit(app, newReach());
  assert.equal((await other.get(path)).text, unknown.text, "signed with another key");
  for (const odd of ["/g/", `${path}/more`, `${path}x`, path.slice(0, -1)]) assert.equal((await visit.get(odd)).status, 404, odd);
  app.clock.set("2026-04-11T09:29:00Z");
  assert.equal((await visit.get(path)).status, 200, "open for 30 days after the meeting");
  app.clock.set("2026-04-11T09:31:00Z");
  assert.equal((await visit.get(path)).text, unknown.text);
  app.clock.set("2026-03-12T11:00:00Z");
  const link = (await visit.call(showAccess, { personId })).links[0];
  await assert.rejects(visit.call(revokeLink, { id: link?.id ?? "" }, app.stranger), { code: "not_found" });
  await visit.call(revokeLink, { id: link?.id ?? "" });
  assert.equal((await visit.get(path)).text, unknown.text);
  assert.equal((await visit.post(path, { kind: "topic", text: "Too late" })).status, 404);
  assert.deepEqual((await app.call(listAnswers, { meetingId })).answers, []);
});

onEveryStore("switching pages off closes every one, and each meeting has a link of its own", async (app) => {
  const { visit, path, personId } = await withAgenda(app);
  const [, second] = (await app.call(listMeetings, {})).meetings;
  const next = await sendAgenda(visit, second?.id ?? "", "The next need");
  assert.notEqual(next, path);
  assert.ok(!(await visit.get(path)).text.includes("The next need"), "a link opens its own meeting alone");
  await visit.call(allowPage, { personId, allowed: false });
  for (const one of [path, next]) assert.equal((await visit.get(one)).status, 404);
});

onEveryStore("too much from one link or one address is refused in words, and the others go on", async (app) => {
  const { visit, path } = await withAgenda(app);
  const here = { "x-forwarded-for": "203.0.113.7, 198.51.100.1" };
  const sent = Array.from({ length: 31 }, (_, index) => ({ kind: "topic", text: `Topic ${index}` }));
  let last = { status: 0, text: "" };
  for (const fields of sent) last = await visit.post(path, fields, here);
  assert.equal(last.status, 429);
  assert.match(last.text, /Wait ten minutes/u);
  assert.equal((await waiting(app)).length, 30);
  for (let count = 0; count < 30; count += 1) await visit.post(`/g/${"B".repeat(43)}`, {}, here);
  assert.equal((await visit.post(`/g/${"C".repeat(43)}`, {}, here)).status, 429, "guessing is counted by address");
  assert.equal((await visit.post(`/g/${"C".repeat(43)}`, {}, { "x-forwarded-for": "198.51.100.2" })).status, 404);
  app.clock.advance({ minutes: 10 });
  assert.equal((await visit.post(path, { kind: "topic", text: "Later" }, here)).status, 303);
});

onEveryStore("under the public address there is nothing but pages behind links", async (app) => {
  const { visit, path } = await withAgenda(app);
  for (const closed of [
    "/",
    "/meetings",
    "/api/health",
    "/mcp",
    "/settings",
    "/g",
    "/assets/x/surfaces/web/client/shell.ts",
    "/g/../settings",
  ])
    assert.equal((await visit.get(closed)).status, 404, closed);
  const style = /href="(\/assets\/[^"]+\.css)"/u.exec((await visit.get(path)).text)?.[1] ?? "";
  assert.equal((await visit.get(style)).status, 200);
  const handedOn = { host: "127.0.0.1:4111", "x-forwarded-for": "203.0.113.7" };
  assert.equal((await visit.get("/settings", handedOn)).status, 404, "also when the web server in front forgets the Host");
  assert.equal((await visit.get("/", { host: "evil.example.org" })).status, 421);
  const foreign = await visit.post(path, { kind: "topic", text: "From elsewhere" }, { origin: "https://evil.example.org" });
  assert.equal(foreign.status, 403);
  assert.equal((await visit.post(path, { kind: "topic", text: "x" }, { "sec-fetch-site": "cross-site" })).status, 403);
  assert.deepEqual(await waiting(app), []);
});
