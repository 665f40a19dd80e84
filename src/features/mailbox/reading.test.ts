import assert from "node:assert/strict";
import { goesOut, mailFromMax, OWN_SERVER, replyTo, withMailbox } from "../../../test/support/mailbox-talk.ts";
import { showTimeline } from "../record/index.ts";
import { showToday } from "../today/index.ts";
import { listIncoming, showRaw } from "./index.ts";

const at = new Date("2026-03-11T10:00:00Z");

withMailbox("a reply stands beside the item that it answers, verified, and its raw mail is kept byte by byte", async (talk) => {
  await goesOut(talk);
  const raw = replyTo(talk.messageId, "> What I need from this talk\r\n> A yes or no to the pilot.\r\n\r\nYes from me.\r\n");
  talk.imap.deliver(raw, "INBOX", at);
  assert.equal(await talk.read(), 1);
  const [answer, ...more] = await talk.answers();
  assert.equal(more.length, 0);
  assert.deepEqual(
    [answer?.kind, answer?.text, answer?.about?.id, answer?.state, answer?.way],
    ["reply", "Yes from me.", talk.needId, "waiting", "mail"],
  );
  const kept = await talk.app.call(showRaw, { id: answer?.rawId ?? "" });
  assert.equal(Buffer.from(kept.raw, "base64").toString(), raw);
  assert.equal(kept.verified, true);
  await assert.rejects(talk.app.callAs(talk.app.stranger, showRaw, { id: kept.id }), { code: "not_found" });
  assert.deepEqual(await talk.app.callAs(talk.app.stranger, listIncoming, {}), { mails: [] });
});

withMailbox("mail that answers none of ours is neither kept nor fetched", async (talk) => {
  await goesOut(talk);
  talk.imap.deliver(mailFromMax("Lunch?", { subject: "Lunch", id: "lunch" }), "INBOX", at);
  talk.imap.deliver(mailFromMax("Win now", { from: "spam@example.com", subject: "1:1 Ana / Max" }), "INBOX", at);
  talk.imap.deliver(mailFromMax("Invitation", { headers: ["Auto-Submitted: auto-generated"] }), "INBOX", at);
  const before = talk.imap.commands.length;
  assert.equal(await talk.read(), 0);
  const asked = talk.imap.commands.slice(before).filter((one) => one === "UID FETCH");
  assert.equal(asked.length, 1, "the headers of three mails at once, and the text of none");
  assert.deepEqual(await talk.app.call(listIncoming, {}), { mails: [] });
});

withMailbox("the same reply twice, and the same mailbox renumbered, is one answer", async (talk) => {
  await goesOut(talk);
  const raw = replyTo(talk.messageId, "Fine with me.");
  talk.imap.deliver(raw, "INBOX", at);
  talk.imap.deliver(raw, "INBOX", at);
  assert.equal(await talk.read(), 1);
  talk.imap.renumber();
  assert.equal(await talk.read(), 0, "read again from the last thirty days, and all of it known");
  assert.equal((await talk.answers()).length, 1);
  talk.imap.deliver(replyTo(talk.messageId, "One more thing: bring the plan.", { id: "reply-2" }), "INBOX", at);
  assert.equal(await talk.read(), 1);
  assert.equal((await talk.answers()).length, 2);
});

const forged: readonly [string, readonly string[], RegExp][] = [
  ["without a word of our server", [], /said nothing/u],
  [
    "with the results of a foreign server",
    ["Authentication-Results: mx.evil.example; dmarc=pass header.from=example.org"],
    /not made by your own/u,
  ],
  ["that failed the check", [`Authentication-Results: ${OWN_SERVER}; dmarc=fail header.from=example.org; dkim=none`], /forged/u],
  [
    "signed by another domain",
    [`Authentication-Results: ${OWN_SERVER}; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=evil.example`],
    /could not confirm/u,
  ],
  [
    "with good results below those of our server",
    [
      `Authentication-Results: ${OWN_SERVER}; dmarc=none`,
      `Authentication-Results: ${OWN_SERVER}; dmarc=pass header.from=example.org`,
    ],
    /could not confirm/u,
  ],
];

for (const [title, headers, reason] of forged) {
  withMailbox(`a reply ${title} waits for its owner's yes`, async (talk) => {
    await goesOut(talk);
    talk.imap.deliver(replyTo(talk.messageId, "I approve everything.", { headers }), "INBOX", at);
    assert.equal(await talk.read(), 1);
    assert.equal((await talk.answers())[0]?.state, "unverified");
    const [mail] = (await talk.app.call(listIncoming, {})).mails;
    assert.equal(mail?.verified, false);
    assert.match(mail?.senderCheck ?? "", reason);
  });
}

withMailbox("a reply from another address than the one written to is not verified, however good its signature", async (talk) => {
  await goesOut(talk);
  talk.imap.deliver(replyTo(talk.messageId, "It is me.", { from: "moritz@example.org" }), "INBOX", at);
  assert.equal(await talk.read(), 1);
  assert.equal((await talk.answers())[0]?.state, "unverified");
  assert.match((await talk.app.call(listIncoming, {})).mails[0]?.senderCheck ?? "", /another address/u);
});

withMailbox("a note of absence says until when, and is no answer", async (talk) => {
  await goesOut(talk);
  const headers = ["Auto-Submitted: auto-replied", "Return-Path: <>"];
  const text = "I am out of the office until 20 March 2026.";
  talk.imap.deliver(replyTo(talk.messageId, text, { subject: "Automatic reply: 1:1 Ana / Max", headers }), "INBOX", at);
  assert.equal(await talk.read(), 1);
  const [answer] = await talk.answers();
  assert.deepEqual([answer?.kind, answer?.namedOn, answer?.text], ["away", "2026-03-20", text]);
});

