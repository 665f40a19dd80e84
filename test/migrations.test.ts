import assert from "node:assert/strict";
import { test } from "node:test";
import { type Kysely, sql } from "kysely";
import type { Database } from "../src/platform/storage/database.ts";
import { migrate } from "../src/platform/storage/migrate.ts";
import { migrations } from "../src/platform/storage/migrations/index.ts";
import { emptyDatabase, storeNames } from "./support/stores.ts";

type AnyTables = Record<string, Record<string, unknown>>;

interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
}

const names = Object.keys(migrations);

function db(database: Database): Kysely<AnyTables> {
  return database.writer as unknown as Kysely<AnyTables>;
}

/** The tables that the product's own rows are in. The search index is made of them and differs between the stores. */
async function columnsOf(database: Database): Promise<Column[]> {
  const tables = await database.writer.introspection.getTables();
  return tables
    .filter(
      (table) =>
        !table.isView &&
        table.columns.some((column) => column.name === "owner_id" || table.name === "owner") &&
        !table.name.startsWith("full_text"),
    )
    .flatMap((table) =>
      table.columns.map((column) => ({
        table: table.name,
        name: column.name,
        type: column.dataType.toLowerCase(),
        optional: column.isNullable || column.hasDefaultValue || column.isAutoIncrementing,
      })),
    );
}

async function withoutForeignKeys(database: Database, work: (db: Kysely<AnyTables>) => Promise<void>): Promise<void> {
  const [off, on] =
    database.dialect === "sqlite"
      ? ["pragma foreign_keys = off", "pragma foreign_keys = on"]
      : ["set session_replication_role = replica", "set session_replication_role = origin"];
  await db(database)
    .connection()
    .execute(async (connection) => {
      await sql.raw(off).execute(connection);
      await work(connection);
      await sql.raw(on).execute(connection);
    });
}

function sample({ name, type }: Column): unknown {
  if (/int|numeric|real|double/u.test(type)) return 1;
  if (/bool/u.test(type)) return true;
  if (/json/u.test(type)) return "[]";
  if (name.endsWith("_at")) return "2026-03-02T09:00:00.000Z";
  if (name.endsWith("_on")) return "2026-03-02";
  return `${name} Zoë 🌿`;
}

/** One row in each table that the next step finds, with nothing in it but what must be there. */
async function fill(database: Database, filled: Set<string>): Promise<void> {
  const byTable = Map.groupBy(await columnsOf(database), (column) => column.table);
  await withoutForeignKeys(database, async (connection) => {
    for (const [table, columns] of byTable) {
      if (filled.has(table)) continue;
      const row = Object.fromEntries(columns.filter((column) => !column.optional).map((column) => [column.name, sample(column)]));
      await connection.insertInto(table).values(row).execute();
      filled.add(table);
    }
  });
}

async function contents(database: Database, tables: Iterable<string>): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const table of tables) all[table] = await db(database).selectFrom(table).selectAll().execute();
  return all;
}

async function onEmpty(store: (typeof storeNames)[number], work: (database: Database) => Promise<void>): Promise<void> {
  const database = await emptyDatabase(store);
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

for (const store of storeNames) {
  test(`each step keeps the rows that the schema before it held (${store})`, () =>
    onEmpty(store, async (database) => {
      const filled = new Set<string>();
      for (const name of names) {
        const before = await contents(database, filled);
        await migrate(database, name);
        const after = await contents(database, filled);
        for (const [table, rows] of Object.entries(before)) {
          assert.equal(after[table]?.length, rows.length, `${name} lost rows of ${table}`);
          for (const [index, row] of rows.entries())
            assert.partialDeepStrictEqual(after[table]?.[index], row, `${name} changed a row of ${table}`);
        }
        await fill(database, filled);
      }
      await migrate(database);
      assert.ok(filled.has("person"));
    }));

  test(`a second start changes nothing (${store})`, () =>
    onEmpty(store, async (database) => {
      await migrate(database);
      const before = await columnsOf(database);
      await migrate(database);
      assert.deepEqual(await columnsOf(database), before);
    }));

  test(`a database of a newer program is refused in words and left as it was (${store})`, () =>
    onEmpty(store, async (database) => {
      await migrate(database, names[1]);
      const newer = { name: "999-from-the-future", timestamp: "2030-01-01T00:00:00.000Z" };
      await db(database).insertInto("kysely_migration").values(newer).execute();
      const before = await columnsOf(database);
      await assert.rejects(migrate(database), {
        code: "unavailable",
        message: /newer version of Throughline.*999-from-the-future.*Nothing was changed/u,
      });
      assert.deepEqual(await columnsOf(database), before);
    }));
}

test("migrations only go forwards, numbered without a gap", () => {
  assert.deepEqual(names, names.toSorted());
  assert.deepEqual(
    names.map((name) => Number(name.slice(0, 3))),
    names.map((_name, index) => index + 1),
  );
  for (const [name, migration] of Object.entries(migrations)) assert.equal(migration.down, undefined, `${name} has a way back`);
});

test("both stores end with the same tables and columns", async () => {
  const seen: string[][] = [];
  for (const store of storeNames) {
    await onEmpty(store, async (database) => {
      await migrate(database);
      seen.push((await columnsOf(database)).map(({ table, name }) => `${table}.${name}`).sort());
    });
  }
  assert.deepEqual(seen[0], seen[1]);
});
