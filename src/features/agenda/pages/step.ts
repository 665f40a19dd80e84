import type { AppError } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import { button, errorStatus, form, textArea } from "../../../surfaces/web/kit/form.ts";
import { type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import { troubleNote } from "../../blindspots/index.ts";
import { listProposals } from "../operations/reading.ts";
import { stepKinds } from "../rules/items.ts";
import type { Proposals, Step } from "../schema.ts";
import { meetingLine, neighbour, notices, type Preparation, stepList, stepPath, timeLine } from "./frame.ts";
import { growthForm } from "./growth-question.ts";
import { formFor, type ItemForm, itemForm, type WritingStep } from "./item-form.ts";
import { minutesStep } from "./minutes-step.ts";
import { repeatedNotes, seedPart } from "./seed.ts";
import { carriedStep, proposalList, stepItems } from "./step-items.ts";
import { managerName, stepWords } from "./words.ts";

function proposalsFor(preparation: Preparation, step: WritingStep, proposals: Proposals): Html {
  const year = Temporal.PlainDateTime.from(preparation.meeting.localStart).year;
  const name = managerName(preparation.person.name);
  if (step === "win")
    return html`<h2>From your journal</h2>${proposalList(preparation, step, proposals.wins, year, `Wins that ${name} has not heard of appear here. Note one when it happens: it takes one line.`)}`;
  if (step === "challenge")
    return html`<h2>From your journal</h2>${proposalList(preparation, step, proposals.challenges, year, "Obstacles you note as they happen appear here, the oldest first.")}`;
  return nothing;
}

function statusForm({ meeting, agenda }: Preparation): Html {
  const present = agenda.items.find((item) => item.kind === "status");
  return html`<h2>Status, in writing</h2>
    ${form(
      `/meetings/${meeting.id}/agenda/status`,
      html`${textArea({ name: "status", label: "News that needs no talking", value: present?.text, rows: 2, hint: "It stands at the end of the mail and takes no minutes. Empty it to take it out." })}
      <div class="actions">${button("Give it in writing", { kind: "quiet" })}</div>`,
      { label: "Status in writing" },
    )}`;
}

async function writingStep(
  c: WebContext,
  preparation: Preparation,
  step: WritingStep,
  filled: ItemForm | undefined,
): Promise<Html> {
  const current = filled ?? formFor(preparation, step, c.req.query("item"));
  const others = preparation.agenda.items.filter((item) => item.kind === stepKinds[step] && item.id !== current.id);
  const proposals = await call(c.get("caller"), listProposals, { meetingId: preparation.meeting.id });
  const growth = step === "growth" ? await growthForm(c, preparation, current) : undefined;
  const written = itemForm(preparation, step, current, growth);
  const another =
    stepKinds[step] !== "need" && current.item?.preparedAt
      ? html`<p><a href="${stepPath(preparation.meeting.id, step)}">Write another one</a></p>`
      : nothing;
  const proposed = proposalsFor(preparation, step, proposals);
  // What is only to be chosen stands before the empty form, unless somebody has begun to write.
  const choosesFirst =
    !current.item &&
    !current.error &&
    (step === "win" ? proposals.wins : step === "challenge" ? proposals.challenges : []).length > 0;
  const parts = choosesFirst ? html`${proposed}<h2>Or in your own words</h2>${written}` : html`${written}${another}${proposed}`;
  return html`${stepItems(preparation, step, others)}
    ${step === "growth" && !current.error ? seedPart(preparation, proposals) : nothing}
    ${parts}
    ${when(step === "topics", () => statusForm(preparation))}`;
}

function wayOn({ meeting }: Preparation, step: Step): Html {
  const back = neighbour(step, -1);
  const next = neighbour(step, 1);
  return html`<nav class="actions" aria-label="Back and next">${when(step === "carried" && next, (one) => html`<a class="button" href="${stepPath(meeting.id, one)}" rel="next">Next: ${stepWords[one].name}</a> `)}
    ${when(back, (one) => html`<a href="${stepPath(meeting.id, one)}" rel="prev">Back: ${stepWords[one].name}</a> `)}
    <a href="/meetings/${meeting.id}/prepare">Pause: all steps</a></nav>`;
}

/** One step of the preparation; `filled` is a form that came back with a message, nothing of it lost. */
export async function stepPage(
  c: WebContext,
  preparation: Preparation,
  step: Step,
  filled?: ItemForm,
  content?: { readonly body: Html; readonly error: AppError },
): Promise<Response> {
  const { title, lede } = stepWords[step];
  const inner =
    content?.body ??
    (step === "carried"
      ? carriedStep(preparation)
      : step === "minutes"
        ? minutesStep(preparation)
        : await writingStep(c, preparation, step, filled));
  const body = html`${meetingLine(preparation)}
    ${stepList(preparation, step)}
    ${timeLine(preparation)}
    <p class="lede">${lede(managerName(preparation.person.name))}</p>
    ${when(step === "growth" && preparation.agenda.minutes.growthBlock > 0, () => html`<p class="hint">The last ${preparation.agenda.minutes.growthBlock} minutes of every other talk are kept for this: it is what a full agenda pushes out first.</p>`)}
    ${notices(preparation)}
    ${step === "challenge" ? html`${repeatedNotes(preparation)}${await troubleNote(c, preparation.person)}` : nothing}
    ${inner}
    ${wayOn(preparation, step)}`;
  const error = filled?.error ?? content?.error;
  const status = errorStatus(error);
  const islands = [
    "agenda/autosave",
    "agenda/timer",
    ...(step === "win" ? ["impact/coach"] : []),
    ...(step === "growth" ? ["questions/better"] : []),
  ];
  return page(c, { title, section: "meetings", body, islands, status });
}
