import assert from "node:assert/strict";
import { onEveryStore } from "../../../test/support/test-app.ts";
import { visitorOf } from "../../../test/support/visitor.ts";
import { weeklyTalk } from "../../../test/support/weekly-talk.ts";
import { answerWaits, blindspotPages } from "../blindspots/index.ts";
import { captureThought, listCaptures } from "../journal/index.ts";
import { listMeetings } from "../meetings/index.ts";
import { agendaPages, proposeAgenda, showAgenda } from "./index.ts";

const TYPED = {
  need: "A yes to the pilot",
  win: "Two depots share one layout",
  challenge: "One test system for two teams",
  decisionWanted: "A second system",
};

function hidden(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`, "u").exec(page)?.[1] ?? "";
}

function fieldsOf(page: string): Record<string, string> {
  const names = ["needVersion", "winId", "challengeId", "growthId", "prompt"];
  return Object.fromEntries(names.map((name) => [name, hidden(page, name)]));
}

onEveryStore(
  "every word is on the page again after the light question was answered first, whatever it brought (S16)",
  async (app) => {
    const { meetingId } = await weeklyTalk(app);
    const visitor = visitorOf(app, [agendaPages, blindspotPages]);
    const page = await visitor.open(`/meetings/${meetingId}/prepare`);
    assert.match(page, /name="win"/u, "no win is noted yet, so that one can be typed");
    const questionId = (await app.call(proposeAgenda, { meetingId })).questions[0]?.questionId ?? "";
    const fields = { ...fieldsOf(page), ...TYPED, question: questionId, seconds: "90" };
    const answered = await visitor.show(`/meetings/${meetingId}/prepare/proposal`, {
      ...fields,
      "proud-text": "The pilot",
      act: "agenda",
    });
    for (const words of Object.values(TYPED)) assert.ok(answered.includes(words), `“${words}” is there`);
    assert.match(answered, /Answered\. That was the only one/u);
    assert.ok(answered.includes(`value="${questionId}" checked`), "what was ticked is ticked");
    assert.equal((await app.call(showAgenda, { meetingId })).activeSeconds, 90, "the time that was measured before counts");
    assert.equal(hidden(answered, "seconds"), "", "and only once");
  },
);

onEveryStore("a win that is ticked stays ticked when a newer one would be proposed by now", async (app) => {
  const { meetingId } = await weeklyTalk(app);
  for (const text of ["First win", "Second win"]) await app.call(captureThought, { kind: "win", text });
  const visitor = visitorOf(app, [agendaPages, blindspotPages]);
  const page = await visitor.open(`/meetings/${meetingId}/prepare`);
  const { wins } = await app.call(proposeAgenda, { meetingId });
  const ids = wins.map((one) => one.captureId);
  await app.call(captureThought, { kind: "win", text: "A third one, in another window" });
  const fields = { ...fieldsOf(page), wins: ids.join("\n"), act: "skip" };
  const next = await visitor.show(`/meetings/${meetingId}/prepare/proposal`, fields);
  for (const id of ids) assert.ok(next.includes(`value="${id}" checked`));
});

onEveryStore("the steps begin with what was typed on the page of proposals, as private drafts", async (app) => {
  const { meetingId } = await weeklyTalk(app);
  const visitor = visitorOf(app, [agendaPages, blindspotPages]);
  const page = await visitor.open(`/meetings/${meetingId}/prepare`);
  const fields = { ...fieldsOf(page), ...TYPED, "proud-text": "The pilot" };
  await visitor.send(`/meetings/${meetingId}/prepare`, fields);
  await visitor.send(`/meetings/${meetingId}/prepare`, fields);
  const { items } = await app.call(showAgenda, { meetingId });
  assert.deepEqual(
    items.map((item) => [item.kind, item.text, item.preparedAt]),
    [
      ["need", TYPED.need, null],
      ["win", TYPED.win, null],
      ["challenge", TYPED.challenge, null],
    ],
    "once, however often the form is sent",
  );
  assert.equal(items[2]?.decisionWanted, TYPED.decisionWanted);
  const { captures } = await app.call(listCaptures, { kind: "win" });
  assert.deepEqual(
    captures.map((one) => one.text),
    ["The pilot"],
    "and the answer is kept for its owner",
  );
});

onEveryStore("an answer that cannot be kept is said beside its field, and nothing else is done", async (app) => {
  const { meetingId } = await weeklyTalk(app);
  const visitor = visitorOf(app, [agendaPages, blindspotPages]);
  const first = await visitor.open(`/meetings/${meetingId}/prepare`);
  await visitor.show(`/meetings/${meetingId}/prepare/proposal`, { ...fieldsOf(first), act: "skip" });
  const { meetings } = await app.call(listMeetings, {});
  const id = meetings[1]?.id ?? "";
  const page = await visitor.open(`/meetings/${id}/prepare`);
  const fields = { ...fieldsOf(page), ...TYPED, "energy-text": "Retyping counts" };
  for (const path of ["prepare/proposal", "prepare"]) {
    const back = await visitor.sendWrong(`/meetings/${id}/${path}`, fields);
    for (const words of [...Object.values(TYPED), "Retyping counts"]) assert.ok(back.includes(words), `${path}: ${words}`);
    assert.deepEqual((await app.call(showAgenda, { meetingId: id })).items, []);
  }
});

onEveryStore("beginning with what one waits for keeps what was typed beside it (S1)", async (app) => {
  const { meetingId } = await weeklyTalk(app);
  await app.call(answerWaits, { asked: "no", noticed: "no", ready: "yes", unstuck: "no" });
  const visitor = visitorOf(app, [agendaPages, blindspotPages]);
  const page = await visitor.open(`/meetings/${meetingId}/prepare`);
  const waitId = /name="waitId" value="([^"]+)"/u.exec(page)?.[1] ?? "";
  await visitor.send(`/meetings/${meetingId}/agenda/waits`, { ...fieldsOf(page), ...TYPED, waitId });
  const { items } = await app.call(showAgenda, { meetingId });
  assert.deepEqual(
    items.map((item) => item.kind),
    ["need", "win", "challenge", "growth"],
  );
});
