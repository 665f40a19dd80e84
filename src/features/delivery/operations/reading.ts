import * as z from "zod";
import { notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { cleanLine, cleanText, countWords } from "../../../lib/text.ts";
import { instantText } from "../../../platform/clock.ts";
import { asUnsentDraft } from "../../../platform/mail/mime.ts";
import { readOperation } from "../../../platform/operation.ts";
import type { Db } from "../../../platform/storage/database.ts";
import { readMailAccount, readOwner } from "../../account/index.ts";
import { requirePerson } from "../../people/index.ts";
import { contentHash, offersNote, planSend, readingSeconds, stateOf, threadSubject } from "../rules.ts";
import { Delivery, type DeliveryChoices, DeliveryId, type DeliveryKind, type MailDraft, type MailPreview } from "../schema.ts";
import {
  type DeliveryRow,
  hasDraftFolder,
  listDeliveryRows,
  listDueByHandRows,
  listUnsettledRows,
  readDelivery,
  readLiveDelivery,
  readThread,
  wasWithdrawnByMove,
} from "../store.ts";

export function toDelivery(row: DeliveryRow): Delivery {
  const state = stateOf(row, row.outbox_state);
  return {
    id: row.id,
    meetingId: row.meeting_id,
    personId: row.person_id,
    kind: row.kind,
    way: row.way,
    state,
    fromName: row.from_name,
    fromAddress: row.from_address,
    toName: row.to_name,
    toAddress: row.to_address,
    subject: row.subject,
    text: row.text_body,
    html: row.html_body,
    messageId: row.message_id,
    hash: row.content_hash,
    approvedAt: row.approved_at,
    sendAt: row.send_at,
    sentAt: row.sent_at,
    leadMinutes: row.lead_minutes,
    failReason: row.fail_reason,
    attempts: row.attempts ?? 0,
    lastError: row.last_error,
    nextTryAt: state === "planned" ? row.next_at : null,
    meetingStartsAt: row.meeting_starts_at,
    meetingZone: row.meeting_zone,
    meetingCancelled: row.meeting_cancelled_at !== null,
    heldReason: row.held_reason,
    draftedAt: row.drafted_at,
    isDraftMissing:
      row.way === "draft" && row.drafted_at === null && ["unknown", "failed", "missed"].includes(row.outbox_state ?? ""),
    noteOffered: offersNote(row),
  };
}

/** The delivery, or AppError `not_found`: also when it is somebody else's. */
export async function requireDelivery(db: Db, owner: OwnerId, id: string): Promise<DeliveryRow> {
  const row = await readDelivery(db, owner, id);
  if (!row) throw notFound("This mail");
  return row;
}

/** The approved agenda or recap of a meeting, as long as its approval was not withdrawn. */
export async function findDelivery(db: Db, owner: OwnerId, meetingId: string, kind: DeliveryKind): Promise<Delivery | undefined> {
  const row = await readLiveDelivery(db, owner, meetingId, kind);
  return row && toDelivery(row);
}

/** What the owner has to send by hand and whose hour has come: for the reminder. */
export async function listDueByHand(db: Db, owner: OwnerId, now: Temporal.Instant): Promise<Delivery[]> {
  return (await listDueByHandRows(db, owner, now)).map(toDelivery);
}

/** What went wrong or waits for the owner's word: unknown, failed, missed, held. For the start page. */
export async function listUnsettled(db: Db, owner: OwnerId): Promise<Delivery[]> {
  return (await listUnsettledRows(db, owner)).map(toDelivery);
}

/** The mail exactly as its recipient will read it (S31). Throws `not_found` for somebody else's person. */
export async function previewMail(db: Db, owner: OwnerId, draft: MailDraft): Promise<MailPreview> {
  const [sender, person, thread] = [
    await readOwner(db, owner),
    await requirePerson(db, owner, draft.personId),
    await readThread(db, owner, draft.personId),
  ];
  const fromName = cleanLine(sender.name ?? "");
  const toName = cleanLine(person.name);
  const text = cleanText(draft.text);
  const words = countWords(text);
  const mail = {
    subject: thread?.subject ?? threadSubject(fromName === "" ? "Me" : fromName, toName),
    text,
    html: cleanText(draft.html),
    toName,
    toAddress: person.email,
  };
  return { ...mail, fromName, fromAddress: sender.email, words, readingSeconds: readingSeconds(words), hash: contentHash(mail) };
}

/** Everything that a preview page needs around the words: the ways that are open, the planned hour, and the approved mail if there is one. */
export async function deliveryChoices(db: Db, owner: OwnerId, now: Temporal.Instant, draft: MailDraft): Promise<DeliveryChoices> {
  const mail = await previewMail(db, owner, draft);
  const account = await readMailAccount(db, owner);
  const delivery = await findDelivery(db, owner, draft.meetingId, draft.kind);
  const plan =
    draft.kind === "agenda"
      ? planSend({ startsAt: draft.meetingStartsAt, zone: draft.zone, now })
      : { sendAt: now, reason: "It goes out as soon as you approve.", late: false, alternatives: [] };
  return {
    mail,
    drafts: await hasDraftFolder(db, owner),
    smtp: account === undefined ? "none" : account.paused_at === null ? "ready" : "paused",
    sendAt: instantText(plan.sendAt),
    reason: plan.reason,
    late: plan.late,
    alternatives: plan.alternatives.map(({ sendAt, label }) => ({ sendAt: instantText(sendAt), label })),
    delivery: delivery ?? null,
    withdrawnByMove: delivery === undefined && (await wasWithdrawnByMove(db, owner, draft.meetingId, draft.kind)),
    zone: draft.zone,
  };
}

export const showDelivery = readOperation({
  name: "delivery.show",
  summary: "Show one approved mail: its words, its hour and where it stands",
  input: DeliveryId,
  output: Delivery,
  assistant: true,
  run: async ({ owner, db }, { id }) => toDelivery(await requireDelivery(db, owner, id)),
});

export const deliveryFile = readOperation({
  name: "delivery.file",
  summary: "Get an approved mail as an .eml file that a mail program opens as a draft",
  input: DeliveryId,
  output: z.object({ name: z.string(), content: z.string().describe("The whole message (RFC 5322) with X-Unsent: 1") }),
  async run({ owner, db }, { id }) {
    const row = await requireDelivery(db, owner, id);
    return { name: `${row.kind}-${row.meeting_starts_at.slice(0, 10)}.eml`, content: asUnsentDraft(row.mime) };
  },
});

const LONGEST_LIST = 100;

export const listDeliveries = readOperation({
  name: "delivery.list",
  summary: "List approved mails, the newest first",
  input: z.object({ meetingId: z.string().optional(), personId: z.string().optional() }),
  output: z.object({ deliveries: z.array(Delivery) }),
  assistant: true,
  async run({ owner, db }, filter) {
    return { deliveries: (await listDeliveryRows(db, owner, filter, LONGEST_LIST)).map(toDelivery) };
  },
});
