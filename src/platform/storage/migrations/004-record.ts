import { type Kysely, sql } from "kysely";
import { dialectOf } from "../dialect.ts";

/** The ledger of everything captured, told, decided and promised; who was told what; and the full-text index over it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createRecord(db);
  await createTags(db);
  await createTellings(db);
  if (dialectOf(db) === "sqlite") await createSqliteFullText(db);
  else await createPostgresFullText(db);
}

async function createRecord(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("record_entry")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("source", "text", (c) => c.notNull())
    .addColumn("kind", "text")
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("happened_at", "text", (c) => c.notNull())
    .addColumn("meeting_id", "text")
    .addColumn("person_id", "text")
    .addColumn("delivery_id", "text")
    .addColumn("told_at", "text")
    .addColumn("tags", "text", (c) => c.notNull().defaultTo("[]"))
    .addColumn("created_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("record_entry_pk", ["owner_id", "id"])
    .addForeignKeyConstraint("record_entry_person", ["owner_id", "person_id"], "person", ["owner_id", "id"])
    .execute();
  // One index for each way of reading the timeline page by page, newest first. Captures, by far the most entries and each
  // waited for by somebody who types, stand in the first alone: every index more is a page more to write.
  await index(db, "record_entry_by_time", "record_entry", ["owner_id", "happened_at", "id"]);
  await sql`create index record_entry_by_source on record_entry (owner_id, source, happened_at, id) where source <> 'capture'`.execute(
    db,
  );
  await sql`create index record_entry_by_person on record_entry (owner_id, person_id, happened_at, id) where person_id is not null`.execute(
    db,
  );
}

async function createTags(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("record_tag")
    .addColumn("owner_id", "text", (c) => c.notNull())
    .addColumn("entry_id", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    // The name without case, so that "Atlas" and "atlas" are one tag; `name` is as it was typed.
    .addColumn("name_key", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("record_tag_pk", ["owner_id", "entry_id", "kind", "name_key"])
    .addForeignKeyConstraint("record_tag_entry", ["owner_id", "entry_id"], "record_entry", ["owner_id", "id"], (c) =>
      c.onDelete("cascade"),
    )
    .execute();
  await index(db, "record_tag_by_name", "record_tag", ["owner_id", "kind", "name_key", "entry_id"]);
}

async function createTellings(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("telling")
    .addColumn("owner_id", "text", (c) => c.notNull().references("owner.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("capture_id", "text", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.notNull())
    .addColumn("meeting_id", "text")
    .addColumn("delivery_id", "text")
    .addColumn("channel", "text", (c) => c.notNull())
    .addColumn("told_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("telling_pk", ["owner_id", "id"])
    // A mail tells a thing once, however often its sending is reported.
    .addUniqueConstraint("telling_once", ["owner_id", "capture_id", "delivery_id"])
    .addForeignKeyConstraint("telling_person", ["owner_id", "person_id"], "person", ["owner_id", "id"])
    .execute();
  await index(db, "telling_by_person", "telling", ["owner_id", "person_id", "capture_id"]);
}

async function index(db: Kysely<unknown>, name: string, table: string, columns: string[]): Promise<void> {
  await db.schema.createIndex(name).on(table).columns(columns).execute();
}

/**
 * FTS5 without its own copy of the text and without positions: it only has to answer "which rows". `full_text_row`
 * says whose they are; its rowid grows with the time of the entry, so that reading the index backwards is newest first.
 */
async function createSqliteFullText(db: Kysely<unknown>): Promise<void> {
  await sql`create table full_text_row (rowid integer primary key, owner_id text not null references owner (id), id text not null, happened_at text not null)`.execute(
    db,
  );
  await sql`create unique index full_text_row_by_id on full_text_row (owner_id, id)`.execute(db);
  // The words arrive folded and split (see full-text.ts): only spaces are left to cut at.
  await sql`create virtual table full_text using fts5 (words, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '_'")`.execute(
    db,
  );
  // Small pages inside the index: a note touches fewer of the file's.
  await sql`insert into full_text (full_text, rank) values ('pgsz', 1000)`.execute(db);
  await sql`create virtual table full_text_word using fts5vocab (full_text, row)`.execute(db);
}

async function createPostgresFullText(db: Kysely<unknown>): Promise<void> {
  await sql`create table full_text (owner_id text not null references owner (id), id text not null, happened_at text not null, words tsvector not null, primary key (owner_id, id))`.execute(
    db,
  );
  // fastupdate off: a search never has to read a list of pending rows first.
  await sql`create index full_text_words on full_text using gin (words) with (fastupdate = off)`.execute(db);
  await sql`create index full_text_by_time on full_text (owner_id, happened_at, id)`.execute(db);
  // What SQLite's index can list by itself: the words that an owner has used, for corrections.
  await sql`create table full_text_word (owner_id text not null references owner (id), word text not null, primary key (owner_id, word))`.execute(
    db,
  );
}
