import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { saveProfile } from "../account/operations.ts";
import { findDelivery, markSent } from "../delivery/index.ts";
import { captureThought } from "../journal/index.ts";
import { cancelMeeting, listMeetings, markHeld, type Meeting, scheduleSeries } from "../meetings/index.ts";
import { addPerson } from "../people/index.ts";
import {
  agendaSummary,
  approveAgenda,
  chooseCapture,
  discardDraft,
  goToStep,
  listProposals,
  noteTime,
  openAgenda,
  orderItems,
  preparedItems,
  prepareItem,
  previewAgenda,
  putAway,
  putItem,
  readyAgenda,
  removeItem,
  saveItem,
  setMinutes,
  showAgenda,
  tickItem,
  trimAgenda,
  writeStatus,
} from "./index.ts";
import { newId } from "../../lib/ids.ts";

/** The clock of a test stands at Monday 2 March 2026, 10:00 in Berlin; the meetings are on Thursdays, the first on the 12th. */
async function begun(app: TestApp, minutes = 30): Promise<{ meetingId: string; meetings: Meeting[]; personId: string }> {
  await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
  const { id: personId } = await app.call(addPerson, { name: "Max Berger", email: "max@example.org" });
  await app.call(scheduleSeries, {
    personId,
    startsOn: "2026-03-12",
    time: "10:00",
    zone: "Europe/Berlin",
    minutes,
    everyWeeks: 1,
  });
  const { meetings } = await app.call(listMeetings, { to: "2026-04-30" });
  const meetingId = meetings[0]?.id ?? "";
  await app.call(openAgenda, { meetingId });
  return { meetingId, meetings, personId };
}

async function needed(app: TestApp, meetingId: string): Promise<string> {
  return (await app.call(putItem, { meetingId, kind: "need", text: "A yes to the pilot" })).item.id;
}

async function approve(app: TestApp, meetingId: string): Promise<void> {
  const { mail } = await app.call(previewAgenda, { meetingId });
  await app.call(approveAgenda, { meetingId, way: "copy", hash: mail.hash });
}

const onAgenda = async (app: TestApp, meetingId: string): Promise<string[]> =>
  (await preparedItems(app.database.reader, app.owner, meetingId)).map((item) => item.text);

onEveryStore("a draft stays private until it is put on the agenda", async (app) => {
  const { meetingId } = await begun(app);
  const { item } = await app.call(saveItem, { meetingId, kind: "topic", text: "Not for anybody yet" });
  assert.deepEqual(await onAgenda(app, meetingId), []);
  assert.doesNotMatch((await app.call(previewAgenda, { meetingId })).mail.text, /anybody/u);
  await app.call(prepareItem, { id: item.id });
  assert.deepEqual(await onAgenda(app, meetingId), ["Not for anybody yet"]);
  await app.call(putAway, { id: item.id });
  assert.deepEqual(await onAgenda(app, meetingId), []);
  assert.equal((await app.call(showAgenda, { meetingId })).items[0]?.text, "Not for anybody yet", "the words are kept");
});

onEveryStore("words typed over a prepared item wait beside it and leave the approval alone", async (app) => {
  const { meetingId } = await begun(app);
  const id = await needed(app, meetingId);
  await approve(app, meetingId);
  const { item } = await app.call(saveItem, { meetingId, id, kind: "need", text: "A yes to the pilot and two people" });
  assert.deepEqual(await onAgenda(app, meetingId), ["A yes to the pilot"]);
  assert.equal(item.draft?.text, "A yes to the pilot and two people");
  assert.ok(await findDelivery(app.database.reader, app.owner, meetingId, "agenda"));
  const { item: put, approval } = await app.call(prepareItem, { id });
  assert.equal(approval, "withdrawn");
  assert.deepEqual([put.text, put.draft], ["A yes to the pilot and two people", null]);
  assert.equal(await findDelivery(app.database.reader, app.owner, meetingId, "agenda"), undefined);
  await app.call(saveItem, { meetingId, id, kind: "need", text: "Something else" });
  assert.equal((await app.call(discardDraft, { id })).item.draft, null);
});

