import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { backup as copyFile, DatabaseSync } from "node:sqlite";
import { AppError } from "../../lib/errors.ts";
import { copiedTables, copyTable, countRows } from "./backup-tables.ts";
import type { Database } from "./database.ts";
import { migrate } from "./migrate.ts";
import { openSqlite } from "./open.ts";
import { explainSqliteError } from "./trouble.ts";

/** Makes the full-text index of a database again from its rows; only features know what is in it. */
export type Reindex = (database: Database) => Promise<void>;

export interface BackupFacts {
  readonly rows: number;
  readonly bytes: number;
}

// One step for the whole file: a copy in several steps starts over whenever somebody writes in between.
const ALL_PAGES = 1_000_000_000;

/** Copies an SQLite file, its write-ahead log included, while others work with it. */
export async function copySqlite(from: string, to: string): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true });
  try {
    await copyFile(source, to, { rate: ALL_PAGES });
  } finally {
    source.close();
  }
}

async function copyPostgres(database: Database, to: string, reindex: Reindex): Promise<void> {
  const target = openSqlite(to, { durable: false });
  try {
    await migrate(target);
    const described = new DatabaseSync(to, { readOnly: true });
    const tables = copiedTables(described);
    described.close();
    // One snapshot for all tables, so that no row is there without the one that it belongs to.
    const source = database.reader;
    await source
      .transaction()
      .setIsolationLevel("repeatable read")
      .setAccessMode("read only")
      .execute(async (snapshot) => {
        await target.writer.transaction().execute(async (tx) => {
          for (const table of tables) await copyTable(snapshot, tx, table);
        });
      });
    await reindex(target);
  } finally {
    await target.close();
  }
}

/** Throws AppError `unavailable` unless the file is whole: every page, every index, every reference. Returns how many rows of data it has. */
export function checkFile(path: string): number {
  const file = new DatabaseSync(path);
  try {
    // A single file without a write-ahead log beside it: it can be copied and taken along by hand.
    file.exec("pragma journal_mode = delete");
    const integrity = file.prepare("pragma integrity_check").all() as { integrity_check: string }[];
    const dangling = file.prepare("pragma foreign_key_check").all();
    if (integrity[0]?.integrity_check !== "ok" || dangling.length > 0) {
      throw new AppError(
        "unavailable",
        `The file ${path} is damaged: ${integrity[0]?.integrity_check ?? "unknown"}, ${dangling.length} rows without the one they belong to.`,
      );
    }
    return copiedTables(file).reduce((sum, table) => sum + countRows(file, table), 0);
  } catch (error) {
    throw explainSqliteError(path, error);
  } finally {
    file.close();
  }
}

/** Waits until what was written to a file or folder is on the disk. */
export function syncToDisk(path: string): void {
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } catch (error) {
    // Windows cannot sync a folder; its renames are durable by themselves.
    if (process.platform !== "win32") throw error;
  } finally {
    closeSync(handle);
  }
}

/** Removes a data file and what SQLite keeps beside it. */
export function removeDataFile(path: string): void {
  for (const ending of ["", "-wal", "-shm", "-journal"]) rmSync(path + ending, { force: true });
}

/**
 * Copies everything into one new SQLite file, also while a server works on it: from SQLite page by page, from PostgreSQL
 * row by row in one snapshot. The file appears only when it is complete, checked and on the disk.
 * Throws AppError `conflict` when the file is there already, `unavailable` when it cannot be written.
 */
export async function backup(database: Database, path: string, reindex: Reindex): Promise<BackupFacts> {
  if (existsSync(path))
    throw new AppError("conflict", `There is a file at ${path} already. Choose another name; nothing was written.`);
  const part = `${path}.${process.pid}.part`;
  try {
    removeDataFile(part);
    if (database.dialect === "sqlite") await copySqlite(database.label, part);
    else await copyPostgres(database, part, reindex);
    const rows = checkFile(part);
    chmodSync(part, 0o600);
    syncToDisk(part);
    renameSync(part, path);
    syncToDisk(dirname(path));
    return { rows, bytes: statSync(path).size };
  } catch (error) {
    removeDataFile(part);
    if (error instanceof AppError) throw error;
    throw new AppError(
      "unavailable",
      `The backup could not be written to ${path}: ${(error as Error).message}. Nothing was left there.`,
      { cause: error },
    );
  }
}
