import { newId, newSecret, type OwnerId } from "../../lib/ids.ts";
import { instantText } from "../clock.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { OutboxState, OutboxTable } from "./schema.ts";

interface NewRow {
  readonly key: string;
  readonly kind: string;
  readonly dueAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant | null;
}

/** Queues work unless the owner already has a row with that key; answers whether it was new. */
export async function enqueue(tx: Tx, owner: OwnerId, now: Temporal.Instant, row: NewRow): Promise<boolean> {
  const at = instantText(now);
  const due = instantText(row.dueAt);
  const inserted = await tx
    .insertInto("outbox")
    .values({
      owner_id: owner,
      id: newId(),
      key: row.key,
      kind: row.kind,
      due_at: due,
      expires_at: row.expiresAt ? instantText(row.expiresAt) : null,
      state: "queued",
      lease_token: null,
      lease_until: null,
      attempts: 0,
      next_at: due,
      last_error: null,
      finished_at: null,
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.columns(["owner_id", "key"]).doNothing())
    .returning("id")
    .execute();
  return inserted.length > 0;
}

export function readRow(db: Db, owner: OwnerId, key: string): Promise<OutboxTable | undefined> {
  return db.selectFrom("outbox").selectAll().where("owner_id", "=", owner).where("key", "=", key).executeTakeFirst();
}

/** Changes a row only while it is in one of `states`; answers whether it was. Every change of state in this folder goes through a condition. */
async function change(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  key: string,
  states: readonly OutboxState[],
  values: Partial<OutboxTable>,
): Promise<boolean> {
  const changed = await tx
    .updateTable("outbox")
    .set({ ...values, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("key", "=", key)
    .where("state", "in", states)
    .returning("id")
    .execute();
  return changed.length > 0;
}

const free = { lease_token: null, lease_until: null } as const;
const notBegun: readonly OutboxState[] = ["queued", "connecting"];

/** Takes work back. False when its data already began to leave (or it is finished): then it can no longer be stopped. */
export function cancel(tx: Tx, owner: OwnerId, now: Temporal.Instant, key: string): Promise<boolean> {
  return change(tx, owner, now, key, notBegun, { ...free, state: "cancelled", next_at: null, finished_at: instantText(now) });
}

/** Moves work to another hour, also away from a worker that has not begun its data. False when it is too late for that. */
export function reschedule(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  key: string,
  times: Pick<NewRow, "dueAt" | "expiresAt">,
): Promise<boolean> {
  const due = instantText(times.dueAt);
  return change(tx, owner, now, key, notBegun, {
    ...free,
    state: "queued",
    due_at: due,
    next_at: due,
    expires_at: times.expiresAt ? instantText(times.expiresAt) : null,
    last_error: null,
  });
}

/** Leaves work queued but untouched until its owner decides; at `expiresAt` it is missed. False when its data already began. */
export function hold(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  key: string,
  reason: string,
  expiresAt: Temporal.Instant | null,
): Promise<boolean> {
  const expires = expiresAt ? instantText(expiresAt) : null;
  return change(tx, owner, now, key, notBegun, {
    ...free,
    state: "queued",
    next_at: expires,
    expires_at: expires,
    last_error: reason,
  });
}

/** Starts over after a refusal, a missed hour, or an unknown end that its owner answered with "it did not arrive". */
export function queueAgain(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  key: string,
  from: readonly ("unknown" | "failed" | "missed")[],
  expiresAt: Temporal.Instant | null,
): Promise<boolean> {
  const due = instantText(now);
  return change(tx, owner, now, key, from, {
    ...free,
    state: "queued",
    due_at: due,
    next_at: due,
    expires_at: expiresAt ? instantText(expiresAt) : null,
    attempts: 0,
    last_error: null,
    finished_at: null,
  });
}

/** Settles an unknown end with its owner's word. False when it is not unknown. */
export function confirmSent(tx: Tx, owner: OwnerId, now: Temporal.Instant, key: string): Promise<boolean> {
  return change(tx, owner, now, key, ["unknown"], { ...free, state: "sent", next_at: null, finished_at: instantText(now) });
}

/** What was handed over came back, or is known to have: it ends as failed. False when it is neither sent nor unknown. */
export function endAsFailed(tx: Tx, owner: OwnerId, now: Temporal.Instant, key: string, reason: string): Promise<boolean> {
  return change(tx, owner, now, key, ["sent", "unknown"], {
    ...free,
    state: "failed",
    next_at: null,
    last_error: reason,
    finished_at: instantText(now),
  });
}

/** Lets an owner's held rows go on: each at its own hour, the overdue ones now. */
export async function releaseHeld(tx: Tx, owner: OwnerId, now: Temporal.Instant, keys: readonly string[]): Promise<void> {
  const at = instantText(now);
  for (const key of keys) {
    await tx
      .updateTable("outbox")
      .set((eb) => ({
        next_at: eb.case().when("due_at", ">", at).then(eb.ref("due_at")).else(at).end(),
        last_error: null,
        updated_at: at,
      }))
      .where("owner_id", "=", owner)
      .where("key", "=", key)
      .where("state", "=", "queued")
      .execute();
  }
}

/**
 * A few due rows of these kinds, of any owner, oldest first. Reads only, takes no lock: whoever wins `claim` owns the row.
 * Rows of other kinds belong to other workers: a claim would keep them from those until the lease runs out.
 */
export function dueCandidates(
  db: Db,
  now: Temporal.Instant,
  kinds: readonly string[],
  limit: number,
): Promise<Pick<OutboxTable, "owner_id" | "id">[]> {
  return db
    .selectFrom("outbox")
    .select(["owner_id", "id"])
    .where("finished_at", "is", null)
    .where("kind", "in", kinds)
    .where("next_at", "<=", instantText(now))
    .orderBy("next_at")
    .limit(limit)
    .execute();
}

/** The next instant at which `runDue` has something to do. */
export async function nextDueAt(db: Db): Promise<Temporal.Instant | undefined> {
  const row = await db
    .selectFrom("outbox")
    .select("next_at")
    .where("finished_at", "is", null)
    .where("next_at", "is not", null)
    .orderBy("next_at")
    .limit(1)
    .executeTakeFirst();
  return row?.next_at ? Temporal.Instant.from(row.next_at) : undefined;
}

/** Takes the lease on one row if it is still due and nobody else has it. The state stays what it was: the caller decides by it. */
export function claim(
  tx: Tx,
  owner: string,
  id: string,
  now: Temporal.Instant,
  leaseUntil: Temporal.Instant,
): Promise<OutboxTable | undefined> {
  const at = instantText(now);
  const until = instantText(leaseUntil);
  return (
    tx
      .updateTable("outbox")
      // Work whose data began keeps its token: the worker that was only slow can still report how it ended.
      .set((eb) => ({
        lease_token: eb.case().when("state", "in", ["in_data", "unknown"]).then(eb.ref("lease_token")).else(newSecret()).end(),
        lease_until: until,
        next_at: until,
        updated_at: at,
      }))
      .where("owner_id", "=", owner)
      .where("id", "=", id)
      .where("finished_at", "is", null)
      .where("next_at", "<=", at)
      .where((eb) => eb.or([eb("lease_until", "is", null), eb("lease_until", "<", at), eb("lease_until", "=", at)]))
      .returningAll()
      .executeTakeFirst()
  );
}

/** A change by the one who holds the lease. Undefined: the lease went to somebody else, or the row was withdrawn. */
export function changeOwned(
  tx: Tx,
  row: OutboxTable,
  from: readonly OutboxState[],
  now: Temporal.Instant,
  values: Partial<OutboxTable>,
): Promise<OutboxTable | undefined> {
  return tx
    .updateTable("outbox")
    .set({ ...values, updated_at: instantText(now) })
    .where("owner_id", "=", row.owner_id)
    .where("id", "=", row.id)
    .where("lease_token", "=", row.lease_token)
    .where("state", "in", from)
    .returningAll()
    .executeTakeFirst();
}
