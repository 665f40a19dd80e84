import type { AppError } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import { actionButton, button, type FormValues } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import {
  agendaPath,
  answerFields,
  answerForm,
  nextQuestion,
  type Prompt,
  putLabel,
  showWaits,
  type WaitProposal,
} from "../../blindspots/index.ts";
import type { Preparation } from "./frame.ts";
import { managerName } from "./words.ts";

/** Where a yes of the four-waits check becomes a draft. */
export function waitsPath(meetingId: string): string {
  return `/meetings/${meetingId}/agenda/waits`;
}

const SKIP = { kind: "quiet", name: "act", value: "skip" } as const;

async function section(c: WebContext, { meeting, person }: Preparation, question: (prompt: Prompt) => Html): Promise<Html> {
  if (meeting.state !== "planned") return nothing;
  const asked = await call(c.get("caller"), nextQuestion, { personId: person.id, meetingId: meeting.id });
  const isOpen = asked.prompt !== null && asked.captureId === null && asked.skippedAt === null;
  return html`<section aria-labelledby="light-question"><h2 id="light-question">One light question</h2>
    ${when(isOpen && asked.prompt, question)}
    ${isOpen ? nothing : html`<p class="quiet">${asked.captureId ? "Answered. That was the only one." : asked.skippedAt ? "Left for another time." : "Nothing to ask: all five answers are fresh."}</p>`}
    <p class="links"><a href="/people/${person.id}/known">What <bdi>${managerName(person.name)}</bdi> cannot know</a> <a href="/seeds?person=${person.id}">Seeds you planted with <bdi>${managerName(person.name)}</bdi></a></p></section>`;
}

async function waitsPart(c: WebContext, { meeting, person }: Preparation, begin: (one: WaitProposal) => Html): Promise<Html> {
  if (person.role !== "manager" || meeting.state !== "planned") return nothing;
  const { proposals } = await call(c.get("caller"), showWaits, {});
  if (proposals.length === 0) return nothing;
  return html`<h2>From what you are waiting for</h2>
    <ul class="entries">${each(
      proposals,
      (one) => html`<li class="entry"><p>${one.text}</p>
        <div class="actions">${begin(one)}</div></li>`,
    )}</ul>`;
}

/** One light question in a preparation, at most, and what the four-waits check proposes. All of it can be left alone. */
export async function lightQuestion(c: WebContext, preparation: Preparation): Promise<Html> {
  const { id } = preparation.meeting;
  const question = (prompt: Prompt): Html =>
    answerForm({ prompt, action: agendaPath(id), agendaAction: agendaPath(id), light: true, extra: button("Skip it", SKIP) });
  const begin = (one: WaitProposal): Html => actionButton(waitsPath(id), "Begin with this", { fields: { waitId: one.id } });
  return html`${await section(c, preparation, question)}${await waitsPart(c, preparation, begin)}`;
}

/** The same as a part of the form around it, with buttons that send all of that form: whatever stands in it comes back. */
export async function lightPart(
  c: WebContext,
  preparation: Preparation,
  filled: { readonly values: FormValues; readonly error: AppError | undefined },
): Promise<Html> {
  const { id } = preparation.meeting;
  const question = (prompt: Prompt): Html => html`<input type="hidden" name="prompt" value="${prompt}">
    ${answerFields(prompt, { ...filled, light: true })}
    <div class="actions">${button("Keep it private", { kind: "quiet", name: "act", value: "keep" })}
    ${button(putLabel(prompt), { kind: "quiet", name: "act", value: "agenda" })}
    ${button("Skip it", SKIP)}</div>`;
  const begin = (one: WaitProposal): Html =>
    button("Begin with this", { kind: "quiet", name: "waitId", value: one.id, formaction: waitsPath(id) });
  return html`${await section(c, preparation, question)}${await waitsPart(c, preparation, begin)}`;
}
