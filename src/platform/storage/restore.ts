import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Kysely, sql } from "kysely";
import { AppError } from "../../lib/errors.ts";
import { instantText } from "../clock.ts";
import type { Config } from "../config/config.ts";
import { readRunningServer } from "../running-server.ts";
import { checkFile, copySqlite, type Reindex, removeDataFile, syncToDisk } from "./backup.ts";
import { type AnyRow, copiedTables, copyTable } from "./backup-tables.ts";
import { type Database, inTransaction, type Tx } from "./database.ts";
import { migrate } from "./migrate.ts";
import { openPostgres, openSqlite } from "./open.ts";

export interface RestoreFacts {
  readonly rows: number;
  /** Where the data that was there before is now. */
  readonly keptAs: string | undefined;
}

type RestoreConfig = Pick<Config, "dataFolder" | "dataFile" | "databaseUrl">;

function assertIsOurs(path: string): void {
  if (!existsSync(path)) throw new AppError("not_found", `There is no file at ${path}.`);
  let names: string[] = [];
  try {
    const file = new DatabaseSync(path, { readOnly: true });
    names = (file.prepare("select name from sqlite_master where type = 'table'").all() as { name: string }[]).map(
      (row) => row.name,
    );
    file.close();
  } catch {
    names = [];
  }
  if (["kysely_migration", "owner", "local_owner"].every((name) => names.includes(name))) return;
  throw new AppError("invalid", `${path} is not a Throughline backup, or it is damaged. Nothing was changed.`);
}

/**
 * A mail that was waiting when the backup was made and has come due since may have gone out in the meantime. Marked as begun,
 * the outbox treats it like one that was cut off: it is not sent by itself, its owner is asked.
 */
async function distrustDueMail(tx: Tx, now: Temporal.Instant): Promise<void> {
  const present = instantText(now);
  await (tx as unknown as Kysely<{ outbox: AnyRow }>)
    .updateTable("outbox")
    .set({ state: "in_data", lease_until: null, next_at: present, updated_at: present })
    .where("state", "in", ["queued", "connecting"])
    .where("due_at", "<=", present)
    .execute();
}

/** A copy of the backup at `copy`, brought to this program's schema. The backup itself is never written to. */
async function prepareCopy(path: string, copy: string, now: Temporal.Instant): Promise<number> {
  await copySqlite(path, copy);
  checkFile(copy);
  const database = openSqlite(copy);
  try {
    await migrate(database).catch((error: unknown) => {
      // The sentence should name the file that the person chose.
      throw error instanceof AppError ? new AppError(error.code, error.message.replaceAll(copy, path), { cause: error }) : error;
    });
    await inTransaction(database, (tx) => distrustDueMail(tx, now));
  } finally {
    await database.close();
  }
  return checkFile(copy);
}

/** Lets SQLite fold the write-ahead log into the file. A damaged file cannot, and is kept with what lies beside it. */
function foldLog(dataFile: string): void {
  try {
    const file = new DatabaseSync(dataFile, { timeout: 1_000 });
    file.exec("pragma wal_checkpoint(truncate); pragma journal_mode = delete");
    file.close();
  } catch {
    // Kept as it is.
  }
}

function keepAside(dataFile: string, now: Temporal.Instant): string | undefined {
  if (!existsSync(dataFile)) return undefined;
  foldLog(dataFile);
  const stamp = now.toString({ smallestUnit: "second" }).replaceAll(/[-:]/gu, "");
  const aside = dataFile.replace(/\.db$/u, `.before-restore-${stamp}.db`);
  try {
    linkSync(dataFile, aside);
  } catch {
    // Some file systems (memory sticks) know no links.
    copyFileSync(dataFile, aside);
  }
  // A log left beside the restored file would be taken for its own.
  for (const ending of ["-wal", "-shm"]) if (existsSync(dataFile + ending)) renameSync(dataFile + ending, aside + ending);
  return aside;
}

async function restoreSqlite(config: RestoreConfig, path: string, now: Temporal.Instant): Promise<RestoreFacts> {
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  const copy = `${config.dataFile}.${process.pid}.restoring`;
  try {
    removeDataFile(copy);
    const rows = await prepareCopy(path, copy, now);
    syncToDisk(copy);
    const keptAs = keepAside(config.dataFile, now);
    renameSync(copy, config.dataFile);
    syncToDisk(dirname(config.dataFile));
    return { rows, keptAs };
  } finally {
    removeDataFile(copy);
  }
}

// An installation that was only started has these rows; a restore brings its own.
const STARTED_ONLY = ["access_token", "local_owner", "owner"];

async function fill(target: Database, copy: string): Promise<void> {
  const described = new DatabaseSync(copy, { readOnly: true });
  const tables = copiedTables(described);
  described.close();
  const source = openSqlite(copy);
  try {
    await inTransaction(target, async (tx) => {
      for (const { name } of tables.filter((table) => !STARTED_ONLY.includes(table.name))) {
        const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(tx);
        if (rows.length > 0)
          throw new AppError(
            "conflict",
            `The database ${target.label} is not empty. Restore into an empty one and point DATABASE_URL at it; nothing was changed.`,
          );
      }
      for (const name of STARTED_ONLY) await sql`delete from ${sql.table(name)}`.execute(tx);
      for (const table of tables) await copyTable(source.reader, tx, table);
    });
  } finally {
    await source.close();
  }
}

async function restorePostgres(
  url: string,
  config: RestoreConfig,
  path: string,
  now: Temporal.Instant,
  reindex: Reindex,
): Promise<RestoreFacts> {
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  const copy = `${config.dataFile}.${process.pid}.restoring`;
  const target = await openPostgres(url);
  try {
    removeDataFile(copy);
    const rows = await prepareCopy(path, copy, now);
    await migrate(target);
    await fill(target, copy);
    await reindex(target);
    return { rows, keptAs: undefined };
  } finally {
    await target.close();
    removeDataFile(copy);
  }
}

/**
 * Puts a backup in the place of the present data: the SQLite file, which is kept aside, or an empty PostgreSQL database.
 * An older backup is migrated forward; a newer one is refused (`unavailable`), as is a file that is not a backup (`invalid`),
 * and everything while a server runs on the data folder (`conflict`).
 */
export async function restore(
  config: RestoreConfig,
  path: string,
  now: Temporal.Instant,
  reindex: Reindex,
): Promise<RestoreFacts> {
  const running = readRunningServer(config.dataFolder);
  if (running)
    throw new AppError(
      "conflict",
      `A server is running on this data (${running.url}, process ${running.pid}). Stop it first, then restore. Nothing was changed.`,
    );
  assertIsOurs(path);
  return config.databaseUrl ? restorePostgres(config.databaseUrl, config, path, now, reindex) : restoreSqlite(config, path, now);
}
