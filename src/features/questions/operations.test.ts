import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { approveAgenda, chooseQuestion, openAgenda, previewAgenda, putItem, removeItem, tickItem } from "../agenda/index.ts";
import { markSent } from "../delivery/index.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { saveProfile } from "../account/operations.ts";
import { captureThought } from "../journal/index.ts";
import { listMeetings, markHeld, scheduleSeries } from "../meetings/index.ts";
import { addPerson, type PersonRole } from "../people/index.ts";
import { searchRecord } from "../record/index.ts";
import {
  addCondition,
  addOwn,
  answersAbout,
  dropCondition,
  editOwn,
  exportOwn,
  importOwn,
  listConditions,
  listOwn,
  listQuestions,
  listUses,
  meetCondition,
  noteUncovered,
  offerQuestions,
  reopenCondition,
  retireOwn,
  reviveOwn,
  showUse,
  swapQuestion,
} from "./index.ts";

interface Scene {
  readonly personId: string;
  readonly meetings: readonly string[];
}

/** Weekly meetings with somebody from Thursday 12 March 2026; the clock stands ten days before. */
async function scene(app: TestApp, role: PersonRole = "manager", name = "Max Berger"): Promise<Scene> {
  await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
  const { id: personId } = await app.call(addPerson, { name, email: "max@example.org", role });
  const series = { personId, startsOn: "2026-03-12", time: "10:00", zone: "Europe/Berlin", minutes: 30, everyWeeks: 1 };
  await app.call(scheduleSeries, series);
  const { meetings } = await app.call(listMeetings, { personId });
  const ids = meetings.map((one) => one.id);
  for (const meetingId of ids.slice(0, 3)) await app.call(openAgenda, { meetingId });
  return { personId, meetings: ids };
}

async function offered(app: TestApp, personId: string, meetingId: string): Promise<string[]> {
  return (await app.call(offerQuestions, { personId, meetingId })).offers.map((one) => one.id);
}

onEveryStore(
  "three questions of three categories are offered, each with what it uncovers, at most two a meeting",
  async (app) => {
    const { personId, meetings } = await scene(app);
    const [meetingId = ""] = meetings;
    const { offers, left } = await app.call(offerQuestions, { personId, meetingId });
    assert.equal(left, 2);
    assert.equal(offers.length, 3);
    assert.equal(new Set(offers.map((one) => one.category)).size, 3);
    for (const one of offers) assert.ok(one.uncovers && one.followUp);
    assert.deepEqual(
      await offered(app, personId, meetingId),
      offers.map((one) => one.id),
    );
    await app.call(chooseQuestion, { meetingId, questionId: "Q001" });
    const { item } = await app.call(chooseQuestion, { meetingId, questionId: "Q012" });
    assert.deepEqual(await app.call(offerQuestions, { personId, meetingId }), { offers: [], left: 0 });
    await assert.rejects(app.call(chooseQuestion, { meetingId, questionId: "Q007" }), { code: "conflict" });
    const again = await app.call(chooseQuestion, { meetingId, questionId: "Q007", id: item.id, version: item.version });
    assert.equal(again.item.id, item.id, "another question in place of one is no third");
    await app.call(removeItem, { id: item.id });
    assert.equal((await app.call(offerQuestions, { personId, meetingId })).left, 1);
  },
);

