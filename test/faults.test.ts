import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { sql } from "kysely";
import { captureThought, listCaptures } from "../src/features/journal/index.ts";
import { featurePages } from "../src/features/index.ts";
import { addPerson } from "../src/features/people/index.ts";
import { openInstallation } from "../src/installation.ts";
import { AppError } from "../src/lib/errors.ts";
import { readConfig } from "../src/platform/config/config.ts";
import { call } from "../src/platform/operation.ts";
import type { Database } from "../src/platform/storage/database.ts";
import { storageTrouble } from "../src/platform/storage/trouble.ts";
import { freshPath } from "./support/stores.ts";
import { onEveryStore, type TestApp } from "./support/test-app.ts";
import { idsOf, liveAs } from "./support/operation-trial.ts";
import { testPages } from "./support/test-pages.ts";

const configOn = (folder: string) => readConfig({ THROUGHLINE_DATA: folder, THROUGHLINE_CONFIG: `${folder}-config` });

/** What lies in a folder, byte for byte. */
function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isFile() && !/-(?:shm|wal)$/u.test(one.name));
  return Object.fromEntries(names.map(({ name }) => [name, readFileSync(join(folder, name)).toString("base64")]));
}

/** A folder with somebody's notes of some weeks, closed in good order. */
async function writtenFolder(): Promise<string> {
  const folder = freshPath("data");
  const { database, owner, clock, close } = await openInstallation(configOn(folder));
  for (let n = 0; n < 60; n += 1)
    await call({ database, owner, clock }, captureThought, { text: `Note ${n} ${"word ".repeat(60)}` });
  await close();
  return folder;
}

const damages: readonly (readonly [title: string, damage: (file: string) => void, sentence: RegExp])[] = [
  [
    "a text instead of a database",
    (file) => writeFileSync(file, "These are my notes.\n".repeat(500)),
    /damaged or is not a Throughline file.*restore/u,
  ],
  [
    "a good beginning and then noise",
    (file) => writeFileSync(file, Buffer.concat([readFileSync(file).subarray(0, 100), Buffer.alloc(50_000, 0xa5)])),
    /damaged/u,
  ],
  ["a file that was cut off", (file) => truncateSync(file, 20_480), /damaged/u],
  ["a file without its first page", (file) => writeFileSync(file, readFileSync(file).subarray(4_096)), /damaged/u],
];

for (const [title, damage, sentence] of damages) {
  test(`${title} is refused at the start with what to do, and not one byte of it is changed`, async () => {
    const folder = await writtenFolder();
    damage(join(folder, "throughline.db"));
    const before = contents(folder);
    await assert.rejects(
      openInstallation(configOn(folder)),
      (error) => error instanceof AppError && sentence.test(error.message) && error.message.includes(folder),
    );
    assert.deepEqual(contents(folder), before);
  });
}

test("a database of another program is refused and nothing is put into it", async () => {
  const folder = freshPath("data");
  mkdirSync(folder);
  const other = new DatabaseSync(join(folder, "throughline.db"));
  other.exec("create table bookmark (id integer primary key, title text); insert into bookmark (title) values ('mine')");
  other.close();
  await assert.rejects(openInstallation(configOn(folder)), /database of another program\. Nothing was changed\. Move it away/u);
  const again = new DatabaseSync(join(folder, "throughline.db"), { readOnly: true });
  assert.deepEqual(
    again
      .prepare("select name from sqlite_schema")
      .all()
      .map((row) => row["name"]),
    ["bookmark"],
  );
  again.close();
});

test("a folder where the file should be, and a file where the folder should be, are refused in words", async () => {
  const folder = freshPath("data");
  mkdirSync(join(folder, "throughline.db"), { recursive: true });
  await assert.rejects(openInstallation(configOn(folder)), /throughline\.db cannot be opened: .*Check that it is a file/u);
  const file = freshPath("file");
  writeFileSync(file, "not a folder");
  await assert.rejects(openInstallation(configOn(file)), /data folder .* cannot be used .*THROUGHLINE_DATA/u);
  assert.equal(readFileSync(file, "utf8"), "not a folder");
});

const NOBODY = 65_534;

