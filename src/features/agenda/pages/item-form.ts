import type { AppError } from "../../../lib/errors.ts";
import { newId } from "../../../lib/ids.ts";
import { button, errorSummary, form, type FormValues, textArea } from "../../../surfaces/web/kit/form.ts";
import { type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { isEmpty, newestContent, stepKinds } from "../rules/items.ts";
import type { Content, Item, ItemKind, Step } from "../schema.ts";
import { neighbour, type Preparation, stepPath } from "./frame.ts";
import type { GrowthForm } from "./growth-question.ts";
import { winCoach } from "./win-coach.ts";
import { stepWords } from "./words.ts";

export type WritingStep = Exclude<Step, "carried" | "minutes">;

/** The form of one item: what it holds, and which version it was made from. */
export interface ItemForm {
  readonly id: string;
  readonly version: string;
  readonly values: FormValues;
  readonly item: Item | undefined;
  readonly error?: AppError | undefined;
}

function formValues(content: Content): FormValues {
  return { ...content };
}

/** The item that a step goes on with: the one asked for, else a private draft, else (for the need) the only one, else a new one. */
export function formFor({ agenda }: Preparation, step: WritingStep, itemId: string | undefined): ItemForm {
  const kind = stepKinds[step];
  const here = agenda.items.filter((item) => item.kind === kind);
  const drafts = here.filter((item) => item.preparedAt === null && item.carriedFrom === null);
  const item =
    itemId === undefined ? (drafts[0] ?? (kind === "need" ? here[0] : undefined)) : here.find((one) => one.id === itemId);
  if (!item) return { id: newId(), version: "0", values: {}, item: undefined };
  return { id: item.id, version: String(item.version), values: formValues(newestContent(item)), item };
}

function needFields({ values, error }: ItemForm): Html {
  return textArea({ name: "text", label: "I need", value: values["text"], rows: 3, error });
}

function winFields({ values, error }: ItemForm, { meeting }: Preparation): Html {
  return html`${textArea({ name: "text", label: "The win", value: values["text"], rows: 4, error })}
    ${winCoach(meeting.id, values)}`;
}

function challengeFields({ values, error, item }: ItemForm, { agenda }: Preparation): Html {
  const repeated = agenda.repeated.find((one) => one.ref === item?.carriedFrom && one.say !== null);
  const asksForDecision = item !== undefined && item.text !== "" && item.decisionWanted === "";
  return html`${textArea({ name: "text", label: "How it stands", value: values["text"], rows: 3, error })}
    ${textArea({ name: "options", label: "What could be done", value: values["options"], rows: 2, error })}
    ${textArea({ name: "leaning", label: "What I would do", value: values["leaning"], rows: 2, error })}
    ${textArea({
      name: "decisionWanted",
      label: "What I want decided",
      value: values["decisionWanted"],
      rows: 2,
      error,
      hint: repeated
        ? "It came back a third time or more: ask for a decision in this talk. For example: may I, who does, until when."
        : asksForDecision
          ? "Nothing is asked for yet. With a decision to take, the talk can end with one."
          : "For example: may I, who does, until when.",
    })}`;
}

function topicFields({ values, error }: ItemForm): Html {
  return textArea({
    name: "text",
    label: "A topic",
    value: values["text"],
    rows: 3,
    error,
    hint: "The first line is its heading in the mail.",
  });
}

const FIELDS: Readonly<Record<Exclude<WritingStep, "growth">, (item: ItemForm, preparation: Preparation) => Html>> = {
  need: needFields,
  win: winFields,
  challenge: challengeFields,
  topics: topicFields,
};

function draftNote(item: Item | undefined): Html {
  if (!item) return html`<p class="hint" id="saved-note">Saved as you write, as a private draft.</p>`;
  if (item.preparedAt === null)
    return html`<p class="hint" id="saved-note">This is a private draft until you put it on the agenda.</p>`;
  return html`<p class="hint" id="saved-note">${item.draft ? "The agenda still has the earlier words:" : "On the agenda. What you change here waits until you put it there too."}</p>
    ${when(item.draft && item.text, (text) => html`<blockquote dir="auto">${text}</blockquote>`)}`;
}

/** Both versions side by side: the form below holds one's own words and the other's version, so saving decides. */
export function conflictNote(error: AppError | undefined): Html {
  const details = error?.details as { mine: Content; theirs: Item } | undefined;
  if (error?.code !== "conflict" || !details) return nothing;
  return html`<div class="columns"><section><h2>Your words here</h2>${contentLines(details.mine)}</section>
    <section><h2>Saved in the other window</h2>${contentLines(newestContent(details.theirs))}</section></div>
    <p class="hint">The form holds your words. Save it to keep them, or put both together first.</p>`;
}

const LABELS: readonly (readonly [keyof Content, string])[] = [
  ["text", ""],
  ["options", "What could be done: "],
  ["leaning", "What I would do: "],
  ["decisionWanted", "What I want decided: "],
  ["project", "Project: "],
  ["skill", "Skill: "],
];

export function contentLines(content: Content): Html {
  if (isEmpty(content)) return html`<p class="quiet">(empty)</p>`;
  return html`${LABELS.map(([key, label]) => (content[key] === "" ? nothing : html`<p class="multiline" dir="auto">${label}${content[key]}</p>`))}`;
}

function conflictActs({ error }: ItemForm, path: string): Html {
  if (error?.code !== "conflict" || !error.details) return nothing;
  return html`${button("Put both in the form", { kind: "quiet", name: "act", value: "both" })} <a href="${path}">Keep the other version</a>`;
}

/** The form of a writing step. It works as it is; the island saves it while somebody writes. */
export function itemForm(preparation: Preparation, step: WritingStep, item: ItemForm, growth?: GrowthForm): Html {
  const path = stepPath(preparation.meeting.id, step);
  const kind: ItemKind = stepKinds[step];
  const next = neighbour(step, 1);
  const key = `prepare ${preparation.meeting.id} ${item.version === "0" ? kind : item.id} ${item.values["asked"] ?? ""}`.trim();
  const nothingHere = preparation.agenda.items.every((one) => one.kind !== kind);
  return form(
    path,
    html`${errorSummary(item.error)}
    ${conflictNote(item.error)}
    <input type="hidden" name="id" value="${item.id}"><input type="hidden" name="version" value="${item.version}">
    ${step === "growth" ? growth?.fields : FIELDS[step](item, preparation)}
    ${draftNote(item.item)}
    <div class="actions">${button(item.item?.preparedAt ? "Put these words on the agenda" : "Put it on the agenda", { name: "act", value: "put" })}
    ${button(nothingHere ? "Skip this step" : next ? `Next: ${stepWords[next].name}` : "Next", { kind: "quiet", name: "act", value: "next" })}
    ${conflictActs(item, path)}</div>
    ${growth?.offered ?? nothing}`,
    { label: stepWords[step].name, id: "prepare", draft: key },
  );
}
