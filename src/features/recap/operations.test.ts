import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { saveProfile } from "../account/index.ts";
import { openAgenda, preparedItems, prepareItem, saveItem } from "../agenda/index.ts";
import { keepCommitment, listCommitments } from "../commitments/index.ts";
import { listMeetings, markNotHeld, scheduleSeries, showMeeting } from "../meetings/index.ts";
import { searchRecord, showTimeline } from "../record/index.ts";
import { addPerson } from "../people/index.ts";
import { markSent, showDelivery } from "../delivery/index.ts";
import {
  approveRecap,
  listMeetingNotes,
  noteInMeeting,
  openRecap,
  previewRecap,
  removeMeetingNote,
  removeRecapLine,
  restoreRecapLine,
  saveRecap,
  saveRecapLine,
  showRecap,
  tickAgendaItem,
  waiveRecap,
} from "./index.ts";
import type { Recap, RecapPart } from "./schema.ts";

/** A meeting with Max on Tuesday 3 March 2026 at 10:00 in Berlin, and the clock half an hour later, at its end. */
async function heldMeeting(app: TestApp): Promise<string> {
  await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
  const max = await app.call(addPerson, { name: "Max Berger", email: "max@example.org" });
  await app.call(scheduleSeries, {
    personId: max.id,
    startsOn: "2026-03-03",
    time: "10:00",
    zone: "Europe/Berlin",
    minutes: 30,
    everyWeeks: 1,
  });
  app.clock.set("2026-03-03T09:30:00Z");
  return (await app.call(listMeetings, { from: "2026-03-03", to: "2026-03-03" })).meetings[0]?.id ?? "";
}

function textsOf(recap: Recap): Record<string, string[]> {
  return Object.fromEntries(recap.parts.map(({ part, lines }) => [part, lines.map((one) => one.text)]));
}

function versionOf(recap: Recap, text: string): { id: string; version: number } {
  const found = recap.parts.flatMap((one) => one.lines).find((one) => one.text === text);
  assert.ok(found, text);
  return { id: found.id, version: found.version };
}

const LINES: { part: RecapPart; text: string; dueOn?: string }[] = [
  { part: "decision", text: "The import ships in April" },
  { part: "my_action", text: "Send the outline to Lena", dueOn: "2026-03-06" },
  { part: "manager_commitment", text: "Ask finance about the course", dueOn: "2026-03-10" },
  { part: "open_question", text: "Who reviews while Lena is away?" },
];

async function written(app: TestApp): Promise<string> {
  const meetingId = await heldMeeting(app);
  await app.call(openRecap, { meetingId });
  await app.call(saveRecap, { meetingId, lines: LINES });
  return meetingId;
}

async function approve(app: TestApp, meetingId: string) {
  const { choices } = await app.call(previewRecap, { meetingId });
  return app.call(approveRecap, { meetingId, way: "copy", hash: choices.mail.hash });
}

async function ledgers(app: TestApp): Promise<string[][]> {
  const { mine, theirs, questions } = await app.call(listCommitments, { open: true });
  return [mine, theirs, questions].map((list) => list.map((one) => one.text));
}

onEveryStore("what is noted for the recap is drafted into it exactly once (S46)", async (app) => {
  const meetingId = await heldMeeting(app);
  await app.call(noteInMeeting, { meetingId, part: "decision", text: "The import ships in April" });
  await app.call(noteInMeeting, { meetingId, text: "Max sounded tired" });
  const first = await app.call(openRecap, { meetingId });
  assert.deepEqual(textsOf(first), {
    decision: ["The import ships in April"],
    my_action: [],
    manager_commitment: [],
    open_question: [],
  });
  assert.equal(
    (await app.call(showMeeting, { id: meetingId })).state,
    "held",
    "writing the recap says that the meeting took place",
  );
  await app.call(openRecap, { meetingId });
  await app.call(noteInMeeting, { meetingId, part: "open_question", text: "Who reviews?" });
  const later = await app.call(openRecap, { meetingId });
  assert.deepEqual(textsOf(later), {
    decision: ["The import ships in April"],
    my_action: [],
    manager_commitment: [],
    open_question: ["Who reviews?"],
  });
  await app.call(removeRecapLine, { id: versionOf(later, "Who reviews?").id });
  assert.deepEqual(
    textsOf(await app.call(openRecap, { meetingId })).open_question,
    [],
    "what was taken out does not come back by itself",
  );
});

