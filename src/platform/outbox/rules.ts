/** How long a claimed row belongs to its worker. Longer than the longest attempt, so that nobody else takes it while it is being sent. */
export const LEASE = Temporal.Duration.from({ minutes: 10 });

const FIRST_WAIT_SECONDS = 60;
const LONGEST_WAIT_SECONDS = 30 * 60;

/** When to try again after `attempts` attempts: 1, 2, 4 … minutes, at most half an hour, and not later than the expiry. */
export function nextTry(now: Temporal.Instant, attempts: number, expiresAt: Temporal.Instant | undefined): Temporal.Instant {
  const seconds = Math.min(FIRST_WAIT_SECONDS * 2 ** Math.min(attempts - 1, 10), LONGEST_WAIT_SECONDS);
  const next = now.add({ seconds });
  return expiresAt && Temporal.Instant.compare(expiresAt, next) < 0 ? expiresAt : next;
}

/** Whether it is too late to begin. The expiry itself is too late: an agenda at the start of its meeting helps nobody. */
export function isExpired(now: Temporal.Instant, expiresAt: string | null): boolean {
  return expiresAt !== null && Temporal.Instant.compare(now, expiresAt) >= 0;
}
