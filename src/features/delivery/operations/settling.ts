import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import { keepEntry, noteTelling } from "../../record/index.ts";
import { leadMinutes } from "../rules.ts";
import { type DeliveryRow, putThread, readCaptureIds, updateUnsent } from "../store.ts";

/**
 * Everything that becomes true when a mail was sent, in one transaction: when, how far ahead, what was told to whom (S13), the entry
 * in the record, and the mail that later ones in the thread answer. Does nothing when the mail already counts as sent.
 */
export async function recordSent(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  row: DeliveryRow,
  sentAt: Temporal.Instant,
): Promise<boolean> {
  const changed = await updateUnsent(tx, owner, now, row.id, {
    sent_at: instantText(sentAt),
    lead_minutes: leadMinutes(row.kind, row.meeting_starts_at, sentAt),
    held_at: null,
    missed_at: null,
    failed_at: null,
    fail_reason: null,
  });
  if (!changed) return false;
  const about = { personId: row.person_id, meetingId: row.meeting_id, deliveryId: row.id };
  // One after the other: a transaction is one connection.
  for (const captureId of await readCaptureIds(tx, owner, row.id))
    await noteTelling(tx, owner, { ...about, captureId, channel: row.kind, toldAt: sentAt });
  await keepEntry(tx, owner, now, {
    ...about,
    id: row.id,
    source: "told",
    kind: row.kind,
    text: row.text_body,
    happenedAt: sentAt,
  });
  // Only what went out by our own hand carries our Message-ID: a mail program makes a new one.
  await putThread(tx, owner, now, {
    personId: row.person_id,
    subject: row.subject,
    messageId: row.way === "smtp" ? row.message_id : null,
  });
  return true;
}

/** Notes why a mail did not go out. */
export async function recordEnd(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  row: DeliveryRow,
  end: "failed" | "missed",
  reason: string | null,
): Promise<void> {
  const at = instantText(now);
  const values =
    end === "failed" ? { failed_at: at, fail_reason: reason } : { missed_at: at, fail_reason: reason, held_at: null };
  await updateUnsent(tx, owner, now, row.id, values);
}
