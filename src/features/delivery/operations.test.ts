import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { AppError } from "../../lib/errors.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { saveProfile } from "../account/operations.ts";
import { addPerson, editPerson, type Person } from "../people/index.ts";
import { answerUnknown, approveNote, markSent, previewNote, retry, sendNow, showDelivery, withdraw } from "./index.ts";
import {
  approveMail,
  deliveryChoices,
  findDelivery,
  listDeliveries,
  listDueByHand,
  meetingChanged,
  previewMail,
  withdrawApproval,
} from "./index.ts";
import type { Delivery, DeliveryChoices, DeliveryWay, MailDraft } from "./schema.ts";

const START = Temporal.Instant.from("2026-03-05T09:00:00Z");

async function ready(app: TestApp): Promise<Person> {
  await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
  return app.call(addPerson, { name: "Max Berger", email: "max@example.org" });
}

function draftFor(person: Person, changes: Partial<MailDraft> = {}): MailDraft {
  return {
    kind: "agenda",
    meetingId: "meeting-1",
    meetingStartsAt: START,
    zone: "Europe/Berlin",
    personId: person.id,
    text: "Hi Max,\n\nI need your advice.\n\nAna",
    html: "<p>Hi Max,</p><p>I need your advice.</p><p>Ana</p>",
    captureIds: ["capture-1"],
    ...changes,
  };
}

async function approve(app: TestApp, draft: MailDraft, way: DeliveryWay = "copy", sendAt?: string): Promise<Delivery> {
  const { hash } = await previewMail(app.database.reader, app.owner, draft);
  return inTransaction(app.database, (tx) =>
    approveMail(tx, app.owner, app.clock.now(), { draft, way, sendAt, expectedHash: hash }),
  );
}

function refusesField(field: string, words: RegExp) {
  return (error: unknown): boolean =>
    error instanceof AppError && error.code === "invalid" && error.fields[0]?.field === field && words.test(error.message);
}

onEveryStore("the preview shows the very words, who gets them, and how long they take to read (S4, S31)", async (app) => {
  const max = await ready(app);
  const mail = await previewMail(app.database.reader, app.owner, draftFor(max));
  assert.deepEqual(
    [mail.subject, mail.toAddress, mail.fromName, mail.words, mail.readingSeconds],
    ["1:1 Ana / Max", "max@example.org", "Ana Silva", 7, 3],
  );
  await assert.rejects(previewMail(app.database.reader, app.stranger, draftFor(max)), { code: "not_found" });
});

onEveryStore("approving freezes the words and plans a day ahead (S31)", async (app) => {
  const max = await ready(app);
  const approved = await approve(app, draftFor(max));
  assert.deepEqual(
    [approved.state, approved.sendAt, approved.text],
    ["by_hand", "2026-03-04T09:00:00.000Z", "Hi Max,\n\nI need your advice.\n\nAna"],
  );
  await app.call(editPerson, { id: max.id, name: "Maximilian Berger", email: "new@example.org" });
  assert.equal(
    (await app.call(showDelivery, { id: approved.id })).toAddress,
    "max@example.org",
    "what was approved stays as it was",
  );
  await assert.rejects(app.callAs(app.stranger, showDelivery, { id: approved.id }), { code: "not_found" });
});

onEveryStore("what changed since it was read is not approved", async (app) => {
  const max = await ready(app);
  const { hash } = await previewMail(app.database.reader, app.owner, draftFor(max));
  const changed = draftFor(max, { text: "Hi Max,\n\nsomething else" });
  await assert.rejects(
    inTransaction(app.database, (tx) =>
      approveMail(tx, app.owner, app.clock.now(), { draft: changed, way: "copy", expectedHash: hash }),
    ),
    { code: "conflict" },
  );
  assert.equal(await findDelivery(app.database.reader, app.owner, "meeting-1", "agenda"), undefined);
});

onEveryStore("a double click on approve makes one delivery", async (app) => {
  const max = await ready(app);
  const both = await Promise.all([approve(app, draftFor(max)), approve(app, draftFor(max))]);
  assert.equal(both[0].id, both[1].id);
  assert.equal((await app.call(listDeliveries, { meetingId: "meeting-1" })).deliveries.length, 1);
  assert.equal((await app.callAs(app.stranger, listDeliveries, {})).deliveries.length, 0);
});

