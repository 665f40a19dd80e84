import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { goesOut, imapLogin, type MailboxTalk, replyTo, withMailbox } from "../../../test/support/mailbox-talk.ts";
import { type Log, silentLog } from "../../platform/log.ts";
import { createMailboxWatcher, mailboxAccountOperations, type MailboxWatcher } from "./index.ts";
import type { Mailbox } from "./schema.ts";

const at = new Date("2026-03-11T10:00:00Z");

function watcherOf(
  { app, config }: MailboxTalk,
  more: { lookEveryMs?: number; command?: number; log?: Log } = {},
): MailboxWatcher {
  const { command = 10_000, lookEveryMs = 600_000, log = silentLog } = more;
  const timeouts = { connect: 10_000, greeting: 10_000, command };
  return createMailboxWatcher({ database: app.database, clock: app.clock, log, mailConfig: config, timeouts, lookEveryMs });
}

/** Resolves when something in the database has become true; nothing announces that. */
async function eventually<T>(read: () => Promise<T>, met: (value: T) => boolean): Promise<T> {
  for (let round = 0; round < 400; round += 1) {
    const value = await read();
    if (met(value)) return value;
    await wait(25);
  }
  throw new Error("It did not become true within ten seconds.");
}

async function watching(talk: MailboxTalk, watcher: MailboxWatcher, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } finally {
    await watcher.stop();
  }
  // Stopped means that no line stays open; the server hears of it a moment later.
  await talk.imap.until(() => talk.imap.open === 0, 3_000);
}

const shown = ({ app, config }: MailboxTalk): Promise<Mailbox> => app.call(mailboxAccountOperations(config).showMailbox, {});

withMailbox("a reply is there as soon as the server announces it", async (talk) => {
  await goesOut(talk);
  const watcher = watcherOf(talk);
  await watching(talk, watcher, async () => {
    await watcher.tick();
    await talk.imap.until(() => talk.imap.idling === 1);
    await watcher.tick();
    assert.equal(talk.imap.connections, 1, "one line is enough");
    talk.imap.deliver(replyTo(talk.messageId, "Yes."), "INBOX", at);
    const [answer] = await eventually(talk.answers, (answers) => answers.length > 0);
    assert.equal(answer?.text, "Yes.");
  });
});

withMailbox("a reply that no server announced is found by looking", async (talk) => {
  await goesOut(talk);
  const watcher = watcherOf(talk, { lookEveryMs: 100 });
  talk.imap.fault = "quiet_idle";
  await watching(talk, watcher, async () => {
    await watcher.tick();
    await talk.imap.until(() => talk.imap.idling === 1);
    talk.imap.deliver(replyTo(talk.messageId, "Yes."), "INBOX", at);
    await eventually(talk.answers, (answers) => answers.length > 0);
  });
});

withMailbox("two processes do not read the same mailbox", async (talk) => {
  const [one, two] = [watcherOf(talk), watcherOf(talk)];
  await watching(talk, one, async () => {
    await one.tick();
    await talk.imap.until(() => talk.imap.idling === 1);
    await Promise.all([two.tick(), two.tick()]);
    assert.equal(talk.imap.connections, 1);
    await one.stop();
    await two.tick();
    await talk.imap.until(() => talk.imap.connections === 2 && talk.imap.idling === 1);
    await two.stop();
  });
});

withMailbox("a process that died loses its right to the mailbox after six minutes", async (talk) => {
  const [dead, alive] = [watcherOf(talk), watcherOf(talk)];
  await watching(talk, dead, async () => {
    await dead.tick();
    await talk.imap.until(() => talk.imap.idling === 1);
    talk.app.clock.advance({ minutes: 7 });
    await alive.tick();
    await talk.imap.until(() => talk.imap.connections === 2 && talk.imap.idling === 2);
    await alive.stop();
  });
});

