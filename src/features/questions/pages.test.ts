import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { testPages } from "../../../test/support/test-pages.ts";
import { type Visitor, visitorOf } from "../../../test/support/visitor.ts";
import { saveProfile } from "../account/operations.ts";
import { agendaPages, chooseQuestion, openAgenda, putItem, showAgenda } from "../agenda/index.ts";
import { captureThought } from "../journal/index.ts";
import { listMeetings, markHeld, scheduleSeries } from "../meetings/index.ts";
import { addPerson } from "../people/index.ts";
import { openRecap, recapPages, saveRecap } from "../recap/index.ts";
import { listConditions, listOwn, listUses, questionPages } from "./index.ts";

interface Scene {
  readonly visitor: Visitor;
  readonly at: string;
  readonly meetingId: string;
  readonly personId: string;
}

/** A meeting with Max on Thursday 12 March 2026 at 10:00 in Berlin; the clock stands ten days before. */
async function scene(app: TestApp): Promise<Scene> {
  await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
  const { id: personId } = await app.call(addPerson, { name: "Max Berger", email: "max@example.org" });
  const series = { personId, startsOn: "2026-03-12", time: "10:00", zone: "Europe/Berlin", minutes: 30, everyWeeks: 1 };
  await app.call(scheduleSeries, series);
  const meetingId = (await app.call(listMeetings, {})).meetings[0]?.id ?? "";
  await app.call(openAgenda, { meetingId });
  const visitor = visitorOf(app, [agendaPages, recapPages, questionPages]);
  return { visitor, at: `/meetings/${meetingId}`, meetingId, personId };
}

