import type { Kysely } from "kysely";

/** Owners, who of them this installation serves, access tokens, and the SMTP account that sends for an owner. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("owner")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("name", "text")
    .addColumn("email", "text")
    .addColumn("zone", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .execute();
  // One row: the owner that the pages on loopback belong to. A table of its own, so that `owner` stays free of flags.
  await db.schema
    .createTable("local_owner")
    .addColumn("slot", "integer", (c) => c.primaryKey())
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .execute();
  await db.schema
    .createTable("access_token")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("token_hash", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("revoked_at", "text")
    .addPrimaryKeyConstraint("access_token_pk", ["owner_id", "id"])
    .addUniqueConstraint("access_token_hash", ["owner_id", "token_hash"])
    .execute();
  await db.schema
    .createTable("mail_account")
    .addColumn("owner_id", "text", (c) => c.primaryKey().references("owner.id"))
    .addColumn("host", "text", (c) => c.notNull())
    .addColumn("port", "integer", (c) => c.notNull())
    .addColumn("security", "text", (c) => c.notNull())
    .addColumn("username", "text")
    .addColumn("sealed_password", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addColumn("paused_at", "text")
    .addColumn("paused_reason", "text")
    .execute();
}