/** Runs the program as a user who may not write everywhere: root would be asked nothing. */
function runAsNobody(folder: string): { code: number | null; said: string } {
  const isRoot = process.getuid?.() === 0;
  const ran = spawnSync(process.execPath, [join(import.meta.dirname, "../bin/throughline.cjs"), "people", "list"], {
    env: {
      PATH: process.env["PATH"],
      HOME: "/nonexistent",
      THROUGHLINE_DATA: folder,
      THROUGHLINE_CONFIG: `${folder}-config`,
      NODE_DISABLE_COMPILE_CACHE: "1",
    },
    encoding: "utf8",
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  return { code: ran.status, said: ran.stdout + ran.stderr };
}

test(
  "a file and a folder that may not be written are refused with what to check",
  { skip: process.platform === "win32" },
  async () => {
    const folder = await writtenFolder();
    const file = join(folder, "throughline.db");
    // The test runner's own temporary folder lies around it, closed to others.
    for (const above of [join(folder, ".."), join(folder, "../..")]) {
      const { mode } = statSync(above);
      if ((mode & 0o001) === 0) chmodSync(above, mode | 0o011);
    }
    if (process.getuid?.() === 0) chownSync(folder, NOBODY, NOBODY);
    chmodSync(file, 0o444);
    const before = contents(folder);
    const readOnlyFile = runAsNobody(folder);
    assert.deepEqual(
      [readOnlyFile.code, /cannot be (?:written|opened).*(?:permissions|may write)/u.test(readOnlyFile.said)],
      [6, true],
      readOnlyFile.said,
    );
    if (process.getuid?.() === 0) chownSync(folder, 0, 0);
    chmodSync(folder, 0o555);
    const readOnlyFolder = runAsNobody(folder);
    assert.deepEqual(
      [readOnlyFolder.code, /cannot be (?:used|written|opened)/u.test(readOnlyFolder.said)],
      [6, true],
      readOnlyFolder.said,
    );
    chmodSync(folder, 0o755);
    assert.deepEqual(contents(folder), before);
  },
);

/** Leaves the writing connection no further page until `space` is called. SQLite only. */
async function fillDisk({ writer }: Database): Promise<() => Promise<unknown>> {
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(writer);
  await sql`pragma max_page_count = ${sql.raw(String(rows[0]?.page_count))}`.execute(writer);
  return () => sql`pragma max_page_count = 1000000`.execute(writer);
}

/** For what can only be broken on SQLite. */
function onSqlite(title: string, work: (app: TestApp) => Promise<void>): void {
  onEveryStore(title, work, ["sqlite"]);
}

const long = (n: number): string => `Shipped ${n} <b>&amp; ${"wörds ".repeat(2_500)}`.trim();

onSqlite(
  "a full disk is said in the form with what was typed, nothing is half kept, and it works again with space",
  async (app) => {
    const pages = testPages(app, featurePages);
    await app.call(captureThought, { text: "before" });
    const makeSpace = await fillDisk(app.database);
    const answers = [];
    for (let n = 0; n < 8; n += 1) answers.push(await pages.post("/journal", { text: long(n), projects: "Atlas" }));
    const refused = answers.findIndex((one) => one.status !== 303);
    const { status, text } = answers[refused] ?? { status: 0, text: "" };
    assert.equal(status, 503);
    assert.match(
      text,
      /role="alert"[^>]*><p>The disk that holds .* is full\. What you just wrote was not saved; free some space/u,
    );
    assert.ok(text.includes(`Shipped ${refused} &lt;b&gt;&amp;amp; wörds wörds`), "what was typed is in the form");
    assert.match(text, /value="Atlas"/u);
    const { captures } = await app.call(listCaptures, {});
    assert.equal(captures.length, 1 + answers.filter((one) => one.status === 303).length, "what was not saved is nowhere");
    await pages.get("/record");
    await makeSpace();
    assert.equal((await pages.post("/journal", { text: long(refused), projects: "Atlas" })).status, 303);
  },
);

onSqlite("a file that stops taking changes is said in the form, and reading goes on", async (app) => {
  const pages = testPages(app, featurePages);
  await app.call(addPerson, { name: "Max" });
  await sql`pragma query_only = on`.execute(app.database.writer);
  const { status, text } = await pages.post("/people", { name: "Ida Novak", email: "ida@example.org", role: "mentor" });
  assert.equal(status, 503);
  assert.match(text, /cannot be written\. Check the permissions/u);
  assert.match(text, /value="Ida Novak"/u);
  assert.match(await pages.get("/people"), /Max/u);
  await assert.rejects(app.call(captureThought, { text: "x" }), { code: "unavailable" });
  await sql`pragma query_only = off`.execute(app.database.writer);
});

test("each trouble of PostgreSQL has a sentence, and a mistake in a query has none", () => {
  const place = { dialect: "postgres", label: "db.example.org/throughline" } as const;
  for (const [code, sentence] of [
    ["53100", /disk .* is full\. What you just wrote was not saved/u],
    ["25006", /takes no changes/u],
    ["40001", /was not saved\. Try again/u],
    ["57P01", /cannot be reached/u],
    ["ECONNREFUSED", /DATABASE_URL/u],
  ] as const) {
    assert.match(storageTrouble(place, Object.assign(new Error(code), { code }))?.message ?? "", sentence);
  }
  assert.equal(storageTrouble(place, Object.assign(new Error("syntax"), { code: "42601" })), undefined);
  assert.equal(storageTrouble({ dialect: "sqlite", label: "x" }, new TypeError("a mistake")), undefined);
});

test("a PostgreSQL that does not answer is said at the start, without the password", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  const folder = freshPath("data");
  const config = readConfig({ THROUGHLINE_DATA: folder, DATABASE_URL: `postgres://ana:geheim@127.0.0.1:${port}/throughline` });
  await assert.rejects(openInstallation(config), (error) => {
    assert.ok(
      error instanceof AppError && /cannot be reached.*DATABASE_URL/u.test(error.message) && !error.message.includes("geheim"),
    );
    return true;
  });
  assert.equal(existsSync(join(folder, "throughline.db")), false);
});

const ODD_IDS = [
  "0",
  "00000000-0000-7000-8000-000000000000",
  "%00",
  "%22%3E%3Cscript%3E",
  "x".repeat(3_000),
  "%F0%9F%92%A9",
  "__proto__",
];
const ANY_ID = /\/:[a-zA-Z]+/gu;

/** Every address of the pages, as their features name them: "/meetings/:id". */
function addresses(method: string): string[] {
  const routes = featurePages.flatMap((pages) => pages().routes);
  return [...new Set(routes.filter((one) => one.method === method).map((one) => one.path))].filter((path) => !path.includes("*"));
}

onEveryStore("every page of a thing answers odd and missing ids with a page, never with an error of its own", async (app) => {
  const pages = testPages(app, featurePages);
  await app.call(addPerson, { name: "Max" });
  const paths = addresses("GET").filter((path) => path.includes(":") && !path.includes(":step"));
  assert.ok(paths.length > 15);
  for (const id of ODD_IDS) {
    for (const path of paths.map((one) => one.replaceAll(ANY_ID, `/${id}`))) {
      const said = await pages.get(path, 404).then(
        () => "404",
        (error: Error) => error.message,
      );
      // PostgreSQL cannot be asked for an id with a NUL in it; whoever types one is told so.
      assert.ok(said === "404" || (id === "%00" && said.includes("answered 422")), `${path.slice(0, 80)}: ${said.slice(0, 300)}`);
    }
  }
});

const ODD_FIELDS: readonly Readonly<Record<string, string>>[] = [
  {},
  { text: "\u0000", name: "\u0000", id: "\u0000", act: "\u0000", next: "\u0000", hash: "\u0000" },
  {
    id: "x",
    version: "x",
    minutes: "x",
    energy: "x",
    kind: "x",
    act: "opener-99",
    way: "x",
    sendAt: "x",
    part: "x",
    answer: "x",
  },
  {
    version: "9007199254740993",
    minutes: "-1",
    energy: "99",
    date: "2026-02-30",
    time: "25:61",
    zone: "Mars/Olympus",
    return: "//evil.example",
  },
  {
    text: "x".repeat(100_000),
    name: "x".repeat(100_000),
    email: "a\r\nBcc: eve@example.org",
    note: "\u202e<script>",
    constructor: "x",
  },
];

onEveryStore("every form takes missing and odd fields without an error of its own", async (app) => {
  const pages = testPages(app, featurePages);
  await liveAs(app, app.owner);
  app.clock.set("2026-03-13T09:00:00Z");
  const ids = await idsOf(app, app.owner);
  const first = async (table: "capture" | "delivery" | "commitment" | "open_question" | "meeting_note"): Promise<string> =>
    (await app.database.reader.selectFrom(table).select("id").where("owner_id", "=", app.owner).executeTakeFirstOrThrow()).id;
  const own: readonly (readonly [RegExp, string])[] = [
    [/^\/people\/:id/u, `/people/${ids("personId")[0]}`],
    [/^\/meetings\/:id/u, `/meetings/${ids("meetingId").at(-1)}`],
    [/^\/journal\/:id/u, `/journal/${await first("capture")}`],
    [/^\/deliveries\/:id/u, `/deliveries/${await first("delivery")}`],
    [/^\/commitments\/questions\/:id/u, `/commitments/questions/${await first("open_question")}`],
    [/^\/commitments\/:id/u, `/commitments/${await first("commitment")}`],
    [/\/:itemId/u, `/${ids("itemId")[0]}`],
    [/\/:noteId/u, `/${await first("meeting_note")}`],
  ];
  const findings: string[] = [];
  for (const path of addresses("POST")) {
    const mine = own.reduce((text, [from, to]) => text.replace(from, to), path);
    for (const to of new Set([mine, path.replaceAll(ANY_ID, "/x")])) {
      for (const fields of ODD_FIELDS) {
        const said = await pages.post(to, fields).then(
          ({ status, location }) => (status < 500 && !location?.includes("evil") ? "" : `${status} ${location}`),
          (error: Error) => String(error.stack),
        );
        if (said) findings.push(`${path} ${JSON.stringify(fields).slice(0, 60)}: ${said.slice(0, 600)}`);
      }
    }
  }
  assert.deepEqual(findings, []);
});
