import type { OwnerId } from "../../../lib/ids.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import type { PushKeyTable, PushSubscriptionTable } from "../schema.ts";

export function readPushKey(db: Db, owner: OwnerId): Promise<PushKeyTable | undefined> {
  return db.selectFrom("push_key").selectAll().where("owner_id", "=", owner).executeTakeFirst();
}

/** Keeps the keys unless there are some: browsers have subscribed with those. */
export async function insertPushKey(tx: Tx, row: PushKeyTable): Promise<void> {
  await tx
    .insertInto("push_key")
    .values(row)
    .onConflict((conflict) => conflict.columns(["owner_id"]).doNothing())
    .execute();
}

export function listSubscriptions(db: Db, owner: OwnerId): Promise<PushSubscriptionTable[]> {
  return db
    .selectFrom("push_subscription")
    .selectAll()
    .where("owner_id", "=", owner)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

/** Keeps a browser; the same one again gets its new keys. */
export async function putSubscription(tx: Tx, row: PushSubscriptionTable): Promise<void> {
  await tx
    .insertInto("push_subscription")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["owner_id", "endpoint_hash"]).doUpdateSet({ sealed_subscription: row.sealed_subscription }),
    )
    .execute();
}

/** Forgets one browser, by its id or by the hash of its endpoint; answers whether there was one. */
export async function deleteSubscription(
  tx: Tx,
  owner: OwnerId,
  which: { readonly id: string } | { readonly endpoint_hash: string },
): Promise<boolean> {
  let query = tx.deleteFrom("push_subscription").where("owner_id", "=", owner);
  query = "id" in which ? query.where("id", "=", which.id) : query.where("endpoint_hash", "=", which.endpoint_hash);
  return (await query.returning("id").execute()).length > 0;
}
