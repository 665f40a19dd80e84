import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createLocalOwner } from "../../src/features/account/store.ts";
import { answerUnknown, approveMail, mailAccountOperations, previewMail } from "../../src/features/delivery/index.ts";
import { saveProfile } from "../../src/features/account/index.ts";
import { addPerson } from "../../src/features/people/index.ts";
import type { OwnerId } from "../../src/lib/ids.ts";
import { call, type Caller } from "../../src/platform/operation.ts";
import { type Database, inTransaction } from "../../src/platform/storage/database.ts";
import { migrate } from "../../src/platform/storage/migrate.ts";
import { openPostgres, openSqlite } from "../../src/platform/storage/open.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { type SmtpFault, type SmtpSink, startSmtpSink } from "../support/smtp-sink.ts";
import { emptyPostgresUrl, freshPath } from "../support/stores.ts";
import type { MailProcessFacts } from "./mail-process.ts";

const KILLS = 50;
const MOST_ROUNDS = 150;
// From the first connection on, the whole of one sending takes about this long; a kill comes at any moment of it.
const LONGEST_DELAY_MS = 180;
// Where nothing is sent (the sender still starts, or it has nothing to do) the kill does not wait for a connection.
const CONNECTION_WAIT_MS = 2_000;
// The server is slow to answer now and then, so that kills also come while it has the whole message and the sender does not know.
const FAULTS: readonly (SmtpFault | undefined)[] = [undefined, undefined, undefined, "hang_after_dot", "hang_at_mail"];
const TIME_LIMIT_MS = 400_000;

const program = fileURLToPath(new URL("./mail-process.ts", import.meta.url));
const clock = fakeClock();
const cache = freshPath("compile-cache");
const key = randomBytes(32).toString("base64");

interface Sender {
  /** Sends what is due; with `killWhen` it is killed as soon as that resolves. Answers whether the kill came in time. */
  run(killWhen?: () => Promise<unknown>): Promise<boolean>;
  discard(): void;
}