onEveryStore("a question is not offered to the same person again for 60 days, to another person it is (S40)", async (app) => {
  const { personId, meetings } = await scene(app);
  const [first = "", second = ""] = meetings;
  const { id: best } = await app.call(addOwn, { text: "Which habit of ours would you miss?" });
  const { item } = await app.call(chooseQuestion, { meetingId: first, questionId: best, put: true });
  assert.ok(!(await offered(app, personId, second)).includes(best), "it waits in another preparation");
  app.clock.set("2026-03-12T10:00:00Z");
  await app.call(markHeld, { id: first });
  await inTransaction(app.database, (tx) => tickItem(tx, app.owner, app.clock.now(), item.id, true));
  const isOffered = async (at: string): Promise<boolean> => {
    app.clock.set(at);
    const { meetings: coming } = await app.call(listMeetings, { personId, from: at.slice(0, 10) });
    return (await offered(app, personId, coming[0]?.id ?? "")).includes(best);
  };
  assert.equal(await isOffered("2026-03-20T09:00:00Z"), false);
  assert.equal(await isOffered("2026-05-11T08:59:00Z"), false, "60 days are not over");
  const { meetings: inMay } = await app.call(listMeetings, { personId, from: "2026-05-07", to: "2026-05-07" });
  await app.call(markHeld, { id: inMay[0]?.id ?? "" });
  assert.equal(await isOffered("2026-05-11T09:01:00Z"), true);
  const other = await app.call(addPerson, { name: "Lea Ott", role: "manager" });
  await app.call(scheduleSeries, {
    personId: other.id,
    startsOn: "2026-05-13",
    time: "15:00",
    zone: "Europe/Berlin",
    minutes: 30,
    everyWeeks: 1,
  });
  const { meetings: theirs } = await app.call(listMeetings, { personId: other.id });
  assert.ok((await offered(app, other.id, theirs[0]?.id ?? "")).includes(best));
});

onEveryStore(
  "a chosen question keeps project, skill and what it should uncover, in the words that went out (S30)",
  async (app) => {
    const { personId, meetings } = await scene(app);
    const [meetingId = ""] = meetings;
    await app.call(captureThought, { kind: "win", text: "Import is live", projects: ["Atlas"], skills: ["SQL"] });
    const { item } = await app.call(chooseQuestion, { meetingId, questionId: "Q042", project: "Atlas" });
    assert.equal(item.text, "How could Atlas teach me SQL rather than only use what I know?");
    assert.equal(item.preparedAt, null, "it is a private draft until its owner puts it on the agenda");
    const edited = "How could Atlas teach me SQL?";
    const use = { id: item.id, version: item.version, text: edited, project: "Atlas", skill: "SQL" };
    await app.call(putItem, { meetingId, kind: "growth", ...use });
    const { uses } = await app.call(listUses, { personId });
    assert.equal(uses.length, 1);
    const [kept] = uses;
    assert.deepEqual(
      [kept?.questionId, kept?.project, kept?.skill, kept?.text, kept?.uncovers, kept?.askedOn],
      ["Q042", "Atlas", "SQL", edited, "Uncovers learning inside current work", null],
    );
  },
);

onEveryStore(
  "what only a note on energy names is not put into a question; once a win names it too, it is (S21, S38)",
  async (app) => {
    const { meetings } = await scene(app);
    const [meetingId = ""] = meetings;
    await app.call(captureThought, { kind: "energy", energy: -2, text: "Counting alone", projects: ["Cellar"], skills: ["SQL"] });
    const before = await app.call(chooseQuestion, { meetingId, questionId: "Q042" });
    assert.doesNotMatch(before.item.text, /Cellar|SQL/u);
    await app.call(removeItem, { id: before.item.id });
    await app.call(captureThought, { kind: "win", text: "The cellar is counted", projects: ["Cellar"], skills: ["SQL"] });
    const after = await app.call(chooseQuestion, { meetingId, questionId: "Q042" });
    assert.match(after.item.text, /How could Cellar teach me SQL/u);
  },
);

onEveryStore("a question that is typed freely has a place for its answer too, and a copied one is known again", async (app) => {
  const { personId, meetings } = await scene(app);
  const [meetingId = ""] = meetings;
  await app.call(putItem, { meetingId, kind: "growth", text: "Who could show me how the audit runs?" });
  await app.call(putItem, {
    meetingId,
    kind: "growth",
    text: "How much detail helps you on the budget: headline, half a page, or the whole picture?",
  });
  const { uses } = await app.call(listUses, { personId });
  assert.deepEqual(uses.map((one) => one.questionId).toSorted(), ["Q063", null].toSorted());
});

