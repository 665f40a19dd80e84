// One program that sends what is due and ends: the kill test starts it, and kills it. Its facts come as JSON in the first argument;
// it begins when it is told what time it is, so that starting it costs the test no time.
import { once } from "node:events";
import { createMailWorker } from "../../src/features/delivery/operations/worker.ts";
import { createMailProbe } from "../../src/features/mailbox/index.ts";
import { shiftedClock } from "../../src/platform/clock.ts";
import { silentLog } from "../../src/platform/log.ts";
import { openPostgres, openSqlite } from "../../src/platform/storage/open.ts";

export interface MailProcessFacts {
  /** A file path or a PostgreSQL address. */
  readonly place: string;
  readonly key: string;
  /** A certificate to trust, and that the owner's mailbox is asked about mails whose end is unknown. */
  readonly trusted?: string;
}

const { place, key, trusted } = JSON.parse(process.argv[2] as string) as MailProcessFacts;
const database = place.startsWith("postgres") ? await openPostgres(place) : openSqlite(place);
process.send?.("ready");
const [now] = (await once(process, "message")) as [string];
const clock = shiftedClock(Temporal.Instant.from(now));
const mailConfig = { keyFile: "/nowhere", key, ...(trusted && { trusted }) };
const parts = { database, clock, mailConfig, log: silentLog };
await createMailWorker({ ...parts, ...(trusted && { probe: createMailProbe(parts) }) }).tick();
await database.close();
process.disconnect?.();
