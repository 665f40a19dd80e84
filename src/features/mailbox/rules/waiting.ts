/** How long a mailbox is left alone after it could not be read: a minute, then twice as long each time, at most a quarter of an hour. */
export function pauseAfter(failures: number): Temporal.Duration {
  return Temporal.Duration.from({ minutes: Math.min(15, 2 ** Math.min(failures, 10)) });
}

const LOOK_AGAIN = { minutes: 12 };
const GIVE_UP = { hours: 1 };

/**
 * What to do about a mail whose end is unknown when it was not found in the mailbox: look again twelve minutes after it was handed over,
 * because copies come late; then ask its owner. When the mailbox could not be read, try again for an hour.
 */
export function afterLooking(
  handedOverAt: Temporal.Instant,
  now: Temporal.Instant,
  couldRead: boolean,
): "ask" | Temporal.Instant {
  const again = handedOverAt.add(LOOK_AGAIN);
  const isEarly = Temporal.Instant.compare(now, again) < 0;
  if (isEarly) return again;
  const inVain = Temporal.Instant.compare(now, handedOverAt.add(GIVE_UP)) >= 0;
  return couldRead || inVain ? "ask" : now.add({ minutes: 5 });
}
