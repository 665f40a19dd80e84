import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db } from "../../../platform/storage/database.ts";

/** An approved agenda that is about to go out at an hour which comes from a calendar that could not be read. */
export interface DoubtedSend {
  readonly sourceId: string;
  readonly sourceName: string;
  readonly staleSinceAt: string;
  readonly toName: string;
  readonly sendAt: string;
}

/** Agendas due until `until` for meetings that follow a stale calendar, in the order of their hours. */
export async function listDoubtedSends(
  db: Db,
  owner: OwnerId,
  now: Temporal.Instant,
  until: Temporal.Instant,
): Promise<DoubtedSend[]> {
  const rows = await db
    .selectFrom("calendar_source")
    .innerJoin("calendar_following", (join) =>
      join
        .onRef("calendar_following.owner_id", "=", "calendar_source.owner_id")
        .onRef("calendar_following.source_id", "=", "calendar_source.id"),
    )
    .innerJoin("meeting", (join) =>
      join
        .onRef("meeting.owner_id", "=", "calendar_following.owner_id")
        .onRef("meeting.series_id", "=", "calendar_following.series_id"),
    )
    .innerJoin("delivery", (join) =>
      join.onRef("delivery.owner_id", "=", "meeting.owner_id").onRef("delivery.meeting_id", "=", "meeting.id"),
    )
    .select([
      "calendar_source.id as sourceId",
      "calendar_source.name as sourceName",
      "calendar_source.stale_since_at as staleSinceAt",
      "delivery.to_name as toName",
      "delivery.send_at as sendAt",
    ])
    .where("calendar_source.owner_id", "=", owner)
    .where("calendar_source.removed_at", "is", null)
    .where("calendar_source.stale_since_at", "is not", null)
    .where("calendar_following.released_at", "is", null)
    .where("meeting.starts_at", ">", instantText(now))
    .where("delivery.kind", "=", "agenda")
    .where("delivery.sent_at", "is", null)
    .where("delivery.withdrawn_at", "is", null)
    .where("delivery.send_at", "<=", instantText(until))
    .orderBy("delivery.send_at")
    .execute();
  return rows.map((row) => ({ ...row, staleSinceAt: row.staleSinceAt ?? instantText(now) }));
}
