import { after, test } from "node:test";
import { type KyselyPlugin, type OperationNode, type RootOperationNode, TableNode } from "kysely";
import { acceptAnswer } from "../../src/features/agenda/index.ts";
import { allowPage, keepAnswer, openGuestLink } from "../../src/features/answers/index.ts";
import { listDueByHand, markSent } from "../../src/features/delivery/index.ts";
import { operationsOf } from "../../src/features/index.ts";
import { listMeetings, type Meeting } from "../../src/features/meetings/index.ts";
import { AppError, type ErrorCode, type FieldMessage } from "../../src/lib/errors.ts";
import type { OwnerId } from "../../src/lib/ids.ts";
import { type AnyOperation, parseInput } from "../../src/platform/operation.ts";
import { type Field, fieldsOf, inputSchema } from "../../src/platform/operation-schema.ts";
import { type Database, type DialectName, inTransaction, type Tx } from "../../src/platform/storage/database.ts";
import { reachOf } from "../../src/platform/reach.ts";
import { livePrivately } from "./private-life.ts";
import { freshDatabase, storeNames } from "./stores.ts";
import { buildTestApp, type TestApp } from "./test-app.ts";
import { weeklyCalendar } from "./weekly-calendar.ts";

const key = Buffer.alloc(32, 7).toString("base64");
const reach = reachOf({ publicUrl: "https://one.example.org", keyFile: "/nowhere", key });

/** Every operation of the program, those of the mail account too. */
export const allOperations: readonly AnyOperation[] = operationsOf({
  keyFile: "/nowhere",
  key,
});

type Input = Readonly<Record<string, unknown>>;

/** What came of an operation that was tried and taken back. `rows` is what the watched data would have been. */
export type Outcome =
  | { readonly code: "done"; readonly output: unknown; readonly rows: string }
  | { readonly code: ErrorCode; readonly fields: readonly FieldMessage[]; readonly message: string };

/** Whose rows an outcome shows: all of them, or those of the tables that were written, which is quicker. */
export interface Watched {
  readonly owner: OwnerId;
  readonly tables: "all" | "written";
}

class TakenBack extends Error {
  readonly output: unknown;
  readonly rows: string;

  constructor(output: unknown, rows: string) {
    super("taken back");
    this.output = output;
    this.rows = rows;
  }
}

let ownedTables: Promise<string[]> | undefined;

async function tablesOf(database: Database): Promise<string[]> {
  const tables = await database.writer.introspection.getTables();
  return tables
    .filter((table) => table.columns.some((column) => column.name === "owner_id") && !table.name.startsWith("full_text"))
    .map((table) => table.name)
    .sort();
}

/** Everything that belongs to an owner, table by table; of the tables in `only`, when that is given. */
export async function rowsOf(
  database: Database,
  tx: Tx | Database["reader"],
  owner: OwnerId,
  only?: ReadonlySet<string>,
): Promise<Map<string, object[]>> {
  ownedTables ??= tablesOf(database);
  const found = new Map<string, object[]>();
  for (const table of (await ownedTables).filter((one) => only?.has(one) ?? true)) {
    const rows = await tx
      .selectFrom(table as "capture")
      .selectAll()
      .where("owner_id", "=", owner)
      .execute();
    const texts = new Map(rows.map((row) => [row, JSON.stringify(row)]));
    found.set(
      table,
      rows.sort((a, b) => ((texts.get(a) ?? "") < (texts.get(b) ?? "") ? -1 : 1)),
    );
  }
  const profile = await tx.selectFrom("owner").selectAll().where("id", "=", owner).execute();
  return found.set("owner", profile);
}

/** The table that a statement writes, and "?" for one that was written by hand: it could be any. */
function writtenBy(node: RootOperationNode): string | undefined {
  const nameOf = (one: OperationNode | undefined): string =>
    one !== undefined && TableNode.is(one) ? one.table.identifier.name : "?";
  switch (node.kind) {
    case "InsertQueryNode":
      return nameOf(node.into);
    case "UpdateQueryNode":
      return nameOf(node.table);
    case "DeleteQueryNode":
      return nameOf(node.from.froms[0]);
    case "RawNode": {
      const words = node.sqlFragments.join(" ");
      return /^\s*select\b/iu.test(words) || /\bfull_text/u.test(words) ? undefined : "?";
    }
    default:
      return undefined;
  }
}

