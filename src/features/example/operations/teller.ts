import type * as z from "zod";
import { AppError } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { call, type Operation } from "../../../platform/operation.ts";
import type { Database } from "../../../platform/storage/database.ts";
import { listCommitments } from "../../commitments/index.ts";
import type { Story } from "../schema.ts";

/** Runs operations as the fictional owner would have run them, each at its own hour. */
export interface Teller {
  readonly story: Story;
  /** The present: nothing in the story happens after it. */
  readonly now: Temporal.Instant;
  /** Sets the hour at which the next operations happen. */
  at(instant: Temporal.Instant): void;
  do<I extends z.ZodType, O extends z.ZodType>(operation: Operation<I, O>, input: z.input<I>): Promise<z.output<O>>;
}

export function teller(database: Database, owner: OwnerId, story: Story, now: Temporal.Instant): Teller {
  let hour = now;
  const caller = { owner, database, clock: { now: () => hour } };
  return {
    story,
    now,
    at(instant) {
      hour = Temporal.Instant.compare(instant, now) > 0 ? now : instant;
    },
    do: (operation, input) => call(caller, operation, input),
  };
}

/** What is open in one of the ledgers under this text. A slip in the story is a bug of ours, so it throws. */
export async function findOpen(tell: Teller, ledger: "mine" | "theirs" | "questions", text: string): Promise<string> {
  const ledgers = await tell.do(listCommitments, { open: true });
  const found = ledgers[ledger].find((entry) => entry.text === text);
  if (!found) throw new AppError("not_found", `The story names "${text}", which is not open.`);
  return found.id;
}
