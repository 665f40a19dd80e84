import { AppError } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { readOperation, writeOperation } from "../../../platform/operation.ts";
import type { Db } from "../../../platform/storage/database.ts";
import { readOwner } from "../../account/index.ts";
import { noteDraft } from "../mail.ts";
import { offersNote } from "../rules.ts";
import { ApprovalFields, Delivery, DeliveryChoices, DeliveryId, type MailDraft } from "../schema.ts";
import { approveMail } from "./approving.ts";
import { deliveryChoices, requireDelivery } from "./reading.ts";

async function requireNoteDraft(db: Db, owner: OwnerId, agendaId: string): Promise<MailDraft> {
  const agenda = await requireDelivery(db, owner, agendaId);
  if (!offersNote(agenda))
    throw new AppError("conflict", "There is nothing new to tell: the mail that went out still says when you meet.");
  return noteDraft(agenda, (await readOwner(db, owner)).name ?? "");
}

export const previewNote = readOperation({
  name: "delivery.previewNote",
  summary: "Show the short note that tells a person about a meeting that moved or was cancelled after its agenda went out",
  input: DeliveryId,
  output: DeliveryChoices,
  run: async ({ owner, db, now }, { id }) => deliveryChoices(db, owner, now, await requireNoteDraft(db, owner, id)),
});

export const approveNote = writeOperation({
  name: "delivery.approveNote",
  summary: "Approve and send that short note",
  input: DeliveryId.extend(ApprovalFields.shape),
  output: Delivery,
  run: async ({ owner, tx, now }, { id, way, hash }) =>
    approveMail(tx, owner, now, { draft: await requireNoteDraft(tx, owner, id), way, expectedHash: hash }),
});
