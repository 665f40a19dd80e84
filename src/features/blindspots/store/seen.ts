import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import type { SeenRatingTable } from "../schema.ts";

export function readRating(db: Db, owner: OwnerId, meetingId: string): Promise<SeenRatingTable | undefined> {
  return db
    .selectFrom("seen_rating")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("meeting_id", "=", meetingId)
    .executeTakeFirst();
}

/** One rating a meeting: another tap changes it, and the note stays unless it is given too. */
export async function keepRating(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  meetingId: string,
  rating: number,
  note: string | undefined,
): Promise<SeenRatingTable> {
  const at = instantText(now);
  return tx
    .insertInto("seen_rating")
    .values({ owner_id: owner, meeting_id: meetingId, rating, note: note ?? "", rated_at: at })
    .onConflict((conflict) =>
      conflict.columns(["owner_id", "meeting_id"]).doUpdateSet({ rating, rated_at: at, ...(note === undefined ? {} : { note }) }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The last ratings of the talks with a person, in the order of the talks. */
export async function listRatings(
  db: Db,
  owner: OwnerId,
  personId: string,
  limit: number,
): Promise<(SeenRatingTable & { readonly starts_at: string })[]> {
  const rows = await db
    .selectFrom("seen_rating")
    .innerJoin("meeting", (join) =>
      join.onRef("meeting.owner_id", "=", "seen_rating.owner_id").onRef("meeting.id", "=", "seen_rating.meeting_id"),
    )
    .selectAll("seen_rating")
    .select("meeting.starts_at")
    .where("seen_rating.owner_id", "=", owner)
    .where("meeting.person_id", "=", personId)
    .orderBy("meeting.starts_at", "desc")
    .limit(limit)
    .execute();
  return rows.toReversed();
}
