import { chmodSync, mkdirSync } from "node:fs";
import { createLocalOwner, readLocalOwner } from "./features/account/store.ts";
import { AppError } from "./lib/errors.ts";
import type { OwnerId } from "./lib/ids.ts";
import { type Clock, type ShiftedClock, shiftedClock, systemClock } from "./platform/clock.ts";
import type { Config } from "./platform/config/config.ts";
import { type Database, inTransaction } from "./platform/storage/database.ts";
import { migrate } from "./platform/storage/migrate.ts";
import { openPostgres, openSqlite } from "./platform/storage/open.ts";
import { explainSqliteError, storageTrouble } from "./platform/storage/trouble.ts";

/** An opened, migrated database with the owner whom this installation serves, and the clock. */
export interface Installation {
  readonly database: Database;
  readonly owner: OwnerId;
  readonly clock: Clock;
  /** The same clock when THROUGHLINE_CLOCK moved it, so that it can be moved on. */
  readonly shifted: ShiftedClock | undefined;
  close(): Promise<void>;
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700);
  } catch (error) {
    throw new AppError(
      "unavailable",
      `The data folder ${path} cannot be used (${(error as NodeJS.ErrnoException).code}). Choose another with THROUGHLINE_DATA.`,
      { cause: error },
    );
  }
}

/** The local owner of a database, made on its first day. */
export async function localOwner(database: Database, now: Temporal.Instant): Promise<OwnerId> {
  const present = await readLocalOwner(database.reader);
  return present ?? inTransaction(database, (tx) => createLocalOwner(tx, now, Temporal.Now.timeZoneId()));
}

async function prepareDatabase(database: Database, now: Temporal.Instant): Promise<OwnerId> {
  try {
    await migrate(database);
    return await localOwner(database, now);
  } catch (error) {
    await database.close();
    if (database.dialect === "sqlite") throw explainSqliteError(database.label, error);
    throw storageTrouble(database, error) ?? error;
  }
}

/** Opens what the configuration names: the SQLite file, or PostgreSQL. Throws AppError `unavailable` with what to do. */
export async function openInstallation(config: Config): Promise<Installation> {
  makeFolder(config.dataFolder);
  const shifted = config.clockStart && shiftedClock(config.clockStart);
  const clock = shifted ?? systemClock;
  const database = config.databaseUrl ? await openPostgres(config.databaseUrl) : openSqlite(config.dataFile);
  const owner = await prepareDatabase(database, clock.now());
  return { database, owner, clock, shifted, close: () => database.close() };
}
