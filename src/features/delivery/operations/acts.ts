import * as z from "zod";
import { AppError } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { cancel, confirmSent, queueAgain, reschedule } from "../../../platform/outbox/index.ts";
import { writeOperation } from "../../../platform/operation.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import { expiryOf, stateOf } from "../rules.ts";
import { Delivery, DeliveryId, type DeliveryState } from "../schema.ts";
import { type DeliveryRow, updateUnsent } from "../store.ts";
import { withdrawById } from "./approving.ts";
import { requireDelivery, toDelivery } from "./reading.ts";
import { recordSent } from "./settling.ts";

const onItsWay = new AppError("conflict", "This mail is being sent right now. Look again in a moment.");

/** The row, if it is in one of the states in which this act makes sense. */
async function requireIn(
  tx: Tx,
  owner: OwnerId,
  id: string,
  states: readonly DeliveryState[],
  otherwise: string,
): Promise<DeliveryRow> {
  const row = await requireDelivery(tx, owner, id);
  if (!states.includes(stateOf(row, row.outbox_state))) throw new AppError("conflict", otherwise);
  return row;
}

/** When it is too late for this mail, and a refusal if it already is. */
function expiryLeft(row: DeliveryRow, now: Temporal.Instant): Temporal.Instant | null {
  const expires = expiryOf(row.kind, Temporal.Instant.from(row.meeting_starts_at));
  if (expires && Temporal.Instant.compare(now, expires) >= 0)
    throw new AppError(
      "conflict",
      "The meeting has already begun, so this agenda is not sent any more. What stays open moves to the next one.",
    );
  return expires;
}

export const markSent = writeOperation({
  name: "delivery.markSent",
  summary: "Note that you sent an approved mail yourself",
  input: DeliveryId,
  output: Delivery,
  async run({ owner, tx, now }, { id }) {
    const states = ["by_hand", "planned", "held", "missed", "failed", "sent"] as const;
    const row = await requireIn(
      tx,
      owner,
      id,
      states,
      "This mail is on its way or was withdrawn, so it cannot be marked as sent by hand.",
    );
    // What the outbox still holds must not go out a second time.
    const waits = row.way === "smtp" && row.sent_at === null && row.missed_at === null && row.failed_at === null;
    if (waits && !(await cancel(tx, owner, now, id))) throw onItsWay;
    if (row.way === "draft") await cancel(tx, owner, now, id);
    if (row.sent_at === null) {
      // From here on it is a mail sent by hand, whatever was planned: the thread must not hang on an id that nobody received.
      await updateUnsent(tx, owner, now, id, { way: "copy" });
      await recordSent(tx, owner, now, { ...row, way: row.way === "smtp" ? "copy" : row.way }, now);
    }
    return toDelivery(await requireDelivery(tx, owner, id));
  },
});

export const sendNow = writeOperation({
  name: "delivery.sendNow",
  summary: "Send an approved mail now instead of at its hour",
  input: DeliveryId,
  output: Delivery,
  async run({ owner, tx, now }, { id }) {
    const row = await requireIn(tx, owner, id, ["planned", "held"], "Only a mail that waits for its hour can be sent now.");
    const expiresAt = expiryLeft(row, now);
    if (!(await reschedule(tx, owner, now, id, { dueAt: now, expiresAt }))) throw onItsWay;
    await updateUnsent(tx, owner, now, id, { send_at: instantText(now), held_at: null });
    return toDelivery(await requireDelivery(tx, owner, id));
  },
});

export const withdraw = writeOperation({
  name: "delivery.withdraw",
  summary: "Withdraw the approval of a mail that has not been sent",
  input: DeliveryId,
  output: Delivery,
  run: ({ owner, tx, now }, { id }) => withdrawById(tx, owner, now, id),
});

export const answerUnknown = writeOperation({
  name: "delivery.answerUnknown",
  summary: "Say whether a mail arrived whose sending broke off; it is sent again only if you say that it did not",
  input: DeliveryId.extend({ arrived: z.boolean() }),
  output: Delivery,
  async run({ owner, tx, now }, { id, arrived }) {
    const row = await requireIn(tx, owner, id, ["unknown"], "This mail has no open question about its arrival.");
    if (arrived) {
      if (!(await confirmSent(tx, owner, now, id))) throw onItsWay;
      await recordSent(tx, owner, now, row, row.handed_over_at ? Temporal.Instant.from(row.handed_over_at) : now);
    } else {
      const expiresAt = expiryOf(row.kind, Temporal.Instant.from(row.meeting_starts_at));
      // At the start of the meeting the outbox turns it into "missed" by itself.
      if (!(await queueAgain(tx, owner, now, id, ["unknown"], expiresAt))) throw onItsWay;
    }
    return toDelivery(await requireDelivery(tx, owner, id));
  },
});

export const retry = writeOperation({
  name: "delivery.retry",
  summary: "Try again to send a mail that was refused or missed, with the same words",
  input: DeliveryId,
  output: Delivery,
  async run({ owner, tx, now }, { id }) {
    const row = await requireIn(
      tx,
      owner,
      id,
      ["failed", "missed"],
      "Only a mail that was refused or missed can be tried again.",
    );
    const expiresAt = expiryLeft(row, now);
    if (!(await queueAgain(tx, owner, now, id, ["failed", "missed"], expiresAt))) throw onItsWay;
    await updateUnsent(tx, owner, now, id, { failed_at: null, missed_at: null, fail_reason: null, send_at: instantText(now) });
    return toDelivery(await requireDelivery(tx, owner, id));
  },
});
