import { newId, type OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import type { CalendarObjectTable, CalendarSnapshotTable } from "../schema.ts";

/** The present text and the last good one before it. */
const KEPT_SNAPSHOTS = 2;
const FEW = 200;

const snapshots = (db: Db, owner: OwnerId, sourceId: string) =>
  db
    .selectFrom("calendar_snapshot")
    .where("owner_id", "=", owner)
    .where("source_id", "=", sourceId)
    .orderBy("read_at", "desc")
    .orderBy("id", "desc");

/** The text of the last reading that was believed. */
export function presentSnapshot(db: Db, owner: OwnerId, sourceId: string): Promise<CalendarSnapshotTable | undefined> {
  return snapshots(db, owner, sourceId).selectAll().limit(1).executeTakeFirst();
}

export async function presentHash(db: Db, owner: OwnerId, sourceId: string): Promise<string | undefined> {
  return (await snapshots(db, owner, sourceId).select("text_hash").limit(1).executeTakeFirst())?.text_hash;
}

export function listObjects(db: Db, owner: OwnerId, sourceId: string): Promise<CalendarObjectTable[]> {
  return db
    .selectFrom("calendar_object")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("source_id", "=", sourceId)
    .orderBy("href")
    .execute();
}

/** The ICS texts of a source as they are at present: one of an address or a file, one an object of a CalDAV calendar. */
export async function sourceTexts(db: Db, owner: OwnerId, sourceId: string): Promise<string[]> {
  const snapshot = await presentSnapshot(db, owner, sourceId);
  if (snapshot) return [snapshot.text];
  return (await listObjects(db, owner, sourceId)).map((one) => one.text);
}

/** Keeps a text as the present one and prunes what is older than the one before. */
export async function keepSnapshot(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  sourceId: string,
  { text, hash }: { readonly text: string; readonly hash: string },
): Promise<void> {
  await tx
    .insertInto("calendar_snapshot")
    .values({ owner_id: owner, id: newId(), source_id: sourceId, text, text_hash: hash, read_at: instantText(now) })
    .execute();
  const kept = await snapshots(tx, owner, sourceId).select("id").limit(KEPT_SNAPSHOTS).execute();
  await tx
    .deleteFrom("calendar_snapshot")
    .where("owner_id", "=", owner)
    .where("source_id", "=", sourceId)
    .where(
      "id",
      "not in",
      kept.map((one) => one.id),
    )
    .execute();
}

/** What a reading of a CalDAV calendar changed. */
export interface ObjectChanges {
  readonly put: readonly { readonly href: string; readonly etag: string | null; readonly text: string }[];
  readonly gone: readonly string[];
}

export async function changeObjects(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  sourceId: string,
  { put, gone }: ObjectChanges,
): Promise<void> {
  for (let from = 0; from < gone.length; from += FEW) {
    await tx
      .deleteFrom("calendar_object")
      .where("owner_id", "=", owner)
      .where("source_id", "=", sourceId)
      .where("href", "in", gone.slice(from, from + FEW))
      .execute();
  }
  const read_at = instantText(now);
  for (let from = 0; from < put.length; from += FEW) {
    const rows = put.slice(from, from + FEW).map((one) => ({ owner_id: owner, source_id: sourceId, read_at, ...one }));
    await tx
      .insertInto("calendar_object")
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(["owner_id", "source_id", "href"]).doUpdateSet((eb) => ({
          etag: eb.ref("excluded.etag"),
          text: eb.ref("excluded.text"),
          read_at: eb.ref("excluded.read_at"),
        })),
      )
      .execute();
  }
}

/** Forgets every text of a source. */
export async function forgetTexts(tx: Tx, owner: OwnerId, sourceId: string): Promise<void> {
  await tx.deleteFrom("calendar_snapshot").where("owner_id", "=", owner).where("source_id", "=", sourceId).execute();
  await tx.deleteFrom("calendar_object").where("owner_id", "=", owner).where("source_id", "=", sourceId).execute();
}
