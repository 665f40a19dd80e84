import { type Kysely, sql } from "kysely";

/** Series with the rules that hold from a day on, their pauses, and the meetings that came out of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("series")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.notNull())
    .addColumn("ended_on", "text")
    .addColumn("ahead_until_on", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("series_pk", ["owner_id", "id"])
    .addForeignKeyConstraint("series_person", ["owner_id", "person_id"], "person", ["owner_id", "id"])
    .execute();
  // One running series a person: a double click cannot make a second one.
  await db.schema
    .createIndex("series_running")
    .unique()
    .on("series")
    .columns(["owner_id", "person_id"])
    .where(sql.ref("ended_on"), "is", null)
    .execute();
  await db.schema
    .createTable("series_rule")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("series_id", "text", (c) => c.notNull())
    .addColumn("from_on", "text", (c) => c.notNull())
    .addColumn("first_on", "text", (c) => c.notNull())
    .addColumn("local_time", "text", (c) => c.notNull())
    .addColumn("zone", "text", (c) => c.notNull())
    .addColumn("minutes", "integer", (c) => c.notNull())
    .addColumn("every_weeks", "integer", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("series_rule_pk", ["owner_id", "id"])
    .addForeignKeyConstraint("series_rule_series", ["owner_id", "series_id"], "series", ["owner_id", "id"])
    .addUniqueConstraint("series_rule_from", ["owner_id", "series_id", "from_on"])
    .execute();
  await db.schema
    .createTable("series_pause")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("series_id", "text", (c) => c.notNull())
    .addColumn("from_on", "text", (c) => c.notNull())
    .addColumn("until_on", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("series_pause_pk", ["owner_id", "id"])
    .addForeignKeyConstraint("series_pause_series", ["owner_id", "series_id"], "series", ["owner_id", "id"])
    .addUniqueConstraint("series_pause_from", ["owner_id", "series_id", "from_on"])
    .execute();
  await db.schema
    .createTable("meeting")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("series_id", "text", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.notNull())
    .addColumn("planned_on", "text", (c) => c.notNull())
    .addColumn("local_start", "text", (c) => c.notNull())
    .addColumn("zone", "text", (c) => c.notNull())
    .addColumn("minutes", "integer", (c) => c.notNull())
    .addColumn("starts_at", "text", (c) => c.notNull())
    .addColumn("used_at", "text")
    .addColumn("moved_at", "text")
    .addColumn("cancelled_at", "text")
    .addColumn("cancel_reason", "text")
    .addColumn("held_at", "text")
    .addColumn("not_held_at", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("meeting_pk", ["owner_id", "id"])
    .addForeignKeyConstraint("meeting_series", ["owner_id", "series_id"], "series", ["owner_id", "id"])
    .addForeignKeyConstraint("meeting_person", ["owner_id", "person_id"], "person", ["owner_id", "id"])
    .addUniqueConstraint("meeting_planned", ["owner_id", "series_id", "planned_on"])
    .execute();
  await db.schema.createIndex("meeting_start").on("meeting").columns(["owner_id", "starts_at"]).execute();
  await db.schema.createIndex("meeting_person_start").on("meeting").columns(["owner_id", "person_id", "starts_at"]).execute();
}
