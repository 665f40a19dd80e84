import { AppError } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { ImapTrouble } from "../../../platform/mail/explain-imap.ts";
import { writeOperation } from "../../../platform/operation.ts";
import { type AttemptOutcome, type OutboxHandler, type OutboxItem, queueAgain } from "../../../platform/outbox/index.ts";
import type { Database } from "../../../platform/storage/database.ts";
import { expiryOf } from "../rules.ts";
import { Delivery, DeliveryId } from "../schema.ts";
import { readDelivery, updateUnsent } from "../store.ts";
import { requireDelivery, toDelivery } from "./reading.ts";

/** The owner's drafts on their mail server. Whoever reads the mailbox knows how to get there. */
export interface DraftFolder {
  /**
   * Puts a mail into the drafts. `begin` is awaited right before; when it answers false nothing is put, and the answer is false.
   * Throws `ImapTrouble`.
   */
  put(owner: OwnerId, message: Buffer, begin: () => Promise<boolean>): Promise<boolean>;
  /** Whether the drafts, or the sent mails, hold a mail with this Message-ID. Throws `ImapTrouble`. */
  holds(owner: OwnerId, messageId: string): Promise<boolean>;
}

/** A server that was cut off in the middle may still be writing; after this it is not. */
const SETTLED = { minutes: 12 } as const;

function afterTrouble(error: unknown, begun: boolean): AttemptOutcome {
  if (!(error instanceof ImapTrouble)) throw error;
  if (error.kind === "credentials" || error.kind === "no_folder") return { result: "hold", error: error.message };
  return { result: begun ? "unknown" : "retry", error: error.message };
}

async function put(
  { database }: { readonly database: Database },
  folder: DraftFolder,
  { owner, key }: OutboxItem,
  begin: () => Promise<boolean>,
): Promise<AttemptOutcome> {
  const row = await readDelivery(database.reader, owner, key);
  if (!row) return { result: "failed", error: "This mail is not there any more." };
  let begun = false;
  try {
    const isThere = await folder.put(owner, Buffer.from(row.mime, "utf8"), async () => (begun = await begin()));
    return isThere ? { result: "sent" } : { result: "lost" };
  } catch (error) {
    return afterTrouble(error, begun);
  }
}

/** The outbox's handler for mails that are put into the drafts, once. An end that nobody knows is looked up there, never repeated by itself. */
export function draftHandler(parts: { readonly database: Database }, folder: DraftFolder): OutboxHandler {
  return {
    attempt: (item, begin) => put(parts, folder, item, begin),
    async began(tx, { owner, key }, now) {
      await updateUnsent(tx, owner, now, key, { handed_over_at: instantText(now) });
    },
    async settled(tx, { owner, key }, settlement, now) {
      if (settlement === "sent") await updateUnsent(tx, owner, now, key, { drafted_at: instantText(now) });
    },
    async probe({ owner, key }, now) {
      const row = await readDelivery(parts.database.reader, owner, key);
      if (!row?.handed_over_at) return "ask";
      const again = Temporal.Instant.from(row.handed_over_at).add(SETTLED);
      const isEarly = Temporal.Instant.compare(now, again) < 0;
      try {
        if (await folder.holds(owner, row.message_id)) return "sent";
      } catch (error) {
        if (!(error instanceof ImapTrouble)) throw error;
      }
      return isEarly ? again : "ask";
    },
  };
}

export const draftAgain = writeOperation({
  name: "delivery.draftAgain",
  summary: "Put an approved mail into your drafts once more, after you looked and it was not there",
  input: DeliveryId,
  output: Delivery,
  async run({ owner, tx, now }, { id }) {
    const row = await requireDelivery(tx, owner, id);
    const isOpen = row.way === "draft" && row.drafted_at === null && row.sent_at === null && row.withdrawn_at === null;
    const expiresAt = expiryOf(row.kind, Temporal.Instant.from(row.meeting_starts_at));
    if (!isOpen || !(await queueAgain(tx, owner, now, id, ["unknown", "failed", "missed"], expiresAt)))
      throw new AppError("conflict", "This mail is not waiting to be put into your drafts.");
    return toDelivery(await requireDelivery(tx, owner, id));
  },
});
