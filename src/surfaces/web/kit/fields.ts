import type { AppError } from "../../../lib/errors.ts";
import { attributes } from "./attributes.ts";
import { type Html, html, nothing, when } from "./html.ts";

/** The error of a form, or nothing: pass it to the fields, each picks its own message. */
export type FormError = AppError | undefined;

export function messageFor(error: FormError, field: string): string | undefined {
  return error?.fields.find((one) => one.field === field)?.message;
}

interface FieldFacts {
  readonly name: string;
  readonly label: string;
  readonly value?: string | null | undefined;
  readonly hint?: string | Html;
  readonly error?: FormError;
  readonly required?: boolean;
  /** The element's id where the name is not unique on the page: several forms with the same fields. */
  readonly id?: string;
}

/** The attributes that tie a control to its label, its hint and its message. */
interface Ties {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": string | undefined;
}

function ties(facts: FieldFacts): Ties {
  const id = facts.id ?? facts.name;
  const hasMessage = messageFor(facts.error, facts.name) !== undefined;
  const describedBy = [facts.hint ? `${id}-hint` : "", hasMessage ? `${id}-error` : ""].filter(Boolean).join(" ");
  return { id, "aria-describedby": describedBy || undefined, "aria-invalid": hasMessage ? "true" : undefined };
}

function hintOf(facts: FieldFacts, id: string): Html {
  return when(facts.hint, (hint) => html`<p class="hint" id="${id}-hint">${hint}</p>`);
}

function messageOf(facts: FieldFacts, id: string): Html {
  return when(messageFor(facts.error, facts.name), (text) => html`<p class="error" id="${id}-error">${text}</p>`);
}

function described(facts: FieldFacts, control: (ties: Ties) => Html): Html {
  const tied = ties(facts);
  return html`<div class="field">
    <label for="${tied.id}">${facts.label}</label>
    ${hintOf(facts, tied.id)}
    ${control(tied)}
    ${messageOf(facts, tied.id)}
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
  const dir = type === "text" ? "auto" : undefined;
  return described(
    facts,
    (tied) =>
      html`<input${attributes({ name, type, value: value ?? "", required, autocomplete, min, max, list, autofocus, dir, ...tied })}>`,
  );
}

// A line break right after <textarea> is dropped by browsers: without this one, a text that begins with a line break would lose it.
export function textArea(facts: FieldFacts & { readonly rows?: number; readonly autosave?: string }): Html {
  const { name, value, required, rows = 4, autosave } = facts;
  return described(
    facts,
    (tied) => html`<textarea${attributes({ name, rows, required, dir: "auto", "data-autosave": autosave, ...tied })}>
${value ?? ""}</textarea>`,
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export function selectField(facts: FieldFacts & { readonly choices: readonly Choice[] }): Html {
  const { name, value, required, choices } = facts;
  const options = choices.map(
    (choice) => html`<option${attributes({ value: choice.value, selected: choice.value === value })}>${choice.label}</option>`,
  );
  return described(facts, (tied) => html`<select${attributes({ name, required, ...tied })}>${options}</select>`);
}

export function radioGroup(facts: FieldFacts & { readonly choices: readonly Choice[] }): Html {
  const { name, value, required, choices } = facts;
  const { id, "aria-describedby": describedBy } = ties(facts);
  const one = (choice: Choice) =>
    attributes({ type: "radio", name, value: choice.value, checked: choice.value === value, required });
  return html`<fieldset class="field radios"${attributes({ id, "aria-describedby": describedBy })}>
    <legend>${facts.label}</legend>
    ${hintOf(facts, id)}
    ${choices.map((choice) => html`<label class="choice"><input${one(choice)}> <span>${choice.label}</span></label>`)}
    ${messageOf(facts, id)}
  </fieldset>`;
}

interface CheckboxFacts {
  readonly name: string;
  readonly label: string | Html;
  readonly value?: string;
  readonly checked?: boolean;
}

export function checkbox({ name, label, value = "yes", checked }: CheckboxFacts): Html {
  return html`<label class="choice"><input${attributes({ type: "checkbox", name, value, checked })}> <span>${label}</span></label>`;
}

/** The errors of a form as a list with links to the fields, for the top of the page. */
export function errorSummary(error: FormError): Html {
  if (!error) return nothing;
  const fields = error.fields.filter((one) => one.field !== "");
  if (fields.length === 0) return html`<div class="error-summary" role="alert" tabindex="-1"><p>${error.message}</p></div>`;
  return html`<div class="error-summary" role="alert" tabindex="-1">
    <p>Please look at this again:</p>
    <ul>${fields.map((one) => html`<li><a href="#${one.field}">${one.message}</a></li>`)}</ul>
  </div>`;
}