onEveryStore("two windows that open the same recap draft each note once", async (app) => {
  const meetingId = await heldMeeting(app);
  for (const text of ["One", "Two", "Three"]) await app.call(noteInMeeting, { meetingId, part: "my_action", text });
  await Promise.all([1, 2, 3, 4].map(() => app.call(openRecap, { meetingId })));
  assert.deepEqual(textsOf(await app.call(showRecap, { meetingId })).my_action, ["One", "Two", "Three"]);
});

onEveryStore("notes and drafts that nobody kept are not in the mail", async (app) => {
  const meetingId = await heldMeeting(app);
  await app.call(noteInMeeting, { meetingId, text: "CANARY-NOTE" });
  await app.call(noteInMeeting, { meetingId, part: "decision", text: "CANARY-DRAFT" });
  await app.call(openRecap, { meetingId });
  const preview = await app.call(previewRecap, { meetingId });
  assert.ok(!JSON.stringify(preview).includes("CANARY"));
  assert.equal(preview.waitingDrafts, 1);
  await assert.rejects(app.call(approveRecap, { meetingId, way: "copy", hash: preview.choices.mail.hash }), {
    code: "conflict",
    message: /One line drafted from your notes/u,
  });
});

onEveryStore("approving keeps decisions, both sides' commitments and questions, once (S46, S47)", async (app) => {
  const meetingId = await written(app);
  const delivery = await approve(app, meetingId);
  assert.equal(delivery.kind, "recap");
  assert.equal((await app.call(showRecap, { meetingId })).state, "approved");
  await approve(app, meetingId);
  assert.deepEqual(await ledgers(app), [
    ["Send the outline to Lena"],
    ["Ask finance about the course"],
    ["Who reviews while Lena is away?"],
  ]);
  assert.equal((await app.call(showTimeline, { source: "decision" })).entries.length, 1);
});

onEveryStore("an edit withdraws the approval, and approving again corrects what the first one made", async (app) => {
  const meetingId = await written(app);
  await approve(app, meetingId);
  const recap = await app.call(showRecap, { meetingId });
  const action = versionOf(recap, "Send the outline to Lena");
  await app.call(saveRecap, {
    meetingId,
    lines: [
      { ...action, text: "Send the outline to Lena and Tom", dueOn: "2026-03-09" },
      { ...versionOf(recap, "The import ships in April"), part: "my_action", text: "Ship the import" },
      { ...versionOf(recap, "Who reviews while Lena is away?"), text: "" },
    ],
  });
  assert.equal((await app.call(showRecap, { meetingId })).state, "draft");
  await approve(app, meetingId);
  const { mine, theirs, questions } = await app.call(listCommitments, { open: true });
  assert.deepEqual(
    mine.map((one) => [one.text, one.dueOn]).toSorted((a, b) => String(a[0]).localeCompare(String(b[0]))),
    [
      ["Send the outline to Lena and Tom", "2026-03-09"],
      ["Ship the import", null],
    ],
  );
  assert.equal(theirs.length, 1);
  assert.equal(questions.length, 0);
  assert.equal((await app.call(showTimeline, { source: "decision" })).entries.length, 0);
});

