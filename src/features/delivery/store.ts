import type { OwnerId } from "../../lib/ids.ts";
import { instantText } from "../../platform/clock.ts";
import type { OutboxState } from "../../platform/outbox/index.ts";
import type { Db, Tx } from "../../platform/storage/database.ts";
import type { DeliveryKind, DeliveryTable, MailThreadTable } from "./schema.ts";

/** A delivery with what the outbox knows about it; the outbox columns are null for mails that go out by hand. */
export interface DeliveryRow extends DeliveryTable {
  outbox_state: OutboxState | null;
  attempts: number | null;
  last_error: string | null;
  next_at: string | null;
}

function deliveries(db: Db, owner: OwnerId) {
  return db
    .selectFrom("delivery")
    .leftJoin("outbox", (join) => join.onRef("outbox.owner_id", "=", "delivery.owner_id").onRef("outbox.key", "=", "delivery.id"))
    .selectAll("delivery")
    .select(["outbox.state as outbox_state", "outbox.attempts", "outbox.last_error", "outbox.next_at"])
    .where("delivery.owner_id", "=", owner);
}

export function readDelivery(db: Db, owner: OwnerId, id: string): Promise<DeliveryRow | undefined> {
  return deliveries(db, owner).where("delivery.id", "=", id).executeTakeFirst();
}

