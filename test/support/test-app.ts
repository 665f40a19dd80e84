import { test } from "node:test";
import type { z } from "zod";
import type { OwnerId } from "../../src/lib/ids.ts";
import { createLocalOwner, createOwner } from "../../src/features/account/store.ts";
import { call, type Operation } from "../../src/platform/operation.ts";
import { type Database, inTransaction } from "../../src/platform/storage/database.ts";
import { type FakeClock, fakeClock } from "./fake-clock.ts";
import { freshDatabase, storeNames } from "./stores.ts";

/** A real, migrated, empty database with an owner, a stranger and a clock that stands still. */
export interface TestApp {
  readonly database: Database;
  readonly clock: FakeClock;
  readonly owner: OwnerId;
  /** A second owner in the same database: what is the owner's must be `not_found` to them. */
  readonly stranger: OwnerId;
  call<I extends z.ZodType, O extends z.ZodType>(operation: Operation<I, O>, input: z.input<I>): Promise<z.output<O>>;
  callAs<I extends z.ZodType, O extends z.ZodType>(
    owner: OwnerId,
    operation: Operation<I, O>,
    input: z.input<I>,
  ): Promise<z.output<O>>;
}

/** The owner, the stranger and the clock for a database that was opened and migrated. */
export async function buildTestApp(database: Database): Promise<TestApp> {
  const clock = fakeClock();
  const { owner, stranger } = await inTransaction(database, async (tx) => ({
    owner: await createLocalOwner(tx, clock.now(), "Europe/Berlin"),
    stranger: await createOwner(tx, clock.now(), "America/New_York"),
  }));
  return {
    database,
    clock,
    owner,
    stranger,
    call: (operation, input) => call({ owner, database, clock }, operation, input),
    callAs: (other, operation, input) => call({ owner: other, database, clock }, operation, input),
  };
}

/** Runs a test once on each store (or on those in `stores`), each time in a database of its own. */
export function onEveryStore(title: string, work: (app: TestApp) => Promise<void>, stores = storeNames): void {
  for (const name of stores) {
    test(`${title} (${name})`, async () => {
      const database = await freshDatabase(name);
      try {
        await work(await buildTestApp(database));
      } finally {
        await database.close();
      }
    });
  }
}
