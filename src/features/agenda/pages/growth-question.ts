import { fillGaps, gapNames } from "../../../lib/gaps.ts";
import { call } from "../../../platform/operation.ts";
import { button, type FormValues, isForForm, textArea, textField } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import { showBlindspots } from "../../blindspots/index.ts";
import {
  choicesFor,
  knownFor,
  type Offer,
  offers,
  type QuestionUse,
  questionsOf,
  surfaceOf,
  swapFor,
} from "../../questions/index.ts";
import type { AppError } from "../../../lib/errors.ts";
import { chooseQuestion } from "../operations/asking.ts";
import { goToStep } from "../operations/arranging.ts";
import { openers } from "../rules/items.ts";
import type { ApprovalEffect } from "../schema.ts";
import { meetingId, type Preparation, stepPath } from "./frame.ts";
import type { ItemForm } from "./item-form.ts";

/** The question about growth: its fields, and the questions that could be asked instead. */
export interface GrowthForm {
  readonly fields: Html;
  readonly offered: Html;
}

const GAP = "gap-";
const ASK = "ask-";
const PUT = "put-question-";
/** Fewer of the five things told than this, and a question that brings one out is worth more. */
const MOST_UNTOLD = 2;

type Known = Awaited<ReturnType<typeof knownFor>>;

function choicesOf(id: string, choices: readonly string[]): Html {
  if (choices.length === 0) return nothing;
  return html`<datalist id="${id}">${each(choices, (one) => html`<option value="${one}"></option>`)}</datalist>`;
}

/** One field for each gap of the question, with what the record can put there (S38). */
function gapFields(text: string, known: Known): Html {
  const names = gapNames(text);
  if (names.length === 0) return nothing;
  return html`<fieldset class="field" id="gaps"><legend>Still to be filled in</legend>
    <p class="hint">The question cannot go out with a gap in it. Fill them here, or write over them above.</p>
    ${each(names, (name, index) => {
      const choices = choicesFor(name, known);
      const list = `${GAP}${index}-choices`;
      const label = name === "" ? "What stands between the brackets" : name;
      return html`${textField({ name: `${GAP}${index}`, label, ...(choices.length > 0 ? { list } : {}), autocomplete: "off" })}${choicesOf(list, choices)}`;
    })}</fieldset>`;
}

function fields({ values, error }: ItemForm, known: Known, use: QuestionUse | undefined): Html {
  const text = values["text"] ?? "";
  return html`${textField({ name: "project", label: "Something you work on", value: values["project"], error, ...(known.projects.length > 0 ? { list: "known-projects" } : {}) })}
    ${choicesOf("known-projects", known.projects)}
    ${textField({ name: "skill", label: "Something you want to learn", value: values["skill"], error, ...(known.skills.length > 0 ? { list: "known-skills" } : {}) })}
    ${choicesOf("known-skills", known.skills)}
    ${textArea({ name: "text", label: "My question", value: text, rows: 4, error })}
    ${when(use?.uncovers, (uncovers) => html`<p class="hint">${uncovers}.${when(use?.followUp, (next) => html` Then ask: “<span dir="auto">${next}</span>”`)}</p>`)}
    ${gapFields(text, known)}`;
}

/** Numbered, so that each button says which question it means. */
function offerLine({ id, filled, uncovers, gaps, reasons }: Offer, index: number): Html {
  const which = `question ${index + 1}`;
  const use = { kind: "quiet", name: "act", value: `${ASK}${id}` } as const;
  const acts =
    gaps.length === 0
      ? html`${button(`Ask ${which}`, { ...use, value: `${PUT}${id}` })} ${button(`Change ${which} first`, use)}`
      : button(`Use ${which} and fill it in`, use);
  return html`<li class="entry"><p dir="auto">${filled}</p>
    <p class="meta" dir="auto">${uncovers === "" ? "A question of your own" : uncovers}${reasons.length > 0 ? `. Now, because ${reasons[0]}` : ""}</p>
    <div class="actions">${acts}</div></li>`;
}

function offerList(legend: string, hint: string, found: readonly Offer[], hidden: Html = nothing): Html {
  return html`<fieldset class="field"><legend>${legend}</legend>
      ${hidden}<p class="hint">${hint} <a href="/questions">All questions</a></p>
      <ul class="entries">${each(found, offerLine)}</ul></fieldset>`;
}

