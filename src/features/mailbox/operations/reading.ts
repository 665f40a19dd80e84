import { dayIn } from "../../../lib/dates.ts";
import type { Log } from "../../../platform/log.ts";
import { learnServer } from "../../../platform/mail/authentication.ts";
import { ImapTrouble } from "../../../platform/mail/explain-imap.ts";
import type { ImapConnection, ImapTimeouts, MailHead, OpenedFolder } from "../../../platform/mail/imap.ts";
import { LARGEST_MAIL, readMail, type ReadMail } from "../../../platform/mail/read-mime.ts";
import { inTransaction } from "../../../platform/storage/database.ts";
import { AppError } from "../../../lib/errors.ts";
import { type AnswerableMail, type MailConfig, noteArrived } from "../../delivery/index.ts";
import type { ReadCounts } from "../schema.ts";
import { markRead, putFolder, readAccount, readFolder } from "../store.ts";
import { type Holder, openMailbox } from "./opening.ts";
import { keepTaken, matchRead, ourMails, understand } from "./taking.ts";

const INBOX = "INBOX";
/** Headers asked for at once. */
const BATCH = 50;
/** How many mails tell which server checks senders. */
const SAMPLE = 30;
/** How far back a mailbox is read that was never read, or whose numbering began anew (RFC 9051, section 2.3.1.1). */
const LOOK_BACK_DAYS = 30;

interface Head {
  readonly head: MailHead;
  readonly mail: ReadMail;
  readonly receivedAt: Temporal.Instant;
}

async function headsOf(connection: ImapConnection, uids: readonly number[], now: Temporal.Instant): Promise<Head[]> {
  const heads = await connection.heads(uids);
  return Promise.all(heads.map(async (head) => ({ head, mail: await readMail(head.head), receivedAt: head.receivedAt ?? now })));
}

/** The server that checks senders for this mailbox, as its recent mails show it. Their headers are looked at and forgotten. */
export async function learnFrom(connection: ImapConnection, now: Temporal.Instant): Promise<string | undefined> {
  const recent = await connection.uidsSince(dayIn("UTC", now).subtract({ days: LOOK_BACK_DAYS }));
  const heads = await headsOf(connection, recent.slice(-SAMPLE), now);
  return learnServer(heads.map((one) => one.mail));
}

/** Whose mailbox is being read, and by what incoming mails are recognised. */
interface Reading {
  readonly holder: Holder;
  readonly connection: ImapConnection;
  readonly trustedServer: string | undefined;
  readonly log: Log | undefined;
}

/** A copy of a mail of ours in our own inbox: whoever sent a copy to themselves has the proof that it left. */
async function noteOwnCopy({ owner, database, clock }: Holder, mail: ReadMail, ours: readonly AnswerableMail[]): Promise<void> {
  const own = mail.messageId === "" ? undefined : ours.find((one) => one.messageId === mail.messageId);
  if (own) await inTransaction(database, (tx) => noteArrived(tx, owner, clock.now(), own.deliveryId));
}

/** Whether the whole mail has to be read: its headers match, or it is a report, which names our mail in its body alone. */
function concerns({ mail, receivedAt }: Head, ours: readonly AnswerableMail[]): boolean {
  const { sort, matched } = matchRead(mail, ours, receivedAt);
  return sort === "bounce" || matched !== undefined;
}

async function take(
  { holder, connection, trustedServer }: Reading,
  one: Head,
  ours: readonly AnswerableMail[],
): Promise<boolean> {
  const { owner, database, clock } = holder;
  const raw = await connection.source(one.head.uid, LARGEST_MAIL);
  if (!raw) return false;
  const facts = { raw, receivedAt: one.receivedAt, ours, trustedServer };
  const taken = await understand(database.reader, owner, clock.now(), facts);
  return taken ? inTransaction(database, (tx) => keepTaken(tx, owner, clock.now(), taken)) : false;
}

