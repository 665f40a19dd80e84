import type { Kysely } from "kysely";

/** The questions that an owner adds to those of the bank. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("own_question")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("uncovers", "text", (c) => c.notNull())
    .addColumn("category", "text", (c) => c.notNull())
    .addColumn("follow_up", "text", (c) => c.notNull())
    .addColumn("retired_at", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("own_question_pk", ["owner_id", "id"])
    .execute();
}
