import type { OwnerId } from "../../../lib/ids.ts";
import { type Clock, instantText } from "../../../platform/clock.ts";
import type { Log } from "../../../platform/log.ts";
import { sendSmtp, type SmtpTimeouts, usualTimeouts } from "../../../platform/mail/smtp.ts";
import {
  type AttemptOutcome,
  nextDueAt,
  type OutboxHandler,
  type OutboxItem,
  runDue,
  type RunSummary,
} from "../../../platform/outbox/index.ts";
import { type Database, inTransaction } from "../../../platform/storage/database.ts";
import { AppError } from "../../../lib/errors.ts";
import { pauseMailAccount, readMailAccount } from "../../account/index.ts";
import { type DeliveryRow, readDelivery, updateUnsent } from "../store.ts";
import { clockRefusal, type MailConfig } from "./account.ts";
import { DRAFT, MAIL } from "./approving.ts";
import { type DraftFolder, draftHandler } from "./drafting.ts";
import { resolveMailAccount } from "./login.ts";
import { recordEnd, recordSent } from "./settling.ts";

/**
 * Looks in the owner's own mailbox whether a mail left whose sending broke off: "sent" when it is there, an instant at which to look
 * again, or "ask" its owner. Absence is no proof, so "not sent" is no answer.
 */
export type MailProbe = (
  owner: OwnerId,
  mail: { readonly messageId: string; readonly handedOverAt: Temporal.Instant },
) => Promise<"sent" | "ask" | Temporal.Instant>;

interface WorkerParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly mailConfig: MailConfig;
  readonly log: Log;
  readonly probe?: MailProbe;
  /** Where mails are put that their owner sends from a draft; without it they wait. */
  readonly drafts?: DraftFolder | undefined;
  /** For tests; see `usualTimeouts`. */
  readonly timeouts?: SmtpTimeouts;
}

export interface MailWorker {
  /** Sends what is due and answers with counts. Safe to call at any time, in several processes at once. */
  tick(): Promise<RunSummary>;
  /** When the next mail is due; undefined when none waits. */
  nextDueAt(): Promise<Temporal.Instant | undefined>;
}

const NO_ACCOUNT = "No mail account is set up any more. Add one in the mail settings, or send this by hand.";

/** Refused credentials pause the account for every mail: hammering a login locks people out. */
async function pause(parts: WorkerParts, owner: OwnerId, reason: string): Promise<void> {
  await inTransaction(parts.database, (tx) => pauseMailAccount(tx, owner, parts.clock.now(), reason));
}

async function deliver(parts: WorkerParts, { owner, key }: OutboxItem, begin: () => Promise<boolean>): Promise<AttemptOutcome> {
  const { reader } = parts.database;
  const row = await readDelivery(reader, owner, key);
  if (!row || row.from_address === null || row.to_address === null)
    return { result: "failed", error: "This mail has no sender or no recipient." };
  const paused = (await readMailAccount(reader, owner))?.paused_reason;
  if (paused) return { result: "hold", error: paused };
  const account = await resolveMailAccount({ owner, database: parts.database, clock: parts.clock }, parts.mailConfig);
  if (!account) return { result: "hold", error: NO_ACCOUNT };
  const refusal = clockRefusal(account.host, parts.mailConfig);
  if (refusal) return { result: "hold", error: refusal };
  const message = { from: row.from_address, to: row.to_address, bytes: Buffer.from(row.mime, "utf8") };
  const outcome = await sendSmtp(account, message, begin, parts.timeouts ?? usualTimeouts);
  parts.log.info({ delivery: key, outcome: outcome.result }, "A mail was attempted");
  switch (outcome.result) {
    case "accepted":
      return { result: "sent" };
    case "withdrawn":
      return { result: "lost" };
    case "unknown":
      return { result: "unknown", error: outcome.message };
    case "permanent":
      return { result: "failed", error: outcome.message };
    case "credentials":
      await pause(parts, owner, outcome.message);
      return { result: "hold", error: outcome.message };
    case "temporary":
    case "no_connection":
    case "certificate":
      return { result: "retry", error: outcome.message };
  }
}

async function probe(parts: WorkerParts, look: MailProbe, { owner, key }: OutboxItem) {
  const row = await readDelivery(parts.database.reader, owner, key);
  if (!row) return "ask";
  return look(owner, { messageId: row.message_id, handedOverAt: sentAt(row, parts.clock.now()) });
}

/** What was in doubt and turned out to have left did so when it was handed over, not when it was found. */
function sentAt(row: DeliveryRow, now: Temporal.Instant): Temporal.Instant {
  return row.handed_over_at === null ? now : Temporal.Instant.from(row.handed_over_at);
}

function mailHandler(parts: WorkerParts): OutboxHandler {
  const { probe: look } = parts;
  return {
    ...(look && { probe: (item: OutboxItem) => probe(parts, look, item) }),
    async attempt(item, begin) {
      try {
        return await deliver(parts, item, begin);
      } catch (error) {
        // A key that does not fit: nothing was sent, and only the owner can repair it.
        if (!(error instanceof AppError)) throw error;
        await pause(parts, item.owner, error.message);
        return { result: "hold", error: error.message };
      }
    },
    async began(tx, { owner, key }, now) {
      await updateUnsent(tx, owner, now, key, { handed_over_at: instantText(now) });
    },
    async settled(tx, { owner, key }, settlement, now, error) {
      const row = await readDelivery(tx, owner, key);
      if (!row || settlement === "unknown") return;
      if (settlement === "sent") await recordSent(tx, owner, now, row, sentAt(row, now));
      else await recordEnd(tx, owner, now, row, settlement, error);
    },
  };
}

/** The part of the program that sends approved mails at their hour. It is never made for the example's database: nothing leaves from there. */
export function createMailWorker(parts: WorkerParts): MailWorker {
  const { database, clock, log } = parts;
  const handlers = {
    [MAIL]: mailHandler(parts),
    ...(parts.drafts && { [DRAFT]: draftHandler(parts, parts.drafts) }),
  };
  return {
    tick: () => runDue({ database, clock, log, handlers }),
    nextDueAt: () => nextDueAt(database.reader),
  };
}
