import { dayIn, shortDay } from "../../../lib/dates.ts";
import { actionButton } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import type { LedgerEntry, LedgerQuestion } from "../schema.ts";

/** What the ledgers are drawn with: names by person id, and the owner's day. */
export interface LedgerView {
  readonly names: ReadonlyMap<string, string>;
  readonly zone: string;
  readonly today: Temporal.PlainDate;
}

export function dayText(on: string, today: Temporal.PlainDate): Html {
  return html`<time datetime="${on}">${shortDay(Temporal.PlainDate.from(on), today.year)}</time>`;
}

export function momentDay(at: string, view: LedgerView): Html {
  return dayText(dayIn(view.zone, Temporal.Instant.from(at)).toString(), view.today);
}

function days(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}

export function dueText(entry: LedgerEntry, today: Temporal.PlainDate): Html {
  if (!entry.dueOn) return html`no date agreed`;
  return html`by ${dayText(entry.dueOn, today)}${entry.overdueDays > 0 ? html`, <span class="badge">${days(entry.overdueDays)} past</span>` : nothing}`;
}

function facts(entry: LedgerEntry, view: LedgerView): Html {
  const name = view.names.get(entry.personId) ?? "";
  const age = entry.ageDays === 0 ? "since today" : `open for ${days(entry.ageDays)}`;
  if (entry.state === "open") return html`<p class="meta">${name}, ${dueText(entry, view.today)}, ${age}</p>`;
  return html`<p class="meta"><span class="badge">${entry.state}</span> ${momentDay(entry.keptAt ?? entry.droppedAt ?? "", view)}, ${name}</p>`;
}

function acts(entry: LedgerEntry): Html {
  const path = `/commitments/${entry.id}`;
  if (entry.state !== "open") return html`<div class="actions">${actionButton(`${path}/reopening`, "Open again")}</div>`;
  return html`<div class="actions">${actionButton(`${path}/kept`, "Kept")}${actionButton(`${path}/dropped`, "Drop")}<a href="${path}">New date, history</a></div>`;
}

/** One ledger: the same lines and the same acts for either side (S47). */
export function ledger(entries: readonly LedgerEntry[], view: LedgerView, empty: string): Html {
  if (entries.length === 0) return html`<p class="quiet">${empty}</p>`;
  return html`<ul class="entries">${each(
    entries,
    (entry) =>
      html`<li class="entry"><p dir="auto"><a href="/commitments/${entry.id}">${entry.text}</a></p>${facts(entry, view)}${acts(entry)}</li>`,
  )}</ul>`;
}

export function questionList(questions: readonly LedgerQuestion[], view: LedgerView, empty: string): Html {
  if (questions.length === 0) return html`<p class="quiet">${empty}</p>`;
  return html`<ul class="entries">${each(questions, (question) => questionLine(question, view))}</ul>`;
}

function questionLine(question: LedgerQuestion, view: LedgerView): Html {
  const path = `/commitments/questions/${question.id}`;
  const name = view.names.get(question.personId) ?? "";
  const closedAt = question.answeredAt ?? question.droppedAt;
  const state = closedAt
    ? html`<p class="meta"><span class="badge">${question.answeredAt ? "answered" : "dropped"}</span> ${momentDay(closedAt, view)}, ${name}</p>`
    : html`<p class="meta">${name}, ${question.ageDays === 0 ? "since today" : `open for ${days(question.ageDays)}`}</p>`;
  return html`<li class="entry"><p dir="auto">${question.text}</p>
    ${when(question.answer, (answer) => html`<p class="quiet" dir="auto">${answer}</p>`)}
    ${state}
    <div class="actions">${closedAt ? actionButton(`${path}/reopening`, "Open again") : html`<a href="${path}">Write the answer</a>${actionButton(`${path}/dropped`, "Drop")}`}</div></li>`;
}
