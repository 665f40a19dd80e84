import assert from "node:assert/strict";
import { scheduleSeries, listMeetings } from "../meetings/index.ts";
import { addPerson } from "../people/index.ts";
import { saveProfile } from "../account/operations.ts";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { AppError } from "../../lib/errors.ts";
import { chooseQuestion, openAgenda, takeFromWaits } from "../agenda/index.ts";
import { exportMarkdown } from "../archive/index.ts";
import { listUses, noteUncovered } from "../questions/index.ts";
import {
  answerPrompt,
  answerWaits,
  deleteFromCard,
  dismissWait,
  editCard,
  listSeen,
  noteOnCard,
  rateTalk,
  restoreToCard,
  showCard,
  showCardHistory,
  showWaits,
  skipWaits,
} from "./index.ts";

interface Scene {
  readonly personId: string;
  readonly meetings: readonly string[];
}

const refused = (code: AppError["code"], field?: string) => (error: unknown) =>
  error instanceof AppError && error.code === code && (field === undefined || error.fields[0]?.field === field);

async function scene(app: TestApp): Promise<Scene> {
  await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
  const { id: personId } = await app.call(addPerson, { name: "Max Berger", email: "max@example.org" });
  const series = { startsOn: "2026-03-12", time: "10:00", zone: "Europe/Berlin", minutes: 30, everyWeeks: 1 };
  await app.call(scheduleSeries, { personId, ...series });
  return { personId, meetings: (await app.call(listMeetings, {})).meetings.map((one) => one.id) };
}

onEveryStore("four answers are kept with their day, and each yes proposes one line, once (S1)", async (app) => {
  const { meetings } = await scene(app);
  const [first = "", second = ""] = meetings;
  assert.deepEqual(await app.call(showWaits, {}), { isDue: true, nextOn: null, checks: [], proposals: [] });
  const answers = { asked: "no", noticed: "yes", ready: "yes", unstuck: "no" } as const;
  const kept = await app.call(answerWaits, answers);
  assert.deepEqual([kept.isDue, kept.nextOn, kept.checks[0]?.checkedOn], [false, "2026-06-02", "2026-03-02"]);
  assert.deepEqual(kept.proposals.map((one) => one.wait).toSorted(), ["noticed", "ready"]);
  const again = await app.call(answerWaits, answers);
  assert.deepEqual(again.proposals, kept.proposals, "the same form sent twice proposes nothing twice");
  await app.call(openAgenda, { meetingId: first });
  const waitId = kept.proposals.find((one) => one.wait === "noticed")?.id ?? "";
  const { item } = await app.call(takeFromWaits, { meetingId: first, waitId });
  assert.deepEqual([item.kind, item.preparedAt], ["win", null], "a draft: its gap is still open");
  assert.equal((await app.call(takeFromWaits, { meetingId: first, waitId })).item.id, item.id);
  await app.call(openAgenda, { meetingId: second });
  await assert.rejects(app.call(takeFromWaits, { meetingId: second, waitId }), refused("conflict"));
  const other = (await app.call(showWaits, {})).proposals;
  assert.deepEqual(
    other.map((one) => one.wait),
    ["ready"],
  );
  assert.deepEqual((await app.call(dismissWait, { id: other[0]?.id ?? "" })).proposals, []);
  assert.equal((await app.call(dismissWait, { id: other[0]?.id ?? "", open: true })).proposals.length, 1);
  await assert.rejects(app.callAs(app.stranger, dismissWait, { id: waitId }), refused("not_found"));
  app.clock.set("2026-06-02T09:00:00Z");
  assert.equal((await app.call(showWaits, {})).isDue, true, "a quarter later");
  assert.equal((await app.call(skipWaits, {})).isDue, false);
  assert.equal((await app.call(showWaits, {})).checks.length, 1, "what was put off is no answer");
});

