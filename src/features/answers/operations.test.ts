import assert from "node:assert/strict";
import { allow, guestVisit, pathIn, sendRecap, sendWhatIsPrepared } from "../../../test/support/guest-visit.ts";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { weeklyTalk } from "../../../test/support/weekly-talk.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { acceptAnswer, openAgenda, preparedItems, previewAgenda, putItem } from "../agenda/index.ts";
import { addCommitment, addQuestion, keepCommitment, listCommitments } from "../commitments/index.ts";
import { findDelivery, listDeliveries } from "../delivery/index.ts";
import { listMeetings, moveMeeting, showMeeting } from "../meetings/index.ts";
import { approveRecap, draftFromAnswer, openRecap, previewRecap, showRecap } from "../recap/index.ts";
import {
  allowPage,
  answersOf,
  declineAnswer,
  guestLinkFor,
  keepAnswer,
  listAnswers,
  mailLinesOf,
  type NewAnswer,
  revokeLink,
  showAccess,
  verifyAnswer,
} from "./index.ts";

type Said = Partial<NewAnswer> & Pick<NewAnswer, "kind">;

/** Keeps an answer of Max's to this meeting as the mailbox or the page would. */
async function keep(app: TestApp, talk: { personId: string; meetingId: string }, said: Said): Promise<string> {
  const facts = { sourceKey: `test:${JSON.stringify(said)}`, way: "mail", text: "", isVerified: true, ...talk, ...said } as const;
  return inTransaction(app.database, (tx) => keepAnswer(tx, app.owner, app.clock.now(), facts));
}

onEveryStore("an answer is kept once for each source, also when it comes twice at once", async (app) => {
  const talk = await weeklyTalk(app);
  const said = { kind: "topic", text: " The budget ", sourceKey: "mail:<1@example.org>:0" } as const;
  const [first, second] = await Promise.all([keep(app, talk, said), keep(app, talk, said)]);
  assert.equal(first, second);
  const { answers } = await app.call(listAnswers, { meetingId: talk.meetingId });
  assert.deepEqual(
    answers.map(({ text, state }) => [text, state]),
    [["The budget", "waiting"]],
  );
});

onEveryStore("a topic joins the agenda as theirs, once, and stands so in the next mail", async (app) => {
  const talk = await weeklyTalk(app);
  const id = await keep(app, talk, { kind: "topic", text: "The budget for the course" });
  await app.call(openAgenda, { meetingId: talk.meetingId });
  await app.call(putItem, { meetingId: talk.meetingId, kind: "need", text: "A yes" });
  assert.equal((await app.call(acceptAnswer, { id })).state, "accepted");
  await app.call(acceptAnswer, { id });
  const items = await preparedItems(app.database.reader, app.owner, talk.meetingId);
  assert.deepEqual(
    items.map((item) => [item.kind, item.text]),
    [
      ["need", "A yes"],
      ["topic", "The budget for the course"],
    ],
  );
  const { mail } = await app.call(previewAgenda, { meetingId: talk.meetingId });
  assert.match(mail.text, /1\. The budget for the course \(from you, 5 min\)/u);
});

onEveryStore("a topic that comes after the talk goes to the next one; without one it waits", async (app) => {
  const talk = await weeklyTalk(app);
  app.clock.set("2026-03-12T10:00:00Z");
  const id = await keep(app, talk, { kind: "topic", text: "Holidays" });
  await app.call(acceptAnswer, { id });
  const next = (await app.call(listMeetings, { from: "2026-03-19", to: "2026-03-19" })).meetings[0]?.id ?? "";
  const items = await preparedItems(app.database.reader, app.owner, next);
  assert.ok(items.some((item) => item.text === "Holidays"));
});

