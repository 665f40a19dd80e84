import { type Kysely, sql } from "kysely";

/** What the other person said to an agenda or recap, the lines of the mails they answer, and the pages that they may open. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("answer")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    // Made by whoever brings the answer, so that the same mail read twice or the same form sent twice is one answer.
    .addColumn("source_key", "text", (c) => c.notNull())
    .addColumn("meeting_id", "text", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.notNull())
    .addColumn("delivery_id", "text")
    .addColumn("way", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("about_kind", "text")
    .addColumn("about_id", "text")
    .addColumn("about_text", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("named_on", "text")
    .addColumn("sender", "text", (c) => c.notNull())
    // The raw mail that it was read from; kept by the mailbox, which comes later.
    .addColumn("raw_id", "text")
    .addColumn("received_at", "text", (c) => c.notNull())
    // Null while nobody has said that it is really from this person: then it waits for its owner's yes.
    .addColumn("verified_at", "text")
    .addColumn("accepted_at", "text")
    .addColumn("declined_at", "text")
    .addColumn("became_id", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("answer_pk", ["owner_id", "id"])
    .addUniqueConstraint("answer_once", ["owner_id", "source_key"])
    .addForeignKeyConstraint("answer_person", ["owner_id", "person_id"], "person", ["owner_id", "id"])
    .addForeignKeyConstraint("answer_meeting", ["owner_id", "meeting_id"], "meeting", ["owner_id", "id"])
    .execute();
  await db.schema.createIndex("answer_by_meeting").on("answer").columns(["owner_id", "meeting_id", "received_at"]).execute();
  await db.schema
    .createIndex("answer_waiting")
    .on("answer")
    .columns(["owner_id", "received_at"])
    .where(sql<boolean>`accepted_at is null and declined_at is null`)
    .execute();
  await db.schema
    .createTable("mail_line")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("delivery_id", "text", (c) => c.notNull())
    .addColumn("position", "integer", (c) => c.notNull())
    .addColumn("part", "text", (c) => c.notNull())
    .addColumn("heading", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("about_kind", "text")
    .addColumn("about_id", "text")
    .addColumn("due_on", "text")
    .addPrimaryKeyConstraint("mail_line_pk", ["owner_id", "delivery_id", "position"])
    .addForeignKeyConstraint("mail_line_delivery", ["owner_id", "delivery_id"], "delivery", ["owner_id", "id"])
    .execute();
  await db.schema
    .createTable("page_permission")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.notNull())
    .addColumn("allowed_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("page_permission_pk", ["owner_id", "person_id"])
    .addForeignKeyConstraint("page_permission_person", ["owner_id", "person_id"], "person", ["owner_id", "id"])
    .execute();
  await db.schema
    .createTable("guest_link")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.notNull())
    .addColumn("meeting_id", "text", (c) => c.notNull())
    .addColumn("token_hash", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("expires_at", "text", (c) => c.notNull())
    .addColumn("revoked_at", "text")
    .addPrimaryKeyConstraint("guest_link_pk", ["owner_id", "id"])
    .addForeignKeyConstraint("guest_link_person", ["owner_id", "person_id"], "person", ["owner_id", "id"])
    .addForeignKeyConstraint("guest_link_meeting", ["owner_id", "meeting_id"], "meeting", ["owner_id", "id"])
    .execute();
  await db.schema
    .createIndex("guest_link_live")
    .unique()
    .on("guest_link")
    .columns(["owner_id", "meeting_id", "person_id"])
    .where(sql<boolean>`revoked_at is null`)
    .execute();
  // Whoever opens a link says no owner: the hash alone finds the row.
  await db.schema.createIndex("guest_link_by_token").on("guest_link").columns(["token_hash"]).execute();
}
