import { newId, type OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import type { CardEntryRevisionTable, CardEntryTable, CardWording } from "../schema.ts";

/** Every entry of a person's card, deleted ones too, the latest first. */
export function listEntries(db: Db, owner: OwnerId, personId: string): Promise<CardEntryTable[]> {
  return db
    .selectFrom("card_entry")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("person_id", "=", personId)
    .orderBy("noted_on", "desc")
    .orderBy("id", "desc")
    .execute();
}

export function readEntry(db: Db, owner: OwnerId, id: string): Promise<CardEntryTable | undefined> {
  return db.selectFrom("card_entry").selectAll().where("owner_id", "=", owner).where("id", "=", id).executeTakeFirst();
}

export async function insertEntry(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  entry: CardWording & { readonly personId: string; readonly notedOn: string },
): Promise<CardEntryTable> {
  const { personId, notedOn, category, text, timing, channel, depth } = entry;
  const at = instantText(now);
  const row = {
    owner_id: owner,
    id: newId(),
    person_id: personId,
    category,
    text,
    timing,
    channel,
    depth,
    noted_on: notedOn,
    deleted_at: null,
    created_at: at,
    updated_at: at,
  };
  await tx.insertInto("card_entry").values(row).execute();
  return row;
}

/** `updated_at` is the moment of the wording: only a new wording moves it. */
export function changeEntry(
  tx: Tx,
  owner: OwnerId,
  id: string,
  changes: Partial<Omit<CardEntryTable, "owner_id" | "id" | "person_id" | "created_at">>,
): Promise<CardEntryTable> {
  return tx
    .updateTable("card_entry")
    .set(changes)
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Keeps the wording that an edit is about to replace, with the moment it was written. */
export async function keepRevision(tx: Tx, owner: OwnerId, row: CardEntryTable): Promise<void> {
  const { category, text, timing, channel, depth } = row;
  await tx
    .insertInto("card_entry_revision")
    .values({
      owner_id: owner,
      id: newId(),
      card_entry_id: row.id,
      category,
      text,
      timing,
      channel,
      depth,
      written_at: row.updated_at,
    })
    .execute();
}

/** Earlier wordings, the latest first. */
export function listRevisions(db: Db, owner: OwnerId, entryId: string): Promise<CardEntryRevisionTable[]> {
  return db
    .selectFrom("card_entry_revision")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("card_entry_id", "=", entryId)
    .orderBy("written_at", "desc")
    .orderBy("id", "desc")
    .execute();
}
