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
  submit,
  textArea,
} from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { showPerson } from "../../people/index.ts";
import { listConditions } from "../operations/conditions.ts";
import { listUses, noteUncovered, showUse } from "../operations/using.ts";
import type { QuestionUse, Worth } from "../schema.ts";
import { isWaiting } from "./bank.ts";
import { conditionRoutes, conditionsPart } from "./conditions.ts";
import { answerName, uncoveredForms } from "./uncovered.ts";
import { onDay } from "./words.ts";

function askedLine(use: QuestionUse, thisYear: number): Html {
  const tied = [use.project, use.skill].filter((one) => one !== "");
  const state = use.askedOn ? html`asked ${onDay(use.askedOn, thisYear)}` : html`not asked yet`;
  return html`<li class="entry"><p dir="auto">${use.text}</p>
    <p class="meta">${state}${when(use.uncovers, (uncovers) => html`, ${uncovers}`)}${each(tied, (one) => html` <span class="tag" dir="auto">${one}</span>`)}${use.worth === "yes" ? html`, worth asking` : use.worth === "no" ? html`, not worth asking` : nothing}</p>
    ${when(use.answer, (answer) => html`<p class="multiline" dir="auto">${answer}</p>`)}
    <p class="meta"><a href="/meetings/${use.meetingId}">The 1:1</a> <a href="/questions/uses/${use.id}">${use.answeredAt ? "Change what it uncovered" : "What it uncovered"}</a></p></li>`;
}

async function personPage(c: WebContext, id: string): Promise<Response> {
  const caller = c.get("caller");
  const { zone, now } = c.get("surroundings");
  const thisYear = dayIn(zone, now).year;
  const person = await call(caller, showPerson, { id });
  const { uses } = await call(caller, listUses, { personId: id });
  const waiting = uses.filter(isWaiting);
  const others = uses.filter((use) => !isWaiting(use) && (use.askedOn !== null || use.answeredAt !== null));
  const stated = await call(caller, listConditions, { personId: id });
  const empty = uses.length === 0 && stated.total === 0;
  const body = html`<p class="quiet"><a href="/people/${id}"><bdi>${person.name}</bdi></a></p>
    ${empty ? html`<p class="lede">Nothing was asked yet. The step “Growth” of a preparation offers three questions, each with what it uncovers.</p>` : nothing}
    ${conditionsPart(stated, { returnTo: `/people/${id}/questions`, thisYear })}
    ${uncoveredForms(waiting, { returnTo: `/people/${id}/questions`, thisYear })}
    ${when(others.length > 0, () => html`<h2>Asked so far</h2><ul class="entries">${each(others, (use) => askedLine(use, thisYear))}</ul>`)}
    <p class="actions"><a href="/questions">All questions</a></p>`;
  return page(c, { title: `Asked ${person.name}`, section: "people", body });
}

async function usePage(c: WebContext, id: string, values?: FormValues, error?: AppError): Promise<Response> {
  const use = await call(c.get("caller"), showUse, { useId: id });
  const { zone, now } = c.get("surroundings");
  const body = html`<p class="quiet"><a href="/people/${use.personId}/questions">Everything you asked</a>, <a href="/meetings/${use.meetingId}">the 1:1</a></p>
    <p class="lede" dir="auto">${use.text}</p>
    <p class="meta">${when(use.askedOn, (day) => html`asked ${onDay(day, dayIn(zone, now).year)}. `)}${use.uncovers}</p>
    ${errorSummary(error)}
    ${form(
      `/questions/uses/${id}`,
      html`${textArea({ name: answerName(id), label: "What did it uncover?", value: values?.[answerName(id)] ?? use.answer, rows: 5, error, hint: use.asksConditions ? "One condition on each line." : "Empty it to take it back." })}
      ${radioGroup({
        name: "worth",
        label: "Was it worth asking?",
        value: values?.["worth"] ?? use.worth ?? "",
        error,
        hint: "What was not is not offered for this person again.",
        choices: [
          { value: "yes", label: "Yes" },
          { value: "no", label: "No" },
          { value: "", label: "Hard to say" },
        ],
      })}
      <div class="actions">${button("Keep it")}</div>`,
      { label: "What it uncovered", draft: `uncovered ${id}` },
    )}`;
  return page(c, { title: "What did it uncover?", section: "people", body, status: errorStatus(error) });
}

/** Only paths of this program: nobody is sent elsewhere by a form. */
function localPath(path: string | undefined, otherwise: string): string {
  return path && /^\/(?:meetings|people|questions)[\w/-]*$/u.test(path) ? path : otherwise;
}

async function saveUncovered(c: WebContext): Promise<Response> {
  const id = c.req.param("id") ?? "";
  const values = await readForm(c);
  const text = values[answerName(id)] ?? "";
  const worth = values["worth"] === undefined ? {} : { worth: values["worth"] === "" ? null : (values["worth"] as Worth) };
  return submit(c, {
    operation: noteUncovered,
    input: { useId: id, text, ...worth },
    done: (use) => localPath(values["return"], `/people/${use.personId}/questions`),
    notice: text.trim() === "" ? "Taken back." : "Kept, with today's date.",
    again: (error) => {
      const fields = error.fields.map((one) => ({ ...one, field: one.field === "text" ? answerName(id) : one.field }));
      return usePage(c, id, values, Object.assign(error, { fields }));
    },
  });
}

/** What was asked of one person, what it uncovered, and the conditions that were stated. */
export function personPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/people/:id/questions", (c) => personPage(c, c.req.param("id")));
  routes.get("/questions/uses/:id", (c) => usePage(c, c.req.param("id")));
  routes.post("/questions/uses/:id", saveUncovered);
  routes.route("/", conditionRoutes(localPath));
  return routes;
}
