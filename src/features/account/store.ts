import { newId, type OwnerId } from "../../lib/ids.ts";
import { instantText } from "../../platform/clock.ts";
import type { Db, Tx } from "../../platform/storage/database.ts";
import { preparedRead } from "../../platform/storage/prepared.ts";
import type { MailAccountTable, OwnerTable } from "./schema.ts";

export async function readLocalOwner(db: Db): Promise<OwnerId | undefined> {
  const row = await db.selectFrom("local_owner").select("owner_id").where("slot", "=", 1).executeTakeFirst();
  return row?.owner_id as OwnerId | undefined;
}

/** Creates the local owner unless another process was faster; returns whoever is there afterwards. */
export async function createLocalOwner(tx: Tx, now: Temporal.Instant, zone: string): Promise<OwnerId> {
  const id = await createOwner(tx, now, zone);
  await tx
    .insertInto("local_owner")
    .values({ slot: 1, owner_id: id })
    .onConflict((conflict) => conflict.column("slot").doNothing())
    .execute();
  const present = (await readLocalOwner(tx)) as OwnerId;
  if (present !== id) await tx.deleteFrom("owner").where("id", "=", id).execute();
  return present;
}

export async function createOwner(tx: Tx, now: Temporal.Instant, zone: string): Promise<OwnerId> {
  const id = newId();
  const at = instantText(now);
  await tx.insertInto("owner").values({ id, name: null, email: null, zone, created_at: at, updated_at: at }).execute();
  return id as OwnerId;
}

/** Every owner of this database, for work that is done for each of them in turn. */
export async function listOwners(db: Db): Promise<OwnerId[]> {
  const rows = await db.selectFrom("owner").select("id").orderBy("id").execute();
  return rows.map((row) => row.id as OwnerId);
}

export function readOwner(db: Db, owner: OwnerId): Promise<OwnerTable> {
  return db.selectFrom("owner").selectAll().where("id", "=", owner).executeTakeFirstOrThrow();
}

const zoneOfOwner = preparedRead<Pick<OwnerTable, "zone">>("select zone from owner where id = ?");

/** The zone in which the owner's days begin. */
export async function readZone(db: Db, owner: OwnerId): Promise<string> {
  const [row] = await zoneOfOwner(db, [owner]);
  if (!row) throw new Error("This database has no such owner.");
  return row.zone;
}

export async function updateOwner(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  values: Pick<OwnerTable, "name" | "email" | "zone">,
): Promise<void> {
  await tx
    .updateTable("owner")
    .set({ ...values, updated_at: instantText(now) })
    .where("id", "=", owner)
    .execute();
}

export async function insertToken(tx: Tx, owner: OwnerId, now: Temporal.Instant, tokenHash: string): Promise<void> {
  await tx
    .insertInto("access_token")
    .values({ owner_id: owner, id: newId(), token_hash: tokenHash, created_at: instantText(now), revoked_at: null })
    .execute();
}

export async function revokeTokens(tx: Tx, owner: OwnerId, now: Temporal.Instant): Promise<void> {
  await tx
    .updateTable("access_token")
    .set({ revoked_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("revoked_at", "is", null)
    .execute();
}

export async function liveTokenHashes(db: Db, owner: OwnerId): Promise<string[]> {
  const rows = await db
    .selectFrom("access_token")
    .select("token_hash")
    .where("owner_id", "=", owner)
    .where("revoked_at", "is", null)
    .execute();
  return rows.map((row) => row.token_hash);
}

export function readMailAccount(db: Db, owner: OwnerId): Promise<MailAccountTable | undefined> {
  return db.selectFrom("mail_account").selectAll().where("owner_id", "=", owner).executeTakeFirst();
}

export async function upsertMailAccount(tx: Tx, owner: OwnerId, row: Omit<MailAccountTable, "owner_id">): Promise<void> {
  const { created_at: _kept, ...changes } = row;
  await tx
    .insertInto("mail_account")
    .values({ owner_id: owner, ...row })
    .onConflict((conflict) => conflict.column("owner_id").doUpdateSet(changes))
    .execute();
}

/** Keeps renewed tokens, as long as the owner did not sign out or type a password meanwhile. */
export async function keepMailTokens(tx: Tx, owner: OwnerId, now: Temporal.Instant, sealed: string): Promise<void> {
  await tx
    .updateTable("mail_account")
    .set({ sealed_tokens: sealed, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("oauth_provider", "is not", null)
    .execute();
}

export async function deleteMailAccount(tx: Tx, owner: OwnerId): Promise<void> {
  await tx.deleteFrom("mail_account").where("owner_id", "=", owner).execute();
}

export async function pauseMailAccount(tx: Tx, owner: OwnerId, now: Temporal.Instant, reason: string | null): Promise<void> {
  await tx
    .updateTable("mail_account")
    .set({ paused_at: reason === null ? null : instantText(now), paused_reason: reason })
    .where("owner_id", "=", owner)
    .execute();
}
