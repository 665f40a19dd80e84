import type { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { AppError } from "../../lib/errors.ts";
import type { Database } from "./database.ts";
import { migrations } from "./migrations/index.ts";
import { storageTrouble } from "./trouble.ts";

function foreignFile(path: string): AppError {
  return new AppError(
    "unavailable",
    `The file ${path} is a database of another program. Nothing was changed. Move it away, or choose another folder with THROUGHLINE_DATA.`,
  );
}

type Migrated = Kysely<{ kysely_migration: { name: string } }>;

/** The migrations that the database has seen; undefined when it knows nothing of migrations. */
async function namesWritten(db: Migrated): Promise<string[] | undefined> {
  try {
    const rows = await db.selectFrom("kysely_migration").select("name").orderBy("name").execute();
    return rows.map((row) => row.name);
  } catch {
    // There is no such table, or more is wrong: then looking for it says so.
    return undefined;
  }
}

/**
 * The migrations that the database has seen. Almost every start finds their table at once: to list all tables first would take
 * PostgreSQL a tenth of a second. Throws `unavailable` for a file with tables of some other program: ours do not go among them.
 */
async function appliedNames(database: Database): Promise<string[]> {
  const db = database.writer as unknown as Migrated;
  const names = await namesWritten(db);
  if (names) return names;
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (tables.length > 0 && database.dialect === "sqlite") throw foreignFile(database.label);
  return [];
}

/**
 * Brings a database forward to this program's schema; there is no way back.
 * Throws `unavailable` when the database was written by a newer program: its rows could be misread.
 * `upTo` stops after the named migration (for tests of a single step).
 */
export async function migrate(database: Database, upTo?: string): Promise<void> {
  const applied = await appliedNames(database);
  const unknown = applied.filter((name) => !(name in migrations));
  if (unknown.length > 0) {
    throw new AppError(
      "unavailable",
      `The data in ${database.label} was written by a newer version of Throughline (it knows "${unknown.at(-1)}"). Start that version, or restore a backup made by this one. Nothing was changed.`,
    );
  }
  // Almost every start: nothing to do, so no lock is taken and no schema read once more.
  if (!upTo && applied.length === Object.keys(migrations).length) return;
  const migrator = new Migrator({ db: database.writer, provider: { getMigrations: async () => migrations } });
  const { error, results } = upTo ? await migrator.migrateTo(upTo) : await migrator.migrateToLatest();
  if (!error) return;
  const trouble = storageTrouble(database, error);
  if (trouble) throw trouble;
  const failed = results?.find((result) => result.status === "Error");
  throw new AppError(
    "unavailable",
    `The data in ${database.label} could not be brought up to date${failed ? ` (step ${failed.migrationName})` : ""}. Nothing was changed; please keep the file and report this.`,
    { cause: error },
  );
}
