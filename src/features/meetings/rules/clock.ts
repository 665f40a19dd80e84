import { clockTime, shortDay } from "../../../lib/dates.ts";

/**
 * The instant of a wall-clock start. A time that the clocks skip becomes later by the length of the gap; one that happens
 * twice is the first of the two (RFC 5545, section 3.3.5; Temporal's "compatible").
 */
export function startInstant(localStart: string, zone: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(localStart).toZonedDateTime(zone, { disambiguation: "compatible" }).toInstant();
}

/** A sentence when the clocks change over the agreed time on that day, else null. */
export function clockNote(localStart: string, zone: string): string | null {
  const agreed = Temporal.PlainDateTime.from(localStart);
  const first = agreed.toZonedDateTime(zone, { disambiguation: "earlier" });
  const second = agreed.toZonedDateTime(zone, { disambiguation: "later" });
  if (first.epochMilliseconds === second.epochMilliseconds) return null;
  const time = clockTime(agreed.toPlainTime());
  if (second.toPlainDateTime().equals(agreed))
    return `The clocks go back on this day and ${time} comes twice. The first one is meant.`;
  return `The clocks go forward on this day and skip ${time}. The meeting starts at ${clockTime(second.toPlainTime())}.`;
}

/** "Tue 10 Mar 2026, 10:00", the agreed wall clock. */
export function agreedTime(localStart: string): string {
  const agreed = Temporal.PlainDateTime.from(localStart);
  return `${shortDay(agreed.toPlainDate(), 0)}, ${clockTime(agreed.toPlainTime())}`;
}