withMailbox("a lost line is told, and made anew later each time", async (talk) => {
  await goesOut(talk);
  const watcher = watcherOf(talk);
  await watching(talk, watcher, async () => {
    await watcher.tick();
    await talk.imap.until(() => talk.imap.idling === 1);
    talk.imap.dropAll();
    const lost = await eventually(
      () => shown(talk),
      (mailbox) => mailbox.state === "trouble",
    );
    assert.match(lost.trouble ?? "", /connection to 127\.0\.0\.1 was lost/u);
    assert.equal(lost.nextTryAt, "2026-03-11T10:02:00.000Z");
    await watcher.tick();
    assert.equal(talk.imap.connections, 1, "not before its time");
    talk.imap.deliver(replyTo(talk.messageId, "Yes."), "INBOX", at);
    talk.app.clock.advance({ minutes: 2 });
    await watcher.tick();
    await eventually(talk.answers, (answers) => answers.length > 0);
    assert.equal(
      (
        await eventually(
          () => shown(talk),
          (mailbox) => mailbox.state === "fresh",
        )
      ).trouble,
      null,
    );
  });
});

withMailbox("a line that died without a word is made anew", async (talk) => {
  const watcher = watcherOf(talk, { lookEveryMs: 50, command: 300 });
  await watching(talk, watcher, async () => {
    await watcher.tick();
    await talk.imap.until(() => talk.imap.idling === 1);
    talk.imap.fault = "mute";
    const lost = await eventually(
      () => shown(talk),
      (mailbox) => mailbox.state === "trouble",
    );
    assert.match(lost.trouble ?? "", /did not answer in time|was lost/u);
  });
});

withMailbox("a refused login is not tried again until its owner has looked", async (talk) => {
  talk.imap.fault = "refuse_login";
  const watcher = watcherOf(talk);
  await watching(talk, watcher, async () => {
    await watcher.tick();
    const refused = await eventually(
      () => shown(talk),
      (mailbox) => mailbox.state === "paused",
    );
    assert.match(refused.trouble ?? "", /refused the login/u);
    talk.app.clock.advance({ hours: 48 });
    await watcher.tick();
    assert.equal(talk.imap.connections, 1);
    talk.imap.fault = undefined;
    await talk.read();
    assert.equal((await shown(talk)).state, "fresh");
    await watcher.tick();
    await talk.imap.until(() => talk.imap.idling === 1);
  });
});

withMailbox("the log says nothing of what is in a mailbox", async (talk) => {
  await goesOut(talk);
  const lines: string[] = [];
  const note = (facts: Record<string, unknown>, message: string): void => void lines.push(JSON.stringify([facts, message]));
  const watcher = watcherOf(talk, { log: { error: note, warn: note, info: note, debug: note } });
  talk.imap.deliver(replyTo(talk.messageId, "canary reply"), "INBOX", at);
  talk.imap.deliver("From: canary@example.org\r\nSubject: canary\r\nMessage-ID: <canary@example.org>\r\n\r\ncanary", "INBOX", at);
  await watching(talk, watcher, async () => {
    await watcher.tick();
    await eventually(talk.answers, (answers) => answers.length > 0);
    await talk.imap.until(() => talk.imap.idling === 1);
    assert.ok(lines.length > 0, "the log was listening");
    assert.doesNotMatch(lines.join("\n"), /canary|example\.org/u);
  });
});

withMailbox("which server checks senders is learned from the mails in the mailbox", async (talk) => {
  const set = mailboxAccountOperations(talk.config).setMailbox;
  const { port } = talk.imap;
  await talk.app.call(set, { host: "127.0.0.1", port, security: "none", username: imapLogin.user, password: imapLogin.password });
  await goesOut(talk);
  for (let count = 0; count < 6; count += 1)
    talk.imap.deliver(replyTo("<other@example.org>", "Hello", { id: `mail-${count}`, subject: "Else" }), "INBOX", at);
  talk.imap.deliver(replyTo(talk.messageId, "Yes."), "INBOX", at);
  const watcher = watcherOf(talk);
  await watching(talk, watcher, async () => {
    await watcher.tick();
    const [answer] = await eventually(talk.answers, (answers) => answers.length > 0);
    assert.equal(answer?.state, "waiting", "verified, so it waits for nothing but its owner's choice");
    assert.equal((await shown(talk)).learnedServer, "mx.example.net");
  });
});
