import { instantText } from "../../../platform/clock.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import type { Reach } from "../../../platform/reach.ts";
import type { Db } from "../../../platform/storage/database.ts";
import { isSignedFor, mailLinesOf, tokenHash } from "../../answers/index.ts";
import { type Delivery, findDelivery } from "../../delivery/index.ts";
import { actsFor } from "../rules.ts";
import type { GuestMail, GuestScope } from "../schema.ts";
import { readLinkByHash } from "../store.ts";

/**
 * What a link opens, or undefined: unknown, expired, revoked and forged ones are all alike. Reads only, so that a program that looks
 * at the links in a mail before anybody does changes nothing.
 */
export async function openLink(db: Db, reach: Reach, now: Temporal.Instant, token: string): Promise<GuestScope | undefined> {
  const row = await readLinkByHash(db, tokenHash(token));
  if (!row || row.expires_at <= instantText(now)) return undefined;
  const scope = { owner: row.owner_id as OwnerId, meetingId: row.meeting_id, personId: row.person_id };
  if (!isSignedFor(reach.signer, token, scope)) return undefined;
  return { ...scope, linkId: row.id, expiresAt: row.expires_at } as GuestScope;
}

/** Approved words that wait for their hour are not open yet, and those that were taken back never are. */
const CLOSED: ReadonlySet<Delivery["state"]> = new Set(["planned", "held", "missed", "withdrawn"]);

/**
 * The mails that a page can show, the recap before the agenda. Their words are those that were approved and left, kept line by line:
 * what their owner changed since, or never chose, is not read.
 */
export async function mailsOf(db: Db, scope: GuestScope): Promise<GuestMail[]> {
  const mails: GuestMail[] = [];
  for (const kind of ["recap", "agenda"] as const) {
    const delivery = await findDelivery(db, scope.owner, scope.meetingId, kind);
    if (!delivery || CLOSED.has(delivery.state) || delivery.personId !== scope.personId) continue;
    const lines = await mailLinesOf(db, scope.owner, delivery.id);
    mails.push({
      deliveryId: delivery.id,
      kind,
      ownerName: delivery.fromName,
      personName: delivery.toName,
      zone: delivery.meetingZone,
      lines: lines.map((line, position) => ({ ...line, position, acts: actsFor(line) })),
    });
  }
  return mails;
}
