import type { DatabaseSync } from "node:sqlite";
import { type Kysely, sql } from "kysely";
import type { Db, Tx } from "./database.ts";

/** A table as a copy needs to know it. */
export interface CopiedTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
  readonly references: readonly string[];
  /** Columns that point to another row of the same table. */
  readonly selfReferences: readonly string[];
}

/** A row of any table. */
export type AnyRow = Record<string, string | number | null>;

// The search index differs between the stores and is made again from the rows; the migrator keeps its own tables.
const NOT_COPIED = /^(sqlite_|kysely_|full_text)/u;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function describe(file: DatabaseSync, name: string): CopiedTable {
  const columns = file.prepare(`pragma table_info(${quoted(name)})`).all() as { name: string; pk: number }[];
  const foreign = file.prepare(`pragma foreign_key_list(${quoted(name)})`).all() as { table: string; from: string }[];
  return {
    name,
    columns: columns.map((column) => column.name),
    key: columns
      .filter((column) => column.pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map((column) => column.name),
    references: [...new Set(foreign.map((key) => key.table).filter((table) => table !== name))],
    selfReferences: foreign.filter((key) => key.table === name && key.from !== "owner_id").map((key) => key.from),
  };
}

/** The tables of an SQLite file whose rows are data, each after the tables that it refers to. */
export function copiedTables(file: DatabaseSync): CopiedTable[] {
  const names = file.prepare("select name from sqlite_master where type = 'table' order by name").all() as { name: string }[];
  const waiting = names.filter(({ name }) => !NOT_COPIED.test(name)).map(({ name }) => describe(file, name));
  const sorted: CopiedTable[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex((table) => table.references.every((name) => sorted.some((one) => one.name === name)));
    if (next === -1)
      throw new Error(`These tables refer to each other in a circle: ${waiting.map((table) => table.name).join(", ")}`);
    sorted.push(...waiting.splice(next, 1));
  }
  return sorted;
}

export function countRows(file: DatabaseSync, table: CopiedTable): number {
  return (file.prepare(`select count(*) as rows from ${quoted(table.name)}`).get() as { rows: number }).rows;
}

const PAGE_ROWS = 2_000;

/** All rows of a table in the order of its key, a page at a time. */
async function* pagesOf(db: Db, table: CopiedTable): AsyncGenerator<AnyRow[]> {
  const key = sql.join(table.key.map((name) => sql.ref(name)));
  let last: AnyRow | undefined;
  for (;;) {
    const after = last ? sql`where (${key}) > (${sql.join(table.key.map((name) => (last as AnyRow)[name]))})` : sql``;
    const { rows } =
      await sql<AnyRow>`select * from ${sql.table(table.name)} ${after} order by ${key} limit ${PAGE_ROWS}`.execute(db);
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE_ROWS) return;
    last = rows.at(-1);
  }
}

// PostgreSQL takes at most 65,535 values in one statement, SQLite 32,766.
const MOST_VALUES = 30_000;

/** Writes rows as they are. The caller knows that the table has these columns. */
export async function insertRows(tx: Tx, table: string, rows: readonly AnyRow[]): Promise<void> {
  const first = rows[0];
  if (!first) return;
  const size = Math.max(1, Math.floor(MOST_VALUES / Object.keys(first).length));
  const anyTables = tx as unknown as Kysely<Record<string, AnyRow>>;
  for (let start = 0; start < rows.length; start += size)
    await anyTables
      .insertInto(table)
      .values(rows.slice(start, start + size))
      .execute();
}

/** Rows in an order in which each comes after the one that it points to. */
export function afterTheirTargets(rows: readonly AnyRow[], selfReferences: readonly string[]): AnyRow[] {
  if (selfReferences.length === 0) return [...rows];
  const idOf = (row: AnyRow, column: string): string => `${row["owner_id"]} ${row[column]}`;
  const byId = new Map(rows.map((row) => [idOf(row, "id"), row]));
  const sorted = new Set<AnyRow>();
  const place = (row: AnyRow): void => {
    for (const column of selfReferences) {
      const target = row[column] === null ? undefined : byId.get(idOf(row, column));
      if (target && target !== row && !sorted.has(target)) place(target);
    }
    sorted.add(row);
  };
  rows.forEach(place);
  return [...sorted];
}

/** Copies a table's rows from one database into another. */
export async function copyTable(source: Db, target: Tx, table: CopiedTable): Promise<void> {
  const held: AnyRow[] = [];
  for await (const page of pagesOf(source, table)) {
    // Rows that point to each other are put in order first; such tables are small.
    if (table.selfReferences.length > 0) held.push(...page);
    else await insertRows(target, table.name, page);
  }
  await insertRows(target, table.name, afterTheirTargets(held, table.selfReferences));
}