onEveryStore("an unfilled gap keeps a question off the agenda's mail, and says which gap (S38)", async (app) => {
  const { meetings } = await scene(app);
  const [meetingId = ""] = meetings;
  await app.call(putItem, { meetingId, kind: "need", text: "A yes to the plan" });
  const gap = await app.call(chooseQuestion, { meetingId, questionId: "Q053", put: true });
  assert.equal(gap.item.preparedAt, null, "with a gap it stays a draft");
  await app.call(putItem, { meetingId, kind: "growth", id: gap.item.id });
  const { missing, mail } = await app.call(previewAgenda, { meetingId });
  assert.deepEqual(missing, ["Fill in [topic] or take it out."]);
  await assert.rejects(app.call(approveAgenda, { meetingId, way: "copy", hash: mail.hash }), {
    code: "invalid",
    message: /\[topic\]/u,
  });
  const filled = await app.call(chooseQuestion, {
    meetingId,
    questionId: "Q053",
    id: gap.item.id,
    values: { topic: "the hiring plan" },
    put: true,
  });
  assert.equal(filled.item.text, "What am I allowed to decide on the hiring plan without asking you?");
  assert.deepEqual((await app.call(previewAgenda, { meetingId })).missing, []);
});

onEveryStore("a question counts as asked when the agenda went out with it or the meeting was held with it (S40)", async (app) => {
  const { personId, meetings } = await scene(app);
  const [meetingId = "", later = ""] = meetings;
  await app.call(putItem, { meetingId, kind: "need", text: "A yes" });
  await app.call(chooseQuestion, { meetingId, questionId: "Q001", put: true });
  await app.call(chooseQuestion, { meetingId, questionId: "Q012" });
  await app.call(chooseQuestion, { meetingId: later, questionId: "Q041", put: true });
  const { mail } = await app.call(previewAgenda, { meetingId });
  const { id } = await app.call(approveAgenda, { meetingId, way: "copy", hash: mail.hash });
  app.clock.set("2026-03-11T09:00:00Z");
  await app.call(markSent, { id });
  const asked = async (): Promise<(string | null)[][]> =>
    (await app.call(listUses, { personId })).uses.map((one) => [one.questionId, one.askedOn]);
  assert.deepEqual(await asked(), [
    ["Q041", null],
    ["Q012", null],
    ["Q001", "2026-03-11"],
  ]);
  app.clock.set("2026-03-19T10:00:00Z");
  await app.call(markHeld, { id: later });
  assert.deepEqual((await asked())[0], ["Q041", "2026-03-19"]);
});

onEveryStore(
  "an answer is saved with its day, found in the record, and stands on the person's card by topic (S15, S40, S44)",
  async (app) => {
    const { personId, meetings } = await scene(app);
    const [meetingId = ""] = meetings;
    await app.call(chooseQuestion, { meetingId, questionId: "Q004", put: true });
    await app.call(chooseQuestion, { meetingId, questionId: "Q001", put: true });
    const { uses } = await app.call(listUses, { meetingId });
    const useOf = (id: string): string => uses.find((one) => one.questionId === id)?.id ?? "";
    app.clock.set("2026-03-12T11:00:00Z");
    await app.call(noteUncovered, { useId: useOf("Q004"), text: "A short call the same day", worth: "yes" });
    app.clock.advance({ hours: 30 });
    await app.call(noteUncovered, { useId: useOf("Q001"), text: "The audit in May" });
    const answers = await answersAbout(app.database.reader, app.owner, personId);
    assert.deepEqual(
      answers.map((one) => [one.topic, one.answer, one.answeredAt]),
      [
        ["pressures", "The audit in May", "2026-03-13T17:00:00.000Z"],
        ["preferences", "A short call the same day", "2026-03-12T11:00:00.000Z"],
      ],
    );
    const { hits } = await app.call(searchRecord, { text: "audit" });
    assert.deepEqual(
      hits.map((hit) => [hit.source, hit.kind, hit.personId]),
      [["note", "answer", personId]],
    );
    app.clock.advance({ hours: 1 });
    const corrected = await app.call(noteUncovered, { useId: useOf("Q001"), text: "The audit in June" });
    assert.equal(corrected.answeredAt, "2026-03-13T17:00:00.000Z");
    await app.call(noteUncovered, { useId: useOf("Q001"), text: "" });
    assert.equal((await answersAbout(app.database.reader, app.owner, personId)).length, 1);
    assert.deepEqual((await app.call(searchRecord, { text: "audit" })).hits, []);
    assert.equal((await app.call(showUse, { useId: useOf("Q004") })).worth, "yes");
    await assert.rejects(app.callAs(app.stranger, noteUncovered, { useId: useOf("Q001"), text: "Mine" }), { code: "not_found" });
  },
);

