import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mailtoLink } from "./mailto.ts";

test("a mailto link carries subject and text", () => {
  assert.equal(
    mailtoLink({ toAddress: "max+1:1@example.org", subject: "1:1 Ana & Max", text: "Hi Max,\n\nädvice?" }),
    "mailto:max%2B1%3A1@example.org?subject=1%3A1%20Ana%20%26%20Max&body=Hi%20Max%2C%0D%0A%0D%0A%C3%A4dvice%3F",
  );
});

test("a text too long for a link makes no link, so that nothing is cut", () => {
  assert.equal(mailtoLink({ toAddress: "max@example.org", subject: "1:1", text: "word ".repeat(400) }), undefined);
});

test("whatever the text holds, the link holds the same and nothing else", () =>
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 60 }),
      fc.string({ unit: "grapheme", maxLength: 60 }),
      (subject, text) => {
        const link = mailtoLink({ toAddress: "max@example.org", subject, text });
        if (link === undefined) return;
        const url = new URL(link);
        assert.deepEqual([...url.searchParams.keys()], ["subject", "body"]);
        assert.equal(url.pathname, "max@example.org");
        assert.equal(url.searchParams.get("subject"), subject.toWellFormed());
      },
    ),
  ));
