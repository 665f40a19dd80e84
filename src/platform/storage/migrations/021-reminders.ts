import { type Kysely, sql } from "kysely";

/** The private calendar feed, when somebody wants to be reminded and how, and the browsers that are told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("owner_hours")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("prepare_time", "text", (c) => c.notNull())
    .addColumn("quiet_from", "text", (c) => c.notNull())
    .addColumn("quiet_until", "text", (c) => c.notNull())
    .addColumn("weekdays", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("owner_hours_pk", ["owner_id"])
    .execute();
  await db.schema
    .createTable("reminder_setting")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("channel", "text", (c) => c.notNull())
    .addColumn("since_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("reminder_setting_pk", ["owner_id", "kind"])
    .execute();
  await db.schema
    .createTable("calendar_feed")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("token_hash", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("revoked_at", "text")
    .addPrimaryKeyConstraint("calendar_feed_pk", ["owner_id", "id"])
    .execute();
  // A token is looked for across owners: it is all that a calendar program shows.
  await db.schema.createIndex("calendar_feed_token").on("calendar_feed").columns(["token_hash"]).execute();
  await db.schema
    .createIndex("calendar_feed_one")
    .unique()
    .on("calendar_feed")
    .columns(["owner_id"])
    .where(sql.ref("revoked_at"), "is", null)
    .execute();
  await db.schema
    .createTable("push_key")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("public_key", "text", (c) => c.notNull())
    .addColumn("sealed_private_key", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("push_key_pk", ["owner_id"])
    .execute();
  await db.schema
    .createTable("push_subscription")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("endpoint_hash", "text", (c) => c.notNull())
    .addColumn("vendor", "text", (c) => c.notNull())
    .addColumn("sealed_subscription", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("push_subscription_pk", ["owner_id", "id"])
    .addUniqueConstraint("push_subscription_once", ["owner_id", "endpoint_hash"])
    .execute();
}
