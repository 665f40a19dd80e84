import { mkdirSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OwnerId } from "../src/lib/ids.ts";
import type { Database, DialectName } from "../src/platform/storage/database.ts";
import { migrate } from "../src/platform/storage/migrate.ts";
import { openPostgres, openSqlite } from "../src/platform/storage/open.ts";
import { startPostgres } from "../test/support/postgres-server.ts";
import { copyOwnersOnPostgres, copyOwnersOnSqlite } from "./copy-owners.ts";
import { measureServers, searchInProcess } from "./measure.ts";
import { type Plan, readPlan } from "./options.ts";
import { startBareServer, startProgram } from "./processes.ts";
import { planFindings } from "./query-plans.ts";
import { type Column, report } from "./report.ts";
import { seedFirstOwner } from "./seed.ts";

/** A database that grows, owner by owner. */
interface Store {
  readonly name: DialectName;
  readonly owner: OwnerId;
  readonly databaseUrl: string | undefined;
  open(): Database | Promise<Database>;
  grow(from: number, to: number): void | Promise<void>;
}

const BYTES_AN_OWNER = 16_000_000;

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function seed(database: Database): Promise<OwnerId> {
  await migrate(database);
  const owner = await seedFirstOwner(database);
  await database.close();
  return owner;
}

async function sqliteStore(folder: string): Promise<Store> {
  const path = join(folder, "throughline.db");
  const owner = await seed(openSqlite(path, { durable: false }));
  return {
    name: "sqlite",
    owner,
    databaseUrl: undefined,
    open: () => openSqlite(path),
    grow: (from, to) => copyOwnersOnSqlite(path, owner, from, to),
  };
}

async function postgresStore(url: string): Promise<Store> {
  const owner = await seed(await openPostgres(url));
  return {
    name: "postgres",
    owner,
    databaseUrl: url,
    open: () => openPostgres(url),
    grow: (from, to) => copyOwnersOnPostgres(url, owner, from, to),
  };
}

/** Measures a store with each number of owners. The bare server always reads SQLite; beside PostgreSQL, a file with one owner. */
async function measureStore(plan: Plan, folder: string, store: Store, bare: { file: string; owner: OwnerId }): Promise<Column[]> {
  const columns: Column[] = [];
  let present = 1;
  for (const owners of plan.owners) {
    if (owners > present) {
      say(`${store.name}: writing ${owners} owners`);
      await store.grow(present, owners);
      present = owners;
    }
    say(`${store.name}: measuring with ${owners} ${owners === 1 ? "owner" : "owners"}`);
    const served = await measureServers(plan, {
      startOurs: () => startProgram(folder, store.databaseUrl),
      startBare: () => startBareServer(bare.file, bare.owner),
    });
    const database = await store.open();
    const searched = await searchInProcess(plan, database, store.owner);
    await database.close();
    columns.push({ store: store.name, owners, figures: { ...served, ...searched } });
  }
  const { asked, wholeTable } = await planFindings(
    store.databaseUrl ? { url: store.databaseUrl } : { path: bare.file },
    store.open,
    store.owner,
  );
  say(`${store.name}: ${asked} queries of the reading operations explained, ${wholeTable.length} of them read a whole table`);
  for (const line of wholeTable) say(`  ${line}`);
  return columns;
}

async function onSqlite(plan: Plan, folder: string): Promise<Column[]> {
  const store = await sqliteStore(folder);
  return measureStore(plan, folder, store, { file: join(folder, "throughline.db"), owner: store.owner });
}

async function onPostgres(plan: Plan, folder: string): Promise<Column[]> {
  const bareFolder = join(folder, "bare");
  mkdirSync(bareFolder, { recursive: true });
  const { owner } = await sqliteStore(bareFolder);
  const postgres = await startPostgres({ durable: true });
  try {
    return await measureStore(plan, folder, await postgresStore(postgres.url), {
      file: join(bareFolder, "throughline.db"),
      owner,
    });
  } finally {
    await postgres.stop();
  }
}

function assertRoom(folder: string, plan: Plan): void {
  const needed = BYTES_AN_OWNER * Math.max(...plan.owners);
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < needed)
    throw new Error(
      `${Math.max(...plan.owners)} owners need about ${Math.ceil(needed / 1e9)} GB in ${folder}, where less is free. Set TMPDIR, or take fewer: --owners 1,100`,
    );
}

async function run(plan: Plan): Promise<void> {
  const columns: Column[] = [];
  for (const name of plan.stores) {
    const folder = mkdtempSync(join(tmpdir(), "throughline-bench-"));
    const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    process.once("exit", remove);
    try {
      assertRoom(folder, plan);
      columns.push(...(name === "sqlite" ? await onSqlite(plan, folder) : await onPostgres(plan, folder)));
    } finally {
      remove();
      process.off("exit", remove);
    }
  }
  console.log(report(columns));
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));
try {
  await run(readPlan(process.argv.slice(2)));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
