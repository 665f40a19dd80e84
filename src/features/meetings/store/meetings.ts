import { sql } from "kysely";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import type { MeetingTable } from "../schema.ts";

export function readMeetingRow(db: Db, owner: OwnerId, id: string): Promise<MeetingTable | undefined> {
  return db.selectFrom("meeting").selectAll().where("owner_id", "=", owner).where("id", "=", id).executeTakeFirst();
}

/** Reads a meeting in order to change it: on PostgreSQL a second process waits here until this transaction is over. */
export function lockMeetingRow(tx: Tx, owner: OwnerId, id: string): Promise<MeetingTable | undefined> {
  return tx
    .updateTable("meeting")
    .set((columns) => ({ updated_at: columns.ref("updated_at") }))
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

/** The meeting that stands for a day of its series. */
export function readPlannedFor(db: Db, owner: OwnerId, seriesId: string, on: string): Promise<MeetingTable | undefined> {
  return db
    .selectFrom("meeting")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("series_id", "=", seriesId)
    .where("planned_on", "=", on)
    .executeTakeFirst();
}

/** Meetings of a series that start after an instant, in the order of their planned days. */
export function listComingOfSeries(db: Db, owner: OwnerId, seriesId: string, after: Temporal.Instant): Promise<MeetingTable[]> {
  return db
    .selectFrom("meeting")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("series_id", "=", seriesId)
    .where("starts_at", ">", instantText(after))
    .orderBy("planned_on")
    .execute();
}

/** Meetings of every series that begin on a local day or later and were not answered for, by what was agreed: their instants may be wrong. */
export function listComing(db: Db, owner: OwnerId, from: string): Promise<MeetingTable[]> {
  return db
    .selectFrom("meeting")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("local_start", ">=", from)
    .where("held_at", "is", null)
    .where("not_held_at", "is", null)
    .execute();
}

/** Every planned day of a series from a day on, whatever became of its meeting. */
export async function listPlannedDays(db: Db, owner: OwnerId, seriesId: string, from: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom("meeting")
    .select("planned_on")
    .where("owner_id", "=", owner)
    .where("series_id", "=", seriesId)
    .where("planned_on", ">=", from)
    .execute();
  return new Set(rows.map((row) => row.planned_on));
}

/** The last planned day of a series before a day. */
export async function readLastPlannedBefore(
  db: Db,
  owner: OwnerId,
  seriesId: string,
  before: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom("meeting")
    .select("planned_on")
    .where("owner_id", "=", owner)
    .where("series_id", "=", seriesId)
    .where("planned_on", "<", before)
    .orderBy("planned_on", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.planned_on;
}

/** Adds meetings; a day that another process added first is left alone. */
export async function insertMeetings(tx: Tx, rows: readonly MeetingTable[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto("meeting")
    .values(rows)
    .onConflict((conflict) => conflict.columns(["owner_id", "series_id", "planned_on"]).doNothing())
    .execute();
}

export async function deleteMeetings(tx: Tx, owner: OwnerId, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.deleteFrom("meeting").where("owner_id", "=", owner).where("id", "in", ids).execute();
}

type MeetingChanges = Partial<Omit<MeetingTable, "owner_id" | "id" | "series_id" | "person_id" | "created_at">>;

export function updateMeeting(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  changes: MeetingChanges,
): Promise<MeetingTable | undefined> {
  return tx
    .updateTable("meeting")
    .set({ ...changes, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

/** Notes the first time that something was attached to a meeting; later calls change nothing. */
export async function markUsed(tx: Tx, owner: OwnerId, now: Temporal.Instant, id: string): Promise<void> {
  await tx
    .updateTable("meeting")
    .set({ used_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .where("used_at", "is", null)
    .execute();
}

interface MeetingRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly personId?: string | undefined;
  readonly limit?: number | undefined;
  readonly newestFirst?: boolean;
  /** Instants as text, neither included. */
  readonly startsAfter?: string;
  readonly startsBefore?: string;
}

/** Meetings by their local day, `from` and `to` included, or by their instant. */
export function listMeetingRows(db: Db, owner: OwnerId, range: MeetingRange): Promise<MeetingTable[]> {
  let query = db.selectFrom("meeting").selectAll().where("owner_id", "=", owner);
  if (range.from !== undefined) query = query.where("local_start", ">=", range.from);
  if (range.to !== undefined) query = query.where("local_start", "<=", `${range.to}T99`);
  if (range.personId !== undefined) query = query.where("person_id", "=", range.personId);
  if (range.startsAfter !== undefined) query = query.where("starts_at", ">", range.startsAfter);
  if (range.startsBefore !== undefined) query = query.where("starts_at", "<", range.startsBefore);
  if (range.limit !== undefined) query = query.limit(range.limit);
  return query
    .orderBy("starts_at", range.newestFirst ? "desc" : "asc")
    .orderBy("id")
    .execute();
}

/** Meetings nobody has cancelled or answered for, by start. */
export function listPlannedBetween(
  db: Db,
  owner: OwnerId,
  range: { after?: string; before?: string; personId?: string; limit: number; newestFirst?: boolean },
): Promise<MeetingTable[]> {
  let query = db
    .selectFrom("meeting")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("cancelled_at", "is", null)
    .where("held_at", "is", null)
    .where("not_held_at", "is", null)
    .limit(range.limit);
  if (range.after !== undefined) query = query.where("starts_at", ">", range.after);
  if (range.before !== undefined) query = query.where("starts_at", "<=", range.before);
  if (range.personId !== undefined) query = query.where("person_id", "=", range.personId);
  return query
    .orderBy("starts_at", range.newestFirst ? "desc" : "asc")
    .orderBy("id")
    .execute();
}

/** Meetings with one person before an instant, newest first. */
export function listMeetingsBefore(
  db: Db,
  owner: OwnerId,
  personId: string,
  startsAt: string,
  options: { limit: number; heldOnly: boolean },
): Promise<MeetingTable[]> {
  let query = db
    .selectFrom("meeting")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("person_id", "=", personId)
    .where("starts_at", "<", startsAt)
    .limit(options.limit);
  if (options.heldOnly) query = query.where("held_at", "is not", null);
  return query.orderBy("starts_at", "desc").orderBy("id", "desc").execute();
}

/** How many meetings with a person before an instant were held, or are planned and count as if they will be. */
export async function countTowardsGrowth(
  db: Db,
  owner: OwnerId,
  personId: string,
  startsAt: string,
  withPlanned: boolean,
): Promise<number> {
  const row = await db
    .selectFrom("meeting")
    .select(sql<number>`count(*)`.as("found"))
    .where("owner_id", "=", owner)
    .where("person_id", "=", personId)
    .where("starts_at", "<", startsAt)
    .where((where) => {
      const held = where("held_at", "is not", null);
      if (!withPlanned) return held;
      return where.or([held, where.and([where("cancelled_at", "is", null), where("not_held_at", "is", null)])]);
    })
    .executeTakeFirstOrThrow();
  return row.found;
}
