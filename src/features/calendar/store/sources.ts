import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import type { CalendarSourceTable } from "../schema.ts";

const present = (db: Db, owner: OwnerId) =>
  db.selectFrom("calendar_source").selectAll().where("owner_id", "=", owner).where("removed_at", "is", null);

/** A source that was not removed. */
export function readSource(db: Db, owner: OwnerId, id: string): Promise<CalendarSourceTable | undefined> {
  return present(db, owner).where("id", "=", id).executeTakeFirst();
}

/** All sources that were not removed, oldest first. */
export function listSourceRows(db: Db, owner: OwnerId): Promise<CalendarSourceTable[]> {
  return present(db, owner).orderBy("created_at").orderBy("id").execute();
}

/** Those whose kept text may be out of date: they could not be read. */
export function listStaleRows(db: Db, owner: OwnerId): Promise<CalendarSourceTable[]> {
  return present(db, owner).where("stale_since_at", "is not", null).orderBy("created_at").execute();
}

export async function insertSource(tx: Tx, row: CalendarSourceTable): Promise<void> {
  await tx.insertInto("calendar_source").values(row).execute();
}

/** Changes a source that was not removed; answers whether there was one. */
export async function updateSource(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  values: Partial<CalendarSourceTable>,
): Promise<boolean> {
  const changed = await tx
    .updateTable("calendar_source")
    .set({ ...values, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .where("removed_at", "is", null)
    .returning("id")
    .execute();
  return changed.length > 0;
}

/** A few due sources of any owner that nobody is reading, the longest due first. Reads only: whoever wins `claimSource` reads the source. */
export function dueSources(
  db: Db,
  now: Temporal.Instant,
  limit: number,
): Promise<Pick<CalendarSourceTable, "owner_id" | "id">[]> {
  return db
    .selectFrom("calendar_source")
    .select(["owner_id", "id"])
    .where("next_at", "<=", instantText(now))
    .where("removed_at", "is", null)
    .where((eb) => eb.or([eb("lease_until", "is", null), eb("lease_until", "<=", instantText(now))]))
    .orderBy("next_at")
    .limit(limit)
    .execute();
}

interface Lease {
  readonly token: string;
  readonly until: Temporal.Instant;
  /** Only when it is due; else at any time, when its owner asked for it. */
  readonly whenDue: boolean;
}

/** Takes the lease on a source unless somebody is reading it. Undefined: it is not due, is being read, or is gone. */
export function claimSource(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  { token, until, whenDue }: Lease,
): Promise<CalendarSourceTable | undefined> {
  const at = instantText(now);
  return tx
    .updateTable("calendar_source")
    .set({ lease_token: token, lease_until: instantText(until), last_tried_at: at, updated_at: at })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .where("removed_at", "is", null)
    .where((eb) => eb.or([eb("lease_until", "is", null), eb("lease_until", "<=", at)]))
    .$if(whenDue, (query) => query.where("next_at", "<=", at))
    .returningAll()
    .executeTakeFirst();
}

/** Ends a reading. False: the lease went to somebody else, or the source was removed or given a new address meanwhile. */
export async function finishReading(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  source: Pick<CalendarSourceTable, "id" | "lease_token">,
  values: Partial<CalendarSourceTable>,
): Promise<boolean> {
  const changed = await tx
    .updateTable("calendar_source")
    .set({ ...values, lease_token: null, lease_until: null, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", source.id)
    .where("lease_token", "=", source.lease_token)
    .where("removed_at", "is", null)
    .returning("id")
    .execute();
  return changed.length > 0;
}
