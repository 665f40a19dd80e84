import type { Kysely } from "kysely";

/** What was promised in 1:1s, by whom and until when, what happened to it, and the questions that stayed open. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("commitment")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.notNull())
    .addColumn("meeting_id", "text")
    .addColumn("side", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("due_on", "text")
    .addColumn("opened_at", "text", (c) => c.notNull())
    .addColumn("shared_at", "text")
    .addColumn("kept_at", "text")
    .addColumn("dropped_at", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("commitment_pk", ["owner_id", "id"])
    .addForeignKeyConstraint("commitment_person", ["owner_id", "person_id"], "person", ["owner_id", "id"])
    .addForeignKeyConstraint("commitment_meeting", ["owner_id", "meeting_id"], "meeting", ["owner_id", "id"])
    .execute();
  await db.schema.createIndex("commitment_by_person").on("commitment").columns(["owner_id", "person_id", "opened_at"]).execute();
  await db.schema
    .createTable("commitment_event")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("commitment_id", "text", (c) => c.notNull())
    .addColumn("happening", "text", (c) => c.notNull())
    .addColumn("due_on", "text")
    .addColumn("note", "text", (c) => c.notNull())
    .addColumn("happened_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("commitment_event_pk", ["owner_id", "id"])
    .addForeignKeyConstraint("commitment_event_of", ["owner_id", "commitment_id"], "commitment", ["owner_id", "id"])
    .execute();
  await db.schema
    .createIndex("commitment_event_by_commitment")
    .on("commitment_event")
    .columns(["owner_id", "commitment_id", "happened_at"])
    .execute();
  await db.schema
    .createTable("open_question")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.notNull())
    .addColumn("meeting_id", "text")
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("answer", "text", (c) => c.notNull().defaultTo(""))
    .addColumn("opened_at", "text", (c) => c.notNull())
    .addColumn("shared_at", "text")
    .addColumn("answered_at", "text")
    .addColumn("dropped_at", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("open_question_pk", ["owner_id", "id"])
    .addForeignKeyConstraint("open_question_person", ["owner_id", "person_id"], "person", ["owner_id", "id"])
    .addForeignKeyConstraint("open_question_meeting", ["owner_id", "meeting_id"], "meeting", ["owner_id", "id"])
    .execute();
  await db.schema
    .createIndex("open_question_by_person")
    .on("open_question")
    .columns(["owner_id", "person_id", "opened_at"])
    .execute();
}
