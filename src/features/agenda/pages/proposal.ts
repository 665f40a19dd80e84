import { shortDay } from "../../../lib/dates.ts";
import { newId } from "../../../lib/ids.ts";
import { button, errorSummary, form, type FormValues, textArea, textField } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { usualMinutes } from "../rules/items.ts";
import type { ItemKind, Proposal } from "../schema.ts";
import type { Preparation } from "./frame.ts";
import { conflictNote } from "./item-form.ts";
import { choice, openPart, type ProposalForm, ticked } from "./proposal-open.ts";
import { managerName } from "./words.ts";

export function proposalPath(meetingId: string): string {
  return `/meetings/${meetingId}/prepare/proposal`;
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

/**
 * A field for words of one's own is always there, so that what was typed has its place whatever is proposed meanwhile: folded away
 * where there is something to choose and nothing is typed.
 */
function ownWords(summary: string, isOpen: boolean, field: Html): Html {
  return isOpen ? field : html`<details><summary>${summary}</summary>${field}</details>`;
}

const isTyped = (values: FormValues, ...names: string[]): boolean => names.some((name) => (values[name] ?? "").trim() !== "");

function winChoices({ sheet, values }: ProposalForm, year: number, name: string): Html {
  if (sheet.wins.length === 0) return nothing;
  const chosen = ticked(values, "wins");
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
}

function winPart(proposal: ProposalForm, year: number, name: string): Html {
  const { sheet, values, error } = proposal;
  const asks = sheet.wins.length === 0 && !sheet.kinds.includes("win");
  const field = textArea({
    name: "win",
    label: "A win, if there is one",
    value: values["win"],
    rows: 2,
    hint: "What changed, and how one can see it. Wins you note as they happen are proposed here.",
    error,
  });
  const own = ownWords("A win in your own words", asks || isTyped(values, "win"), field);
  return html`${winChoices(proposal, year, name)}${own}`;
}

function obstacleChoices({ sheet, values }: ProposalForm, year: number): Html {
  const { challenge, need } = sheet;
  if (!challenge) return nothing;
  const picked = values["obstacle"] ?? "no";
  const options = [
    { value: "yes", text: "Bring it" },
    ...(need ? [] : [{ value: "need", text: `Bring it, and say first what I need: “${challenge.asNeed}”` }]),
    { value: "no", text: "Not this time" },
  ];
  return group(
    "The obstacle that is open the longest",
    "challenge",
    html`<p class="multiline" dir="auto">${challenge.text} <span class="quiet">(${noted(challenge, year)})</span></p>
      <input type="hidden" name="obstacleId" value="${challenge.captureId}">
      ${each(options, (one) => choice({ type: "radio", name: "obstacle", checked: picked === one.value, ...one }))}`,
  );
}

function challengePart(proposal: ProposalForm, year: number): Html {
  const { sheet, values, error } = proposal;
  const { challenge, kinds } = sheet;
  const asks = !challenge && !kinds.includes("challenge");
  const field = textArea({
    name: "challenge",
    label: "A challenge, if something is in your way",
    value: values["challenge"],
    rows: 2,
    hint: "Obstacles you note as they happen are proposed here, the oldest first.",
    error,
  });
  const own = ownWords("A challenge in your own words", asks || isTyped(values, "challenge"), field);
  const decision =
    asks || challenge || isTyped(values, "challenge", "decisionWanted")
      ? textField({
          name: "decisionWanted",
          label: "What I want decided about it",
          value: values["decisionWanted"],
          hint: "May stay empty. With a decision to take, the talk can end with one.",
          error,
        })
      : nothing;
  return html`${obstacleChoices(proposal, year)}${own}${decision}`;
}

/** What a question names is noted with it. */
function boundTo(questionId: string, project: string, skill: string): Html {
  return html`${when(project, (name) => html`<input type="hidden" name="project-${questionId}" value="${name}">`)}
    ${when(skill, (name) => html`<input type="hidden" name="skill-${questionId}" value="${name}">`)}`;
}

function questionChoices({ sheet, values }: ProposalForm): Html {
  if (sheet.questions.length === 0) return nothing;
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

function growthPart(proposal: ProposalForm): Html {
  const { sheet, values, error } = proposal;
  const asks = sheet.questions.length === 0 && !sheet.kinds.includes("growth");
  const field = textArea({
    name: "growth",
    label: "A question about your growth, if you have one",
    value: values["growth"],
    rows: 2,
    hint: "For example what you should learn next, and on what. The step “Growth” offers questions.",
    error,
  });
  const own = ownWords("A question in your own words", asks || isTyped(values, "growth"), field);
  return html`${questionChoices(proposal)}${own}`;
}

/** A wish that was not mentioned for a while, in one line that can be changed later (S39). */
function seedPart({ sheet, values }: ProposalForm, name: string): Html {
  return when(sheet.seed, ({ seedId, text, daysSince }) => {
    const legend = daysSince === null ? `A seed that ${name} has not heard of` : "A seed to mention again";
    const note =
      daysSince === null
        ? html`<a href="/seeds/${seedId}">yours alone so far</a>`
        : html`<a href="/seeds/${seedId}">last said ${daysSince} days ago</a>`;
    const checked = values["seed"] === seedId;
    return html`<fieldset class="field choices"><legend>${legend}<span class="quiet">, 5 minutes</span></legend>
      ${choice({ type: "checkbox", name: "seed", value: seedId, checked, text, note })}</fieldset>`;
  });
}

/** Ids of what is typed here, made with the form: sent twice, it is one item. */
function writtenIds(values: FormValues): Html[] {
  return each(
    ["winId", "challengeId", "growthId"],
    (name) => html`<input type="hidden" name="${name}" value="${values[name] ?? newId()}">`,
  );
}

/** One page, one form: what is ticked or typed here goes on the agenda by the first button. The buttons of `below` send it too. */
export function proposalForm({ meeting, person, agenda }: Preparation, proposal: ProposalForm, below: Html): Html {
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
    ${seedPart(proposal, name)}
    ${openPart(proposal, name, year)}
    <div class="actions">${button("Put these on the agenda")}</div>
    <p class="hint">Next you see the mail as ${name} would read it. Nothing goes out before you approve those words.</p>
    ${below}`,
    {
      label: "What could go on the agenda",
      draft: `proposal ${meeting.id}`,
      unsaved: error === undefined && Object.keys(values).length > 0,
    },
  );
}

/** The longer way, for whoever wants to be led. What was typed above goes along as private drafts. */
export function stepsInstead({ meeting, agenda }: Preparation): Html {
  const label = agenda.startedAt === null ? "Start preparing" : "Go on with the steps";
  return html`<h2>Or step by step</h2>
    <p>Seven short steps, a quarter of an hour at most. Stop whenever you like: every word is saved as you write, and every step can be skipped.</p>
    <div class="actions">${button(label, { kind: "quiet", formaction: `/meetings/${meeting.id}/prepare` })}</div>`;
}
