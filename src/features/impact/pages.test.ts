import assert from "node:assert/strict";
import { test } from "node:test";
import { formFields } from "../../../test/support/form-fields.ts";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { visitorOf } from "../../../test/support/visitor.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { captureThought, deleteCapture, editCapture, journalPages, showCapture, showHistory } from "../journal/index.ts";
import { addPerson } from "../people/index.ts";
import { noteTelling, recordPages } from "../record/index.ts";
import { impactPages } from "./index.ts";
import { markedSegments } from "./rules/marking.ts";

const features = [recordPages, journalPages, impactPages];

const fieldsOf = (markup: string): Record<string, string> => formFields(markup, "coach");

async function weakWin(app: TestApp, text = "Worked on the rota with Noor for 3 weeks."): Promise<{ id: string; path: string }> {
  const { id } = await app.call(captureThought, { kind: "win", text });
  return { id, path: `/journal/${id}/impact` };
}

async function tell(app: TestApp, captureId: string): Promise<void> {
  const { id: personId } = await app.call(addPerson, { name: "Max Berger", email: "max@example.org" });
  const telling = { captureId, personId, meetingId: null, deliveryId: null, channel: "talk" as const, toldAt: app.clock.now() };
  await inTransaction(app.database, (tx) => noteTelling(tx, app.owner, telling));
}

onEveryStore("a win is linked to the coach from where it stands, other notes are not", async (app) => {
  const pages = visitorOf(app, features);
  const { id, path } = await weakWin(app);
  const link = new RegExp(`href="${path}"`, "u");
  for (const place of [`/journal/${id}`, `/record/${id}`, "/record", `/record?noticed=${id}`, "/impact"])
    assert.match(await pages.open(place), link, place);
  const note = await app.call(captureThought, { text: "No win" });
  assert.doesNotMatch(await pages.open(`/journal/${note.id}`), /Make it land/u);
  assert.match(await pages.open("/record?group=captured&neverTold=yes"), /href="\/impact"/u);
});

onEveryStore("without scripts, one question at a time is answered, and every word typed is still there (S34)", async (app) => {
  const pages = visitorOf(app, features);
  const { path } = await weakWin(app);
  let markup = await pages.open(path);
  assert.match(markup, /<mark[^>]*>Worked<\/mark>/u);
  assert.doesNotMatch(markup, /What it becomes/u, "before the first answer there is nothing to compare");
  const asked: string[] = [];
  for (const answer of ["Fewer calls <b>at night</b>", "the nurses", "Noor says so", "before it was 5 calls"]) {
    const fields = fieldsOf(markup);
    if (fields["question"] === undefined) break;
    asked.push(fields["question"]);
    markup = await pages.show(path, { ...fields, [`answer-${fields["question"]}`]: answer, act: "answer" });
    assert.ok(markup.includes(answer.replace("<b>at night</b>", "&lt;b&gt;at night&lt;/b&gt;")), answer);
    assert.match(markup, /As you noted it.*For an agenda.*To retell.*For the record/su);
  }
  assert.equal(new Set(asked).size, asked.length, "nothing is asked twice");
  assert.ok(asked.length > 0 && asked.length <= 4);
  assert.doesNotMatch(markup, /name="question"/u);
  const back = await pages.show(path, { ...fieldsOf(markup), act: `back-${asked[0]}` });
  assert.match(back, /<textarea[^>]*>\nFewer calls/u, "an answer can be changed");
});

onEveryStore("it is good enough at any time, and a question can be passed over", async (app) => {
  const pages = visitorOf(app, features);
  const { path } = await weakWin(app);
  const first = fieldsOf(await pages.open(path));
  const second = fieldsOf(await pages.show(path, { ...first, act: "pass" }));
  assert.ok(second["question"] && second["question"] !== first["question"]);
  const kept = await pages.show(path, { ...second, [`answer-${second["question"]}`]: "Typed before passing", act: "pass" });
  assert.match(kept, /Typed before passing/u);
  const enough = await pages.show(path, { ...fieldsOf(kept), act: "enough" });
  assert.doesNotMatch(enough, /name="question"/u);
  assert.match(enough, /That is enough to tell it/u);
  assert.match(await pages.show(path, { ...fieldsOf(enough), act: "more" }), /name="question"/u);
});

onEveryStore(
  "a wording that is used stands in the journal without its gaps, and one click brings the earlier words back",
  async (app) => {
    const pages = visitorOf(app, features);
    const { id, path } = await weakWin(app);
    const fields = { ...fieldsOf(await pages.open(path)), "answer-outcome": "Fewer calls at the weekend" };
    const shown = await pages.show(path, { ...fields, act: "answer" });
    assert.match(shown, /<span class="gap">\[/u, "what is missing is visible");
    app.clock.advance({ minutes: 1 });
    const location = await pages.send(path, { ...fieldsOf(shown), act: "use-agenda" });
    assert.equal(location, `/journal/${id}?reworded=yes`);
    assert.equal(
      (await app.call(showCapture, { id })).text,
      "Worked on the rota with Noor for 3 weeks. Fewer calls at the weekend.",
    );
    const page = await pages.open(location);
    const undo = /<form method="post" action="([^"]+)" class="inline">((?:<input[^>]*>)+)<button[^>]*>Undo</u.exec(page);
    const values = Object.fromEntries(
      [...(undo?.[2] ?? "").matchAll(/name="([^"]+)" value="([^"]*)"/gu)].map(([, name = "", value = ""]) => [name, value]),
    );
    await pages.send(undo?.[1] ?? "", values);
    assert.equal((await app.call(showCapture, { id })).text, "Worked on the rota with Noor for 3 weeks.");
    assert.equal((await app.call(showHistory, { id })).revisions.length, 2, "both wordings are in the history");
  },
);