function formState(markup: string): { id: string; version: string } {
  const value = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`, "u").exec(markup)?.[1] ?? "";
  return { id: value("id"), version: value("version") };
}

onEveryStore(
  "the growth step offers three questions with what each uncovers; one click puts it on the agenda (S30, S42)",
  async (app) => {
    const { visitor, at, meetingId } = await scene(app);
    await app.call(captureThought, { kind: "win", text: "The import is live", projects: ["Atlas"], skills: ["SQL"] });
    const growth = `${at}/prepare/growth`;
    const markup = await visitor.open(growth);
    assert.equal(markup.match(/value="(?:ask|put-question)-Q\d{3}"/gu)?.length, 6, "three questions, each to be used or put");
    assert.match(markup, /Opens work for a skill you want/u, "questions about growth come first");
    const put = { ...formState(markup), project: "Atlas", skill: "SQL", text: "", act: "put-question-Q042" };
    assert.equal(await visitor.send(growth, put), `${at}/prepare/carried`);
    const { items } = await app.call(showAgenda, { meetingId });
    assert.deepEqual(
      items.map((item) => [item.text, item.preparedAt !== null, item.project, item.skill]),
      [["How could Atlas teach me SQL rather than only use what I know?", true, "Atlas", "SQL"]],
    );
  },
);

onEveryStore("a question with gaps comes into the form, where they are filled from the record or by hand (S38)", async (app) => {
  const { visitor, at, meetingId } = await scene(app);
  for (const name of ["Atlas", "Borealis"]) await app.call(captureThought, { text: "n", projects: [name] });
  const growth = `${at}/prepare/growth`;
  const back = await visitor.send(growth, { ...formState(await visitor.open(growth)), text: "", act: "ask-Q042" });
  const [path = ""] = back.split("#");
  const markup = await visitor.open(path);
  assert.match(markup, /<option value="Borealis">/u);
  assert.match(markup, /Which part should I take although someone else would be faster\?/u);
  const gaps = { "gap-0": "Borealis", "gap-1": "" };
  const text = "How could [project] teach me [skill]?";
  await visitor.send(growth, { ...formState(markup), text, ...gaps, act: "put" });
  const { items, missing } = await app.call(showAgenda, { meetingId });
  assert.equal(items[0]?.text, "How could Borealis teach me [skill]?");
  assert.ok(missing.includes("Fill in [skill] or take it out."));
});

onEveryStore(
  '"How am I doing?" is kept as a draft and met with three better ones; asking it all the same is possible (S41)',
  async (app) => {
    const { at, meetingId } = await scene(app);
    const pages = testPages(app, [agendaPages]);
    const growth = `${at}/prepare/growth`;
    const first = await pages.post(growth, { ...formState(await pages.get(growth)), text: "How am I doing?", act: "put" });
    assert.match(first.text, /Questions that uncover more/u);
    assert.equal(first.text.match(/value="put-question-Q\d{3}"/gu)?.length, 3);
    const draft = (await app.call(showAgenda, { meetingId })).items[0];
    assert.deepEqual([draft?.text, draft?.preparedAt], ["How am I doing?", null]);
    const again = { ...formState(first.text), text: "How am I doing?", dull: "How am I doing?", act: "put" };
    assert.equal((await pages.post(growth, again)).status, 303);
    assert.notEqual((await app.call(showAgenda, { meetingId })).items[0]?.preparedAt, null);
    const exact = await pages.post(growth, {
      id: crypto.randomUUID(),
      version: "0",
      text: "Who decides on the pilot?",
      act: "put",
    });
    assert.equal(exact.status, 303);
  },
);

onEveryStore("a form of the growth step that no page made comes back with a message", async (app) => {
  const { at } = await scene(app);
  const pages = testPages(app, [agendaPages]);
  const odd = "\u0000";
  for (const act of ["put", "next", "better", "ask-Q999", "put-question-x", "ask-", odd]) {
    const { status } = await pages.post(`${at}/prepare/growth`, {
      id: odd,
      version: "x",
      text: "A",
      act,
      "gap-0": odd,
      dull: odd,
    });
    assert.ok([200, 404, 422].includes(status), `${act}: ${status}`);
  }
});

onEveryStore("a better question takes the place of the dull one", async (app) => {
  const { visitor, at, meetingId } = await scene(app);
  const growth = `${at}/prepare/growth`;
  const typed = { ...formState(await visitor.open(growth)), text: "any feedback?", act: "put-question-Q026" };
  await visitor.send(growth, typed);
  assert.deepEqual(
    (await app.call(showAgenda, { meetingId })).items.map((item) => item.text),
    ["Which strength of mine do I overuse?"],
  );
});

onEveryStore(
  "after the meeting each question asks what it uncovered; conditions are ticked off one by one (S40, S43)",
  async (app) => {
    const { visitor, at, meetingId, personId } = await scene(app);
    await app.call(chooseQuestion, { meetingId, questionId: "Q003", values: { opportunity: "the lead role" }, put: true });
    assert.ok(!/What did it uncover/u.test(await visitor.open(at)), "not before it was held");
    app.clock.set("2026-03-12T10:00:00Z");
    await app.call(markHeld, { id: meetingId });
    await app.call(openRecap, { meetingId });
    for (const path of [at, `${at}/recap`, "/questions", `/people/${personId}/questions`]) {
      const markup = await visitor.open(path);
      assert.match(markup, /What did it uncover\?/u, path);
    }
    const useId = (await app.call(listUses, { meetingId })).uses[0]?.id ?? "";
    const answer = { [`answer-${useId}`]: "A release without me\nA plan in writing", return: at };
    assert.equal(await visitor.send(`/questions/uses/${useId}`, answer), at);
    assert.match(await visitor.open(at), /What your questions uncovered/u);
    const elsewhere = { ...answer, return: "//evil.example" };
    assert.equal(await visitor.send(`/questions/uses/${useId}`, elsewhere), `/people/${personId}/questions`);
    const { conditions } = await app.call(listConditions, { personId });
    const path = `/questions/conditions/${conditions[0]?.id ?? ""}`;
    await visitor.open(path);
    await visitor.send(path, { evidence: "Release 4.2", metOn: "2026-03-11", captureId: "" });
    const person = await visitor.open(`/people/${personId}/questions`);
    assert.match(person, /1 of 2 met/u);
    assert.match(person, /Release 4\.2/u);
    await visitor.send(`${path}/opening`, { return: `/people/${personId}/questions` });
    assert.match(await visitor.open(`/people/${personId}/questions`), /0 of 2 met/u);
    await visitor.open(`/questions/uses/${useId}`);
  },
);

onEveryStore("a recap with a gap cannot be approved, and the page says which gap (S38)", async (app) => {
  const { visitor, at, meetingId } = await scene(app);
  await app.call(putItem, { meetingId, kind: "need", text: "A yes" });
  app.clock.set("2026-03-12T10:00:00Z");
  await app.call(markHeld, { id: meetingId });
  await app.call(openRecap, { meetingId });
  await app.call(saveRecap, { meetingId, lines: [{ part: "my_action", text: "Show [who uses it?] the import, see [1]" }] });
  assert.match(await visitor.open(`${at}/recap/preview`), /Fill in \[who uses it\?\] or take it out\./u);
});

onEveryStore("questions are browsed by category with what each uncovers, and searched (S42)", async (app) => {
  const { visitor } = await scene(app);
  const start = await visitor.open("/questions");
  assert.match(start, /href="\/questions\?category=promotion"/u);
  const found = await visitor.open("/questions?category=promotion&text=level");
  assert.match(found, /Uncovers the room and its picture of you/u);
  assert.match(await visitor.open("/questions?text=zzz"), /No question fits all of that/u);
  assert.match(await visitor.open("/questions?category=nonsense&stage=x"), /By what they are about/u);
});

onEveryStore("own questions are added, brought in with a report, changed and retired on their page", async (app) => {
  const { visitor } = await scene(app);
  const own = "/questions/own";
  await visitor.open(own);
  await visitor.send(own, { text: "Which habit would you miss?", uncovers: "What to keep", category: "team_gaps" });
  const pages = testPages(app, [questionPages]);
  const report = await pages.post(`${own}/import`, { list: "- One question?\n- One question?\n- " });
  assert.match(report.text, /1 question was taken over/u);
  assert.match(report.text, /Line 2: it is here already/u);
  const refused = await pages.post(`${own}/import`, { list: "no list here" });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /no list here/u);
  const empty = await pages.post(own, { text: " ", uncovers: "kept" });
  assert.equal(empty.status, 422);
  assert.match(empty.text, /value="kept"/u);
  const { questions } = await app.call(listOwn, {});
  assert.equal(questions.length, 2);
  const [first] = questions;
  await visitor.open(`${own}/${first?.id}`);
  await visitor.send(`${own}/${first?.id}/retirement`);
  assert.match(await visitor.open(own), /Use it again/u);
  const file = await pages.get("/questions/own.md");
  assert.match(file, /- One question\?/u);
  assert.ok(!file.includes("habit"), "what is retired is not shared");
});

onEveryStore("a question of the bank goes straight into the preparation of a talk, by the same rules (S40)", async (app) => {
  const { visitor, meetingId } = await scene(app);
  const [, second = "", third = ""] = (await app.call(listMeetings, {})).meetings.map((one) => one.id);
  const list = await visitor.open("/questions?category=feedback");
  const ask = /href="(\/questions\/ask\/Q\d{3})"/u.exec(list)?.[1] ?? "";
  const page = await visitor.open(ask);
  assert.match(page, /Max Berger, Thu 12 Mar, 10:00/u);
  assert.equal((await app.call(showAgenda, { meetingId: second })).startedAt, null);
  const to = await visitor.send(ask, { meetingId: second });
  assert.match(to, new RegExp(`^/meetings/${second}/prepare/growth\\?item=`, "u"), "a preparation is begun with it");
  const { uses } = await app.call(listUses, { meetingId: second });
  assert.deepEqual(
    uses.map((use) => `/questions/ask/${use.questionId}`),
    [ask],
  );
  assert.match(await visitor.sendWrong(ask, { meetingId: third }), /waits in a preparation with the same person/u);
  assert.match(await visitor.sendWrong(ask, { meetingId: second }), /waits in a preparation/u, "not twice in one talk either");

  for (const id of ["Q002", "Q042"]) {
    const item = await visitor.send(`/questions/ask/${id}`, { meetingId });
    assert.equal((await visitor.open(item)).includes("Still to be filled in"), id === "Q042", "gaps wait to be filled in");
  }
  assert.match(await visitor.sendWrong("/questions/ask/Q016", { meetingId }), /Two questions are enough for one talk/u);
  app.clock.set("2026-03-12T12:00:00Z");
  await app.call(markHeld, { id: meetingId });
  app.clock.set("2026-05-10T08:00:00Z");
  const coming = (await app.call(listMeetings, { from: "2026-05-10" })).meetings.map((one) => one.id);
  assert.match(await visitor.sendWrong("/questions/ask/Q002", { meetingId: coming[0] ?? "" }), /within 60 days/u);
  app.clock.set("2026-05-12T08:00:00Z");
  await visitor.send("/questions/ask/Q002", { meetingId: coming[0] ?? "" });
  await visitor.open("/questions/ask/Q999", 404);
});

onEveryStore("without a talk there is nowhere to ask, and the page says what to do", async (app) => {
  const visitor = visitorOf(app, [agendaPages, questionPages]);
  assert.match(await visitor.open("/questions/ask/Q003"), /No 1:1 is planned/u);
});
