import type { Expansion } from "../../../platform/calendar/index.ts";

const EVENT = /^BEGIN:VEVENT[ \t]*\r?$/imu;
const EVENT_END = /^END:VEVENT/imu;
// Alarms may have UIDs of their own (RFC 9074, section 4).
const ALARM = /^BEGIN:VALARM[\s\S]*?^END:VALARM/gimu;
const UID = /^UID(?:;[^:\r\n]*)?:([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)/imu;

function uidOf(block: string): string {
  const [own = ""] = block.split(EVENT_END, 1);
  const [, uid = ""] = UID.exec(own.replace(ALARM, "")) ?? [];
  return uid.replace(/\r?\n[ \t]/gu, "").trim();
}

/** The UIDs of the events in a calendar's text, whenever they take place. Cheap enough for a text of many megabytes. */
export function uidsIn(text: string): Set<string> {
  return new Set(text.split(EVENT).slice(1).map(uidOf));
}

/** A reading with its text. */
export interface WholeReading {
  readonly text: string;
  readonly expansion: Pick<Expansion, "events">;
}

/** Events from `now` on by their UID, with their titles. */
export function eventsAhead({ events }: Pick<Expansion, "events">, now: Temporal.Instant): Map<string, string> {
  const today = now.toString().slice(0, 10);
  const isAhead = ({ startsAt, start }: Expansion["events"][number]): boolean =>
    startsAt === null ? start >= today : Temporal.Instant.compare(startsAt, now) >= 0;
  return new Map(events.filter(isAhead).map((one) => [one.uid, one.summary]));
}

/**
 * Whether over half of the events of the reading before are gone, of all or of those that lie ahead. A server that forgets a calendar
 * looks like one whose owner has emptied it, so only the owner can say. A series that goes on under another UID with the same title
 * is not gone, nor is one that was ended or cancelled: it still stands in the text.
 */
export function hasShrunk(before: WholeReading, after: WholeReading, now: Temporal.Instant): boolean {
  const [uidsBefore, uidsAfter] = [uidsIn(before.text), uidsIn(after.text)];
  if (uidsAfter.size * 2 < uidsBefore.size) return true;
  const titles = new Set(eventsAhead(after.expansion, now).values());
  const aheadBefore = [...eventsAhead(before.expansion, now)];
  const gone = aheadBefore.filter(([uid, title]) => !uidsAfter.has(uid) && !titles.has(title));
  return gone.length * 2 > aheadBefore.length;
}