onEveryStore("two tabs that edit the same item: the second sees both versions and loses nothing", async (app) => {
  const { meetingId } = await begun(app);
  const id = newId();
  const first = await app.call(saveItem, { meetingId, id, version: 0, kind: "topic", text: "From the start" });
  await app.call(saveItem, { meetingId, id, version: first.item.version, kind: "topic", text: "Typed in the first tab" });
  await assert.rejects(
    app.call(saveItem, { meetingId, id, version: first.item.version, kind: "topic", text: "Typed in the second tab" }),
    (error: { code: string; details: { mine: { text: string }; theirs: { text: string; version: number } } }) => {
      assert.equal(error.code, "conflict");
      assert.deepEqual(
        [error.details.mine.text, error.details.theirs.text],
        ["Typed in the second tab", "Typed in the first tab"],
      );
      return true;
    },
  );
  const merged = await app.call(saveItem, { meetingId, id, version: 2, kind: "topic", text: "Both together" });
  assert.equal(merged.item.text, "Both together");
  await app.call(saveItem, { meetingId, id, version: 1, kind: "topic", text: "Both together" });
});

onEveryStore("two tabs at the same instant: one is saved, the other is told", async (app) => {
  const { meetingId } = await begun(app);
  const { item } = await app.call(saveItem, { meetingId, kind: "topic", text: "From the start" });
  const results = await Promise.allSettled(
    ["left", "right"].map((text) => app.call(saveItem, { meetingId, id: item.id, version: item.version, kind: "topic", text })),
  );
  assert.deepEqual(results.map((one) => one.status).toSorted(), ["fulfilled", "rejected"]);
});

onEveryStore("there is one need in a talk, also when two tabs begin with it", async (app) => {
  const { meetingId } = await begun(app);
  await app.call(saveItem, { meetingId, id: newId(), version: 0, kind: "need", text: "The first" });
  await assert.rejects(app.call(saveItem, { meetingId, id: newId(), version: 0, kind: "need", text: "The second" }), {
    code: "conflict",
  });
  await app.call(saveItem, { meetingId, id: newId(), version: 0, kind: "need", text: "The first" });
  assert.equal((await app.call(showAgenda, { meetingId })).items.length, 1);
});

onEveryStore("the same form sent twice is one item", async (app) => {
  const { meetingId } = await begun(app);
  const input = { meetingId, id: newId(), version: 0, kind: "win", text: "The release went out" } as const;
  await Promise.all([app.call(putItem, input), app.call(putItem, input)]);
  assert.deepEqual(await onAgenda(app, meetingId), ["The release went out"]);
});

onEveryStore("the journal proposes unshared wins and the oldest obstacle; choosing one prepares it, once", async (app) => {
  const { meetingId } = await begun(app);
  const win = await app.call(captureThought, { kind: "win", text: "The release went out", projects: ["Pilot"] });
  const old = await app.call(captureThought, {
    kind: "challenge",
    text: "One test system for two teams",
    happenedOn: "2026-02-01",
  });
  const proposals = await app.call(listProposals, { meetingId });
  assert.deepEqual(
    proposals.wins.map((one) => one.captureId),
    [win.id],
  );
  assert.deepEqual(
    proposals.challenges.map((one) => one.captureId),
    [old.id],
  );
  await Promise.all([
    app.call(chooseCapture, { meetingId, captureId: win.id }),
    app.call(chooseCapture, { meetingId, captureId: win.id }),
  ]);
  assert.deepEqual(await onAgenda(app, meetingId), ["The release went out"]);
  const [item] = await preparedItems(app.database.reader, app.owner, meetingId);
  assert.deepEqual([item?.kind, item?.captureId, item?.project], ["win", win.id, "Pilot"]);
  assert.deepEqual((await app.call(listProposals, { meetingId })).wins, []);
  await app.call(removeItem, { id: item?.id ?? "" });
  assert.deepEqual((await app.call(listProposals, { meetingId })).wins.length, 1, "taken out, it is proposed again");
  await app.call(chooseCapture, { meetingId, captureId: win.id });
  assert.deepEqual(await onAgenda(app, meetingId), ["The release went out"]);
});

