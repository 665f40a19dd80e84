import type { OwnerId } from "../../lib/ids.ts";

/**
 * `queued`: waits for `next_at`. `connecting`: somebody holds the lease, nothing has left yet; a crash here is tried again.
 * `in_data`: the first byte may have left; a crash here becomes `unknown`, which only a probe or the owner can settle.
 */
export const outboxStates = ["queued", "connecting", "in_data", "sent", "unknown", "failed", "missed", "cancelled"] as const;
export type OutboxState = (typeof outboxStates)[number];

export interface OutboxTable {
  owner_id: string;
  id: string;
  /** Made by the feature: the same work is never queued twice. */
  key: string;
  kind: string;
  due_at: string;
  /** From this instant on it is too late: the row becomes `missed`. */
  expires_at: string | null;
  state: OutboxState;
  lease_token: string | null;
  lease_until: string | null;
  attempts: number;
  /** When a worker looks at the row next; null while it waits for its owner. */
  next_at: string | null;
  last_error: string | null;
  finished_at: string | null;
  created_at: string;
  updated_at: string;
}

declare module "../storage/database.ts" {
  interface Tables {
    outbox: OutboxTable;
  }
}

/** One row in the hands of a worker. */
export interface OutboxItem {
  readonly owner: OwnerId;
  readonly key: string;
  readonly attempts: number;
  readonly expiresAt: Temporal.Instant | undefined;
}

/** What one attempt came to. `error` is a sentence for the owner. */
export type AttemptOutcome =
  | { readonly result: "sent" }
  /** Nothing was delivered; try again later by itself. */
  | { readonly result: "retry"; readonly error: string }
  /** Nothing was delivered and trying again alone is useless until the owner acts (`releaseHeld`). */
  | { readonly result: "hold"; readonly error: string }
  | { readonly result: "failed"; readonly error: string }
  /** The line was lost after the data had begun: it may have been delivered. */
  | { readonly result: "unknown"; readonly error: string }
  /** `begin` said no: the row was withdrawn or belongs to somebody else now, and nothing was sent. */
  | { readonly result: "lost" };

/** How a row's life ended, or that it now waits for its owner. */
export type Settlement = "sent" | "failed" | "missed" | "unknown";