/** Where the bank has none to offer, beginnings to be finished in one's own words. */
function beginnings(left: number): Html {
  if (left === 0)
    return html`<p class="hint">Two questions are on the way, which is enough for one talk. <a href="/questions">All questions</a></p>`;
  return html`<fieldset class="field"><legend>Beginnings</legend>
      <p class="hint">One goes into your question; what you work on and want to learn fills its gaps.</p>
      <ul class="entries">${each(openers, (opener, index) => html`<li class="entry"><p>${opener}</p><div class="actions">${button(`Use beginning ${index + 1}`, { kind: "quiet", name: "act", value: `opener-${index}` })}</div></li>`)}</ul>
    </fieldset>`;
}

async function offered(c: WebContext, preparation: Preparation, { values }: ItemForm): Promise<Html> {
  const { owner, database } = c.get("caller");
  const db = database.reader;
  const { meeting, person, now } = preparation;
  const named = { project: values["project"], skill: values["skill"], meetingId: meeting.id };
  const better = await swapFor(db, owner, now, values["text"] ?? "", named);
  if (better && better.offers.length > 0)
    return offerList(
      "Questions that uncover more",
      `“${better.surface}” is easily answered with a word. These are not. Yours stays as it is, unless you choose one.`,
      better.offers,
      html`<input type="hidden" name="dull" value="${(values["text"] ?? "").trim()}">`,
    );
  const told = await call(c.get("caller"), showBlindspots, { personId: person.id });
  const signals = told.of - told.told >= MOST_UNTOLD ? ["blindspot_gap"] : [];
  const { offers: found, left } = await offers(db, owner, now, { ...named, personId: person.id, signals, isAboutGrowth: true });
  if (found.length === 0) return beginnings(left);
  return offerList("Questions worth asking", "Each with what it uncovers. Two are enough for one talk.", found);
}

/** What the growth step adds to its form. `form` may have come back with a message: what was typed is in it. */
export async function growthForm(c: WebContext, preparation: Preparation, form: ItemForm): Promise<GrowthForm> {
  const { owner, database } = c.get("caller");
  const known = await knownFor(database.reader, owner, preparation.now, preparation.person.id);
  const use = form.item && (await questionsOf(database.reader, owner, [form.item.id])).get(form.item.id);
  const found = await offered(c, preparation, form);
  return { fields: fields(form, known, use), offered: html`<div id="question-offers" aria-live="polite">${found}</div>` };
}

/** What was typed into the fields of gaps goes into the question. */
export function withGapsFilled(values: FormValues): FormValues {
  const text = values["text"] ?? "";
  const words = Object.fromEntries(gapNames(text).map((name, index) => [name, values[`${GAP}${index}`] ?? ""]));
  const filled = fillGaps(text, words);
  return filled === text ? values : { ...values, text: filled };
}

/** Whether this question asks for a verdict, and its owner has not yet seen what else could be asked (S41). */
export function isDull(values: FormValues): boolean {
  const text = (values["text"] ?? "").trim();
  return values["dull"] !== text && surfaceOf(text) !== undefined;
}

export function isQuestionAct(act: string): boolean {
  return act.startsWith(ASK) || act.startsWith(PUT);
}

interface After {
  readonly again: (values: FormValues, error?: AppError) => Promise<Response>;
  readonly say: (effect: ApprovalEffect) => void;
}

/** One click: the question goes into the form as a draft, or on the agenda when nothing of it is left to be filled in. */
export async function askFromPage(c: WebContext, values: FormValues, { again, say }: After): Promise<Response> {
  const id = meetingId(c);
  const act = values["act"] ?? "";
  const put = act.startsWith(PUT);
  // A question that asks for a verdict makes room for the better one that was chosen in its place.
  const text = surfaceOf(values["text"] ?? "") ? "" : (values["text"] ?? "");
  const { project = "", skill = "", version = "0" } = values;
  const questionId = act.slice((put ? PUT : ASK).length);
  try {
    const input = { meetingId: id, questionId, id: values["id"] ?? "", version, text, project, skill, put };
    const { item, approval } = await call(c.get("caller"), chooseQuestion, input);
    if (!put || item.preparedAt === null || item.draft !== null)
      return c.redirect(`${stepPath(id, "growth")}?item=${item.id}#text`, 303);
    say(approval);
    await call(c.get("caller"), goToStep, { meetingId: id, step: "carried" });
    return c.redirect(stepPath(id, "carried"), 303);
  } catch (error) {
    if (isForForm(error)) return again(values, error);
    throw error;
  }
}
