import { newId, type OwnerId } from "../../lib/ids.ts";
import { instantText } from "../../platform/clock.ts";
import type { Db, Tx } from "../../platform/storage/database.ts";
import type { AnswerTable, GuestLinkTable, MailLineTable, PagePermissionTable } from "./schema.ts";

/** Keeps an answer once. Gives the id of the one that is kept: its own, or that of the first with the same source. */
export async function insertAnswer(tx: Tx, row: AnswerTable): Promise<string> {
  // The update changes nothing, but gives the present row back on both stores, also when another process was faster.
  const kept = await tx
    .insertInto("answer")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["owner_id", "source_key"]).doUpdateSet((q) => ({ source_key: q.ref("excluded.source_key") })),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  return kept.id;
}

export function readAnswer(db: Db, owner: OwnerId, id: string): Promise<AnswerTable | undefined> {
  return db.selectFrom("answer").selectAll().where("owner_id", "=", owner).where("id", "=", id).executeTakeFirst();
}

export interface AnswerFilter {
  readonly meetingId?: string | undefined;
  readonly waiting?: boolean | undefined;
}

/** Oldest first: what was said first is looked at first. */
export function listAnswerRows(db: Db, owner: OwnerId, { meetingId, waiting }: AnswerFilter): Promise<AnswerTable[]> {
  return db
    .selectFrom("answer")
    .selectAll()
    .where("owner_id", "=", owner)
    .$if(meetingId !== undefined, (query) => query.where("meeting_id", "=", meetingId as string))
    .$if(waiting === true, (query) => query.where("accepted_at", "is", null).where("declined_at", "is", null))
    .$if(waiting === false, (query) =>
      query.where((q) => q.or([q("accepted_at", "is not", null), q("declined_at", "is not", null)])),
    )
    .orderBy("received_at")
    .orderBy("id")
    .execute();
}

type Settling = Partial<Pick<AnswerTable, "verified_at" | "accepted_at" | "declined_at" | "became_id">>;

/** Changes an answer that nobody has settled yet: of two at once, one finds nothing to do. */
export function updateWaiting(tx: Tx, owner: OwnerId, id: string, changes: Settling): Promise<AnswerTable | undefined> {
  return tx
    .updateTable("answer")
    .set(changes)
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .where("accepted_at", "is", null)
    .where("declined_at", "is", null)
    .returningAll()
    .executeTakeFirst();
}

export async function setBecame(tx: Tx, owner: OwnerId, id: string, becameId: string): Promise<boolean> {
  const changed = await tx
    .updateTable("answer")
    .set({ became_id: becameId })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .where("accepted_at", "is not", null)
    .where("became_id", "is", null)
    .returning("id")
    .execute();
  return changed.length > 0;
}

export async function insertMailLines(tx: Tx, rows: readonly MailLineTable[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto("mail_line")
    .values([...rows])
    .onConflict((conflict) => conflict.columns(["owner_id", "delivery_id", "position"]).doNothing())
    .execute();
}

export function listMailLines(db: Db, owner: OwnerId, deliveryId: string): Promise<MailLineTable[]> {
  return db
    .selectFrom("mail_line")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("delivery_id", "=", deliveryId)
    .orderBy("position")
    .execute();
}

/** How many answers wait, for each meeting that has some. */
export function countWaiting(db: Db, owner: OwnerId): Promise<{ meeting_id: string; person_id: string; waiting: number }[]> {
  return db
    .selectFrom("answer")
    .select(["meeting_id", "person_id"])
    .select((q) => q.fn.countAll<number>().as("waiting"))
    .where("owner_id", "=", owner)
    .where("accepted_at", "is", null)
    .where("declined_at", "is", null)
    .groupBy(["meeting_id", "person_id"])
    .orderBy("meeting_id")
    .execute();
}

/** Which of these ids are answers that were accepted: an item made from an answer has its id. */
export async function acceptedAmong(db: Db, owner: OwnerId, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom("answer")
    .select("id")
    .where("owner_id", "=", owner)
    .where("id", "in", ids)
    .where("accepted_at", "is not", null)
    .execute();
  return new Set(rows.map((row) => row.id));
}

export function readPermission(db: Db, owner: OwnerId, personId: string): Promise<PagePermissionTable | undefined> {
  return db
    .selectFrom("page_permission")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("person_id", "=", personId)
    .executeTakeFirst();
}

export async function insertPermission(tx: Tx, owner: OwnerId, now: Temporal.Instant, personId: string): Promise<void> {
  await tx
    .insertInto("page_permission")
    .values({ owner_id: owner, person_id: personId, allowed_at: instantText(now) })
    .onConflict((conflict) => conflict.columns(["owner_id", "person_id"]).doNothing())
    .execute();
}

export async function deletePermission(tx: Tx, owner: OwnerId, personId: string): Promise<void> {
  await tx.deleteFrom("page_permission").where("owner_id", "=", owner).where("person_id", "=", personId).execute();
}

/** How many links of a meeting were revoked: the next one is of another generation. */
export async function countRevoked(db: Db, owner: OwnerId, meetingId: string, personId: string): Promise<number> {
  const row = await db
    .selectFrom("guest_link")
    .select((q) => q.fn.countAll<number>().as("revoked"))
    .where("owner_id", "=", owner)
    .where("meeting_id", "=", meetingId)
    .where("person_id", "=", personId)
    .where("revoked_at", "is not", null)
    .executeTakeFirstOrThrow();
  return row.revoked;
}

type NewLink = Pick<GuestLinkTable, "person_id" | "meeting_id" | "token_hash" | "expires_at">;

/** One live link a meeting and person: approving again lets the same one open longer, or takes over the token of a new key. */
export async function putLink(tx: Tx, owner: OwnerId, now: Temporal.Instant, link: NewLink): Promise<void> {
  await tx
    .insertInto("guest_link")
    .values({ owner_id: owner, id: newId(), ...link, created_at: instantText(now), revoked_at: null })
    .onConflict((conflict) =>
      conflict
        .columns(["owner_id", "meeting_id", "person_id"])
        .where("revoked_at", "is", null)
        .doUpdateSet({ token_hash: link.token_hash, expires_at: link.expires_at }),
    )
    .execute();
}

export function readLink(db: Db, owner: OwnerId, id: string): Promise<GuestLinkTable | undefined> {
  return db.selectFrom("guest_link").selectAll().where("owner_id", "=", owner).where("id", "=", id).executeTakeFirst();
}

/** The newest first. */
export function listLinks(
  db: Db,
  owner: OwnerId,
  filter: { readonly personId?: string; readonly meetingId?: string },
): Promise<GuestLinkTable[]> {
  return db
    .selectFrom("guest_link")
    .selectAll()
    .where("owner_id", "=", owner)
    .$if(filter.personId !== undefined, (query) => query.where("person_id", "=", filter.personId as string))
    .$if(filter.meetingId !== undefined, (query) => query.where("meeting_id", "=", filter.meetingId as string))
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .execute();
}

/** Revokes a link once; false when it was revoked before. */
export async function revokeLinkOnce(tx: Tx, owner: OwnerId, now: Temporal.Instant, id: string): Promise<boolean> {
  const changed = await tx
    .updateTable("guest_link")
    .set({ revoked_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .returning("id")
    .execute();
  return changed.length > 0;
}
