import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sql } from "kysely";
import PostalMime from "postal-mime";
import { ensureToken } from "../src/features/account/index.ts";
import { type Delivery, deliveryKinds, deliveryWays } from "../src/features/delivery/index.ts";
import { feedOperations, feedProgram } from "../src/features/reminders/index.ts";
import { mailboxAccountOperations } from "../src/features/mailbox/index.ts";
import { mailtoLink } from "../src/platform/mail/mailto.ts";
import type { Database } from "../src/platform/storage/database.ts";
import { type GuestVisit, pathIn } from "./support/guest-visit.ts";
import { startImapServer } from "./support/imap-server.ts";
import { CANARY, CHOSEN, type Hand, type Leaving, livePrivately, NAMES } from "./support/private-life.ts";
import { PASSWORD, type PrivatePost, withPost } from "./support/private-post.ts";
import { type TestServer, withServer } from "./support/server.ts";
import { type CapturedMail, startSmtpSink } from "./support/smtp-sink.ts";
import { freshPath } from "./support/stores.ts";
import { onEveryStore, type TestApp } from "./support/test-app.ts";

/**
 * What may become of the text in a column:
 * - private: never leaves, whatever anybody presses.
 * - chosen: leaves in a mail, but only from rows that their owner prepared; in any other row it is private.
 * - leaves: is made to be read by the other person: names, addresses, and the words that were approved.
 * - secret: opens something. It is nowhere but in its column.
 * - program: the program's own words: kinds, states, zones, hours, identifiers of mails, what a mail server answered.
 */
type Standing = "private" | "chosen" | "leaves" | "secret" | "program";

/** Ids, instants, days and versions are not listed: they are text only because the database keeps them so. */
const UNLISTED = /^id$|_(?:id|at|on|until)$/u;

