import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encoded, plain, SENT_AGENDA, SENT_PARTS } from "../../../test/support/reply-shapes.ts";
import { htmlToText } from "./html-text.ts";
import { readBounce, sortOf } from "./machine-mail.ts";
import { LARGEST_MAIL, messageIdsIn, readMail } from "./read-mime.ts";
import { reduceReply } from "./reply-text.ts";

test("names, subject and ids are read, decoded and in lower case where they are addresses", async () => {
  const mail = await readMail(
    Buffer.from(
      "From: =?utf-8?q?M=C3=A4x?= <MAX@Example.org>\r\nTo: Ana <ana@example.org>, Team: bo@example.org, cy@example.org;\r\nSubject: =?iso-8859-1?q?Gr=FC=DFe?=\r\nMessage-ID: <a@b>\r\nIn-Reply-To:\r\n <one@x> (said)\r\nReferences: <zero@x>\r\n <one@x>\r\n\r\nHello",
    ),
  );
  assert.deepEqual(mail.from, [{ name: "Mäx", address: "max@example.org" }]);
  assert.deepEqual(
    mail.to.map((one) => one.address),
    ["ana@example.org", "bo@example.org", "cy@example.org"],
  );
  assert.deepEqual([mail.subject, mail.messageId], ["Grüße", "<a@b>"]);
  assert.deepEqual([mail.inReplyTo, mail.references], [["<one@x>"], ["<zero@x>", "<one@x>"]]);
});

test("several From headers are several senders", async () => {
  const mail = await readMail(Buffer.from("From: max@example.org\r\nFrom: eve@evil.example\r\n\r\nHello"));
  assert.equal(mail.from.length, 2);
});

test("HTML alone becomes text with its quotes marked", () => {
  const html =
    "<div>Yes &amp; no<br>second</div><ul><li>a</li><li>b &euro;&#8364;&#x20AC;</li></ul><blockquote>old<blockquote>older</blockquote></blockquote>";
  assert.equal(htmlToText(html), "Yes & no\nsecond\n\n- a\n- b €€€\n\n> old\n>\n>> older");
});

test("a quote that nobody closes, a tag without an end and a sign that is no tag are text", () => {
  assert.equal(htmlToText('a < b <img alt="x > y"> c'), "a < b c");
  assert.equal(htmlToText("before <a href='x"), "before");
  assert.equal(htmlToText("&unknown; &#0; &#xD800;"), "&unknown; \uFFFD \uFFFD");
});

test("a mail beyond the limit is read up to there", async () => {
  const mail = await readMail(plain("x".repeat(LARGEST_MAIL + 10)));
  assert.equal(mail.isWhole, false);
  assert.equal(mail.messageId, "<reply-1@example.org>");
  assert.ok(mail.text.length <= 250_000);
});

test("what no reader takes apart still has its headers and its first words", async () => {
  const deep = Array.from(
    { length: 80 },
    (_one, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n`,
  );
  const mail = await readMail(Buffer.from(`From: max@example.org\r\nMessage-ID: <deep@example.org>\r\n${deep.join("")}Words`));
  assert.equal(mail.isWhole, false);
  assert.equal(mail.messageId, "<deep@example.org>");
});

/** Words of people: any text, without what would begin a header. */
const words = fc.stringMatching(/^[\p{L}\p{N} ,.?!'-]{1,120}$/u).filter((text) => /\p{L}/u.test(text));

test("what is written comes out again, in any charset's characters and either encoding (property)", async () => {
  await fc.assert(
    fc.asyncProperty(words, fc.constantFrom("base64", "quoted-printable"), async (text, how) => {
      const mail = await readMail(encoded(text, how));
      assert.equal(mail.text, text.normalize("NFC").trim());
    }),
    { numRuns: 100 },
  );
});

test("an answer between the lines belongs to the line above it, whatever it says (property)", async () => {
  const sentence = fc.stringMatching(/^[a-z]{3,9}( [a-z]{3,9}){4,12}$/u);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: SENT_PARTS.length - 1 }), sentence, async (part, text) => {
      const first = (SENT_PARTS[part] ?? "").split("\n")[0] ?? "";
      const line = SENT_AGENDA.split("\n").find((one) => one.includes(first)) ?? "";
      const mail = await readMail(plain(`> ${line}\n\n${text}\n`));
      const pieces = await reduceReply(mail.text, { text: SENT_AGENDA, parts: SENT_PARTS });
      assert.deepEqual(pieces, [{ part, text }]);
    }),
    { numRuns: 100 },
  );
});

test("nothing of what was sent is ever taken for new (property)", async () => {
  const lines = SENT_AGENDA.split("\n").filter((line) => line.split(" ").length > 4);
  await fc.assert(
    fc.asyncProperty(fc.subarray(lines, { minLength: 1 }), fc.boolean(), async (some, marked) => {
      const quoted = some.map((line) => (marked ? `> ${line}` : line)).join("\n");
      assert.deepEqual(await reduceReply(quoted, { text: SENT_AGENDA, parts: SENT_PARTS }), []);
    }),
    { numRuns: 100 },
  );
});

test("any bytes at all are read without an error (property)", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
      const mail = await readMail(bytes);
      sortOf(mail);
      readBounce(mail);
      messageIdsIn(mail.text);
      await reduceReply(mail.text, { text: SENT_AGENDA, parts: SENT_PARTS });
    }),
    { numRuns: 200 },
  );
});

/** Texts that make a careless reader slow: each is read within two seconds. */
const slow: readonly [string, string][] = [
  ["blank lines", "\n".repeat(200_000)],
  ["quote marks", "> ".repeat(100_000)],
  ["an introduction without an end", `On ${"a ".repeat(100_000)}`],
  ["introductions", "On 1 a wrote\n".repeat(15_000)],
  ["Dutch beginnings", "Op schreef ".repeat(18_000)],
  ["fields of Outlook", "From: a\nSent: b\nTo: c\n".repeat(8_000)],
  ["rulers", "-----\n".repeat(30_000)],
  ["closings", "Regards,\n".repeat(20_000)],
  ["addresses", "<a@b".repeat(50_000)],
  ["numbers", "5.1.1 550 ".repeat(20_000)],
  ["names of days", "until 3 ".repeat(25_000)],
];

for (const [title, text] of slow) {
  test(`a text of a hostile sender does not hold anybody up: ${title}`, async () => {
    const started = performance.now();
    const mail = await readMail(plain(text));
    sortOf(mail);
    readBounce(mail);
    await reduceReply(mail.text, { text: SENT_AGENDA, parts: SENT_PARTS });
    htmlToText(`<p title="${text}"<${text.replaceAll(" ", "<")}`);
    assert.ok(performance.now() - started < 2_000, `${Math.round(performance.now() - started)} ms`);
  });
}
