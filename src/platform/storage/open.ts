import { accessSync, constants, existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import type { Database, Tables } from "./database.ts";
import { namingClient, NodeSqliteDialect, postgresDialect } from "./dialect.ts";
import { explainSqliteError } from "./trouble.ts";

/** The type id of bigint in PostgreSQL's catalogue. */
const BIGINT = 20;
const BUSY_TIMEOUT_MS = 5_000;

interface SqliteOptions {
  /** `false` only for data that can be made again (the example): it trades the durability of the last second for speed. */
  readonly durable?: boolean;
}

function openFile(path: string, options: SqliteOptions): DatabaseSync {
  const file = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: BUSY_TIMEOUT_MS });
  file.exec(
    `pragma journal_mode = wal; pragma synchronous = ${options.durable === false ? "off" : "full"}; pragma temp_store = memory;`,
  );
  return file;
}

/** Opens (or creates) one SQLite file with a connection for writing and one for reading. Throws AppError `unavailable`. */
export function openSqlite(path: string, options: SqliteOptions = {}): Database {
  let writing: DatabaseSync | undefined;
  try {
    // A file that may not be written opens all the same, for reading: better to say so now than at the first note.
    if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK);
    writing = openFile(path, options);
    const reading = openFile(path, options);
    const writer = new Kysely<Tables>({ dialect: new NodeSqliteDialect(writing) });
    // The reading connection sees a new data_version after any other connection's commit, the writing one's included.
    const dataVersion = reading.prepare("pragma data_version");
    const reader = new Kysely<Tables>({ dialect: new NodeSqliteDialect(reading) });
    return {
      dialect: "sqlite",
      label: path,
      reader,
      writer,
      version: () => (dataVersion.get() as { data_version: number }).data_version,
      async close() {
        await reader.destroy();
        await writer.destroy();
        // A database that was never queried is unknown to Kysely and must be closed here.
        for (const file of [reading, writing as DatabaseSync]) if (file.isOpen) file.close();
      },
    };
  } catch (error) {
    if (writing?.isOpen) writing.close();
    throw explainSqliteError(path, error);
  }
}

/** Opens a pool on PostgreSQL. `url` may hold a password and is never logged. */
export async function openPostgres(url: string): Promise<Database> {
  const { default: pg } = await import("pg");
  const pool = new pg.Pool({
    connectionString: url,
    Client: namingClient(pg.Client),
    max: 10,
    // count(*) is a bigint in PostgreSQL: as a number it is the same on both stores.
    types: {
      getTypeParser: ((oid: Parameters<typeof pg.types.getTypeParser>[0], format: "text") =>
        (oid as number) === BIGINT ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  // An idle connection that the server closes must not end the process; the next query reports it.
  pool.on("error", () => undefined);
  const db = new Kysely<Tables>({ dialect: postgresDialect(pool) });
  const { hostname, pathname } = new URL(url);
  return {
    dialect: "postgres",
    label: `${hostname}${pathname}`,
    reader: db,
    writer: db,
    version: () => undefined,
    close: () => db.destroy(),
  };
}
