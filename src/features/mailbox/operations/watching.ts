import type { OwnerId } from "../../../lib/ids.ts";
import { listOwners } from "../../account/index.ts";
import { type Clock, instantText } from "../../../platform/clock.ts";
import type { Log } from "../../../platform/log.ts";
import { ImapTrouble } from "../../../platform/mail/explain-imap.ts";
import type { ImapConnection, ImapTimeouts } from "../../../platform/mail/imap.ts";
import { type Database, inTransaction } from "../../../platform/storage/database.ts";
import type { MailConfig } from "../../delivery/index.ts";
import { pauseAfter } from "../rules/waiting.ts";
import { ownersDue, readAccount, takeLease, updateLeased } from "../store.ts";
import { type Holder, openMailbox } from "./opening.ts";
import { learnFrom, readNew, trustedServer } from "./reading.ts";

interface WatcherParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly mailConfig: MailConfig;
  /** For tests. */
  readonly timeouts?: ImapTimeouts;
  /** Milliseconds between two looks at a mailbox that announces nothing; four minutes when absent. */
  readonly lookEveryMs?: number;
}

export interface MailboxWatcher {
  /** Begins to watch the mailboxes whose turn has come. Comes back at once; safe in several processes. */
  tick(): Promise<void>;
  /** Says goodbye to all servers and waits until that is done. */
  stop(): Promise<void>;
}

/** Connections held at once. Where more owners have a mailbox, they take turns. */
const MOST_CONNECTIONS = 20;
/** The right to read a mailbox outlives a look at it by far, and ends soon after a process died. */
const LEASE = { minutes: 6 };
const LOOK_EVERY_MS = 240_000;
/** Looks in one connection, before others get their turn and the line is made anew. */
const LOOKS = 8;

interface Watch {
  readonly holder: Holder;
  readonly lease: string;
  readonly signal: AbortSignal;
}

type Values = Parameters<typeof updateLeased>[4];

function report(parts: WatcherParts, { holder, lease }: Watch, values: Values): Promise<boolean> {
  const { owner } = holder;
  return inTransaction(parts.database, (tx) => updateLeased(tx, owner, parts.clock.now(), lease, values));
}

/** Notes that all is well and holds on to the lease; false when somebody else has it now, or the mailbox was changed. */
function noteSuccess(parts: WatcherParts, watch: Watch): Promise<boolean> {
  const now = parts.clock.now();
  return report(parts, watch, {
    trouble: null,
    failures: 0,
    last_read_at: instantText(now),
    // Where there are more mailboxes than connections, the one that was read last comes last.
    next_at: instantText(now),
    lease_until: instantText(now.add(LEASE)),
  });
}

/** Learns anew in each connection which server checks senders: a provider may move. */
async function learn(parts: WatcherParts, watch: Watch, connection: ImapConnection): Promise<void> {
  const learned = await learnFrom(connection, parts.clock.now());
  if (learned !== undefined) await report(parts, watch, { learned_server: learned });
}

async function look(parts: WatcherParts, watch: Watch, connection: ImapConnection): Promise<void> {
  const folder = await connection.open("INBOX");
  await learn(parts, watch, connection);
  const reading = { holder: watch.holder, connection, trustedServer: await trustedServer(watch.holder), log: parts.log };
  for (let count = 0; count < LOOKS && !watch.signal.aborted; count += 1) {
    const counts = await readNew(reading, folder);
    parts.log.debug({ ...counts }, "A mailbox was read");
    if (!(await noteSuccess(parts, watch))) return;
    if (count < LOOKS - 1) await connection.waitForNews(parts.lookEveryMs ?? LOOK_EVERY_MS, watch.signal);
  }
}

async function noteTrouble(parts: WatcherParts, watch: Watch, trouble: ImapTrouble): Promise<void> {
  const { owner } = watch.holder;
  const now = parts.clock.now();
  const failures = ((await readAccount(parts.database.reader, owner))?.failures ?? 0) + 1;
  parts.log.info({ trouble: trouble.kind, failures }, "A mailbox could not be read");
  await report(parts, watch, {
    trouble: trouble.message,
    failures,
    next_at: instantText(now.add(pauseAfter(failures))),
    // A refused login is not tried again by itself: that locks people out.
    paused_at: trouble.kind === "credentials" ? instantText(now) : null,
  });
}

async function watchOnce(parts: WatcherParts, watch: Watch): Promise<void> {
  let connection: ImapConnection | undefined;
  try {
    connection = await openMailbox(watch.holder, parts.mailConfig, { timeouts: parts.timeouts, signal: watch.signal });
    if (connection) await look(parts, watch, connection);
  } catch (error) {
    if (!(error instanceof ImapTrouble)) throw error;
    if (!watch.signal.aborted) await noteTrouble(parts, watch, error);
  } finally {
    await connection?.close();
    await report(parts, watch, { lease_token: null, lease_until: null });
  }
}

/**
 * Watches the mailboxes of all owners: waits for news (IDLE), and looks by itself every few minutes, because waiting can end without a word.
 * One process at a time has the lease of a mailbox. Lost lines are made anew, later each time.
 */
export function createMailboxWatcher(parts: WatcherParts): MailboxWatcher {
  const { database, clock, log } = parts;
  const watches = new Map<OwnerId, Promise<void>>();
  const stopping = new AbortController();

  async function begin(owner: OwnerId): Promise<void> {
    const now = clock.now();
    const lease = await inTransaction(database, (tx) => takeLease(tx, owner, now, now.add(LEASE)));
    if (lease === undefined) return;
    const watch = { holder: { owner, database, clock }, lease, signal: stopping.signal };
    const done = watchOnce(parts, watch)
      .catch((error: unknown) => log.error({ err: error }, "Watching a mailbox failed unexpectedly"))
      .finally(() => watches.delete(owner));
    watches.set(owner, done);
  }

  return {
    async tick() {
      const free = MOST_CONNECTIONS - watches.size;
      if (free <= 0 || stopping.signal.aborted) return;
      const due = new Set(await ownersDue(database.reader, clock.now(), free));
      if (due.size === 0) return;
      for (const owner of await listOwners(database.reader)) {
        if (due.has(owner) && !watches.has(owner)) await begin(owner);
      }
    },
    async stop() {
      stopping.abort();
      await Promise.all(watches.values());
    },
  };
}
