import type { Kysely } from "kysely";

/** Wishes for the future: where each stands, when it was said to whom, and what became of it. Private. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("seed")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("opened_on", "text")
    .addColumn("opening", "text", (c) => c.notNull())
    .addColumn("settled_on", "text")
    .addColumn("outcome", "text")
    .addColumn("reason", "text", (c) => c.notNull())
    .addColumn("rested_on", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("seed_pk", ["owner_id", "id"])
    .addForeignKeyConstraint("seed_person", ["owner_id", "person_id"], "person", ["owner_id", "id"])
    .execute();
  await db.schema.createIndex("seed_by_person").on("seed").columns(["owner_id", "person_id", "created_at"]).execute();
  await db.schema
    .createTable("seed_mention")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("seed_id", "text", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.notNull())
    .addColumn("meeting_id", "text")
    .addColumn("item_id", "text")
    .addColumn("said_on", "text")
    .addColumn("said", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("seed_mention_pk", ["owner_id", "id"])
    // Once in a preparation; outside of a 1:1 as often as it was said.
    .addUniqueConstraint("seed_mention_once_a_meeting", ["owner_id", "seed_id", "meeting_id"])
    .addForeignKeyConstraint("seed_mention_seed", ["owner_id", "seed_id"], "seed", ["owner_id", "id"])
    .addForeignKeyConstraint("seed_mention_person", ["owner_id", "person_id"], "person", ["owner_id", "id"])
    .addForeignKeyConstraint("seed_mention_meeting", ["owner_id", "meeting_id"], "meeting", ["owner_id", "id"])
    .addForeignKeyConstraint("seed_mention_item", ["owner_id", "item_id"], "agenda_item", ["owner_id", "id"])
    .execute();
  await db.schema.createIndex("seed_mention_by_item").on("seed_mention").columns(["owner_id", "item_id"]).execute();
  await db.schema
    .createTable("seed_event")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("seed_id", "text", (c) => c.notNull())
    .addColumn("happening", "text", (c) => c.notNull())
    .addColumn("happened_on", "text", (c) => c.notNull())
    .addColumn("note", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("seed_event_pk", ["owner_id", "id"])
    .addForeignKeyConstraint("seed_event_seed", ["owner_id", "seed_id"], "seed", ["owner_id", "id"])
    .execute();
  await db.schema.createIndex("seed_event_by_seed").on("seed_event").columns(["owner_id", "seed_id", "created_at"]).execute();
}
