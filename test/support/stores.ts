import { createHash, randomBytes } from "node:crypto";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { Database, DialectName } from "../../src/platform/storage/database.ts";
import { migrate } from "../../src/platform/storage/migrate.ts";
import { openPostgres, openSqlite } from "../../src/platform/storage/open.ts";
import { postgresUrl } from "./postgres-server.ts";

/** Every store that the product runs on: what touches a database is tested on each of them. */
export const storeNames: readonly DialectName[] = ["sqlite", "postgres"];

const folder = mkdtempSync(join(tmpdir(), "throughline-test-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

let filesMade = 0;

/** A path in a folder that is removed when this process ends. */
export function freshPath(name: string): string {
  filesMade += 1;
  return join(folder, `${filesMade}-${name}`);
}

function removeSqlite(path: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
}

async function makeSqliteTemplate(): Promise<string> {
  const path = freshPath("template.db");
  const database = openSqlite(path, { durable: false });
  await migrate(database);
  await database.close();
  return path;
}

let sqliteTemplate: Promise<string> | undefined;

/** An SQLite file without tables. `close` removes it. */
export function emptySqlite(path = freshPath("throughline.db")): Database {
  const database = openSqlite(path, { durable: false });
  const close = async (): Promise<void> => {
    await database.close();
    removeSqlite(path);
  };
  return { ...database, close };
}

async function freshSqlite(): Promise<Database> {
  sqliteTemplate ??= makeSqliteTemplate();
  const path = freshPath("throughline.db");
  copyFileSync(await sqliteTemplate, path);
  return emptySqlite(path);
}

interface Server {
  readonly url: string;
  readonly template: string;
}

/** One administrative statement at a time, on a connection of its own: CREATE DATABASE allows neither a transaction nor a second user of the template. */
async function administer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** The schema's fingerprint, so that a server which outlives a run never hands out an old template. */
function migrationsHash(): string {
  const sources = new URL("../../src/platform/storage/migrations/", import.meta.url);
  const hash = createHash("sha256");
  for (const file of readdirSync(sources).sort()) hash.update(file).update(readFileSync(new URL(file, sources)));
  return hash.digest("hex").slice(0, 16);
}

const TEMPLATE_LOCK = 4_111;

/** Migrates the template once for all processes of a run. It gets its name only when it is complete. */
async function makePostgresTemplate(): Promise<Server> {
  const url = await postgresUrl();
  const template = `throughline_template_${migrationsHash()}`;
  await administer(url, async (client) => {
    await client.query("select pg_advisory_lock($1)", [TEMPLATE_LOCK]);
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [template]);
    if (rowCount) return;
    await client.query("drop database if exists throughline_half_made");
    await client.query("create database throughline_half_made template template0");
    const database = await openPostgres(databaseUrl(url, "throughline_half_made"));
    await migrate(database);
    await database.close();
    await client.query(`alter database throughline_half_made rename to ${template}`);
  });
  return { url, template };
}

let server: Promise<Server> | undefined;

/** Runs at the end of the process, for a server that outlives it. */
async function dropDatabases(url: string, names: string[]): Promise<void> {
  const goners = names.splice(0);
  if (goners.length === 0) return;
  await administer(url, async (client) => {
    for (const name of goners) await client.query(`drop database if exists ${name} with (force)`);
  });
}

function newName(): string {
  return `test_${randomBytes(8).toString("hex")}`;
}

/** Making a database takes PostgreSQL 100 ms; emptying one takes 10. So migrated ones are emptied and used again. */
const idle: string[] = [];

async function takeMigrated(url: string, template: string): Promise<string> {
  const used = idle.pop();
  if (used) return used;
  const name = newName();
  await administer(url, (client) => client.query(`create database ${name} template ${template}`));
  return name;
}

async function emptyTables(url: string): Promise<void> {
  await administer(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename not like 'kysely\\_%'",
    );
    // As "replica", foreign keys and triggers rest, so that the order does not matter.
    await client.query(["set session_replication_role = replica", ...rows.map(({ name }) => `delete from ${name}`)].join(";"));
  });
}

async function freshPostgres(): Promise<Database> {
  if (!server) process.once("beforeExit", () => void server?.then(({ url }) => dropDatabases(url, idle)));
  server ??= makePostgresTemplate();
  const { url, template } = await server;
  const name = await takeMigrated(url, template);
  const database = await openPostgres(databaseUrl(url, name));
  const close = async (): Promise<void> => {
    await database.close();
    await emptyTables(databaseUrl(url, name));
    idle.push(name);
  };
  return { ...database, close };
}

async function emptyPostgres(): Promise<Database> {
  const { url, remove } = await emptyPostgresUrl();
  const database = await openPostgres(url);
  const close = async (): Promise<void> => {
    await database.close();
    await remove();
  };
  return { ...database, close };
}

/** A migrated, empty database that nothing else uses. `close` throws away what was written. */
export function freshDatabase(name: DialectName): Promise<Database> {
  return name === "sqlite" ? freshSqlite() : freshPostgres();
}

/** A database without any table, for tests of the migrations. `close` removes it. */
export async function emptyDatabase(name: DialectName): Promise<Database> {
  return name === "sqlite" ? emptySqlite() : emptyPostgres();
}

/** The URL of an empty PostgreSQL database, for the program itself; `remove` drops it. */
export async function emptyPostgresUrl(): Promise<{ url: string; remove(): Promise<void> }> {
  const url = await postgresUrl();
  const name = newName();
  await administer(url, (client) => client.query(`create database ${name} template template0`));
  return { url: databaseUrl(url, name), remove: () => dropDatabases(url, [name]) };
}
