import type { Kysely } from "kysely";

/** The people an owner has 1:1s with. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("person")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("email", "text")
    .addColumn("role", "text", (c) => c.notNull())
    .addColumn("note", "text", (c) => c.notNull().defaultTo(""))
    .addColumn("predecessor_id", "text")
    .addColumn("ended_on", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("person_pk", ["owner_id", "id"])
    .addForeignKeyConstraint("person_predecessor", ["owner_id", "predecessor_id"], "person", ["owner_id", "id"])
    .execute();
}