function startSender(place: string): Sender {
  const facts: MailProcessFacts = { place, key };
  const child = fork(program, [JSON.stringify(facts)], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
  const ready = once(child, "message");
  const exit = once(child, "exit");
  return {
    async run(killWhen) {
      await Promise.race([ready, exit]);
      child.send(clock.now().toString());
      if (killWhen) await killWhen();
      if (killWhen) child.kill("SIGKILL");
      const [code, signal] = (await exit) as [number | null, string | null];
      if (!killWhen) assert.equal(code, 0, "the sending program ends well when it is left alone");
      return signal === "SIGKILL";
    },
    discard: () => child.kill("SIGKILL"),
  };
}

/** Senders of which the next ones are always starting already: most of their time is spent on that. */
function senders(place: string) {
  const waiting = Array.from({ length: 3 }, () => startSender(place));
  return {
    run(killWhen?: () => Promise<unknown>): Promise<boolean> {
      waiting.push(startSender(place));
      return (waiting.shift() as Sender).run(killWhen);
    },
    discard: () => waiting.forEach((one) => one.discard()),
  };
}

/** A random moment of the sending that has just begun. */
async function someMoment(sink: SmtpSink): Promise<void> {
  const before = sink.connections;
  for (let waited = 0; sink.connections === before && waited < CONNECTION_WAIT_MS; waited += 5) await wait(5);
  await wait(Math.random() * LONGEST_DELAY_MS);
}

async function approveOne(caller: Caller, personId: string, round: number): Promise<string> {
  const { owner, database } = caller;
  const now = clock.now();
  const draft = {
    kind: "recap",
    meetingId: `meeting-${round}`,
    meetingStartsAt: now,
    zone: "Europe/Berlin",
    personId,
    text: `Mail ${round}`,
    html: `<p>Mail ${round}</p>`,
    captureIds: [],
  } as const;
  const { hash } = await previewMail(database.reader, owner, draft);
  const delivery = await inTransaction(database, (tx) => approveMail(tx, owner, now, { draft, way: "smtp", expectedHash: hash }));
  return delivery.messageId;
}

/** The owner looks into the recipient's mailbox and answers what nobody else can know. Answers how many were asked. */
async function answerAll(caller: Caller, sink: SmtpSink): Promise<number> {
  const { database, owner } = caller;
  const unknown = await database.reader
    .selectFrom("outbox")
    .innerJoin("delivery", (join) =>
      join.onRef("delivery.owner_id", "=", "outbox.owner_id").onRef("delivery.id", "=", "outbox.key"),
    )
    .select(["delivery.id", "delivery.message_id"])
    .where("outbox.owner_id", "=", owner)
    .where("outbox.state", "=", "unknown")
    .execute();
  for (const { id, message_id } of unknown) {
    await call(caller, answerUnknown, { id, arrived: sink.mails.some((mail) => mail.parsed.messageId === message_id) });
  }
  return unknown.length;
}

async function killLoop(database: Database, place: string): Promise<Record<string, number>> {
  const sink = await startSmtpSink();
  const sender = senders(place);
  try {
    const owner: OwnerId = await inTransaction(database, (tx) => createLocalOwner(tx, clock.now(), "Europe/Berlin"));
    const caller: Caller = { owner, database, clock };
    await call(caller, saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
    const max = await call(caller, addPerson, { name: "Max Berger", email: "max@example.org" });
    await call(caller, mailAccountOperations({ keyFile: "/nowhere", key }).saveMailAccount, {
      host: "127.0.0.1",
      port: sink.port,
      security: "none",
      username: "",
    });

    const messageIds: string[] = [];
    const found: Record<string, number> = {};
    let kills = 0;
    for (let round = 0; kills < KILLS && round < MOST_ROUNDS; round += 1) {
      sink.fault = FAULTS[Math.floor(Math.random() * FAULTS.length)];
      messageIds.push(await approveOne(caller, max.id, round));
      if (await sender.run(() => someMoment(sink))) kills += 1;
      const killed = await database.reader
        .selectFrom("outbox")
        .select("state")
        .where("lease_until", ">", clock.now().toString())
        .execute();
      for (const { state } of killed) found[state] = (found[state] ?? 0) + 1;
      // The dead program's lease has to run out before anybody else may touch what it held.
      clock.advance({ minutes: 11 });
    }
    assert.equal(kills, KILLS);
    sink.fault = undefined;
    // A line that is still open on the sink's side may end in a kept mail: nothing is asked before it is quiet.
    await sender.run();
    await wait(300);
    const asked = await answerAll(caller, sink);
    await sender.run();

    const copies = Map.groupBy(sink.mails, (mail) => mail.parsed.messageId);
    assert.deepEqual(
      messageIds.filter((id) => !copies.has(id)),
      [],
      "nothing is lost",
    );
    assert.deepEqual(
      [...copies].filter(([, mails]) => mails.length > 1).map(([id]) => id),
      [],
      "nothing arrives twice",
    );
    const open = await database.reader.selectFrom("delivery").select("id").where("sent_at", "is", null).execute();
    assert.deepEqual(open, [], "and everything is known to be sent");
    return { ...found, asked, mails: messageIds.length };
  } finally {
    sender.discard();
    await sink.close();
  }
}

test("fifty random kills during sending lose nothing and send nothing twice (sqlite)", { timeout: TIME_LIMIT_MS }, async (t) => {
  const path = freshPath("kill.db");
  const database = openSqlite(path);
  try {
    await migrate(database);
    t.diagnostic(JSON.stringify(await killLoop(database, path)));
  } finally {
    await database.close();
  }
});

test(
  "fifty random kills during sending lose nothing and send nothing twice (postgres)",
  { timeout: TIME_LIMIT_MS },
  async (t) => {
    const { url, remove } = await emptyPostgresUrl();
    const database = await openPostgres(url);
    try {
      await migrate(database);
      t.diagnostic(JSON.stringify(await killLoop(database, url)));
    } finally {
      await database.close();
      await remove();
    }
  },
);
