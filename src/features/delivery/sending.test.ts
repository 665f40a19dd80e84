import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import {
  sinkCertificate,
  type SmtpFault,
  type SmtpSink,
  type SmtpSinkOptions,
  startSmtpSink,
} from "../../../test/support/smtp-sink.ts";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { silentLog } from "../../platform/log.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { saveProfile } from "../account/operations.ts";
import { addPerson, type Person } from "../people/index.ts";
import {
  answerUnknown,
  approveMail,
  createMailWorker,
  mailAccountOperations,
  type MailConfig,
  markSent,
  meetingChanged,
  previewMail,
  retry,
  sendNow,
  showDelivery,
  withdraw,
  withdrawApproval,
} from "./index.ts";
import type { MailWorker } from "./operations/worker.ts";
import type { Delivery, MailDraft } from "./schema.ts";

const START = Temporal.Instant.from("2026-03-05T09:00:00Z");
const SEND = "2026-03-04T09:00:00Z";
/** A busy machine may need seconds for an honest answer; only a server that is silent on purpose is given up soon. */
const timeouts = { connect: 20_000, greeting: 20_000, idle: 20_000, total: 60_000 };
const login = { user: "ana@example.org", password: "app pässword" };

function workerOn({ database, clock }: TestApp, mailConfig: MailConfig, fault?: SmtpFault): MailWorker {
  const patience = fault?.startsWith("hang") ? { ...timeouts, idle: 400 } : timeouts;
  return createMailWorker({ database, clock, mailConfig, log: silentLog, timeouts: patience });
}

interface Post {
  readonly app: TestApp;
  readonly sink: SmtpSink;
  readonly worker: MailWorker;
  readonly config: MailConfig;
  readonly max: Person;
  approve(changes?: Partial<MailDraft>): Promise<Delivery>;
  show(id: string): Promise<Delivery>;
  at(instant: string): Promise<void>;
}

/** A test with a mail account on a real SMTP server on loopback. */
function onPost(title: string, options: SmtpSinkOptions, work: (post: Post) => Promise<void>): void {
  onEveryStore(title, async (app) => {
    const sink = await startSmtpSink({ login, ...options });
    try {
      const config: MailConfig = { keyFile: "/nowhere", key: randomBytes(32).toString("base64"), trusted: sinkCertificate };
      await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
      const max = await app.call(addPerson, { name: "Max Berger", email: "max@example.org" });
      await app.call(mailAccountOperations(config).saveMailAccount, {
        host: "127.0.0.1",
        port: sink.port,
        security: options.security ?? "none",
        username: login.user,
        password: login.password,
      });
      const worker = workerOn(app, config, options.fault);
      await work({
        app,
        sink,
        worker,
        config,
        max,
        async approve(changes = {}) {
          const draft: MailDraft = {
            kind: "agenda",
            meetingId: "meeting-1",
            meetingStartsAt: START,
            zone: "Europe/Berlin",
            personId: max.id,
            text: "Hi Max,\n\nI need your advice ✓",
            html: "<p>Hi Max,</p>",
            captureIds: ["capture-1"],
            ...changes,
          };
          const { hash } = await previewMail(app.database.reader, app.owner, draft);
          return inTransaction(app.database, (tx) =>
            approveMail(tx, app.owner, app.clock.now(), { draft, way: "smtp", expectedHash: hash }),
          );
        },
        show: (id) => app.call(showDelivery, { id }),
        async at(instant) {
          app.clock.set(instant);
          await worker.tick();
        },
      });
    } finally {
      await sink.close();
    }
  });
}

