import * as z from "zod";
import { invalidField } from "../../../lib/errors.ts";
import { isLoopback } from "../../../platform/config/config.ts";
import { openSealer } from "../../../platform/keys/seal.ts";
import { ImapTrouble } from "../../../platform/mail/explain-imap.ts";
import type { ImapTimeouts } from "../../../platform/mail/imap.ts";
import { readOperation, remoteOperation, writeOperation } from "../../../platform/operation.ts";
import { clockRefusal, type MailConfig, offerDrafts } from "../../delivery/index.ts";
import { Mailbox, type MailboxAccountTable, MailboxInput, ReadCounts } from "../schema.ts";
import { deleteAccount, deleteFolders, putAccount, readAccount } from "../store.ts";
import { openMailbox } from "./opening.ts";
import { readOnce } from "./reading.ts";

export function toMailbox(row: MailboxAccountTable | undefined): Mailbox {
  const state = row === undefined ? "none" : row.paused_at !== null ? "paused" : row.trouble === null ? "fresh" : "trouble";
  return {
    state,
    host: row?.host ?? null,
    port: row?.port ?? null,
    security: row?.security ?? null,
    sameLogin: row !== undefined && row.username === null,
    username: row?.username ?? null,
    hasPassword: Boolean(row?.sealed_password),
    checkingServer: row?.checking_server ?? null,
    learnedServer: row?.learned_server ?? null,
    lastReadAt: row?.last_read_at ?? null,
    trouble: row?.trouble ?? null,
    nextTryAt: row && state === "trouble" ? row.next_at : null,
  };
}

type Input = z.output<typeof MailboxInput>;

/** The stored password stays only for the same server and user: it must never travel to another host. */
function passwordToKeep(input: Input, before: MailboxAccountTable | undefined, config: MailConfig): string | null {
  if (input.sameLogin && input.username !== "")
    throw invalidField("username", "Leave this empty to log in as the account that sends, or take that choice back.");
  if (input.sameLogin) return null;
  if (input.username === "") throw invalidField("username", "Write the user name. Usually it is your mail address.");
  if (input.password) return openSealer(config).seal(input.password);
  const same = before !== undefined && before.host === input.host && before.username === input.username;
  if (same && before.sealed_password !== null) return before.sealed_password;
  throw invalidField("password", "Write the password for this server. Many providers want an app password.");
}

function checkPlace(input: Input, config: MailConfig): void {
  if (input.security === "none" && !isLoopback(input.host))
    throw invalidField(
      "security",
      "Without protection the password could be read on the way. Choose STARTTLS or TLS; only a server on this machine may go without.",
    );
  const refusal = clockRefusal(input.host, config);
  if (refusal) throw invalidField("host", refusal);
}

/** The operations on the mailbox. They need the installation's key, so they are made once the configuration is known. */
export function mailboxAccountOperations(config: MailConfig, timeouts?: ImapTimeouts) {
  const showMailbox = readOperation({
    name: "mailbox.show",
    summary: "Show the mailbox in which answers are looked for; never its password",
    input: z.object({}),
    output: Mailbox,
    run: async ({ owner, db }) => toMailbox(await readAccount(db, owner)),
  });
  const setMailbox = writeOperation({
    name: "mailbox.set",
    summary:
      "Set the mailbox in which answers to your mails are looked for; the password is sealed with a key outside the database",
    input: MailboxInput,
    output: Mailbox,
    examples: [
      { host: "imap.example.org", port: 993, security: "implicit_tls", username: "ana@example.org", password: "app password" },
      { host: "imap.example.org", port: 993, security: "implicit_tls", sameLogin: true },
    ],
    async run({ owner, tx, now }, input) {
      checkPlace(input, config);
      const before = await readAccount(tx, owner);
      const sealed = passwordToKeep(input, before, config);
      const { host, port, security } = input;
      const username = input.sameLogin ? null : input.username;
      const isOther = before !== undefined && (before.host !== host || before.username !== username);
      if (isOther) await deleteFolders(tx, owner);
      await putAccount(tx, owner, now, {
        host,
        port,
        security,
        username,
        sealed_password: sealed,
        checking_server: input.checkingServer === "" ? null : input.checkingServer,
        learned_server: isOther ? null : (before?.learned_server ?? null),
      });
      await offerDrafts(tx, owner, now, true);
      return toMailbox(await readAccount(tx, owner));
    },
  });
  const removeMailbox = writeOperation({
    name: "mailbox.remove",
    summary: "Remove the mailbox and its password; what was answered stays",
    input: z.object({}),
    output: Mailbox,
    async run({ owner, tx, now }) {
      await deleteAccount(tx, owner);
      await offerDrafts(tx, owner, now, false);
      return toMailbox(undefined);
    },
  });
  const testMailbox = remoteOperation({
    name: "mailbox.test",
    summary: "Log in to the mailbox and open the inbox, and say in words what is wrong if it fails",
    input: z.object({}),
    output: z.object({ ok: z.boolean(), message: z.string() }),
    async run(caller) {
      try {
        const connection = await openMailbox(caller, config, { timeouts });
        if (!connection) return { ok: false, message: "No mailbox is set up yet." };
        try {
          await connection.open("INBOX");
          const sent = await connection.folderFor("\\Sent");
          const found = sent === undefined ? " It has no folder for sent mails." : "";
          return { ok: true, message: `The login was accepted, and the inbox can be read.${found}` };
        } finally {
          await connection.close();
        }
      } catch (error) {
        if (error instanceof ImapTrouble) return { ok: false, message: error.message };
        throw error;
      }
    },
  });
  const readMailbox = remoteOperation({
    name: "mailbox.readNow",
    summary: "Look in the mailbox now for answers to your mails, mails that came back and notes of absence",
    input: z.object({}),
    output: ReadCounts.extend({ ok: z.boolean(), message: z.string() }),
    run: (caller) => readOnce(caller, config, timeouts),
  });
  return { showMailbox, setMailbox, removeMailbox, testMailbox, readMailbox };
}
