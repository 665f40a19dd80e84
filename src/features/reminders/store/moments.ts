import { sql } from "kysely";
import { instantText } from "../../../platform/clock.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import type { Db } from "../../../platform/storage/database.ts";

/** Meetings that start between two instants, neither included. */
export interface Span {
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
}

/** Meetings with the name of the other person, and everything that tells when either last changed. */
export function listMeetingFacts(db: Db, owner: OwnerId, { from, until }: Span) {
  return db
    .selectFrom("meeting")
    .innerJoin("person", (join) =>
      join.onRef("person.owner_id", "=", "meeting.owner_id").onRef("person.id", "=", "meeting.person_id"),
    )
    .innerJoin("series", (join) =>
      join.onRef("series.owner_id", "=", "meeting.owner_id").onRef("series.id", "=", "meeting.series_id"),
    )
    .leftJoin("recap", (join) =>
      join.onRef("recap.owner_id", "=", "meeting.owner_id").onRef("recap.meeting_id", "=", "meeting.id"),
    )
    .select([
      "meeting.id",
      "meeting.person_id",
      "meeting.starts_at",
      "meeting.zone",
      "meeting.minutes",
      "meeting.cancelled_at",
      "meeting.held_at",
      "meeting.not_held_at",
      "meeting.updated_at",
      "person.name",
      "person.updated_at as person_updated_at",
      "series.updated_at as series_updated_at",
      "recap.started_at as recap_started_at",
      "recap.waived_at as recap_waived_at",
    ])
    .where("meeting.owner_id", "=", owner)
    .where("meeting.starts_at", ">", instantText(from))
    .where("meeting.starts_at", "<", instantText(until))
    .orderBy("meeting.starts_at")
    .orderBy("meeting.id")
    .execute();
}
export type MeetingFactsRow = Awaited<ReturnType<typeof listMeetingFacts>>[number];

/** Every mail of those meetings, withdrawn ones too: that one was withdrawn is a change as well. */
export function listMailFacts(db: Db, owner: OwnerId, { from, until }: Span) {
  return db
    .selectFrom("delivery")
    .innerJoin("meeting", (join) =>
      join.onRef("meeting.owner_id", "=", "delivery.owner_id").onRef("meeting.id", "=", "delivery.meeting_id"),
    )
    .select([
      "delivery.meeting_id",
      "delivery.kind",
      "delivery.way",
      "delivery.send_at",
      "delivery.sent_at",
      "delivery.withdrawn_at",
      "delivery.held_at",
      "delivery.missed_at",
      "delivery.failed_at",
      "delivery.updated_at",
    ])
    .where("delivery.owner_id", "=", owner)
    .where("delivery.kind", "in", ["agenda", "recap"])
    .where("meeting.starts_at", ">", instantText(from))
    .where("meeting.starts_at", "<", instantText(until))
    .execute();
}
export type MailFactsRow = Awaited<ReturnType<typeof listMailFacts>>[number];

/** When the lines of those meetings' recaps last changed: an edit brings a waived recap back. */
export async function listRecapChanges(db: Db, owner: OwnerId, { from, until }: Span): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom("recap_line")
    .innerJoin("meeting", (join) =>
      join.onRef("meeting.owner_id", "=", "recap_line.owner_id").onRef("meeting.id", "=", "recap_line.meeting_id"),
    )
    .select(["recap_line.meeting_id", sql<string>`max(recap_line.updated_at)`.as("changed_at")])
    .where("recap_line.owner_id", "=", owner)
    .where("meeting.starts_at", ">", instantText(from))
    .where("meeting.starts_at", "<", instantText(until))
    .groupBy("recap_line.meeting_id")
    .execute();
  return new Map(rows.map((row) => [row.meeting_id, row.changed_at]));
}

/** What became of every meeting that starts before an instant, the oldest first: whose turn growth is follows from it (S37). */
export function listHappenings(db: Db, owner: OwnerId, until: Temporal.Instant) {
  return db
    .selectFrom("meeting")
    .select(["id", "person_id", "starts_at", "cancelled_at", "held_at", "not_held_at", "updated_at"])
    .where("owner_id", "=", owner)
    .where("starts_at", "<", instantText(until))
    .orderBy("starts_at")
    .orderBy("id")
    .execute();
}
export type HappeningRow = Awaited<ReturnType<typeof listHappenings>>[number];
