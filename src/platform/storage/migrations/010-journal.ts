import { type Kysely, sql } from "kysely";

/** What the owner notes as it happens, and every earlier wording of it. Private. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("capture")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("happened_on", "text", (c) => c.notNull())
    .addColumn("energy", "integer")
    // Names as a JSON list: they belong to the wording, and earlier wordings keep theirs. Asked by name in `record_tag`.
    .addColumn("projects", "text", (c) => c.notNull().defaultTo("[]"))
    .addColumn("skills", "text", (c) => c.notNull().defaultTo("[]"))
    .addColumn("resolved_at", "text")
    .addColumn("deleted_at", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("capture_pk", ["owner_id", "id"])
    .execute();
  await db.schema.createIndex("capture_by_day").on("capture").columns(["owner_id", "happened_on", "id"]).execute();
  // Only what is still in the way: the usual note is written to one index alone.
  await sql`create index capture_open_challenge on capture (owner_id, happened_on, id) where kind = 'challenge' and resolved_at is null and deleted_at is null`.execute(
    db,
  );
  await db.schema
    .createTable("capture_revision")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("capture_id", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("happened_on", "text", (c) => c.notNull())
    .addColumn("energy", "integer")
    .addColumn("projects", "text", (c) => c.notNull())
    .addColumn("skills", "text", (c) => c.notNull())
    .addColumn("written_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("capture_revision_pk", ["owner_id", "id"])
    .addForeignKeyConstraint("capture_revision_capture", ["owner_id", "capture_id"], "capture", ["owner_id", "id"])
    .execute();
  await db.schema
    .createIndex("capture_revision_by_capture")
    .on("capture_revision")
    .columns(["owner_id", "capture_id", "written_at"])
    .execute();
}
