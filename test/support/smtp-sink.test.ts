import assert from "node:assert/strict";
import { test } from "node:test";
import nodemailer from "nodemailer";
import { sinkCertificate, type SmtpFault, startSmtpSink } from "./smtp-sink.ts";

const message = {
  from: "Ana <ana@example.org>",
  to: "Max <max@example.org>",
  subject: "Grüße 1:1",
  text: "One line.\n.\nAfter a dot.",
};

function transport(port: number, more: object = {}) {
  return nodemailer.createTransport({ host: "127.0.0.1", port, secure: false, ignoreTLS: true, socketTimeout: 300, ...more });
}

test("the sink keeps a mail as it was sent, with its envelope", async () => {
  const sink = await startSmtpSink();
  try {
    await transport(sink.port).sendMail(message);
    const [mail] = await sink.waitForMail(1);
    assert.equal(mail?.envelopeFrom, "ana@example.org");
    assert.deepEqual(mail?.envelopeTo, ["max@example.org"]);
    assert.equal(mail?.parsed.subject, "Grüße 1:1");
    assert.equal(mail?.parsed.text?.trim(), message.text);
  } finally {
    await sink.close();
  }
});

const outcomes: [SmtpFault, number][] = [
  ["refuse", 0],
  ["temporary", 0],
  ["refuse_content", 0],
  ["temporary_content", 0],
  ["hang_at_mail", 0],
  ["hang_after_dot", 1],
  ["cut_before_greeting", 0],
  ["cut_before_mail", 0],
  ["cut_in_data", 0],
  ["cut_before_reply", 0],
  ["cut_after_accept", 1],
];

for (const [fault, kept] of outcomes) {
  test(`with the fault ${fault} the sender sees an error and ${kept} mails are kept`, async () => {
    const sink = await startSmtpSink({ fault });
    try {
      await assert.rejects(transport(sink.port).sendMail(message));
      assert.equal(sink.mails.length, kept);
      sink.fault = undefined;
      await transport(sink.port).sendMail(message);
      assert.equal(sink.mails.length, kept + 1);
    } finally {
      await sink.close();
    }
  });
}

for (const security of ["starttls", "implicit_tls"] as const) {
  test(`the sink speaks ${security} with a login, and its certificate is unknown to clients`, async () => {
    const sink = await startSmtpSink({ security, login: { user: "ana", password: "s3cret" } });
    const line = { secure: security === "implicit_tls", ignoreTLS: false, requireTLS: security === "starttls" };
    const auth = { user: "ana", pass: "s3cret" };
    try {
      await transport(sink.port, { ...line, auth, tls: { ca: sinkCertificate } }).sendMail(message);
      assert.equal(sink.mails[0]?.secure, true);
      assert.equal(sink.mails[0]?.user, "ana");
      await assert.rejects(transport(sink.port, { ...line, auth }).sendMail(message), /self-signed/);
      await assert.rejects(
        transport(sink.port, { ...line, auth: { ...auth, pass: "wrong" }, tls: { ca: sinkCertificate } }).sendMail(message),
        { responseCode: 535 },
      );
      assert.equal(sink.mails.length, 1);
    } finally {
      await sink.close();
    }
  });
}
