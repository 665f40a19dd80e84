import type { SourceKind } from "../schema.ts";

const EVERY_MINUTES = 15;
const LONGEST_MINUTES = 6 * 60;
/** A file does not change, but what lies ahead in it does. */
const FILE_MINUTES = 12 * 60;
/** Meetings follow at least this often, because the months ahead move on. */
const FOLLOW_HOURS = 12;

/** How long one reading may take before another process may begin one: more than every time limit within it. */
export const READING_LEASE = Temporal.Duration.from({ minutes: 5 });

/**
 * When to read a source again: after 15 minutes, twice as long after each failure, at most six hours. `roll` (0 to 1) spreads it by a
 * tenth to either side, so that a thousand installations do not ask at the same second.
 */
export function nextReading(now: Temporal.Instant, kind: SourceKind, failures: number, roll: number): Temporal.Instant {
  const usual = kind === "file" ? FILE_MINUTES : EVERY_MINUTES;
  const minutes = kind === "file" ? usual : Math.min(usual * 2 ** Math.min(failures, 10), LONGEST_MINUTES);
  return now.add({ seconds: Math.round(minutes * 60 * (0.9 + 0.2 * roll)) });
}

/** Whether meetings have to be brought up to date although the calendar did not change. */
export function isTimeToFollow(now: Temporal.Instant, followedAt: string | null): boolean {
  return followedAt === null || Temporal.Instant.compare(followedAt, now.subtract({ hours: FOLLOW_HOURS })) <= 0;
}
