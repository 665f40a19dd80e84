import { setImmediate as nextTurn } from "node:timers/promises";
import type { OwnerId } from "../../../lib/ids.ts";
import type { Log } from "../../../platform/log.ts";
import { dueSources } from "../store/sources.ts";
import { type ReaderParts, type ReadingEnd, readSource } from "./reading.ts";

/** The part of the program that reads calendars by itself. */
export interface CalendarReader {
  /** Reads what is due, once each. */
  tick(): Promise<void>;
  /** Ends what it is waiting for, so that the program can stop at once. */
  close(): void;
}

/** So many at once: one slow server holds up nobody else, and a thousand calendars are not asked in one second. */
const AT_ONCE = 4;

export function createCalendarReader(parts: ReaderParts & { readonly log: Log }): CalendarReader {
  const { database, clock, config, log } = parts;
  const stop = new AbortController();
  const own: ReaderParts = { database, clock, config: { ...config, outside: { ...config.outside, signal: stop.signal } } };

  async function readOne(owner: OwnerId, id: string): Promise<ReadingEnd> {
    try {
      const end = await readSource(own, owner, id, { whenDue: true });
      log.debug({ source: id, end }, "A calendar was read");
      return end;
    } catch (error) {
      log.error({ err: error, source: id }, "A calendar could not be read");
      return "failed";
    }
  }

  return {
    async tick() {
      while (!stop.signal.aborted) {
        const due = await dueSources(database.reader, clock.now(), AT_ONCE);
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the row says whose it is
        const ends = await Promise.all(due.map(({ owner_id, id }) => readOne(owner_id as OwnerId, id)));
        // What others are reading stays due until they are done.
        if (ends.every((end) => end === "busy")) return;
        await nextTurn();
      }
    },
    close: () => stop.abort(),
  };
}
