import { AppError, notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { readOperation, writeOperation } from "../../../platform/operation.ts";
import type { Reach } from "../../../platform/reach.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import { findDelivery, withdrawApproval } from "../../delivery/index.ts";
import type { Meeting } from "../../meetings/index.ts";
import { requirePerson } from "../../people/index.ts";
import { linkExpiry, tokenFor, tokenHash } from "../rules.ts";
import { AllowInput, GuestLink, type GuestLinkTable, LinkId, LinksInput, PageAccess } from "../schema.ts";
import {
  countRevoked,
  deletePermission,
  insertPermission,
  listLinks,
  putLink,
  readLink,
  readPermission,
  revokeLinkOnce,
} from "../store.ts";

async function tokenOf(db: Db, owner: OwnerId, reach: Reach, { id: meetingId, personId }: Meeting): Promise<string> {
  const generation = await countRevoked(db, owner, meetingId, personId);
  return tokenFor(reach.signer, { owner, meetingId, personId }, generation);
}

/**
 * The address of the page on which the other person can answer a meeting's agenda and recap: undefined unless this installation can
 * be reached from outside and its owner switched pages on for this person. Writes nothing: it opens once `openGuestLink` was called.
 */
export async function guestLinkFor(
  db: Db,
  owner: OwnerId,
  reach: Reach | undefined,
  meeting: Meeting,
): Promise<string | undefined> {
  if (!reach || !(await readPermission(db, owner, meeting.personId))) return undefined;
  return `${reach.url}/g/${await tokenOf(db, owner, reach, meeting)}`;
}

/** Lets the link of a meeting open its page, from the approval of the mail that carries it on. Does nothing without a link. */
export async function openGuestLink(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  reach: Reach | undefined,
  meeting: Meeting,
): Promise<void> {
  if (!reach || !(await readPermission(tx, owner, meeting.personId))) return;
  await putLink(tx, owner, now, {
    person_id: meeting.personId,
    meeting_id: meeting.id,
    token_hash: tokenHash(await tokenOf(tx, owner, reach, meeting)),
    expires_at: instantText(linkExpiry(Temporal.Instant.from(meeting.endsAt))),
  });
}

function toLink(row: GuestLinkTable, now: Temporal.Instant): GuestLink {
  return {
    id: row.id,
    personId: row.person_id,
    meetingId: row.meeting_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    isOpen: row.revoked_at === null && row.expires_at > instantText(now),
  };
}

/** The link that opens a meeting's page now, if there is one. */
export async function openLinkOf(
  db: Db,
  owner: OwnerId,
  now: Temporal.Instant,
  meetingId: string,
): Promise<GuestLink | undefined> {
  return (await listLinks(db, owner, { meetingId })).map((row) => toLink(row, now)).find((link) => link.isOpen);
}

/** A mail that waits to go out with a link that no longer opens anything would be a dead end: it needs another approval. */
async function withdrawMailsWith(tx: Tx, owner: OwnerId, now: Temporal.Instant, meetingId: string): Promise<void> {
  for (const kind of ["agenda", "recap"] as const) {
    const delivery = await findDelivery(tx, owner, meetingId, kind);
    if (delivery && delivery.sentAt === null && delivery.text.includes("/g/"))
      await withdrawApproval(tx, owner, now, meetingId, kind);
  }
}

async function revoke(tx: Tx, owner: OwnerId, now: Temporal.Instant, row: GuestLinkTable): Promise<void> {
  if (!(await revokeLinkOnce(tx, owner, now, row.id))) return;
  await withdrawMailsWith(tx, owner, now, row.meeting_id);
}

export const revokeLink = writeOperation({
  name: "answers.revokeLink",
  summary:
    "Close the page that a link opens, for good; an approved mail that carries it and has not left asks for approval again",
  input: LinkId,
  output: GuestLink,
  async run({ owner, tx, now }, { id }) {
    const row = await readLink(tx, owner, id);
    if (!row) throw notFound("This link");
    await revoke(tx, owner, now, row);
    return toLink((await readLink(tx, owner, id)) as GuestLinkTable, now);
  },
});

async function accessOf(db: Db, owner: OwnerId, now: Temporal.Instant, reach: Reach | undefined, personId: string) {
  await requirePerson(db, owner, personId);
  const permission = await readPermission(db, owner, personId);
  const links = await listLinks(db, owner, { personId });
  return {
    personId,
    address: reach?.url ?? null,
    allowedAt: permission?.allowed_at ?? null,
    links: links.map((row) => toLink(row, now)),
  };
}

export const showAccess = readOperation({
  name: "answers.showAccess",
  summary: "Show whether a person may open a page with your agenda and recap, and which links are open",
  input: LinksInput,
  output: PageAccess,
  run: ({ owner, db, now, reach }, { personId }) => accessOf(db, owner, now, reach, personId),
});

export const allowPage = writeOperation({
  name: "answers.allowPage",
  summary: "Let a person open a page to answer your agenda and recap, by a link in the mail; or stop it and close every open one",
  input: AllowInput,
  output: PageAccess,
  async run({ owner, tx, now, reach }, { personId, allowed }) {
    await requirePerson(tx, owner, personId);
    if (allowed && !reach)
      throw new AppError(
        "unavailable",
        "This Throughline cannot be reached from outside yet: set THROUGHLINE_PUBLIC_URL first. Until then, a reply to the mail does the same.",
      );
    if (allowed) await insertPermission(tx, owner, now, personId);
    else {
      await deletePermission(tx, owner, personId);
      for (const row of await listLinks(tx, owner, { personId })) await revoke(tx, owner, now, row);
    }
    return accessOf(tx, owner, now, reach, personId);
  },
});