onEveryStore("the lines of an answer become conditions; each is met with a date and evidence, n of m (S43)", async (app) => {
  const { personId, meetings } = await scene(app);
  const [meetingId = ""] = meetings;
  const values = { opportunity: "the lead role" };
  await app.call(chooseQuestion, { meetingId, questionId: "Q003", values, put: true });
  const [use] = (await app.call(listUses, { meetingId })).uses;
  assert.equal(use?.asksConditions, true);
  app.clock.set("2026-03-12T11:00:00Z");
  const useId = use?.id ?? "";
  await app.call(noteUncovered, { useId, text: "- A release without me\n- A plan in writing\n\n- Ana's word" });
  const { conditions, met, total } = await app.call(listConditions, { personId });
  assert.deepEqual([met, total], [0, 3]);
  assert.deepEqual(
    conditions.map((one) => [one.text, one.statedOn]),
    [
      ["A release without me", "2026-03-12"],
      ["A plan in writing", "2026-03-12"],
      ["Ana's word", "2026-03-12"],
    ],
  );
  const [release, plan] = conditions;
  const win = await app.call(captureThought, { kind: "win", text: "4.2 went out while I was away" });
  const shown = await app.call(meetCondition, {
    id: release?.id ?? "",
    metOn: "2026-03-10",
    evidence: "Release 4.2",
    captureId: win.id,
  });
  assert.deepEqual([shown.metOn, shown.evidence, shown.captureId], ["2026-03-10", "Release 4.2", win.id]);
  await assert.rejects(app.call(meetCondition, { id: plan?.id ?? "", metOn: "2027-01-01" }), { code: "invalid" });
  await app.call(noteUncovered, { useId, text: "A plan in writing\nSomebody trained" });
  const after = await app.call(listConditions, {});
  assert.deepEqual(
    after.conditions.map((one) => one.text),
    ["A release without me", "A plan in writing", "Somebody trained"],
  );
  assert.deepEqual([after.met, after.total], [1, 3]);
  await app.call(reopenCondition, { id: release?.id ?? "" });
  await app.call(dropCondition, { id: plan?.id ?? "" });
  await app.call(addCondition, { useId, text: "A talk at the guild" });
  assert.deepEqual(
    (await app.call(listConditions, { personId })).conditions.map((one) => [one.text, one.metOn]),
    [
      ["A release without me", null],
      ["Somebody trained", null],
      ["A talk at the guild", null],
    ],
  );
});

onEveryStore('"How am I doing?" is met with three questions of at least two categories (S41)', async (app) => {
  const { meetings } = await scene(app);
  for (const about of [{}, { meetingId: meetings[0] ?? "" }]) {
    const { surface, offers } = await app.call(swapQuestion, { text: "how am I doing so far?", ...about });
    assert.equal(surface, "How am I doing?");
    assert.equal(offers.length, 3);
    assert.ok(new Set(offers.map((one) => one.category)).size >= 2);
    assert.deepEqual(
      offers.flatMap((one) => one.gaps),
      [],
      "what needs nothing filled in comes first",
    );
  }
  const fine = await app.call(swapQuestion, { text: "Which of my goals would you question today?" });
  assert.deepEqual(fine, { surface: null, offers: [] });
  const elsewhere = { text: "Anything new?", meetingId: meetings[0] ?? "" };
  await assert.rejects(app.callAs(app.stranger, swapQuestion, elsewhere), { code: "not_found" });
});

onEveryStore("somebody who is not the manager hears other questions, and a report none of these", async (app) => {
  const mentor = await scene(app, "mentor", "Lea Ott");
  const { offers } = await app.call(offerQuestions, { personId: mentor.personId, meetingId: mentor.meetings[0] ?? "" });
  const { questions } = await app.call(listQuestions, {});
  assert.equal(offers.length, 3);
  for (const { id } of offers) assert.ok(questions.find((one) => one.id === id)?.audience.includes("stakeholder"), id);
  const report = await scene(app, "report", "Jo Park");
  assert.deepEqual(await offered(app, report.personId, report.meetings[0] ?? ""), []);
});