onEveryStore("an edit withdraws the approval, and approving again is another mail", async (app) => {
  const max = await ready(app);
  const first = await approve(app, draftFor(max));
  const take = (): Promise<string> =>
    inTransaction(app.database, (tx) => withdrawApproval(tx, app.owner, app.clock.now(), "meeting-1", "agenda"));
  assert.deepEqual([await take(), await take()], ["withdrawn", "none"]);
  const second = await approve(app, draftFor(max, { text: "better words" }));
  assert.notEqual(first.id, second.id);
  assert.equal((await app.call(showDelivery, { id: first.id })).state, "withdrawn");
});

onEveryStore("new words replace an approval that was not withdrawn", async (app) => {
  const max = await ready(app);
  const first = await approve(app, draftFor(max));
  await approve(app, draftFor(max, { text: "better words" }));
  assert.equal((await app.call(showDelivery, { id: first.id })).state, "withdrawn");
});

onEveryStore("without an address only copying is possible, and the message says so", async (app) => {
  await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
  const max = await app.call(addPerson, { name: "Max Berger" });
  for (const way of ["smtp", "eml", "mailto"] as const)
    await assert.rejects(approve(app, draftFor(max), way), refusesField("way", /Add it to the person/u));
  assert.equal((await approve(app, draftFor(max), "copy")).state, "by_hand");
});

onEveryStore("SMTP without an account is refused with what to do", async (app) => {
  const max = await ready(app);
  await assert.rejects(approve(app, draftFor(max), "smtp"), refusesField("way", /mail settings/u));
  assert.equal((await deliveryChoices(app.database.reader, app.owner, app.clock.now(), draftFor(max))).smtp, "none");
});

onEveryStore("an hour after the start, and one that is none, are refused", async (app) => {
  const max = await ready(app);
  await assert.rejects(
    approve(app, draftFor(max), "copy", "2026-03-05T09:00:00Z"),
    refusesField("sendAt", /before the meeting/u),
  );
  await assert.rejects(approve(app, draftFor(max), "copy", "tomorrow"), refusesField("sendAt", /offered hours/u));
  app.clock.set("2026-03-05T09:00:00Z");
  await assert.rejects(approve(app, draftFor(max)), { code: "conflict" });
});

