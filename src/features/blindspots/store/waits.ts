import { newId, type OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import type { Wait, WaitAnswerTable, WaitsCheckTable } from "../schema.ts";

/** The last time the four questions were answered or put off. */
export function readLatestCheck(db: Db, owner: OwnerId): Promise<WaitsCheckTable | undefined> {
  return db
    .selectFrom("waits_check")
    .selectAll()
    .where("owner_id", "=", owner)
    .orderBy("checked_on", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** The answered checks, the latest first. */
export function listChecks(db: Db, owner: OwnerId): Promise<WaitsCheckTable[]> {
  return db
    .selectFrom("waits_check")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("answered_at", "is not", null)
    .orderBy("checked_on", "desc")
    .limit(40)
    .execute();
}

export async function listAnswers(db: Db, owner: OwnerId, checkIds: readonly string[]): Promise<WaitAnswerTable[]> {
  if (checkIds.length === 0) return [];
  return db
    .selectFrom("wait_answer")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("check_id", "in", checkIds)
    .orderBy("id")
    .execute();
}

/** The check of a day: the same one however often the form of that day is sent. */
export async function keepCheck(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  on: string,
  changes: Partial<Pick<WaitsCheckTable, "answered_at" | "skipped_at">>,
): Promise<WaitsCheckTable> {
  const fresh = { id: newId(), checked_on: on, answered_at: null, skipped_at: null, created_at: instantText(now) };
  return tx
    .insertInto("waits_check")
    .values({ owner_id: owner, ...fresh, ...changes })
    .onConflict((conflict) => conflict.columns(["owner_id", "checked_on"]).doUpdateSet(changes))
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Writes an answer, or changes the one of the same check: its id stays, so a yes given twice is one proposal. */
export async function keepAnswer(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  answer: { readonly checkId: string; readonly wait: Wait; readonly answer: "yes" | "no" },
): Promise<void> {
  const at = instantText(now);
  await tx
    .insertInto("wait_answer")
    .values({
      owner_id: owner,
      id: newId(),
      check_id: answer.checkId,
      wait: answer.wait,
      answer: answer.answer,
      taken_at: null,
      dismissed_at: null,
      answered_at: at,
    })
    .onConflict((conflict) =>
      conflict.columns(["owner_id", "check_id", "wait"]).doUpdateSet({ answer: answer.answer, answered_at: at }),
    )
    .execute();
}

export function readAnswer(db: Db, owner: OwnerId, id: string): Promise<WaitAnswerTable | undefined> {
  return db.selectFrom("wait_answer").selectAll().where("owner_id", "=", owner).where("id", "=", id).executeTakeFirst();
}

export async function markAnswer(
  tx: Tx,
  owner: OwnerId,
  id: string,
  changes: Partial<Pick<WaitAnswerTable, "taken_at" | "dismissed_at">>,
): Promise<void> {
  await tx.updateTable("wait_answer").set(changes).where("owner_id", "=", owner).where("id", "=", id).execute();
}
