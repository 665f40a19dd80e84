import { longDay, shortDay } from "../../../lib/dates.ts";
import type { AppError } from "../../../lib/errors.ts";
import { newSecret } from "../../../lib/ids.ts";
import { firstName } from "../../../lib/text.ts";
import { button, form, type FormValues, textArea, textField } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, multiline, nothing, when } from "../../../surfaces/web/kit/html.ts";
import type { GuestAct, GuestLine, GuestMail, GuestScope } from "../schema.ts";

/** A form that came back: what was typed in it, and what was wrong. */
export interface Attempt {
  readonly values: FormValues;
  readonly error: AppError;
}

interface View {
  readonly path: string;
  readonly mail: GuestMail;
  readonly owner: string;
  readonly attempt: Attempt | undefined;
}

/** What the page says after a form was taken, by the word in its address: nobody can put other words there. */
export const THANKS: Readonly<Record<GuestAct, string>> = {
  topic: "Your topic is on its way into the talk.",
  reply: "Your answer is noted.",
  confirmation: "Your yes is noted.",
  correction: "Your correction is noted.",
  more_time: "Noted: you need more time.",
};

const SUMMARIES: Readonly<Record<GuestAct, string>> = {
  topic: "Add a topic",
  reply: "Answer",
  confirmation: "Yes, that stands",
  correction: "Correct it",
  more_time: "I need more time",
};

/** The form that came back is this one: only it shows what was typed and what is wrong. */
function attemptFor({ attempt }: View, kind: GuestAct, line: GuestLine | undefined): Attempt | undefined {
  const isThis = attempt?.values["kind"] === kind && (attempt.values["line"] ?? "") === String(line?.position ?? "");
  return isThis ? attempt : undefined;
}

function hidden(view: View, kind: GuestAct, line: GuestLine | undefined, attempt: Attempt | undefined): Html {
  const facts = {
    kind,
    mail: view.mail.deliveryId,
    ...(line ? { line: String(line.position) } : {}),
    // A form that comes back keeps its key, so that sending it again after all is still one answer.
    key: attempt?.values["key"] ?? newSecret(),
  };
  return html`${Object.entries(facts).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`;
}

function wordsField(kind: GuestAct, id: string, line: GuestLine | undefined, attempt: Attempt | undefined): Html {
  const labels = {
    topic: "Your topic",
    reply: "Your answer",
    correction: "What it should say",
    more_time: "A word on it, if you like",
  };
  if (kind === "confirmation") return nothing;
  const value = attempt?.values["text"] ?? (kind === "correction" ? line?.text : "");
  return textArea({
    name: "text",
    id: `${id}-text`,
    label: labels[kind],
    value,
    rows: kind === "correction" ? 3 : 2,
    error: attempt?.error,
  });
}

function dayField(kind: GuestAct, id: string, line: GuestLine | undefined, attempt: Attempt | undefined): Html {
  const hasDay = kind === "more_time" || (kind === "correction" && line?.about?.kind === "commitment");
  if (!hasDay) return nothing;
  const value = attempt?.values["day"] ?? (kind === "correction" ? line?.dueOn : "");
  const label = kind === "more_time" ? "By when, if you know" : "By when";
  return textField({ name: "day", id: `${id}-day`, label, type: "date", value, error: attempt?.error });
}

const SEND: Readonly<Record<GuestAct, string>> = {
  topic: "Send the topic",
  reply: "Send the answer",
  confirmation: "Yes, that stands",
  correction: "Send the correction",
  more_time: "Send",
};

function actForm(view: View, kind: GuestAct, line?: GuestLine): Html {
  const attempt = attemptFor(view, kind, line);
  const id = `${kind}-${line?.position ?? "new"}`;
  const label = line ? `${SUMMARIES[kind]}: ${line.text.slice(0, 60)}` : SUMMARIES[kind];
  const general = attempt?.error.fields.length === 0 ? html`<p class="error" role="alert">${attempt.error.message}</p>` : nothing;
  const content = html`${hidden(view, kind, line, attempt)}${general}${wordsField(kind, id, line, attempt)}${dayField(kind, id, line, attempt)}
    <div class="actions">${button(SEND[kind], { kind: kind === "topic" ? "primary" : "quiet" })}</div>`;
  const whole = form(view.path, content, { label, id });
  if (kind === "topic" || kind === "confirmation") return whole;
  return html`<details${attempt ? html` open` : nothing}><summary>${SUMMARIES[kind]}</summary>${whole}</details>`;
}