/** One mail after the other. What cannot be taken in stays in the mailbox, and must not keep the next ones out. */
async function takeSafely(reading: Reading, one: Head, ours: readonly AnswerableMail[]): Promise<boolean> {
  try {
    await noteOwnCopy(reading.holder, one.mail, ours);
    return concerns(one, ours) ? await take(reading, one, ours) : false;
  } catch (error) {
    if (error instanceof ImapTrouble || (error instanceof AppError && error.code === "unavailable")) throw error;
    reading.log?.error({ err: error, uid: one.head.uid }, "A mail could not be taken in");
    return false;
  }
}

/** What is new in a folder: above the last number, or of the last thirty days when its numbers began anew. */
async function newUids({ holder, connection }: Reading, folder: OpenedFolder): Promise<number[]> {
  const place = await readFolder(holder.database.reader, holder.owner, INBOX);
  if (place && place.uid_validity === folder.uidValidity) return connection.uidsAfter(place.last_uid);
  return connection.uidsSince(dayIn("UTC", holder.clock.now()).subtract({ days: LOOK_BACK_DAYS }));
}

async function noteRead({ holder }: Reading, folder: OpenedFolder, lastUid: number): Promise<void> {
  const { owner, database, clock } = holder;
  const place = { folder: INBOX, uid_validity: folder.uidValidity, last_uid: lastUid };
  await inTransaction(database, (tx) => putFolder(tx, owner, clock.now(), place));
}

/**
 * Reads what is new in the open inbox. Only headers are looked at, until one matches a mail of ours; everything else is neither kept nor
 * logged. How far it came is kept after each batch, so that nothing is missed and nothing counted twice: a mail read again is known.
 */
export async function readNew(reading: Reading, folder: OpenedFolder): Promise<ReadCounts> {
  const { holder, connection } = reading;
  const uids = await newUids(reading, folder);
  const ours = await ourMails(holder.database.reader, holder.owner, holder.clock.now());
  let kept = 0;
  for (let at = 0; at < uids.length; at += BATCH) {
    const batch = uids.slice(at, at + BATCH);
    for (const one of await headsOf(connection, batch, holder.clock.now())) if (await takeSafely(reading, one, ours)) kept += 1;
    await noteRead(reading, folder, batch.at(-1) ?? 0);
  }
  // Also without any mail there is a place to begin from next time.
  if (uids.length === 0 && !(await readFolder(holder.database.reader, holder.owner, INBOX)))
    await noteRead(reading, folder, Math.max(0, folder.uidNext - 1));
  return { looked: uids.length, kept };
}

/** The server whose check is believed: as its owner wrote it, else as it was learned. */
export async function trustedServer(holder: Holder): Promise<string | undefined> {
  const row = await readAccount(holder.database.reader, holder.owner);
  return row?.checking_server ?? row?.learned_server ?? undefined;
}

/** It was read at its owner's wish: whatever was wrong is over, and it is watched again. */
async function noteReadByHand({ owner, database, clock }: Holder): Promise<void> {
  await inTransaction(database, (tx) => markRead(tx, owner, clock.now()));
}

/** Opens the mailbox, reads what is new, and closes it. Answers in words also when it could not be read. */
export async function readOnce(holder: Holder, config: MailConfig, timeouts?: ImapTimeouts) {
  try {
    const connection = await openMailbox(holder, config, { timeouts });
    if (!connection) return { ok: false, message: "No mailbox is set up yet.", looked: 0, kept: 0 };
    try {
      const folder = await connection.open(INBOX);
      const trusted = (await trustedServer(holder)) ?? (await learnFrom(connection, holder.clock.now()));
      const counts = await readNew({ holder, connection, trustedServer: trusted, log: undefined }, folder);
      await noteReadByHand(holder);
      const message =
        counts.kept === 0
          ? "Read. Nothing new that answers one of your mails."
          : `Read. ${counts.kept === 1 ? "One mail answers" : `${counts.kept} mails answer`} one of yours.`;
      return { ok: true, message, ...counts };
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (error instanceof ImapTrouble) return { ok: false, message: error.message, looked: 0, kept: 0 };
    throw error;
  }
}