const columns: Readonly<Record<string, Readonly<Record<string, Standing>>>> = {
  owner: { name: "leaves", email: "leaves", zone: "program" },
  access_token: { token_hash: "secret" },
  mail_account: {
    host: "program",
    security: "program",
    username: "private",
    sealed_password: "secret",
    oauth_provider: "program",
    sealed_tokens: "secret",
    paused_reason: "program",
  },
  person: { name: "leaves", email: "leaves", role: "program", note: "private" },
  series_rule: { local_time: "program", zone: "program" },
  meeting: { local_start: "program", zone: "program", cancel_reason: "program", calendar_key: "program" },
  outbox: { key: "program", kind: "program", state: "program", lease_token: "program", last_error: "program" },
  record_entry: { source: "program", kind: "program", text: "private", tags: "private" },
  record_tag: { kind: "program", name_key: "private", name: "private" },
  telling: { channel: "program" },
  delivery: {
    kind: "program",
    way: "program",
    from_name: "leaves",
    from_address: "leaves",
    to_name: "leaves",
    to_address: "leaves",
    subject: "leaves",
    text_body: "leaves",
    html_body: "leaves",
    mime: "leaves",
    in_reply_to: "leaves",
    thread_references: "leaves",
    content_hash: "program",
    fail_reason: "program",
    held_reason: "program",
    meeting_zone: "program",
  },
  mail_thread: { subject: "leaves" },
  commitment: { side: "program", text: "chosen" },
  commitment_event: { happening: "program", note: "private" },
  open_question: { text: "chosen", answer: "private" },
  agenda: { step: "program" },
  agenda_item: {
    kind: "program",
    text: "chosen",
    options: "chosen",
    leaning: "chosen",
    decision_wanted: "chosen",
    project: "chosen",
    skill: "chosen",
    carried_from: "program",
    carried_side: "program",
    draft: "private",
  },
  own_question: { text: "private", uncovers: "private", category: "program", follow_up: "private" },
  question_use: {
    category: "program",
    text: "private",
    uncovers: "private",
    follow_up: "private",
    project: "private",
    skill: "private",
    answer: "private",
    worth: "program",
  },
  stated_condition: { text: "private", evidence: "private" },
  meeting_note: { part: "program", text: "private" },
  recap_line: { part: "program", text: "chosen", who: "chosen" },
  capture: { kind: "program", text: "private", projects: "private", skills: "private" },
  capture_revision: { kind: "program", text: "private", projects: "private", skills: "private" },
  answer_detail: { horizon: "program", goal: "private", owned_by: "private", decision: "private" },
  light_question: { prompt: "program" },
  wait_answer: { wait: "program", answer: "program" },
  card_entry: { category: "program", text: "private", timing: "program", channel: "program", depth: "program" },
  card_entry_revision: { category: "program", text: "private", timing: "program", channel: "program", depth: "program" },
  seen_rating: { note: "private" },
  seed: { text: "private", opening: "private", outcome: "program", reason: "private" },
  seed_mention: { said: "private" },
  seed_event: { happening: "program", note: "private" },
  answer: {
    source_key: "program",
    way: "program",
    kind: "program",
    about_kind: "program",
    about_text: "leaves",
    text: "private",
    sender: "private",
  },
  mailbox_account: {
    host: "program",
    security: "program",
    username: "private",
    sealed_password: "secret",
    checking_server: "program",
    learned_server: "program",
    trouble: "program",
    lease_token: "program",
  },
  mailbox_folder: { folder: "program", uid_validity: "program" },
  incoming_mail: {
    kind: "program",
    body_hash: "program",
    matched_by: "program",
    sender: "private",
    subject: "private",
    text: "private",
    sender_check: "program",
    // Packed, so that no canary could be found in it: the whole of it must be nowhere else.
    raw: "secret",
  },
  mail_line: { part: "program", heading: "leaves", text: "leaves", about_kind: "program" },
  guest_link: { token_hash: "secret" },
  calendar_source: {
    kind: "program",
    name: "private",
    shown_address: "private",
    sealed_address: "secret",
    sealed_login: "secret",
    fail_reason: "program",
    fail_code: "program",
    lease_token: "program",
    etag: "program",
    last_modified: "program",
    sync_token: "program",
    set_aside: "private",
    warnings: "private",
  },
  calendar_snapshot: { text: "private", text_hash: "program" },
  calendar_object: { href: "private", etag: "program", text: "private" },
  series_lead: { rhythm: "program", doubted_zone: "program", trusted_zone: "program" },
  calendar_event_series: { series_key: "program", facts: "private" },
  calendar_following: { series_key: "program", title: "private", fingerprint: "program" },
  calendar_followed_uid: { uid: "program" },
  calendar_dismissal: { series_key: "program", title: "private", fingerprint: "program" },
  calendar_title_rule: { phrase: "private", phrase_key: "private", verdict: "program" },
  owner_hours: { prepare_time: "program", quiet_from: "program", weekdays: "program" },
  reminder_setting: { kind: "program", channel: "program" },
  calendar_feed: { token_hash: "secret" },
  push_key: { public_key: "program", sealed_private_key: "secret" },
  push_subscription: { endpoint_hash: "program", vendor: "program", sealed_subscription: "secret" },
};

/** The search index is made of private words, row by row from `record_entry`; nothing but a search reads it. The other is Kysely's. */
const UNLISTED_TABLES = /^(?:full_text|kysely_)/u;
const HOLDS_NO_TEXT = /int|numeric|real|double|bool/u;

async function textColumns(database: Database): Promise<string[]> {
  const tables = await database.writer.introspection.getTables();
  return tables
    .filter((table) => !UNLISTED_TABLES.test(table.name))
    .flatMap((table) =>
      table.columns
        .filter((column) => !HOLDS_NO_TEXT.test(column.dataType.toLowerCase()) && !UNLISTED.test(column.name))
        .map((column) => `${table.name}.${column.name}`),
    );
}

function standing(is: readonly Standing[]): { table: string; column: string }[] {
  return Object.entries(columns).flatMap(([table, all]) =>
    Object.entries(all)
      .filter(([, one]) => is.includes(one))
      .map(([column]) => ({ table, column })),
  );
}