onEveryStore(
  "the card keeps what is known with its day, every earlier wording, and what was taken off (S15, S44)",
  async (app) => {
    const { personId } = await scene(app);
    const entry = await app.call(noteOnCard, { personId, category: "priorities", text: "Fewer late deliveries" });
    assert.deepEqual([entry.notedOn, entry.source], ["2026-03-02", "typed"]);
    app.clock.set("2026-03-09T09:00:00Z");
    await app.call(editCard, { id: entry.id, text: "Fewer late deliveries before summer" });
    const { revisions } = await app.call(showCardHistory, { id: entry.id });
    assert.deepEqual(
      revisions.map((one) => one.text),
      ["Fewer late deliveries"],
    );
    await app.call(noteOnCard, { personId, category: "news", text: "", timing: "early", channel: "phone" });
    const card = await app.call(showCard, { personId });
    assert.deepEqual(card.preference, { timing: "early", channel: "phone", depth: null, text: "", notedOn: "2026-03-09" });
    await app.call(deleteFromCard, { id: entry.id });
    await assert.rejects(app.call(editCard, { id: entry.id, text: "x" }), refused("conflict"));
    assert.deepEqual(await app.call(showCard, { personId }).then((one) => [one.entries.length, one.deleted.length]), [1, 1]);
    await app.call(restoreToCard, { id: entry.id });
    assert.equal((await app.call(showCard, { personId })).entries.length, 2);
    await assert.rejects(app.call(noteOnCard, { personId, category: "other", text: " " }), refused("invalid", "text"));
    await assert.rejects(
      app.call(noteOnCard, { personId, category: "other", text: "x", channel: "mail" }),
      refused("invalid", "channel"),
    );
    for (const operation of [deleteFromCard, restoreToCard, editCard])
      await assert.rejects(app.callAs(app.stranger, operation, { id: entry.id }), refused("not_found"));
    await assert.rejects(app.callAs(app.stranger, showCardHistory, { id: entry.id }), refused("not_found"));
    await assert.rejects(app.callAs(app.stranger, showCard, { personId }), refused("not_found"));
  },
);

onEveryStore(
  "an answer to a question stands on the card with its day, and follows it when it is corrected (S15, S44)",
  async (app) => {
    const { personId, meetings } = await scene(app);
    const [meetingId = ""] = meetings;
    await app.call(openAgenda, { meetingId });
    await app.call(chooseQuestion, { meetingId, questionId: "Q004" });
    const useId = (await app.call(listUses, { personId })).uses[0]?.id ?? "";
    app.clock.set("2026-03-12T11:00:00Z");
    await app.call(noteUncovered, { useId, text: "Call me early, a headline is enough" });
    const { entries, preference } = await app.call(showCard, { personId });
    assert.deepEqual(
      entries.map(({ category, text, notedOn, source }) => [category, text, notedOn, source]),
      [["news", "Call me early, a headline is enough", "2026-03-12", "answer"]],
    );
    assert.deepEqual([preference?.timing, preference?.channel, preference?.depth], ["early", "phone", "headline"]);
    await app.call(noteUncovered, { useId, text: "By mail" });
    assert.equal((await app.call(showCard, { personId })).preference?.channel, "mail");
    await app.call(noteUncovered, { useId, text: "" });
    assert.deepEqual((await app.call(showCard, { personId })).entries, []);
  },
);

onEveryStore("what belongs to an answer and what is known of a person are in the files of the archive", async (app) => {
  const { personId } = await scene(app);
  await app.call(answerPrompt, {
    prompt: "obstacles",
    text: "One test system",
    ownedBy: "Platform team",
    decision: "A second one",
  });
  await app.call(noteOnCard, { personId, category: "news", timing: "early", channel: "in_person", text: "Said so in March" });
  const text = (await app.call(exportMarkdown, {})).files.map((file) => file.text).join("\n");
  for (const words of [
    "Who could move it: Platform team",
    "Decision that would help: A second one",
    "early, in person: Said so in March",
  ])
    assert.ok(text.includes(words), words);
});

onEveryStore("a talk is rated with one number once it has begun, and another number replaces it (S3)", async (app) => {
  const { personId, meetings } = await scene(app);
  const [meetingId = ""] = meetings;
  await assert.rejects(app.call(rateTalk, { meetingId, rating: 4 }), refused("conflict"));
  app.clock.set("2026-03-12T10:00:00Z");
  await assert.rejects(app.call(rateTalk, { meetingId, rating: 6 }), refused("invalid", "rating"));
  await app.call(rateTalk, { meetingId, rating: 4, note: "He asked about the pilot" });
  await app.call(rateTalk, { meetingId, rating: 5 });
  const { ratings } = await app.call(listSeen, { personId });
  assert.deepEqual(
    ratings.map((one) => [one.meetingId, one.rating, one.note]),
    [[meetingId, 5, "He asked about the pilot"]],
  );
  await assert.rejects(app.callAs(app.stranger, rateTalk, { meetingId, rating: 1 }), refused("not_found"));
  await assert.rejects(app.callAs(app.stranger, listSeen, { personId }), refused("not_found"));
});
