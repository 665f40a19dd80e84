import type { z } from "zod";
import { AppError } from "../../../lib/errors.ts";
import { call, type Operation } from "../../../platform/operation.ts";
import { type Html, html, nothing, when } from "./html.ts";
import type { WebContext } from "./web.ts";

/** What was typed, by field name. It is shown again whenever the form comes back. */
export type FormValues = Readonly<Record<string, string>>;

export async function readForm(c: WebContext): Promise<Record<string, string>> {
  const body = await c.req.parseBody({ all: true });
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.filter((one) => typeof one === "string").join("\n") : typeof value === "string" ? value : "",
    ]),
  );
}

/** The error of a form, or nothing: pass it to the fields, each picks its own message. */
export type FormError = AppError | undefined;

export function messageFor(error: FormError, field: string): string | undefined {
  return error?.fields.find((one) => one.field === field)?.message;
}

interface SubmitPlan<I extends z.ZodType, O extends z.ZodType> {
  readonly operation: Operation<I, O>;
  readonly input: z.input<I>;
  /** Where to go after success (303). */
  readonly done: (output: z.output<O>) => string;
  /** Renders the form again with the message beside its field; called for `invalid` and `conflict`. */
  readonly again: (error: AppError) => Response | Promise<Response>;
}

/** Runs a form's operation: redirects on success, shows the form again with what was typed on a correctable error. */
export async function submit<I extends z.ZodType, O extends z.ZodType>(c: WebContext, plan: SubmitPlan<I, O>): Promise<Response> {
  try {
    return c.redirect(plan.done(await call(c.get("caller"), plan.operation, plan.input)), 303);
  } catch (error) {
    if (error instanceof AppError && (error.code === "invalid" || error.code === "conflict")) return plan.again(error);
    throw error;
  }
}

interface FieldFacts {
  readonly name: string;
  readonly label: string;
  readonly value?: string | null | undefined;
  readonly hint?: string | Html;
  readonly error?: FormError;
  readonly required?: boolean;
}

/** Attributes as one escaped fragment; `true` writes the bare name, undefined and false write nothing. */
function attributes(values: Record<string, string | number | boolean | undefined>): Html[] {
  return Object.entries(values).map(([name, value]) =>
    value === undefined || value === false ? nothing : value === true ? html` ${name}` : html` ${name}="${value}"`,
  );
}

function described(facts: FieldFacts, control: (describedBy: string | undefined, invalid: boolean) => Html): Html {
  const message = messageFor(facts.error, facts.name);
  const ids = [facts.hint ? `${facts.name}-hint` : "", message ? `${facts.name}-error` : ""].filter(Boolean).join(" ");
  return html`<div class="field">
    <label for="${facts.name}">${facts.label}</label>
    ${when(facts.hint, (hint) => html`<p class="hint" id="${facts.name}-hint">${hint}</p>`)}
    ${control(ids || undefined, message !== undefined)}
    ${when(message, (text) => html`<p class="error" id="${facts.name}-error">${text}</p>`)}
  </div>`;
}

interface InputFacts extends FieldFacts {
  readonly type?: "text" | "email" | "date" | "time" | "number" | "password" | "url" | "search" | "datetime-local";
  readonly autocomplete?: string;
  readonly min?: string | number;
  readonly max?: string | number;
  readonly list?: string;
  readonly autofocus?: boolean;
}

export function textField(facts: InputFacts): Html {
  const { name, value, type = "text", required, autocomplete, min, max, list, autofocus } = facts;
  return described(
    facts,
    (describedBy, invalid) =>
      html`<input${attributes({ id: name, name, type, value: value ?? "", required, autocomplete, min, max, list, autofocus, "aria-describedby": describedBy, "aria-invalid": invalid ? "true" : undefined, dir: type === "text" ? "auto" : undefined })}>`,
  );
}

export function textArea(facts: FieldFacts & { readonly rows?: number; readonly autosave?: string }): Html {
  const { name, value, required, rows = 4 } = facts;
  return described(
    facts,
    (describedBy, invalid) =>
      html`<textarea${attributes({ id: name, name, rows, required, dir: "auto", "aria-describedby": describedBy, "aria-invalid": invalid ? "true" : undefined, "data-autosave": facts.autosave })}>${value ?? ""}</textarea>`,
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export function selectField(facts: FieldFacts & { readonly choices: readonly Choice[] }): Html {
  const { name, value, required, choices } = facts;
  return described(
    facts,
    (describedBy, invalid) =>
      html`<select${attributes({ id: name, name, required, "aria-describedby": describedBy, "aria-invalid": invalid ? "true" : undefined })}>${choices.map((choice) => html`<option${attributes({ value: choice.value, selected: choice.value === value })}>${choice.label}</option>`)}</select>`,
  );
}

export function radioGroup(facts: FieldFacts & { readonly choices: readonly Choice[] }): Html {
  const message = messageFor(facts.error, facts.name);
  return html`<fieldset class="field radios" ${attributes({ "aria-describedby": message ? `${facts.name}-error` : undefined })}>
    <legend>${facts.label}</legend>
    ${when(facts.hint, (hint) => html`<p class="hint">${hint}</p>`)}
    ${facts.choices.map((choice) => html`<label class="choice"><input${attributes({ type: "radio", name: facts.name, value: choice.value, checked: choice.value === facts.value, required: facts.required })}> <span>${choice.label}</span></label>`)}
    ${when(message, (text) => html`<p class="error" id="${facts.name}-error">${text}</p>`)}
  </fieldset>`;
}

export function checkbox(facts: {
  readonly name: string;
  readonly label: string | Html;
  readonly value?: string;
  readonly checked?: boolean;
}): Html {
  return html`<label class="choice"><input${attributes({ type: "checkbox", name: facts.name, value: facts.value ?? "yes", checked: facts.checked })}> <span>${facts.label}</span></label>`;
}

/** A form that posts to this server. `method` is always post: everything that changes something is. */
export function form(
  action: string,
  content: Html,
  options: { readonly label?: string; readonly className?: string; readonly id?: string } = {},
): Html {
  return html`<form${attributes({ method: "post", action, "aria-label": options.label, class: options.className, id: options.id })}>${content}</form>`;
}

export function button(
  label: string,
  options: {
    readonly name?: string;
    readonly value?: string;
    readonly kind?: "primary" | "quiet" | "danger";
    readonly formaction?: string;
  } = {},
): Html {
  return html`<button${attributes({ type: "submit", name: options.name, value: options.value, class: options.kind ?? "primary", formaction: options.formaction })}>${label}</button>`;
}

/** A form with one button: for acts such as "cancel this meeting". */
export function actionButton(
  action: string,
  label: string,
  options: { readonly kind?: "primary" | "quiet" | "danger"; readonly fields?: FormValues } = {},
): Html {
  const hidden = Object.entries(options.fields ?? {}).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return form(action, html`${hidden}${button(label, { kind: options.kind ?? "quiet" })}`, { className: "inline" });
}

/** The errors of a form as a list with links to the fields, for the top of the page. */
export function errorSummary(error: FormError): Html {
  if (!error) return nothing;
  const fields = error.fields.filter((one) => one.field !== "");
  return html`<div class="error-summary" role="alert" tabindex="-1">
    <p>${fields.length > 0 ? "Please look at this again:" : error.message}</p>
    ${
      fields.length > 0
        ? html`<ul>
            ${fields.map((one) => html`<li><a href="#${one.field}">${one.message}</a></li>`)}
          </ul>`
        : nothing
    }
  </div>`;
}
