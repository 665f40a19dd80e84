import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { addPerson } from "../people/index.ts";
import { searchRecord } from "../record/index.ts";
import {
  addCommitment,
  addQuestion,
  answerQuestion,
  dropCommitment,
  dropQuestion,
  keepCommitment,
  listCommitments,
  openFor,
  putCommitment,
  putOpenQuestion,
  removeCommitment,
  removeOpenQuestion,
  renegotiateCommitment,
  reopenCommitment,
  reopenQuestion,
  showCommitment,
} from "./index.ts";

async function withMax(app: TestApp): Promise<string> {
  return (await app.call(addPerson, { name: "Max Berger", email: "max@example.org" })).id;
}

async function kindsInRecord(app: TestApp, text: string): Promise<(string | null)[]> {
  return (await app.call(searchRecord, { text })).hits.map((hit) => hit.kind);
}

onEveryStore("both ledgers are listed under the same rules, one's own first (S47)", async (app) => {
  const personId = await withMax(app);
  await app.call(addCommitment, { personId, side: "theirs", text: "Ask about the budget", dueOn: "2026-03-04" });
  await app.call(addCommitment, { personId, side: "mine", text: "Send the plan", dueOn: "2026-03-04" });
  const undated = await app.call(addCommitment, { personId, side: "mine", text: "Write to the team", dueOn: "" });
  assert.equal(undated.dueOn, null, "an empty date means that none was agreed");
  app.clock.advance({ days: 4 });
  const ledgers = await app.call(listCommitments, { open: true });
  assert.deepEqual(
    ledgers.mine.map((one) => [one.text, one.overdueDays, one.ageDays]),
    [
      ["Send the plan", 2, 4],
      ["Write to the team", 0, 4],
    ],
  );
  assert.deepEqual(
    ledgers.theirs.map((one) => [one.text, one.overdueDays, one.ageDays]),
    [["Ask about the budget", 2, 4]],
  );
});

onEveryStore("a promise is kept once, however often the button is pressed, and can be opened again", async (app) => {
  const personId = await withMax(app);
  const { id } = await app.call(addCommitment, { personId, side: "mine", text: "Send the quarterly plan" });
  await app.call(keepCommitment, { id });
  app.clock.advance({ hours: 1 });
  const twice = await app.call(keepCommitment, { id });
  assert.equal(twice.keptAt, "2026-03-02T09:00:00.000Z");
  assert.deepEqual(await kindsInRecord(app, "quarterly"), ["kept"]);
  await assert.rejects(app.call(dropCommitment, { id }), { code: "conflict" });
  await assert.rejects(app.call(renegotiateCommitment, { id, dueOn: "2026-04-01" }), { code: "conflict" });
  const again = await app.call(reopenCommitment, { id });
  assert.equal(again.state, "open");
  assert.deepEqual(
    again.history.map((event) => event.happening),
    ["opened", "kept", "reopened"],
  );
  assert.deepEqual(await kindsInRecord(app, "quarterly"), ["open"]);
});

onEveryStore("two at once keep a promise once", async (app) => {
  const personId = await withMax(app);
  const { id } = await app.call(addCommitment, { personId, side: "mine", text: "Send the plan" });
  await Promise.all([app.call(keepCommitment, { id }), app.call(keepCommitment, { id })]);
  const { history } = await app.call(showCommitment, { id });
  assert.deepEqual(
    history.map((event) => event.happening),
    ["opened", "kept"],
  );
});

onEveryStore("a new date is agreed with a note, and the earlier one stays in the history (S47)", async (app) => {
  const personId = await withMax(app);
  const { id } = await app.call(addCommitment, { personId, side: "theirs", text: "Talk to the board", dueOn: "2026-03-04" });
  app.clock.advance({ days: 3 });
  const entry = await app.call(renegotiateCommitment, { id, dueOn: "2026-03-20", note: "The board meets later" });
  assert.equal(entry.overdueDays, 0);
  assert.deepEqual(
    entry.history.map(({ happening, dueOn, note }) => [happening, dueOn, note]),
    [
      ["opened", "2026-03-04", ""],
      ["renegotiated", "2026-03-20", "The board meets later"],
    ],
  );
  assert.equal((await app.call(renegotiateCommitment, { id, dueOn: "" })).dueOn, null, "the date can be taken away");
});

