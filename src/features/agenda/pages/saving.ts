import type { AppError } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import { errorStatus, type FormValues, isForForm, readForm } from "../../../surfaces/web/kit/form.ts";
import { requestHeader } from "../../../surfaces/web/kit/headers.ts";
import { leaveNotice } from "../../../surfaces/web/kit/notice.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import { goToStep } from "../operations/arranging.ts";
import { putItem, saveItem } from "../operations/saving.ts";
import { noteTime } from "../operations/timing.ts";
import { fillOpener, newestContent, openers, stepKinds } from "../rules/items.ts";
import { type ApprovalEffect, type Content, type Item, steps } from "../schema.ts";
import { meetingId, neighbour, preparationOf, stepPath } from "./frame.ts";
import { askFromPage, isDull, isQuestionAct, withGapsFilled } from "./growth-question.ts";
import type { ItemForm, WritingStep } from "./item-form.ts";
import { stepPage } from "./step.ts";
import { rewordedWin } from "./win-coach.ts";
import { noticeFor } from "./words.ts";

const CONTENT_FIELDS = ["text", "options", "leaning", "decisionWanted", "project", "skill"] as const;

function inputOf(id: string, step: WritingStep, values: FormValues) {
  const content = Object.fromEntries(
    CONTENT_FIELDS.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
  return { meetingId: id, id: values["id"] ?? "", version: values["version"] ?? "0", kind: stepKinds[step], ...content } as const;
}

const isBlank = (values: FormValues): boolean =>
  (values["version"] ?? "0") === "0" && CONTENT_FIELDS.every((name) => (values[name] ?? "").trim() === "");

export function sayEffect(c: WebContext, effect: ApprovalEffect): void {
  const sentence = noticeFor[effect];
  if (sentence) leaveNotice(c, sentence);
}

/** The form again, with what was typed. After a conflict it is made from the other version, so that saving it decides. */
async function again(c: WebContext, step: WritingStep, values: FormValues, error?: AppError): Promise<Response> {
  const preparation = await preparationOf(c);
  const theirs = (error?.details as { theirs?: Item } | undefined)?.theirs;
  const id = theirs?.id ?? values["id"] ?? "";
  const version = theirs ? String(theirs.version) : (values["version"] ?? "0");
  const item = preparation.agenda.items.find((one) => one.id === id);
  const filled: ItemForm = { id, version, values, item, error };
  return stepPage(c, preparation, step, filled);
}

/** Both versions in one form: one's own words first, the other's below them. */
async function bothVersions(c: WebContext, step: WritingStep, values: FormValues): Promise<Response> {
  const { agenda } = await preparationOf(c);
  const other = agenda.items.find((one) => one.id === values["id"]);
  const theirs: Content | undefined = other && newestContent(other);
  const joined = CONTENT_FIELDS.map((name) => {
    const parts = [values[name] ?? "", theirs?.[name] ?? ""].filter(
      (part, index, all) => part !== "" && all.indexOf(part) === index,
    );
    return [name, parts.join(name === "project" || name === "skill" ? ", " : "\n\n")];
  });
  return again(c, step, { ...values, ...Object.fromEntries(joined) });
}

function withOpener(values: FormValues): FormValues {
  const opener = openers[Number(values["act"]?.slice("opener-".length))] ?? "";
  const filled = fillOpener(opener, { project: values["project"]?.trim() ?? "", skill: values["skill"]?.trim() ?? "" });
  const text = values["text"]?.trim() ?? "";
  return { ...values, text: text === "" ? filled : `${text}\n\n${filled}` };
}

/** The win with the coach's answer in it, or as it was before: kept as a draft at once, and shown to be read. */
async function reword(c: WebContext, step: WritingStep, values: FormValues): Promise<Response> {
  const reworded = await rewordedWin(values);
  if (isBlank(reworded)) return again(c, step, reworded);
  try {
    const { item } = await call(c.get("caller"), saveItem, inputOf(meetingId(c), step, reworded));
    return await again(c, step, { ...reworded, id: item.id, version: String(item.version) });
  } catch (error) {
    if (isForForm(error)) return again(c, step, values, error);
    throw error;
  }
}

/** What the island sends while somebody writes: always a private draft, never more. */
async function autosave(c: WebContext, step: WritingStep, values: FormValues): Promise<Response> {
  const caller = c.get("caller");
  if (isBlank(values)) return c.json({ version: 0 });
  try {
    const { item } = await call(caller, saveItem, inputOf(meetingId(c), step, values));
    return c.json({ id: item.id, version: item.version, onAgenda: item.preparedAt !== null, draft: item.draft !== null });
  } catch (error) {
    if (!isForForm(error)) throw error;
    return c.json(
      { error: { code: error.code, message: error.message, fields: error.fields, details: error.details ?? null } },
      errorStatus(error),
    );
  }
}

/** Keeps what was typed as a draft, and shows its form again with what could be asked instead. */
async function keepAndShow(c: WebContext, step: WritingStep, values: FormValues): Promise<Response> {
  try {
    const { item } = await call(c.get("caller"), saveItem, inputOf(meetingId(c), step, values));
    return await again(c, step, { ...values, id: item.id, version: String(item.version) });
  } catch (error) {
    if (isForForm(error)) return again(c, step, values, error);
    throw error;
  }
}

/** POST /meetings/:id/prepare/:step of a writing step. "next" keeps what was typed as a draft and goes on: nothing typed is lost. */
export async function saveStep(c: WebContext, step: WritingStep): Promise<Response> {
  const id = meetingId(c);
  const caller = c.get("caller");
  const posted = await readForm(c);
  const values = step === "growth" ? withGapsFilled(posted) : posted;
  if (requestHeader(c, "accept")?.includes("application/json")) return autosave(c, step, values);
  const act = values["act"] ?? "put";
  if (act === "both") return bothVersions(c, step, values);
  if (act === "improve" || act === "earlier") return reword(c, step, values);
  if (step === "growth" && isQuestionAct(act))
    return askFromPage(c, values, {
      again: (typed, error) => again(c, step, typed, error),
      say: (effect) => sayEffect(c, effect),
    });
  if (step === "growth" && act === "better") return again(c, step, values);
  if (step === "growth" && act === "put" && isDull(values)) return keepAndShow(c, step, values);
  if (act.startsWith("opener-")) return again(c, step, withOpener(values));
  try {
    if (act === "put") sayEffect(c, (await call(caller, putItem, inputOf(id, step, values))).approval);
    else if (!isBlank(values)) await call(caller, saveItem, inputOf(id, step, values));
    const next = neighbour(step, 1) ?? "minutes";
    await call(caller, goToStep, { meetingId: id, step: next });
    return c.redirect(stepPath(id, next), 303);
  } catch (error) {
    if (isForForm(error)) return again(c, step, values, error);
    throw error;
  }
}

/** POST /meetings/:id/prepare/time: seconds measured in the browser (S27). */
export async function saveTime(c: WebContext): Promise<Response> {
  const { seconds = "0" } = await readForm(c);
  return c.json(await call(c.get("caller"), noteTime, { meetingId: meetingId(c), seconds }));
}

export const writingSteps: readonly WritingStep[] = steps.filter(
  (step): step is WritingStep => step !== "carried" && step !== "minutes",
);