/** Notes which tables are written. */
function noting(tables: Set<string>): KyselyPlugin {
  return {
    transformQuery({ node }) {
      const table = writtenBy(node);
      if (table !== undefined) tables.add(table);
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
}

/** The database as somebody sees it whose own transactions are to be taken back with ours. */
function within(database: Database, tx: Tx): Database {
  const writer = { transaction: () => ({ execute: (work: (inner: Tx) => Promise<unknown>) => work(tx) }) };
  return { ...database, reader: tx, writer: writer as unknown as Database["writer"] };
}

/**
 * Runs an operation as `owner` and takes it back, so that each trial finds the same data.
 * Throws what is not an AppError: that would be a 500. `rows` of the outcome is empty unless `watched` says what to show.
 */
export async function tryOut(
  { database, clock }: TestApp,
  owner: OwnerId,
  operation: AnyOperation,
  input: unknown,
  watched?: Watched,
): Promise<Outcome> {
  try {
    const parsed = parseInput(operation.input, input);
    if (operation.kind === "pure") return { code: "done", output: await operation.run(parsed), rows: "" };
    await inTransaction(database, async (plain) => {
      const written = new Set<string>();
      const tx = plain.withPlugin(noting(written));
      const output = await operation.run({ owner, db: tx, tx, now: clock.now(), clock, database: within(database, tx) }, parsed);
      const only = watched?.tables === "written" && !written.has("?") ? written : undefined;
      const rows = watched ? JSON.stringify([...(await rowsOf(database, plain, watched.owner, only))]) : "";
      throw new TakenBack(output, rows);
    });
  } catch (error) {
    if (error instanceof TakenBack) return { code: "done", output: error.output, rows: error.rows };
    if (error instanceof AppError) return { code: error.code, fields: error.fields, message: error.message };
    throw new Error(`${operation.name} ${JSON.stringify(input).slice(0, 400)}: ${String(error)}`, { cause: error });
  }
  throw new Error("A trial is always taken back.");
}

/** Lives that were lived already: a trial changes nothing, so the next one may begin where it began. */
const lives = new Map<(app: TestApp) => Promise<void>, Map<DialectName, Promise<TestApp>>>();
after(async () => {
  for (const stores of lives.values()) for (const app of stores.values()) await (await app).database.close();
});

async function appAfter(live: (app: TestApp) => Promise<void>, store: DialectName): Promise<TestApp> {
  const app = await buildTestApp(await freshDatabase(store));
  await live(app);
  return app;
}

/** Runs a test on each store after a life (`live`), which is lived once a store. For tests that take back whatever they do. */
export function afterLife(live: (app: TestApp) => Promise<void>, title: string, work: (app: TestApp) => Promise<void>): void {
  for (const store of storeNames) {
    test(`${title} (${store})`, async () => {
      const stores = lives.get(live) ?? new Map<DialectName, Promise<TestApp>>();
      lives.set(live, stores);
      const app = stores.get(store) ?? appAfter(live, store);
      stores.set(store, app);
      await work(await app);
    });
  }
}

/** Two weeks of work for an owner: something of every kind, three mails among it. The clock ends where it began. */
export async function liveAs(app: TestApp, owner: OwnerId): Promise<void> {
  const start = app.clock.now().toString();
  await livePrivately(
    {
      keys: { keyFile: "/nowhere", key },
      call: (operation, input) => app.callAs(owner, operation, input),
      async at(instant) {
        app.clock.set(instant);
        for (const { id } of await listDueByHand(app.database.reader, owner, app.clock.now()))
          await app.callAs(owner, markSent, { id });
      },
    },
    "copy",
  );
  await hearAs(app, owner);
  app.clock.set(start);
}

/** What the other person said about the first meeting, in every state, and a page that is open to them. */
async function hearAs(app: TestApp, owner: OwnerId): Promise<void> {
  const { meetings } = await app.callAs(owner, listMeetings, {});
  const meeting = meetings[0] as Meeting;
  const { id: meetingId, personId } = meeting;
  const now = app.clock.now();
  const said = { meetingId, personId, way: "page", text: "Ours", isVerified: true } as const;
  const kept = await inTransaction(app.database, async (tx) => {
    await keepAnswer(tx, owner, now, { ...said, kind: "topic", sourceKey: "topic" });
    await keepAnswer(tx, owner, now, { ...said, kind: "reply", sourceKey: "doubted", isVerified: false });
    await allowPage.run({ owner, tx, now, reach }, { personId, allowed: true });
    await openGuestLink(tx, owner, now, reach, meeting);
    return keepAnswer(tx, owner, now, { ...said, kind: "reply", sourceKey: "kept" });
  });
  await app.callAs(owner, acceptAnswer, { id: kept });
}

const SAMPLES: Readonly<Record<string, unknown>> = {
  time: "10:00",
  zone: "Europe/Berlin",
  email: "max@example.org",
  host: "127.0.0.1",
  port: 2525,
  security: "none",
  sendAt: "2026-03-03T10:00:00Z",
  until: "2026-05-04",
  minutes: 30,
  address: "http://127.0.0.1:9/word.ics",
};

/** Fields that hold the id of something, also those within lists. */
export const isId = (name: string): boolean => name === "id" || name === "ids" || name === "replaces" || name.endsWith("Id");

const isDay = (name: string): boolean => /^(?:date|from|to|on)$|On$/u.test(name);

/** Where a field of one operation has to look like something. */
const SAMPLES_OF: Readonly<Record<string, unknown>> = {
  "calendar.expand text": weeklyCalendar(1),
  "calendar.expand from": "2026-03-02T00:00:00Z",
  "calendar.expand to": "2026-04-02T00:00:00Z",
  "reminders.addBrowser endpoint": "https://push.example.org/word",
  "reminders.addBrowser p256dh": `B${"A".repeat(86)}`,
  "reminders.addBrowser auth": "A".repeat(22),
  "questions.importOwn text": "- Which word?",
  "answers.allowPage allowed": false,
  "calendar.addFile text": weeklyCalendar(1),
  "calendar.confirm seriesKey": "private-4",
  "calendar.dismiss seriesKey": "private-4",
  "calendar.offerAgain seriesKey": "private-2",
};

/** What an operation cannot do without, although its input may leave it out. */
const ALSO: Readonly<Record<string, readonly string[]>> = { "mailbox.set": ["username", "password"] };

/** A mail that answers one of ours, as a file. */
function answerFile(messageId = ""): string {
  const lines = ["From: max@example.org", "Subject: Re: Ours", "Message-ID: <trial@example.org>", `In-Reply-To: ${messageId}`];
  return Buffer.from([...lines, "", "word"].join("\r\n")).toString("base64");
}

function sampleFor(operation: AnyOperation, field: Field, ids: Ids): unknown {
  if (operation.name === "mailbox.take") return answerFile(ids("messageId")[0]);
  const own = SAMPLES_OF[`${operation.name} ${field.name}`];
  if (own !== undefined) return own;
  if (field.choices.length > 0) return field.choices[0];
  if (field.kind === "list") return [];
  if (field.kind === "json") return field.name === "archive" ? {} : [];
  if (field.name in SAMPLES) return SAMPLES[field.name];
  if (isDay(field.name)) return "2026-04-06";
  const { minimum } = inputSchema(operation).properties?.[field.name] ?? {};
  if (field.kind === "number") return typeof minimum === "number" ? minimum : 1;
  return field.kind === "boolean" ? true : "word";
}

/** Ids of an owner's things, by what an input calls them. */
export interface Ids {
  (name: string): readonly string[];
  /** Which thing of an owner an id is: the same for the same thing of another owner who lived the same life. */
  place(id: string): string;
}

export async function idsOf({ database }: TestApp, owner: OwnerId): Promise<Ids> {
  const rows = await rowsOf(database, database.reader, owner);
  const places = new Map<string, string>();
  const idsIn = (...tables: string[]): string[] =>
    tables.flatMap((table) =>
      (rows.get(table) ?? []).map((row, index) => {
        const { id } = row as { id: string };
        if (!places.has(id)) places.set(id, `${table} ${index}`);
        return id;
      }),
    );
  // In the order of time, and only those in which something happened.
  const prepared = new Set((rows.get("agenda") ?? []).map((row) => (row as { meeting_id: string }).meeting_id));
  const meetings = ((rows.get("meeting") ?? []) as { id: string; starts_at: string }[])
    .filter((one) => prepared.has(one.id))
    .sort((a, b) => (a.starts_at < b.starts_at ? -1 : 1))
    .map((one) => one.id);
  for (const [index, id] of meetings.entries()) places.set(id, `meeting ${index}`);
  const known: Record<string, readonly string[]> = {
    personId: idsIn("person"),
    meetingId: meetings,
    captureId: idsIn("capture"),
    agendaItemId: idsIn("agenda_item"),
    itemId: idsIn("agenda_item"),
    // What a mail that comes in answers.
    replaces: idsIn("meeting_note"),
    questionId: idsIn("own_question"),
    useId: idsIn("question_use"),
    seedId: idsIn("seed"),
    mentionId: idsIn("seed_mention"),
    sourceId: idsIn("calendar_source"),
    answerId: idsIn("answer"),
    messageId: (rows.get("delivery") ?? []).map((row) => (row as { message_id: string }).message_id),
  };
  const all = idsIn(
    "person",
    "series",
    "capture",
    "delivery",
    "commitment",
    "open_question",
    "agenda_item",
    "own_question",
    "stated_condition",
    "meeting_note",
    "recap_line",
    "wait_answer",
    "card_entry",
    "seed",
    "calendar_source",
    "calendar_following",
    "calendar_title_rule",
    "answer",
    "guest_link",
    "record_entry",
    "incoming_mail",
    "push_subscription",
  );
  const find = (name: string): readonly string[] => known[name] ?? [...meetings, ...all];
  return Object.assign(find, { place: (id: string) => places.get(id) ?? "" });
}

/** Which thing a field of an operation was found to be about: the next search begins there. */
const found = new Map<string, string>();

const tableAt = (place: string): string => place.split(" ")[0] ?? "";

function likelyFirst(operation: AnyOperation, name: string, ids: Ids): string[] {
  const place = found.get(`${operation.name} ${name}`) ?? "";
  const distance = (id: string): number => {
    const own = ids.place(id);
    return own === place ? 0 : tableAt(own) === tableAt(place) ? 1 : 2;
  };
  return ids(name).toSorted((a, b) => distance(a) - distance(b));
}

/** Every way to fill in the required fields (and those in `more`) with an owner's own ids. */
export function* inputsFor(operation: AnyOperation, ids: Ids, more: readonly string[] = []): Generator<Input> {
  const fields = fieldsOf(operation).filter(
    (field) => field.required || [...more, ...(ALSO[operation.name] ?? [])].includes(field.name),
  );
  const plain = Object.fromEntries(
    fields.filter(({ name }) => !isId(name)).map((field) => [field.name, sampleFor(operation, field, ids)]),
  );
  let inputs: Input[] = [plain];
  for (const { name, kind } of fields.filter((field) => isId(field.name))) {
    inputs = inputs.flatMap((input) =>
      likelyFirst(operation, name, ids).map((id) => ({ ...input, [name]: kind === "list" ? [id] : id })),
    );
  }
  yield* inputs;
}

function remember(operation: AnyOperation, input: Input, ids: Ids): void {
  for (const [name, value] of Object.entries(input)) {
    const id: unknown = Array.isArray(value) ? value[0] : value;
    if (isId(name) && typeof id === "string") found.set(`${operation.name} ${name}`, ids.place(id));
  }
}

/** The first input that an operation gets as far as the thing itself with, for this owner: neither invalid nor not found. */
export async function workingInput(
  app: TestApp,
  owner: OwnerId,
  operation: AnyOperation,
  ids: Ids,
  more: readonly string[] = [],
): Promise<Input | undefined> {
  let second: Input | undefined;
  for (const input of inputsFor(operation, ids, more)) {
    const { code } = await tryOut(app, owner, operation, input);
    if (code === "done") {
      remember(operation, input, ids);
      return input;
    }
    if (code !== "not_found" && code !== "invalid") second ??= input;
  }
  return second;
}
