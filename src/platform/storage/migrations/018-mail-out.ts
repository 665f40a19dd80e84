import type { Kysely } from "kysely";

/** A sign-in at the provider instead of a password, and mails that are put into the owner's drafts instead of being sent. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("mail_account").addColumn("oauth_provider", "text").execute();
  await db.schema.alterTable("mail_account").addColumn("sealed_tokens", "text").execute();
  await db.schema.alterTable("delivery").addColumn("drafted_at", "text").execute();
  // Since when approved mails can be put into the owner's drafts: a mailbox is set up.
  await db.schema
    .createTable("draft_folder")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("offered_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("draft_folder_pk", ["owner_id"])
    .execute();
}