onEveryStore("every column that can hold text says who may read it", async ({ database }) => {
  const present = await textColumns(database);
  const unsaid = present.filter((path) => {
    const [table = "", column = ""] = path.split(".");
    return columns[table]?.[column] === undefined;
  });
  assert.deepEqual(
    unsaid,
    [],
    `Say in test/privacy.test.ts whether these columns are private, and put a canary into those that are: ${unsaid.join(", ")}`,
  );
  const gone = Object.entries(columns).flatMap(([table, all]) =>
    Object.keys(all)
      .map((column) => `${table}.${column}`)
      .filter((path) => !present.includes(path)),
  );
  assert.deepEqual(gone, [], `These columns are gone; take them out of test/privacy.test.ts: ${gone.join(", ")}`);
});

test("everything that leaves is known to the sweep below", () => {
  const why =
    "Something new can leave the machine. Build it in test/support/private-life.ts, so that the sweep reads it, and name it here.";
  assert.deepEqual(deliveryKinds, ["agenda", "recap", "note"], why);
  assert.deepEqual(deliveryWays, ["smtp", "draft", "copy", "eml", "mailto"], why);
});

/** Without this a forgotten column would pass every sweep by being empty. */
async function assertFilled(database: Database): Promise<void> {
  for (const { table, column } of standing(["private", "chosen"])) {
    const { rows } = await sql<{
      found: number | string;
    }>`select count(*) as found from ${sql.table(table)} where lower(${sql.ref(column)}) like ${`%${CANARY}%`}`.execute(
      database.reader,
    );
    assert.ok(
      Number(rows[0]?.found) > 0,
      `No canary came into ${table}.${column}: the sweep would not see it leave. Add one in test/support/private-life.ts.`,
    );
  }
}

function around(text: string, index: number): string {
  return text.slice(Math.max(0, index - 60), index + 80);
}

function assertClean(leaving: Leaving, forbidden: readonly string[]): void {
  for (const [name, text] of leaving) {
    for (const one of forbidden) {
      const index = text.toLowerCase().indexOf(one.toLowerCase());
      assert.equal(index, -1, `${name} holds what is private: …${around(text, index)}…`);
    }
  }
}

/** A mail as its reader's program shows it, and as it came over the line. */
function addMails(leaving: Leaving, mails: readonly CapturedMail[]): void {
  for (const [index, { raw, parsed, envelopeFrom, envelopeTo }] of mails.entries()) {
    leaving.set(`mail ${index + 1} on the line`, raw);
    leaving.set(
      `mail ${index + 1} as it is read`,
      JSON.stringify([parsed.text, parsed.html, parsed.headers, parsed.attachments, envelopeFrom, envelopeTo]),
    );
  }
}

function addLinks(leaving: Leaving): void {
  const deliveries = JSON.parse(leaving.get("the list of deliveries") ?? "[]") as Delivery[];
  for (const one of deliveries)
    leaving.set(`the ${one.kind} as a link`, decodeURIComponent(mailtoLink({ ...one, toAddress: NAMES.personEmail }) ?? ""));
}

/** The pages behind the links of all these mails, as whoever has a mail sees them. */
async function addGuestPages(leaving: Leaving, mails: readonly CapturedMail[], visit: GuestVisit): Promise<void> {
  for (const [index, { parsed }] of mails.entries()) {
    const path = pathIn(parsed.text ?? "");
    if (path === "") continue;
    const page = await visit.get(path);
    assert.equal(page.status, 200);
    leaving.set(`the page of mail ${index + 1}`, page.text);
    const again = await visit.post(path, { kind: "topic", text: "" });
    assert.equal(again.status, 422);
    leaving.set(`the page of mail ${index + 1} with an error`, again.text);
  }
}

