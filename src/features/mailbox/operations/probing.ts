import type { Clock } from "../../../platform/clock.ts";
import type { Log } from "../../../platform/log.ts";
import { ImapTrouble } from "../../../platform/mail/explain-imap.ts";
import type { ImapConnection, ImapTimeouts } from "../../../platform/mail/imap.ts";
import type { Database } from "../../../platform/storage/database.ts";
import type { MailConfig, MailProbe } from "../../delivery/index.ts";
import { afterLooking } from "../rules/waiting.ts";
import { openMailbox } from "./opening.ts";

interface ProbeParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly mailConfig: MailConfig;
  /** For tests. */
  readonly timeouts?: ImapTimeouts;
}

/** In the folder for sent mails, where some providers put what passed their server, and in the inbox, for a copy to oneself. */
async function isThere(connection: ImapConnection, messageId: string): Promise<boolean> {
  const sent = await connection.folderFor("\\Sent");
  if (sent !== undefined && (await connection.holds(sent, messageId))) return true;
  return connection.holds("INBOX", messageId);
}

/**
 * Looks in the owner's mailbox for a mail whose sending broke off. Found means sent. Not found means looking again after twelve minutes, and
 * then asking the owner: absence is no proof. Without a mailbox the owner is asked at once.
 */
export function createMailProbe(parts: ProbeParts): MailProbe {
  const { database, clock, log, mailConfig, timeouts } = parts;
  return async (owner, { messageId, handedOverAt }) => {
    try {
      const connection = await openMailbox({ owner, database, clock }, mailConfig, { timeouts });
      if (!connection) return "ask";
      try {
        if (await isThere(connection, messageId)) return "sent";
      } finally {
        await connection.close();
      }
      return afterLooking(handedOverAt, clock.now(), true);
    } catch (error) {
      if (!(error instanceof ImapTrouble)) throw error;
      log.info({ trouble: error.kind }, "The mailbox could not be asked about a mail");
      return afterLooking(handedOverAt, clock.now(), false);
    }
  };
}
