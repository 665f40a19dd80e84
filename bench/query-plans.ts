import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import { operations } from "../src/features/index.ts";
import type { OwnerId } from "../src/lib/ids.ts";
import { systemClock } from "../src/platform/clock.ts";
import { call } from "../src/platform/operation.ts";
import type { Database } from "../src/platform/storage/database.ts";

/** Few rows, read on purpose as they are: the one local owner, and the list of owners that recurring work goes through. */
const SMALL = /\b(?:local_owner|owner)\b/u;

/** Runs every reading operation that needs nothing but a word, on connections that tell us what they are asked. */
async function runReads(database: Database, owner: OwnerId): Promise<void> {
  const caller = { owner, database, clock: systemClock };
  for (const operation of operations.filter((one) => one.kind === "read" && !one.name.startsWith("archive.")))
    for (const input of [{}, { text: "report" }, { before: "2020-01-01T00:00:00.000Z~x" }])
      if (operation.input.safeParse(input).success) await call(caller, operation, input).catch(() => undefined);
}

function isQuestion(statement: string): boolean {
  return /^\s*(?:select|with)\b/iu.test(statement);
}

async function plansOnSqlite(path: string, open: () => Database, owner: OwnerId): Promise<Map<string, string[]>> {
  const heard = new Set<string>();
  // oxlint-disable-next-line typescript/unbound-method -- called with its own object below
  const { prepare } = DatabaseSync.prototype;
  DatabaseSync.prototype.prepare = function listening(this: DatabaseSync, statement, ...rest) {
    heard.add(statement);
    return prepare.call(this, statement, ...rest);
  };
  const database = open();
  try {
    await runReads(database, owner);
  } finally {
    DatabaseSync.prototype.prepare = prepare;
    await database.close();
  }
  const file = new DatabaseSync(path, { readOnly: true });
  const plans = new Map<string, string[]>();
  for (const statement of [...heard].filter(isQuestion))
    plans.set(
      statement,
      (file.prepare(`explain query plan ${statement}`).all() as { detail: string }[]).map((row) => row.detail),
    );
  file.close();
  return plans;
}

async function plansOnPostgres(url: string, open: () => Promise<Database>, owner: OwnerId): Promise<Map<string, string[]>> {
  const heard = new Set<string>();
  // oxlint-disable-next-line typescript/unbound-method -- called with its own object below
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function listening(this: pg.Client, ...words: unknown[]) {
    const [first] = words as [string | { text: string }];
    heard.add(typeof first === "string" ? first : first.text);
    return Reflect.apply(query, this, words) as never;
  };
  const database = await open();
  try {
    await runReads(database, owner);
  } finally {
    pg.Client.prototype.query = query;
    await database.close();
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // Small tables are read whole however well they are indexed; this way only what no index could serve is.
  await client.query("set enable_seqscan = off");
  const plans = new Map<string, string[]>();
  for (const statement of [...heard].filter(isQuestion)) {
    const { rows } = await client.query<Record<string, string>>(`explain (generic_plan) ${statement}`);
    plans.set(
      statement,
      rows.map((row) => Object.values(row)[0] ?? ""),
    );
  }
  await client.end();
  return plans;
}

/** What the reading operations ask of a store, and those questions among them that read a whole table instead of an index. */
export interface PlanFindings {
  readonly asked: number;
  readonly wholeTable: readonly string[];
}

function findings(plans: Map<string, string[]>, readsAll: RegExp): PlanFindings {
  const wholeTable = [...plans].flatMap(([statement, lines]) =>
    lines
      .filter((line) => readsAll.test(line) && !SMALL.test(line) && !line.includes("VIRTUAL TABLE"))
      .map((line) => `${line.trim()}: ${statement}`),
  );
  return { asked: plans.size, wholeTable };
}

export async function planFindings(
  where: { path: string } | { url: string },
  open: () => Database | Promise<Database>,
  owner: OwnerId,
): Promise<PlanFindings> {
  if ("path" in where) return findings(await plansOnSqlite(where.path, open as () => Database, owner), /^SCAN (?!\(|CONSTANT)/u);
  return findings(await plansOnPostgres(where.url, async () => open(), owner), /Seq Scan on/u);
}
