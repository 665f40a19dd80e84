import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { hold, reschedule } from "../../../platform/outbox/index.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import { HOUR_IN_DOUBT, namesTheDay, planSend, replan } from "../rules.ts";
import { type DeliveryRow, readLiveDelivery, updateMeetingFacts, updateUnsent } from "../store.ts";
import { withdrawApproval } from "./approving.ts";

/** What became of a meeting. */
export interface MeetingChange {
  readonly meetingId: string;
  readonly startsAt: Temporal.Instant;
  /** The meeting's IANA zone. */
  readonly zone: string;
  readonly cancelledAt: Temporal.Instant | null;
  /** Its hour is a guess: nothing goes out by itself before the owner has confirmed it. */
  readonly hourDoubted?: boolean;
}

const TOO_CLOSE = "The meeting moved, and a full day ahead is no longer possible. Send it now, or take it along.";

/** The words stay approved, the hour follows the meeting. Mails on the line are left alone: the row decides. */
async function moveQueued(tx: Tx, owner: OwnerId, now: Temporal.Instant, row: DeliveryRow, change: MeetingChange): Promise<void> {
  const { startsAt, zone, hourDoubted = false } = change;
  const next = replan({ startsAt, zone, now, chosen: row.chosen_send_at });
  const held = hourDoubted || next === "late";
  const sendAt = next === "late" ? planSend({ startsAt, zone, now }).sendAt : next;
  if (row.way === "smtp" && row.failed_at === null && row.missed_at === null) {
    const moved = held
      ? await hold(tx, owner, now, row.id, hourDoubted ? HOUR_IN_DOUBT : TOO_CLOSE, startsAt)
      : await reschedule(tx, owner, now, row.id, { dueAt: sendAt, expiresAt: startsAt });
    if (!moved) return;
  }
  const told = instantText(startsAt);
  const asks = held && row.way === "smtp";
  await updateUnsent(tx, owner, now, row.id, {
    send_at: instantText(sendAt),
    held_at: asks ? instantText(now) : null,
    held_reason: asks && hourDoubted ? "doubt" : null,
    told_starts_at: told,
    told_cancelled_at: null,
  });
}

/**
 * Follows a meeting that was moved, cancelled or restored (the fault table of the delivery design):
 * before the send an agenda is planned again; when a day ahead is no longer possible, or the approved words name the old day,
 * its owner decides; a cancelled meeting withdraws what waits. After the send nothing goes out by itself; a note is offered.
 */
export async function meetingChanged(tx: Tx, owner: OwnerId, now: Temporal.Instant, change: MeetingChange): Promise<void> {
  const { meetingId, startsAt, zone, cancelledAt } = change;
  if (cancelledAt) await withdrawApproval(tx, owner, now, meetingId, "recap");
  const before = await readLiveDelivery(tx, owner, meetingId, "agenda");
  if (!before) return;
  const facts = {
    meeting_starts_at: instantText(startsAt),
    meeting_zone: zone,
    meeting_cancelled_at: cancelledAt && instantText(cancelledAt),
  };
  const stale =
    before.meeting_starts_at !== facts.meeting_starts_at &&
    namesTheDay(before.text_body, Temporal.Instant.from(before.meeting_starts_at), before.meeting_zone);
  if (cancelledAt || stale) await withdrawApproval(tx, owner, now, meetingId, "agenda");
  else if (before.sent_at === null) await moveQueued(tx, owner, now, before, change);
  await updateMeetingFacts(tx, owner, now, before.id, facts);
}
