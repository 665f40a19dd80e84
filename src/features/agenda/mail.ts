import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { shortDay } from "../../lib/dates.ts";
import { firstName } from "../../lib/text.ts";
import { type AnswerHint, hintHtml, hintText } from "../answers/index.ts";
import { firstId, inOrder } from "./rules/items.ts";
import { planMinutes } from "./rules/minutes.ts";
import type { PreparedItem } from "./schema.ts";

/** What the agenda mail is written from: prepared items and names, nothing private. */
export interface AgendaMail {
  readonly ownerName: string;
  readonly personName: string;
  /** The start in the meeting's own zone: the wall clock that both look at. */
  readonly start: Temporal.ZonedDateTime;
  /** The meeting's length in minutes. */
  readonly slot: number;
  readonly hasGrowthBlock: boolean;
  readonly items: readonly PreparedItem[];
  /** The first ids of the items that this person asked for themselves. */
  readonly askedFor: ReadonlySet<string>;
  /** The page on which this person can answer, if they may open one. */
  readonly answerUrl: string | undefined;
}

/** One block of the mail: a heading, what stands under it, and lines of a list. All in the person's words but the labels. */
interface Block {
  readonly heading: string;
  readonly note: string;
  readonly body: readonly { readonly label: string; readonly text: string }[];
  readonly list: readonly string[];
}

const block = (heading: string, note = "", body: Block["body"] = [], list: readonly string[] = []): Block => ({
  heading,
  note,
  body,
  list,
});

function minutesNote(minutes: number, item?: PreparedItem, isTheirs = false): string {
  const parts = [
    isTheirs ? "from you" : "",
    item?.carriedFrom?.startsWith("item:") ? "from last time" : "",
    minutes > 0 ? `${minutes} min` : "",
  ].filter(Boolean);
  return parts.length > 0 ? ` (${parts.join(", ")})` : "";
}

const labelled = (label: string, text: string): Block["body"] => (text === "" ? [] : [{ label, text }]);

function challengeBlock(item: PreparedItem): Block {
  return block("A challenge", minutesNote(item.minutes, item), [
    { label: "", text: item.text },
    ...labelled("Options: ", item.options),
    ...labelled("I lean towards: ", item.leaning),
    ...labelled("The decision I need: ", item.decisionWanted),
  ]);
}

/** The first line of a topic is its heading, so that the mail reads like a list. */
function topicBlock(item: PreparedItem, isTheirs: boolean): Block {
  const [heading = "", ...rest] = item.text.split("\n");
  return block(heading, minutesNote(item.minutes, item, isTheirs), labelled("", rest.join("\n").trim()));
}

function itemBlock(item: PreparedItem, { askedFor }: AgendaMail): Block {
  if (item.kind === "challenge") return challengeBlock(item);
  if (item.kind === "topic") return topicBlock(item, askedFor.has(firstId(item)));
  return block("A win", minutesNote(item.minutes, item), [{ label: "", text: item.text }]);
}

function until(item: PreparedItem, year: number): string {
  return item.dueOn === null ? "no date agreed" : `by ${shortDay(Temporal.PlainDate.from(item.dueOn), year)}`;
}

function carriedLine(item: PreparedItem, year: number): string {
  if (item.carriedSide === "question") return `Open question: ${item.text}`;
  return `${item.carriedSide === "theirs" ? "On your side" : "On my side"}: ${item.text} (${until(item, year)})`;
}

function carriedBlock(items: readonly PreparedItem[], year: number): Block {
  const minutes = items.reduce((total, item) => total + item.minutes, 0);
  return block(
    "Still open between us",
    minutesNote(minutes),
    [],
    items.map((item) => carriedLine(item, year)),
  );
}

function names(item: PreparedItem): Block["body"] {
  const known = [item.project && `Project: ${item.project}`, item.skill && `Skill: ${item.skill}`].filter(Boolean);
  return known.length > 0 ? [{ label: "", text: `${known.join(". ")}.` }] : [];
}