onEveryStore("a commitment that was kept in the meantime stays kept when the recap is approved again", async (app) => {
  const meetingId = await written(app);
  await approve(app, meetingId);
  const [action] = (await app.call(listCommitments, { open: true })).mine;
  await app.call(keepCommitment, { id: action?.id ?? "" });
  const line = versionOf(await app.call(showRecap, { meetingId }), "Send the outline to Lena");
  await app.call(saveRecapLine, { meetingId, ...line, text: "Send an outline" });
  await approve(app, meetingId);
  assert.deepEqual((await ledgers(app))[0], []);
});

onEveryStore("saving without a change keeps the approval", async (app) => {
  const meetingId = await written(app);
  await approve(app, meetingId);
  const line = versionOf(await app.call(showRecap, { meetingId }), "The import ships in April");
  await app.call(saveRecapLine, { meetingId, ...line, text: "The import ships in April" });
  assert.equal((await app.call(showRecap, { meetingId })).state, "approved");
});

onEveryStore("a recap that went out cannot be sent twice, and stays as it was read", async (app) => {
  const meetingId = await written(app);
  const { id } = await approve(app, meetingId);
  await app.call(markSent, { id });
  const recap = await app.call(showRecap, { meetingId });
  assert.equal(recap.state, "sent");
  const line = versionOf(recap, "The import ships in April");
  await assert.rejects(app.call(saveRecapLine, { meetingId, ...line, text: "Something else" }), {
    code: "conflict",
    message: /has gone out/u,
  });
  await assert.rejects(approve(app, meetingId), { code: "conflict" });
  await assert.rejects(app.call(waiveRecap, { meetingId }), { code: "conflict" });
  await app.call(noteInMeeting, { meetingId, text: "Max answered with thanks" });
});

onEveryStore("words that were not the ones on the screen are not approved", async (app) => {
  const meetingId = await written(app);
  const { choices } = await app.call(previewRecap, { meetingId });
  await app.call(saveRecapLine, { meetingId, part: "decision", text: "One more" });
  await assert.rejects(app.call(approveRecap, { meetingId, way: "copy", hash: choices.mail.hash }), { code: "conflict" });
  assert.deepEqual(await ledgers(app), [[], [], []], "a refused approval leaves nothing behind");
});

onEveryStore("over 200 words the approval says how much to shorten, and which lines are long (S45)", async (app) => {
  const meetingId = await written(app);
  await app.call(saveRecapLine, { meetingId, part: "decision", text: "word ".repeat(180) });
  const preview = await app.call(previewRecap, { meetingId });
  assert.ok(preview.words > 200);
  assert.equal(preview.toTrim[0]?.words, 180);
  await assert.rejects(app.call(approveRecap, { meetingId, way: "copy", hash: preview.choices.mail.hash }), {
    code: "invalid",
    message: /Shorten it by \d+/u,
  });
});

onEveryStore("a recap can be kept without sending; its commitments count all the same (S45, S47)", async (app) => {
  const meetingId = await heldMeeting(app);
  await app.call(noteInMeeting, { meetingId, part: "my_action", text: "Send the outline" });
  await app.call(openRecap, { meetingId });
  assert.equal((await app.call(waiveRecap, { meetingId })).state, "waived");
  assert.equal((await app.call(waiveRecap, { meetingId })).state, "waived");
  assert.deepEqual((await ledgers(app))[0], ["Send the outline"]);
  assert.equal((await app.call(listCommitments, {})).mine[0]?.sharedAt, null, "nobody else has read it");
  await app.call(saveRecapLine, { meetingId, part: "decision", text: "Something else" });
  assert.equal((await app.call(showRecap, { meetingId })).state, "draft", "an edit asks again");
});

