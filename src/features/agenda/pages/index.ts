import { AppError } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import { leaveNotice } from "../../../surfaces/web/kit/notice.ts";
import { html } from "../../../surfaces/web/kit/html.ts";
import { readForm } from "../../../surfaces/web/kit/form.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { openAgenda } from "../operations/opening.ts";
import { actOnItem, chooseFromJournal, saveMinutes, saveStatus } from "./acts.ts";
import { answerRoutes, sendProposal } from "./answers.ts";
import { askingRoutes } from "./asking.ts";
import { keepTyped, proposalPage } from "./choosing.ts";
import { isStep, meetingId, preparationOf, stepPath, usualTimeLine } from "./frame.ts";
import { lightQuestion } from "./light-question.ts";
import { agendaPage, approveFromPage } from "./mail.ts";
import { hasBegun, overview } from "./overview.ts";
import { saveStep, saveTime, writingSteps } from "./saving.ts";
import { stepPage } from "./step.ts";
import { answerWinQuestion } from "./win-coach.ts";

async function showStep(c: WebContext): Promise<Response> {
  const step = c.req.param("step") ?? "";
  if (!isStep(step)) throw new AppError("not_found", "There is no such step in the preparation.");
  const preparation = await preparationOf(c);
  if (preparation.agenda.startedAt === null || preparation.meeting.state === "cancelled")
    return c.redirect(`/meetings/${meetingId(c)}/prepare`, 303);
  return stepPage(c, preparation, step);
}

async function showPreparation(c: WebContext): Promise<Response> {
  const preparation = await preparationOf(c);
  if (preparation.meeting.state !== "cancelled" && !hasBegun(preparation)) return proposalPage(c, { known: preparation });
  const body = html`${overview(preparation, await usualTimeLine(c))}${await lightQuestion(c, preparation)}`;
  return page(c, { title: "Prepare", section: "meetings", body, islands: ["agenda/timer"] });
}

async function start(c: WebContext): Promise<Response> {
  const id = meetingId(c);
  const refused = await keepTyped(c, await readForm(c));
  if (refused) return refused;
  try {
    const { step } = await call(c.get("caller"), openAgenda, { meetingId: id });
    return c.redirect(stepPath(id, step), 303);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "conflict") throw error;
    leaveNotice(c, error.message);
    return c.redirect(`/meetings/${id}/prepare`, 303);
  }
}

/** The guided preparation (S27) and the mail that comes out of it. Everything works as plain forms. */
export function agendaPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/meetings/:id/prepare", showPreparation);
  routes.get("/meetings/:id/prepare/proposal", (c) => proposalPage(c));
  routes.post("/meetings/:id/prepare/proposal", sendProposal);
  routes.post("/meetings/:id/prepare", start);
  routes.post("/meetings/:id/prepare/time", saveTime);
  routes.post("/meetings/:id/prepare/minutes", saveMinutes);
  for (const step of writingSteps) routes.post(`/meetings/:id/prepare/${step}`, (c) => saveStep(c, step));
  routes.post("/meetings/:id/prepare/win/question", answerWinQuestion);
  routes.get("/meetings/:id/prepare/:step", showStep);
  routes.post("/meetings/:id/agenda/items/:itemId", actOnItem);
  routes.post("/meetings/:id/agenda/captures", chooseFromJournal);
  routes.post("/meetings/:id/agenda/status", saveStatus);
  answerRoutes(routes);
  askingRoutes(routes);
  routes.get("/meetings/:id/agenda", (c) => agendaPage(c));
  routes.post("/meetings/:id/agenda", approveFromPage);
  return routes;
}
