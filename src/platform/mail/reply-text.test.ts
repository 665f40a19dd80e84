import assert from "node:assert/strict";
import { test } from "node:test";
import { replyMails } from "../../../test/support/reply-mails.ts";
import { SENT_AGENDA, SENT_PARTS } from "../../../test/support/reply-shapes.ts";
import { readMail } from "./read-mime.ts";
import { reduceReply } from "./reply-text.ts";

const sent = { text: SENT_AGENDA, parts: SENT_PARTS };

for (const { name, raw, pieces } of replyMails) {
  test(`what is new is found in a reply: ${name}`, async () => {
    const mail = await readMail(raw);
    assert.deepEqual(await reduceReply(mail.text, sent, ["Max Berger"]), pieces);
  });
}

test("there are at least forty replies to compare with", () => {
  assert.ok(replyMails.length >= 40, `${replyMails.length} replies`);
});
