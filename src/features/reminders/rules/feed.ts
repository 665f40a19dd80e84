import { createHash } from "node:crypto";
import type { Signer } from "../../../platform/keys/sign.ts";
import type { Span } from "../store/moments.ts";
import type { Moment } from "./moments.ts";

const DAYS_AHEAD = 60;
const DAYS_BACK = 14;

/** What the feed holds: whole days (UTC) around the present, so that the same data gives the same bytes for a day. */
export function feedSpan(now: Temporal.Instant): Span {
  const today = now.toZonedDateTimeISO("UTC").startOfDay();
  return {
    from: today.subtract({ days: DAYS_BACK }).toInstant(),
    until: today.add({ days: DAYS_AHEAD }).toInstant(),
  };
}

/** The secret in a feed's address: 43 characters that follow from the feed's random id with a key that is not in the database. */
export function feedToken(signer: Signer, owner: string, feedId: string): string {
  return signer.sign("feed", owner, feedId).toString("base64url");
}

// RFC 5545 (section 3.3.8) has room for 32 bits; the seconds since then last until 2088.
const SEQUENCE_FROM = Temporal.Instant.from("2020-01-01T00:00:00Z");

/** SEQUENCE (RFC 5545, section 3.8.7.4) out of the time of the last change, which only grows. */
export function sequenceOf(changedAt: Temporal.Instant): number {
  return Math.max(0, Math.floor(changedAt.since(SEQUENCE_FROM).total("seconds")));
}

/** The same for a moment for ever, whatever is moved. */
export function uidOf({ kind, meetingId }: Pick<Moment, "kind" | "meetingId">): string {
  return `${kind}-${meetingId}@throughline.invalid`;
}

/** An entity tag (RFC 9110, section 8.8.3) for these very bytes. */
export function entityTag(body: string): string {
  return `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
}

/** Whether the reader has this version already: If-None-Match compares weakly (RFC 9110, section 13.1.2). */
export function hasAlready(ifNoneMatch: string | undefined, tag: string): boolean {
  const known = (ifNoneMatch ?? "").split(",").map((one) => one.trim().replace(/^W\//u, ""));
  return known.includes(tag) || known.includes("*");
}