/** The approved mail of a meeting: there is at most one agenda and one recap. */
export function readLiveDelivery(
  db: Db,
  owner: OwnerId,
  meetingId: string,
  kind: DeliveryKind,
): Promise<DeliveryRow | undefined> {
  return deliveries(db, owner)
    .where("delivery.meeting_id", "=", meetingId)
    .where("delivery.kind", "=", kind)
    .where("delivery.withdrawn_at", "is", null)
    .orderBy("delivery.approved_at", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** Whether the last approval of a meeting's mail was withdrawn because the meeting moved away from the day that the words name. */
export async function wasWithdrawnByMove(db: Db, owner: OwnerId, meetingId: string, kind: DeliveryKind): Promise<boolean> {
  const last = await db
    .selectFrom("delivery")
    .select(["withdrawn_at", "meeting_starts_at", "told_starts_at"])
    .where("owner_id", "=", owner)
    .where("meeting_id", "=", meetingId)
    .where("kind", "=", kind)
    .orderBy("approved_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return last !== undefined && last.withdrawn_at !== null && last.meeting_starts_at !== last.told_starts_at;
}

export function listDeliveryRows(
  db: Db,
  owner: OwnerId,
  filter: { readonly meetingId?: string | undefined; readonly personId?: string | undefined },
  limit: number,
): Promise<DeliveryRow[]> {
  return deliveries(db, owner)
    .$if(filter.meetingId !== undefined, (query) => query.where("delivery.meeting_id", "=", filter.meetingId as string))
    .$if(filter.personId !== undefined, (query) => query.where("delivery.person_id", "=", filter.personId as string))
    .orderBy("delivery.approved_at", "desc")
    .orderBy("delivery.id", "desc")
    .limit(limit)
    .execute();
}

export async function hasDraftFolder(db: Db, owner: OwnerId): Promise<boolean> {
  return (await db.selectFrom("draft_folder").select("owner_id").where("owner_id", "=", owner).executeTakeFirst()) !== undefined;
}

/** Says that approved mails can be put into the owner's drafts, or that they no longer can. For whoever keeps the mailbox. */
export async function offerDrafts(tx: Tx, owner: OwnerId, now: Temporal.Instant, offered: boolean): Promise<void> {
  if (!offered) {
    await tx.deleteFrom("draft_folder").where("owner_id", "=", owner).execute();
    return;
  }
  await tx
    .insertInto("draft_folder")
    .values({ owner_id: owner, offered_at: instantText(now) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Approved, to be sent by the owner's own hand, and its hour has come. */
export function listDueByHandRows(db: Db, owner: OwnerId, now: Temporal.Instant): Promise<DeliveryRow[]> {
  return deliveries(db, owner)
    .where("delivery.way", "<>", "smtp")
    .where("delivery.send_at", "<=", instantText(now))
    .where("delivery.sent_at", "is", null)
    .where("delivery.withdrawn_at", "is", null)
    .orderBy("delivery.send_at")
    .execute();
}

/** Everything unsettled that somebody should look at: unknown, failed, missed, held. */
export function listUnsettledRows(db: Db, owner: OwnerId): Promise<DeliveryRow[]> {
  return deliveries(db, owner)
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
    .orderBy("delivery.approved_at", "desc")
    .execute();
}

/** The outbox keys of everything that still waits to be sent for an owner. */
export async function waitingKeys(db: Db, owner: OwnerId): Promise<string[]> {
  const rows = await db
    .selectFrom("delivery")
    .select("id")
    .where("owner_id", "=", owner)
    .where("way", "in", ["smtp", "draft"])
    .where("sent_at", "is", null)
    .where("withdrawn_at", "is", null)
    .where("held_at", "is", null)
    .execute();
  return rows.map((row) => row.id);
}

/** Keeps a new delivery unless its meeting already has a live one of that kind; answers whether it was kept. */
export async function insertDelivery(tx: Tx, row: DeliveryTable, captureIds: readonly string[]): Promise<boolean> {
  const inserted = await tx
    .insertInto("delivery")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .execute();
  if (inserted.length === 0) return false;
  const captures = [...new Set(captureIds)].map((capture_id) => ({ owner_id: row.owner_id, delivery_id: row.id, capture_id }));
  if (captures.length > 0) await tx.insertInto("delivery_capture").values(captures).execute();
  return true;
}

/** Changes a delivery that was neither sent nor withdrawn; answers whether it was. */
export async function updateUnsent(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  values: Partial<DeliveryTable>,
): Promise<boolean> {
  const changed = await tx
    .updateTable("delivery")
    .set({ ...values, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .where("sent_at", "is", null)
    .where("withdrawn_at", "is", null)
    .returning("id")
    .execute();
  return changed.length > 0;
}

/** Notes what became of the meeting, on every mail about it. */
export async function updateMeetingFacts(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  values: Pick<DeliveryTable, "meeting_starts_at" | "meeting_zone" | "meeting_cancelled_at">,
): Promise<void> {
  await tx
    .updateTable("delivery")
    .set({ ...values, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .execute();
}

/** What recipients were told about a meeting's time is now its present time. */
export async function markTold(tx: Tx, owner: OwnerId, now: Temporal.Instant, meetingId: string): Promise<void> {
  await tx
    .updateTable("delivery")
    .set((eb) => ({
      told_starts_at: eb.ref("meeting_starts_at"),
      told_cancelled_at: eb.ref("meeting_cancelled_at"),
      updated_at: instantText(now),
    }))
    .where("owner_id", "=", owner)
    .where("meeting_id", "=", meetingId)
    .where("kind", "=", "agenda")
    .execute();
}

export async function readCaptureIds(db: Db, owner: OwnerId, deliveryId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("delivery_capture")
    .select("capture_id")
    .where("owner_id", "=", owner)
    .where("delivery_id", "=", deliveryId)
    .execute();
  return rows.map((row) => row.capture_id);
}

export function readThread(db: Db, owner: OwnerId, personId: string): Promise<MailThreadTable | undefined> {
  return db
    .selectFrom("mail_thread")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("person_id", "=", personId)
    .executeTakeFirst();
}

/** Keeps the subject, and the mail that replies will hang on: the first one stays the root. */
export async function putThread(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  thread: { readonly personId: string; readonly subject: string; readonly messageId: string | null },
): Promise<void> {
  const at = instantText(now);
  const { personId, subject, messageId } = thread;
  const present = await readThread(tx, owner, personId);
  if (!present) {
    await tx
      .insertInto("mail_thread")
      .values({
        owner_id: owner,
        person_id: personId,
        subject,
        root_message_id: messageId,
        last_message_id: messageId,
        created_at: at,
        updated_at: at,
      })
      .onConflict((conflict) => conflict.columns(["owner_id", "person_id"]).doNothing())
      .execute();
    return;
  }
  if (messageId === null) return;
  await tx
    .updateTable("mail_thread")
    .set({ root_message_id: present.root_message_id ?? messageId, last_message_id: messageId, updated_at: at })
    .where("owner_id", "=", owner)
    .where("person_id", "=", personId)
    .execute();
}

/** Of a mail that may be answered or come back: what its answer is known by. */
export type AnswerableRow = Pick<
  DeliveryTable,
  | "id"
  | "person_id"
  | "meeting_id"
  | "message_id"
  | "to_address"
  | "subject"
  | "text_body"
  | "sent_at"
  | "handed_over_at"
  | "approved_at"
>;

/** What went out, or may have, since an instant. The latest first. */
export function listAnswerableRows(db: Db, owner: OwnerId, since: Temporal.Instant): Promise<AnswerableRow[]> {
  return db
    .selectFrom("delivery")
    .select([
      "id",
      "person_id",
      "meeting_id",
      "message_id",
      "to_address",
      "subject",
      "text_body",
      "sent_at",
      "handed_over_at",
      "approved_at",
    ])
    .where("owner_id", "=", owner)
    .where("withdrawn_at", "is", null)
    .where("approved_at", ">=", instantText(since))
    .where((eb) => eb.or([eb("sent_at", "is not", null), eb("handed_over_at", "is not", null), eb("way", "<>", "smtp")]))
    .orderBy("approved_at", "desc")
    .orderBy("id", "desc")
    .execute();
}

/** A mail that counts as sent does so no longer; answers whether it did. */
export async function reopenAsFailed(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  reason: string,
): Promise<boolean> {
  const at = instantText(now);
  const changed = await tx
    .updateTable("delivery")
    .set({ sent_at: null, lead_minutes: null, failed_at: at, fail_reason: reason, updated_at: at })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .where("withdrawn_at", "is", null)
    .where("failed_at", "is", null)
    .returning("id")
    .execute();
  return changed.length > 0;
}
