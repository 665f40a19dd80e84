import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { longDay } from "../../lib/dates.ts";
import { firstName } from "../../lib/text.ts";
import { type AnswerHint, hintHtml, hintText } from "../answers/index.ts";
import { dueWords, inParts, isAction, partTitle } from "./rules.ts";
import type { RecapPart } from "./schema.ts";

/** A line as the mail needs it: nothing private has a place in here. */
export interface MailLine {
  readonly part: RecapPart;
  readonly text: string;
  readonly who: string;
  readonly dueOn: string | null;
}

export interface RecapMail {
  readonly ownerName: string;
  readonly personName: string;
  /** The day of the meeting in the meeting's own zone. */
  readonly heldOn: Temporal.PlainDate;
  readonly lines: readonly MailLine[];
  /** The page on which this person can answer, if they may open one. */
  readonly answerUrl: string | undefined;
}

interface Section {
  readonly title: string;
  readonly lines: readonly { text: string; note: string }[];
}

function noteOf(mail: RecapMail, one: MailLine): string {
  if (!isAction(one.part)) return "";
  const who = one.who || firstName(one.part === "my_action" ? mail.ownerName : mail.personName);
  return ` (${who}, ${dueWords(one.dueOn, mail.heldOn.year)})`;
}

function sections(mail: RecapMail): Section[] {
  return inParts(mail.lines).map(({ part, lines }) => ({
    title: partTitle(part, mail.personName),
    lines: lines.length === 0 ? [{ text: "none", note: "" }] : lines.map((one) => ({ text: one.text, note: noteOf(mail, one) })),
  }));
}

function opening(mail: RecapMail): string {
  return `This is what I took from our 1:1 on ${longDay(mail.heldOn)}; please correct me where I am wrong.`;
}

// The easy way out belongs to every list of somebody else's commitments: it keeps the mail from reading like a claim.
const EASY_EXIT = "If one of these no longer fits, a short reply is enough";
const EASY_WORD = "If something is missing, a short reply is enough";

function closing(mail: RecapMail): AnswerHint {
  const hasTheirs = mail.lines.some((one) => one.part === "manager_commitment");
  return { sentence: hasTheirs ? EASY_EXIT : EASY_WORD, url: mail.answerUrl };
}

/** The recap as plain text, the form that counts: exactly four parts in their order, "none" where one is empty (S46). */
export function recapText(mail: RecapMail): string {
  const parts = sections(mail).map((section) =>
    [section.title, ...section.lines.map((one) => `- ${one.text}${one.note}`)].join("\n"),
  );
  return [`Hi ${firstName(mail.personName)},`, opening(mail), ...parts, hintText(closing(mail)), firstName(mail.ownerName)].join(
    "\n\n",
  );
}

/** The same words as a small piece of HTML, for readers that prefer it. Everything a person wrote is escaped. */
export function recapHtml(mail: RecapMail): string {
  const parts = sections(mail).map(
    (section) => html`<p><strong>${section.title}</strong></p>
<ul>
${section.lines.map((one) => html`<li dir="auto">${one.text}${one.note}</li>\n`)}</ul>
`,
  );
  const text = html`<p>Hi ${firstName(mail.personName)},</p>
<p>${opening(mail)}</p>
${parts}<p>${hintHtml(closing(mail))}</p>
<p>${firstName(mail.ownerName)}</p>
`;
  // Nothing in it is a promise, so the tag gives text at once.
  return (text as HtmlEscapedString).toString();
}

/** The same words as Markdown, to paste into a shared document or a chat. */
export function recapMarkdown(mail: RecapMail): string {
  const parts = sections(mail).map((section) =>
    [`## ${section.title}`, "", ...section.lines.map((one) => `- ${escapeMarkdown(one.text)}${one.note}`)].join("\n"),
  );
  return `${[opening(mail), ...parts, hintText({ ...closing(mail), url: undefined })].join("\n\n")}\n`;
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/gu, String.raw`\$&`);
}
