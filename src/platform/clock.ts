/** The only source of the present. Everything else is handed an instant. */
export interface Clock {
  now(): Temporal.Instant;
}

export const systemClock: Clock = { now: () => Temporal.Now.instant() };

/** A clock that runs at normal speed from another start, and can be moved forward by hand. */
export interface ShiftedClock extends Clock {
  advance(by: Temporal.Duration): void;
}

export function shiftedClock(start: Temporal.Instant, base: Clock = systemClock): ShiftedClock {
  let offset = base.now().until(start);
  return {
    now: () => base.now().add(offset),
    advance(by) {
      // Days and weeks count as 24 h here: an Instant knows no calendar.
      offset = offset.add({ nanoseconds: by.total({ unit: "nanoseconds", relativeTo: "2026-01-01" }) });
    },
  };
}

/** An instant as the database keeps it: UTC, milliseconds always written, so that text order is time order. */
export function instantText(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: 3 });
}
