import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { type SmtpSink, startSmtpSink } from "../../../test/support/smtp-sink.ts";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { weeklyTalk } from "../../../test/support/weekly-talk.ts";
import { silentLog } from "../../platform/log.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { approveAgenda, openAgenda, previewAgenda, putItem } from "../agenda/index.ts";
import { putCommitment } from "../commitments/index.ts";
import { mailAccountOperations } from "../delivery/index.ts";
import { captureThought } from "../journal/index.ts";
import { markHeld, moveMeeting } from "../meetings/index.ts";
import { createReminderWorker, setReminders, showReminders } from "./index.ts";
import type { Hours } from "./rules/hours.ts";
import { channelsOf, dueAmong, type Reminder, remindersOf, type TroubledMail, type WaitingMail } from "./rules/reminders.ts";
import { reminderKinds } from "./schema.ts";

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);

const hours: Hours = {
  zone: "Europe/Berlin",
  prepareTime: Temporal.PlainTime.from("16:00"),
  quietFrom: Temporal.PlainTime.from("20:00"),
  quietUntil: Temporal.PlainTime.from("08:00"),
  weekdays: new Set([1, 2, 3, 4, 5]),
};
const nothing = { hours, meetings: [], byHand: [], troubled: [], stale: [], promises: [] };

const shown = ({ dueAt, expiresAt, sentence, path }: Reminder): string =>
  `${dueAt.toString()} ${expiresAt.toString()} ${sentence} ${path}`;

test("a mail to be sent by hand is told at its hour, after the quiet, until the meeting starts", () => {
  const mail: WaitingMail = {
    id: "d1",
    kind: "agenda",
    toName: "Max",
    meetingStartsAt: at("2026-03-12T09:00:00Z"),
    at: at("2026-03-11T09:00:00Z"),
  };
  const cases: readonly (readonly [Partial<WaitingMail>, string])[] = [
    [{}, "2026-03-11T09:00:00Z 2026-03-12T09:00:00Z It is time to send the agenda to Max. /deliveries/d1"],
    [
      { at: at("2026-03-11T05:00:00Z") },
      "2026-03-11T07:00:00Z 2026-03-12T09:00:00Z It is time to send the agenda to Max. /deliveries/d1",
    ],
    [{ kind: "recap" }, "2026-03-11T09:00:00Z 2026-03-12T09:00:00Z It is time to send the recap to Max. /deliveries/d1"],
    [
      { kind: "recap", at: at("2026-03-13T19:30:00Z") },
      "2026-03-16T07:00:00Z 2026-03-17T07:00:00Z It is time to send the recap to Max. /deliveries/d1",
    ],
  ];
  for (const [facts, expected] of cases)
    assert.deepEqual(remindersOf({ ...nothing, byHand: [{ ...mail, ...facts }] }).map(shown), [expected]);
});

test("what is wrong with a mail is told in words, and an agenda only while it helps", () => {
  const mail = {
    id: "d1",
    kind: "agenda" as const,
    toName: "Max",
    meetingStartsAt: at("2026-03-12T09:00:00Z"),
    at: at("2026-03-11T09:00:05Z"),
  };
  const cases: readonly (readonly [TroubledMail["trouble"], string, string])[] = [
    ["failed", "The agenda for Max could not be sent.", "2026-03-12T09:00:00Z"],
    ["unknown", "The agenda for Max may or may not have arrived.", "2026-03-12T09:00:00Z"],
    ["held", "The agenda for Max waits for your word.", "2026-03-12T09:00:00Z"],
    ["missed", "The agenda for Max was not sent in time.", "2026-03-12T09:00:05Z"],
  ];
  for (const [trouble, sentence, expires] of cases)
    assert.deepEqual(remindersOf({ ...nothing, troubled: [{ ...mail, trouble }] }).map(shown), [
      `2026-03-11T09:00:05Z ${expires} ${sentence} /deliveries/d1`,
    ]);
});

test("a calendar that cannot be read is told from a day before the send on", () => {
  const lead = { sourceId: "s1", deliveryId: "d1", toName: "Max", sendAt: at("2026-03-11T09:00:00Z") };
  const due = (since: string): string[] =>
    remindersOf({ ...nothing, stale: [{ ...lead, staleSince: at(since) }] }).map(
      ({ dueAt, path }) => `${dueAt.toString()} ${path}`,
    );
  assert.deepEqual(due("2026-03-02T09:00:00Z"), ["2026-03-10T09:00:00Z /calendar/sources/s1"]);
  assert.deepEqual(due("2026-03-11T03:00:00Z"), ["2026-03-11T07:00:00Z /calendar/sources/s1"]);
});

