import type { OwnerId } from "../../../lib/ids.ts";
import type { Db } from "../../../platform/storage/database.ts";
import { feedSpan, sequenceOf, uidOf } from "../rules/feed.ts";
import { type Moment, momentsOf } from "../rules/moments.ts";
import { hoursOf, meetingFactsIn } from "./moments.ts";

const HOURS_BETWEEN_LOOKS = 1;

const dateOf = (instant: Temporal.Instant): Date => new Date(instant.epochMilliseconds);

/**
 * The moments as a calendar (RFC 5545): METHOD:PUBLISH, every time in UTC. All stamps are times of the data's own changes, so the same
 * data gives the same bytes, and a reader that asks again sees what changed.
 */
export async function calendarText(moments: readonly Moment[]): Promise<string> {
  // Loaded at the first look: a start must not wait for it.
  const { default: ical, ICalCalendarMethod, ICalEventTransparency } = await import("ical-generator");
  const calendar = ical({
    prodId: "//Throughline//Your 1:1s//EN",
    name: "Throughline",
    method: ICalCalendarMethod.PUBLISH,
    ttl: HOURS_BETWEEN_LOOKS * 3_600,
  });
  for (const moment of moments) {
    const changed = dateOf(moment.changedAt);
    calendar.createEvent({
      id: uidOf(moment),
      start: dateOf(moment.startsAt),
      end: dateOf(moment.endsAt),
      summary: moment.summary,
      stamp: changed,
      lastModified: changed,
      sequence: sequenceOf(moment.changedAt),
      // Only the time to prepare is taken; the others lie inside the meeting, or are a moment.
      transparency: moment.kind === "prepare" ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
    });
  }
  return `${calendar.toString().trimEnd()}\r\n`;
}

/** The feed of an owner at an instant: 14 days back, 60 ahead. */
export async function feedText(db: Db, owner: OwnerId, now: Temporal.Instant): Promise<string> {
  const hours = await hoursOf(db, owner);
  const meetings = await meetingFactsIn(db, owner, feedSpan(now), hours);
  return calendarText(meetings.flatMap((meeting) => momentsOf(meeting, hours)));
}
