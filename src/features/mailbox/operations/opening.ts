import { AppError } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import type { Clock } from "../../../platform/clock.ts";
import { openSealer } from "../../../platform/keys/seal.ts";
import { ImapTrouble } from "../../../platform/mail/explain-imap.ts";
import { type ImapAccount, type ImapConnection, type ImapOptions, openImap } from "../../../platform/mail/imap.ts";
import type { Database } from "../../../platform/storage/database.ts";
import { clockRefusal, type MailConfig, resolveMailAccount } from "../../delivery/index.ts";
import type { MailboxAccountTable } from "../schema.ts";
import { readAccount } from "../store.ts";

/** Whose mailbox, in which database. */
export interface Holder {
  readonly owner: OwnerId;
  readonly database: Database;
  readonly clock: Clock;
}

const NO_LOGIN =
  "This mailbox logs in as the account that sends, and there is none with a user name any more. Set one up, or give the mailbox a login of its own.";

/** With an access token, a refused one is renewed once. */
type Login = (renew: boolean) => Promise<ImapAccount["login"]>;

async function sendingLogin(holder: Holder, config: MailConfig): Promise<Login> {
  const login = (await resolveMailAccount(holder, config))?.login;
  if (!login) throw new ImapTrouble("credentials", NO_LOGIN);
  if ("password" in login) return () => Promise.resolve(login);
  return async (renew) => ({ user: login.user, accessToken: await login.accessToken(renew) });
}

function ownLogin({ username, sealed_password: sealed }: MailboxAccountTable, config: MailConfig): Login {
  const password = sealed === null ? "" : openSealer(config).open(sealed);
  return () => Promise.resolve({ user: username ?? "", password });
}

function inWords(error: unknown): ImapTrouble {
  if (error instanceof ImapTrouble) return error;
  // A key that does not fit, a sign-in that ended: only the owner can repair these.
  return new ImapTrouble("credentials", error instanceof Error ? error.message : "The mailbox could not be opened.");
}

/**
 * Connects to the owner's mailbox and logs in; undefined when none is set. For whatever needs the mailbox: reading, drafts, the probe.
 * Throws `ImapTrouble` with a sentence for the owner. Whoever opens it closes it.
 */
export async function openMailbox(
  holder: Holder,
  config: MailConfig,
  options?: ImapOptions,
): Promise<ImapConnection | undefined> {
  const row = await readAccount(holder.database.reader, holder.owner);
  if (!row) return undefined;
  const { host, port, security } = row;
  const refusal = clockRefusal(host, config);
  if (refusal) throw new ImapTrouble("temporary", refusal);
  try {
    const login = row.username === null ? await sendingLogin(holder, config) : ownLogin(row, config);
    const account = { host, port, security, ...(config.trusted ? { trusted: config.trusted } : {}) };
    const first = await login(false);
    try {
      return await openImap({ ...account, login: first }, options);
    } catch (error) {
      const isOldToken = "accessToken" in first && error instanceof ImapTrouble && error.kind === "credentials";
      if (!isOldToken) throw error;
      return await openImap({ ...account, login: await login(true) }, options);
    }
  } catch (error) {
    if (error instanceof AppError || error instanceof ImapTrouble || (error as Error).name === "TokenTrouble")
      throw inWords(error);
    throw error;
  }
}