onEveryStore("a new manager changes what is offered, and says why", async (app) => {
  const { personId, meetings } = await scene(app);
  const before = await offered(app, personId, meetings[0] ?? "");
  for (const id of ["A", "B"])
    await app.call(captureThought, { kind: "energy", energy: -2, text: `stuck ${id}`, projects: ["Atlas"] });
  const { offers } = await app.call(offerQuestions, { personId, meetingId: meetings[0] ?? "" });
  assert.notDeepEqual(
    offers.map((one) => one.id),
    before,
  );
  assert.ok(offers.some((one) => one.reasons.includes("you noted being stuck")));
});

onEveryStore("own questions are added, changed, retired, offered and shared, and nothing private goes with them", async (app) => {
  const { personId, meetings } = await scene(app);
  const own = await app.call(addOwn, {
    text: "Which [habit] of ours would you miss?",
    uncovers: "What to keep",
    followUp: "Why that one?",
  });
  assert.equal((await offered(app, personId, meetings[0] ?? ""))[0], own.id);
  const gap = await app.call(chooseQuestion, { meetingId: meetings[0] ?? "", questionId: own.id, values: { habit: "stand-up" } });
  assert.equal(gap.item.text, "Which stand-up of ours would you miss?");
  const [use] = (await app.call(listUses, { personId })).uses;
  await app.call(noteUncovered, { useId: use?.id ?? "", text: "The Friday demo" });
  await app.call(editOwn, { id: own.id, category: "team_gaps" });
  for (const format of ["markdown", "csv"] as const) {
    const file = await app.call(exportOwn, { format });
    assert.match(file.text, /Which \[habit\] of ours would you miss\?/u);
    assert.match(file.text, /team_gaps/u);
    assert.ok(!/Friday|Max|stand-up/u.test(file.text));
  }
  await app.call(retireOwn, { id: own.id });
  assert.ok(!(await offered(app, personId, meetings[1] ?? "")).includes(own.id));
  await assert.rejects(app.call(chooseQuestion, { meetingId: meetings[1] ?? "", questionId: own.id }), { code: "not_found" });
  assert.equal((await app.call(showUse, { useId: use?.id ?? "" })).answer, "The Friday demo");
  await app.call(reviveOwn, { id: own.id });
  await assert.rejects(app.callAs(app.stranger, editOwn, { id: own.id, text: "Mine" }), { code: "not_found" });
  assert.deepEqual((await app.callAs(app.stranger, listOwn, {})).questions, []);
});

onEveryStore("what was shared comes back as it was, and what was left out is said with its line and why", async (app) => {
  await app.call(importOwn, {
    text: '# Ours\n\n- What is "done" here, and who says so?\n  - uncovers: the bar\n  - category: Expectations\n* =1+1 is what?\n',
  });
  const { text: shared } = await app.call(exportOwn, { format: "markdown" });
  const theirs = await app.callAs(app.stranger, importOwn, { text: shared });
  assert.deepEqual(
    theirs.added.map((one) => [one.text, one.uncovers, one.category]),
    [
      ['What is "done" here, and who says so?', "the bar", "expectations"],
      ["=1+1 is what?", "", "own"],
    ],
  );
  const { text: csv } = await app.call(exportOwn, { format: "csv" });
  assert.match(csv, /'=1\+1/u, "a spreadsheet takes it for text");
  await assert.rejects(app.call(importOwn, { text: csv }), { code: "invalid", message: /it is here already/u });
  const mixed = "text,uncovers\r\nWhat would you stop?,waste\r\n,nothing\r\nWhat would you stop?,twice\r\n123,\r\n";
  const report = await app.call(importOwn, { text: mixed });
  assert.deepEqual(
    report.added.map((one) => [one.text, one.uncovers, one.category]),
    [["What would you stop?", "waste", "own"]],
  );
  assert.deepEqual(
    report.skipped.map((one) => [one.line, one.why]),
    [
      [3, "there is no question in it"],
      [4, "it is here already"],
      [5, "there are no words in it"],
    ],
  );
  await assert.rejects(app.call(importOwn, { text: "just words" }), { code: "invalid" });
});
