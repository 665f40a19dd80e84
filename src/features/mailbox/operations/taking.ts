import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { cleanText, LONGEST_TEXT } from "../../../lib/text.ts";
import { dayIn } from "../../../lib/dates.ts";
import { newId, type OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { checkSender, type SenderCheck } from "../../../platform/mail/authentication.ts";
import { awayUntil } from "../../../platform/mail/away.ts";
import { type Bounce, type MailSort, readBounce, sortOf } from "../../../platform/mail/machine-mail.ts";
import { readMail, type ReadMail } from "../../../platform/mail/read-mime.ts";
import { reduceReply, type ReplyPiece } from "../../../platform/mail/reply-text.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import { readOwner } from "../../account/index.ts";
import { type MailLine, keepAnswer, mailLinesOf } from "../../answers/index.ts";
import { type AnswerableMail, answerableMails, noteArrived, noteBounce } from "../../delivery/index.ts";
import { requirePerson } from "../../people/index.ts";
import { type Matched, matchMail } from "../rules/matching.ts";
import type { IncomingKind, IncomingMailTable } from "../schema.ts";
import { insertIncoming } from "../store.ts";

const pack = promisify(gzip);

/** How far back a mail may have been sent that is still answered. */
const ANSWERED_DAYS = 180;

/** What incoming mails are compared with: everything that went out lately. One query for a whole reading. */
export function ourMails(db: Db, owner: OwnerId, now: Temporal.Instant): Promise<AnswerableMail[]> {
  return answerableMails(db, owner, now.subtract({ hours: ANSWERED_DAYS * 24 }));
}

/** What a mail says about itself, as far as a match needs it. `mail` may be its headers alone. */
export function matchRead(
  mail: ReadMail,
  ours: readonly AnswerableMail[],
  receivedAt: Temporal.Instant,
): { sort: MailSort; bounce: Bounce | undefined; matched: Matched | undefined } {
  const sort = sortOf(mail);
  const bounce = sort === "bounce" ? readBounce(mail) : undefined;
  const matched = matchMail(
    {
      sort,
      inReplyTo: mail.inReplyTo,
      references: mail.references,
      from: mail.from.length === 1 ? (mail.from[0]?.address ?? "") : "",
      subject: mail.subject,
      about: bounce?.about ?? [],
      recipient: bounce?.recipient ?? "",
      receivedAt,
    },
    ours,
  );
  return { sort, bounce, matched };
}

/** A mail with all that it takes to keep it, worked out before any transaction begins. */
export interface Taken {
  readonly row: IncomingMailTable;
  readonly pieces: readonly ReplyPiece[];
  readonly lines: readonly MailLine[];
  readonly bounce: Bounce | undefined;
}

export interface TakeFacts {
  readonly raw: Buffer;
  readonly receivedAt: Temporal.Instant;
  readonly ours: readonly AnswerableMail[];
  /** The server whose check of senders is believed. */
  readonly trustedServer: string | undefined;
}

/** The person themselves, as far as the owner's mail server could check it. */
function checkPerson(mail: ReadMail, addresses: readonly (string | null)[], trusted: string | undefined): SenderCheck {
  const check = checkSender(mail, trusted);
  const from = mail.from[0]?.address ?? "";
  if (!check.verified || addresses.some((address) => address?.toLowerCase() === from)) return check;
  return { ...check, verified: false, reason: "it came from another address than the one you wrote to" };
}

const kinds: Record<MailSort, IncomingKind> = { person: "reply", auto_reply: "away", bounce: "bounce", other_machine: "other" };

const LONGEST_NOTE = 2_000;
const cut = (text: string, length: number): string => text.slice(0, length).toWellFormed();

async function piecesOf(db: Db, owner: OwnerId, mail: ReadMail, sent: AnswerableMail, names: readonly string[]) {
  const lines = await mailLinesOf(db, owner, sent.deliveryId);
  const pieces = await reduceReply(mail.text, { text: sent.text, parts: lines.map((line) => line.text) }, names);
  return { lines, pieces };
}

/**
 * Reads a whole mail and works out what it is to us: which of our mails it answers, who it is from, what is new in it. Undefined when it is
 * not about a mail of ours, or is one of ours: then nothing of it is kept. Writes nothing.
 */
export async function understand(db: Db, owner: OwnerId, now: Temporal.Instant, facts: TakeFacts): Promise<Taken | undefined> {
  const { raw, receivedAt, ours, trustedServer } = facts;
  const mail = await readMail(raw);
  const profile = await readOwner(db, owner);
  const { sort, bounce, matched } = matchRead(mail, ours, receivedAt);
  if (!matched || isOwn(mail, profile.email, ours)) return undefined;
  const { mail: sent, by } = matched;
  const person = await requirePerson(db, owner, sent.personId);
  const check = checkPerson(mail, [person.email, sent.toAddress], trustedServer);
  const { lines, pieces } = sort === "person" ? await piecesOf(db, owner, mail, sent, [person.name]) : { lines: [], pieces: [] };
  const away = sort === "auto_reply" ? awayUntil(`${mail.subject}\n${mail.text}`, dayIn(profile.zone, receivedAt)) : undefined;
  const said =
    sort === "person" ? pieces.map((piece) => piece.text).join("\n\n") : (bounce?.reason ?? cut(mail.text, LONGEST_NOTE));
  return {
    row: {
      owner_id: owner,
      id: newId(),
      kind: kinds[sort],
      message_id: mail.messageId,
      body_hash: createHash("sha256").update(mail.text).digest("hex"),
      matched_by: by,
      delivery_id: sent.deliveryId,
      person_id: sent.personId,
      meeting_id: sent.meetingId,
      sender: cut(mail.from[0]?.address ?? "", 320),
      subject: cleanText(mail.subject),
      text: cut(cleanText(said), LONGEST_TEXT),
      sender_check: check.reason,
      verified_at: check.verified ? instantText(now) : null,
      away_on: away?.toString() ?? null,
      raw: (await pack(raw)).toString("base64"),
      raw_bytes: raw.length,
      received_at: instantText(receivedAt),
      created_at: instantText(now),
    },
    pieces,
    lines,
    bounce,
  };
}

/** A copy to oneself, or the mail itself as it went out. */
export function isOwn(mail: ReadMail, ownAddress: string | null, ours: readonly AnswerableMail[]): boolean {
  const from = mail.from[0]?.address;
  return (
    (from !== undefined && from === ownAddress?.toLowerCase()) ||
    ours.some((one) => one.messageId === mail.messageId && mail.messageId !== "")
  );
}

async function keepPieces(tx: Tx, owner: OwnerId, now: Temporal.Instant, { row, pieces, lines }: Taken): Promise<void> {
  for (const { part, text } of pieces) {
    const line = part === null ? undefined : lines[part];
    await keepAnswer(tx, owner, now, {
      ...answerFacts(row),
      sourceKey: `mail:${row.id}:${part ?? "whole"}`,
      kind: "reply",
      about: line?.about ? { ...line.about, text: line.text } : null,
      text,
    });
  }
}

function answerFacts(row: IncomingMailTable) {
  return {
    meetingId: row.meeting_id,
    personId: row.person_id,
    deliveryId: row.delivery_id,
    way: "mail" as const,
    sender: row.sender,
    rawId: row.id,
    receivedAt: Temporal.Instant.from(row.received_at),
    isVerified: row.verified_at !== null,
  };
}

/**
 * Keeps an understood mail once, with everything that follows from it: the answers wait for their owner, a mail that came back is open again,
 * and a mail whose end was unknown counts as arrived. Answers whether it was new.
 */
export async function keepTaken(tx: Tx, owner: OwnerId, now: Temporal.Instant, taken: Taken): Promise<boolean> {
  const { row, bounce } = taken;
  if (!(await insertIncoming(tx, row))) return false;
  if (bounce) {
    if (bounce.isFinal) await noteBounce(tx, owner, now, row.delivery_id, bounce.reason);
    return true;
  }
  // Whoever answers a mail by its Message-ID has it in front of them.
  if (row.matched_by === "message_id") await noteArrived(tx, owner, now, row.delivery_id);
  await keepPieces(tx, owner, now, taken);
  if (row.kind === "away")
    await keepAnswer(tx, owner, now, {
      ...answerFacts(row),
      sourceKey: `mail:${row.id}:away`,
      kind: "away",
      text: cut(row.text, LONGEST_NOTE),
      namedOn: row.away_on,
    });
  return true;
}