function growthBlocks(mail: AgendaMail, items: readonly PreparedItem[]): Block[] {
  const { growth, growthBlock } = planMinutes(mail.items, mail.slot, mail.hasGrowthBlock);
  if (growthBlock === 0 && items.length === 0) return [];
  const body = items.flatMap((item) => [{ label: "", text: item.text }, ...names(item)]);
  if (growthBlock === 0) return [block("A question about my growth", minutesNote(growth), body)];
  const heading = `The last ${growth === 10 ? "ten" : growth} minutes: growth`;
  return [
    block(heading, "", body.length > 0 ? body : [{ label: "", text: "I would like to keep these for where I want to go next." }]),
  ];
}

/** The numbered middle of the mail: everything between the need and growth, what is carried over as one block where its first line stands. */
function middle(mail: AgendaMail): Block[] {
  const items = inOrder(mail.items).filter((item) => !["need", "growth", "status"].includes(item.kind));
  const carried = items.filter((item) => item.kind === "carried");
  return items.flatMap((item) =>
    item.kind !== "carried" ? [itemBlock(item, mail)] : item === carried[0] ? [carriedBlock(carried, mail.start.year)] : [],
  );
}

function blocks(mail: AgendaMail): Block[] {
  const of = (kind: PreparedItem["kind"]): PreparedItem[] => inOrder(mail.items).filter((item) => item.kind === kind);
  const needs = of("need").map((item) =>
    block("What I need from this talk", minutesNote(0, item), [{ label: "", text: item.text }]),
  );
  const numbered = middle(mail).map((one, index) => ({ ...one, heading: `${index + 1}. ${one.heading}` }));
  const status = of("status").map((item) => block("Status, in writing only", "", [{ label: "", text: item.text }]));
  return [...needs, ...numbered, ...growthBlocks(mail, of("growth")), ...status];
}

// No day and no hour: both have the calendar for that, and a meeting that moves takes its approved agenda along (S31).
const OPENING = "Here is what I would like to talk about in our next 1:1.";

function hint({ answerUrl }: AgendaMail): AnswerHint {
  return { sentence: "If there is something to add, a short reply is enough", url: answerUrl };
}

function closing(mail: AgendaMail): string {
  return `See you then,\n${firstName(mail.ownerName)}`.trim();
}

function textOf({ heading, note, body, list }: Block): string {
  return [`${heading}${note}`, ...body.map(({ label, text }) => `${label}${text}`), ...list.map((one) => `- ${one}`)].join("\n");
}

/** The agenda as plain text, the form that counts: the person's own words in a fixed, short frame. */
export function agendaText(mail: AgendaMail): string {
  return [`Hi ${firstName(mail.personName)},`, OPENING, ...blocks(mail).map(textOf), hintText(hint(mail)), closing(mail)].join(
    "\n\n",
  );
}

function lines(text: string) {
  return text.split("\n").map((one, index) => (index === 0 ? html`${one}` : html`<br>${one}`));
}

function htmlOf({ heading, note, body, list }: Block) {
  return html`<p dir="auto"><strong>${heading}</strong>${note}</p>
${body.map(({ label, text }) => html`<p dir="auto">${label}${lines(text)}</p>\n`)}${list.length > 0 ? html`<ul>\n${list.map((one) => html`<li dir="auto">${one}</li>\n`)}</ul>\n` : raw("")}`;
}

/** The same words as a small piece of HTML. Everything a person wrote is escaped. */
export function agendaHtml(mail: AgendaMail): string {
  const text = html`<p>Hi ${firstName(mail.personName)},</p>
<p>${OPENING}</p>
${blocks(mail).map(htmlOf)}<p>${hintHtml(hint(mail))}</p>
<p>${lines(closing(mail))}</p>
`;
  // Nothing in it is awaited, so the tag gives the text itself.
  return (text as HtmlEscapedString).toString();
}
