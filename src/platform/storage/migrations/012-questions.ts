import type { Kysely } from "kysely";

/** What was asked of whom and what it brought to light, and the conditions that were stated in answer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("question_use")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("id", "text", (c) => c.notNull())
    // The bank's questions are data of the program, so nothing can refer to them by a key.
    .addColumn("question_id", "text")
    .addColumn("own_question_id", "text")
    .addColumn("person_id", "text", (c) => c.notNull())
    .addColumn("meeting_id", "text", (c) => c.notNull())
    .addColumn("item_id", "text", (c) => c.notNull())
    .addColumn("category", "text")
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("uncovers", "text", (c) => c.notNull())
    .addColumn("follow_up", "text", (c) => c.notNull())
    .addColumn("project", "text", (c) => c.notNull())
    .addColumn("skill", "text", (c) => c.notNull())
    .addColumn("answer", "text", (c) => c.notNull())
    .addColumn("worth", "text")
    .addColumn("chosen_at", "text", (c) => c.notNull())
    .addColumn("answered_at", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("question_use_pk", ["owner_id", "id"])
    // One item of an agenda asks one question: choosing another one for it replaces the first.
    .addUniqueConstraint("question_use_once_per_item", ["owner_id", "item_id"])
    .addForeignKeyConstraint("question_use_own", ["owner_id", "own_question_id"], "own_question", ["owner_id", "id"])
    .addForeignKeyConstraint("question_use_person", ["owner_id", "person_id"], "person", ["owner_id", "id"])
    .addForeignKeyConstraint("question_use_meeting", ["owner_id", "meeting_id"], "meeting", ["owner_id", "id"])
    .addForeignKeyConstraint("question_use_item", ["owner_id", "item_id"], "agenda_item", ["owner_id", "id"])
    .execute();
  await db.schema
    .createIndex("question_use_by_person")
    .on("question_use")
    .columns(["owner_id", "person_id", "chosen_at"])
    .execute();
  await db.schema
    .createTable("stated_condition")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.notNull())
    .addColumn("question_use_id", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("position", "integer", (c) => c.notNull())
    .addColumn("stated_on", "text", (c) => c.notNull())
    .addColumn("met_on", "text")
    .addColumn("evidence", "text", (c) => c.notNull())
    .addColumn("capture_id", "text")
    .addColumn("dropped_at", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("stated_condition_pk", ["owner_id", "id"])
    .addForeignKeyConstraint("stated_condition_use", ["owner_id", "question_use_id"], "question_use", ["owner_id", "id"])
    .addForeignKeyConstraint("stated_condition_person", ["owner_id", "person_id"], "person", ["owner_id", "id"])
    .addForeignKeyConstraint("stated_condition_capture", ["owner_id", "capture_id"], "capture", ["owner_id", "id"])
    .execute();
  await db.schema
    .createIndex("stated_condition_by_use")
    .on("stated_condition")
    .columns(["owner_id", "question_use_id"])
    .execute();
}
