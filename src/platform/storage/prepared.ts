import { CompiledQuery } from "kysely";
import type { Db, Tx } from "./database.ts";
import { nameInPostgres, sqliteBelow } from "./dialect.ts";

/**
 * Statements that are written once and run often, for the page that is read most and the note that somebody waits for. Kysely builds,
 * queues and unwraps each query anew, which takes longer there than SQLite takes for the rows; everywhere else it does not matter.
 *
 * `?` stands for a value. Columns are named, never "*": PostgreSQL keeps the plan, and what a star means may change under it.
 */
function onPostgres(text: string): string {
  let count = 0;
  const numbered = text.replaceAll("?", () => `$${(count += 1)}`);
  nameInPostgres(numbered);
  return numbered;
}

/** A reading statement. On SQLite it runs at once, on the connection of `db`; on PostgreSQL under a name, so that it is planned once. */
export function preparedRead<Row>(text: string): (db: Db, values: readonly unknown[]) => Promise<readonly Row[]> {
  const numbered = onPostgres(text);
  return async (db, values) => {
    const sqlite = sqliteBelow(db);
    if (sqlite) return sqlite.database.prepare(text).all(values) as Row[];
    return (await db.executeQuery<Row>(CompiledQuery.raw(numbered, [...values]))).rows;
  };
}

/** A writing statement, with the rows of its `returning`. It throws when the transaction is over: what it wrote then would stay by itself. */
export function preparedWrite<Row = never>(text: string): (tx: Tx, values: readonly unknown[]) => Promise<readonly Row[]> {
  const numbered = onPostgres(text);
  return async (tx, values) => {
    const sqlite = sqliteBelow(tx);
    if (!sqlite) return (await tx.executeQuery<Row>(CompiledQuery.raw(numbered, [...values]))).rows;
    if (!sqlite.file.isTransaction) throw new Error("A write came after the end of its transaction.");
    const statement = sqlite.database.prepare(text);
    if (statement.reader) return statement.all(values) as Row[];
    statement.run(values);
    return [];
  };
}
