import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import PostalMime from "postal-mime";
import { cleanLine, cleanText } from "../../lib/text.ts";
import { asUnsentDraft, composeMail, type MailParts, newMessageId } from "./mime.ts";

const plain: MailParts = {
  from: { name: "Ana Silva", address: "ana@example.org" },
  to: { name: "Max Berger", address: "max@example.org" },
  subject: "1:1 Ana / Max",
  messageId: "<one@example.org>",
  inReplyTo: undefined,
  references: [],
  date: Temporal.Instant.from("2026-03-04T09:00:00Z"),
  text: "Hi Max",
  html: "<p>Hi Max</p>",
};

// Whole characters of every script, control characters and line breaks included, as a person could paste them.
const anyText = fc.string({ unit: "grapheme", maxLength: 300 }).map((text) => text.toWellFormed());
const anyLine = fc.oneof(
  anyText,
  fc.constantFrom(
    "Ana\r\nBcc: eve@example.org",
    "\r\n\r\nbody",
    "=?UTF-8?Q?x?=",
    '"quoted" <a@b.c>',
    "a,b;c:d",
    "مرحبا 👩‍🚀",
    "x".repeat(300),
  ),
);

/** One line, and nothing in it that a reader's program would decode. */
const shown = (text: string): string => cleanLine(text).replace(/=\?/gu, "= ?");

const headersOf = (message: string): string => message.slice(0, message.indexOf("\r\n\r\n"));

test("a mail is text first, then small HTML, with its own date and no mark of a machine", async () => {
  const message = await composeMail({ ...plain, inReplyTo: "<root@x>", references: ["<root@x>", "<last@x>"] });
  const mail = await PostalMime.parse(message);
  assert.equal(mail.date, "2026-03-04T09:00:00.000Z");
  assert.deepEqual([mail.messageId, mail.inReplyTo, mail.references], ["<one@example.org>", "<root@x>", "<root@x> <last@x>"]);
  assert.match(headersOf(message), /^Content-Type: multipart\/alternative/imu);
  assert.ok(message.indexOf("text/plain") < message.indexOf("text/html"));
  assert.doesNotMatch(message, /Auto-Submitted|X-Mailer/iu);
  assert.doesNotMatch(message, /[^\r]\n|\r[^\n]/u, "every line ends in CRLF");
  assert.equal(mail.attachments.length, 0);
});

test("whatever names and subjects hold, the headers stay the same and what goes in comes out", () =>
  fc.assert(
    fc.asyncProperty(anyLine, anyLine, anyLine, async (from, to, subject) => {
      const message = await composeMail({
        ...plain,
        from: { name: from, address: "ana@example.org" },
        to: { name: to, address: "max@example.org" },
        subject,
      });
      const names = headersOf(message)
        .split("\r\n")
        .filter((line) => !/^\s/u.test(line))
        .map((line) => line.split(":")[0]);
      const mail = await PostalMime.parse(message);
      const expected = [
        "From",
        "To",
        "Message-ID",
        "Date",
        "MIME-Version",
        "Content-Type",
        ...(cleanLine(subject) === "" ? [] : ["Subject"]),
      ];
      assert.equal(names.length, expected.length);
      assert.deepEqual(new Set(names), new Set(expected));
      assert.equal(mail.from?.address, "ana@example.org");
      assert.deepEqual(
        mail.to?.map((one) => one.address),
        ["max@example.org"],
      );
      assert.equal(cleanLine(mail.subject ?? ""), shown(subject));
      assert.equal(cleanLine(mail.from?.name ?? ""), shown(from));
      assert.equal(cleanLine(mail.to?.[0]?.name ?? ""), shown(to));
    }),
    { numRuns: 200 },
  ));

test("whatever the body holds, it comes out as it went in", () =>
  fc.assert(
    fc.asyncProperty(
      fc.oneof(anyText, fc.constantFrom(".", "..\n.", "From me\nFrom you", "a \nb\t", "long ".repeat(400), "--_NmP")),
      async (body) => {
        const text = cleanText(body);
        const mail = await PostalMime.parse(await composeMail({ ...plain, text, html: `<p>${text.replace(/[&<>]/gu, "")}</p>` }));
        assert.equal((mail.text ?? "").replace(/\r\n/gu, "\n").trimEnd(), text);
      },
    ),
    { numRuns: 200 },
  ));

test("a Message-ID is new each time and carries the sender's domain", () => {
  assert.match(newMessageId("ana@Example.org"), /^<[\w-]{43}@example\.org>$/u);
  assert.notEqual(newMessageId("ana@example.org"), newMessageId("ana@example.org"));
  for (const address of [null, "ana@bücher.example", "ana@evil>\r\nBcc: x"])
    assert.match(newMessageId(address), /^<[\w-]{43}@throughline\.invalid>$/u);
});

test("the draft file opens for sending and is otherwise the same mail", async () => {
  const message = await composeMail(plain);
  const draft = asUnsentDraft(message);
  assert.ok(draft.startsWith("X-Unsent: 1\r\n"));
  assert.ok(draft.endsWith(message));
  assert.equal((await PostalMime.parse(draft)).subject, plain.subject);
});
