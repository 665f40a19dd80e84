import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database, DialectName } from "../../src/platform/storage/database.ts";
import { migrate } from "../../src/platform/storage/migrate.ts";
import { openSqlite } from "../../src/platform/storage/open.ts";

export const storeNames: DialectName[] = ["sqlite"];

export async function freshDatabase(_name: DialectName): Promise<Database> {
  const database = openSqlite(join(mkdtempSync(join(tmpdir(), "throughline-test-")), "throughline.db"), { durable: false });
  await migrate(database);
  return database;
}