onEveryStore("what a recap wrote can be corrected until something happened to it", async (app) => {
  const personId = await withMax(app);
  const put = (facts: { id?: string; text: string; dueOn: string | null }) =>
    inTransaction(app.database, (tx) =>
      putCommitment(tx, app.owner, app.clock.now(), { personId, meetingId: null, side: "mine", isShared: true, ...facts }),
    );
  const id = await put({ text: "Draft the outlin", dueOn: null });
  assert.equal(await put({ id, text: "Draft the outline", dueOn: "2026-03-09" }), id);
  assert.deepEqual(await kindsInRecord(app, "outline"), ["open"]);
  await app.call(renegotiateCommitment, { id, dueOn: "2026-03-12" });
  await put({ id, text: "Something else", dueOn: null });
  const entry = await app.call(showCommitment, { id });
  assert.deepEqual([entry.text, entry.dueOn, entry.history[0]?.dueOn], ["Draft the outline", "2026-03-12", "2026-03-09"]);
  await inTransaction(app.database, (tx) => removeCommitment(tx, app.owner, id));
  assert.equal((await app.call(showCommitment, { id })).text, "Draft the outline", "a history is never deleted");
});

onEveryStore("a line taken out of a recap leaves neither a promise nor a question", async (app) => {
  const personId = await withMax(app);
  const ids = await inTransaction(app.database, async (tx) => {
    const facts = { personId, meetingId: null, text: "Passing cloud", isShared: true };
    return [
      await putCommitment(tx, app.owner, app.clock.now(), { ...facts, side: "mine", dueOn: null }),
      await putOpenQuestion(tx, app.owner, app.clock.now(), facts),
    ] as const;
  });
  await inTransaction(app.database, async (tx) => {
    await removeCommitment(tx, app.owner, ids[0]);
    await removeOpenQuestion(tx, app.owner, ids[1]);
  });
  assert.deepEqual(await openFor(app.database.reader, app.owner, personId), { mine: [], theirs: [], questions: [] });
  assert.deepEqual(await kindsInRecord(app, "passing"), []);
});

onEveryStore("a question is answered, dropped and opened again", async (app) => {
  const personId = await withMax(app);
  const { id } = await app.call(addQuestion, { personId, text: "Who decides about the travel budget?" });
  const answered = await app.call(answerQuestion, { id, answer: "The finance lead" });
  assert.equal(answered.answer, "The finance lead");
  assert.deepEqual(await kindsInRecord(app, "finance lead"), ["answered"], "the answer can be searched for");
  await assert.rejects(app.call(dropQuestion, { id }), { code: "conflict" });
  assert.equal((await app.call(reopenQuestion, { id })).answer, "The finance lead");
  assert.equal((await openFor(app.database.reader, app.owner, personId)).questions.length, 1);
  await app.call(dropQuestion, { id });
  assert.equal((await openFor(app.database.reader, app.owner, personId)).questions.length, 0);
});

onEveryStore("somebody else's commitments and questions are not found", async (app) => {
  const personId = await withMax(app);
  const { id } = await app.call(addCommitment, { personId, side: "mine", text: "Send the plan" });
  const question = await app.call(addQuestion, { personId, text: "When?" });
  await assert.rejects(app.callAs(app.stranger, showCommitment, { id }), { code: "not_found" });
  for (const operation of [keepCommitment, dropCommitment, reopenCommitment, renegotiateCommitment]) {
    await assert.rejects(app.callAs(app.stranger, operation, { id }), { code: "not_found" }, operation.name);
  }
  for (const operation of [answerQuestion, dropQuestion, reopenQuestion]) {
    await assert.rejects(app.callAs(app.stranger, operation, { id: question.id }), { code: "not_found" }, operation.name);
  }
  await assert.rejects(app.callAs(app.stranger, addCommitment, { personId, side: "mine", text: "Mine now" }), {
    code: "not_found",
  });
  assert.deepEqual(await app.callAs(app.stranger, listCommitments, {}), { mine: [], theirs: [], questions: [] });
});

onEveryStore("a promise without words or with a day that does not exist is refused beside its field", async (app) => {
  const personId = await withMax(app);
  const field = (name: string) => (error: { fields: { field: string }[] }) => error.fields[0]?.field === name;
  await assert.rejects(app.call(addCommitment, { personId, side: "mine", text: "  \r\n " }), field("text"));
  await assert.rejects(app.call(addCommitment, { personId, side: "mine", text: "Send it", dueOn: "2026-02-30" }), field("dueOn"));
  await assert.rejects(app.call(addCommitment, { personId, side: "mine", text: "x".repeat(100_000) }), field("text"));
});
