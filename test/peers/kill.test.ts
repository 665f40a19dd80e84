import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { answerUnknown } from "../../src/features/delivery/index.ts";
import type { MailProcessFacts } from "../slow/mail-process.ts";
import { freshPath } from "../support/stores.ts";
import { type MailLife, withMailLife } from "./mail-life.ts";

const MAILS = 60;
/** A sending takes about this long once its program is ready; kills come at any moment of it and some after. */
const LONGEST_DELAY_MS = 120;
const TIME_LIMIT_MS = 480_000;
const program = fileURLToPath(new URL("../slow/mail-process.ts", import.meta.url));

interface Sender {
  /** Sends what is due; is killed after `delay` milliseconds when that is given. Answers whether the kill came in time. */
  run(now: string, delay?: number): Promise<boolean>;
  discard(): void;
}

function startSender(facts: MailProcessFacts, cache: string): Sender {
  const child = fork(program, [JSON.stringify(facts)], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
  const ready = once(child, "message");
  const exit = once(child, "exit");
  return {
    async run(now, delay) {
      await Promise.race([ready, exit]);
      child.send(now);
      if (delay !== undefined) {
        await pause(delay);
        child.kill("SIGKILL");
      }
      const [code, signal] = (await exit) as [number | null, string | null];
      if (delay === undefined) assert.equal(code, 0, "the sending program ends well when it is left alone");
      return signal === "SIGKILL";
    },
    discard: () => child.kill("SIGKILL"),
  };
}

async function unknownMails({
  app,
}: MailLife): Promise<{ id: string; message_id: string; mime: string; next_at: string | null }[]> {
  return app.database.reader
    .selectFrom("outbox")
    .innerJoin("delivery", (join) =>
      join.onRef("delivery.owner_id", "=", "outbox.owner_id").onRef("delivery.id", "=", "outbox.key"),
    )
    .select(["delivery.id", "delivery.message_id", "delivery.mime", "outbox.next_at"])
    .where("outbox.owner_id", "=", app.owner)
    .where("outbox.state", "=", "unknown")
    .execute();
}

/** As providers do that put what passed their server into the folder for sent mails: every second one of those that arrived. */
async function fileHalf({ open }: MailLife, mails: readonly { message_id: string; mime: string }[]): Promise<Set<string>> {
  const mailbox = await open("ana@example.org");
  const sent = (await mailbox.folderFor("\\Sent")) as string;
  const half = mails.filter((_one, place) => place % 2 === 0);
  for (const { mime } of half) await mailbox.append(sent, Buffer.from(mime, "utf8"), ["\\Seen"]);
  await mailbox.close();
  return new Set(half.map((one) => one.message_id));
}

test(
  "sixty mails under random kills, through Postfix to Dovecot: none lost, none twice, and an unknown end is asked, not guessed",
  { timeout: TIME_LIMIT_MS },
  (t) =>
    withMailLife(async (life) => {
      const { app, config, approve, arrived } = life;
      const facts: MailProcessFacts = { place: app.database.label, key: config.key ?? "", trusted: life.servers.certificate };
      const cache = freshPath("compile-cache");
      const waiting = Array.from({ length: 2 }, () => startSender(facts, cache));
      const next = (): Sender => {
        waiting.push(startSender(facts, cache));
        return waiting.shift() as Sender;
      };
      let kills = 0;
      const messageIds: string[] = [];
      try {
        for (let round = 0; round < MAILS; round += 1) {
          messageIds.push((await approve({ meetingId: `meeting-${round}`, text: `Mail ${round}` })).messageId);
          if (await next().run(app.clock.now().toString(), Math.random() * LONGEST_DELAY_MS)) kills += 1;
          // The lease of the dead program has to run out before anybody else may touch what it held.
          app.clock.advance({ minutes: 11 });
        }
        await next().run(app.clock.now().toString());
        app.clock.advance({ minutes: 11 });
        const unknown = await unknownMails(life);
        const copies = await arrived("max@example.org", "INBOX", messageIds);
        const filed = await fileHalf(
          life,
          unknown.filter((one) => (copies.get(one.message_id) ?? 0) > 0),
        );
        app.clock.advance({ minutes: 30 });
        await next().run(app.clock.now().toString());
        const asked = await unknownMails(life);
        assert.ok(
          asked.every((one) => !filed.has(one.message_id) && one.next_at === null),
          "what lies among the sent mails is known to be sent; the rest waits for its owner",
        );
        for (const one of asked) await app.call(answerUnknown, { id: one.id, arrived: (copies.get(one.message_id) ?? 0) > 0 });
        await next().run(app.clock.now().toString());
        const last = await arrived("max@example.org", "INBOX", messageIds);
        assert.deepEqual(
          messageIds.filter((id) => last.get(id) !== 1),
          [],
          "each mail is there, once",
        );
        t.diagnostic(`${kills} kills came in time; ${unknown.length} ends unknown, ${filed.size} found, ${asked.length} asked`);
        assert.ok(kills > MAILS / 4, `only ${kills} kills came while something was being sent`);
      } finally {
        for (const one of waiting) one.discard();
      }
    }),
);
