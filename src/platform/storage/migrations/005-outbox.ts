import { type Kysely, sql } from "kysely";

/** Due work with lease and attempts. It knows nothing about what it delivers: `kind` and `key` belong to the feature. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("outbox")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("key", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("due_at", "text", (c) => c.notNull())
    .addColumn("expires_at", "text")
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("lease_token", "text")
    .addColumn("lease_until", "text")
    .addColumn("attempts", "integer", (c) => c.notNull())
    .addColumn("next_at", "text")
    .addColumn("last_error", "text")
    .addColumn("finished_at", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("outbox_pk", ["owner_id", "id"])
    .addUniqueConstraint("outbox_key", ["owner_id", "key"])
    .execute();
  // The only read across owners: what is due. It never grows with what is finished.
  await db.schema.createIndex("outbox_due").on("outbox").columns(["next_at"]).where(sql.ref("finished_at"), "is", null).execute();
}
