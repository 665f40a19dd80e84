import type * as z from "zod";
import { AppError } from "../../../lib/errors.ts";
import {
  button,
  errorStatus,
  errorSummary,
  form,
  type FormError,
  type FormValues,
  radioGroup,
  selectField,
  textField,
} from "../../../surfaces/web/kit/form.ts";
import { type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import { type AnswerInput, type Horizon, horizons, type Prompt, prompts } from "../schema.ts";
import { horizonLabels, promptWords } from "./words.ts";

const energies = [
  { value: "-2", label: "Drains me (-2)" },
  { value: "-1", label: "Takes some (-1)" },
  { value: "0", label: "Neither (0)" },
  { value: "1", label: "Gives some (+1)" },
  { value: "2", label: "Energises me (+2)" },
];

export function isPrompt(name: string | undefined): name is Prompt {
  return prompts.some((prompt) => prompt === name);
}

/** Field names carry the prompt, so that several answers fit on one page. */
const named = (prompt: Prompt, field: string): string => `${prompt}-${field}`;

/** Splits what was typed into one field, "Atlas, Hiring", into names. */
function namesIn(typed: string | undefined): string[] {
  return (typed ?? "")
    .split(/[,;\n]/u)
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** The fields of an answer as its form sends them, for the operation. */
export function answerFrom(prompt: Prompt, values: FormValues): z.input<typeof AnswerInput> {
  const value = (field: string): string => values[named(prompt, field)] ?? "";
  const horizon = horizons.find((one) => one === value("horizon"));
  return {
    prompt,
    text: value("text"),
    projects: namesIn(value("projects")),
    skills: namesIn(value("skills")),
    ...(value("energy") === "" ? {} : { energy: Number(value("energy")) }),
    ...(horizon ? { horizon } : {}),
    goal: value("goal"),
    ownedBy: value("ownedBy"),
    decision: value("decision"),
  };
}

/** The same error with the names that the fields have in the form. */
export function besideAnswer(prompt: Prompt, error: FormError): FormError {
  if (!error) return undefined;
  const fields = error.fields.map(({ field, message }) => ({ field: named(prompt, field.split(".")[0] ?? field), message }));
  return new AppError(error.code, error.message, { fields, details: error.details });
}

interface Filled {
  readonly values?: FormValues | undefined;
  readonly error?: FormError;
  /** Only what an answer cannot go without. */
  readonly light?: boolean;
}

function extraFields(prompt: Prompt, { values = {}, error }: Filled): Html {
  const field = (name: string) => ({ name: named(prompt, name), value: values[named(prompt, name)], error });
  if (prompt === "skills")
    return html`${textField({ ...field("skills"), label: "The skill's name", hint: "Wins that carry it become its evidence." })}
      ${textField({ ...field("goal"), label: "What it is for" })}`;
  if (prompt === "direction") {
    const choices = [
      { value: "", label: "Not said" },
      ...horizons.map((value: Horizon) => ({ value, label: horizonLabels[value] })),
    ];
    return selectField({ ...field("horizon"), label: "When", choices });
  }
  if (prompt === "obstacles")
    return html`${textField({ ...field("ownedBy"), label: "Who could move it" })}
      ${textField({ ...field("decision"), label: "Which decision would help" })}`;
  return nothing;
}

/** The fields of one answer; the question is the label of the first. */
export function answerFields(prompt: Prompt, filled: Filled = {}): Html {
  const { values = {}, light = false } = filled;
  const error = besideAnswer(prompt, filled.error);
  const field = (name: string) => ({ name: named(prompt, name), value: values[named(prompt, name)], error });
  const { question, hint } = promptWords[prompt];
  const first =
    prompt === "energy"
      ? html`<p>${question}</p>${textField({ ...field("projects"), label: "Which work", hint: "A project or a kind of work." })}
        ${radioGroup({ ...field("energy"), label: "How it leaves you", choices: energies })}`
      : nothing;
  return html`${first}${textField({ ...field("text"), label: prompt === "energy" ? "What makes it so" : question, hint })}
    ${light ? nothing : extraFields(prompt, { values, error })}`;
}

/** Whether something was typed into the fields of an answer. */
export function isAnswered(prompt: Prompt, values: FormValues): boolean {
  return Object.entries(values).some(([name, value]) => name.startsWith(`${prompt}-`) && value.trim() !== "");
}

interface AnswerFormPlan extends Filled {
  readonly prompt: Prompt;
  /** Where it is kept privately. */
  readonly action: string;
  /** Where it goes onto an agenda; absent without a meeting. */
  readonly agendaAction?: string | undefined;
  readonly hidden?: FormValues;
  readonly extra?: Html;
}

/** What putting an answer on an agenda is called. */
export function putLabel(prompt: Prompt): string {
  return prompt === "obstacles" ? "Make it the challenge" : "Put it on the agenda";
}

/** One answer with its two ways: to keep it, or to put it on the next agenda. Enter keeps it private. */
export function answerForm({ prompt, action, agendaAction, hidden = {}, extra = nothing, ...filled }: AnswerFormPlan): Html {
  const fields = Object.entries({ ...hidden, prompt }).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return form(
    action,
    html`${fields}${answerFields(prompt, filled)}
    <div class="actions">${button("Keep it private", { kind: "quiet", name: "act", value: "keep" })}
    ${when(agendaAction, (to) => button(putLabel(prompt), { kind: filled.light || prompt === "energy" ? "quiet" : "primary", name: "act", value: "agenda", formaction: to }))}
    ${extra}</div>`,
    { label: promptWords[prompt].name, draft: `answer ${prompt}` },
  );
}

/** An answer that was not accepted, on a page of its own: nothing typed is lost. */
export function answerAgain(c: WebContext, plan: AnswerFormPlan & { readonly back: string }): Promise<Response> {
  const body = html`${errorSummary(besideAnswer(plan.prompt, plan.error))}
    ${answerForm(plan)}
    <p><a href="${plan.back}">Back</a></p>`;
  return page(c, { title: promptWords[plan.prompt].question, section: "people", body, status: errorStatus(plan.error) });
}
