import { dayIn } from "../../../lib/dates.ts";
import { call } from "../../../platform/operation.ts";
import { button, selectField, textField } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { listPeople } from "../../people/index.ts";
import { categoryWords } from "../operations/bank.ts";
import { listQuestions } from "../operations/offering.ts";
import { listUses } from "../operations/using.ts";
import { categories, type Category, type Question, type QuestionUse, type Stage, stages } from "../schema.ts";
import { uncoveredForms } from "./uncovered.ts";
import { categoryNames, stageNames } from "./words.ts";

interface Looking {
  readonly category: Category | undefined;
  readonly stage: Stage | undefined;
  readonly text: string;
}

function looking(c: WebContext): Looking {
  return {
    category: categories.find((one) => one === c.req.query("category")),
    stage: stages.find((one) => one === c.req.query("stage")),
    text: (c.req.query("text") ?? "").slice(0, 200),
  };
}

function searchForm({ category, stage, text }: Looking): Html {
  const any = { value: "", label: "All" };
  return html`<form method="get" action="/questions" role="search" aria-label="Find a question">
    ${textField({ name: "text", label: "Words in it", type: "search", value: text })}
    <div class="line-form">
    ${selectField({ name: "category", label: "What it is about", value: category ?? "", choices: [any, ...categories.map((one) => ({ value: one, label: categoryNames[one] }))] })}
    ${selectField({ name: "stage", label: "Where you stand", value: stage ?? "", choices: [any, ...stages.map((one) => ({ value: one, label: stageNames[one] }))] })}</div>
    <div class="actions">${button("Show", { kind: "quiet" })}</div></form>`;
}

/** Not to oneself, and not by somebody whom people report to. */
function isForSomebody({ audience }: Question): boolean {
  return audience.some((one) => one === "manager" || one === "stakeholder");
}

function questionEntry(question: Question): Html {
  const { text, uncovers, followUp, isOwn, id } = question;
  return html`<li class="entry"><p dir="auto">${text}</p>
    <p class="meta" dir="auto">${uncovers === "" ? "You have not said what it uncovers" : uncovers}${isOwn ? html`. <a href="/questions/own/${id}">Yours</a>` : nothing}</p>
    ${when(followUp, (next) => html`<p class="quiet" dir="auto">Then: ${next}</p>`)}
    ${isForSomebody(question) ? html`<p><a href="/questions/ask/${id}">Ask it in a 1:1</a></p>` : nothing}</li>`;
}

function foundList(questions: readonly Question[]): Html {
  if (questions.length === 0)
    return html`<p>No question fits all of that. Take a word or a choice away, or <a href="/questions/own">add one of your own</a>.</p>`;
  const groups = [...Map.groupBy(questions, (one) => one.category)];
  return html`<p class="meta">${questions.length === 1 ? "1 question" : `${questions.length} questions`}</p>
    ${each(groups, ([category, members]) => html`<h2>${categoryNames[category]}</h2><p class="hint">${categoryWords[category] ?? ""}.</p><ul class="entries">${each(members, questionEntry)}</ul>`)}`;
}

function categoryList(questions: readonly Question[]): Html {
  const counts = Map.groupBy(questions, (one) => one.category);
  const present = categories.filter((one) => counts.has(one));
  return html`<h2>By what they are about</h2>
    <ul class="entries">${each(
      present,
      (one) =>
        html`<li class="entry"><a href="/questions?category=${one}">${categoryNames[one]}</a> <span class="meta">${counts.get(one)?.length ?? 0}</span><p class="quiet">${categoryWords[one] ?? ""}</p></li>`,
    )}</ul>`;
}

/** What was asked and waits for a word about what came of it. */
export function isWaiting(use: QuestionUse): boolean {
  return use.askedOn !== null && use.answeredAt === null;
}

const SHOWN_WAITING = 2;

async function waitingPart(c: WebContext): Promise<Html> {
  const { uses } = await call(c.get("caller"), listUses, {});
  const { zone, now } = c.get("surroundings");
  const waiting = uses.filter(isWaiting).slice(0, SHOWN_WAITING);
  return uncoveredForms(waiting, { returnTo: "/questions", thisYear: dayIn(zone, now).year });
}

async function askedPart(c: WebContext): Promise<Html> {
  const { people } = await call(c.get("caller"), listPeople, {});
  if (people.length === 0) return nothing;
  return html`<h2>What you asked whom</h2>
    <ul>${each(people, (one) => html`<li><a href="/people/${one.id}/questions">Asked <bdi>${one.name}</bdi></a></li>`)}</ul>`;
}

async function bankPage(c: WebContext): Promise<Response> {
  const wanted = looking(c);
  const { category, stage, text } = wanted;
  const isFiltered = category !== undefined || stage !== undefined || text.trim() !== "";
  const { questions } = await call(c.get("caller"), listQuestions, wanted);
  const body = html`<p class="lede">A good question brings something to light that you could not know. Each of these says what.</p>
    ${isFiltered ? nothing : await waitingPart(c)}
    ${searchForm(wanted)}
    ${isFiltered ? html`<p><a href="/questions">All kinds of questions</a></p>${foundList(questions)}` : categoryList(questions)}
    ${isFiltered ? nothing : await askedPart(c)}
    <h2>Your own</h2>
    <p><a href="/questions/own">Add, change, bring in or share questions of your own</a></p>`;
  return page(c, { title: "Questions", section: "meetings", body });
}

/** /questions: the bank by category, with what each uncovers (S42). */
export function bankPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/questions", bankPage);
  return routes;
}
