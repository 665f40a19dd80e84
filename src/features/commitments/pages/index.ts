import type { AppError } from "../../../lib/errors.ts";
import { dayIn } from "../../../lib/dates.ts";
import { call } from "../../../platform/operation.ts";
import {
  button,
  errorStatus,
  errorSummary,
  form,
  type FormValues,
  radioGroup,
  readForm,
  selectField,
  submit,
  textArea,
  textField,
} from "../../../surfaces/web/kit/form.ts";
import { type Html, html, when } from "../../../surfaces/web/kit/html.ts";
import { leaveNotice } from "../../../surfaces/web/kit/notice.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { listPeople } from "../../people/index.ts";
import { addCommitment, dropCommitment, keepCommitment, listCommitments, reopenCommitment } from "../operations/commitments.ts";
import type { LedgerEntry } from "../schema.ts";
import { commitmentDetailPages } from "./detail.ts";
import { type LedgerView, ledger, questionList } from "./ledgers.ts";
import { questionPages } from "./questions.ts";

const RECENT = 20;

async function ledgerView(
  c: WebContext,
): Promise<LedgerView & { readonly people: readonly { id: string; name: string; endedOn: string | null }[] }> {
  const { people } = await call(c.get("caller"), listPeople, {});
  const { zone, now } = c.get("surroundings");
  return { people, names: new Map(people.map((person) => [person.id, person.name])), zone, today: dayIn(zone, now) };
}

function addForm(people: readonly { id: string; name: string }[], values: FormValues, error: AppError | undefined): Html {
  if (people.length === 0)
    return html`<p class="hint">Add the person you meet with first: <a href="/people/new">add a person</a>.</p>`;
  const choices = people.map(({ id, name }) => ({ value: id, label: name }));
  return form(
    "/commitments",
    html`${errorSummary(error)}
    ${textArea({ name: "text", label: "What was promised", value: values.text, rows: 2, error, required: true })}
    ${radioGroup({
      name: "side",
      label: "Whose promise",
      value: values.side ?? "mine",
      error,
      choices: [
        { value: "mine", label: "Mine" },
        { value: "theirs", label: "Theirs" },
      ],
    })}
    ${selectField({ name: "personId", label: "Between me and", value: values.personId ?? choices[0]?.value, error, choices })}
    ${textField({ name: "dueOn", label: "By when", type: "date", value: values.dueOn, error, hint: "Leave it empty when no date was agreed." })}
    <div class="actions">${button("Write it down")}</div>`,
    { label: "Write down a promise" },
  );
}

async function ledgersPage(c: WebContext, values: FormValues = {}, error?: AppError): Promise<Response> {
  const caller = c.get("caller");
  const [view, open, closed] = await Promise.all([
    ledgerView(c),
    call(caller, listCommitments, { open: true }),
    call(caller, listCommitments, { open: false }),
  ]);
  const lately: LedgerEntry[] = [...closed.mine, ...closed.theirs]
    .toSorted((a, b) => closedAt(b).localeCompare(closedAt(a)))
    .slice(0, RECENT);
  const body = html`<p class="lede">What you promised, what was promised to you, and what is still unanswered. Each stays here until it is kept, dropped or given another date.</p>
    <h2>Mine</h2>
    ${ledger(open.mine, view, "Nothing is open on your side. What you take on in a recap appears here by itself.")}
    <h2>Theirs</h2>
    ${ledger(open.theirs, view, "Nothing is open on the other side. What your manager takes on in a recap appears here by itself.")}
    <h2>Open questions</h2>
    ${questionList(open.questions, view, "No question is open. One that a meeting leaves unanswered comes back in the next preparation.")}
    <h2>Add one</h2>
    <p class="hint">For something promised outside a 1:1. It stays private until you put it on an agenda.</p>
    ${addForm(
      view.people.filter((person) => person.endedOn === null),
      values,
      error,
    )}
    ${when(lately.length > 0, () => html`<h2>Closed lately</h2>${ledger(lately, view, "")}`)}
    ${when(closed.questions.length > 0, () => html`<h2>Questions closed</h2>${questionList(closed.questions.slice(-RECENT).toReversed(), view, "")}`)}`;
  return page(c, {
    title: "Commitments",
    section: "meetings",
    body,
    status: errorStatus(error),
  });
}

function closedAt(entry: LedgerEntry): string {
  return entry.keptAt ?? entry.droppedAt ?? "";
}

/** The acts of one button: what happened is said on the ledger, where it can be undone. */
async function act(c: WebContext, operation: typeof keepCommitment, said: string): Promise<Response> {
  return submit(c, {
    operation,
    input: { id: c.req.param("id") ?? "" },
    done: () => {
      leaveNotice(c, said);
      return "/commitments";
    },
    again: (error) => ledgersPage(c, {}, error),
  });
}

/** /commitments: two ledgers under the same rules, the owner's own first (S47). */
export function commitmentPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/commitments", (c) => ledgersPage(c));
  routes.post("/commitments", async (c) => {
    const { personId = "", side, text = "", dueOn = "" } = await readForm(c);
    const values = { personId, side: side === "theirs" ? "theirs" : "mine", text, dueOn };
    return submit(c, {
      operation: addCommitment,
      input: { personId, side: side === "theirs" ? "theirs" : "mine", text, dueOn },
      done: () => "/commitments",
      again: (error) => ledgersPage(c, values, error),
    });
  });
  routes.post("/commitments/:id/kept", (c) =>
    act(c, keepCommitment, "Noted as kept. It stands under “Closed lately”, where you can open it again."),
  );
  routes.post("/commitments/:id/dropped", (c) =>
    act(c, dropCommitment, "Dropped. It stands under “Closed lately”, where you can open it again."),
  );
  routes.post("/commitments/:id/reopening", (c) => act(c, reopenCommitment, "It is open again."));
  routes.route("/", questionPages(ledgersPage));
  routes.route("/", commitmentDetailPages(ledgerView));
  return routes;
}
