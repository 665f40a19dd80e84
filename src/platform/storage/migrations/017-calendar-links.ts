import { type Kysely, sql } from "kysely";

/** Series that follow a calendar, what a calendar's last reading held of each event series, and what its owner said about them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("series_lead")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("series_id", "text", (c) => c.notNull())
    .addColumn("rhythm", "text", (c) => c.notNull())
    .addColumn("doubted_zone", "text")
    .addColumn("trusted_zone", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("series_lead_pk", ["owner_id", "series_id"])
    .addForeignKeyConstraint("series_lead_series", ["owner_id", "series_id"], "series", ["owner_id", "id"])
    .execute();
  // Which instance of the calendar a meeting is, and since when nobody knows whether its hour is right.
  await db.schema.alterTable("meeting").addColumn("calendar_key", "text").execute();
  await db.schema.alterTable("meeting").addColumn("hour_doubted_at", "text").execute();
  await db.schema
    .createIndex("meeting_calendar_key")
    .unique()
    .on("meeting")
    .columns(["owner_id", "series_id", "calendar_key"])
    .where(sql.ref("calendar_key"), "is not", null)
    .execute();
  await db.schema.alterTable("delivery").addColumn("held_reason", "text").execute();
  await db.schema
    .createTable("calendar_event_series")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("source_id", "text", (c) => c.notNull())
    .addColumn("series_key", "text", (c) => c.notNull())
    .addColumn("facts", "text", (c) => c.notNull())
    .addColumn("read_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("calendar_event_series_pk", ["owner_id", "source_id", "series_key"])
    .addForeignKeyConstraint("calendar_event_series_source", ["owner_id", "source_id"], "calendar_source", ["owner_id", "id"])
    .execute();
  await db.schema
    .createTable("calendar_following")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("source_id", "text", (c) => c.notNull())
    .addColumn("series_key", "text", (c) => c.notNull())
    .addColumn("title", "text", (c) => c.notNull())
    .addColumn("fingerprint", "text")
    .addColumn("person_id", "text", (c) => c.notNull())
    .addColumn("series_id", "text", (c) => c.notNull())
    // The last date that its calendar was known to hold: a new event that continues it begins after that.
    .addColumn("last_start_at", "text")
    .addColumn("confirmed_at", "text", (c) => c.notNull())
    .addColumn("released_at", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("calendar_following_pk", ["owner_id", "id"])
    .addForeignKeyConstraint("calendar_following_source", ["owner_id", "source_id"], "calendar_source", ["owner_id", "id"])
    .addForeignKeyConstraint("calendar_following_series", ["owner_id", "series_id"], "series", ["owner_id", "id"])
    .addForeignKeyConstraint("calendar_following_person", ["owner_id", "person_id"], "person", ["owner_id", "id"])
    .execute();
  // One event series leads one series of meetings: a double click cannot make it two.
  await db.schema
    .createIndex("calendar_following_live")
    .unique()
    .on("calendar_following")
    .columns(["owner_id", "source_id", "series_key"])
    .where(sql.ref("released_at"), "is", null)
    .execute();
  await db.schema
    .createTable("calendar_followed_uid")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("following_id", "text", (c) => c.notNull())
    .addColumn("uid", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("calendar_followed_uid_pk", ["owner_id", "following_id", "uid"])
    .addForeignKeyConstraint("calendar_followed_uid_of", ["owner_id", "following_id"], "calendar_following", ["owner_id", "id"])
    .execute();
  await db.schema
    .createTable("calendar_dismissal")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("source_id", "text", (c) => c.notNull())
    .addColumn("series_key", "text", (c) => c.notNull())
    .addColumn("title", "text", (c) => c.notNull())
    .addColumn("fingerprint", "text")
    .addColumn("dismissed_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("calendar_dismissal_pk", ["owner_id", "source_id", "series_key"])
    .addForeignKeyConstraint("calendar_dismissal_source", ["owner_id", "source_id"], "calendar_source", ["owner_id", "id"])
    .execute();
  await db.schema
    .createTable("calendar_title_rule")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("phrase", "text", (c) => c.notNull())
    .addColumn("phrase_key", "text", (c) => c.notNull())
    .addColumn("verdict", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("calendar_title_rule_pk", ["owner_id", "id"])
    .addUniqueConstraint("calendar_title_rule_phrase", ["owner_id", "phrase_key"])
    .execute();
}
