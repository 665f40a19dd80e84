import { AppError } from "../../../lib/errors.ts";
import { shortDay } from "../../../lib/dates.ts";
import { attributes } from "../../../surfaces/web/kit/attributes.ts";
import { type FormValues, textField } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import type { OpenLine, Sheet } from "../schema.ts";

/** The page of proposals as it is shown: what there is, and what was already typed and ticked when it comes back. */
export interface ProposalForm {
  readonly sheet: Sheet;
  readonly values: FormValues;
  readonly error?: AppError | undefined;
}

/** Several boxes of one name come back as lines of one text, and what the page showed as one line. */
export function ticked(values: FormValues, name: string): string[] {
  return (values[name] ?? "").split(/\s+/u).filter((one) => one !== "");
}

interface Choice {
  readonly type: "checkbox" | "radio";
  readonly name: string;
  readonly value: string;
  readonly checked: boolean;
  readonly text: string;
  readonly note?: Html | undefined;
}

/** A choice whose words are somebody's own: they may be in any script and of any length. */
export function choice({ type, name, value, checked, text, note }: Choice): Html {
  return html`<label class="choice"><input${attributes({ type, name, value, checked })}> <span><span dir="auto">${text}</span>${when(note, (one) => html` <span class="quiet">(${one})</span>`)}</span></label>`;
}

const DECIDED = "decided-";

/** What was typed about the decisions that are wanted on challenges that came back, by what they come from. */
export function decisionsIn(values: FormValues): { ref: string; text: string }[] {
  return Object.entries(values).flatMap(([name, text]) =>
    name.startsWith(DECIDED) ? [{ ref: `item:${name.slice(DECIDED.length)}`, text: text.trim() }] : [],
  );
}

/** A message about a decision belongs to the field of the first one that was typed. */
export function besideDecision(error: AppError, values: FormValues): AppError {
  const typed = decisionsIn(values).find((one) => one.text !== "");
  if (!typed) return error;
  const name = `${DECIDED}${typed.ref.slice("item:".length)}`;
  const fields = error.fields.map(({ field, message }) => ({ field: field.startsWith("decisions") ? name : field, message }));
  return new AppError(error.code, error.message, { fields, details: error.details });
}

/** A challenge that comes back a third time, and the decision that it needs (S29). */
function repeatedPart({ ref }: OpenLine, { sheet, values, error }: ProposalForm): Html {
  const repeated = sheet.repeated.find((one) => one.ref === ref);
  const name = `${DECIDED}${ref.slice("item:".length)}`;
  return when(
    repeated?.say,
    (say) => html`<div class="below-choice"><p class="hint" dir="auto">${say}</p>
      ${repeated?.asksForDecision ? textField({ name, label: "What I want decided about it", value: values[name], error }) : nothing}</div>`,
  );
}

function openNote({ side, dueOn, wasShared, kind }: OpenLine, name: string, year: number): Html {
  const whose =
    side === "mine"
      ? "your promise"
      : side === "theirs"
        ? `${name}’s promise`
        : side === "question"
          ? "open question"
          : `${kind}, not talked about yet`;
  const due = dueOn ? `, by ${shortDay(Temporal.PlainDate.from(dueOn), year)}` : "";
  return html`${whose}${due}${wasShared ? "" : `; ${name} has not read it`}`;
}

/** What is still open between the two; what the other person has read comes along unless it is left out (S53). */
export function openPart(proposal: ProposalForm, name: string, year: number): Html {
  const { sheet, values } = proposal;
  if (sheet.open.length === 0) return nothing;
  const chosen = values["shown"] === undefined ? undefined : ticked(values, "open");
  return html`<fieldset class="field choices"><legend>Still open between you</legend>
    <p class="hint">What ${name} has read before comes along unless you leave it out; it is open again next time.</p>
    <input type="hidden" name="shown" value="${sheet.open.map((line) => line.ref).join(" ")}">
    ${each(sheet.open, (line) => {
      const checked = chosen ? chosen.includes(line.ref) : line.wasShared;
      const note = openNote(line, name, year);
      return html`${choice({ type: "checkbox", name: "open", value: line.ref, checked, text: line.text, note })}${repeatedPart(line, proposal)}`;
    })}</fieldset>`;
}