/** Reminders to oneself, what lies in one's drafts, and the calendar feed: none of them says more than it must. */
async function addOwnWays(leaving: Leaving, app: TestApp, post: PrivatePost): Promise<void> {
  const reminders = post.reminders();
  assert.ok(reminders.length > 0, "its owner was reminded by mail");
  for (const [index, { raw, parsed }] of reminders.entries())
    leaving.set(`reminder ${index + 1}`, `${raw}\n${JSON.stringify([parsed.text, parsed.html, parsed.headers])}`);
  const drafted = post.drafted();
  assert.equal(drafted.length, 1, "one mail lies in the drafts");
  const [draft = ""] = drafted;
  leaving.set("the draft on the line", draft);
  const read = await PostalMime.parse(draft);
  assert.ok(read.text?.includes(CHOSEN.need), "the draft has the words that were approved");
  leaving.set("the draft as it is read", JSON.stringify([read.text, read.html, read.headers, read.attachments]));
  const { database, clock } = app;
  const { path } = await app.call(feedOperations(post.config).showFeed, {});
  const program = feedProgram({ database, clock, config: post.config });
  const feed = await program.request((path ?? "").slice("/feeds".length));
  const text = (await feed.text()).replaceAll(/\r\n[ \t]/gu, "");
  assert.match(text, /BEGIN:VEVENT/u, "the feed has moments in it");
  leaving.set("the calendar feed", text);
}

/** Everything secret that stands in its columns now, beside what stood there before. */
async function noteSecrets(database: Database, seen: Map<string, Set<string>>): Promise<void> {
  for (const { table, column } of standing(["secret"])) {
    const values = seen.get(`${table}.${column}`) ?? new Set();
    const { rows } = await sql<{
      value: string | null;
    }>`select ${sql.ref(column)} as value from ${sql.table(table)}`.execute(database.reader);
    for (const { value } of rows) if (value) values.add(value);
    seen.set(`${table}.${column}`, values);
  }
}

onEveryStore("what is private is in no mail, no draft, no file, no link, no feed and no preview (S2, S31)", async (app) => {
  await ensureToken(app.database, app.owner, app.clock.now(), freshPath("token"));
  const secrets = new Map<string, Set<string>>();
  const note = (): Promise<void> => noteSecrets(app.database, secrets);
  await withPost(app, note, async (post) => {
    const leaving = await livePrivately(post.hand, "smtp", true);
    const mails = post.sent();
    assert.equal(mails.length, 4, "two agendas, a recap and a note went out");
    addMails(leaving, mails);
    addLinks(leaving);
    await addGuestPages(leaving, mails, post.visit);
    assert.ok(leaving.has("the page of mail 1"), "the first agenda carries a link");
    await addOwnWays(leaving, app, post);
    await assertFilled(app.database);
    await note();
    for (const [column, values] of secrets) assert.ok(values.size > 0, `There is no ${column} to look for`);
    const everything = [...leaving.values()].join("\n");
    for (const words of Object.values(CHOSEN)) assert.ok(everything.includes(words), `“${words}” was chosen, so it leaves`);
    assertClean(leaving, [CANARY, ...post.access, ...[...secrets.values()].flatMap((values) => [...values])]);
  });
});