function dueLine(line: GuestLine): Html {
  if (line.about?.kind !== "commitment") return nothing;
  const words =
    line.dueOn === null
      ? html`no date agreed`
      : html`by <time datetime="${line.dueOn}">${shortDay(Temporal.PlainDate.from(line.dueOn))}</time>`;
  return html`<p class="meta">${sideOf(line)}${words}</p>`;
}

function sideOf({ part }: GuestLine): string {
  if (part === "theirs") return "On your side, ";
  return part === "mine" ? "On my side, " : "";
}

function entry(view: View, line: GuestLine): Html {
  return html`<li class="entry">${multiline(line.text)}${dueLine(line)}
    ${each(line.acts, (kind) => actForm(view, kind, line))}</li>`;
}

/** Lines below the titles that they have in the mail. */
function parts(view: View): Html {
  const groups = Map.groupBy(view.mail.lines, (line) => line.heading);
  return html`${[...groups].map(
    ([heading, lines]) =>
      html`<h2 dir="auto">${heading}</h2><ul class="entries">${each(lines, (line) => entry(view, line))}</ul>`,
  )}`;
}

/** What is wrong, with links to the fields. When it is about no field of a form, also what was typed: nothing is lost. */
function errorLink({ attempt }: View): Html {
  if (!attempt) return nothing;
  const { error, values } = attempt;
  const id = `${values["kind"] ?? ""}-${values["line"] ?? "new"}`;
  const fields = error.fields.filter(({ field }) => field === "text" || field === "day");
  const links = each(fields, ({ field, message }) => html`<li><a href="#${id}-${field}">${message}</a></li>`);
  const typed = when(values["text"], (text) => html`<p>You wrote:</p>${multiline(text)}`);
  const body =
    fields.length > 0 ? html`<p>Please look at this again:</p><ul>${links}</ul>` : html`<p>${error.message}</p>${typed}`;
  return html`<div class="error-summary" role="alert" tabindex="-1">${body}</div>`;
}

export function guestTitle(mail: GuestMail): string {
  const name = firstName(mail.ownerName) || "Your 1:1";
  return mail.kind === "agenda" ? `${name}: agenda for our 1:1` : `${name}: recap of our 1:1`;
}

/** The agenda or recap as it was sent, with a small form where an answer helps. `thanks` is the act that was just taken. */
export function guestBody(
  scope: GuestScope,
  mail: GuestMail,
  path: string,
  thanks: GuestAct | undefined,
  attempt?: Attempt,
): Html {
  const owner = firstName(mail.ownerName) || "the sender";
  const view: View = { path, mail, owner, attempt };
  const closes = Temporal.Instant.from(scope.expiresAt).toZonedDateTimeISO(mail.zone).toPlainDate();
  return html`${errorLink(view)}
    ${when(thanks, (kind) => html`<p class="notice" role="status">${THANKS[kind]} <bdi>${owner}</bdi> sees it next to this ${mail.kind}.</p>`)}
    <p class="lede">Hi <bdi>${firstName(mail.personName)}</bdi>, this is what <bdi>${owner}</bdi> sent you. Write where you like, or not at all.</p>
    <p class="quiet">Only <bdi>${owner}</bdi> sees what you write here. Nothing is changed until <bdi>${owner}</bdi> has read it. Looking at this page is not noted.</p>
    ${parts(view)}
    <h2>${mail.kind === "agenda" ? "Something else to talk about?" : "Something for the next time?"}</h2>
    ${actForm(view, "topic")}
    <p class="meta">This page closes on <time datetime="${closes.toString()}">${longDay(closes)}</time>. Replying to the mail always works.</p>`;
}
