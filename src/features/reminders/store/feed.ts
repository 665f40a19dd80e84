import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import type { CalendarFeedTable } from "../schema.ts";

/** The feed that its owner has now, if any. */
export function readFeed(db: Db, owner: OwnerId): Promise<CalendarFeedTable | undefined> {
  return db
    .selectFrom("calendar_feed")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
}

/** The feed that a token opens, whoever it belongs to: nothing else is known of a calendar program. */
export function findFeed(db: Db, tokenHash: string): Promise<CalendarFeedTable | undefined> {
  return db
    .selectFrom("calendar_feed")
    .selectAll()
    .where("token_hash", "=", tokenHash)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
}

/** Keeps a new feed; another one that was made at the same moment stays instead. */
export async function insertFeed(tx: Tx, row: CalendarFeedTable): Promise<void> {
  await tx
    .insertInto("calendar_feed")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Ends every feed that an owner has. */
export async function revokeFeeds(tx: Tx, owner: OwnerId, now: Temporal.Instant): Promise<void> {
  await tx
    .updateTable("calendar_feed")
    .set({ revoked_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("revoked_at", "is", null)
    .execute();
}
