import type { OwnerId } from "../../lib/ids.ts";
import { type Clock, instantText } from "../clock.ts";
import type { Log } from "../log.ts";
import { type Database, inTransaction, type Tx } from "../storage/database.ts";
import { isExpired, LEASE, nextTry } from "./rules.ts";
import type { AttemptOutcome, OutboxItem, OutboxState, OutboxTable, Settlement } from "./schema.ts";
import { changeOwned, claim, dueCandidates } from "./store.ts";

/** What a feature does with its due rows. */
export interface OutboxHandler {
  /**
   * Does the work. `begin` must be awaited before the first byte leaves: it commits `in_data`, and when it answers false nothing may leave.
   * An error thrown before `begin` counts as "retry", one thrown after it as "unknown".
   */
  attempt(item: OutboxItem, begin: () => Promise<boolean>): Promise<AttemptOutcome>;
  /** Runs in the transaction of `begin`. */
  began(tx: Tx, item: OutboxItem, now: Temporal.Instant): Promise<void>;
  /** Runs in the transaction that settles the row, so that both are true or neither is. */
  settled(tx: Tx, item: OutboxItem, settlement: Settlement, now: Temporal.Instant, error: string | null): Promise<void>;
  /**
   * Looks whether an unknown delivery arrived after all: "sent", "ask" its owner, or an instant at which to look again.
   * Never answers "send again": absence is no proof. Without a probe the owner is asked at once.
   */
  probe?(item: OutboxItem, now: Temporal.Instant): Promise<"sent" | "ask" | Temporal.Instant>;
}

export interface OutboxContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly handlers: Readonly<Record<string, OutboxHandler>>;
}

export type RunSummary = Record<Settlement | "retry", number>;

const FEW = 5;

function itemOf(row: OutboxTable): OutboxItem {
  return {
    owner: row.owner_id as OwnerId,
    key: row.key,
    attempts: row.attempts,
    expiresAt: row.expires_at ? Temporal.Instant.from(row.expires_at) : undefined,
  };
}

interface Work {
  readonly context: OutboxContext;
  readonly handler: OutboxHandler;
  /** The row as claimed: its lease token is what makes it ours. */
  readonly row: OutboxTable;
}

/** Ends a row together with what its feature keeps about it. Does nothing when the row is no longer ours: then nothing counted. */
async function settle(
  { context, handler, row }: Work,
  from: readonly OutboxState[],
  settlement: Settlement,
  error: string | null,
): Promise<keyof RunSummary | undefined> {
  const now = context.clock.now();
  return inTransaction(context.database, async (tx) => {
    // An unknown row keeps its lease token: the worker that was only slow can still report that the server took it.
    const asked = settlement === "unknown";
    const values = asked
      ? { next_at: handler.probe ? instantText(now) : null, lease_until: null }
      : { next_at: null, lease_token: null, lease_until: null, finished_at: instantText(now) };
    const changed = await changeOwned(tx, row, from, now, { ...values, state: settlement, last_error: error });
    if (!changed) return undefined;
    await handler.settled(tx, itemOf(row), settlement, now, error);
    return settlement;
  });
}

/** Gives a row back to wait: for the next try, or (held) for its owner until it expires. */
async function giveBack({ context, row }: Work, held: boolean, error: string): Promise<"retry" | undefined> {
  const now = context.clock.now();
  const item = itemOf(row);
  const next = held ? item.expiresAt : nextTry(now, item.attempts, item.expiresAt);
  const changed = await inTransaction(context.database, (tx) =>
    changeOwned(tx, row, ["connecting", "in_data"], now, {
      state: "queued",
      next_at: next ? instantText(next) : null,
      lease_token: null,
      lease_until: null,
      last_error: error,
    }),
  );
  return changed && "retry";
}

/** Writes down what an attempt came to. A row that was lost to somebody else stays theirs. */
async function conclude(work: Work, outcome: AttemptOutcome): Promise<keyof RunSummary | undefined> {
  if (outcome.result === "lost") return undefined;
  if (outcome.result === "sent") return settle(work, ["in_data", "unknown"], "sent", null);
  if (outcome.result === "failed") return settle(work, ["connecting", "in_data"], "failed", outcome.error);
  if (outcome.result === "unknown") return settle(work, ["in_data"], "unknown", outcome.error);
  return giveBack(work, outcome.result === "hold", outcome.error);
}

async function attempt(work: Work): Promise<keyof RunSummary | undefined> {
  const { context, handler } = work;
  const { database, clock } = context;
  const now = clock.now();
  const row = await inTransaction(database, (tx) =>
    changeOwned(tx, work.row, ["queued", "connecting"], now, { state: "connecting", attempts: work.row.attempts + 1 }),
  );
  if (!row) return undefined;
  const item = itemOf(row);
  let begun = false;
  const begin = async (): Promise<boolean> => {
    const at = clock.now();
    begun = await inTransaction(database, async (tx) => {
      const changed = await changeOwned(tx, row, ["connecting"], at, { state: "in_data" });
      if (changed) await handler.began(tx, item, at);
      return changed !== undefined;
    });
    return begun;
  };
  let outcome: AttemptOutcome;
  try {
    outcome = await handler.attempt(item, begin);
  } catch (error) {
    context.log.error({ err: error, kind: row.kind, attempts: row.attempts }, "An attempt of the outbox failed unexpectedly");
    outcome = begun
      ? { result: "unknown", error: "Something went wrong while it was being sent." }
      : { result: "retry", error: "Something went wrong before it was sent." };
  }
  return conclude({ ...work, row }, outcome);
}

/** An unknown row whose turn to be looked at has come. */
async function look(work: Work): Promise<keyof RunSummary | undefined> {
  const { context, handler, row } = work;
  const now = context.clock.now();
  const answer = handler.probe ? await handler.probe(itemOf(row), now) : "ask";
  if (answer === "sent") return settle(work, ["unknown"], "sent", null);
  const next = answer === "ask" ? null : instantText(answer);
  await inTransaction(context.database, (tx) => changeOwned(tx, row, ["unknown"], now, { next_at: next, lease_until: null }));
  return undefined;
}

function act(work: Work, now: Temporal.Instant): Promise<keyof RunSummary | undefined> {
  const { state, expires_at } = work.row;
  // The lease of a worker that had begun its data ran out: it died, and nobody knows how far it came.
  if (state === "in_data") return settle(work, ["in_data"], "unknown", "The program stopped while this was being sent.");
  if (state === "unknown") return look(work);
  if (isExpired(now, expires_at)) return settle(work, ["queued", "connecting"], "missed", work.row.last_error);
  return attempt(work);
}

/**
 * Works off what is due, one row after the other, until nothing is. Safe to run in several processes and several times at once:
 * a row belongs to whoever wins the conditional update.
 */
export async function runDue(context: OutboxContext): Promise<RunSummary> {
  const summary: RunSummary = { sent: 0, failed: 0, missed: 0, unknown: 0, retry: 0 };
  for (;;) {
    const now = context.clock.now();
    const candidates = await dueCandidates(context.database.reader, now, Object.keys(context.handlers), FEW);
    let claimed = 0;
    for (const candidate of candidates) {
      const at = context.clock.now();
      const row = await inTransaction(context.database, (tx) => claim(tx, candidate.owner_id, candidate.id, at, at.add(LEASE)));
      if (!row) continue;
      claimed += 1;
      const handler = context.handlers[row.kind];
      if (!handler) continue;
      const end = await act({ context, handler, row }, at);
      if (end) summary[end] += 1;
    }
    if (claimed === 0) return summary;
  }
}
