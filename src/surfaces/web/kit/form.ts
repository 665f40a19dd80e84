import type * as z from "zod";
import { AppError } from "../../../lib/errors.ts";
import { call, type Operation } from "../../../platform/operation.ts";
import { attributes } from "./attributes.ts";
import { type Html, html } from "./html.ts";
import type { FormError } from "./fields.ts";
import { redirectHeaders, requestHeader } from "./headers.ts";
import { noticeCookie } from "./notice.ts";
import type { WebContext } from "./web.ts";

export {
  checkbox,
  type Choice,
  errorSummary,
  type FormError,
  messageFor,
  radioGroup,
  selectField,
  textArea,
  textField,
} from "./fields.ts";

/** What was typed, by field name. It is shown again whenever the form comes back. */
export type FormValues = Readonly<Record<string, string>>;

function oneText(value: unknown): string {
  if (Array.isArray(value)) return value.filter((one) => typeof one === "string").join("\n");
  return typeof value === "string" ? value : "";
}

/** The fields of a posted form; a name that occurs several times becomes one text with a line for each. */
export async function readForm(c: WebContext): Promise<Record<string, string>> {
  // The form that browsers send by default. The general way through `FormData` costs as much as the rest of a small write.
  if (requestHeader(c, "content-type") === "application/x-www-form-urlencoded") {
    const fields = Map.groupBy(new URLSearchParams(await c.req.text()), ([name]) => name);
    return Object.fromEntries([...fields].map(([name, pairs]) => [name, pairs.map(([, value]) => value).join("\n")]));
  }
  const body = await c.req.parseBody({ all: true });
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, oneText(value)]));
}

interface SubmitPlan<I extends z.ZodType, O extends z.ZodType> {
  readonly operation: Operation<I, O>;
  readonly input: z.input<I>;
  /** Where to go after success (303). */
  readonly done: (output: z.output<O>) => string;
  /** One sentence for the top of the next page: what happened. Never what the owner wrote. */
  readonly notice?: string;
  /** Renders the form again with the message beside its field, and with `errorStatus`; called for every error that `isForForm`. */
  readonly again: (error: AppError) => Response | Promise<Response>;
}

/** Whether the form is shown again with what was typed: it can be corrected, or sent once more when there is space on the disk again. */
export function isForForm(error: unknown): error is AppError {
  return error instanceof AppError && ["invalid", "conflict", "unavailable"].includes(error.code);
}

const ERROR_STATUS = { conflict: 409, unavailable: 503 } as const;

/** The status of a page with a form: 200, or what its error is called in HTTP. */
export function errorStatus(error: FormError): 200 | 409 | 422 | 503 {
  if (error === undefined) return 200;
  return error.code === "conflict" || error.code === "unavailable" ? ERROR_STATUS[error.code] : 422;
}

/** Runs a form's operation: redirects on success, shows the form again with what was typed on an error that `isForForm`. */
export async function submit<I extends z.ZodType, O extends z.ZodType>(c: WebContext, plan: SubmitPlan<I, O>): Promise<Response> {
  try {
    const output = await call(c.get("caller"), plan.operation, plan.input);
    c.set("hasHeaders", true);
    // Not `c.redirect`: what is put into its headers one by one takes as long as the note that was posted.
    const headers = redirectHeaders(plan.done(output), plan.notice && noticeCookie(plan.notice));
    return new Response(null, { status: 303, headers });
  } catch (error) {
    if (isForForm(error)) return plan.again(error);
    throw error;
  }
}

interface FormOptions {
  readonly label?: string;
  readonly className?: string;
  readonly id?: string;
  /** Keeps what is typed in the browser under this key until the server has it, so that a crashed tab loses nothing. */
  readonly draft?: string;
  /** It shows what was typed and is not kept yet, after a button that did something else: the browser goes on keeping it. */
  readonly unsaved?: boolean;
}

/** A form that posts to this server. `method` is always post: everything that changes something is. */
export function form(action: string, content: Html, options: FormOptions = {}): Html {
  const { label, className, id, draft, unsaved } = options;
  const facts = {
    method: "post",
    action,
    "aria-label": label,
    class: className,
    id,
    "data-draft": draft,
    "data-unsaved": unsaved,
  };
  return html`<form${attributes(facts)}>${content}</form>`;
}

interface ButtonOptions {
  readonly name?: string;
  readonly value?: string;
  readonly kind?: "primary" | "quiet" | "danger";
  readonly formaction?: string;
}

export function button(label: string, { name, value, kind = "primary", formaction }: ButtonOptions = {}): Html {
  return html`<button${attributes({ type: "submit", name, value, class: kind, formaction })}>${label}</button>`;
}

interface ActionOptions {
  readonly kind?: "primary" | "quiet" | "danger";
  readonly fields?: FormValues;
}

/** A form with one button: for acts such as "cancel this meeting". */
export function actionButton(action: string, label: string, { kind = "quiet", fields = {} }: ActionOptions = {}): Html {
  const hidden = Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
  return form(action, html`${hidden}${button(label, { kind })}`, { className: "inline" });
}
