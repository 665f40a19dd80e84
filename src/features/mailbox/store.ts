import { newSecret, type OwnerId } from "../../lib/ids.ts";
import { instantText } from "../../platform/clock.ts";
import type { Db, Tx } from "../../platform/storage/database.ts";
import type { IncomingMailTable, MailboxAccountTable, MailboxFolderTable } from "./schema.ts";

export function readAccount(db: Db, owner: OwnerId): Promise<MailboxAccountTable | undefined> {
  return db.selectFrom("mailbox_account").selectAll().where("owner_id", "=", owner).executeTakeFirst();
}

type Settings = Pick<
  MailboxAccountTable,
  "host" | "port" | "security" | "username" | "sealed_password" | "checking_server" | "learned_server"
>;

/** Keeps the settings of a mailbox, and lets it be read at once. Whoever reads it now loses the lease. */
export async function putAccount(tx: Tx, owner: OwnerId, now: Temporal.Instant, settings: Settings): Promise<void> {
  const at = instantText(now);
  const changes = {
    ...settings,
    paused_at: null,
    trouble: null,
    failures: 0,
    next_at: at,
    lease_token: null,
    lease_until: null,
    updated_at: at,
  };
  await tx
    .insertInto("mailbox_account")
    .values({ owner_id: owner, ...changes, last_read_at: null, created_at: at })
    .onConflict((conflict) => conflict.column("owner_id").doUpdateSet(changes))
    .execute();
}

export async function deleteAccount(tx: Tx, owner: OwnerId): Promise<void> {
  await tx.deleteFrom("mailbox_folder").where("owner_id", "=", owner).execute();
  await tx.deleteFrom("mailbox_account").where("owner_id", "=", owner).execute();
}

/** Forgets how far the folders were read: after another mailbox was set, its numbers mean nothing. */
export async function deleteFolders(tx: Tx, owner: OwnerId): Promise<void> {
  await tx.deleteFrom("mailbox_folder").where("owner_id", "=", owner).execute();
}

/** Owners whose mailbox nobody reads and whose time has come, the one that has waited longest first. */
export async function ownersDue(db: Db, now: Temporal.Instant, limit: number): Promise<string[]> {
  const at = instantText(now);
  const rows = await db
    .selectFrom("mailbox_account")
    .select("owner_id")
    .where("paused_at", "is", null)
    .where("next_at", "<=", at)
    .where((eb) => eb.or([eb("lease_until", "is", null), eb("lease_until", "<=", at)]))
    .orderBy("next_at")
    .limit(limit)
    .execute();
  return rows.map((row) => row.owner_id);
}

/** Takes the right to read a mailbox until `until`; undefined when another process has it. */
export async function takeLease(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  until: Temporal.Instant,
): Promise<string | undefined> {
  const at = instantText(now);
  const token = newSecret();
  const taken = await tx
    .updateTable("mailbox_account")
    .set({ lease_token: token, lease_until: instantText(until), updated_at: at })
    .where("owner_id", "=", owner)
    .where("paused_at", "is", null)
    .where((eb) => eb.or([eb("lease_until", "is", null), eb("lease_until", "<=", at)]))
    .returning("owner_id")
    .execute();
  return taken.length > 0 ? token : undefined;
}

type Report = Partial<
  Pick<
    MailboxAccountTable,
    "trouble" | "failures" | "next_at" | "last_read_at" | "paused_at" | "learned_server" | "lease_token" | "lease_until"
  >
>;

/** Changes what is known about a mailbox by whoever holds its lease; answers whether they still do. */
export async function updateLeased(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  lease: string,
  values: Report,
): Promise<boolean> {
  const changed = await tx
    .updateTable("mailbox_account")
    .set({ ...values, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("lease_token", "=", lease)
    .returning("owner_id")
    .execute();
  return changed.length > 0;
}

/** Notes that a mailbox could be read, and lets it be watched again when it was paused. */
export async function markRead(tx: Tx, owner: OwnerId, now: Temporal.Instant): Promise<void> {
  const at = instantText(now);
  await tx
    .updateTable("mailbox_account")
    .set({ paused_at: null, trouble: null, failures: 0, next_at: at, last_read_at: at, updated_at: at })
    .where("owner_id", "=", owner)
    .execute();
}

export async function readFolder(
  db: Db,
  owner: OwnerId,
  folder: string,
): Promise<(MailboxFolderTable & { last_uid: number }) | undefined> {
  const row = await db
    .selectFrom("mailbox_folder")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("folder", "=", folder)
    .executeTakeFirst();
  return row && { ...row, last_uid: Number(row.last_uid) };
}

export async function putFolder(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  place: Pick<MailboxFolderTable, "folder" | "uid_validity" | "last_uid">,
): Promise<void> {
  const row = { ...place, updated_at: instantText(now) };
  await tx
    .insertInto("mailbox_folder")
    .values({ owner_id: owner, ...row })
    .onConflict((conflict) => conflict.columns(["owner_id", "folder"]).doUpdateSet(row))
    .execute();
}

/** Keeps a mail once; answers whether it was new. */
export async function insertIncoming(tx: Tx, row: IncomingMailTable): Promise<boolean> {
  const kept = await tx
    .insertInto("incoming_mail")
    .values(row)
    .onConflict((conflict) => conflict.columns(["owner_id", "message_id", "body_hash"]).doNothing())
    .returning("id")
    .execute();
  return kept.length > 0;
}

const shown = [
  "id",
  "kind",
  "matched_by",
  "delivery_id",
  "person_id",
  "meeting_id",
  "sender",
  "subject",
  "text",
  "sender_check",
  "verified_at",
  "away_on",
  "received_at",
] as const;

export type IncomingRow = Pick<IncomingMailTable, (typeof shown)[number]>;

export function listIncomingRows(
  db: Db,
  owner: OwnerId,
  filter: { readonly personId?: string | undefined; readonly meetingId?: string | undefined },
  limit: number,
): Promise<IncomingRow[]> {
  return db
    .selectFrom("incoming_mail")
    .select(shown)
    .where("owner_id", "=", owner)
    .$if(filter.personId !== undefined, (query) => query.where("person_id", "=", filter.personId as string))
    .$if(filter.meetingId !== undefined, (query) => query.where("meeting_id", "=", filter.meetingId as string))
    .orderBy("received_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

export function readIncoming(db: Db, owner: OwnerId, id: string): Promise<IncomingMailTable | undefined> {
  return db.selectFrom("incoming_mail").selectAll().where("owner_id", "=", owner).where("id", "=", id).executeTakeFirst();
}
