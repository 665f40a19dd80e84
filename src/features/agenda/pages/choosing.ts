import { AppError } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import { errorStatus, type FormValues, isForForm, readForm } from "../../../surfaces/web/kit/form.ts";
import { html, nothing } from "../../../surfaces/web/kit/html.ts";
import { leaveNotice } from "../../../surfaces/web/kit/notice.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import { chooseAgenda, proposeAgenda } from "../operations/proposing.ts";
import { meetingId, meetingLine, notices, type Preparation, preparationOf, stepList, timeLine, usualTimeLine } from "./frame.ts";
import { lightQuestion } from "./light-question.ts";
import { proposalForm, stepsInstead, ticked } from "./proposal.ts";

/** GET /meetings/:id/prepare/proposal, and what a first visit to the preparation shows. */
export async function proposalPage(
  c: WebContext,
  values: FormValues = {},
  error?: AppError,
  known?: Preparation,
): Promise<Response> {
  const preparation = known ?? (await preparationOf(c));
  const { meeting, agenda } = preparation;
  if (meeting.state === "cancelled") return c.redirect(`/meetings/${meeting.id}/prepare`, 303);
  const sheet = await call(c.get("caller"), proposeAgenda, { meetingId: meeting.id });
  const body = html`${meetingLine(preparation)}
    ${agenda.startedAt === null ? nothing : stepList(preparation)}
    ${timeLine(preparation, values["seconds"])}
    ${await usualTimeLine(c)}
    <p class="lede">Here is what could go on the agenda. Tick what belongs there; what you leave stays yours alone.</p>
    ${notices(preparation)}
    ${proposalForm(preparation, { sheet, values, error })}
    ${await lightQuestion(c, preparation, "proposal")}
    ${stepsInstead(preparation)}`;
  return page(c, { title: "Prepare", section: "meetings", body, islands: ["agenda/timer"], status: errorStatus(error) });
}

const WRITTEN = ["win", "challenge", "growth"] as const;

function questionOf(values: FormValues, questionId: string) {
  return {
    id: values["growthId"],
    questionId,
    project: values[`project-${questionId}`] ?? "",
    skill: values[`skill-${questionId}`] ?? "",
  };
}

function inputOf(id: string, values: FormValues) {
  const obstacle = values["obstacle"] ?? "no";
  const open = ticked(values, "open");
  return {
    meetingId: id,
    need: values["need"] ?? "",
    needVersion: values["needVersion"] ?? "0",
    needFromChallenge: obstacle === "need",
    captures: [
      ...ticked(values, "wins").map((captureId) => ({ captureId, kind: "win" as const })),
      ...(obstacle === "no" ? [] : [{ captureId: values["obstacleId"] ?? "", kind: "challenge" as const }]),
    ],
    decisionWanted: values["decisionWanted"] ?? "",
    written: WRITTEN.map((kind) => ({ id: values[`${kind}Id`], kind, text: values[kind] ?? "" })),
    ...(values["question"] ? { question: questionOf(values, values["question"]) } : {}),
    open,
    leave: ticked(values, "shown").filter((ref) => !open.includes(ref)),
    seconds: values["seconds"] ?? "0",
  };
}

/** The message of `written.1.text` belongs to the field that the page calls `challenge`. */
function besideFields(error: AppError): AppError {
  const fields = error.fields.map(({ field, message }) => {
    const index = /^written\.(\d+)\./u.exec(field)?.[1];
    return { field: index === undefined ? field : (WRITTEN[Number(index)] ?? field), message };
  });
  return new AppError(error.code, error.message, { fields, details: error.details });
}

/** POST /meetings/:id/prepare/proposal: choosing is this one act, and the mail is what comes next. */
export async function choose(c: WebContext): Promise<Response> {
  const values = await readForm(c);
  const id = meetingId(c);
  try {
    await call(c.get("caller"), chooseAgenda, inputOf(id, values));
    return c.redirect(`/meetings/${id}/agenda`, 303);
  } catch (error) {
    if (!isForForm(error)) throw error;
    if (error.code === "conflict" && !error.details) leaveNotice(c, error.message);
    return proposalPage(c, values, besideFields(error));
  }
}