onEveryStore("without the need an agenda is not ready and cannot be approved (S25)", async (app) => {
  const { meetingId } = await begun(app);
  await app.call(putItem, { meetingId, kind: "topic", text: "A topic" });
  await assert.rejects(app.call(readyAgenda, { meetingId }), /Say what you need/u);
  const { mail, missing } = await app.call(previewAgenda, { meetingId });
  assert.deepEqual(missing, ["Say what you need from this talk."]);
  await assert.rejects(app.call(approveAgenda, { meetingId, way: "copy", hash: mail.hash }), { code: "invalid" });
  const id = await needed(app, meetingId);
  await app.call(readyAgenda, { meetingId });
  assert.equal((await agendaSummary(app.database.reader, app.owner, meetingId)).ready, true);
  await app.call(putAway, { id });
  assert.equal((await agendaSummary(app.database.reader, app.owner, meetingId)).ready, false);
});

onEveryStore("an unfilled gap blocks the approval (S38)", async (app) => {
  const { meetingId } = await begun(app);
  await needed(app, meetingId);
  const { item } = await app.call(putItem, { meetingId, kind: "growth", text: "How do I become better at [skill]?" });
  const { mail } = await app.call(previewAgenda, { meetingId });
  await assert.rejects(app.call(approveAgenda, { meetingId, way: "copy", hash: mail.hash }), /Fill in \[skill\]/u);
  await app.call(putItem, { meetingId, id: item.id, kind: "growth", text: "How do I become better at facilitation?" });
  await approve(app, meetingId);
});

onEveryStore("only the words that were read can be approved, and every later change asks again (S31)", async (app) => {
  const { meetingId } = await begun(app);
  await needed(app, meetingId);
  const { item } = await app.call(putItem, { meetingId, kind: "topic", text: "A room for the team" });
  const { mail } = await app.call(previewAgenda, { meetingId });
  await app.call(setMinutes, { meetingId, minutes: [{ id: item.id, minutes: 9 }] });
  await assert.rejects(app.call(approveAgenda, { meetingId, way: "copy", hash: mail.hash }), { code: "conflict" });
  const changes = [
    () => app.call(setMinutes, { meetingId, minutes: [{ id: item.id, minutes: 4 }] }),
    () => app.call(putItem, { meetingId, id: item.id, kind: "topic", text: "A room for both teams" }),
    () => app.call(putAway, { id: item.id }),
    () => app.call(writeStatus, { meetingId, text: "All is on time" }),
  ];
  for (const change of changes) {
    await approve(app, meetingId);
    assert.equal((await change()).approval, "withdrawn");
    assert.equal(await findDelivery(app.database.reader, app.owner, meetingId, "agenda"), undefined);
  }
});

onEveryStore("what changes after the mail went out is kept for the talk and said so", async (app) => {
  const { meetingId } = await begun(app);
  await needed(app, meetingId);
  await approve(app, meetingId);
  const delivery = await findDelivery(app.database.reader, app.owner, meetingId, "agenda");
  app.clock.set("2026-03-11T09:00:00Z");
  await app.call(markSent, { id: delivery?.id ?? "" });
  const { approval } = await app.call(putItem, { meetingId, kind: "topic", text: "One more thing" });
  assert.equal(approval, "already_sent");
  assert.deepEqual(await onAgenda(app, meetingId), ["A yes to the pilot", "One more thing"]);
});

onEveryStore("an overbooked agenda is trimmed to its slot, and what is left out is kept (S54)", async (app) => {
  const { meetingId } = await begun(app, 15);
  await needed(app, meetingId);
  await app.call(putItem, { meetingId, kind: "challenge", text: "Stuck", minutes: 10 });
  await app.call(putItem, { meetingId, kind: "topic", text: "One", minutes: 10 });
  await app.call(putItem, { meetingId, kind: "topic", text: "Two", minutes: 10 });
  assert.equal((await app.call(showAgenda, { meetingId })).minutes.over, 17);
  await app.call(trimAgenda, { meetingId });
  const after = await app.call(showAgenda, { meetingId });
  assert.equal(after.minutes.over, 0);
  assert.deepEqual(after.items.map((item) => item.text).toSorted(), ["A yes to the pilot", "One", "Stuck", "Two"]);
  assert.equal((await app.call(previewAgenda, { meetingId })).warnings.length, 0);
});

