import type { Kysely } from "kysely";

/** What was noted while talking, and the recap that is made from it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("meeting_note")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("meeting_id", "text", (c) => c.notNull())
    .addColumn("agenda_item_id", "text")
    .addColumn("part", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("replaces_id", "text")
    .addColumn("noted_at", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("removed_at", "text")
    .addPrimaryKeyConstraint("meeting_note_pk", ["owner_id", "id"])
    .addForeignKeyConstraint("meeting_note_meeting", ["owner_id", "meeting_id"], "meeting", ["owner_id", "id"])
    .addForeignKeyConstraint("meeting_note_item", ["owner_id", "agenda_item_id"], "agenda_item", ["owner_id", "id"])
    .execute();
  await db.schema
    .createIndex("meeting_note_by_meeting")
    .on("meeting_note")
    .columns(["owner_id", "meeting_id", "noted_at"])
    .execute();
  await db.schema
    .createTable("recap")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("meeting_id", "text", (c) => c.notNull())
    .addColumn("started_at", "text", (c) => c.notNull())
    .addColumn("waived_at", "text")
    .addPrimaryKeyConstraint("recap_pk", ["owner_id", "meeting_id"])
    .addForeignKeyConstraint("recap_meeting", ["owner_id", "meeting_id"], "meeting", ["owner_id", "id"])
    .execute();
  await db.schema
    .createTable("recap_line")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("meeting_id", "text", (c) => c.notNull())
    .addColumn("part", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("who", "text", (c) => c.notNull())
    .addColumn("due_on", "text")
    .addColumn("position", "integer", (c) => c.notNull())
    .addColumn("note_id", "text")
    .addColumn("commitment_id", "text")
    .addColumn("open_question_id", "text")
    .addColumn("prepared_at", "text")
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addColumn("removed_at", "text")
    .addPrimaryKeyConstraint("recap_line_pk", ["owner_id", "id"])
    // One line for one note: two tabs that open the same recap cannot draft it twice.
    .addUniqueConstraint("recap_line_once_per_note", ["owner_id", "note_id"])
    .addForeignKeyConstraint("recap_line_recap", ["owner_id", "meeting_id"], "recap", ["owner_id", "meeting_id"])
    .addForeignKeyConstraint("recap_line_note", ["owner_id", "note_id"], "meeting_note", ["owner_id", "id"])
    .execute();
  await db.schema.createIndex("recap_line_by_meeting").on("recap_line").columns(["owner_id", "meeting_id", "position"]).execute();
}
