import { type Kysely, sql } from "kysely";

/** The preparation of a meeting: its state, and its items (drafts, prepared ones, and what came over from earlier talks). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("agenda")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("meeting_id", "text", (c) => c.notNull())
    .addColumn("started_at", "text", (c) => c.notNull())
    .addColumn("ready_at", "text")
    .addColumn("active_seconds", "integer", (c) => c.notNull().defaultTo(0))
    .addColumn("step", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("agenda_pk", ["owner_id", "meeting_id"])
    .addForeignKeyConstraint("agenda_meeting", ["owner_id", "meeting_id"], "meeting", ["owner_id", "id"])
    .execute();
  await db.schema
    .createTable("agenda_item")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("meeting_id", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("options", "text", (c) => c.notNull())
    .addColumn("leaning", "text", (c) => c.notNull())
    .addColumn("decision_wanted", "text", (c) => c.notNull())
    .addColumn("project", "text", (c) => c.notNull())
    .addColumn("skill", "text", (c) => c.notNull())
    .addColumn("minutes", "integer", (c) => c.notNull())
    .addColumn("position", "integer", (c) => c.notNull())
    .addColumn("capture_id", "text")
    .addColumn("carried_from", "text")
    .addColumn("carried_side", "text")
    .addColumn("due_on", "text")
    // Words typed over an item that is on the agenda already, until they are put there too.
    .addColumn("draft", "text")
    .addColumn("prepared_at", "text")
    .addColumn("discussed_at", "text")
    .addColumn("settled_at", "text")
    .addColumn("let_go_at", "text")
    .addColumn("removed_at", "text")
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("agenda_item_pk", ["owner_id", "id"])
    .addForeignKeyConstraint("agenda_item_agenda", ["owner_id", "meeting_id"], "agenda", ["owner_id", "meeting_id"])
    // What is still open comes over once, whoever opens the preparation and however often.
    .addUniqueConstraint("agenda_item_capture_once", ["owner_id", "meeting_id", "capture_id"])
    .addUniqueConstraint("agenda_item_carried_once", ["owner_id", "meeting_id", "carried_from"])
    .execute();
  await db.schema
    .createIndex("agenda_item_by_meeting")
    .on("agenda_item")
    .columns(["owner_id", "meeting_id", "position"])
    .execute();
  // One need a talk: two tabs that both start with it meet here.
  await db.schema
    .createIndex("agenda_item_one_need")
    .unique()
    .on("agenda_item")
    .columns(["owner_id", "meeting_id"])
    .where(sql.ref("kind"), "=", sql.lit("need"))
    .where(sql.ref("removed_at"), "is", null)
    .where(sql.ref("settled_at"), "is", null)
    .execute();
}
