import { readOwner } from "./features/account/index.ts";
import { staleReminders } from "./features/calendar/index.ts";
import { listDueByHand } from "./features/delivery/index.ts";
import type { Caller } from "./platform/operation.ts";
import type { Reminder, Surroundings } from "./surfaces/web/kit/web.ts";

type Facts = Pick<Surroundings, "zone" | "ownerName" | "reminders">;

interface Kept {
  readonly version: number | undefined;
  /** A reminder becomes due by the passing of time alone, so nothing is kept beyond its minute. */
  readonly minute: number;
  readonly facts: Facts;
}

const MINUTE_MS = 60_000;

async function remindersFor({ database, owner, clock }: Caller): Promise<Reminder[]> {
  const now = clock.now();
  const [due, stale] = await Promise.all([
    listDueByHand(database.reader, owner, now),
    staleReminders(database.reader, owner, now),
  ]);
  const byHand = due.map((one) => ({
    text: `It is time to send the ${one.kind} to ${one.toName}.`,
    href: `/deliveries/${one.id}`,
  }));
  return [...byHand, ...stale];
}

/** `isWrite`: the answer is a redirect or the same form again, whose frame may be a minute old; the page after it is read anew. */
interface Place extends Pick<Surroundings, "isExample" | "clockIsShifted"> {
  readonly isWrite: boolean;
}

/** What the frame of every page shows about its owner. Read again only after a change or when a minute has passed. */
export function surroundingsReader(): (caller: Caller, place: Place) => Promise<Surroundings> {
  const kept = new Map<string, Kept>();
  return async (caller, { isWrite, ...place }) => {
    const { database, owner, clock } = caller;
    const now = clock.now();
    const key = `${database.label} ${owner}`;
    const minute = Math.floor(now.epochMilliseconds / MINUTE_MS);
    const known = kept.get(key);
    if (isWrite && known?.minute === minute) return { ...known.facts, ...place, now };
    const version = database.version();
    if (known && version !== undefined && known.version === version && known.minute === minute)
      return { ...known.facts, ...place, now };
    // At once: on PostgreSQL each answer is a way there and back.
    const [{ name, zone }, reminders] = await Promise.all([readOwner(database.reader, owner), remindersFor(caller)]);
    const facts = { zone, ownerName: name, reminders };
    kept.set(key, { version, minute, facts });
    return { ...facts, ...place, now };
  };
}
