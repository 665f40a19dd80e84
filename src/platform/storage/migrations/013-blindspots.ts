import type { Kysely } from "kysely";

/** What a manager cannot know: what belongs to an answer, which question was asked when, the four waits, the card, how seen a talk left one. Private. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("answer_detail")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("capture_id", "text", (c) => c.notNull())
    .addColumn("horizon", "text")
    .addColumn("goal", "text", (c) => c.notNull())
    .addColumn("owned_by", "text", (c) => c.notNull())
    .addColumn("decision", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("answer_detail_pk", ["owner_id", "capture_id"])
    .addForeignKeyConstraint("answer_detail_capture", ["owner_id", "capture_id"], "capture", ["owner_id", "id"])
    .execute();
  // One question at most in a preparation: the meeting is the key. It is not referred to: to be asked something must not keep a
  // meeting in place that its series would move.
  await db.schema
    .createTable("light_question")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("meeting_id", "text", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.notNull())
    .addColumn("prompt", "text", (c) => c.notNull())
    .addColumn("asked_at", "text", (c) => c.notNull())
    .addColumn("skipped_at", "text")
    .addColumn("capture_id", "text")
    .addPrimaryKeyConstraint("light_question_pk", ["owner_id", "meeting_id"])
    .addForeignKeyConstraint("light_question_person", ["owner_id", "person_id"], "person", ["owner_id", "id"])
    .addForeignKeyConstraint("light_question_capture", ["owner_id", "capture_id"], "capture", ["owner_id", "id"])
    .execute();
  await db.schema
    .createTable("waits_check")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("checked_on", "text", (c) => c.notNull())
    .addColumn("answered_at", "text")
    .addColumn("skipped_at", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("waits_check_pk", ["owner_id", "id"])
    .addUniqueConstraint("waits_check_day", ["owner_id", "checked_on"])
    .execute();
  await db.schema
    .createTable("wait_answer")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("check_id", "text", (c) => c.notNull())
    .addColumn("wait", "text", (c) => c.notNull())
    .addColumn("answer", "text", (c) => c.notNull())
    .addColumn("taken_at", "text")
    .addColumn("dismissed_at", "text")
    .addColumn("answered_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("wait_answer_pk", ["owner_id", "id"])
    .addUniqueConstraint("wait_answer_once", ["owner_id", "check_id", "wait"])
    .addForeignKeyConstraint("wait_answer_check", ["owner_id", "check_id"], "waits_check", ["owner_id", "id"])
    .execute();
  await db.schema
    .createTable("card_entry")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.notNull())
    .addColumn("category", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("timing", "text")
    .addColumn("channel", "text")
    .addColumn("depth", "text")
    .addColumn("noted_on", "text", (c) => c.notNull())
    .addColumn("deleted_at", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("card_entry_pk", ["owner_id", "id"])
    .addForeignKeyConstraint("card_entry_person", ["owner_id", "person_id"], "person", ["owner_id", "id"])
    .execute();
  await db.schema.createIndex("card_entry_by_person").on("card_entry").columns(["owner_id", "person_id", "noted_on"]).execute();
  await db.schema
    .createTable("card_entry_revision")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("card_entry_id", "text", (c) => c.notNull())
    .addColumn("category", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("timing", "text")
    .addColumn("channel", "text")
    .addColumn("depth", "text")
    .addColumn("written_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("card_entry_revision_pk", ["owner_id", "id"])
    .addForeignKeyConstraint("card_entry_revision_entry", ["owner_id", "card_entry_id"], "card_entry", ["owner_id", "id"])
    .execute();
  await db.schema
    .createTable("seen_rating")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("meeting_id", "text", (c) => c.notNull())
    .addColumn("rating", "integer", (c) => c.notNull())
    .addColumn("note", "text", (c) => c.notNull())
    .addColumn("rated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("seen_rating_pk", ["owner_id", "meeting_id"])
    .addForeignKeyConstraint("seen_rating_meeting", ["owner_id", "meeting_id"], "meeting", ["owner_id", "id"])
    .execute();
}
