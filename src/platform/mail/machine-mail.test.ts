import assert from "node:assert/strict";
import { test } from "node:test";
import { bounces, LOST } from "../../../test/support/bounces.ts";
import { replyMails } from "../../../test/support/reply-mails.ts";
import { awayUntil } from "./away.ts";
import { readBounce, sortOf } from "./machine-mail.ts";
import { readMail, type ReadMail } from "./read-mime.ts";

for (const { name, raw, recipient, status, isFinal, reason } of bounces) {
  test(`a bounce is understood: ${name}`, async () => {
    const mail = await readMail(Buffer.from(raw));
    assert.equal(sortOf(mail), "bounce");
    const bounce = readBounce(mail);
    assert.deepEqual([bounce.recipient, bounce.status, bounce.isFinal], [recipient, status, isFinal]);
    assert.equal(bounce.about[0], LOST, "the mail that came back is named before any other");
    assert.match(bounce.reason, reason);
  });
}

test("a reply of a person is never taken for a program's", async () => {
  for (const { name, raw } of replyMails) assert.equal(sortOf(await readMail(raw)), "person", name);
});

const withHeaders = (...headers: string[]): Promise<ReadMail> =>
  readMail(Buffer.from(`From: max@example.org\r\n${headers.join("\r\n")}\r\n\r\nI am away.`));

const automatic: readonly (readonly [string, ReturnType<typeof sortOf>])[] = [
  ["Auto-Submitted: auto-replied", "auto_reply"],
  ["Auto-Submitted: auto-replied (vacation)", "auto_reply"],
  ["X-Autoreply: yes", "auto_reply"],
  ["X-Autorespond: Re: Hello", "auto_reply"],
  ["Precedence: auto_reply", "auto_reply"],
  ["Subject: Automatic reply: 1:1", "auto_reply"],
  ["Subject: Automatische Antwort: 1:1", "auto_reply"],
  ["Subject: Réponse automatique : 1:1", "auto_reply"],
  ["Subject: Respuesta automática: 1:1", "auto_reply"],
  ["Subject: Abwesenheitsnotiz", "auto_reply"],
  ["Subject: Out of Office", "auto_reply"],
  ["Auto-Submitted: auto-generated", "other_machine"],
  ["Return-Path: <>", "other_machine"],
  ["Precedence: bulk", "other_machine"],
  ["List-Id: <team.example.org>", "other_machine"],
  ["Auto-Submitted: no", "person"],
  ["Subject: Re: out there", "person"],
];

for (const [header, sort] of automatic) {
  test(`by its headers a mail is of the sort ${sort}: ${header}`, async () => {
    assert.equal(sortOf(await withHeaders(header)), sort);
  });
}

test("a meeting that was accepted in a calendar is no answer", async () => {
  const raw = `From: max@example.org\r\nSubject: Accepted: 1:1\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nAccepted\r\n--b\r\nContent-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n--b--\r\n`;
  assert.equal(sortOf(await readMail(Buffer.from(raw))), "other_machine");
});

test("a receipt for reading is not a bounce", async () => {
  const raw = `From: max@example.org\r\nSubject: Read: 1:1\r\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\r\nAuto-Submitted: auto-replied\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nRead.\r\n--b--\r\n`;
  assert.notEqual(sortOf(await readMail(Buffer.from(raw))), "bounce");
});

const on = Temporal.PlainDate.from("2026-03-11");
const absences: readonly (readonly [string, string | undefined])[] = [
  ["I am out of the office until 20 March 2026.", "2026-03-20"],
  ["I'm away until March 20th, 2026 with no access to mail.", "2026-03-20"],
  ["I am on leave through Friday, 20 March.", "2026-03-20"],
  ["Out of office from 9 March to 20 March.", "2026-03-20"],
  ["I will be back on 23 March 2026.", "2026-03-22"],
  ["Returning on Monday, March 23.", "2026-03-22"],
  ["Ich bin bis einschließlich 20.03.2026 nicht im Büro.", "2026-03-20"],
  ["Ich bin vom 9. bis 20. März im Urlaub.", "2026-03-20"],
  ["Ab dem 23.3. bin ich wieder erreichbar.", "2026-03-22"],
  ["Je suis absent jusqu'au 20 mars.", "2026-03-20"],
  ["De retour le 23 mars 2026.", "2026-03-22"],
  ["Estaré fuera de la oficina hasta el 20 de marzo de 2026.", "2026-03-20"],
  ["Away until 2026-03-20.", "2026-03-20"],
  ["Away until 20/03/2026.", "2026-03-20"],
  ["I return on 5 January.", "2027-01-04"],
  ["Away until 03/04.", undefined],
  ["Away until further notice.", undefined],
  ["I am away. Our office was founded on 20 March 1990.", undefined],
  ["Away until 31 February.", undefined],
  ["Away until 1 March 2026.", undefined],
];

for (const [text, day] of absences) {
  test(`the last day of an absence: ${text}`, () => {
    assert.equal(awayUntil(text, on)?.toString(), day);
  });
}