onEveryStore(
  "a win that was reworded in another window is not written over unseen, and every answer is still there",
  async (app) => {
    const pages = visitorOf(app, features);
    const { id, path } = await weakWin(app);
    const fields = { ...fieldsOf(await pages.open(path)), "answer-outcome": "Fewer calls", act: "use-agenda" };
    app.clock.advance({ minutes: 1 });
    await app.call(editCapture, { id, text: "Reworded elsewhere" });
    const late = await pages.sendWrong(path, fields);
    assert.match(late, /reworded in another window/u);
    assert.match(late, /Reworded elsewhere/u);
    assert.match(late, /Fewer calls/u);
    assert.equal((await app.call(showCapture, { id })).text, "Reworded elsewhere");
    await pages.send(path, { ...fieldsOf(late), act: "use-agenda" });
    assert.match((await app.call(showCapture, { id })).text, /Fewer calls/u, "whoever has seen both decides");
  },
);

onEveryStore("an empty text comes back with a message beside it and with every answer", async (app) => {
  const pages = visitorOf(app, features);
  const { path } = await weakWin(app);
  const fields = { ...fieldsOf(await pages.open(path)), "answer-outcome": "Fewer calls", text: " " };
  for (const act of ["answer", "use-agenda"]) {
    const wrong = await pages.sendWrong(path, { ...fields, act });
    assert.match(wrong, /id="text-error">Write in a few words/u);
    assert.match(wrong, /Fewer calls/u);
  }
});

onEveryStore("figures ask for their source until it is said", async (app) => {
  const pages = visitorOf(app, features);
  const { path } = await weakWin(app);
  const fields = { ...fieldsOf(await pages.open(path)), "answer-outcome": "Calls fell from 9 to 2", act: "answer" };
  const open = await pages.show(path, fields);
  assert.match(open, /id="source"/u);
  assert.match(open, /\(source\?\)/u);
  const sourced = await pages.show(path, { ...fieldsOf(open), source: "The ward's log", act: "look" });
  assert.doesNotMatch(sourced, /\(source\?\)/u);
  assert.match(sourced, /Source: The ward&#39;s log/u);
  assert.match(await pages.open((await weakWin(app, "Fixed the printer")).path), /id="coach-source" data-part hidden/u);
});

onEveryStore("the parts of the page follow what is typed, and nothing of it is kept", async (app) => {
  const pages = visitorOf(app, features);
  const { id, path } = await weakWin(app);
  const fields = fieldsOf(await pages.open(path));
  const parts = await pages.part("/impact/live", { ...fields, text: "I <rewrote> the rota", "answer-outcome": "Fewer calls" });
  assert.match(parts, /id="coach-said" data-part/u);
  assert.match(parts, /&lt;rewrote&gt;|<mark[^>]*>[^<]*&lt;rewrote/u);
  assert.match(parts, /What it becomes/u);
  assert.match(parts, /id="coach-source" data-part hidden/u);
  assert.doesNotMatch(
    await pages.part("/impact/live", { ...fields, text: "Saved 3 hours" }),
    /id="coach-source" data-part hidden/u,
  );
  assert.equal((await app.call(showCapture, { id })).text, "Worked on the rota with Noor for 3 weeks.");
});

onEveryStore("somebody else's win, a deleted one and another kind of note have no coach", async (app) => {
  const pages = visitorOf(app, features);
  const theirs = await app.callAs(app.stranger, captureThought, { kind: "win", text: "Theirs" });
  await pages.open(`/journal/${theirs.id}/impact`, 404);
  await assert.rejects(pages.send(`/journal/${theirs.id}/impact`, { text: "Mine", act: "use-agenda" }), /answered 404/u);
  const note = await app.call(captureThought, { text: "A note" });
  await pages.open(`/journal/${note.id}/impact`, 303);
  const { id, path } = await weakWin(app);
  await app.call(deleteCapture, { id });
  await pages.open(path, 303);
});

onEveryStore("the wins that nobody has heard of are listed in a sentence that a person can act on (S33)", async (app) => {
  const pages = visitorOf(app, features);
  assert.match(await pages.open("/impact"), /You noted no wins.*\/journal\/new/su);
  await weakWin(app);
  assert.match(await pages.open("/impact"), /Nobody but you has heard of your one win\./u);
  const wins = [await weakWin(app, "Another"), await weakWin(app, "A third"), await weakWin(app, "A fourth")];
  await tell(app, wins[0]?.id ?? "");
  const markup = await pages.open("/impact");
  assert.match(markup, /Nobody but you has heard of 3 of your 4 wins: 75 % are unseen\./u);
  assert.doesNotMatch(markup, /Another/u);
  assert.match(markup, /A third/u);
});

test("marks follow the words that earn something, overlap or not", () => {
  const span = (from: number, to: number, points: 0 | 1 | 2) => ({
    dimension: "action" as const,
    from,
    to,
    points,
    text: "",
    why: "",
  });
  assert.deepEqual(markedSegments("I built it", [span(2, 7, 2), span(2, 10, 1)]), [
    { text: "I ", points: 0 },
    { text: "built", points: 2 },
    { text: " it", points: 1 },
  ]);
  assert.deepEqual(markedSegments("I built it", [span(0, 10, 0)]), [{ text: "I built it", points: 0 }]);
  assert.deepEqual(markedSegments("", []), []);
});
