import type { Kysely, Transaction } from "kysely";
import { storageTrouble } from "./trouble.ts";

/**
 * Every table, by name. Features add theirs with declaration merging in their `schema.ts`, so that this
 * folder stays ignorant of the product:
 * `declare module "../../platform/storage/database.ts" { interface Tables { capture: CaptureTable } }`
 */
// oxlint-disable-next-line typescript/no-empty-interface -- filled by declaration merging
export interface Tables {}

/** For reads. A write needs a `Tx`: without one it does not compile, because only `Tx` is accepted by writing functions. */
export type Db = Kysely<Tables> | Transaction<Tables>;

/** For writes: everything that belongs together is in one of these. */
export type Tx = Transaction<Tables>;

export type DialectName = "sqlite" | "postgres";

/** An open database. On SQLite, reads have a connection of their own, so that they never wait for a transaction. */
export interface Database {
  readonly dialect: DialectName;
  /** What a person can recognise: the file path, or host and database name; never a password. */
  readonly label: string;
  readonly reader: Kysely<Tables>;
  readonly writer: Kysely<Tables>;
  /**
   * A number that changes whenever anybody, another process too, has committed a change; undefined where the store has no cheap one.
   * What is derived from the data may be kept as long as it stays the same.
   */
  version(): number | undefined;
  close(): Promise<void>;
}

/** Does some work on a database. When the store itself fails, its error is thrown in words (`unavailable`); any other as it is. */
export async function explained<T>(database: Database, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageTrouble(database, error) ?? error;
  }
}

/** Runs one unit of work in a write transaction (`BEGIN IMMEDIATE` on SQLite). Throws AppError `unavailable` when the disk is full and the like; then nothing of it was kept. */
export function inTransaction<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  return explained(database, () => database.writer.transaction().execute(work));
}
