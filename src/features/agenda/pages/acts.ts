import { AppError } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import { type FormValues, readForm } from "../../../surfaces/web/kit/form.ts";
import { leaveNotice } from "../../../surfaces/web/kit/notice.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import { readyAgenda } from "../operations/approving.ts";
import { orderItems, setMinutes, trimAgenda } from "../operations/arranging.ts";
import { chooseCapture, writeStatus } from "../operations/choosing.ts";
import { discardDraft, letGo, prepareItem, putAway, removeItem, restoreItem } from "../operations/items.ts";
import type { ApprovalEffect, Step } from "../schema.ts";
import { isStep, meetingId, preparationOf, stepPath } from "./frame.ts";
import { minutesStep } from "./minutes-step.ts";
import { sayEffect } from "./saving.ts";
import { stepPage } from "./step.ts";

function stepOf(values: FormValues): Step {
  const step = values["step"] ?? "";
  return isStep(step) ? step : "minutes";
}

/** Goes back to the step; a refusal (a version that changed, nothing to put) is said there, and nothing else is touched. */
async function backTo(c: WebContext, step: Step, work: () => Promise<ApprovalEffect>): Promise<Response> {
  try {
    sayEffect(c, await work());
  } catch (error) {
    if (!(error instanceof AppError) || (error.code !== "invalid" && error.code !== "conflict")) throw error;
    leaveNotice(c, error.fields[0]?.message ?? error.message);
  }
  return c.redirect(stepPath(meetingId(c), step), 303);
}

const itemActs = {
  put: prepareItem,
  away: putAway,
  discard: discardDraft,
  out: removeItem,
  back: restoreItem,
  "let-go": letGo,
} as const;

function isItemAct(name: string): name is keyof typeof itemActs {
  return Object.hasOwn(itemActs, name);
}

/** POST /meetings/:id/agenda/items/:itemId */
export async function actOnItem(c: WebContext): Promise<Response> {
  const values = await readForm(c);
  const name = values["act"] ?? "";
  const id = c.req.param("itemId") ?? "";
  const caller = c.get("caller");
  return backTo(c, stepOf(values), async () => {
    if (!isItemAct(name)) throw new AppError("invalid", "This is not something that can be done with an item.");
    const operation = itemActs[name] as typeof removeItem;
    const { approval } = await call(caller, operation, { id });
    return approval;
  });
}

/** POST /meetings/:id/agenda/captures */
export async function chooseFromJournal(c: WebContext): Promise<Response> {
  const values = await readForm(c);
  const kind = (["win", "challenge", "growth", "topic"] as const).find((one) => one === values["kind"]);
  const input = { meetingId: meetingId(c), captureId: values["captureId"] ?? "", ...(kind ? { kind } : {}) };
  return backTo(c, stepOf(values), async () => (await call(c.get("caller"), chooseCapture, input)).approval);
}

/** POST /meetings/:id/agenda/status */
export async function saveStatus(c: WebContext): Promise<Response> {
  const { status = "" } = await readForm(c);
  return backTo(
    c,
    "topics",
    async () => (await call(c.get("caller"), writeStatus, { meetingId: meetingId(c), text: status })).approval,
  );
}

const MINUTES_FIELD = "minutes-";

function postedMinutes(values: FormValues): { id: string; minutes: string }[] {
  return Object.entries(values).flatMap(([name, minutes]) =>
    name.startsWith(MINUTES_FIELD) ? [{ id: name.slice(MINUTES_FIELD.length), minutes }] : [],
  );
}

/** The message of `minutes.3.minutes` belongs to the field that the page calls `minutes-ID`. */
function besideFields(error: AppError, posted: readonly { id: string }[]): AppError {
  const fields = error.fields.map(({ field, message }) => {
    const index = /^minutes\.(\d+)\./u.exec(field)?.[1];
    return { field: index === undefined ? field : `${MINUTES_FIELD}${posted[Number(index)]?.id ?? ""}`, message };
  });
  return new AppError(error.code, error.message, { fields });
}

/** Moves an item by one place; gives where the focus belongs on the page that follows: the same button, or its twin at an end. */
async function moveItem(c: WebContext, act: string): Promise<string> {
  const [way = "", id = ""] = act.split(":");
  const { agenda } = await preparationOf(c);
  const ids = agenda.items
    .filter((item) => item.preparedAt !== null && !["need", "growth", "status"].includes(item.kind))
    .map((item) => item.id);
  const from = ids.indexOf(id);
  const to = from + (way === "up" ? -1 : 1);
  if (from === -1 || to < 0 || to >= ids.length) return "";
  ids.splice(to, 0, ...ids.splice(from, 1));
  const { approval } = await call(c.get("caller"), orderItems, { meetingId: meetingId(c), ids });
  sayEffect(c, approval);
  if (to === 0) return `#down-${id}`;
  return to === ids.length - 1 ? `#up-${id}` : `#${way}-${id}`;
}

async function trim(c: WebContext): Promise<void> {
  sayEffect(c, (await call(c.get("caller"), trimAgenda, { meetingId: meetingId(c) })).approval);
}

/** POST /meetings/:id/prepare/minutes: saves what was typed, then moves an item, makes it fit, or goes on to the mail. */
export async function saveMinutes(c: WebContext): Promise<Response> {
  const values = await readForm(c);
  const id = meetingId(c);
  const act = values["act"] ?? "save";
  const posted = postedMinutes(values);
  try {
    const { approval } = await call(c.get("caller"), setMinutes, { meetingId: id, minutes: posted });
    sayEffect(c, approval);
    if (act.includes(":")) return c.redirect(`${stepPath(id, "minutes")}${await moveItem(c, act)}`, 303);
    if (act === "trim") await trim(c);
    if (act !== "ready") return c.redirect(stepPath(id, "minutes"), 303);
    await call(c.get("caller"), readyAgenda, { meetingId: id });
    return c.redirect(`/meetings/${id}/agenda`, 303);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid") throw error;
    const beside = besideFields(error, posted);
    const preparation = await preparationOf(c);
    return stepPage(c, preparation, "minutes", undefined, { body: minutesStep(preparation, values, beside), error: beside });
  }
}
