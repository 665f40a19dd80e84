import { type Kysely, sql } from "kysely";

/** Approved mails with the very words and bytes, what each of them tells, and one thread per relationship. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("delivery")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("meeting_id", "text", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("way", "text", (c) => c.notNull())
    .addColumn("from_name", "text", (c) => c.notNull())
    .addColumn("from_address", "text")
    .addColumn("to_name", "text", (c) => c.notNull())
    .addColumn("to_address", "text")
    .addColumn("subject", "text", (c) => c.notNull())
    .addColumn("text_body", "text", (c) => c.notNull())
    .addColumn("html_body", "text", (c) => c.notNull())
    .addColumn("mime", "text", (c) => c.notNull())
    .addColumn("message_id", "text", (c) => c.notNull())
    .addColumn("in_reply_to", "text")
    .addColumn("thread_references", "text")
    .addColumn("content_hash", "text", (c) => c.notNull())
    .addColumn("approved_at", "text", (c) => c.notNull())
    .addColumn("withdrawn_at", "text")
    .addColumn("send_at", "text", (c) => c.notNull())
    // The hour the owner chose, when it is not the planned one: it is kept when the meeting moves, if it still fits.
    .addColumn("chosen_send_at", "text")
    // Since when it waits for its owner's word, because the meeting moved too close to be told a day ahead.
    .addColumn("held_at", "text")
    .addColumn("handed_over_at", "text")
    .addColumn("sent_at", "text")
    .addColumn("lead_minutes", "integer")
    .addColumn("missed_at", "text")
    .addColumn("failed_at", "text")
    .addColumn("fail_reason", "text")
    .addColumn("meeting_starts_at", "text", (c) => c.notNull())
    .addColumn("meeting_zone", "text", (c) => c.notNull())
    .addColumn("meeting_cancelled_at", "text")
    // What the recipient was told last about the meeting's time: a difference offers a short note in the thread.
    .addColumn("told_starts_at", "text", (c) => c.notNull())
    .addColumn("told_cancelled_at", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("delivery_pk", ["owner_id", "id"])
    .addUniqueConstraint("delivery_message_id", ["owner_id", "message_id"])
    .addForeignKeyConstraint("delivery_person", ["owner_id", "person_id"], "person", ["owner_id", "id"])
    .execute();
  // One live agenda and one live recap a meeting: a double click on approve cannot make two.
  await db.schema
    .createIndex("delivery_live")
    .unique()
    .on("delivery")
    .columns(["owner_id", "meeting_id", "kind"])
    .where(sql<boolean>`withdrawn_at is null and kind <> 'note'`)
    .execute();
  await db.schema.createIndex("delivery_approved").on("delivery").columns(["owner_id", "approved_at"]).execute();
  await db.schema.createIndex("delivery_person_idx").on("delivery").columns(["owner_id", "person_id"]).execute();
  await db.schema.createIndex("delivery_meeting").on("delivery").columns(["owner_id", "meeting_id"]).execute();
  await db.schema
    .createTable("delivery_capture")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("delivery_id", "text", (c) => c.notNull())
    .addColumn("capture_id", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("delivery_capture_pk", ["owner_id", "delivery_id", "capture_id"])
    .addForeignKeyConstraint("delivery_capture_delivery", ["owner_id", "delivery_id"], "delivery", ["owner_id", "id"])
    .execute();
  await db.schema
    .createTable("mail_thread")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.notNull())
    .addColumn("subject", "text", (c) => c.notNull())
    .addColumn("root_message_id", "text")
    .addColumn("last_message_id", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("mail_thread_pk", ["owner_id", "person_id"])
    .addForeignKeyConstraint("mail_thread_person", ["owner_id", "person_id"], "person", ["owner_id", "id"])
    .execute();
}
