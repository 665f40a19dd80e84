import type { Clock } from "../../src/platform/clock.ts";

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  set(instant: string): void;
  advance(by: Temporal.DurationLike): void;
}

export function fakeClock(start = "2026-03-02T09:00:00Z"): FakeClock {
  let present = Temporal.Instant.from(start);
  return {
    now: () => present,
    set(instant) {
      present = Temporal.Instant.from(instant);
    },
    advance(by) {
      present = present.add(Temporal.Duration.from(by).round({ largestUnit: "hours", relativeTo: "2026-01-01" }));
    },
  };
}