onEveryStore("a long mail is shown with a warning (S4)", async (app) => {
  const { meetingId } = await begun(app);
  await needed(app, meetingId);
  await app.call(putItem, { meetingId, kind: "topic", text: "word ".repeat(160) });
  assert.match((await app.call(previewAgenda, { meetingId })).warnings[0] ?? "", /words/u);
});

onEveryStore("items are put in another order, and a new one still finds its place", async (app) => {
  const { meetingId } = await begun(app);
  const ids: string[] = [];
  for (const text of ["One", "Two", "Three"]) ids.push((await app.call(putItem, { meetingId, kind: "topic", text })).item.id);
  await app.call(orderItems, { meetingId, ids: ids.toReversed() });
  await app.call(putItem, { meetingId, kind: "topic", text: "Four" });
  await app.call(putItem, { meetingId, kind: "win", text: "A win" });
  assert.deepEqual(await onAgenda(app, meetingId), ["A win", "Three", "Two", "One", "Four"]);
});

onEveryStore("the status line stands in the mail, takes no minutes, and can be taken out (S9)", async (app) => {
  const { meetingId } = await begun(app);
  await Promise.all([
    app.call(writeStatus, { meetingId, text: "All is on time" }),
    app.call(writeStatus, { meetingId, text: "All is on time" }),
  ]);
  assert.equal((await app.call(showAgenda, { meetingId })).minutes.planned, 0);
  assert.match((await app.call(previewAgenda, { meetingId })).mail.text, /All is on time/u);
  await app.call(writeStatus, { meetingId, text: "" });
  assert.deepEqual(await onAgenda(app, meetingId), []);
});

onEveryStore("the growth block of every other held meeting is kept in the plan (S37)", async (app) => {
  const { meetings, meetingId } = await begun(app);
  assert.equal((await app.call(showAgenda, { meetingId })).minutes.growthBlock, 0);
  app.clock.set("2026-03-13T09:00:00Z");
  await app.call(markHeld, { id: meetingId });
  const second = await app.call(openAgenda, { meetingId: meetings[1]?.id ?? "" });
  assert.deepEqual([second.minutes.growthBlock, second.minutes.planned], [10, 10]);
});

onEveryStore("two talks in a row without a look ahead give a hint (S36)", async (app) => {
  const { meetings, meetingId } = await begun(app);
  const winId = (await app.call(putItem, { meetingId, kind: "win", text: "Done" })).item.id;
  assert.equal((await app.call(showAgenda, { meetingId })).growthHint, false, "the first talk is not hurried");
  app.clock.set("2026-03-13T09:00:00Z");
  await inTransaction(app.database, (tx) => tickItem(tx, app.owner, app.clock.now(), winId, true));
  await app.call(markHeld, { id: meetingId });
  const next = meetings[1]?.id ?? "";
  assert.equal((await app.call(openAgenda, { meetingId: next })).growthHint, true);
  await app.call(putItem, { meetingId: next, kind: "growth", text: "What should I learn next?" });
  assert.equal((await app.call(showAgenda, { meetingId: next })).growthHint, false);
});

onEveryStore("preparation is measured, and resumed where it was left (S27)", async (app) => {
  const { meetingId } = await begun(app);
  await Promise.all([app.call(noteTime, { meetingId, seconds: 40 }), app.call(noteTime, { meetingId, seconds: 20 })]);
  await app.call(goToStep, { meetingId, step: "challenge" });
  const agenda = await app.call(openAgenda, { meetingId });
  assert.deepEqual([agenda.activeSeconds, agenda.step], [60, "challenge"]);
  await assert.rejects(app.call(noteTime, { meetingId, seconds: 100_000 }), { code: "invalid" });
});

