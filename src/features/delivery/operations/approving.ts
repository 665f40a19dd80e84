import { AppError, invalidField } from "../../../lib/errors.ts";
import { newId, type OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { composeMail, newMessageId } from "../../../platform/mail/mime.ts";
import { cancel, enqueue, hold } from "../../../platform/outbox/index.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import { readMailAccount } from "../../account/index.ts";
import { expiryOf, HOUR_IN_DOUBT, planSend } from "../rules.ts";
import type { Delivery, DeliveryKind, DeliveryTable, DeliveryWay, MailDraft, MailPreview } from "../schema.ts";
import {
  type DeliveryRow,
  hasDraftFolder,
  insertDelivery,
  markTold,
  readLiveDelivery,
  readThread,
  updateUnsent,
} from "../store.ts";
import { previewMail, requireDelivery, toDelivery } from "./reading.ts";

/** The outbox kind of everything that this feature delivers. */
export const MAIL = "mail";
/** The outbox kind of what is put into the owner's drafts. */
export const DRAFT = "draft";

export interface Approval {
  readonly draft: MailDraft;
  readonly way: DeliveryWay;
  /** Another hour than the planned one, as an instant. */
  readonly sendAt?: string | undefined;
  /** The hash of the words that were read. */
  readonly expectedHash: string;
}

/** Takes an unsent delivery back. False when its data already began to leave: then it counts as sent. */
async function takeBack(tx: Tx, owner: OwnerId, now: Temporal.Instant, row: DeliveryRow): Promise<boolean> {
  if (row.sent_at !== null) return false;
  const over = ["failed", "missed", "cancelled", ...(row.way === "draft" ? ["sent", "unknown"] : [])];
  const waits = row.outbox_state !== null && !over.includes(row.outbox_state);
  // The outbox decides the race: whoever changes the row first has it, the sender or this.
  if (waits && !(await cancel(tx, owner, now, row.id))) return false;
  return updateUnsent(tx, owner, now, row.id, { withdrawn_at: instantText(now) });
}

/**
 * Withdraws the approval of a meeting's mail: called on every change of its words, so that nothing leaves that nobody approved.
 * "already_sent" also when sending has begun: a mail on the line cannot be called back.
 */
export async function withdrawApproval(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  meetingId: string,
  kind: DeliveryKind,
): Promise<"none" | "withdrawn" | "already_sent"> {
  const live = await readLiveDelivery(tx, owner, meetingId, kind);
  if (!live) return "none";
  return (await takeBack(tx, owner, now, live)) ? "withdrawn" : "already_sent";
}

/** Withdraws one mail by its id. Throws `conflict` when it is already on its way. */
export async function withdrawById(tx: Tx, owner: OwnerId, now: Temporal.Instant, id: string): Promise<Delivery> {
  const row = await requireDelivery(tx, owner, id);
  if (row.withdrawn_at === null && !(await takeBack(tx, owner, now, row)))
    throw new AppError("conflict", "This mail has already been sent, so it cannot be taken back.");
  return toDelivery(await requireDelivery(tx, owner, id));
}

function chosenHour(text: string | undefined): Temporal.Instant | undefined {
  if (text === undefined || text === "") return undefined;
  try {
    return Temporal.Instant.from(text);
  } catch {
    throw invalidField("sendAt", "Choose one of the offered hours.");
  }
}

/** When it goes out. A chosen hour in the past means at once; one after the start is refused. */
function sendingHour(
  now: Temporal.Instant,
  { draft, sendAt }: Approval,
): { readonly sendAt: Temporal.Instant; readonly chosen: Temporal.Instant | undefined } {
  const chosen = chosenHour(sendAt);
  if (draft.kind !== "agenda")
    return { sendAt: chosen && Temporal.Instant.compare(chosen, now) > 0 ? chosen : now, chosen: undefined };
  const plan = planSend({ startsAt: draft.meetingStartsAt, zone: draft.zone, now });
  if (!chosen || chosen.equals(plan.sendAt)) return { sendAt: plan.sendAt, chosen: undefined };
  if (Temporal.Instant.compare(chosen, draft.meetingStartsAt) >= 0)
    throw invalidField("sendAt", "Choose an hour before the meeting starts.");
  return { sendAt: Temporal.Instant.compare(chosen, now) > 0 ? chosen : now, chosen };
}

async function checkWay(tx: Tx, owner: OwnerId, way: DeliveryWay, mail: MailPreview): Promise<void> {
  if (mail.toAddress === null && way !== "copy") {
    throw invalidField(
      "way",
      `${mail.toName} has no mail address yet. Add it to the person, or copy the text and send it your own way.`,
    );
  }
  if (way !== "smtp" && way !== "draft") return;
  if (mail.fromAddress === null)
    throw invalidField("way", "Your own mail address is missing. Add it in the settings, so that the answer finds you.");
  if (way === "draft" && !(await hasDraftFolder(tx, owner)))
    throw invalidField("way", "No mailbox is set up. Add one in the settings, or choose another way.");
  if (way === "smtp" && !(await readMailAccount(tx, owner)))
    throw invalidField("way", "No mail account is set up. Add one in the mail settings, or choose another way.");
}

function isSameApproval(live: DeliveryRow, approval: Approval, sendAt: Temporal.Instant): boolean {
  const unsettled = live.failed_at === null && live.missed_at === null;
  return (
    unsettled &&
    live.content_hash === approval.expectedHash &&
    live.way === approval.way &&
    (approval.sendAt === undefined || live.send_at === instantText(sendAt))
  );
}

/** Clears the way for a new approval, or answers with the one that already says the same. */
async function present(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  approval: Approval,
  sendAt: Temporal.Instant,
): Promise<Delivery | undefined> {
  const { draft } = approval;
  if (draft.kind === "note") return undefined;
  const live = await readLiveDelivery(tx, owner, draft.meetingId, draft.kind);
  if (!live) return undefined;
  if (isSameApproval(live, approval, sendAt)) return toDelivery(live);
  if (await takeBack(tx, owner, now, live)) return undefined;
  throw new AppError("conflict", `This ${draft.kind} has already been sent. A second one would confuse more than it helps.`);
}

async function buildRow(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  approval: Approval,
  mail: MailPreview,
  hours: { sendAt: Temporal.Instant; chosen: Temporal.Instant | undefined },
): Promise<DeliveryTable> {
  const { draft, way } = approval;
  const thread = await readThread(tx, owner, draft.personId);
  const references = [...new Set([thread?.root_message_id, thread?.last_message_id].filter((id) => typeof id === "string"))];
  const messageId = newMessageId(mail.fromAddress);
  const inReplyTo = thread?.last_message_id ?? undefined;
  const mime = await composeMail({
    from: mail.fromAddress === null ? undefined : { name: mail.fromName, address: mail.fromAddress },
    to: mail.toAddress === null ? undefined : { name: mail.toName, address: mail.toAddress },
    subject: mail.subject,
    messageId,
    inReplyTo,
    references,
    date: hours.sendAt,
    text: mail.text,
    html: mail.html,
  });
  const at = instantText(now);
  const startsAt = instantText(draft.meetingStartsAt);
  return {
    owner_id: owner,
    id: newId(),
    meeting_id: draft.meetingId,
    person_id: draft.personId,
    kind: draft.kind,
    way,
    from_name: mail.fromName,
    from_address: mail.fromAddress,
    to_name: mail.toName,
    to_address: mail.toAddress,
    subject: mail.subject,
    text_body: mail.text,
    html_body: mail.html,
    mime,
    message_id: messageId,
    in_reply_to: inReplyTo ?? null,
    thread_references: references.length > 0 ? references.join(" ") : null,
    content_hash: mail.hash,
    approved_at: at,
    withdrawn_at: null,
    send_at: instantText(hours.sendAt),
    chosen_send_at: hours.chosen ? instantText(hours.chosen) : null,
    held_at: null,
    held_reason: null,
    handed_over_at: null,
    drafted_at: null,
    sent_at: null,
    lead_minutes: null,
    missed_at: null,
    failed_at: null,
    fail_reason: null,
    meeting_starts_at: startsAt,
    meeting_zone: draft.zone,
    meeting_cancelled_at: null,
    told_starts_at: startsAt,
    told_cancelled_at: null,
    created_at: at,
    updated_at: at,
  };
}

/** Nothing leaves by itself for an hour that is a guess: it might come after the meeting. */
async function holdForDoubt(tx: Tx, owner: OwnerId, now: Temporal.Instant, row: DeliveryTable): Promise<void> {
  if (await hold(tx, owner, now, row.id, HOUR_IN_DOUBT, Temporal.Instant.from(row.meeting_starts_at)))
    await updateUnsent(tx, owner, now, row.id, { held_at: instantText(now), held_reason: "doubt" });
}

/**
 * Freezes the very words that were read and plans their sending (S31). Approving the same words twice is one delivery.
 * Throws `conflict` when the words changed since they were read or were already sent, `invalid` about `way` or `sendAt`.
 */
export async function approveMail(tx: Tx, owner: OwnerId, now: Temporal.Instant, approval: Approval): Promise<Delivery> {
  const { draft, way } = approval;
  const mail = await previewMail(tx, owner, draft);
  if (mail.hash !== approval.expectedHash)
    throw new AppError("conflict", "The text changed since you looked. Read it again, then approve what you see.");
  const hours = sendingHour(now, approval);
  const same = await present(tx, owner, now, approval, hours.sendAt);
  if (same) return same;
  if (draft.kind === "agenda" && Temporal.Instant.compare(now, draft.meetingStartsAt) >= 0)
    throw new AppError(
      "conflict",
      "This meeting has already begun. Bring the agenda along; what stays open moves to the next one.",
    );
  await checkWay(tx, owner, way, mail);
  const row = await buildRow(tx, owner, now, approval, mail, hours);
  const kept = await insertDelivery(tx, row, draft.captureIds);
  // Somebody else approved the same meeting's mail in this very moment: theirs stands.
  if (!kept) return toDelivery((await readLiveDelivery(tx, owner, draft.meetingId, draft.kind)) as DeliveryRow);
  if (way === "smtp" || way === "draft")
    await enqueue(tx, owner, now, {
      key: row.id,
      kind: way === "draft" ? DRAFT : MAIL,
      // A draft lies there at once: its owner sends it when the hour comes.
      dueAt: way === "draft" ? now : hours.sendAt,
      expiresAt: expiryOf(draft.kind, draft.meetingStartsAt),
    });
  if (way === "smtp" && draft.kind === "agenda" && draft.hourDoubted) await holdForDoubt(tx, owner, now, row);
  if (draft.kind === "note") await markTold(tx, owner, now, draft.meetingId);
  return toDelivery(await requireDelivery(tx, owner, row.id));
}