for (const security of ["none", "starttls", "implicit_tls"] as const) {
  onPost(
    `an approved agenda arrives once, at start - 24 h, with the approved words, over ${security} (S31)`,
    { security },
    async ({ app, sink, approve, show, at }) => {
      const { id } = await approve();
      await at("2026-03-04T08:59:59Z");
      assert.equal(sink.connections, 0, "not a second early");
      await at(SEND);
      await at("2026-03-04T10:00:00Z");
      assert.equal(sink.mails.length, 1);
      const [mail] = sink.mails;
      const kept = await app.database.reader
        .selectFrom("delivery")
        .select(["mime", "message_id"])
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      assert.equal(mail?.raw, kept.mime, "the frozen bytes are exactly what goes out");
      assert.equal(mail?.parsed.messageId, kept.message_id);
      assert.deepEqual(
        [mail?.envelopeTo, mail?.envelopeFrom, mail?.parsed.text?.trim()],
        [["max@example.org"], "ana@example.org", "Hi Max,\n\nI need your advice ✓"],
      );
      const sent = await show(id);
      assert.deepEqual([sent.state, sent.leadMinutes, sent.sentAt], ["sent", 1440, "2026-03-04T09:00:00.000Z"]);
      const told = await app.database.reader.selectFrom("telling").selectAll().where("owner_id", "=", app.owner).execute();
      assert.deepEqual([told.length, told[0]?.delivery_id], [1, id]);
    },
  );
}

onPost("everything to one person is one thread, under one subject", {}, async ({ sink, approve, at }) => {
  await approve();
  await at(SEND);
  await at("2026-03-05T10:00:00Z");
  await approve({ kind: "recap", text: "Decisions: none" });
  await at("2026-03-05T10:00:00Z");
  await approve({ meetingId: "meeting-2", meetingStartsAt: START.add({ hours: 168 }), text: "Next" });
  await at("2026-03-11T09:00:00Z");
  const [agenda, recap, next] = sink.mails.map((one) => one.parsed);
  assert.equal(new Set(sink.mails.map((one) => one.parsed.subject)).size, 1);
  assert.equal(recap?.inReplyTo, agenda?.messageId);
  assert.equal(next?.references, `${agenda?.messageId} ${recap?.messageId}`);
  assert.ok(
    sink.mails.every((one) => !/^Auto-Submitted/imu.test(one.raw)),
    "a person approved it: it is not an automatic mail",
  );
});

onPost("two programs on one database send once", {}, async ({ app, sink, config, approve, worker }) => {
  await approve();
  const other = workerOn(app, config);
  app.clock.set(SEND);
  await Promise.all([worker.tick(), other.tick(), worker.tick(), other.tick()]);
  assert.equal(sink.mails.length, 1);
});

for (const fault of [
  "temporary",
  "temporary_content",
  "cut_before_greeting",
  "cut_before_mail",
  "hang_at_mail",
] satisfies SmtpFault[]) {
  onPost(
    `a server that does "${fault}" is tried again, with the same Message-ID`,
    { fault },
    async ({ sink, approve, show, at }) => {
      const { id, messageId } = await approve();
      await at(SEND);
      const waiting = await show(id);
      assert.deepEqual([waiting.state, waiting.attempts, sink.mails.length], ["planned", 1, 0]);
      assert.ok(waiting.lastError, "the owner is told while there is time");
      sink.fault = undefined;
      await at("2026-03-04T09:01:00Z");
      assert.deepEqual([(await show(id)).state, sink.mails.map((one) => one.parsed.messageId)], ["sent", [messageId]]);
    },
  );
}

for (const fault of ["refuse", "refuse_content"] satisfies SmtpFault[]) {
  onPost(
    `a server that does "${fault}" fails at once, in words, and can be tried again`,
    { fault },
    async ({ app, sink, approve, show, at }) => {
      const { id } = await approve();
      await at(SEND);
      const failed = await show(id);
      assert.equal(failed.state, "failed");
      assert.match(failed.failReason ?? "", fault === "refuse" ? /no such mailbox/u : /refused the mail/u);
      await at("2026-03-04T12:00:00Z");
      assert.equal(sink.connections, 1, "not tried again by itself");
      sink.fault = undefined;
      await app.call(retry, { id });
      await at("2026-03-04T12:00:00Z");
      assert.deepEqual([(await show(id)).state, sink.mails.length], ["sent", 1]);
    },
  );
}

