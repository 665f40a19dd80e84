import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AppError, invalidField, notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { LARGEST_MAIL } from "../../../platform/mail/read-mime.ts";
import { readOperation, writeOperation } from "../../../platform/operation.ts";
import type { Db } from "../../../platform/storage/database.ts";
import { IncomingFilter, IncomingId, type IncomingMail, IncomingMails, RawMail, TakeInput } from "../schema.ts";
import { type IncomingRow, listIncomingRows, readAccount, readIncoming } from "../store.ts";
import { keepTaken, ourMails, understand } from "./taking.ts";

const unpack = promisify(gunzip);
const LONGEST_LIST = 100;

export function toIncoming(row: IncomingRow): IncomingMail {
  return {
    id: row.id,
    kind: row.kind,
    matchedBy: row.matched_by,
    deliveryId: row.delivery_id,
    personId: row.person_id,
    meetingId: row.meeting_id,
    sender: row.sender,
    subject: row.subject,
    text: row.text,
    verified: row.verified_at !== null,
    senderCheck: row.sender_check,
    awayOn: row.away_on,
    receivedAt: row.received_at,
  };
}

export const listIncoming = readOperation({
  name: "mailbox.incoming",
  summary: "List the mails that answered yours, came back or told of an absence, the newest first",
  input: IncomingFilter,
  output: IncomingMails,
  run: async ({ owner, db }, filter) => ({
    mails: (await listIncomingRows(db, owner, filter, LONGEST_LIST)).map(toIncoming),
  }),
});

/** A kept mail as it came, byte by byte. Throws `not_found` for somebody else's. */
export async function rawMail(db: Db, owner: OwnerId, id: string): Promise<{ mail: IncomingMail; raw: Buffer }> {
  const row = await readIncoming(db, owner, id);
  if (!row) throw notFound("This mail");
  return { mail: toIncoming(row), raw: await unpack(Buffer.from(row.raw, "base64"), { maxOutputLength: LARGEST_MAIL }) };
}

export const showRaw = readOperation({
  name: "mailbox.raw",
  summary: "Get a mail that was kept, exactly as it came",
  input: IncomingId,
  output: RawMail,
  async run({ owner, db }, { id }) {
    const { mail, raw } = await rawMail(db, owner, id);
    return { ...mail, raw: raw.toString("base64") };
  },
});

export const takeMail = writeOperation({
  name: "mailbox.take",
  summary: "Hand in a mail that you got as a file (.eml), without a mailbox: it is kept if it answers one of yours",
  input: TakeInput,
  output: IncomingMails,
  // Base64 takes a third more room.
  maxInputBytes: Math.ceil(LARGEST_MAIL * 1.4),
  async run({ owner, tx, now }, { content }) {
    const raw = Buffer.from(content, "base64");
    if (raw.length > LARGEST_MAIL)
      throw invalidField("content", "This mail is larger than 5 MB. Save it without its attachments.");
    const account = await readAccount(tx, owner);
    const trustedServer = account?.checking_server ?? account?.learned_server ?? undefined;
    const ours = await ourMails(tx, owner, now);
    const taken = await understand(tx, owner, now, { raw, receivedAt: now, ours, trustedServer });
    if (!taken)
      throw new AppError("invalid", "This mail answers none that went out from here. Nothing of it was kept.", {
        fields: [{ field: "content", message: "This mail answers none that went out from here. Nothing of it was kept." }],
      });
    const isNew = await keepTaken(tx, owner, now, taken);
    return { mails: isNew ? [toIncoming(taken.row)] : [] };
  },
});
