import { newId, type OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import type { StatedConditionTable } from "../schema.ts";

interface Filter {
  readonly personId?: string | undefined;
  readonly useId?: string | undefined;
  readonly id?: string;
  /** With those that were dropped. */
  readonly all?: boolean;
}

/** Conditions in the order they were stated. */
export function listConditionRows(db: Db, owner: OwnerId, { personId, useId, id, all }: Filter): Promise<StatedConditionTable[]> {
  return db
    .selectFrom("stated_condition")
    .selectAll()
    .where("owner_id", "=", owner)
    .$if(personId !== undefined, (query) => query.where("person_id", "=", personId as string))
    .$if(useId !== undefined, (query) => query.where("question_use_id", "=", useId as string))
    .$if(id !== undefined, (query) => query.where("id", "=", id as string))
    .$if(!all, (query) => query.where("dropped_at", "is", null))
    .orderBy("created_at")
    .orderBy("position")
    .orderBy("id")
    .execute();
}

export async function insertCondition(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  condition: Pick<StatedConditionTable, "person_id" | "question_use_id" | "text" | "position" | "stated_on">,
): Promise<StatedConditionTable> {
  const at = instantText(now);
  const row = {
    owner_id: owner,
    id: newId(),
    ...condition,
    met_on: null,
    evidence: "",
    capture_id: null,
    dropped_at: null,
    created_at: at,
    updated_at: at,
  };
  await tx.insertInto("stated_condition").values(row).execute();
  return row;
}

export function updateCondition(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  changes: Partial<Pick<StatedConditionTable, "met_on" | "evidence" | "capture_id" | "dropped_at">>,
): Promise<StatedConditionTable | undefined> {
  return tx
    .updateTable("stated_condition")
    .set({ ...changes, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}