for (const fault of ["cut_in_data", "cut_before_reply", "cut_after_accept", "hang_after_dot"] satisfies SmtpFault[]) {
  const arrived = fault === "cut_after_accept" || fault === "hang_after_dot";
  onPost(
    `a line lost after the data began ("${fault}") is asked, never resent by itself`,
    { fault },
    async ({ app, sink, approve, show, at }) => {
      const { id, messageId } = await approve();
      await at(SEND);
      assert.equal((await show(id)).state, "unknown");
      sink.fault = undefined;
      await at("2026-03-04T20:00:00Z");
      assert.deepEqual([sink.mails.length, (await show(id)).state], [arrived ? 1 : 0, "unknown"]);
      await assert.rejects(app.call(withdraw, { id }), { code: "conflict" });
      await app.call(answerUnknown, { id, arrived });
      await at("2026-03-04T20:00:00Z");
      const sent = await show(id);
      assert.deepEqual([sent.state, sink.mails.map((one) => one.parsed.messageId)], ["sent", [messageId]]);
      assert.equal(sent.leadMinutes, arrived ? 1440 : 780);
    },
  );
}

onPost(
  "refused credentials pause the account: told, tried no further, and nothing is dropped",
  {},
  async ({ app, sink, config, approve, show, at }) => {
    const { showMailAccount, saveMailAccount } = mailAccountOperations(config);
    const server = { host: "127.0.0.1", port: sink.port, security: "none", username: login.user } as const;
    await app.call(saveMailAccount, { ...server, password: "wrong" });
    const { id } = await approve();
    await approve({ meetingId: "meeting-2" });
    await at(SEND);
    assert.equal(sink.connections, 1, "one refused login is enough");
    assert.match((await app.call(showMailAccount, {})).pausedReason ?? "", /refused the login/u);
    await at("2026-03-04T11:00:00Z");
    assert.deepEqual([sink.connections, (await show(id)).state], [1, "planned"]);
    await app.call(saveMailAccount, { ...server, password: login.password });
    await at("2026-03-04T11:00:00Z");
    assert.equal(sink.mails.length, 2);
  },
);

onPost(
  "a bad certificate is told in words and nothing leaves",
  { security: "starttls" },
  async ({ app, sink, config, approve, show }) => {
    const { trusted: _trusted, ...untrusting } = config;
    const { id } = await approve();
    app.clock.set(SEND);
    await workerOn(app, untrusting).tick();
    const waiting = await show(id);
    assert.deepEqual([waiting.state, sink.mails.length], ["planned", 0]);
    assert.match(waiting.lastError ?? "", /certificate/u);
  },
);

onPost("when nothing listens, it is tried until the start, then missed and told", {}, async ({ sink, approve, show, at }) => {
  await sink.close();
  const { id } = await approve();
  await at(SEND);
  assert.match((await show(id)).lastError ?? "", /Check the port/u);
  await at("2026-03-05T08:59:00Z");
  assert.equal((await show(id)).state, "planned");
  await at("2026-03-05T09:00:00Z");
  assert.equal((await show(id)).state, "missed");
});

onPost(
  "a machine that slept past the hour sends on waking, if the meeting has not begun",
  {},
  async ({ sink, approve, show, at }) => {
    const early = await approve();
    await at("2026-03-05T08:00:00Z");
    assert.deepEqual([(await show(early.id)).state, (await show(early.id)).leadMinutes, sink.mails.length], ["sent", 60, 1]);
  },
);

onPost("a machine that slept past the start sends nothing, and says so", {}, async ({ app, sink, approve, show, at }) => {
  const { id } = await approve();
  await at("2026-03-05T09:30:00Z");
  assert.deepEqual([(await show(id)).state, sink.connections], ["missed", 0]);
  await assert.rejects(app.call(retry, { id }), { code: "conflict" });
  assert.equal((await app.call(markSent, { id })).state, "sent", "what was taken along counts as told");
});

onPost("approving with less than 24 hours left sends at once", {}, async ({ app, sink, approve, at }) => {
  app.clock.set("2026-03-04T20:00:00Z");
  await approve();
  await at("2026-03-04T20:00:00Z");
  assert.equal(sink.mails.length, 1);
});

