import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { composeMail } from "../../platform/mail/mime.ts";
import { type RecapMail, recapHtml, recapMarkdown, recapText } from "./mail.ts";

const heldOn = Temporal.PlainDate.from("2026-03-10");
const empty: RecapMail = { ownerName: "Ana Silva", personName: "Max Berger", heldOn, lines: [], answerUrl: undefined };
const full: RecapMail = {
  ...empty,
  answerUrl: "https://one.example.org/g/0123456789012345678901234567890123456789abc",
  lines: [
    { part: "my_action", text: "Send the outline of the import to Lena", who: "", dueOn: "2026-03-20" },
    { part: "open_question", text: "Who reviews the import when Lena is away?", who: "", dueOn: null },
    { part: "decision", text: "The import ships <without> the old format & its script", who: "", dueOn: null },
    { part: "manager_commitment", text: "Ask finance about the course", who: "", dueOn: "2027-01-08" },
    { part: "manager_commitment", text: "Give access to the *staging* data", who: "Lena", dueOn: null },
    { part: "decision", text: "القرار: نبدأ يوم الأحد", who: "", dueOn: null },
  ],
};

/** The words of a mail are reviewed by eye once, in `golden/`, and held from then on. */
function golden(name: string): string {
  return readFileSync(new URL(`golden/${name}`, import.meta.url), "utf8");
}

test("the recap as text is word for word what was reviewed (S46)", () => {
  assert.equal(`${recapText(full)}\n`, golden("full.txt"));
  assert.equal(`${recapText(empty)}\n`, golden("empty.txt"));
});

test("the recap as HTML says the same, with everything escaped (S46)", () => {
  assert.equal(recapHtml(full), golden("full-html.txt"));
});

test("the recap as Markdown says the same (S46)", () => {
  assert.equal(recapMarkdown(full), golden("full-markdown.txt"));
});

/** The whole message with its facts held still; the boundary, which is random, has a name. */
async function emlOf(mail: RecapMail): Promise<string> {
  const message = await composeMail({
    from: { name: "Ana Silva", address: "ana@example.org" },
    to: { name: "Max Berger", address: "max@example.org" },
    subject: "1:1 Ana / Max",
    messageId: "<one@example.org>",
    inReplyTo: "<zero@example.org>",
    references: ["<zero@example.org>"],
    date: Temporal.Instant.from("2026-03-10T11:00:00Z"),
    text: recapText(mail),
    html: recapHtml(mail),
  });
  const boundary = /boundary="([^"]+)"/u.exec(message)?.[1] ?? "";
  return message.replaceAll(boundary, "BOUNDARY").replaceAll("\r\n", "\n");
}

test("the recap as a message is what was reviewed: text first, its small HTML twin after it (S46)", async () => {
  assert.equal(await emlOf({ ...full, lines: full.lines.slice(0, 5) }), golden("full-eml.txt"));
});

test("an empty part says none, and an empty recap says it four times (S46)", () => {
  assert.equal(recapText(empty).match(/^- none$/gmu)?.length, 4);
});

test("no sentence of ours blames, presses or reminds of a promise", () => {
  const said = recapText(full);
  for (const word of ["finally", "again", "obviously", "you promised", "still waiting", "as discussed", "as I told you", "!"])
    assert.ok(!said.includes(word), word);
});
