import type { AppError } from "../../../lib/errors.ts";
import { dayIn } from "../../../lib/dates.ts";
import { call } from "../../../platform/operation.ts";
import {
  actionButton,
  button,
  errorStatus,
  errorSummary,
  form,
  type FormValues,
  readForm,
  selectField,
  submit,
  textArea,
  textField,
} from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { listCaptures } from "../../journal/index.ts";
import { dropCondition, meetCondition, reopenCondition, showCondition } from "../operations/conditions.ts";
import type { Condition } from "../schema.ts";
import { onDay } from "./words.ts";

interface Place {
  readonly returnTo: string;
  readonly thisYear: number;
}

function conditionLine(one: Condition, { returnTo, thisYear }: Place): Html {
  const path = `/questions/conditions/${one.id}`;
  const fields = { return: returnTo };
  const evidence = html`${when(one.evidence, (text) => html`<p class="multiline" dir="auto">${text}</p>`)}${when(one.captureId, (id) => html`<p class="meta"><a href="/journal/${id}">What shows it</a></p>`)}`;
  if (one.metOn !== null)
    return html`<li class="entry"><p dir="auto"><span class="badge">met</span> ${one.text}</p>${evidence}
      <p class="meta">since ${onDay(one.metOn, thisYear)}, stated ${onDay(one.statedOn, thisYear)}</p>
      <div class="actions"><a href="${path}">Change what shows it</a> ${actionButton(`${path}/opening`, "Open again", { fields })}</div></li>`;
  return html`<li class="entry"><p dir="auto">${one.text}</p>${evidence}
    <p class="meta">stated ${onDay(one.statedOn, thisYear)}</p>
    <div class="actions"><a href="${path}">Met: say what shows it</a> ${actionButton(`${path}/removal`, "Take it off the list", { fields })}</div></li>`;
}

/** What somebody said would have to be true, and how much of it is (S43). Nothing where nothing was stated. */
export function conditionsPart(
  stated: { readonly conditions: readonly Condition[]; readonly met: number; readonly total: number },
  place: Place,
): Html {
  if (stated.total === 0) return nothing;
  return html`<h2 id="conditions">What would have to be true</h2>
    <p class="meta"><progress value="${stated.met}" max="${stated.total}" aria-label="Conditions met"></progress> ${stated.met} of ${stated.total} met</p>
    <ul class="entries">${each(stated.conditions, (one) => conditionLine(one, place))}</ul>`;
}

const OFFERED_WINS = 30;

async function conditionPage(c: WebContext, id: string, values: FormValues = {}, error?: AppError): Promise<Response> {
  const one = await call(c.get("caller"), showCondition, { id });
  const { captures } = await call(c.get("caller"), listCaptures, { kind: "win", limit: OFFERED_WINS });
  const { zone, now } = c.get("surroundings");
  const wins = captures.map(({ id: value, text }) => ({
    value,
    label: text.length > 80 ? `${text.slice(0, 79).toWellFormed()}…` : text,
  }));
  const back = `/people/${one.personId}/questions`;
  const body = html`<p class="quiet"><a href="${back}#conditions">All conditions</a></p>
    <p class="lede" dir="auto">${one.text}</p>
    ${errorSummary(error)}
    ${form(
      `/questions/conditions/${id}`,
      html`${textArea({ name: "evidence", label: "What shows it", value: values["evidence"] ?? one.evidence, rows: 3, error, hint: "A date, a name, a figure with its source: something another person could check." })}
      ${when(wins.length > 0, () => selectField({ name: "captureId", label: "Or one of your wins", value: values["captureId"] ?? one.captureId ?? "", error, choices: [{ value: "", label: "None" }, ...wins] }))}
      ${textField({ name: "metOn", label: "Met since", type: "date", value: values["metOn"] ?? one.metOn ?? dayIn(zone, now).toString(), error })}
      <div class="actions">${button("It is met")} <a href="${back}#conditions">Back</a></div>`,
      { label: "Condition" },
    )}`;
  return page(c, { title: "A condition that is met", section: "people", body, status: errorStatus(error) });
}

type LocalPath = (path: string | undefined, otherwise: string) => string;

async function act(c: WebContext, operation: typeof dropCondition, notice: string, localPath: LocalPath): Promise<Response> {
  const values = await readForm(c);
  const id = c.req.param("id") ?? "";
  return submit(c, {
    operation,
    input: { id },
    done: (one) => `${localPath(values["return"], `/people/${one.personId}/questions`)}#conditions`,
    notice,
    again: (error) => conditionPage(c, id, {}, error),
  });
}

export function conditionRoutes(localPath: LocalPath): WebRoutes {
  const routes = webRoutes();
  routes.get("/questions/conditions/:id", (c) => conditionPage(c, c.req.param("id")));
  routes.post("/questions/conditions/:id", async (c) => {
    const id = c.req.param("id");
    const values = await readForm(c);
    const { evidence = "", metOn = "", captureId = "" } = values;
    return submit(c, {
      operation: meetCondition,
      input: { id, evidence, metOn, captureId: captureId === "" ? null : captureId },
      done: (one) => `/people/${one.personId}/questions#conditions`,
      notice: "Noted as met.",
      again: (error) => conditionPage(c, id, values, error),
    });
  });
  routes.post("/questions/conditions/:id/opening", (c) => act(c, reopenCondition, "It is open again.", localPath));
  routes.post("/questions/conditions/:id/removal", (c) => act(c, dropCondition, "Taken off the list.", localPath));
  return routes;
}
