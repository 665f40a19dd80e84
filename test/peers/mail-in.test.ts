import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { listAnswers } from "../../src/features/answers/index.ts";
import { type Delivery, showDelivery } from "../../src/features/delivery/index.ts";
import { createMailboxWatcher, listIncoming, mailboxAccountOperations } from "../../src/features/mailbox/index.ts";
import { comingMeetings, scheduleSeries } from "../../src/features/meetings/index.ts";
import { silentLog } from "../../src/platform/log.ts";
import { sendSmtp } from "../../src/platform/mail/smtp.ts";
import { type MailLife, withMailLife } from "./mail-life.ts";
import { PASSWORD } from "./mail-servers.ts";

const ARRIVAL_LIMIT_MS = 30_000;

function replyTo(
  delivery: Delivery,
  { subject, messageId, text, headers = [] }: { subject: string; messageId: string; text: string; headers?: readonly string[] },
): Buffer {
  const quoted = delivery.text
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\r\n");
  return Buffer.from(
    [
      "From: Max Berger <max@example.org>",
      "To: Ana Silva <ana@example.org>",
      `Subject: ${subject}`,
      `Message-ID: ${messageId}`,
      `In-Reply-To: ${delivery.messageId}`,
      `References: ${delivery.messageId}`,
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: 8bit",
      ...headers,
      "",
      text,
      "",
      "On Monday Ana Silva wrote:",
      quoted,
      "",
    ].join("\r\n"),
    "utf8",
  );
}

/** Max sends a mail through the same real server, as himself. */
async function maxSends({ servers }: MailLife, bytes: Buffer): Promise<void> {
  const outcome = await sendSmtp(
    {
      host: "127.0.0.1",
      port: servers.smtp.starttls,
      security: "starttls",
      login: { user: "max@example.org", password: PASSWORD },
      trusted: servers.certificate,
    },
    { from: "max@example.org", to: "ana@example.org", bytes },
    async () => true,
  );
  assert.equal(outcome.result, "accepted", JSON.stringify(outcome));
}

/** The next talk with Max: an answer belongs to one. */
async function nextTalk({ app, max }: MailLife): Promise<string> {
  const day = app.clock.now().toZonedDateTimeISO("Europe/Berlin").toPlainDate().add({ days: 2 });
  await app.call(scheduleSeries, {
    personId: max.id,
    startsOn: day.toString(),
    time: "10:00",
    zone: "Europe/Berlin",
    minutes: 30,
    everyWeeks: 1,
  });
  const [meeting] = await comingMeetings(app.database.reader, app.owner, app.clock.now(), 1);
  return meeting?.id ?? "";
}

/** Asks again until the answer is there: mail takes its time on the way. */
async function until<T>(ask: () => Promise<T>, isThere: (answer: T) => boolean): Promise<T> {
  for (const end = performance.now() + ARRIVAL_LIMIT_MS; ; await pause(200)) {
    const answer = await ask();
    if (isThere(answer) || performance.now() > end) return answer;
  }
}

test("a reply comes back through Dovecot as an answer, once, however often the mailbox is read; an absence is no answer", () =>
  withMailLife(async (life) => {
    const { app, config, worker, approve } = life;
    const { readMailbox } = mailboxAccountOperations(config);
    const delivery = await approve({
      meetingId: await nextTalk(life),
      text: "Hi Max,\n\n1. I need your advice on the budget.\n\nAna",
    });
    await worker.tick();
    const subject = `Re: ${delivery.subject}`;
    await maxSends(
      life,
      replyTo(delivery, { subject, messageId: "<reply-1@example.org>", text: "Take the smaller one. Grüße, Max" }),
    );
    await maxSends(
      life,
      replyTo(delivery, {
        subject: "Automatic reply",
        messageId: "<away-1@example.org>",
        text: "I am out of office until 30 November 2026.",
        headers: ["Auto-Submitted: auto-replied"],
      }),
    );
    const list = (): Promise<{ answers: { kind: string; text: string; state: string }[] }> => app.call(listAnswers, {});
    const { answers } = await until(
      async () => {
        await app.call(readMailbox, {});
        return list();
      },
      (found) => found.answers.length >= 2,
    );
    const said = answers.filter((one) => one.kind !== "away");
    assert.equal(said.length, 1);
    assert.match(said[0]?.text ?? "", /Take the smaller one/u);
    assert.doesNotMatch(said[0]?.text ?? "", /I need your advice/u);
    assert.equal(said[0]?.state, "unverified", "Postfix here checks no sender, so the owner is asked");
    assert.deepEqual(
      answers.filter((one) => one.kind === "away").map((one) => one.text.includes("30 November")),
      [true],
    );
    await maxSends(
      life,
      replyTo(delivery, { subject, messageId: "<reply-1@example.org>", text: "Take the smaller one. Grüße, Max" }),
    );
    await until(
      () => app.call(readMailbox, {}),
      ({ looked }) => looked > 0,
    );
    assert.equal((await list()).answers.length, answers.length, "the same mail twice is one");
  }));

test("a mail that Postfix cannot hand on comes back, and its delivery is open again as failed, in words", () =>
  withMailLife(async (life) => {
    const { app, config, worker, max, approve } = life;
    // Postfix takes it from somebody who is logged in, and finds that there is no way to go.
    await app.database.writer.updateTable("person").set({ email: "max@elsewhere.example" }).where("id", "=", max.id).execute();
    const { id } = await approve({ meetingId: "lost", text: "Hi Max" });
    await worker.tick();
    assert.equal((await app.call(showDelivery, { id })).state, "sent");
    const { readMailbox } = mailboxAccountOperations(config);
    const delivery = await until(
      async () => {
        await app.call(readMailbox, {});
        return app.call(showDelivery, { id });
      },
      ({ state }) => state === "failed",
    );
    assert.equal(delivery.state, "failed");
    assert.match(delivery.failReason ?? "", /No such mailbox here|came back/u);
    const { mails } = await app.call(listIncoming, {});
    assert.deepEqual(
      mails.map((one) => one.kind),
      ["bounce"],
    );
  }));

test("the watcher hears of a reply while it waits (IDLE), and stops at once", () =>
  withMailLife(async (life) => {
    const { app, config, worker, approve } = life;
    const delivery = await approve({ meetingId: await nextTalk(life), text: "Hi Max,\n\nWhat do you think?\n\nAna" });
    await worker.tick();
    const watcher = createMailboxWatcher({ database: app.database, clock: app.clock, log: silentLog, mailConfig: config });
    try {
      await watcher.tick();
      await until(
        () => app.database.reader.selectFrom("mailbox_account").select("last_read_at").executeTakeFirst(),
        (row) => typeof row?.last_read_at === "string",
      );
      const message = { subject: `Re: ${delivery.subject}`, messageId: "<reply-2@example.org>", text: "I think it is right." };
      await maxSends(life, replyTo(delivery, message));
      const { answers } = await until(
        () => app.call(listAnswers, {}),
        (found) => found.answers.length > 0,
      );
      assert.match(answers[0]?.text ?? "", /I think it is right/u);
    } finally {
      const before = performance.now();
      await watcher.stop();
      assert.ok(performance.now() - before < 10_000, "a program that ends does not wait for the server");
    }
  }));
