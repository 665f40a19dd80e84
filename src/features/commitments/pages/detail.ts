import type { AppError } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import {
  actionButton,
  button,
  errorStatus,
  errorSummary,
  form,
  type FormValues,
  readForm,
  submit,
  textArea,
  textField,
} from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { renegotiateCommitment, showCommitment } from "../operations/commitments.ts";
import type { CommitmentEvent, LedgerEntry } from "../schema.ts";
import { dayText, dueText, type LedgerView, momentDay } from "./ledgers.ts";

const HAPPENED = {
  opened: "Promised",
  kept: "Kept",
  dropped: "Dropped",
  renegotiated: "Another date agreed",
  reopened: "Opened again",
  confirmed: "Confirmed by them",
} as const;

function eventLine(event: CommitmentEvent, view: LedgerView): Html {
  const until = event.dueOn ? html`by ${dayText(event.dueOn, view.today)}` : html`no date agreed`;
  const says = event.happening === "opened" || event.happening === "renegotiated" ? until : html``;
  return html`<tr><td class="meta">${momentDay(event.happenedAt, view)}</td><td>${HAPPENED[event.happening]}</td><td>${says}</td><td dir="auto">${event.note}</td></tr>`;
}

function history(entry: LedgerEntry, view: LedgerView): Html {
  return html`<h2>History</h2>
    <table><thead><tr><th scope="col">Day</th><th scope="col">What happened</th><th scope="col">Agreed day</th><th scope="col">Your note</th></tr></thead>
    <tbody>${each(entry.history, (event) => eventLine(event, view))}</tbody></table>`;
}

function acts(entry: LedgerEntry, values: FormValues, error: AppError | undefined): Html {
  const path = `/commitments/${entry.id}`;
  if (entry.state !== "open") return html`<div class="actions">${actionButton(`${path}/reopening`, "Open again")}</div>`;
  return html`<div class="actions">${actionButton(`${path}/kept`, "Kept", { kind: "primary" })}${actionButton(`${path}/dropped`, "Drop")}</div>
    <h2>Agree on another date</h2>
    <p class="hint">A new date is not a failure: it keeps the promise honest. The earlier date stays in the history.</p>
    ${form(
      `${path}/date`,
      html`${errorSummary(error)}
      ${textField({ name: "dueOn", label: "By when", type: "date", value: values.dueOn ?? entry.dueOn, error, hint: "Leave it empty when no date was agreed." })}
      ${textArea({ name: "note", label: "Why (for yourself)", value: values.note, rows: 2, error })}
      <div class="actions">${button("Note the new date")}</div>`,
      { label: "Agree on another date" },
    )}`;
}

/** /commitments/:id: one promise, what happened to it, and a new date. */
export function commitmentDetailPages(viewOf: (c: WebContext) => Promise<LedgerView>): WebRoutes {
  const routes = webRoutes();
  async function detail(c: WebContext, id: string, values: FormValues = {}, error?: AppError): Promise<Response> {
    const [entry, view] = await Promise.all([call(c.get("caller"), showCommitment, { id }), viewOf(c)]);
    const whose = entry.side === "mine" ? "Your promise" : "Promised to you";
    const body = html`<p class="quiet"><a href="/commitments">All commitments</a></p>
      <p class="lede" dir="auto">${entry.text}</p>
      <p class="meta">${view.names.get(entry.personId) ?? ""}, ${entry.state === "open" ? dueText(entry, view.today) : entry.state}</p>
      ${when(entry.meetingId, (meetingId) => html`<p class="meta"><a href="/meetings/${meetingId}">The 1:1 it comes from</a></p>`)}
      ${acts(entry, values, error)}
      ${history(entry, view)}`;
    return page(c, {
      title: whose,
      section: "meetings",
      body,
      status: errorStatus(error),
    });
  }
  routes.get("/commitments/:id", (c) => detail(c, c.req.param("id")));
  routes.post("/commitments/:id/date", async (c) => {
    const { dueOn = "", note = "" } = await readForm(c);
    const id = c.req.param("id");
    return submit(c, {
      operation: renegotiateCommitment,
      input: { id, dueOn, note },
      done: () => `/commitments/${id}`,
      again: (error) => detail(c, id, { dueOn, note }, error),
    });
  });
  return routes;
}
