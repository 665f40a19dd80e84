import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { emptyPostgresUrl } from "../../../test/support/stores.ts";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { addPerson, editPerson, listPeople } from "../../features/people/index.ts";
import { writeRunningServer } from "../running-server.ts";
import { backup } from "./backup.ts";
import { inTransaction } from "./database.ts";
import { migrate } from "./migrate.ts";
import { openPostgres, openSqlite } from "./open.ts";
import { restore } from "./restore.ts";

const freshFolder = (): string => mkdtempSync(join(tmpdir(), "throughline-backup-"));
const NOW = Temporal.Instant.from("2026-03-02T09:00:00Z");
const nothingToIndex = async (): Promise<void> => undefined;

const configFor = (dataFolder: string, databaseUrl?: string) => ({
  dataFolder,
  dataFile: join(dataFolder, "throughline.db"),
  databaseUrl,
});

async function namesIn(path: string): Promise<string[]> {
  const database = openSqlite(path);
  const rows = await database.reader.selectFrom("person").select("name").orderBy("name").execute();
  await database.close();
  return rows.map((row) => row.name);
}

/** Two people, the first of whom points to the second: a reference against the order of the ids. */
async function twoPeople(app: TestApp): Promise<void> {
  const max = await app.call(addPerson, { name: "Max" });
  const ida = await app.call(addPerson, { name: "Ida" });
  await app.callAs(app.stranger, addPerson, { name: "Somebody else's" });
  await inTransaction(app.database, (tx) =>
    tx.updateTable("person").set({ predecessor_id: ida.id }).where("owner_id", "=", app.owner).where("id", "=", max.id).execute(),
  );
}

onEveryStore("a backup made while others write is whole, for its owner alone, and never overwrites", async (app) => {
  await twoPeople(app);
  const folder = freshFolder();
  const path = join(folder, "copy.db");
  const writing = Promise.all(Array.from({ length: 50 }, (_, index) => app.call(addPerson, { name: `Meanwhile ${index}` })));
  const { rows } = await backup(app.database, path, nothingToIndex);
  await writing;
  assert.ok(rows >= 5);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(folder), ["copy.db"]);
  const file = new DatabaseSync(path, { readOnly: true });
  assert.equal((file.prepare("pragma integrity_check").get() as { integrity_check: string }).integrity_check, "ok");
  file.close();
  assert.ok((await namesIn(path)).includes("Somebody else's"), "the whole installation is in it");
  await assert.rejects(backup(app.database, path, nothingToIndex), { code: "conflict" });
  await assert.rejects(backup(app.database, join(folder, "no", "such", "folder.db"), nothingToIndex), { code: "unavailable" });
});

onEveryStore("a restored backup has the same rows, in SQLite and in an empty PostgreSQL", async (app) => {
  await twoPeople(app);
  const before = (await app.call(listPeople, {})).people;
  const folder = freshFolder();
  const path = join(folder, "copy.db");
  await backup(app.database, path, nothingToIndex);
  await app.call(editPerson, { id: before[0]?.id ?? "", name: "Changed since" });
  const { keptAs } = await restore(configFor(folder), path, NOW, nothingToIndex);
  assert.equal(keptAs, undefined, "there was nothing to keep");
  assert.deepEqual(await namesIn(join(folder, "throughline.db")), ["Ida", "Max", "Somebody else's"]);

  const { url, remove } = await emptyPostgresUrl();
  try {
    const started = await openPostgres(url);
    await migrate(started);
    await started.close();
    const { rows } = await restore(configFor(folder, url), path, NOW, nothingToIndex);
    assert.ok(rows >= 5);
    const database = await openPostgres(url);
    const people = await database.reader
      .selectFrom("person")
      .select("name")
      .where("owner_id", "=", app.owner)
      .orderBy("name")
      .execute();
    await database.close();
    assert.deepEqual(
      people.map((row) => row.name),
      ["Ida", "Max"],
    );
    await assert.rejects(restore(configFor(folder, url), path, NOW, nothingToIndex), /not empty/u);
  } finally {
    await remove();
  }
});

/** A data folder with one person in it, as a program that was killed leaves it: with its log. */
async function usedFolder(name: string): Promise<ReturnType<typeof configFor>> {
  const config = configFor(freshFolder());
  const database = openSqlite(config.dataFile);
  await migrate(database);
  await inTransaction(database, async (tx) => {
    const times = { created_at: NOW.toString(), updated_at: NOW.toString() };
    await tx
      .insertInto("owner")
      .values({ id: "o", name: null, email: null, zone: "UTC", ...times })
      .execute();
    await tx.insertInto("local_owner").values({ slot: 1, owner_id: "o" }).execute();
    await tx
      .insertInto("person")
      .values({
        owner_id: "o",
        id: name,
        name,
        email: null,
        role: "manager",
        note: "",
        predecessor_id: null,
        ended_on: null,
        ...times,
      })
      .execute();
  });
  await database.close();
  return config;
}

