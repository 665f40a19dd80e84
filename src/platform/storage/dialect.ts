import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import {
  type DatabaseConnection,
  type Kysely,
  PostgresAdapter,
  PostgresDialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from "kysely";
import type { Client as PostgresClient, Pool } from "pg";
import type { Db, DialectName } from "./database.ts";

/** Which store a query is about to run on. Only `platform/storage` may branch on it. */
export function dialectOf(db: Db): DialectName {
  return (db as Kysely<unknown>).getExecutor().adapter instanceof PostgresAdapter ? "postgres" : "sqlite";
}

const STATEMENT_CACHE_SIZE = 500;

type Row = Record<string, unknown>;

/**
 * Reads rows as plain objects. Node's own row objects have no prototype and are kept as dictionaries, slow to make and slow to
 * read: going through arrays takes a third off a page of twenty rows.
 */
function rowReader(statement: StatementSync): (parameters: readonly unknown[]) => Row[] {
  // As keys of an object, names are those that V8 keeps once; any other string is looked up again for each value of each row.
  const namesNow = (): string[] => statement.columns().flatMap((column) => Object.keys({ [column.name]: true }));
  let names = namesNow();
  statement.setReturnArrays(true);
  return (parameters) => {
    const rows = statement.all(...(parameters as SQLInputValue[])) as unknown as unknown[][];
    // "select *" has other columns after a migration; SQLite then prepares the statement again by itself.
    if (rows[0] && rows[0].length !== names.length) names = namesNow();
    return rows.map((values) => {
      const row: Row = {};
      for (let index = 0; index < names.length; index += 1) row[names[index] as string] = values[index];
      return row;
    });
  };
}

function asKyselyStatement(statement: StatementSync): SqliteStatement {
  const reader = statement.columns().length > 0;
  // The full-text index has row ids of its own beyond 2^53, and the last one is part of every answer to `run`: as a number it would throw.
  if (!reader) statement.setReadBigInts(true);
  const read = reader ? rowReader(statement) : () => [];
  return {
    reader,
    all: read,
    run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
    // Nothing here streams: what is read is a page, or one person's whole record, which fits in memory.
    iterate: (parameters) => read(parameters).values(),
  };
}

/**
 * SQLite plans with the value of a bare `limit ?`, and therefore parses and plans the whole statement anew each time a value is bound to it
 * (sqlite3ExprIsInteger, sqlite3Reprepare), twice the work of a page of rows. It does not look behind a plus.
 */
function withFixedPlan(sql: string): string {
  return sql.replaceAll(/\blimit \?/gu, "limit +?");
}

/** Makes a `node:sqlite` database look like what Kysely's own SQLite dialect expects, and keeps prepared statements. */
function asKyselyDatabase(file: DatabaseSync): SqliteDatabase {
  const cache = new Map<string, SqliteStatement>();
  return {
    close: () => file.close(),
    prepare(sql) {
      const known = cache.get(sql);
      if (known) return known;
      const statement = asKyselyStatement(file.prepare(withFixedPlan(sql)));
      cache.set(sql, statement);
      if (cache.size > STATEMENT_CACHE_SIZE) cache.delete(cache.keys().next().value as string);
      return statement;
    },
  };
}

/** Takes the write lock at the start: a transaction that reads first and writes later could otherwise fail half way. */
class ImmediateDriver extends SqliteDriver {
  readonly #file: DatabaseSync;
  readonly #database: SqliteDatabase;

  constructor(file: DatabaseSync, database: SqliteDatabase) {
    super({ database });
    this.#file = file;
    this.#database = database;
  }

  // Both without a query of Kysely's around them: SQLite answers at once, and somebody waits for each of these.
  override async beginTransaction(): Promise<void> {
    this.#database.prepare("begin immediate").run([]);
  }

  override async commitTransaction(): Promise<void> {
    this.#database.prepare("commit").run([]);
  }

  /** SQLite itself rolls back when the disk is full. A second rollback would fail and hide what had happened. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#file.isTransaction) await super.rollbackTransaction(connection);
  }
}

/** Part of every `Kysely` of one connection, its transactions included: so a prepared statement finds the connection that it runs on. */
class NodeSqliteAdapter extends SqliteAdapter {
  readonly file: DatabaseSync;
  readonly database: SqliteDatabase;

  constructor(file: DatabaseSync, database: SqliteDatabase) {
    super();
    this.file = file;
    this.database = database;
  }

  /** SQLite can roll back DDL, so a migration that fails half way leaves nothing behind. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** The SQLite connection below `db`; undefined on PostgreSQL. */
export function sqliteBelow(db: Db): { readonly file: DatabaseSync; readonly database: SqliteDatabase } | undefined {
  const { adapter } = (db as Kysely<unknown>).getExecutor();
  return adapter instanceof NodeSqliteAdapter ? adapter : undefined;
}

export class NodeSqliteDialect extends SqliteDialect {
  readonly #file: DatabaseSync;
  readonly #database: SqliteDatabase;

  constructor(file: DatabaseSync) {
    const database = asKyselyDatabase(file);
    super({ database });
    this.#file = file;
    this.#database = database;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#file, this.#database);
  }

  override createAdapter(): SqliteAdapter {
    return new NodeSqliteAdapter(this.#file, this.#database);
  }
}

const namesInPostgres = new Map<string, string>();

/** Gives a statement a name, under which each connection to PostgreSQL plans it only once. */
export function nameInPostgres(text: string): void {
  if (!namesInPostgres.has(text)) namesInPostgres.set(text, `throughline_${namesInPostgres.size}`);
}

/** A connection to PostgreSQL that sends a statement by its name when it has one. */
export function namingClient(Client: typeof PostgresClient): typeof PostgresClient {
  return class extends Client {
    // oxlint-disable-next-line typescript/no-explicit-any -- one of seven ways to call it, and the only one that Kysely uses
    override query(text: any, values?: any, ...rest: any[]): any {
      const name = typeof text === "string" ? namesInPostgres.get(text) : undefined;
      return name === undefined ? super.query(text, values, ...(rest as [])) : super.query({ name, text, values });
    }
  };
}

export function postgresDialect(pool: Pool): PostgresDialect {
  return new PostgresDialect({ pool });
}
