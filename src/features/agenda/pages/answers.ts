import { AppError, invalidField } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import { type FormValues, isForForm, readForm } from "../../../surfaces/web/kit/form.ts";
import { leaveNotice } from "../../../surfaces/web/kit/notice.ts";
import type { WebContext, WebRoutes } from "../../../surfaces/web/kit/web.ts";
import {
  agendaPath,
  answerAgain,
  answerFrom,
  answerPrompt,
  isAnswered,
  isPrompt,
  nextQuestion,
  skipQuestion,
} from "../../blindspots/index.ts";
import { type Meeting, showMeeting } from "../../meetings/index.ts";
import { chooseCapture } from "../operations/choosing.ts";
import { openAgenda } from "../operations/opening.ts";
import { showAgenda } from "../operations/reading.ts";
import { takeFromWaits, takeSeed } from "../operations/taking.ts";
import { stepKinds } from "../rules/items.ts";
import type { ItemKind, Step } from "../schema.ts";
import { choose, keepTyped, proposalPage } from "./choosing.ts";
import { meetingId, stepPath } from "./frame.ts";
import { sayEffect } from "./saving.ts";
import { noteCarriedTime } from "./typed.ts";

/** Puts an entry of the journal on the agenda of a meeting whose preparation may not have begun. */
async function tell(c: WebContext, meeting: Meeting, captureId: string): Promise<void> {
  const caller = c.get("caller");
  await call(caller, openAgenda, { meetingId: meeting.id });
  const { approval } = await call(caller, chooseCapture, { meetingId: meeting.id, captureId });
  leaveNotice(c, "It is on the next agenda. Nothing goes out before you approve it.");
  sayEffect(c, approval);
}

async function skip(c: WebContext, meeting: Meeting, values: FormValues): Promise<void> {
  const { prompt } = values;
  if (isPrompt(prompt) && isAnswered(prompt, values))
    throw invalidField("text", "You have written something here. Keep it private, or empty it and skip the question.");
  await call(c.get("caller"), skipQuestion, { personId: meeting.personId, meetingId: meeting.id });
}

/** That page is the answer to its own form, and may be sent once more: its question is answered once. */
async function givenAlready(c: WebContext, meeting: Meeting, { prompt }: FormValues): Promise<boolean> {
  const about = { personId: meeting.personId, meetingId: meeting.id };
  const asked = await call(c.get("caller"), nextQuestion, about);
  return asked.prompt === prompt && asked.captureId !== null;
}

async function act(c: WebContext, meeting: Meeting, values: FormValues): Promise<void> {
  const { captureId, prompt, act: name = "agenda" } = values;
  if (name === "skip") return skip(c, meeting, values);
  if (captureId) return tell(c, meeting, captureId);
  if (!isPrompt(prompt)) throw new AppError("not_found", "There is no such question.");
  const answer = await call(c.get("caller"), answerPrompt, { ...answerFrom(prompt, values), meetingId: meeting.id });
  if (name === "agenda") return tell(c, meeting, answer.captureId);
  leaveNotice(c, "Kept. Only you know it until you put it on an agenda.");
}

/** The fields of an answer that was taken are empty again; all others stay as they were typed. */
function withoutAnswer(values: FormValues): FormValues {
  const { prompt = "", act: _act, ...rest } = values;
  return Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith(`${prompt}-`)));
}

/** Within the page of proposals the answer is that page again, with everything that was typed and ticked on it. */
async function answerInProposal(c: WebContext, values: FormValues): Promise<Response> {
  const meeting = await call(c.get("caller"), showMeeting, { id: meetingId(c) });
  try {
    const { startedAt } = await call(c.get("caller"), showAgenda, { meetingId: meeting.id });
    if (!(await givenAlready(c, meeting, values))) await act(c, meeting, values);
    const isStarted =
      startedAt === null && (await call(c.get("caller"), showAgenda, { meetingId: meeting.id })).startedAt !== null;
    if (isStarted) await noteCarriedTime(c, false, values);
    return await proposalPage(c, { values: { ...withoutAnswer(values), ...(isStarted ? { seconds: "0" } : {}) } });
  } catch (error) {
    if (!isForForm(error)) throw error;
    return proposalPage(c, { values, answerError: error });
  }
}

/** POST /meetings/:id/prepare/proposal: the button of the light question, or the one that puts everything on the agenda. */
export async function sendProposal(c: WebContext): Promise<Response> {
  const values = await readForm(c);
  return values["act"] ? answerInProposal(c, values) : choose(c, values);
}

/** POST /meetings/:id/agenda/answers: an answer becomes an agenda line by one click (S20, S21); a new one is written first. */
async function takeAnswer(c: WebContext): Promise<Response> {
  const values = await readForm(c);
  const meeting = await call(c.get("caller"), showMeeting, { id: meetingId(c) });
  const back = values["from"] === "known" ? `/people/${meeting.personId}/known` : `/meetings/${meeting.id}/prepare`;
  try {
    await act(c, meeting, values);
    return c.redirect(back, 303);
  } catch (error) {
    if (!isForForm(error)) throw error;
    const { prompt, captureId } = values;
    if (isPrompt(prompt) && !captureId && error.code === "invalid") {
      const action = agendaPath(meeting.id);
      const hidden = { from: values["from"] ?? "" };
      return answerAgain(c, { prompt, values, error, action, agendaAction: action, hidden, back });
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
  const values = await readForm(c);
  const { waitId = "" } = values;
  const refused = await keepTyped(c, values);
  if (refused) return refused;
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

/** POST /meetings/:id/agenda/seeds: a seed becomes one line about growth, as a draft unless it is put there at once. */
async function mentionSeed(c: WebContext): Promise<Response> {
  const caller = c.get("caller");
  const id = meetingId(c);
  const { seedId = "", act } = await readForm(c);
  try {
    await call(caller, openAgenda, { meetingId: id });
    const { item, approval } = await call(caller, takeSeed, { meetingId: id, seedId, put: act === "put" });
    sayEffect(c, approval);
    return c.redirect(`${stepPath(id, "growth")}${act === "put" ? "" : `?item=${item.id}`}`, 303);
  } catch (error) {
    if (!isForForm(error)) throw error;
    leaveNotice(c, error.message);
    return c.redirect(`/seeds/${seedId}`, 303);
  }
}

export function answerRoutes(routes: WebRoutes): void {
  routes.post("/meetings/:id/agenda/answers", takeAnswer);
  routes.post("/meetings/:id/agenda/waits", takeWait);
  routes.post("/meetings/:id/agenda/seeds", mentionSeed);
}