test("a promise is told on the business day before it is due, without its words", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["2026-03-12", "2026-03-11T15:00:00Z 2026-03-11T19:00:00Z Something that you promised Max is due tomorrow. /commitments"],
    ["2026-03-16", "2026-03-13T15:00:00Z 2026-03-13T19:00:00Z Something that you promised Max is due on Monday. /commitments"],
    ["2026-03-30", "2026-03-27T15:00:00Z 2026-03-27T19:00:00Z Something that you promised Max is due on Monday. /commitments"],
  ];
  for (const [dueOn, expected] of cases)
    assert.deepEqual(
      remindersOf({ ...nothing, promises: [{ id: "c1", toName: "Max", dueOn: Temporal.PlainDate.from(dueOn) }] }).map(shown),
      [expected],
    );
});

test("a reminder is due between its hour and its end, on the chosen ways, and not from before it was wanted", () => {
  const [promise] = remindersOf({
    ...nothing,
    promises: [{ id: "c1", toName: "Max", dueOn: Temporal.PlainDate.from("2026-03-12") }],
  });
  assert.ok(promise);
  const ways = (
    now: string,
    channel: "none" | "mail" | "browser" | "both" = "mail",
    since = "2026-03-01T00:00:00.000Z",
  ): string[] =>
    dueAmong([promise], [{ owner_id: "o", kind: "promise", channel, since_at: since }], at(now)).map(({ way }) => way);
  assert.deepEqual(ways("2026-03-11T14:59:59Z"), []);
  assert.deepEqual(ways("2026-03-11T15:00:00Z"), ["mail"]);
  assert.deepEqual(ways("2026-03-11T18:59:59Z", "both"), ["mail", "browser"]);
  assert.deepEqual(ways("2026-03-11T19:00:00Z", "browser"), []);
  assert.deepEqual(ways("2026-03-11T15:00:00Z", "none"), []);
  assert.deepEqual(ways("2026-03-11T15:01:00Z", "mail", "2026-03-11T15:00:30.000Z"), []);
  assert.deepEqual(channelsOf([]), Object.fromEntries(reminderKinds.map((kind) => [kind, "none"])));
});

const mailConfig = { keyFile: "/nowhere", key: randomBytes(32).toString("base64") };

async function withMail(app: TestApp, work: (sink: SmtpSink, tick: () => Promise<void>) => Promise<void>): Promise<void> {
  const sink = await startSmtpSink({ login: { user: "ana", password: "pass" } });
  const { database, clock } = app;
  const worker = createReminderWorker({ database, clock, log: silentLog, mailConfig, origin: () => "http://127.0.0.1:4111" });
  try {
    await app.call(mailAccountOperations(mailConfig).saveMailAccount, {
      host: "127.0.0.1",
      port: sink.port,
      security: "none",
      username: "ana",
      password: "pass",
    });
    await work(sink, () => worker.tick());
  } finally {
    await sink.close();
  }
}

const subjects = (sink: SmtpSink): string[] =>
  sink.mails.map(({ parsed }) => `${parsed.subject}: ${(parsed.text ?? "").split("\n")[0]}`);