onPost(
  "an edit before the send withdraws it: nothing leaves until it is approved again",
  {},
  async ({ app, sink, approve, show, at }) => {
    const { id } = await approve();
    assert.equal(
      await inTransaction(app.database, (tx) => withdrawApproval(tx, app.owner, app.clock.now(), "meeting-1", "agenda")),
      "withdrawn",
    );
    await at(SEND);
    assert.deepEqual([(await show(id)).state, sink.connections], ["withdrawn", 0]);
    await approve({ text: "other words" });
    await at(SEND);
    assert.equal(sink.mails.length, 1);
  },
);

onPost(
  "a mail can be sent now, or marked as sent by hand, and then it does not go out a second time",
  {},
  async ({ app, sink, approve, worker, at }) => {
    const first = await approve();
    await app.call(sendNow, { id: first.id });
    await worker.tick();
    assert.equal(sink.mails.length, 1);
    const second = await approve({ meetingId: "meeting-2" });
    await app.call(markSent, { id: second.id });
    await at(SEND);
    assert.equal(sink.mails.length, 1);
  },
);

onPost(
  "a moved meeting moves its send; too close, it waits for its owner's word",
  {},
  async ({ app, sink, approve, show, at }) => {
    const { id } = await approve();
    const move = (startsAt: Temporal.Instant): Promise<void> =>
      inTransaction(app.database, (tx) =>
        meetingChanged(tx, app.owner, app.clock.now(), {
          meetingId: "meeting-1",
          startsAt,
          zone: "Europe/Berlin",
          cancelledAt: null,
        }),
      );
    await move(START.add({ hours: 48 }));
    await at(SEND);
    assert.deepEqual([sink.mails.length, (await show(id)).sendAt], [0, "2026-03-06T09:00:00.000Z"]);
    await move(Temporal.Instant.from("2026-03-04T15:00:00Z"));
    await at("2026-03-04T09:30:00Z");
    assert.deepEqual([sink.mails.length, (await show(id)).state], [0, "held"]);
    await app.call(sendNow, { id });
    await at("2026-03-04T09:30:00Z");
    assert.deepEqual([(await show(id)).state, (await show(id)).leadMinutes, sink.mails.length], ["sent", 330, 1]);
    await move(START.add({ hours: 72 }));
    await at("2026-03-08T09:00:00Z");
    assert.equal(sink.mails.length, 1, "no second agenda");
    assert.equal((await show(id)).noteOffered, true);
  },
);

onPost("a cancelled meeting sends nothing", {}, async ({ app, sink, approve, at }) => {
  await approve();
  await inTransaction(app.database, (tx) =>
    meetingChanged(tx, app.owner, app.clock.now(), {
      meetingId: "meeting-1",
      startsAt: START,
      zone: "Europe/Berlin",
      cancelledAt: app.clock.now(),
    }),
  );
  await at(SEND);
  assert.equal(sink.connections, 0);
});

onPost("a moved clock sends to this machine only", {}, async ({ app, sink, config, approve, show }) => {
  const { id } = await approve();
  await app.database.writer
    .updateTable("mail_account")
    .set({ host: "mail.example.org" })
    .where("owner_id", "=", app.owner)
    .execute();
  app.clock.set(SEND);
  await workerOn(app, { ...config, clockIsShifted: true }).tick();
  assert.match((await show(id)).lastError ?? "", /THROUGHLINE_CLOCK/u);
  assert.equal(sink.connections, 0);
});

onPost("a key that does not fit pauses sending, says so, and drops nothing", {}, async ({ app, config, approve, show, at }) => {
  const { id } = await approve();
  app.clock.set(SEND);
  const other = { ...config, key: randomBytes(32).toString("base64") };
  await workerOn(app, other).tick();
  assert.match((await show(id)).lastError ?? "", /another key/u);
  await app.call(mailAccountOperations(config).resumeMail, {});
  await at(SEND);
  assert.equal((await show(id)).state, "sent");
});