onEveryStore(
  "a correction changes the ledger only when it is taken over, and the earlier words and day stay in the history",
  async (app) => {
    const talk = await weeklyTalk(app);
    const { id } = await app.call(addCommitment, {
      personId: talk.personId,
      side: "theirs",
      text: "Ask finance",
      dueOn: "2026-03-18",
    });
    const about = { kind: "commitment", id, text: "Ask finance" } as const;
    const correction = await keep(app, talk, { kind: "correction", about, text: "Ask Lena", namedOn: "2026-03-25" });
    const present = async () => (await app.call(listCommitments, {})).theirs[0];
    assert.equal((await present())?.text, "Ask finance", "nothing is overwritten");
    await app.call(acceptAnswer, { id: correction });
    const changed = await present();
    assert.deepEqual([changed?.text, changed?.dueOn], ["Ask Lena", "2026-03-25"]);
    assert.equal(changed?.history.at(-1)?.note, "Until then: Ask finance");
    const more = await keep(app, talk, { kind: "more_time", about, text: "Busy week", namedOn: "2026-04-01" });
    await app.call(acceptAnswer, { id: more });
    const later = await present();
    assert.deepEqual([later?.text, later?.dueOn, later?.history.at(-1)?.note], ["Ask Lena", "2026-04-01", "Busy week"]);
    const yes = await keep(app, talk, { kind: "confirmation", about, receivedAt: app.clock.now().subtract({ hours: 2 }) });
    await app.call(acceptAnswer, { id: yes });
    const confirmed = (await present())?.history.find((event) => event.happening === "confirmed");
    assert.equal(confirmed?.happenedAt, "2026-03-02T07:00:00.000Z", "with the moment in which it was said");
  },
);

onEveryStore("a change to a promise that was closed in the meantime is refused and still waits", async (app) => {
  const talk = await weeklyTalk(app);
  const { id } = await app.call(addCommitment, { personId: talk.personId, side: "theirs", text: "Ask finance", dueOn: null });
  const more = await keep(app, talk, { kind: "more_time", about: { kind: "commitment", id, text: "Ask finance" } });
  await app.call(keepCommitment, { id });
  await assert.rejects(app.call(acceptAnswer, { id: more }), { code: "conflict" });
  assert.equal((await app.call(listAnswers, { waiting: true })).answers.length, 1);
});

onEveryStore("words to an open question become its answer", async (app) => {
  const talk = await weeklyTalk(app);
  const question = await app.call(addQuestion, { personId: talk.personId, text: "Who reviews?" });
  const about = { kind: "question", id: question.id, text: "Who reviews?" } as const;
  await app.call(acceptAnswer, { id: await keep(app, talk, { kind: "reply", about, text: "Jo does" }) });
  const [answered] = (await app.call(listCommitments, {})).questions;
  assert.equal(answered?.answer, "Jo does");
});

onEveryStore("who may be forged waits for its owner's yes before anything else", async (app) => {
  const talk = await weeklyTalk(app);
  const id = await keep(app, talk, { kind: "topic", text: "Send me money", isVerified: false, sender: "max@evil.example.org" });
  await assert.rejects(app.call(acceptAnswer, { id }), { code: "conflict" });
  assert.equal((await app.call(verifyAnswer, { id })).state, "waiting");
  assert.equal((await app.call(acceptAnswer, { id })).state, "accepted");
  const other = await keep(app, talk, { kind: "reply", text: "No", isVerified: false });
  assert.equal((await app.call(declineAnswer, { id: other })).state, "declined");
  await assert.rejects(app.call(acceptAnswer, { id: other }), { code: "conflict" });
  await assert.rejects(app.call(declineAnswer, { id }), { code: "conflict" });
});

onEveryStore("somebody else's answers, links and people are not found", async (app) => {
  const talk = await weeklyTalk(app);
  const id = await keep(app, talk, { kind: "topic", text: "Ours" });
  for (const operation of [acceptAnswer, declineAnswer, verifyAnswer])
    await assert.rejects(app.callAs(app.stranger, operation, { id }), { code: "not_found" });
  await assert.rejects(app.callAs(app.stranger, revokeLink, { id }), { code: "not_found" });
  await assert.rejects(app.callAs(app.stranger, showAccess, { personId: talk.personId }), { code: "not_found" });
  await assert.rejects(app.callAs(app.stranger, allowPage, { personId: talk.personId, allowed: false }), { code: "not_found" });
  assert.deepEqual((await app.callAs(app.stranger, listAnswers, {})).answers, []);
  await assert.rejects(
    inTransaction(app.database, (tx) =>
      keepAnswer(tx, app.stranger, app.clock.now(), {
        ...talk,
        sourceKey: "x",
        way: "page",
        kind: "topic",
        text: "x",
        isVerified: true,
      }),
    ),
    { code: "not_found" },
  );
});

