import type { OwnerId } from "../../../lib/ids.ts";
import type { Clock } from "../../../platform/clock.ts";
import { ImapTrouble } from "../../../platform/mail/explain-imap.ts";
import type { ImapConnection, ImapOptions } from "../../../platform/mail/imap.ts";
import type { Database } from "../../../platform/storage/database.ts";
import type { DraftFolder, MailConfig } from "../../delivery/index.ts";
import { openMailbox } from "./opening.ts";

const NO_MAILBOX = "No mailbox is set up any more. Set one up, or take the mail along in another way.";
const NO_DRAFTS = "The mailbox does not say which folder is for drafts. Make one there, or take the mail along in another way.";

/** The owners' drafts, through the mailboxes that they set up: found by what the server says a folder is for (RFC 6154). */
export function draftFolder(
  parts: { readonly database: Database; readonly clock: Clock },
  config: MailConfig,
  options?: ImapOptions,
): DraftFolder {
  async function inMailbox<T>(owner: OwnerId, work: (connection: ImapConnection) => Promise<T>): Promise<T> {
    const connection = await openMailbox({ ...parts, owner }, config, options);
    if (!connection) throw new ImapTrouble("no_folder", NO_MAILBOX);
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  }
  return {
    put: (owner, message, begin) =>
      inMailbox(owner, async (connection) => {
        const path = await connection.folderFor("\\Drafts");
        if (path === undefined) throw new ImapTrouble("no_folder", NO_DRAFTS);
        if (!(await begin())) return false;
        await connection.append(path, message, ["\\Draft", "\\Seen"]);
        return true;
      }),
    holds: (owner, messageId) =>
      inMailbox(owner, async (connection) => {
        for (const use of ["\\Drafts", "\\Sent"] as const) {
          const path = await connection.folderFor(use);
          if (path !== undefined && (await connection.holds(path, messageId))) return true;
        }
        return false;
      }),
  };
}