/** The operations of a running program, over its API. */
function handOn(server: TestServer): Hand {
  const token = readFileSync(join(server.folder, "data", "token"), "utf8").trim();
  let present = Temporal.Instant.from(START);
  return {
    // The program has keys of its own.
    keys: { keyFile: "/nowhere" },
    async call(operation, input) {
      const answer = await fetch(`${server.url}/api/${operation.name}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(input),
      });
      const text = await answer.text();
      assert.equal(answer.status, 200, `${operation.name}: ${text}`);
      return JSON.parse(text) as never;
    },
    async at(instant) {
      const by = present.until(instant, { largestUnit: "hours" }).toString();
      present = Temporal.Instant.from(instant);
      const answer = await fetch(`${server.url}/clock`, {
        method: "POST",
        body: new URLSearchParams({ by, return: "/api/health" }),
        headers: { origin: server.url },
      });
      await answer.arrayBuffer();
      assert.equal(answer.status, 200);
    },
  };
}

const START = "2026-03-02T09:00:00Z";

/** Requests that go wrong, each with words that a careless log would repeat. */
async function stumble(server: TestServer): Promise<void> {
  const token = readFileSync(join(server.folder, "data", "token"), "utf8").trim();
  const bearer = { authorization: `Bearer ${token}` };
  const form = (fields: Record<string, string>): RequestInit => ({
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { origin: server.url },
  });
  const requests: [string, RequestInit][] = [
    [`/record/search?text=${CANARY}`, {}],
    [`/${CANARY}`, {}],
    [`/journal/${CANARY}`, {}],
    ["/journal", form({ text: `${CANARY} typed`, happenedOn: "2031-01-01" })],
    ["/journal", { ...form({ text: `${CANARY} from elsewhere` }), headers: { origin: `http://${CANARY}.example` } }],
    ["/impact/live", form({ text: `${CANARY} typed`, "answer-outcome": `${CANARY} answered` })],
    ["/impact/live", form({ text: "", "answer-outcome": `${CANARY} answered` })],
    [`/journal/${CANARY}/impact`, form({ text: `${CANARY} typed`, act: "use-agenda" })],
    ["/people/new", form({ name: CANARY, email: "not an address" })],
    ["/api/journal.capture", { method: "POST", headers: bearer, body: `{"text": "${CANARY}` }],
    ["/api/journal.capture", { method: "POST", headers: bearer, body: JSON.stringify({ text: CANARY, kind: CANARY }) }],
    [`/api/${CANARY}`, { headers: bearer }],
    ["/api/people.list", { headers: { authorization: `Bearer ${CANARY}` } }],
    ["/archive", form({ archive: CANARY })],
    ["/calendar/sources", form({ address: `http://127.0.0.1:9/${CANARY}/basic.ics`, allowPrivate: "yes" })],
    ["/calendar/sources", form({ address: `http://127.0.0.1:9/${CANARY}/basic.ics` })],
    ["/calendar/sources", form({ address: CANARY })],
    [
      "/calendar/accounts",
      form({ server: `http://127.0.0.1:9/${CANARY}`, user: CANARY, password: CANARY, accountAllowPrivate: "yes" }),
    ],
    ["/mailbox/file", form({ file: CANARY })],
    ["/settings/mailbox", form({ host: CANARY, port: "993", security: "implicit_tls", username: CANARY, password: CANARY })],
    ["/settings/mail", form({ host: CANARY, port: "x", security: "starttls", username: CANARY, password: CANARY })],
    ["/settings/reminders", form({ prepareTime: CANARY })],
    [`/settings/mail/sign-in?code=${CANARY}&state=${CANARY}`, {}],
    [`/feeds/${CANARY}.ics`, {}],
    [`/g/${CANARY}`, {}],
    ["/clock", form({ by: CANARY })],
  ];
  for (const [path, init] of requests) await (await fetch(server.url + path, { redirect: "manual", ...init })).arrayBuffer();
}

test("what is private, what was written, names, addresses and secrets are in no log, at the loudest level", async () => {
  const login = { user: "mailbox", password: PASSWORD };
  const sink = await startSmtpSink({ login });
  const imap = await startImapServer({ login });
  try {
    const env = {
      THROUGHLINE_CLOCK: START,
      THROUGHLINE_LOG: "debug",
      THROUGHLINE_SMTP_URL: `smtp://mailbox:${PASSWORD}@127.0.0.1:${sink.port}?security=none`,
    };
    await withServer({ env }, async (server) => {
      const hand = handOn(server);
      await hand.call(mailboxAccountOperations(hand.keys).setMailbox, {
        host: "127.0.0.1",
        port: imap.port,
        security: "none",
        username: login.user,
        password: login.password,
      });
      await livePrivately(hand, "smtp", true);
      const sent = sink.mails.filter(({ envelopeTo }) => envelopeTo.includes(NAMES.personEmail));
      assert.equal(sent.length, 4);
      assert.ok(sink.mails.length > sent.length, "its owner was reminded by mail");
      const isDrafted = (): boolean => imap.folders.some(({ use, mails }) => use === "\\Drafts" && mails.length === 1);
      await imap.until(isDrafted);
      await stumble(server);
      const output = server.output();
      assert.match(output, /A mail was attempted/u, "the log was listening");
      const token = readFileSync(join(server.folder, "data", "token"), "utf8").trim();
      assertClean(new Map([["the log", output]]), [
        CANARY,
        token,
        ...Object.values(CHOSEN),
        ...Object.values(NAMES),
        "example.org",
      ]);
    });
  } finally {
    await Promise.all([sink.close(), imap.close()]);
  }
});
