import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db } from "../../../platform/storage/database.ts";

/** Approved mails that somebody should look at: failed, missed, held, or with an end that nobody knows. */
export function listTroubledMails(db: Db, owner: OwnerId) {
  return db
    .selectFrom("delivery")
    .leftJoin("outbox", (join) => join.onRef("outbox.owner_id", "=", "delivery.owner_id").onRef("outbox.key", "=", "delivery.id"))
    .select([
      "delivery.id",
      "delivery.kind",
      "delivery.to_name",
      "delivery.meeting_starts_at",
      "delivery.held_at",
      "delivery.failed_at",
      "delivery.missed_at",
      "delivery.handed_over_at",
      "delivery.updated_at",
      "outbox.state as outbox_state",
    ])
    .where("delivery.owner_id", "=", owner)
    .where("delivery.sent_at", "is", null)
    .where("delivery.withdrawn_at", "is", null)
    .where((eb) =>
      eb.or([
        eb("delivery.held_at", "is not", null),
        eb("delivery.failed_at", "is not", null),
        eb("delivery.missed_at", "is not", null),
        eb("outbox.state", "=", "unknown"),
      ]),
    )
    .execute();
}
export type TroubledMailRow = Awaited<ReturnType<typeof listTroubledMails>>[number];

/** Agendas that go out by themselves within a span, of meetings whose calendar cannot be read at present. */
export function listStaleLeads(db: Db, owner: OwnerId, { from, until }: { from: Temporal.Instant; until: Temporal.Instant }) {
  return db
    .selectFrom("delivery")
    .innerJoin("meeting", (join) =>
      join.onRef("meeting.owner_id", "=", "delivery.owner_id").onRef("meeting.id", "=", "delivery.meeting_id"),
    )
    .innerJoin("series_lead", (join) =>
      join.onRef("series_lead.owner_id", "=", "meeting.owner_id").onRef("series_lead.series_id", "=", "meeting.series_id"),
    )
    .innerJoin("calendar_following", (join) =>
      join
        .onRef("calendar_following.owner_id", "=", "meeting.owner_id")
        .onRef("calendar_following.series_id", "=", "meeting.series_id")
        .on("calendar_following.released_at", "is", null),
    )
    .innerJoin("calendar_source", (join) =>
      join
        .onRef("calendar_source.owner_id", "=", "calendar_following.owner_id")
        .onRef("calendar_source.id", "=", "calendar_following.source_id"),
    )
    .select([
      "calendar_source.id as source_id",
      "calendar_source.stale_since_at",
      "delivery.id as delivery_id",
      "delivery.to_name",
      "delivery.send_at",
    ])
    .where("delivery.owner_id", "=", owner)
    .where("delivery.kind", "=", "agenda")
    .where("delivery.way", "=", "smtp")
    .where("delivery.sent_at", "is", null)
    .where("delivery.withdrawn_at", "is", null)
    .where("delivery.send_at", ">", instantText(from))
    .where("delivery.send_at", "<", instantText(until))
    .where("calendar_source.stale_since_at", "is not", null)
    .where("calendar_source.removed_at", "is", null)
    .execute();
}

/** The owner's own open promises that fall due between two days, both included. */
export function listOwnPromises(db: Db, owner: OwnerId, { from, until }: { from: string; until: string }) {
  return db
    .selectFrom("commitment")
    .innerJoin("person", (join) =>
      join.onRef("person.owner_id", "=", "commitment.owner_id").onRef("person.id", "=", "commitment.person_id"),
    )
    .select(["commitment.id", "commitment.due_on", "person.name"])
    .where("commitment.owner_id", "=", owner)
    .where("commitment.side", "=", "mine")
    .where("commitment.kept_at", "is", null)
    .where("commitment.dropped_at", "is", null)
    .where("commitment.due_on", ">=", from)
    .where("commitment.due_on", "<=", until)
    .execute();
}

/** Those of the keys that were queued before, whatever became of them. */
export async function listQueuedKeys(db: Db, owner: OwnerId, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await db.selectFrom("outbox").select("key").where("owner_id", "=", owner).where("key", "in", keys).execute();
  return new Set(rows.map((row) => row.key));
}
