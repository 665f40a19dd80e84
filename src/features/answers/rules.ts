import { createHash, timingSafeEqual } from "node:crypto";
import type { Signer } from "../../platform/keys/sign.ts";
import type { About, Answer, AnswerState, AnswerTable } from "./schema.ts";

/** Where an answer stands with its owner. One whose sender is not sure waits for a yes to the sender first. */
export function stateOf(row: Pick<AnswerTable, "verified_at" | "accepted_at" | "declined_at">): AnswerState {
  if (row.accepted_at) return "accepted";
  if (row.declined_at) return "declined";
  return row.verified_at ? "waiting" : "unverified";
}

function aboutOf({ about_kind: kind, about_id: id, about_text: text }: AnswerTable): About | null {
  return kind === null || id === null ? null : { kind, id, text };
}

export function toAnswer(row: AnswerTable): Answer {
  return {
    id: row.id,
    meetingId: row.meeting_id,
    personId: row.person_id,
    deliveryId: row.delivery_id,
    way: row.way,
    kind: row.kind,
    about: aboutOf(row),
    text: row.text,
    namedOn: row.named_on,
    sender: row.sender,
    rawId: row.raw_id,
    receivedAt: row.received_at,
    verifiedAt: row.verified_at,
    acceptedAt: row.accepted_at,
    declinedAt: row.declined_at,
    becameId: row.became_id,
    state: stateOf(row),
  };
}

const LINK_DAYS = 30;

/** A link opens its page until 30 days (of 24 hours) after the end of the meeting. */
export function linkExpiry(endsAt: Temporal.Instant): Temporal.Instant {
  return endsAt.add({ hours: 24 * LINK_DAYS });
}

/** What one link opens: one meeting of one owner, for one person. */
export interface LinkScope {
  readonly owner: string;
  readonly meetingId: string;
  readonly personId: string;
}

/** Half of SHA-256, as RFC 2104 (section 5) allows at the least: 128 bits cannot be guessed, and the address stays short. */
const HALF = 16;

function sealOf(signer: Signer, nonce: Buffer, { owner, meetingId, personId }: LinkScope): Buffer {
  return signer.sign("seal", nonce.toString("hex"), owner, meetingId, personId).subarray(0, HALF);
}

/**
 * The token of a link: 16 bytes that nobody can guess, and a signature that binds them to the scope; 43 characters. The same for the
 * same scope and generation, so that a mail has the same words when it is read, read again and approved. A new generation, after a
 * link was revoked, gives another token.
 */
export function tokenFor(signer: Signer, scope: LinkScope, generation: number): string {
  const { owner, meetingId, personId } = scope;
  const nonce = signer.sign("nonce", owner, meetingId, personId, String(generation)).subarray(0, HALF);
  return Buffer.concat([nonce, sealOf(signer, nonce, scope)]).toString("base64url");
}

/** What the database keeps of a link's token. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Whether a token is signed for this scope, in a time that says nothing about how much of it was right. */
export function isSignedFor(signer: Signer, token: string, scope: LinkScope): boolean {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== 2 * HALF) return false;
  return timingSafeEqual(sealOf(signer, bytes.subarray(0, HALF), scope), bytes.subarray(HALF));
}
