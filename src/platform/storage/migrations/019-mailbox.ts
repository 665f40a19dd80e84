import type { Kysely } from "kysely";

/** The owner's mailbox, how far it was read, and the mails in it that answer one of ours. All other mail is never stored. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("mailbox_account")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("host", "text", (c) => c.notNull())
    .addColumn("port", "integer", (c) => c.notNull())
    .addColumn("security", "text", (c) => c.notNull())
    .addColumn("username", "text")
    .addColumn("sealed_password", "text")
    .addColumn("checking_server", "text")
    .addColumn("learned_server", "text")
    .addColumn("paused_at", "text")
    .addColumn("trouble", "text")
    .addColumn("failures", "integer", (c) => c.notNull())
    .addColumn("next_at", "text", (c) => c.notNull())
    .addColumn("last_read_at", "text")
    .addColumn("lease_token", "text")
    .addColumn("lease_until", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("mailbox_account_pk", ["owner_id"])
    .execute();
  // What is due is looked for across owners.
  await db.schema.createIndex("mailbox_account_due").on("mailbox_account").columns(["next_at"]).execute();
  await db.schema
    .createTable("mailbox_folder")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("folder", "text", (c) => c.notNull())
    .addColumn("uid_validity", "text", (c) => c.notNull())
    .addColumn("last_uid", "bigint", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("mailbox_folder_pk", ["owner_id", "folder"])
    .addForeignKeyConstraint("mailbox_folder_account", ["owner_id"], "mailbox_account", ["owner_id"])
    .execute();
  await db.schema
    .createTable("incoming_mail")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("message_id", "text", (c) => c.notNull())
    .addColumn("body_hash", "text", (c) => c.notNull())
    .addColumn("matched_by", "text", (c) => c.notNull())
    .addColumn("delivery_id", "text", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.notNull())
    .addColumn("meeting_id", "text", (c) => c.notNull())
    .addColumn("sender", "text", (c) => c.notNull())
    .addColumn("subject", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("sender_check", "text", (c) => c.notNull())
    .addColumn("verified_at", "text")
    .addColumn("away_on", "text")
    .addColumn("raw", "text", (c) => c.notNull())
    .addColumn("raw_bytes", "integer", (c) => c.notNull())
    .addColumn("received_at", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("incoming_mail_pk", ["owner_id", "id"])
    .addUniqueConstraint("incoming_mail_once", ["owner_id", "message_id", "body_hash"])
    .addForeignKeyConstraint("incoming_mail_delivery", ["owner_id", "delivery_id"], "delivery", ["owner_id", "id"])
    .addForeignKeyConstraint("incoming_mail_person", ["owner_id", "person_id"], "person", ["owner_id", "id"])
    .execute();
  await db.schema.createIndex("incoming_mail_received").on("incoming_mail").columns(["owner_id", "received_at"]).execute();
  await db.schema.createIndex("incoming_mail_meeting").on("incoming_mail").columns(["owner_id", "meeting_id"]).execute();
}
