import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { callPure } from "../../platform/operation.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { captureThought, deleteCapture, editCapture, showCapture, showHistory } from "../journal/index.ts";
import { addPerson } from "../people/index.ts";
import { noteTelling } from "../record/index.ts";
import { composeImpact, dimensions, improveWording, showVisibility } from "./index.ts";
import { draftSegments } from "./rules/composing.ts";
import { connectingWords, DATE_LABEL, dimensionLabels, SOURCE_LABEL } from "./rules/composing-words.ts";

async function tell(app: TestApp, captureId: string): Promise<void> {
  const { id: personId } = await app.call(addPerson, { name: "Max Berger", email: "max@example.org" });
  await inTransaction(app.database, (tx) =>
    noteTelling(tx, app.owner, {
      captureId,
      personId,
      meetingId: null,
      deliveryId: null,
      channel: "talk",
      toldAt: app.clock.now(),
    }),
  );
}

onEveryStore("of four wins of which one was told three quarters are unseen, and they are listed (S33)", async (app) => {
  const wins: string[] = [];
  for (const text of ["First", "Second", "Third", "Fourth"])
    wins.push((await app.call(captureThought, { kind: "win", text })).id);
  await tell(app, wins[1] as string);
  const gone = await app.call(captureThought, { kind: "win", text: "Deleted" });
  await app.call(deleteCapture, { id: gone.id });
  await app.call(captureThought, { kind: "note", text: "No win" });
  await app.call(captureThought, { kind: "win", text: "Long ago", happenedOn: "2025-06-01" });
  const { captured, shared, unseenPercent, unseen, from } = await app.call(showVisibility, {});
  assert.deepEqual([captured, shared, unseenPercent], [4, 1, 75]);
  assert.deepEqual(
    unseen.map((one) => one.text),
    ["Fourth", "Third", "First"],
  );
  assert.equal(from, "2025-12-02");
  assert.equal((await app.call(showVisibility, { days: 365 })).captured, 5);
  assert.equal((await app.callAs(app.stranger, showVisibility, {})).captured, 0, "a stranger's wins are their own");
  await assert.rejects(app.call(showVisibility, { days: 0 }), { code: "invalid" });
});

onEveryStore("a better wording goes into the journal, and the earlier one is kept", async (app) => {
  const win = await app.call(captureThought, { kind: "win", text: "Worked on the rota", projects: ["Ward"] });
  app.clock.advance({ minutes: 5 });
  const improved = await app.call(improveWording, { id: win.id, text: "The ward no longer phones round.", since: win.updatedAt });
  assert.equal(improved.text, "The ward no longer phones round.");
  assert.deepEqual(improved.projects, ["Ward"], "the rest of the entry stays as it was");
  const { revisions } = await app.call(showHistory, { id: win.id });
  assert.deepEqual(
    revisions.map((one) => one.text),
    ["Worked on the rota"],
  );
  await assert.rejects(app.callAs(app.stranger, improveWording, { id: win.id, text: "Mine" }), { code: "not_found" });
  await assert.rejects(app.call(improveWording, { id: win.id, text: " " }), { code: "invalid" });
});

onEveryStore("a wording made from words that have changed since is not put over them", async (app) => {
  const win = await app.call(captureThought, { kind: "win", text: "Worked on the rota" });
  app.clock.advance({ minutes: 5 });
  await app.call(editCapture, { id: win.id, text: "Rewrote the rota" });
  const late = app.call(improveWording, { id: win.id, text: "Composed", since: win.updatedAt });
  await assert.rejects(late, { code: "conflict" });
  assert.equal((await app.call(showCapture, { id: win.id })).text, "Rewrote the rota");
});

test("the coach composes three lengths, asks for one thing, and says what is missing (S34, S35)", async () => {
  const weak = await callPure(composeImpact, { text: "I completed the year-end report." });
  assert.ok(weak.before.total <= 2);
  assert.ok(weak.next);
  assert.ok(weak.drafts.agenda.includes("[what changed?]"));
  const more = await callPure(composeImpact, {
    text: "I completed the year-end report.",
    answers: [
      { dimension: "outcome", text: "so the directors settle the budget from it in November" },
      { dimension: "beneficiary", text: "the directors" },
      { dimension: "extension", text: "" },
    ],
    date: "2026-03-02",
  });
  assert.equal(more.text, "I completed the year-end report, so the directors settle the budget from it in November.");
  assert.ok(more.after.total > more.before.total, "an answer says more");
  assert.ok(!more.gaps.includes("[what changed?]") && more.drafts.card.endsWith("Date: 2026-03-02"));
  assert.notEqual(more.next?.dimension, "outcome", "nothing is asked twice");
});

test("after four answers it is good enough, whatever they say (S34)", async () => {
  const answers = (["outcome", "beneficiary", "evidence", "comparison"] as const).map((dimension) => ({
    dimension,
    text: "No idea",
  }));
  const { next } = await callPure(composeImpact, { text: "Attended meetings.", answers });
  assert.equal(next, null);
});

test("a statement that cannot be composed says what to do", async () => {
  await assert.rejects(callPure(composeImpact, { text: " " }), {
    code: "invalid",
    message: /Write in a few words what you did/u,
  });
  await assert.rejects(callPure(composeImpact, { text: "x", date: "2026-02-30" }), { code: "invalid" });
});

const FACTS = [
  "the directors",
  "nurses on ward 4 who work nights",
  "it saves the desk 3.5 hours a week",
  "So that nobody phones round",
  "before it took from 9 to 12 days",
  "Dr. Sim named it in the audit of 3 March",
  "I've also trained two colleagues",
  "we use it in 15% of all cases, and it costs 1,200 € less",
];
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

test("whatever is answered, a fact that nobody told is in no wording (S35)", async () => {
  const labels = [...connectingWords, ...Object.values(dimensionLabels), SOURCE_LABEL, DATE_LABEL];
  const answer = fc.record({ dimension: fc.constantFrom(...dimensions), text: fc.constantFrom(...FACTS) });
  const given = fc.record({
    text: fc.constantFrom("I rewrote the rota.", "Worked on the rota with Noor", "Closed 47 tickets. The queue is empty."),
    answers: fc.array(answer, { maxLength: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(given, async (input) => {
      const { drafts, text } = await callPure(composeImpact, input);
      const told = new Set(wordsOf([input.text, ...input.answers.map((one) => one.text), ...labels].join(" ")));
      for (const draft of [...Object.values(drafts), text]) {
        const said = draftSegments(draft).filter(({ isGap }) => !isGap);
        const foreign = wordsOf(said.map((one) => one.text).join("")).filter((word) => !told.has(word));
        assert.deepEqual(foreign, [], draft);
      }
    }),
    { numRuns: 150 },
  );
});
