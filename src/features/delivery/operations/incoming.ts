import type { OwnerId } from "../../../lib/ids.ts";
import { confirmSent, endAsFailed } from "../../../platform/outbox/index.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import { takeBackMail } from "../../record/index.ts";
import { stateOf } from "../rules.ts";
import { type AnswerableRow, listAnswerableRows, readDelivery, reopenAsFailed } from "../store.ts";
import { recordSent } from "./settling.ts";

/** A mail that went out, as its answer is recognised by. `sentAt` is null while it is not sure that it left. */
export interface AnswerableMail {
  readonly deliveryId: string;
  readonly personId: string;
  readonly meetingId: string;
  readonly messageId: string;
  readonly toAddress: string | null;
  readonly subject: string;
  readonly text: string;
  readonly sentAt: string | null;
  readonly approvedAt: string;
}

function toAnswerable(row: AnswerableRow): AnswerableMail {
  return {
    deliveryId: row.id,
    personId: row.person_id,
    meetingId: row.meeting_id,
    messageId: row.message_id,
    toAddress: row.to_address,
    subject: row.subject,
    text: row.text_body,
    sentAt: row.sent_at ?? row.handed_over_at,
    approvedAt: row.approved_at,
  };
}

/** What went out since an instant, or may have: what comes in is compared with it. The latest first. */
export async function answerableMails(db: Db, owner: OwnerId, since: Temporal.Instant): Promise<AnswerableMail[]> {
  return (await listAnswerableRows(db, owner, since)).map(toAnswerable);
}

/**
 * A sent mail came back: it is open again as failed, with `reason` in words, and what it told counts as untold. Answers whether that is
 * news: a second report about the same sending changes nothing, nor does one about a mail that never left.
 */
export async function noteBounce(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  deliveryId: string,
  reason: string,
): Promise<boolean> {
  const row = await readDelivery(tx, owner, deliveryId);
  const state = row && stateOf(row, row.outbox_state);
  if (state !== "sent" && state !== "unknown") return false;
  await endAsFailed(tx, owner, now, deliveryId, reason);
  if (!(await reopenAsFailed(tx, owner, now, deliveryId, reason))) return false;
  await takeBackMail(tx, owner, deliveryId);
  return true;
}

/** A mail whose end was unknown did arrive: it was found in the owner's mailbox, or somebody answered it. Does nothing to any other. */
export async function noteArrived(tx: Tx, owner: OwnerId, now: Temporal.Instant, deliveryId: string): Promise<boolean> {
  const row = await readDelivery(tx, owner, deliveryId);
  if (!row || stateOf(row, row.outbox_state) !== "unknown" || !(await confirmSent(tx, owner, now, deliveryId))) return false;
  return recordSent(tx, owner, now, row, row.handed_over_at ? Temporal.Instant.from(row.handed_over_at) : now);
}