onEveryStore("there is no recap for a meeting that was not held, and none before it began (S31)", async (app) => {
  const meetingId = await heldMeeting(app);
  app.clock.set("2026-03-03T08:59:00Z");
  await assert.rejects(app.call(openRecap, { meetingId }), { code: "conflict", message: /once the meeting has begun/u });
  app.clock.set("2026-03-03T10:00:00Z");
  await app.call(markNotHeld, { id: meetingId });
  assert.equal((await app.call(showRecap, { meetingId })).state, "impossible");
  await assert.rejects(app.call(openRecap, { meetingId }), { code: "conflict", message: /did not take place/u });
  await assert.rejects(app.call(waiveRecap, { meetingId }), { code: "conflict" });
});

onEveryStore("two windows that edit the same line: the second sees both versions", async (app) => {
  const meetingId = await written(app);
  const seen = versionOf(await app.call(showRecap, { meetingId }), "The import ships in April");
  await app.call(saveRecapLine, { meetingId, ...seen, text: "The import ships in May" });
  const isConflict = (error: { code: string; details: { mine: { text: string }; theirs: { text: string } } }) => {
    assert.equal(error.code, "conflict");
    assert.equal(error.details.mine.text, "The import ships in June");
    assert.equal(error.details.theirs.text, "The import ships in May");
    return true;
  };
  await assert.rejects(app.call(saveRecapLine, { meetingId, ...seen, text: "The import ships in June" }), isConflict);
  await app.call(saveRecapLine, { meetingId, ...seen, text: "The import ships in May" });
});

onEveryStore("a line that was taken out can be put back", async (app) => {
  const meetingId = await written(app);
  const { id } = versionOf(await app.call(showRecap, { meetingId }), "The import ships in April");
  await app.call(removeRecapLine, { id });
  assert.deepEqual(textsOf(await app.call(showRecap, { meetingId })).decision, []);
  await app.call(restoreRecapLine, { id });
  assert.deepEqual(textsOf(await app.call(showRecap, { meetingId })).decision, ["The import ships in April"]);
});

onEveryStore("a corrected note replaces the old one, keeps its place, and takes its draft along", async (app) => {
  const meetingId = await heldMeeting(app);
  const first = await app.call(noteInMeeting, { meetingId, part: "decision", text: "The import ships in Apirl" });
  app.clock.advance({ minutes: 1 });
  await app.call(noteInMeeting, { meetingId, text: "Something else" });
  await app.call(openRecap, { meetingId });
  const better = await app.call(noteInMeeting, {
    meetingId,
    part: "decision",
    text: "The import ships in April",
    replaces: first.id,
  });
  assert.deepEqual(
    (await app.call(listMeetingNotes, { meetingId })).notes.map((one) => one.text),
    ["The import ships in April", "Something else"],
  );
  assert.deepEqual(textsOf(await app.call(showRecap, { meetingId })).decision, ["The import ships in April"]);
  await assert.rejects(app.call(noteInMeeting, { meetingId, text: "A third wording", replaces: first.id }), { code: "conflict" });
  await app.call(removeMeetingNote, { id: better.id });
  assert.deepEqual(textsOf(await app.call(showRecap, { meetingId })).decision, []);
});

onEveryStore(
  "what was noted is found by searching, and stands in the record once when it became a decision (S48)",
  async (app) => {
    const meetingId = await heldMeeting(app);
    await app.call(noteInMeeting, { meetingId, part: "decision", text: "Marmalade for everybody" });
    const found = async () => (await app.call(searchRecord, { text: "marmalade" })).hits.map((hit) => hit.source);
    assert.deepEqual(await found(), ["note"]);
    const recap = await app.call(openRecap, { meetingId });
    await app.call(saveRecapLine, { meetingId, ...versionOf(recap, "Marmalade for everybody"), text: "Marmalade for everybody" });
    await app.call(waiveRecap, { meetingId });
    assert.deepEqual(await found(), ["decision"]);
  },
);

