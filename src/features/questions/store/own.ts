import { newId, type OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import type { OwnQuestionTable } from "../schema.ts";

/** The owner's questions, oldest first; retired ones too when asked for. */
export function listOwnRows(db: Db, owner: OwnerId, options: { readonly retired?: boolean } = {}): Promise<OwnQuestionTable[]> {
  return db
    .selectFrom("own_question")
    .selectAll()
    .where("owner_id", "=", owner)
    .$if(!options.retired, (query) => query.where("retired_at", "is", null))
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

export function readOwnRow(db: Db, owner: OwnerId, id: string): Promise<OwnQuestionTable | undefined> {
  return db.selectFrom("own_question").selectAll().where("owner_id", "=", owner).where("id", "=", id).executeTakeFirst();
}

type OwnWords = Pick<OwnQuestionTable, "text" | "uncovers" | "category" | "follow_up">;

export async function insertOwn(tx: Tx, owner: OwnerId, now: Temporal.Instant, words: OwnWords): Promise<OwnQuestionTable> {
  const at = instantText(now);
  const row = { owner_id: owner, id: newId(), ...words, retired_at: null, created_at: at, updated_at: at };
  await tx.insertInto("own_question").values(row).execute();
  return row;
}

export function updateOwn(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  changes: Partial<OwnWords & Pick<OwnQuestionTable, "retired_at">>,
): Promise<OwnQuestionTable | undefined> {
  return tx
    .updateTable("own_question")
    .set({ ...changes, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}
