import { rmSync } from "node:fs";
import { join } from "node:path";
import { tellStory } from "./features/example/index.ts";
import type { Installation } from "./installation.ts";
import { localOwner } from "./installation.ts";
import type { Clock } from "./platform/clock.ts";
import { migrate } from "./platform/storage/migrate.ts";
import { openSqlite } from "./platform/storage/open.ts";

/** The example: a data file of its own beside the owner's, and never the owner's. */
export interface Example {
  /** The opened example, or undefined while there is none. */
  readonly current: Installation | undefined;
  /** Fills a fresh data file with the fictional person's 26 weeks before now. Does nothing when it is there already. */
  create(): Promise<void>;
  /** Closes the data file and deletes it. */
  discard(): Promise<void>;
}

function removeFiles(path: string): void {
  for (const ending of ["", "-wal", "-shm"]) rmSync(path + ending, { force: true });
}

async function build(path: string, clock: Clock): Promise<Installation> {
  removeFiles(path);
  // Fictional data can be made again: it is not worth waiting for the disk.
  const database = openSqlite(path, { durable: false });
  try {
    await migrate(database);
    const owner = await localOwner(database, clock.now());
    await tellStory(database, owner, clock.now());
    return { database, owner, clock, shifted: undefined, close: () => database.close() };
  } catch (error) {
    await database.close();
    removeFiles(path);
    throw error;
  }
}

export function openExample(dataFolder: string, clock: Clock): Example {
  const path = join(dataFolder, "example.db");
  let building: Promise<Installation> | undefined;
  let current: Installation | undefined;
  // An example that an earlier run left behind is old by now: its weeks end in the past.
  removeFiles(path);
  return {
    get current() {
      return current;
    },
    async create() {
      if (current) return;
      building ??= build(path, clock).finally(() => {
        building = undefined;
      });
      current = await building;
    },
    async discard() {
      const closing = current;
      current = undefined;
      await closing?.close();
      if (closing) removeFiles(path);
    },
  };
}