onEveryStore("a kept reply is offered for the recap, and drafted into it once", async (app) => {
  const talk = await weeklyTalk(app);
  app.clock.set("2026-03-12T09:45:00Z");
  await app.call(openRecap, { meetingId: talk.meetingId });
  const id = await keep(app, talk, { kind: "reply", text: "We go\nwith plan B" });
  await assert.rejects(app.call(draftFromAnswer, { answerId: id, part: "decision" }), { code: "conflict" });
  await app.call(acceptAnswer, { id });
  await app.call(draftFromAnswer, { answerId: id, part: "decision" });
  await assert.rejects(app.call(draftFromAnswer, { answerId: id, part: "decision" }), { code: "conflict" });
  const { parts } = await app.call(showRecap, { meetingId: talk.meetingId });
  assert.deepEqual(
    parts[0]?.lines.map(({ text, preparedAt }) => [text, preparedAt]),
    [["We go with plan B", null]],
  );
});

onEveryStore(
  "a mail has a link only when it can be reached and its owner switched it on, and the words stay the same",
  async (app) => {
    const visit = guestVisit(app);
    const { personId, meetingId } = await weeklyTalk(app);
    await visit.call(openAgenda, { meetingId });
    await visit.call(putItem, { meetingId, kind: "need", text: "A yes" });
    const textOf = async () => (await visit.call(previewAgenda, { meetingId })).mail.text;
    assert.match(await textOf(), /a short reply is enough\.$/mu);
    await assert.rejects(app.call(allowPage, { personId, allowed: true }), { code: "unavailable" });
    await allow(visit, personId);
    assert.match(
      (await app.call(previewAgenda, { meetingId })).mail.text,
      /a short reply is enough\.$/mu,
      "out of reach: no dead link",
    );
    const first = await textOf();
    assert.match(first, /this page: https:\/\/one\.example\.org\/g\/[\w-]{43}$/mu);
    assert.equal(await textOf(), first);
    const path = await sendWhatIsPrepared(visit, meetingId);
    assert.ok(first.includes(path));
  },
);

onEveryStore("the lines of a mail say what they are about: promises as they stand in the ledger", async (app) => {
  const visit = guestVisit(app);
  const { meetingId } = await weeklyTalk(app);
  app.clock.set("2026-03-12T09:45:00Z");
  await sendRecap(visit, meetingId, [
    { part: "decision", text: "We start" },
    { part: "manager_commitment", text: "Ask finance", dueOn: "2026-03-20" },
  ]);
  const delivery = await findDelivery(app.database.reader, app.owner, meetingId, "recap");
  const lines = await mailLinesOf(app.database.reader, app.owner, delivery?.id ?? "");
  const { theirs } = await app.call(listCommitments, {});
  assert.deepEqual(
    lines.map(({ heading, text, about, dueOn }) => [heading, text, about?.kind, dueOn]),
    [
      ["Decisions", "We start", "line", null],
      ["Max's commitments", "Ask finance", "commitment", "2026-03-20"],
    ],
  );
  assert.equal(lines[1]?.about?.id, theirs[0]?.id);
  assert.deepEqual(await mailLinesOf(app.database.reader, app.stranger, delivery?.id ?? ""), []);
});

onEveryStore(
  "closing a page takes back the approval of a mail that carries its link, and the next one has another",
  async (app) => {
    const visit = guestVisit(app);
    const { personId, meetingId } = await weeklyTalk(app);
    await allow(visit, personId);
    app.clock.set("2026-03-12T09:45:00Z");
    await visit.call(openRecap, { meetingId });
    const { choices } = await visit.call(previewRecap, { meetingId });
    await visit.call(approveRecap, { meetingId, way: "copy", hash: choices.mail.hash });
    const link = (await visit.call(showAccess, { personId })).links[0];
    assert.equal(link?.isOpen, true);
    await visit.call(revokeLink, { id: link.id });
    const { deliveries } = await app.call(listDeliveries, { meetingId });
    assert.equal(deliveries[0]?.state, "withdrawn");
    const again = await visit.call(previewRecap, { meetingId });
    assert.notEqual(pathIn(again.choices.mail.text), pathIn(choices.mail.text));
  },
);

onEveryStore("a link belongs to its meeting: it moves with it and is the same afterwards", async (app) => {
  const visit = guestVisit(app);
  const { personId, meetingId } = await weeklyTalk(app);
  await allow(visit, personId);
  const linkOf = async () =>
    guestLinkFor(app.database.reader, app.owner, visit.reach, await app.call(showMeeting, { id: meetingId }));
  const before = await linkOf();
  await app.call(moveMeeting, { id: meetingId, date: "2026-03-13", time: "11:00" });
  assert.equal(await linkOf(), before);
  assert.deepEqual(await answersOf(app.database.reader, app.owner, meetingId), []);
});
