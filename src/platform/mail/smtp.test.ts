import assert from "node:assert/strict";
import { test } from "node:test";
import {
  sinkCertificate,
  type SmtpFault,
  type SmtpSink,
  type SmtpSinkOptions,
  startSmtpSink,
} from "../../../test/support/smtp-sink.ts";
import type { SmtpAccount } from "./account.ts";
import { checkSmtpLogin, sendSmtp, type SmtpOutcome } from "./smtp.ts";

/** A busy machine may need seconds for an honest answer; only a server that is silent on purpose is given up soon. */
const patient = { connect: 20_000, greeting: 20_000, idle: 20_000, total: 60_000 };
const quick = { ...patient, idle: 400 };
const bytes = Buffer.from("From: ana@example.org\r\nTo: max@example.org\r\nSubject: 1:1\r\n\r\nHello\r\n.\r\n..two dots\r\n");
const message = { from: "ana@example.org", to: "max@example.org", bytes };

function accountAt(sink: SmtpSink, changes: Partial<SmtpAccount> = {}): SmtpAccount {
  return { host: "127.0.0.1", port: sink.port, security: "none", login: undefined, ...changes };
}

async function withSink(options: SmtpSinkOptions, work: (sink: SmtpSink) => Promise<void>): Promise<void> {
  const sink = await startSmtpSink(options);
  try {
    await work(sink);
  } finally {
    await sink.close();
  }
}

const yes = async (): Promise<boolean> => true;

test("a message arrives byte for byte, from its sender to its one recipient", () =>
  withSink({}, async (sink) => {
    assert.deepEqual(await sendSmtp(accountAt(sink), message, yes, patient), { result: "accepted" });
    const [mail] = sink.mails;
    assert.equal(mail?.raw, bytes.toString());
    assert.deepEqual([mail?.envelopeFrom, mail?.envelopeTo], ["ana@example.org", ["max@example.org"]]);
  }));

for (const security of ["starttls", "implicit_tls"] as const) {
  test(`a login over ${security} works with a trusted certificate`, () =>
    withSink({ security, login: { user: "ana", password: "pässwörd" } }, async (sink) => {
      const account = accountAt(sink, { security, trusted: sinkCertificate, login: { user: "ana", password: "pässwörd" } });
      assert.deepEqual(await sendSmtp(account, message, yes, patient), { result: "accepted" });
      assert.deepEqual([sink.mails[0]?.secure, sink.mails[0]?.user], [true, "ana"]);
    }));

  test(`a certificate that signs itself is refused over ${security}, in words, and nothing is sent`, () =>
    withSink({ security }, async (sink) => {
      const outcome = await sendSmtp(accountAt(sink, { security }), message, yes, patient);
      assert.equal(outcome.result, "certificate");
      assert.match("message" in outcome ? outcome.message : "", /signed by itself/u);
      assert.equal(sink.mails.length, 0);
    }));
}

test("a password is never sent in the clear: a server without STARTTLS is refused", () =>
  withSink({ login: { user: "ana", password: "secret" } }, async (sink) => {
    const outcome = await sendSmtp(
      accountAt(sink, { security: "starttls", login: { user: "ana", password: "secret" } }),
      message,
      yes,
      patient,
    );
    assert.equal(outcome.result, "certificate");
    assert.match("message" in outcome ? outcome.message : "", /does not offer STARTTLS/u);
  }));

const faults: [SmtpFault, SmtpOutcome["result"], boolean][] = [
  ["refuse", "permanent", false],
  ["refuse_content", "permanent", true],
  ["temporary", "temporary", false],
  ["temporary_content", "temporary", true],
  ["hang_at_mail", "no_connection", false],
  ["hang_after_dot", "unknown", true],
  ["cut_before_greeting", "no_connection", false],
  ["cut_before_mail", "no_connection", false],
  ["cut_in_data", "unknown", true],
  ["cut_before_reply", "unknown", true],
  ["cut_after_accept", "unknown", true],
];

for (const [fault, result, begins] of faults) {
  test(`a server that does "${fault}" ends as ${result}`, () =>
    withSink({ fault }, async (sink) => {
      let begun = false;
      const outcome = await sendSmtp(
        accountAt(sink),
        message,
        async () => (begun = true),
        fault.startsWith("hang") ? quick : patient,
      );
      assert.equal(outcome.result, result, JSON.stringify(outcome));
      assert.equal(begun, begins, "the data begins only after the server said 354");
    }));
}

test("when the row was withdrawn in the last moment, not one byte leaves", () =>
  withSink({}, async (sink) => {
    assert.deepEqual(await sendSmtp(accountAt(sink), message, async () => false, patient), { result: "withdrawn" });
    assert.equal(sink.mails.length, 0);
  }));

test("nothing leaves before the beginning is committed", () =>
  withSink({}, async (sink) => {
    const slowly = async (): Promise<boolean> => {
      await new Promise((resolve) => setTimeout(resolve, 80));
      assert.equal(sink.mails.length, 0);
      return true;
    };
    assert.equal((await sendSmtp(accountAt(sink), message, slowly, patient)).result, "accepted");
  }));

test("a wrong password is told as such, and checking the connection sends nothing", () =>
  withSink({ login: { user: "ana", password: "secret" } }, async (sink) => {
    const wrong = await checkSmtpLogin(accountAt(sink, { login: { user: "ana", password: "wrong" } }), patient);
    assert.equal(wrong.result, "credentials");
    assert.match("message" in wrong ? wrong.message : "", /app password/u);
    assert.deepEqual(await checkSmtpLogin(accountAt(sink, { login: { user: "ana", password: "secret" } }), patient), {
      result: "accepted",
    });
    assert.equal(sink.mails.length, 0);
  }));

test("a closed port and an unknown host are told apart", async () => {
  const sink = await startSmtpSink();
  const account = accountAt(sink);
  await sink.close();
  const refused = await checkSmtpLogin(account, patient);
  assert.equal(refused.result, "no_connection");
  assert.match("message" in refused ? refused.message : "", /Check the port/u);
  const unknown = await checkSmtpLogin({ ...account, host: "mail.invalid" }, patient);
  assert.equal(unknown.result, "no_connection");
});

test("a server that lets the whole take too long is given up within the time", () =>
  withSink({ fault: "hang_at_mail" }, async (sink) => {
    const outcome = await sendSmtp(accountAt(sink), message, yes, { ...patient, idle: 60_000, total: 200 });
    assert.equal(outcome.result, "no_connection");
  }));
