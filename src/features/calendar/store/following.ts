import { newId, type OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import type { CalendarFollowingTable } from "../schema/following.ts";

const followings = (db: Db, owner: OwnerId) =>
  db.selectFrom("calendar_following").selectAll("calendar_following").where("calendar_following.owner_id", "=", owner);

/** Those that still lead their series: not released, and the series was not told to stop following. */
const living = (db: Db, owner: OwnerId) =>
  followings(db, owner)
    .innerJoin("series_lead", (join) =>
      join
        .onRef("series_lead.owner_id", "=", "calendar_following.owner_id")
        .onRef("series_lead.series_id", "=", "calendar_following.series_id"),
    )
    .where("calendar_following.released_at", "is", null);

export function listFollowings(db: Db, owner: OwnerId): Promise<CalendarFollowingTable[]> {
  return living(db, owner).orderBy("calendar_following.confirmed_at").orderBy("calendar_following.id").execute();
}

export function listFollowingsOfSource(db: Db, owner: OwnerId, sourceId: string): Promise<CalendarFollowingTable[]> {
  return living(db, owner)
    .where("calendar_following.source_id", "=", sourceId)
    .orderBy("calendar_following.confirmed_at")
    .orderBy("calendar_following.id")
    .execute();
}

export function listFollowingsOfSeries(db: Db, owner: OwnerId, seriesId: string): Promise<CalendarFollowingTable[]> {
  return living(db, owner)
    .where("calendar_following.series_id", "=", seriesId)
    .orderBy("calendar_following.confirmed_at")
    .orderBy("calendar_following.id")
    .execute();
}

export function readFollowing(db: Db, owner: OwnerId, id: string): Promise<CalendarFollowingTable | undefined> {
  return followings(db, owner).where("calendar_following.id", "=", id).executeTakeFirst();
}

/** Binds an event series to a series of meetings unless it is bound already: then undefined. */
export async function insertFollowing(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  values: Pick<
    CalendarFollowingTable,
    "source_id" | "series_key" | "title" | "fingerprint" | "person_id" | "series_id" | "last_start_at"
  >,
): Promise<CalendarFollowingTable | undefined> {
  const at = instantText(now);
  return tx
    .insertInto("calendar_following")
    .values({ owner_id: owner, id: newId(), ...values, confirmed_at: at, released_at: null, created_at: at, updated_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

export async function updateFollowing(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  values: Partial<Pick<CalendarFollowingTable, "title" | "fingerprint" | "last_start_at" | "released_at">>,
): Promise<void> {
  await tx
    .updateTable("calendar_following")
    .set({ ...values, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .execute();
}

/** Notes the end of those whose series was told to stop following. */
export async function releaseStopped(tx: Tx, owner: OwnerId, now: Temporal.Instant): Promise<void> {
  const at = instantText(now);
  await tx
    .updateTable("calendar_following")
    .set({ released_at: at, updated_at: at })
    .where("owner_id", "=", owner)
    .where("released_at", "is", null)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom("series_lead")
            .select("series_lead.series_id")
            .whereRef("series_lead.owner_id", "=", "calendar_following.owner_id")
            .whereRef("series_lead.series_id", "=", "calendar_following.series_id"),
        ),
      ),
    )
    .execute();
}

/** The UIDs of some followings, by following. */
export async function listUids(db: Db, owner: OwnerId, ids: readonly string[]): Promise<Map<string, Set<string>>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("calendar_followed_uid")
    .select(["following_id", "uid"])
    .where("owner_id", "=", owner)
    .where("following_id", "in", ids)
    .execute();
  const groups = Map.groupBy(rows, (row) => row.following_id);
  return new Map([...groups].map(([id, own]) => [id, new Set(own.map((row) => row.uid))]));
}

export async function addUids(tx: Tx, owner: OwnerId, followingId: string, uids: readonly string[]): Promise<void> {
  if (uids.length === 0) return;
  await tx
    .insertInto("calendar_followed_uid")
    .values(uids.map((uid) => ({ owner_id: owner, following_id: followingId, uid })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
