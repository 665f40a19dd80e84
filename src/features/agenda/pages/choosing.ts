import { AppError } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import { errorStatus, type FormValues, isForForm } from "../../../surfaces/web/kit/form.ts";
import { html, nothing } from "../../../surfaces/web/kit/html.ts";
import { leaveNotice } from "../../../surfaces/web/kit/notice.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import { besideAnswer, isPrompt } from "../../blindspots/index.ts";
import { requireCapture } from "../../journal/index.ts";
import { requireQuestion } from "../../questions/index.ts";
import { chooseAgenda, proposeAgenda } from "../operations/proposing.ts";
import type { Sheet } from "../schema.ts";
import { meetingId, meetingLine, notices, type Preparation, preparationOf, stepList, timeLine, usualTimeLine } from "./frame.ts";
import { lightPart } from "./light-question.ts";
import { proposalForm, stepsInstead } from "./proposal.ts";
import { besideDecision, decisionsIn, ticked } from "./proposal-open.ts";
import { keepAsDrafts, keepTypedAnswer } from "./typed.ts";

/** The page as it is shown: empty, or come back with what was typed, and with what was wrong about it. */
interface Shown {
  readonly values?: FormValues;
  readonly error?: AppError | undefined;
  /** About the answer to the light question, by the names that its operation has for the fields. */
  readonly answerError?: AppError | undefined;
  readonly known?: Preparation;
}

/** What is gone meanwhile, such as a question that was retired, is no longer offered; it takes nothing else with it. */
async function ifThere<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return undefined;
    throw error;
  }
}

/** What was ticked stays on the page, even when something else would be proposed by now. */
async function withTicked(c: WebContext, sheet: Sheet, values: FormValues): Promise<Sheet> {
  const { owner, database } = c.get("caller");
  const questionId = values["question"] ?? "";
  const isGone = questionId !== "" && sheet.questions.every((one) => one.questionId !== questionId);
  const question = isGone ? await ifThere(requireQuestion(database.reader, owner, questionId)) : undefined;
  const missing = ticked(values, "wins").filter((id) => sheet.wins.every((one) => one.captureId !== id));
  const found = await Promise.all(missing.map((id) => ifThere(requireCapture(database.reader, owner, id))));
  const wins = found.filter((one) => one !== undefined);
  const { [`project-${questionId}`]: project = "", [`skill-${questionId}`]: skill = "" } = values;
  return {
    ...sheet,
    wins: [...sheet.wins, ...wins.map(({ id, text, happenedOn }) => ({ captureId: id, kind: "win" as const, text, happenedOn }))],
    questions: question
      ? [...sheet.questions, { questionId, text: question.text, uncovers: question.uncovers, project, skill }]
      : sheet.questions,
  };
}

/** GET /meetings/:id/prepare/proposal, and what a first visit to the preparation shows. */
export async function proposalPage(c: WebContext, shown: Shown = {}): Promise<Response> {
  const { values = {}, answerError } = shown;
  const preparation = shown.known ?? (await preparationOf(c));
  const { meeting, agenda } = preparation;
  if (meeting.state === "cancelled") return c.redirect(`/meetings/${meeting.id}/prepare`, 303);
  const sheet = await withTicked(c, await call(c.get("caller"), proposeAgenda, { meetingId: meeting.id }), values);
  const { prompt } = values;
  const error = shown.error ?? (answerError && isPrompt(prompt) ? besideAnswer(prompt, answerError) : answerError);
  const below = html`${await lightPart(c, preparation, { values, error: answerError })}${stepsInstead(preparation)}`;
  const body = html`${meetingLine(preparation)}
    ${agenda.startedAt === null ? nothing : stepList(preparation)}
    ${timeLine(preparation, values["seconds"])}
    ${await usualTimeLine(c)}
    <p class="lede">Here is what could go on the agenda. Tick what belongs there; what you leave stays yours alone.</p>
    ${notices(preparation)}
    ${proposalForm(preparation, { sheet, values, error }, below)}`;
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
    ...(values["seed"] ? { seedId: values["seed"] } : {}),
    decisions: decisionsIn(values),
    ...(values["question"] ? { question: questionOf(values, values["question"]) } : {}),
    open,
    leave: ticked(values, "shown").filter((ref) => !open.includes(ref)),
    seconds: values["seconds"] ?? "0",
  };
}

/** The message of `written.1.text` belongs to the field that the page calls `challenge`. */
function besideFields(error: AppError, values: FormValues): AppError {
  const fields = error.fields.map(({ field, message }) => {
    const index = /^written\.(\d+)\./u.exec(field)?.[1];
    return { field: index === undefined ? field : (WRITTEN[Number(index)] ?? field), message };
  });
  return besideDecision(new AppError(error.code, error.message, { fields, details: error.details }), values);
}

/** The page again with what could not be kept, and all that was typed. */
function again(c: WebContext, values: FormValues, error: unknown, isAnswer: boolean): Promise<Response> {
  if (!isForForm(error)) throw error;
  if (isAnswer) return proposalPage(c, { values, answerError: error });
  if (error.code === "conflict" && !error.details) leaveNotice(c, error.message);
  return proposalPage(c, { values, error: besideFields(error, values) });
}

/** Keeps the answer to the light question, then does `work`; gives the page again when either cannot be done as it is. */
async function afterTheAnswer(c: WebContext, values: FormValues, work: () => Promise<void>): Promise<Response | undefined> {
  let isAnswer = true;
  try {
    await keepTypedAnswer(c, values);
    isAnswer = false;
    await work();
    return undefined;
  } catch (error) {
    return again(c, values, error, isAnswer);
  }
}

/**
 * Before another button of the page does its work: what was typed becomes private drafts. Gives the page again when something of
 * it cannot be kept as it is. A form without these fields keeps nothing.
 */
export async function keepTyped(c: WebContext, values: FormValues): Promise<Response | undefined> {
  if (values["needVersion"] === undefined) return undefined;
  return afterTheAnswer(c, values, () => keepAsDrafts(c, values));
}

/** Choosing is this one act, and the mail is what comes next. */
export async function choose(c: WebContext, values: FormValues): Promise<Response> {
  const id = meetingId(c);
  const refused = await afterTheAnswer(c, values, async () => {
    await call(c.get("caller"), chooseAgenda, inputOf(id, values));
  });
  return refused ?? c.redirect(`/meetings/${id}/agenda`, 303);
}
