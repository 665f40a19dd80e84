import type { AppError } from "../../../lib/errors.ts";
import { shortDay } from "../../../lib/dates.ts";
import { newId } from "../../../lib/ids.ts";
import { attributes } from "../../../surfaces/web/kit/attributes.ts";
import {
  actionButton,
  button,
  errorSummary,
  form,
  type FormValues,
  textArea,
  textField,
} from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { usualMinutes } from "../rules/items.ts";
import type { ItemKind, OpenLine, Proposal, Sheet } from "../schema.ts";
import { type Preparation, stepPath } from "./frame.ts";
import { conflictNote } from "./item-form.ts";
import { managerName } from "./words.ts";

/** The page of proposals as it is shown: what there is, and what was already typed and ticked when it comes back. */
export interface ProposalForm {
  readonly sheet: Sheet;
  readonly values: FormValues;
  readonly error?: AppError | undefined;
}

export function proposalPath(meetingId: string): string {
  return `/meetings/${meetingId}/prepare/proposal`;
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
function choice({ type, name, value, checked, text, note }: Choice): Html {
  return html`<label class="choice"><input${attributes({ type, name, value, checked })}> <span><span dir="auto">${text}</span>${when(note, (one) => html` <span class="quiet">(${one})</span>`)}</span></label>`;
}

function group(legend: string, kind: ItemKind, body: Html | Html[]): Html {
  return html`<fieldset class="field choices"><legend>${legend}<span class="quiet">, ${usualMinutes[kind]} minutes</span></legend>${body}</fieldset>`;
}

function noted({ happenedOn }: Proposal, year: number): Html {
  return html`noted <time datetime="${happenedOn}">${shortDay(Temporal.PlainDate.from(happenedOn), year)}</time>`;
}

function needField({ sheet, values, error }: ProposalForm, name: string): Html {
  const { need, challenge } = sheet;
  const hint = need?.isOld
    ? "From last time, and still open. Change it if it is something else now."
    : `One sentence is enough: it stands first, so that ${name} knows what the time is for.${challenge ? " Or let the challenge below say it." : ""}`;
  return html`<input type="hidden" name="needVersion" value="${String(need?.version ?? 0)}">
    ${textArea({ name: "need", label: "What I need from this talk", value: values["need"] ?? need?.text, rows: 2, hint, error })}`;
}

function winPart({ sheet, values, error }: ProposalForm, year: number, name: string): Html {
  const chosen = ticked(values, "wins");
  if (sheet.wins.length > 0)
    return group(
      sheet.wins.length > 1 ? `Wins that ${name} has not heard of` : `A win that ${name} has not heard of`,
      "win",
      each(sheet.wins, (win) =>
        choice({
          type: "checkbox",
          name: "wins",
          value: win.captureId,
          checked: chosen.includes(win.captureId),
          text: win.text,
          note: noted(win, year),
        }),
      ),
    );
  if (sheet.kinds.includes("win")) return nothing;
  return textArea({
    name: "win",
    label: "A win, if there is one",
    value: values["win"],
    rows: 2,
    hint: "What changed, and how one can see it. Wins you note as they happen are proposed here.",
    error,
  });
}

function challengePart({ sheet, values, error }: ProposalForm, year: number): Html {
  const { challenge, need } = sheet;
  if (!challenge && sheet.kinds.includes("challenge")) return nothing;
  const decision = textField({
    name: "decisionWanted",
    label: "What I want decided about it",
    value: values["decisionWanted"],
    hint: "May stay empty. With a decision to take, the talk can end with one.",
    error,
  });
  if (!challenge)
    return html`${textArea({ name: "challenge", label: "A challenge, if something is in your way", value: values["challenge"], rows: 2, hint: "Obstacles you note as they happen are proposed here, the oldest first.", error })}${decision}`;
  const picked = values["obstacle"] ?? "no";
  const options = [
    { value: "yes", text: "Bring it" },
    ...(need ? [] : [{ value: "need", text: `Bring it, and say first what I need: “${challenge.asNeed}”` }]),
    { value: "no", text: "Not this time" },
  ];
  return html`${group(
    "The obstacle that is open the longest",
    "challenge",
    html`<p class="multiline" dir="auto">${challenge.text} <span class="quiet">(${noted(challenge, year)})</span></p>
      <input type="hidden" name="obstacleId" value="${challenge.captureId}">
      ${each(options, (one) => choice({ type: "radio", name: "obstacle", checked: picked === one.value, ...one }))}`,
  )}${decision}`;
}

/** What a question names is noted with it. */
function boundTo(questionId: string, project: string, skill: string): Html {
  return html`${when(project, (name) => html`<input type="hidden" name="project-${questionId}" value="${name}">`)}
    ${when(skill, (name) => html`<input type="hidden" name="skill-${questionId}" value="${name}">`)}`;
}

function growthPart({ sheet, values, error }: ProposalForm): Html {
  if (sheet.kinds.includes("growth")) return nothing;
  if (sheet.questions.length === 0)
    return textArea({
      name: "growth",
      label: "A question about your growth, if you have one",
      value: values["growth"],
      rows: 2,
      hint: "For example what you should learn next, and on what. The step “Growth” offers questions.",
      error,
    });
  const picked = values["question"] ?? "";
  return group(
    "A question about your growth",
    "growth",
    html`${each(sheet.questions, ({ questionId, project, skill }) => boundTo(questionId, project, skill))}
      ${each(sheet.questions, ({ questionId, text, uncovers }) =>
        choice({
          type: "radio",
          name: "question",
          value: questionId,
          checked: picked === questionId,
          text,
          note: html`${uncovers}`,
        }),
      )}
      ${choice({ type: "radio", name: "question", value: "", checked: picked === "", text: "None this time" })}`,
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

function openPart({ sheet, values }: ProposalForm, name: string, year: number): Html {
  if (sheet.open.length === 0) return nothing;
  const chosen = values["shown"] === undefined ? undefined : ticked(values, "open");
  return html`<fieldset class="field choices"><legend>Still open between you</legend>
    <p class="hint">What ${name} has read before comes along unless you leave it out; it is open again next time.</p>
    <input type="hidden" name="shown" value="${sheet.open.map((line) => line.ref).join(" ")}">
    ${each(sheet.open, (line) =>
      choice({
        type: "checkbox",
        name: "open",
        value: line.ref,
        checked: chosen ? chosen.includes(line.ref) : line.wasShared,
        text: line.text,
        note: openNote(line, name, year),
      }),
    )}</fieldset>`;
}

/** Ids of what is typed here, made with the form: sent twice, it is one item. */
function writtenIds(values: FormValues): Html[] {
  return each(
    ["winId", "challengeId", "growthId"],
    (name) => html`<input type="hidden" name="${name}" value="${values[name] ?? newId()}">`,
  );
}

/** One page, one button: what is ticked or typed here goes on the agenda, and nothing else does. */
export function proposalForm({ meeting, person, agenda }: Preparation, proposal: ProposalForm): Html {
  const { values, error } = proposal;
  const name = managerName(person.name);
  const { year } = Temporal.PlainDateTime.from(meeting.localStart);
  const seconds =
    agenda.startedAt === null ? html`<input type="hidden" name="seconds" value="${values["seconds"] ?? "0"}">` : nothing;
  return form(
    proposalPath(meeting.id),
    html`${errorSummary(error)}${conflictNote(error)}${seconds}${writtenIds(values)}
    ${needField(proposal, name)}
    ${winPart(proposal, year, name)}
    ${challengePart(proposal, year)}
    ${growthPart(proposal)}
    ${openPart(proposal, name, year)}
    <div class="actions">${button("Put these on the agenda")}</div>
    <p class="hint">Next you see the mail as ${name} would read it. Nothing goes out before you approve those words.</p>`,
    { label: "What could go on the agenda", draft: `proposal ${meeting.id}` },
  );
}

/** The longer way, for whoever wants to be led. */
export function stepsInstead({ meeting, agenda }: Preparation): Html {
  const go =
    agenda.startedAt === null
      ? actionButton(`/meetings/${meeting.id}/prepare`, "Start preparing")
      : html`<a href="${stepPath(meeting.id, agenda.step)}">Go on with the steps</a>`;
  return html`<h2>Or step by step</h2>
    <p>Seven short steps, a quarter of an hour at most. Stop whenever you like: every word is saved as you write, and every step can be skipped.</p>
    <div class="actions">${go}</div>`;
}
