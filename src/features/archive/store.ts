import type { Kysely } from "kysely";
import type { OwnerId } from "../../lib/ids.ts";
import { afterTheirTargets, insertRows } from "../../platform/storage/backup-tables.ts";
import type { Db, Tx } from "../../platform/storage/database.ts";
import type { Column } from "./rules/check.ts";
import { archivedTables, inOrder, withoutUnfinished } from "./rules/tables.ts";
import type { ArchiveRow } from "./schema.ts";

// The tables are walked by name here, so the types of their rows are of no use.
type AnyTables = Kysely<Record<string, ArchiveRow>>;

/** All rows of the owner, by table, in an order that is the same on every store. */
export async function readTables(db: Db, owner: OwnerId): Promise<Record<string, ArchiveRow[]>> {
  const found: Record<string, ArchiveRow[]> = {};
  for (const { table } of archivedTables) {
    const rows = await (db as unknown as AnyTables).selectFrom(table).selectAll().where("owner_id", "=", owner).execute();
    found[table] = inOrder(rows.map(({ owner_id: _owner, ...rest }) => rest));
  }
  return withoutUnfinished(found);
}

/** Every table with a column for the owner, and the columns of each but that one. */
export async function ownerTables(db: Db): Promise<Map<string, Column[]>> {
  const tables = await (db as unknown as AnyTables).introspection.getTables();
  const owned = tables.filter((table) => table.columns.some((column) => column.name === "owner_id"));
  return new Map(
    owned.map((table) => [
      table.name,
      table.columns
        .filter((column) => column.name !== "owner_id")
        .map((column) => ({
          name: column.name,
          isNumber: /int/iu.test(column.dataType),
          isRequired: !column.isNullable,
          hasDefault: column.hasDefaultValue,
        })),
    ]),
  );
}

/** The first table that has a row of this owner, or undefined. */
export async function firstFilledTable(db: Db, owner: OwnerId): Promise<string | undefined> {
  for (const { table } of archivedTables) {
    const row = await (db as unknown as AnyTables)
      .selectFrom(table)
      .select("owner_id")
      .where("owner_id", "=", owner)
      .limit(1)
      .executeTakeFirst();
    if (row) return table;
  }
  return undefined;
}

/** Writes the rows as they are, under this owner, and returns how many. */
export async function insertTables(
  tx: Tx,
  owner: OwnerId,
  tables: Readonly<Record<string, readonly ArchiveRow[]>>,
): Promise<number> {
  let count = 0;
  for (const { table, selfReferences = [] } of archivedTables) {
    const rows = (tables[table] ?? []).map((row) => ({ owner_id: owner as string, ...row }));
    await insertRows(tx, table, afterTheirTargets(rows, selfReferences));
    count += rows.length;
  }
  return count;
}
