import type { Kysely } from "kysely";

/** Calendars that are read: where they come from, what the last readings held, and the objects of a CalDAV calendar. Private. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("calendar_source")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("shown_address", "text")
    .addColumn("sealed_address", "text")
    .addColumn("sealed_login", "text")
    .addColumn("private_allowed_at", "text")
    .addColumn("last_tried_at", "text")
    .addColumn("last_read_at", "text")
    .addColumn("stale_since_at", "text")
    .addColumn("stopped_at", "text")
    .addColumn("fail_reason", "text")
    .addColumn("fail_code", "text")
    .addColumn("failures", "integer", (c) => c.notNull())
    .addColumn("next_at", "text")
    .addColumn("lease_token", "text")
    .addColumn("lease_until", "text")
    .addColumn("etag", "text")
    .addColumn("last_modified", "text")
    .addColumn("sync_token", "text")
    .addColumn("event_count", "integer")
    .addColumn("ahead_count", "integer")
    .addColumn("set_aside", "text", (c) => c.notNull())
    .addColumn("warnings", "text", (c) => c.notNull())
    .addColumn("shrunk_to", "integer")
    .addColumn("shrink_accepted_at", "text")
    .addColumn("followed_at", "text")
    .addColumn("removed_at", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("calendar_source_pk", ["owner_id", "id"])
    .execute();
  // What is due is looked for across owners.
  await db.schema.createIndex("calendar_source_due").on("calendar_source").columns(["next_at"]).execute();
  await db.schema
    .createTable("calendar_snapshot")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("source_id", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("text_hash", "text", (c) => c.notNull())
    .addColumn("read_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("calendar_snapshot_pk", ["owner_id", "id"])
    .addForeignKeyConstraint("calendar_snapshot_source", ["owner_id", "source_id"], "calendar_source", ["owner_id", "id"])
    .execute();
  await db.schema
    .createIndex("calendar_snapshot_of")
    .on("calendar_snapshot")
    .columns(["owner_id", "source_id", "read_at"])
    .execute();
  await db.schema
    .createTable("calendar_object")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("source_id", "text", (c) => c.notNull())
    .addColumn("href", "text", (c) => c.notNull())
    .addColumn("etag", "text")
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("read_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("calendar_object_pk", ["owner_id", "source_id", "href"])
    .addForeignKeyConstraint("calendar_object_source", ["owner_id", "source_id"], "calendar_source", ["owner_id", "id"])
    .execute();
}
