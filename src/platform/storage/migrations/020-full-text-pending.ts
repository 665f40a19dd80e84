import { type Kysely, sql } from "kysely";
import { dialectOf } from "../dialect.ts";

/** Where entries wait until enough of them go into SQLite's full-text index at once. PostgreSQL's index takes them one by one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  if (dialectOf(db) !== "sqlite") return;
  await sql`create table full_text_pending (rowid integer primary key, owner_id text not null references owner (id), id text not null, happened_at text not null, words text not null)`.execute(
    db,
  );
}