onEveryStore("somebody else's recap, notes and lines are not found", async (app) => {
  const meetingId = await written(app);
  const note = await app.call(noteInMeeting, { meetingId, text: "Mine" });
  const { id } = versionOf(await app.call(showRecap, { meetingId }), "The import ships in April");
  const asStranger = [
    () => app.callAs(app.stranger, showRecap, { meetingId }),
    () => app.callAs(app.stranger, openRecap, { meetingId }),
    () => app.callAs(app.stranger, listMeetingNotes, { meetingId }),
    () => app.callAs(app.stranger, noteInMeeting, { meetingId, text: "x" }),
    () => app.callAs(app.stranger, removeMeetingNote, { id: note.id }),
    () => app.callAs(app.stranger, saveRecap, { meetingId, lines: [] }),
    () => app.callAs(app.stranger, saveRecapLine, { meetingId, id, text: "x" }),
    () => app.callAs(app.stranger, removeRecapLine, { id }),
    () => app.callAs(app.stranger, restoreRecapLine, { id }),
    () => app.callAs(app.stranger, previewRecap, { meetingId }),
    () => app.callAs(app.stranger, waiveRecap, { meetingId }),
    () => app.callAs(app.stranger, approveRecap, { meetingId, way: "copy", hash: "x" }),
  ];
  for (const attempt of asStranger) await assert.rejects(attempt(), { code: "not_found" });
});

onEveryStore("what cannot be a line is refused with what to do", async (app) => {
  const meetingId = await heldMeeting(app);
  await app.call(openRecap, { meetingId });
  await assert.rejects(app.call(noteInMeeting, { meetingId, text: " \u0000 " }), {
    code: "invalid",
    message: /Write a line first/u,
  });
  await assert.rejects(app.call(saveRecapLine, { meetingId, part: "my_action", text: "x", dueOn: "2026-02-30" }), {
    code: "invalid",
    message: /does not exist/u,
  });
  await assert.rejects(app.call(saveRecapLine, { meetingId, text: "x" }), { code: "invalid", message: /four parts/u });
  await assert.rejects(app.call(saveRecapLine, { meetingId, part: "decision", text: "x".repeat(100_000) }), { code: "invalid" });
  const kept = await app.call(saveRecapLine, {
    meetingId,
    part: "decision",
    text: "  <script>alert(1)</script>\r\nSubject: x 🙂 שלום  ",
  });
  assert.equal(kept.text, "<script>alert(1)</script> Subject: x 🙂 שלום");
});

onEveryStore("the first tick after its start notes that the meeting took place, one before it does not", async (app) => {
  const meetingId = await heldMeeting(app);
  app.clock.set("2026-03-03T08:00:00Z");
  await app.call(openAgenda, { meetingId });
  const { item } = await app.call(saveItem, { meetingId, kind: "topic", text: "The import" });
  await app.call(prepareItem, { id: item.id });
  const discussedAt = async () => (await preparedItems(app.database.reader, app.owner, meetingId))[0]?.discussedAt;
  const state = async () => (await app.call(showMeeting, { id: meetingId })).state;
  await app.call(tickAgendaItem, { itemId: item.id, discussed: true });
  assert.equal(await state(), "planned");
  await app.call(tickAgendaItem, { itemId: item.id, discussed: false });
  assert.equal(await discussedAt(), null);
  app.clock.set("2026-03-03T09:10:00Z");
  await app.call(tickAgendaItem, { itemId: item.id, discussed: true });
  assert.equal(await discussedAt(), "2026-03-03T09:10:00.000Z");
  assert.equal(await state(), "held");
  await assert.rejects(app.callAs(app.stranger, tickAgendaItem, { itemId: item.id, discussed: false }), { code: "not_found" });
});

onEveryStore("saying afterwards that the meeting did not happen stops its approved recap (S31)", async (app) => {
  const meetingId = await written(app);
  const { id } = await approve(app, meetingId);
  await app.call(markNotHeld, { id: meetingId });
  assert.equal((await app.call(showDelivery, { id })).state, "withdrawn");
  assert.equal((await app.call(showRecap, { meetingId })).state, "impossible");
});