test("what was there before is kept beside the restored data", async () => {
  const config = await usedFolder("Now");
  const other = await usedFolder("Then");
  const { keptAs } = await restore(config, other.dataFile, NOW, nothingToIndex);
  assert.equal(keptAs, join(config.dataFolder, "throughline.before-restore-20260302T090000Z.db"));
  assert.deepEqual(await namesIn(config.dataFile), ["Then"]);
  assert.deepEqual(await namesIn(keptAs), ["Now"]);
  assert.deepEqual(await namesIn(other.dataFile), ["Then"], "the backup is still there");
});

test("a damaged data file is kept and replaced", async () => {
  const config = configFor(freshFolder());
  writeFileSync(config.dataFile, "this is no database");
  const { keptAs } = await restore(config, (await usedFolder("Then")).dataFile, NOW, nothingToIndex);
  assert.equal(readFileSync(keptAs as string, "utf8"), "this is no database");
  assert.deepEqual(await namesIn(config.dataFile), ["Then"]);
});

test("nothing is restored under a running server", async () => {
  const config = await usedFolder("Now");
  writeRunningServer(config.dataFolder, { url: "http://127.0.0.1:4111", pid: process.pid, startedAt: NOW.toString() });
  await assert.rejects(restore(config, (await usedFolder("Then")).dataFile, NOW, nothingToIndex), /Stop it first/u);
  assert.deepEqual(await namesIn(config.dataFile), ["Now"]);
});

test("what is no backup, or a newer one, is refused and nothing changes", async () => {
  const config = await usedFolder("Now");
  const folder = freshFolder();
  await assert.rejects(restore(config, join(folder, "none.db"), NOW, nothingToIndex), { code: "not_found" });
  writeFileSync(join(folder, "text.db"), "Dear diary");
  await assert.rejects(restore(config, join(folder, "text.db"), NOW, nothingToIndex), { code: "invalid" });
  new DatabaseSync(join(folder, "other.db")).exec("create table person (id text)");
  await assert.rejects(restore(config, join(folder, "other.db"), NOW, nothingToIndex), /not a Throughline backup/u);
  const newer = await usedFolder("Then");
  const file = new DatabaseSync(newer.dataFile);
  file.exec("insert into kysely_migration (name, timestamp) values ('999-later', '2030-01-01')");
  file.close();
  await assert.rejects(
    restore(config, newer.dataFile, NOW, nothingToIndex),
    (error: Error) => /newer version/u.test(error.message) && error.message.includes(newer.dataFile),
  );
  assert.deepEqual(await namesIn(config.dataFile), ["Now"]);
  assert.deepEqual(
    readdirSync(config.dataFolder).filter((name) => name.includes("restoring")),
    [],
  );
});

test("a backup by an older program is brought forward", async () => {
  const older = configFor(freshFolder());
  const database = openSqlite(older.dataFile);
  await migrate(database, "002-people");
  await database.close();
  const config = configFor(freshFolder());
  await restore(config, older.dataFile, NOW, nothingToIndex);
  const file = new DatabaseSync(config.dataFile, { readOnly: true });
  assert.ok(file.prepare("select 1 from sqlite_master where name = 'meeting'").get());
  file.close();
});

test("mail that has come due since the backup is not sent again by itself; its owner will be asked", async () => {
  const config = await usedFolder("Then");
  const database = openSqlite(config.dataFile);
  await inTransaction(database, async (tx) => {
    const at = (text: string) => `2026-03-0${text}:00.000Z`;
    const row = {
      owner_id: "o",
      kind: "mail",
      expires_at: null,
      state: "queued" as const,
      lease_token: null,
      lease_until: null,
      attempts: 0,
      last_error: null,
      finished_at: null,
      created_at: at("1T08:00"),
      updated_at: at("1T08:00"),
    };
    for (const [id, due] of [
      ["due", at("2T08:00")],
      ["later", at("3T08:00")],
    ] as const)
      await tx
        .insertInto("outbox")
        .values({ ...row, id, key: id, due_at: due, next_at: due })
        .execute();
  });
  await database.close();
  const target = configFor(freshFolder());
  await restore(target, config.dataFile, NOW, nothingToIndex);
  const restored = openSqlite(target.dataFile);
  const rows = await restored.reader.selectFrom("outbox").select(["id", "state"]).orderBy("id").execute();
  await restored.close();
  assert.deepEqual(
    rows.map(({ id, state }) => ({ id, state })),
    [
      { id: "due", state: "in_data" },
      { id: "later", state: "queued" },
    ],
  );
  assert.ok(existsSync(config.dataFile));
});
