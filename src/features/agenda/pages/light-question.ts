import { AppError } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import { actionButton, button, type FormValues, isForForm, readForm } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { leaveNotice } from "../../../surfaces/web/kit/notice.ts";
import type { WebContext, WebRoutes } from "../../../surfaces/web/kit/web.ts";
import {
  agendaPath,
  answerAgain,
  answerForm,
  answerFrom,
  answerPrompt,
  isPrompt,
  nextQuestion,
  type Prompt,
  showWaits,
  skipQuestion,
} from "../../blindspots/index.ts";
import { type Meeting, showMeeting } from "../../meetings/index.ts";
import { chooseCapture } from "../operations/choosing.ts";
import { openAgenda } from "../operations/opening.ts";
import { takeFromWaits } from "../operations/taking.ts";
import { stepKinds } from "../rules/items.ts";
import type { ItemKind, Step } from "../schema.ts";
import { meetingId, type Preparation, stepPath } from "./frame.ts";
import { sayEffect } from "./saving.ts";
import { managerName } from "./words.ts";

/** Which page a form of this feature came from, and goes back to. */
function backOf(values: FormValues, meeting: Meeting): string {
  const path = `/meetings/${meeting.id}/prepare`;
  if (values["from"] === "known") return `/people/${meeting.personId}/known`;
  return values["from"] === "proposal" ? `${path}/proposal` : path;
}

function questionForm(id: string, prompt: Prompt, from: string): Html {
  return answerForm({
    prompt,
    action: agendaPath(id),
    agendaAction: agendaPath(id),
    light: true,
    hidden: { from },
    extra: button("Skip it", { kind: "quiet", name: "act", value: "skip" }),
  });
}

async function waitsPart(c: WebContext, { meeting, person }: Preparation): Promise<Html> {
  if (person.role !== "manager") return nothing;
  const { proposals } = await call(c.get("caller"), showWaits, {});
  if (proposals.length === 0) return nothing;
  return html`<h2>From what you are waiting for</h2>
    <ul class="entries">${each(
      proposals,
      (one) => html`<li class="entry"><p>${one.text}</p>
        <div class="actions">${actionButton(`/meetings/${meeting.id}/agenda/waits`, "Begin with this", { fields: { waitId: one.id } })}</div></li>`,
    )}</ul>`;
}

/** One light question in a preparation, at most, and what the four-waits check proposes. All of it can be left alone. */
export async function lightQuestion(c: WebContext, preparation: Preparation, from: "proposal" | "overview"): Promise<Html> {
  const { meeting, person } = preparation;
  if (meeting.state !== "planned") return nothing;
  const asked = await call(c.get("caller"), nextQuestion, { personId: person.id, meetingId: meeting.id });
  const isOpen = asked.prompt !== null && asked.captureId === null && asked.skippedAt === null;
  const known = html`<p class="quiet"><a href="/people/${person.id}/known">What <bdi>${managerName(person.name)}</bdi> cannot know</a></p>`;
  return html`<section aria-labelledby="light-question"><h2 id="light-question">One light question</h2>
    ${when(isOpen && asked.prompt, (prompt) => questionForm(meeting.id, prompt, from))}
    ${isOpen ? nothing : html`<p class="quiet">${asked.captureId ? "Answered. That was the only one." : asked.skippedAt ? "Left for another time." : "Nothing to ask: all five answers are fresh."}</p>`}
    ${known}</section>
    ${await waitsPart(c, preparation)}`;
}

/** Puts an entry of the journal on the agenda of a meeting whose preparation may not have begun. */
async function tell(c: WebContext, meeting: Meeting, captureId: string): Promise<void> {
  const caller = c.get("caller");
  await call(caller, openAgenda, { meetingId: meeting.id });
  const { approval } = await call(caller, chooseCapture, { meetingId: meeting.id, captureId });
  leaveNotice(c, "It is on the next agenda. Nothing goes out before you approve it.");
  sayEffect(c, approval);
}

/** POST /meetings/:id/agenda/answers: an answer becomes an agenda line by one click (S20, S21); a new one is written first. */
async function takeAnswer(c: WebContext): Promise<Response> {
  const caller = c.get("caller");
  const values = await readForm(c);
  const meeting = await call(caller, showMeeting, { id: meetingId(c) });
  const back = backOf(values, meeting);
  const { captureId, prompt, act = "agenda" } = values;
  const about = { personId: meeting.personId, meetingId: meeting.id };
  try {
    if (act === "skip") {
      await call(caller, skipQuestion, about);
      return c.redirect(back, 303);
    }
    if (captureId) {
      await tell(c, meeting, captureId);
      return c.redirect(back, 303);
    }
    if (!isPrompt(prompt)) throw new AppError("not_found", "There is no such question.");
    const answer = await call(caller, answerPrompt, { ...answerFrom(prompt, values), meetingId: meeting.id });
    if (act === "agenda") await tell(c, meeting, answer.captureId);
    else leaveNotice(c, "Kept. Only you know it until you put it on an agenda.");
    return c.redirect(back, 303);
  } catch (error) {
    if (!isForForm(error)) throw error;
    if (isPrompt(prompt) && !captureId && error.code === "invalid") {
      const action = agendaPath(meeting.id);
      return answerAgain(c, {
        prompt,
        values,
        error,
        action,
        agendaAction: action,
        hidden: { from: values["from"] ?? "" },
        back,
      });
    }
    leaveNotice(c, error.message);
    return c.redirect(back, 303);
  }
}

function stepFor(kind: ItemKind): Step {
  return (Object.keys(stepKinds) as (keyof typeof stepKinds)[]).find((step) => stepKinds[step] === kind) ?? "topics";
}

/** POST /meetings/:id/agenda/waits: a yes of the four-waits check becomes a draft, with its gap to fill. */
async function takeWait(c: WebContext): Promise<Response> {
  const caller = c.get("caller");
  const id = meetingId(c);
  const { waitId = "" } = await readForm(c);
  try {
    await call(caller, openAgenda, { meetingId: id });
    const { item } = await call(caller, takeFromWaits, { meetingId: id, waitId });
    return c.redirect(`${stepPath(id, stepFor(item.kind))}?item=${item.id}`, 303);
  } catch (error) {
    if (!isForForm(error)) throw error;
    leaveNotice(c, error.message);
    return c.redirect("/waits", 303);
  }
}

export function lightQuestionRoutes(routes: WebRoutes): void {
  routes.post("/meetings/:id/agenda/answers", takeAnswer);
  routes.post("/meetings/:id/agenda/waits", takeWait);
}
