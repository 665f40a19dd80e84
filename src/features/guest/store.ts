import type { Db } from "../../platform/storage/database.ts";
import type { GuestLinkTable } from "../answers/index.ts";
import type { GuestScope } from "./schema.ts";

/** The link with this hash, whoever's it is: a guest says no owner. Revoked ones are not found. */
export function readLinkByHash(db: Db, tokenHash: string): Promise<GuestLinkTable | undefined> {
  return db
    .selectFrom("guest_link")
    .selectAll()
    .where("token_hash", "=", tokenHash)
    .where("revoked_at", "is", null)
    .limit(1)
    .executeTakeFirst();
}

/** How much was written on the page of this meeting. */
export async function countWritten(db: Db, scope: GuestScope): Promise<number> {
  const row = await db
    .selectFrom("answer")
    .select((q) => q.fn.countAll<number>().as("written"))
    .where("owner_id", "=", scope.owner)
    .where("meeting_id", "=", scope.meetingId)
    .where("way", "=", "page")
    .executeTakeFirstOrThrow();
  return row.written;
}