onEveryStore("line breaks in names and subjects never start a header of their own", async (app) => {
  await app.call(saveProfile, { name: "Ana\r\nBcc: eve@example.org", email: "ana@example.org", zone: "Europe/Berlin" });
  const max = await app.call(addPerson, { name: "Max\r\nX-Evil: yes", email: "max@example.org" });
  const { id } = await approve(app, draftFor(max), "eml");
  const row = await app.database.reader
    .selectFrom("delivery")
    .select(["mime", "subject"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  assert.doesNotMatch(row.mime, /^(Bcc|X-Evil)/imu);
  assert.doesNotMatch(row.subject, /[\r\n]/u);
});

onEveryStore("a mail sent by hand is reminded at its hour, and counts as told once marked (S13)", async (app) => {
  const max = await ready(app);
  const { id } = await approve(app, draftFor(max));
  assert.equal((await listDueByHand(app.database.reader, app.owner, app.clock.now())).length, 0);
  app.clock.set("2026-03-04T09:00:00Z");
  assert.equal((await listDueByHand(app.database.reader, app.owner, app.clock.now())).length, 1);
  await assert.rejects(app.callAs(app.stranger, markSent, { id }), { code: "not_found" });
  app.clock.advance({ minutes: 30 });
  const sent = await app.call(markSent, { id });
  assert.deepEqual([sent.state, sent.leadMinutes, sent.sentAt], ["sent", 1410, "2026-03-04T09:30:00.000Z"]);
  await app.call(markSent, { id });
  const told = await app.database.reader.selectFrom("telling").selectAll().execute();
  assert.deepEqual(
    told.map((one) => [one.capture_id, one.person_id, one.channel]),
    [["capture-1", max.id, "agenda"]],
  );
  const entry = await app.database.reader.selectFrom("record_entry").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  assert.deepEqual([entry.source, entry.text], ["told", sent.text]);
  assert.equal((await listDueByHand(app.database.reader, app.owner, app.clock.now())).length, 0);
});

onEveryStore("what was sent can be neither withdrawn nor sent again", async (app) => {
  const max = await ready(app);
  const { id } = await approve(app, draftFor(max));
  await app.call(markSent, { id });
  await assert.rejects(app.call(withdraw, { id }), { code: "conflict" });
  for (const act of [sendNow, retry]) await assert.rejects(app.call(act, { id }), { code: "conflict" });
  await assert.rejects(app.call(answerUnknown, { id, arrived: false }), { code: "conflict" });
  assert.equal(
    await inTransaction(app.database, (tx) => withdrawApproval(tx, app.owner, app.clock.now(), "meeting-1", "agenda")),
    "already_sent",
  );
  await assert.rejects(approve(app, draftFor(max, { text: "other words" })), { code: "conflict" });
  assert.equal((await approve(app, draftFor(max))).id, id, "approving the same words again changes nothing");
});

onEveryStore("withdrawing is possible until it was sent, and only for its owner", async (app) => {
  const max = await ready(app);
  const { id } = await approve(app, draftFor(max));
  for (const act of [withdraw, sendNow, retry])
    await assert.rejects(app.callAs(app.stranger, act, { id }), { code: "not_found" });
  await assert.rejects(app.callAs(app.stranger, previewNote, { id }), { code: "not_found" });
  await assert.rejects(app.callAs(app.stranger, answerUnknown, { id, arrived: true }), { code: "not_found" });
  assert.equal((await app.call(withdraw, { id })).state, "withdrawn");
});

onEveryStore(
  "when a meeting moves or is cancelled after its agenda went out, a short note in the thread is offered and itself approved",
  async (app) => {
    const max = await ready(app);
    const { id } = await approve(app, draftFor(max));
    const change = (startsAt: Temporal.Instant, cancelled = false): Promise<void> =>
      inTransaction(app.database, (tx) =>
        meetingChanged(tx, app.owner, app.clock.now(), {
          meetingId: "meeting-1",
          startsAt,
          zone: "Europe/Berlin",
          cancelledAt: cancelled ? app.clock.now() : null,
        }),
      );
    await app.call(markSent, { id });
    await assert.rejects(app.call(previewNote, { id }), { code: "conflict" });
    await change(START.add({ hours: 24 }));
    const choices = await app.call(previewNote, { id });
    assert.match(choices.mail.text, /^Hi Max,\n\nOur 1:1 has moved to Friday 6 March 2026, 10:00 \(Europe\/Berlin\)\./u);
    assert.equal(choices.mail.subject, "1:1 Ana / Max");
    await assert.rejects(app.callAs(app.stranger, approveNote, { id, way: "copy", hash: choices.mail.hash }), {
      code: "not_found",
    });
    const note = await app.call(approveNote, { id, way: "copy", hash: choices.mail.hash });
    assert.equal(note.kind, "note");
    assert.equal((await app.call(showDelivery, { id })).noteOffered, false);
    await change(START.add({ hours: 24 }), true);
    assert.match((await app.call(previewNote, { id })).mail.text, /is not taking place/u);
    assert.equal(
      (await app.call(listDeliveries, {})).deliveries.filter((one) => one.kind === "agenda").length,
      1,
      "no second agenda",
    );
  },
);

onEveryStore("a meeting that moves before the send takes its plan along; a cancelled one withdraws it", async (app) => {
  const max = await ready(app);
  const { id } = await approve(app, draftFor(max));
  const change = (startsAt: Temporal.Instant, cancelledAt: Temporal.Instant | null = null): Promise<void> =>
    inTransaction(app.database, (tx) =>
      meetingChanged(tx, app.owner, app.clock.now(), { meetingId: "meeting-1", startsAt, zone: "Europe/Berlin", cancelledAt }),
    );
  await change(START.add({ hours: 48 }));
  const moved = await app.call(showDelivery, { id });
  assert.deepEqual([moved.sendAt, moved.state, moved.noteOffered], ["2026-03-06T09:00:00.000Z", "by_hand", false]);
  await change(START.add({ hours: 48 }), app.clock.now());
  assert.equal((await app.call(showDelivery, { id })).state, "withdrawn");
});

onEveryStore("words that name the old day are not sent after the meeting moved: its owner looks again", async (app) => {
  const max = await ready(app);
  const { id } = await approve(app, draftFor(max, { text: "For our 1:1 on Thursday 5 March 2026" }));
  await inTransaction(app.database, (tx) =>
    meetingChanged(tx, app.owner, app.clock.now(), {
      meetingId: "meeting-1",
      startsAt: START.add({ hours: 48 }),
      zone: "Europe/Berlin",
      cancelledAt: null,
    }),
  );
  assert.equal((await app.call(showDelivery, { id })).state, "withdrawn");
  const later = draftFor(max, { text: "For our 1:1 on Saturday 7 March 2026", meetingStartsAt: START.add({ hours: 48 }) });
  const choices = (): Promise<DeliveryChoices> => deliveryChoices(app.database.reader, app.owner, app.clock.now(), later);
  assert.equal((await choices()).withdrawnByMove, true);
  await approve(app, later);
  assert.equal((await choices()).withdrawnByMove, false);
});
