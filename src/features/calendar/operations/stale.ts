import { dayIn, shortMoment } from "../../../lib/dates.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import type { Db } from "../../../platform/storage/database.ts";
import { readOwner } from "../../account/index.ts";
import { listDoubtedSends } from "../store/stale.ts";

/** How long before a send its hour should be looked at again: there is a night in between. */
const BEFORE = { hours: 24 };

/**
 * What to say on every page when a mail is about to go out at an hour that comes from a calendar which could not be read since: the
 * meeting may have moved. Hours are shown in the owner's zone.
 */
export async function staleReminders(db: Db, owner: OwnerId, now: Temporal.Instant): Promise<{ text: string; href: string }[]> {
  const sends = await listDoubtedSends(db, owner, now, now.add(BEFORE));
  if (sends.length === 0) return [];
  const { zone } = await readOwner(db, owner);
  const { year } = dayIn(zone, now);
  const shown = (at: string): string => shortMoment(Temporal.Instant.from(at), zone, year);
  return sends.map(({ sourceId, sourceName, staleSinceAt, toName, sendAt }) => ({
    text: `The calendar “${sourceName}” could not be read since ${shown(staleSinceAt)}, and the agenda to ${toName} goes out ${shown(sendAt)}: look whether the meeting still stands.`,
    href: `/calendar/sources/${sourceId}`,
  }));
}
