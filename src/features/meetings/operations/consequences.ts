import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import { meetingChanged } from "../../delivery/index.ts";
import { requirePerson } from "../../people/index.ts";
import { dropEntry, keepEntry } from "../../record/index.ts";
import { recordLine } from "../rules/meeting.ts";
import type { MeetingTable } from "../schema.ts";
import { updateMeeting } from "../store/meetings.ts";

type Changes = Parameters<typeof updateMeeting>[4];

/** Keeps what the record says about a meeting in step: one entry while it is held, cancelled or moved, none otherwise. */
async function keepRecordInStep(tx: Tx, owner: OwnerId, now: Temporal.Instant, row: MeetingTable): Promise<void> {
  const person = await requirePerson(tx, owner, row.person_id);
  const line = recordLine(row, person.name);
  if (!line) return dropEntry(tx, owner, row.id);
  await keepEntry(tx, owner, now, {
    id: row.id,
    source: "meeting",
    kind: line.kind,
    text: line.text,
    happenedAt: Temporal.Instant.from(line.happenedAt),
    meetingId: row.id,
    personId: row.person_id,
  });
}

/** Tells the mail that waits for this meeting when the meeting begins elsewhere in time now, or not at all, or nobody knows for certain. */
async function tellDelivery(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  before: MeetingTable,
  after: MeetingTable,
): Promise<void> {
  const told = ["starts_at", "zone", "cancelled_at", "hour_doubted_at"] as const;
  if (told.every((column) => before[column] === after[column])) return;
  await meetingChanged(tx, owner, now, {
    meetingId: after.id,
    startsAt: Temporal.Instant.from(after.starts_at),
    zone: after.zone,
    cancelledAt: after.cancelled_at === null ? null : Temporal.Instant.from(after.cancelled_at),
    hourDoubted: after.hour_doubted_at !== null,
  });
}

/** Writes a change of one meeting and everything that follows from it: the record entry and the mail that waits for it. */
export async function changeMeeting(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  before: MeetingTable,
  changes: Changes,
): Promise<MeetingTable> {
  const after = (await updateMeeting(tx, owner, now, before.id, changes)) as MeetingTable;
  await keepRecordInStep(tx, owner, now, after);
  await tellDelivery(tx, owner, now, before, after);
  return after;
}

/** The dates of a cancellation, for `changeMeeting`. */
export function cancelled(now: Temporal.Instant, reason: MeetingTable["cancel_reason"]): Changes {
  return { cancelled_at: instantText(now), cancel_reason: reason };
}
