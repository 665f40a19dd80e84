import assert from "node:assert/strict";
import { formFields } from "../../../test/support/form-fields.ts";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { weeklyTalk } from "../../../test/support/weekly-talk.ts";
import { type Visitor, visitorOf } from "../../../test/support/visitor.ts";
import { captureThought } from "../journal/index.ts";
import { agendaPages, chooseCapture, openAgenda, saveItem, showAgenda } from "./index.ts";

interface Scene {
  readonly visitor: Visitor;
  readonly meetingId: string;
  /** The win step. */
  readonly path: string;
}

async function scene(app: TestApp): Promise<Scene> {
  const { meetingId } = await weeklyTalk(app);
  await app.call(openAgenda, { meetingId });
  return { visitor: visitorOf(app, [agendaPages]), meetingId, path: `/meetings/${meetingId}/prepare/win` };
}

const fieldsOf = (markup: string): Record<string, string> => formFields(markup, "prepare");

function questionIn(markup: string): string {
  return /<textarea[^>]*name="(answer-[a-z]+)"/u.exec(markup)?.[1] ?? "";
}

async function winsOf(app: TestApp, meetingId: string): Promise<string[]> {
  const { items } = await app.call(showAgenda, { meetingId });
  return items.filter((item) => item.kind === "win").map((item) => item.draft?.text ?? item.text);
}

onEveryStore("a win that says little gets one question, and its answer joins the words, with a way back (S28)", async (app) => {
  const { visitor, meetingId, path } = await scene(app);
  const empty = await visitor.open(path);
  assert.equal(questionIn(empty), "", "nothing is asked before there is a win");
  const text = "Worked on the rota";
  const asked = await visitor.show(path, { ...fieldsOf(empty), text, act: "improve" });
  const name = questionIn(asked);
  assert.match(name, /^answer-/u);
  assert.equal(asked.match(/class="asked"/gu)?.length, 1, "one question");
  const answered = await visitor.show(path, { ...fieldsOf(asked), [name]: "Nobody phones round <at night>", act: "improve" });
  assert.match(answered, /<textarea name="text"[^>]*>\nWorked on the rota. Nobody phones round &lt;at night&gt;.<\/textarea>/u);
  assert.deepEqual(await winsOf(app, meetingId), ["Worked on the rota. Nobody phones round <at night>."], "kept as a draft");
  const back = await visitor.show(path, { ...fieldsOf(answered), act: "earlier" });
  assert.match(back, /<textarea name="text"[^>]*>\nWorked on the rota<\/textarea>/u);
  assert.match(back, /Nobody phones round/u, "the answer is back in its field");
  assert.deepEqual(await winsOf(app, meetingId), [text]);
});

onEveryStore("the question is never a condition: a win goes on the agenda as it is (S28)", async (app) => {
  const { visitor, meetingId, path } = await scene(app);
  const fields = { ...fieldsOf(await visitor.open(path)), text: "Worked on the rota" };
  assert.match(await visitor.send(path, { ...fields, act: "put" }), /\/prepare\/challenge$/u);
  assert.deepEqual(await winsOf(app, meetingId), ["Worked on the rota"]);
});

onEveryStore("a win chosen from the journal is asked about too, beside it and in its form (S28)", async (app) => {
  const { visitor, meetingId, path } = await scene(app);
  const win = await app.call(captureThought, { kind: "win", text: "Worked on the rota" });
  const { item } = await app.call(chooseCapture, { meetingId, captureId: win.id });
  const list = await visitor.open(path);
  assert.match(list, new RegExp(`<a href="${path}\\?item=${item.id}">Answer it</a>`, "u"));
  const form = await visitor.open(`${path}?item=${item.id}`);
  const name = questionIn(form);
  const answered = await visitor.show(path, { ...fieldsOf(form), [name]: "Nobody phones round", act: "improve" });
  assert.match(answered, /On the agenda|The agenda still has the earlier words/u, "what is on the agenda waits for its owner");
  assert.deepEqual(await winsOf(app, meetingId), ["Worked on the rota. Nobody phones round."]);
});

onEveryStore("a win that was changed in another window comes back with both versions and the answer", async (app) => {
  const { visitor, meetingId, path } = await scene(app);
  const { item } = await app.call(saveItem, { meetingId, kind: "win", text: "Worked on the rota" });
  const form = await visitor.open(`${path}?item=${item.id}`);
  const name = questionIn(form);
  await app.call(saveItem, { meetingId, id: item.id, version: item.version, kind: "win", text: "Reworded elsewhere" });
  const late = await visitor.sendWrong(path, { ...fieldsOf(form), [name]: "Nobody phones round", act: "improve" });
  assert.match(late, /Reworded elsewhere/u);
  assert.match(late, /Nobody phones round/u);
});

onEveryStore("a win that says what it was worth is asked nothing, and typing is answered without keeping it", async (app) => {
  const { visitor, meetingId, path } = await scene(app);
  const strong =
    "I completed the year-end report, so the directors can settle the budget from it in November. I also put in a three-year trend page that earlier reports lacked; it showed that 15% of our spend buys nothing we use, and we can act on that.";
  assert.doesNotMatch(await visitor.part(`${path}/question`, { text: strong }), /class="asked"/u);
  assert.match(await visitor.part(`${path}/question`, { text: "Worked on the rota" }), /class="asked"/u);
  assert.deepEqual(await winsOf(app, meetingId), []);
});
