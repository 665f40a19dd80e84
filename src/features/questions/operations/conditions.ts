import { dayIn } from "../../../lib/dates.ts";
import { AppError, invalidField, notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { readOperation, writeOperation } from "../../../platform/operation.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import { readOwner } from "../../account/index.ts";
import { requireCapture } from "../../journal/index.ts";
import { requirePerson } from "../../people/index.ts";
import { conditionChanges } from "../rules/conditions.ts";
import {
  AddConditionInput,
  Condition,
  ConditionId,
  Conditions,
  ConditionsInput,
  MeetInput,
  type QuestionUse,
  type StatedConditionTable,
} from "../schema.ts";
import { insertCondition, listConditionRows, updateCondition } from "../store/conditions.ts";
import { listUseRows } from "../store/uses.ts";

function toCondition(row: StatedConditionTable): Condition {
  return {
    id: row.id,
    personId: row.person_id,
    useId: row.question_use_id,
    text: row.text,
    statedOn: row.stated_on,
    metOn: row.met_on,
    evidence: row.evidence,
    captureId: row.capture_id,
  };
}

/** The condition of a row, or AppError `not_found` without one: also when it is somebody else's. */
function conditionOrRefuse(row: StatedConditionTable | undefined): Condition {
  if (!row) throw notFound("This condition");
  return toCondition(row);
}

/** The conditions of an answer follow its lines; what has evidence stays whatever the new words are (S43). */
export async function stateConditions(tx: Tx, owner: OwnerId, now: Temporal.Instant, use: QuestionUse): Promise<void> {
  const present = await listConditionRows(tx, owner, { useId: use.id, all: true });
  const { add, drop } = conditionChanges(use.answer, present);
  const { zone } = await readOwner(tx, owner);
  for (const [index, text] of add.entries())
    await insertCondition(tx, owner, now, {
      person_id: use.personId,
      question_use_id: use.id,
      text,
      position: present.length + index,
      stated_on: dayIn(zone, now).toString(),
    });
  for (const id of drop) await updateCondition(tx, owner, now, id, { dropped_at: instantText(now) });
}

/** What a person said would have to be true, and how much of it is. */
export async function conditionsOf(db: Db, owner: OwnerId, personId?: string): Promise<typeof Conditions._output> {
  const conditions = (await listConditionRows(db, owner, { personId })).map(toCondition);
  return { conditions, met: conditions.filter((one) => one.metOn !== null).length, total: conditions.length };
}

export const listConditions = readOperation({
  name: "questions.conditions",
  summary: "List what people said would have to be true, with evidence and dates, and how many are met",
  input: ConditionsInput,
  output: Conditions,
  assistant: true,
  async run({ owner, db }, { personId }) {
    if (personId !== undefined) await requirePerson(db, owner, personId);
    return conditionsOf(db, owner, personId);
  },
});

export const showCondition = readOperation({
  name: "questions.showCondition",
  summary: "Show one condition with what shows that it is met",
  input: ConditionId,
  output: Condition,
  assistant: true,
  async run({ owner, db }, { id }) {
    const [row] = await listConditionRows(db, owner, { id, all: true });
    return conditionOrRefuse(row);
  },
});

async function changed(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  changes: Parameters<typeof updateCondition>[4],
): Promise<Condition> {
  return conditionOrRefuse(await updateCondition(tx, owner, now, id, changes));
}

export const addCondition = writeOperation({
  name: "questions.addCondition",
  summary: "Add a condition to those that an answer stated",
  input: AddConditionInput,
  output: Condition,
  assistant: true,
  async run({ owner, tx, now }, { useId, text }) {
    const [use] = await listUseRows(tx, owner, { id: useId });
    if (!use) throw notFound("This question");
    const { zone } = await readOwner(tx, owner);
    const row = await insertCondition(tx, owner, now, {
      person_id: use.person_id,
      question_use_id: useId,
      text,
      position: (await listConditionRows(tx, owner, { useId, all: true })).length,
      stated_on: dayIn(zone, now).toString(),
    });
    return toCondition(row);
  },
});

export const meetCondition = writeOperation({
  name: "questions.meetCondition",
  summary: "Note that a condition is met, since when, and what shows it",
  input: MeetInput,
  output: Condition,
  assistant: true,
  async run({ owner, tx, now }, { id, metOn, evidence, captureId }) {
    if (typeof captureId === "string" && (await requireCapture(tx, owner, captureId)).deletedAt !== null)
      throw new AppError("conflict", "This entry was deleted from your journal. Restore it first.");
    const { zone } = await readOwner(tx, owner);
    const today = dayIn(zone, now).toString();
    if (metOn !== undefined && metOn > today) throw invalidField("metOn", "This day is still to come. Note it when it is met.");
    return changed(tx, owner, now, id, {
      met_on: metOn ?? today,
      evidence,
      ...(captureId === undefined ? {} : { capture_id: captureId }),
    });
  },
});

export const reopenCondition = writeOperation({
  name: "questions.reopenCondition",
  summary: "Note that a condition is open again; its evidence stays",
  input: ConditionId,
  output: Condition,
  assistant: true,
  run: ({ owner, tx, now }, { id }) => changed(tx, owner, now, id, { met_on: null, dropped_at: null }),
});

export const dropCondition = writeOperation({
  name: "questions.dropCondition",
  summary: "Take a condition off the list; opening it again brings it back",
  input: ConditionId,
  output: Condition,
  assistant: true,
  run: ({ owner, tx, now }, { id }) => changed(tx, owner, now, id, { dropped_at: instantText(now) }),
});