onEveryStore("a cancelled meeting is not prepared", async (app) => {
  const { meetings } = await begun(app);
  const id = meetings[1]?.id ?? "";
  await app.call(cancelMeeting, { id });
  await assert.rejects(app.call(openAgenda, { meetingId: id }), { code: "conflict" });
});

onEveryStore("somebody else's preparation is not found", async (app) => {
  const { meetingId } = await begun(app);
  const id = await needed(app, meetingId);
  for (const operation of [openAgenda, showAgenda, listProposals, readyAgenda, previewAgenda, trimAgenda] as const)
    await assert.rejects(
      app.callAs(app.stranger, operation as typeof openAgenda, { meetingId }),
      { code: "not_found" },
      operation.name,
    );
  for (const operation of [prepareItem, putAway, discardDraft, removeItem] as const)
    await assert.rejects(
      app.callAs(app.stranger, operation as typeof prepareItem, { id }),
      { code: "not_found" },
      operation.name,
    );
  await assert.rejects(app.callAs(app.stranger, saveItem, { meetingId, kind: "topic", text: "Mine" }), { code: "not_found" });
  await assert.rejects(app.callAs(app.stranger, putItem, { meetingId, id, version: 1, kind: "need", text: "Mine" }), {
    code: "not_found",
  });
  await assert.rejects(app.callAs(app.stranger, orderItems, { meetingId, ids: [id] }), { code: "not_found" });
  await assert.rejects(app.callAs(app.stranger, setMinutes, { meetingId, minutes: [{ id, minutes: 1 }] }), { code: "not_found" });
  await assert.rejects(app.callAs(app.stranger, writeStatus, { meetingId, text: "Mine" }), { code: "not_found" });
  await assert.rejects(app.callAs(app.stranger, approveAgenda, { meetingId, way: "copy", hash: "x" }), { code: "not_found" });
  assert.deepEqual(await preparedItems(app.database.reader, app.stranger, meetingId), []);
  const { id: personId } = await app.callAs(app.stranger, addPerson, { name: "Nina" });
  await app.callAs(app.stranger, scheduleSeries, {
    personId,
    startsOn: "2026-03-12",
    time: "10:00",
    zone: "Europe/Berlin",
    minutes: 30,
    everyWeeks: 1,
  });
  const theirs = (await app.callAs(app.stranger, listMeetings, {})).meetings[0]?.id ?? "";
  await app.callAs(app.stranger, openAgenda, { meetingId: theirs });
  const { id: captureId } = await app.call(captureThought, { kind: "win", text: "Private" });
  await assert.rejects(app.callAs(app.stranger, chooseCapture, { meetingId: theirs, captureId }), { code: "not_found" });
});

onEveryStore("odd input is refused with a sentence or kept as text", async (app) => {
  const { meetingId } = await begun(app);
  const field = (name: string) => (error: { fields: { field: string }[] }) => error.fields[0]?.field === name;
  await assert.rejects(app.call(putItem, { meetingId, kind: "topic", text: " \n " }), field("text"));
  await assert.rejects(app.call(saveItem, { meetingId, kind: "topic", text: "x".repeat(100_000) }), field("text"));
  await assert.rejects(app.call(saveItem, { meetingId, id: "1", kind: "topic", text: "x" }), field("id"));
  await assert.rejects(app.call(saveItem, { meetingId, id: newId(), version: 3, kind: "topic", text: "x" }), {
    code: "not_found",
  });
  await assert.rejects(app.call(setMinutes, { meetingId, minutes: [{ id: "x", minutes: 61 }] }), { code: "invalid" });
  await needed(app, meetingId);
  await app.call(putItem, { meetingId, kind: "win", text: "<script>alert(1)</script>\r\n\u202Eשלום 🎉\u0000" });
  const { mail } = await app.call(previewAgenda, { meetingId });
  assert.match(mail.text, /<script>alert\(1\)<\/script>\nשלום 🎉/u);
  assert.doesNotMatch(mail.html, /<script/u);
});
