import { sql } from "kysely";
import { newId, type OwnerId } from "../../lib/ids.ts";
import { instantText } from "../../platform/clock.ts";
import type { Db, Tx } from "../../platform/storage/database.ts";
import type { PersonTable } from "./schema.ts";

export function listPersonRows(db: Db, owner: OwnerId): Promise<PersonTable[]> {
  return db
    .selectFrom("person")
    .selectAll()
    .where("owner_id", "=", owner)
    .orderBy(sql`case when ended_on is null then 0 else 1 end`)
    .orderBy("ended_on", "desc")
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

export function readPersonRow(db: Db, owner: OwnerId, id: string): Promise<PersonTable | undefined> {
  return db.selectFrom("person").selectAll().where("owner_id", "=", owner).where("id", "=", id).executeTakeFirst();
}

export async function insertPerson(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  values: Pick<PersonTable, "name" | "email" | "role" | "note" | "predecessor_id">,
): Promise<PersonTable> {
  const at = instantText(now);
  const row = { owner_id: owner, id: newId(), ...values, ended_on: null, created_at: at, updated_at: at };
  await tx.insertInto("person").values(row).execute();
  return row;
}

export async function updatePerson(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  changes: Partial<Pick<PersonTable, "name" | "email" | "role" | "note">>,
): Promise<PersonTable | undefined> {
  return tx
    .updateTable("person")
    .set({ ...changes, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

/** Notes the last day unless one is noted: of two at once, one finds nothing to do. */
export function endPersonOnce(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  on: string,
): Promise<PersonTable | undefined> {
  return tx
    .updateTable("person")
    .set({ ended_on: on, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .where("ended_on", "is", null)
    .returningAll()
    .executeTakeFirst();
}
