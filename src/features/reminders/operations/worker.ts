import type { OwnerId } from "../../../lib/ids.ts";
import type { Clock } from "../../../platform/clock.ts";
import type { Log } from "../../../platform/log.ts";
import type { SmtpTimeouts } from "../../../platform/mail/smtp.ts";
import {
  type AttemptOutcome,
  cancel,
  enqueue,
  type OutboxHandler,
  type OutboxItem,
  runDue,
} from "../../../platform/outbox/index.ts";
import { type Database, inTransaction } from "../../../platform/storage/database.ts";
import { listOwners } from "../../account/index.ts";
import type { MailConfig } from "../../delivery/index.ts";
import type { Reminder, ReminderWay } from "../rules/reminders.ts";
import { listQueuedKeys } from "../store/waiting.ts";
import { dueReminders } from "./due.ts";
import { mailReminder } from "./mailing.ts";
import { pushReminder } from "./pushing.ts";

/** What reminding needs of the installation. Never made for the example's database: nothing leaves from there. */
export interface ReminderParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly mailConfig: MailConfig;
  /** Where the owner's pages are, without a slash at the end: "http://127.0.0.1:4111". */
  readonly origin: () => string;
  /** For tests; see `usualTimeouts`. */
  readonly timeouts?: SmtpTimeouts;
  /** For tests: a push service on this machine. Real ones are on the internet, and nothing else is asked. */
  readonly pushService?: { readonly allowPrivate: boolean; readonly trusted: string };
}

export interface ReminderWorker {
  /** Plans and sends what is due. Safe to call at any time, in several processes at once: each reminder leaves at most once. */
  tick(): Promise<void>;
}

const kinds: Record<ReminderWay, string> = { mail: "reminder mail", browser: "reminder push" };

async function queueDue({ database, clock }: ReminderParts, owner: OwnerId): Promise<void> {
  const now = clock.now();
  const due = await dueReminders(database.reader, owner, now);
  const known = await listQueuedKeys(
    database.reader,
    owner,
    due.map(({ key }) => key),
  );
  const fresh = due.filter(({ key }) => !known.has(key));
  if (fresh.length === 0) return;
  await inTransaction(database, async (tx) => {
    for (const { key, way, dueAt, expiresAt } of fresh)
      await enqueue(tx, owner, now, { key, kind: kinds[way], dueAt, expiresAt });
  });
}

type Send = (
  parts: ReminderParts,
  item: OutboxItem,
  reminder: Reminder,
  begin: () => Promise<boolean>,
) => Promise<AttemptOutcome>;

/** Looks once more at the data right before sending: there is no reminder of what was done meanwhile, or is no longer wanted. */
function handler(parts: ReminderParts, send: Send): OutboxHandler {
  const { database, clock } = parts;
  return {
    async attempt(item, begin) {
      const now = clock.now();
      const due = await dueReminders(database.reader, item.owner, now);
      const reminder = due.find(({ key }) => key === item.key);
      if (reminder) return send(parts, item, reminder, begin);
      await inTransaction(database, (tx) => cancel(tx, item.owner, now, item.key));
      return { result: "lost" };
    },
    // Nothing else is kept about a reminder: the row of the outbox says that it left.
    began: () => Promise.resolve(),
    settled: () => Promise.resolve(),
  };
}

/** The part of the program that reminds its owners, by mail to themselves and through their browsers. */
export function createReminderWorker(parts: ReminderParts): ReminderWorker {
  const { database, clock, log } = parts;
  const handlers = { [kinds.mail]: handler(parts, mailReminder), [kinds.browser]: handler(parts, pushReminder) };
  return {
    async tick() {
      for (const owner of await listOwners(database.reader)) await queueDue(parts, owner);
      await runDue({ database, clock, log, handlers });
    },
  };
}