function bounce(messageId: string): string {
  return [
    "Return-Path: <>",
    "From: Mail Delivery System <MAILER-DAEMON@mx.example.net>",
    "To: ana@example.org",
    "Subject: Undelivered Mail Returned to Sender",
    "Message-ID: <bounce-1@mx.example.net>",
    "Auto-Submitted: auto-replied",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain",
    "",
    "I'm sorry to have to inform you that your message could not be delivered.",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example.net",
    "",
    "Final-Recipient: rfc822; max@example.org",
    "Action: failed",
    "Status: 5.1.1",
    "Diagnostic-Code: smtp; 550 5.1.1 <max@example.org>: Recipient address rejected: User unknown",
    "--b",
    "Content-Type: text/rfc822-headers",
    "",
    `Message-ID: ${messageId}`,
    "Subject: 1:1 Ana / Max",
    "--b--",
  ].join("\r\n");
}

withMailbox("a mail that came back is open again as failed, counts as untold, and is told on the start page", async (talk) => {
  await goesOut(talk);
  assert.equal((await talk.delivery()).state, "sent");
  assert.equal((await talk.app.call(showTimeline, { source: "told" })).entries.length, 1);
  talk.imap.deliver(bounce(talk.messageId), "INBOX", at);
  assert.equal(await talk.read(), 1);
  const delivery = await talk.delivery();
  assert.equal(delivery.state, "failed");
  assert.match(delivery.failReason ?? "", /came back.+no such mailbox.+User unknown/u);
  assert.deepEqual(await talk.answers(), [], "a bounce is no answer");
  assert.deepEqual((await talk.app.call(showTimeline, { source: "told" })).entries, [], "nothing was told");
  const { trouble } = await talk.app.call(showToday, {});
  assert.deepEqual(
    trouble.map((one) => one.id),
    [talk.deliveryId],
  );
  talk.imap.deliver(bounce(talk.messageId).replace("bounce-1", "bounce-2"), "INBOX", at);
  assert.equal(await talk.read(), 1);
  assert.equal((await talk.delivery()).failReason, delivery.failReason);
});

withMailbox("a report about a delay changes nothing", async (talk) => {
  await goesOut(talk);
  const delayed = bounce(talk.messageId).replace("Action: failed", "Action: delayed").replaceAll("5.1.1", "4.4.1");
  talk.imap.deliver(delayed, "INBOX", at);
  assert.equal(await talk.read(), 1);
  assert.equal((await talk.delivery()).state, "sent");
});

withMailbox("a reply without any id is matched by its sender and its subject", async (talk) => {
  await goesOut(talk);
  talk.imap.deliver(mailFromMax("Good plan.", { subject: "AW: [EXTERNAL] Re: 1:1 Ana / Max" }), "INBOX", at);
  assert.equal(await talk.read(), 1);
  assert.equal((await talk.app.call(listIncoming, {})).mails[0]?.matchedBy, "subject");
  assert.equal((await talk.answers())[0]?.text, "Good plan.");
});

withMailbox("an unknown mail that is in the folder for sent mails counts as sent, at the hour when it left", async (talk) => {
  talk.sink.fault = "cut_after_accept";
  talk.app.clock.set("2026-03-11T09:00:00Z");
  talk.imap.deliver(`Message-ID: ${talk.messageId}\r\nFrom: ana@example.org\r\n\r\nHi Max`, "Sent", at);
  await talk.worker.tick();
  const delivery = await talk.delivery();
  assert.deepEqual([delivery.state, delivery.sentAt], ["sent", "2026-03-11T09:00:00.000Z"]);
});

withMailbox(
  "an unknown mail that is nowhere is looked for again after twelve minutes, and then its owner is asked",
  async (talk) => {
    talk.sink.fault = "cut_before_reply";
    talk.app.clock.set("2026-03-11T09:00:00Z");
    await talk.worker.tick();
    assert.equal((await talk.worker.nextDueAt())?.toString(), "2026-03-11T09:12:00Z");
    talk.app.clock.set("2026-03-11T09:12:00Z");
    await talk.worker.tick();
    assert.equal((await talk.delivery()).state, "unknown", "absence is no proof");
    assert.equal(await talk.worker.nextDueAt(), undefined, "from here on it is the owner's turn");
    assert.equal(talk.sink.connections, 1, "nothing was sent a second time");
  },
);

withMailbox("a copy to oneself that arrives late settles an unknown mail, as does a reply to it", async (talk) => {
  talk.sink.fault = "cut_after_accept";
  talk.app.clock.set("2026-03-11T09:00:00Z");
  await talk.worker.tick();
  assert.equal((await talk.delivery()).state, "unknown");
  talk.imap.deliver(replyTo(talk.messageId, "Got it."), "INBOX", at);
  talk.app.clock.set("2026-03-11T09:05:00Z");
  assert.equal(await talk.read(), 1);
  assert.deepEqual([(await talk.delivery()).state, (await talk.delivery()).sentAt], ["sent", "2026-03-11T09:00:00.000Z"]);
});

withMailbox("a mailbox that cannot be read does not settle an unknown mail before an hour has passed", async (talk) => {
  talk.sink.fault = "cut_after_accept";
  talk.imap.fault = "busy";
  talk.app.clock.set("2026-03-11T09:00:00Z");
  await talk.worker.tick();
  talk.app.clock.set("2026-03-11T09:12:00Z");
  await talk.worker.tick();
  assert.equal((await talk.worker.nextDueAt())?.toString(), "2026-03-11T09:17:00Z");
  talk.app.clock.set("2026-03-11T10:01:00Z");
  await talk.worker.tick();
  assert.equal((await talk.delivery()).state, "unknown");
  assert.equal(await talk.worker.nextDueAt(), undefined);
});