onEveryStore(
  "a reminder mail comes once, at its hour, to oneself, marked as automatic, with one link and no private word",
  async (app) => {
    await withMail(app, async (sink, tick) => {
      const { meetingId } = await weeklyTalk(app);
      await app.call(captureThought, { kind: "win", text: "CANARY win" });
      await tick();
      await app.call(setReminders, { prepare: "mail" });
      app.clock.set("2026-03-10T14:59:59Z");
      await tick();
      assert.equal(sink.mails.length, 0, "not a second early");
      app.clock.set("2026-03-10T15:00:00Z");
      await Promise.all([tick(), tick()]);
      await tick();
      const [mail, ...others] = sink.mails;
      assert.equal(others.length, 0, "once, also with two at work");
      assert.deepEqual([mail?.envelopeFrom, mail?.envelopeTo], ["ana@example.org", ["ana@example.org"]]);
      assert.equal(mail?.parsed.subject, "Time to prepare");
      assert.match(mail?.raw ?? "", /^Auto-Submitted: auto-generated\r$/mu);
      assert.match(mail?.parsed.text ?? "", /Fifteen minutes are enough for the 1:1 with Max Berger\./u);
      const links = [...new Set(`${mail?.parsed.text} ${mail?.parsed.html}`.match(/https?:\/\/[^\s"<]+/gu))];
      assert.deepEqual(links, [`http://127.0.0.1:4111/meetings/${meetingId}/prepare`]);
      assert.doesNotMatch(mail?.raw ?? "", /CANARY/u);
      app.clock.set("2026-03-10T16:00:00Z");
      await tick();
      assert.equal(sink.mails.length, 1);
    });
  },
);

onEveryStore("there is no reminder of what is done, cancelled or moved away, and a late one is dropped", async (app) => {
  await withMail(app, async (sink, tick) => {
    const { meetingId } = await weeklyTalk(app);
    await app.call(setReminders, { prepare: "mail", recap: "mail" });
    await app.call(moveMeeting, { id: meetingId, date: "2026-03-13", time: "10:00" });
    app.clock.set("2026-03-10T15:00:00Z");
    await tick();
    assert.equal(sink.mails.length, 0, "it moved away");
    await app.call(openAgenda, { meetingId });
    await app.call(putItem, { meetingId, kind: "need", text: "A yes" });
    const { mail } = await app.call(previewAgenda, { meetingId });
    await app.call(approveAgenda, { meetingId, way: "copy", hash: mail.hash });
    app.clock.set("2026-03-11T15:00:00Z");
    await tick();
    assert.equal(sink.mails.length, 0, "it is approved");
    app.clock.set("2026-03-17T17:01:00Z");
    await tick();
    assert.deepEqual(subjects(sink), [], "after a long sleep there is neither a late hour to prepare nor an old recap");
    app.clock.set("2026-03-19T09:30:00Z");
    await tick();
    assert.deepEqual(subjects(sink), ["Recap: The 1:1 with Max Berger is over. A recap takes ten minutes."]);
  });
});

onEveryStore("what was done between planning and sending is not told", async (app) => {
  await withMail(app, async (sink, tick) => {
    const { meetingId } = await weeklyTalk(app);
    await app.call(setReminders, { recap: "mail", prepare: "none" });
    sink.fault = "temporary";
    app.clock.set("2026-03-12T09:30:00Z");
    await tick();
    sink.fault = undefined;
    await app.call(moveMeeting, { id: meetingId, date: "2026-03-13", time: "10:00" });
    app.clock.advance({ minutes: 5 });
    await tick();
    assert.equal(sink.mails.length, 0);
    const rows = await app.database.reader.selectFrom("outbox").select("state").execute();
    assert.deepEqual(rows, [{ state: "cancelled" }]);
  });
});

onEveryStore("an hour of the evening waits for the morning, and each kind is told alone", async (app) => {
  await withMail(app, async (sink, tick) => {
    const { personId, meetingId } = await weeklyTalk(app);
    await app.call(setReminders, { recap: "mail", promise: "mail", prepare: "browser", send: "none", trouble: "none" });
    await app.call(moveMeeting, { id: meetingId, date: "2026-03-12", time: "20:00" });
    await inTransaction(app.database, (tx) =>
      putCommitment(tx, app.owner, app.clock.now(), {
        personId,
        meetingId: null,
        side: "mine",
        text: "CANARY promise",
        isShared: true,
        dueOn: "2026-03-12",
      }),
    );
    app.clock.set("2026-03-11T15:00:00Z");
    await tick();
    assert.deepEqual(subjects(sink), ["A promise of yours: Something that you promised Max Berger is due tomorrow."]);
    app.clock.set("2026-03-12T19:31:00Z");
    await app.call(markHeld, { id: meetingId });
    await tick();
    assert.equal(sink.mails.length, 1);
    app.clock.set("2026-03-13T07:00:00Z");
    await tick();
    assert.equal(subjects(sink).at(-1), "Recap: The 1:1 with Max Berger is over. A recap takes ten minutes.");
    assert.equal(sink.mails.length, 2);
  });
});

onEveryStore("refused credentials pause the account, and a paused account is not tried", async (app) => {
  await withMail(app, async (sink, tick) => {
    await weeklyTalk(app);
    await app.call(setReminders, { prepare: "mail" });
    const { saveMailAccount, showMailAccount } = mailAccountOperations(mailConfig);
    await app.call(saveMailAccount, { host: "127.0.0.1", port: sink.port, security: "none", username: "ana", password: "wrong" });
    app.clock.set("2026-03-10T15:00:00Z");
    await tick();
    assert.ok((await app.call(showMailAccount, {})).pausedReason);
    const { connections } = sink;
    app.clock.advance({ minutes: 3 });
    await tick();
    assert.equal(sink.connections, connections, "it does not even try");
  });
});

onEveryStore("settings say what is wrong beside the field, and a stranger's are their own", async (app) => {
  const before = await app.call(showReminders, {});
  assert.deepEqual(
    [before.prepareTime, before.quietFrom, before.quietUntil, before.weekdays, before.prepare],
    ["16:00", "20:00", "08:00", [1, 2, 3, 4, 5], "none"],
  );
  const refused = async (input: Parameters<typeof setReminders.run>[1], field: string): Promise<void> =>
    assert.rejects(
      app.call(setReminders, input),
      (error: { fields?: { field: string }[] }) => error.fields?.[0]?.field === field,
    );
  await refused({ prepareTime: "21:00" }, "prepareTime");
  await refused({ prepareTime: "25:00" }, "prepareTime");
  await refused({ weekdays: [] }, "weekdays");
  await refused({ weekdays: [8] }, "weekdays.0");
  await app.call(setReminders, { prepareTime: "09:30", quietFrom: "18:00", weekdays: [4, 2, 2], trouble: "both" });
  const after = await app.call(showReminders, {});
  assert.deepEqual([after.prepareTime, after.quietFrom, after.weekdays, after.trouble], ["09:30", "18:00", [2, 4], "both"]);
  assert.deepEqual((await app.callAs(app.stranger, showReminders, {})).trouble, "none");
});
