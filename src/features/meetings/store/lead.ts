import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import type { MeetingTable, SeriesLeadTable } from "../schema.ts";

export function readLead(db: Db, owner: OwnerId, seriesId: string): Promise<SeriesLeadTable | undefined> {
  return db
    .selectFrom("series_lead")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("series_id", "=", seriesId)
    .executeTakeFirst();
}

export function listLeads(db: Db, owner: OwnerId): Promise<SeriesLeadTable[]> {
  return db.selectFrom("series_lead").selectAll().where("owner_id", "=", owner).orderBy("series_id").execute();
}

/** Lets a series follow from now on; one that does already stays as it is. */
export async function insertLead(tx: Tx, owner: OwnerId, now: Temporal.Instant, seriesId: string): Promise<void> {
  const at = instantText(now);
  await tx
    .insertInto("series_lead")
    .values({
      owner_id: owner,
      series_id: seriesId,
      rhythm: "",
      doubted_zone: null,
      trusted_zone: null,
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.columns(["owner_id", "series_id"]).doNothing())
    .execute();
}

/** Reads the lead in order to follow it: on PostgreSQL a second process waits here until this transaction is over. */
export function lockLead(tx: Tx, owner: OwnerId, seriesId: string): Promise<SeriesLeadTable | undefined> {
  return tx
    .updateTable("series_lead")
    .set((columns) => ({ updated_at: columns.ref("updated_at") }))
    .where("owner_id", "=", owner)
    .where("series_id", "=", seriesId)
    .returningAll()
    .executeTakeFirst();
}

export async function updateLead(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  seriesId: string,
  values: Partial<Pick<SeriesLeadTable, "rhythm" | "doubted_zone" | "trusted_zone">>,
): Promise<void> {
  await tx
    .updateTable("series_lead")
    .set({ ...values, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("series_id", "=", seriesId)
    .execute();
}

/** Answers whether the series followed a calendar until now. */
export async function deleteLead(tx: Tx, owner: OwnerId, seriesId: string): Promise<boolean> {
  const gone = await tx
    .deleteFrom("series_lead")
    .where("owner_id", "=", owner)
    .where("series_id", "=", seriesId)
    .returning("series_id")
    .execute();
  return gone.length > 0;
}

/** Every meeting of a series that starts after an instant, and those among earlier ones that are known by a key of the calendar. */
export function listForFollowing(db: Db, owner: OwnerId, seriesId: string, after: Temporal.Instant): Promise<MeetingTable[]> {
  return db
    .selectFrom("meeting")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("series_id", "=", seriesId)
    .where((where) => where.or([where("starts_at", ">", instantText(after)), where("calendar_key", "is not", null)]))
    .orderBy("starts_at")
    .execute();
}

/** Meetings of a series whose hour is a guess. */
export function listDoubted(db: Db, owner: OwnerId, seriesId: string): Promise<MeetingTable[]> {
  return db
    .selectFrom("meeting")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("series_id", "=", seriesId)
    .where("hour_doubted_at", "is not", null)
    .execute();
}
