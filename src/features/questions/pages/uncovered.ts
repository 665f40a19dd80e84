import type { AppError } from "../../../lib/errors.ts";
import { button, form, textArea } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import type { QuestionUse } from "../schema.ts";
import { onDay } from "./words.ts";

interface FormPlace {
  /** A path of this program to come back to. */
  readonly returnTo: string;
  readonly thisYear: number;
  /** The use whose form came back, with what was typed. */
  readonly attempt?: { readonly useId: string; readonly text: string; readonly error: AppError } | undefined;
}

const HINT = "A few words for yourself. They stand on the card of this person from then on.";
const CONDITIONS_HINT = "One condition on each line. You can tick them off later, each with what shows it.";

/** The field of one use, for a page that may show several. */
export function answerName(useId: string): string {
  return `answer-${useId}`;
}

function uncoveredForm(use: QuestionUse, { returnTo, thisYear, attempt }: FormPlace): Html {
  const mine = attempt?.useId === use.id ? attempt : undefined;
  const name = answerName(use.id);
  return html`<li class="entry" id="use-${use.id}"><p dir="auto">${use.text}</p>
    <p class="meta">${when(use.askedOn, (day) => html`asked ${onDay(day, thisYear)}`)}${when(use.askedOn && use.uncovers, () => html`, `)}${use.uncovers}</p>
    ${form(
      `/questions/uses/${use.id}`,
      html`<input type="hidden" name="return" value="${returnTo}">
      ${textArea({ name, label: "What did it uncover?", value: mine?.text ?? use.answer, rows: use.asksConditions ? 4 : 2, hint: use.asksConditions ? CONDITIONS_HINT : HINT, error: mine?.error })}
      <div class="actions">${button("Keep it", { kind: "quiet" })}</div>`,
      { label: `What it uncovered: ${use.text.slice(0, 60)}`, draft: `uncovered ${use.id}` },
    )}</li>`;
}

/** A small form for each question that was on the agenda (S40, S43). Nothing where there is none. */
export function uncoveredForms(uses: readonly QuestionUse[], place: FormPlace): Html {
  if (uses.length === 0) return nothing;
  return html`<h2 id="uncovered">The questions you asked</h2>
    <ul class="entries">${each(uses, (use) => uncoveredForm(use, place))}</ul>`;
}

/** The same for one page of a meeting: what is answered is shown, what is not has its form. */
export function uncoveredPart(uses: readonly QuestionUse[], place: FormPlace): Html {
  const answered = uses.filter((use) => use.answeredAt !== null);
  const waiting = uses.filter((use) => use.answeredAt === null);
  const lines = each(
    answered,
    (use) =>
      html`<li class="entry"><p class="quiet" dir="auto">${use.text}</p><p class="multiline" dir="auto">${use.answer}</p>
      <p class="meta"><a href="/questions/uses/${use.id}">Change it</a></p></li>`,
  );
  return html`${uncoveredForms(waiting, place)}
    ${when(answered.length > 0, () => html`<h2>What your questions uncovered</h2><ul class="entries">${lines}</ul>`)}`;
}
