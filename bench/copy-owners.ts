import { closeSync, fsyncSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import type { OwnerId } from "../src/lib/ids.ts";
import { wordsOf } from "../src/lib/words.ts";
import { MEASURED } from "./notes.ts";

/** Parents before children. The search index is not among them: it is different on each store. */
const TABLES = ["person", "series", "series_rule", "meeting", "capture", "meeting_note", "record_entry", "record_tag"] as const;

interface NewOwner {
  readonly id: string;
  readonly number: number;
  /** How the search index marks the owner's words: the end of the id (see platform/storage/full-text.ts). */
  readonly mark: string;
}

function newOwners(from: number, to: number): NewOwner[] {
  return Array.from({ length: to - from }, (_, index) => {
    const number = from + index;
    const id = `00000000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;
    return { id, number, mark: `${id.slice(-6)}_` };
  });
}

/**
 * The same statements on both stores: every row of the first owner once for each new one, owner after owner. The rows are put
 * aside first, because SQLite would otherwise write all the copies twice (a statement must not read what it inserts).
 */
function copyStatements(table: string, columns: readonly string[], first: OwnerId): string {
  const kept = columns.filter((name) => name !== "owner_id").join(", ");
  const seeded = columns.includes("text") ? `and text not like '${MEASURED}%'` : "";
  return `create temp table source as select ${kept} from ${table} where owner_id = '${first}' ${seeded};
    insert into ${table} (owner_id, ${kept}) select fresh.id, ${kept.replaceAll(/\w+/gu, "source.$&")} from fresh cross join source;
    drop table source;`;
}

const COPY_OWNERS = `insert into owner (id, name, email, zone, created_at, updated_at)
  select id, 'Owner ' || number, null, 'Europe/Berlin', '2016-01-04T08:00:00.000Z', '2016-01-04T08:00:00.000Z' from fresh`;

const seededIds = (first: OwnerId): string =>
  `select id from record_entry where owner_id = '${first}' and text not like '${MEASURED}%'`;

function copySearchIndexOfSqlite(file: DatabaseSync, first: OwnerId, owners: readonly NewOwner[]): void {
  // What still waits for the index (full-text-pending.ts) goes into it, so that it is copied too.
  file.exec(`insert into full_text_row (rowid, owner_id, id, happened_at) select rowid, owner_id, id, happened_at from full_text_pending;
    insert into full_text (rowid, words) select rowid, words from full_text_pending order by rowid; delete from full_text_pending`);
  // As in full-text.ts, row ids grow with time, 1,024 to a millisecond: these stand one millisecond after the first owner's.
  file.exec(`create temp table source as select rowid as slot, id, happened_at from full_text_row
      where owner_id = '${first}' and id in (${seededIds(first)}) order by rowid;
    insert into full_text_row (rowid, owner_id, id, happened_at)
    select (source.slot / 1024 + 1) * 1024 + fresh.number, fresh.id, source.id, source.happened_at from source cross join fresh;
    drop table source;`);
  const entries = file
    .prepare(
      `select (r.rowid / 1024 + 1) * 1024 as slot, e.text, e.tags from full_text_row as r
       join record_entry as e on e.owner_id = r.owner_id and e.id = r.id where r.owner_id = ? and e.text not like '${MEASURED}%' order by r.rowid`,
    )
    .all(first) as { slot: number; text: string; tags: string }[];
  const insert = file.prepare("insert into full_text (rowid, words) values (?, ?)");
  const setHashSize = (bytes: number): void => file.exec(`insert into full_text (full_text, rank) values ('hashsize', ${bytes})`);
  setHashSize(64 * 1024 * 1024);
  for (const { slot, text, tags } of entries) {
    const names = (JSON.parse(tags) as { name: string }[]).map((tag) => tag.name);
    const words = [...new Set(wordsOf([text, ...names].join("\n")))];
    const pattern = `#${words.join(" #")}`;
    for (const { number, mark } of owners) insert.run(slot + number, pattern.replaceAll("#", mark));
  }
  // FTS5's own default: it is kept in the file.
  setHashSize(1024 * 1024);
}

/** Fills the file up to `to` owners. Nobody else may have it open. The data can be made again, so nothing waits for the disk. */
export function copyOwnersOnSqlite(path: string, first: OwnerId, from: number, to: number): void {
  const owners = newOwners(from, to);
  const file = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  try {
    file.exec(
      "pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive; pragma cache_size = -2000000;",
    );
    file.exec("begin; create temp table fresh (id text primary key, number integer not null, mark text not null)");
    const insert = file.prepare("insert into fresh (id, number, mark) values (?, ?, ?)");
    for (const { id, number, mark } of owners) insert.run(id, number, mark);
    file.exec(COPY_OWNERS);
    for (const table of TABLES) {
      const columns = file.prepare(`select * from ${table} limit 0`).columns();
      file.exec(
        copyStatements(
          table,
          columns.map((column) => column.name),
          first,
        ),
      );
    }
    copySearchIndexOfSqlite(file, first, owners);
    file.exec("drop table fresh; commit");
    file.exec("pragma locking_mode = normal; pragma journal_mode = wal;");
  } finally {
    file.close();
  }
  // Gigabytes that still wait to be written would slow down every durable write that is measured next.
  const written = openSync(path, "r+");
  fsyncSync(written);
  closeSync(written);
}

/** Fills the PostgreSQL database up to `to` owners, and leaves it as autovacuum would: with statistics and a fresh visibility map. */
export async function copyOwnersOnPostgres(url: string, first: OwnerId, from: number, to: number): Promise<void> {
  const owners = newOwners(from, to);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // As "replica", foreign keys and triggers rest.
    await client.query("set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '1GB'");
    await client.query("create temp table fresh (id text primary key, number integer not null, mark text not null)");
    await client.query("insert into fresh select * from json_to_recordset($1) as one(id text, number integer, mark text)", [
      JSON.stringify(owners),
    ]);
    await client.query(COPY_OWNERS);
    for (const table of TABLES) {
      const { fields } = await client.query(`select * from ${table} limit 0`);
      await client.query(
        copyStatements(
          table,
          fields.map((field) => field.name),
          first,
        ),
      );
    }
    const { rows } = await client.query<{ statement: string }>(
      "select indexdef as statement from pg_indexes where indexname = 'full_text_words'",
    );
    await client.query("drop index full_text_words");
    const firstMark = `${first.slice(-6)}_`;
    // As text, once: to write and to read each entry's words for each owner takes longer than to insert them.
    await client.query(`create temp table source as select id, happened_at, words::text as words from full_text
      where owner_id = '${first}' and id in (${seededIds(first)})`);
    await client.query(`insert into full_text (owner_id, id, happened_at, words)
      select fresh.id, source.id, source.happened_at, replace(source.words, '${firstMark}', fresh.mark)::tsvector from fresh cross join source`);
    await client.query("drop table source");
    await client.query(rows[0]?.statement ?? "");
    await client.query("vacuum analyze");
    await client.query("checkpoint");
  } finally {
    await client.end();
  }
}
