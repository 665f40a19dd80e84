/** When somebody may be reminded. Times are wall clock in `zone`. */
export interface Hours {
  readonly zone: string;
  readonly prepareTime: Temporal.PlainTime;
  readonly quietFrom: Temporal.PlainTime;
  /** The same as `quietFrom`: no hour is quiet. */
  readonly quietUntil: Temporal.PlainTime;
  /** ISO weekdays, 1 is Monday; never empty. */
  readonly weekdays: ReadonlySet<number>;
}

export const usualHours = { prepareTime: "16:00", quietFrom: "20:00", quietUntil: "08:00", weekdays: [1, 2, 3, 4, 5] } as const;

/** Preparing takes fifteen minutes, which end before the quiet begins. */
export const PREPARE_MINUTES = 15;

// One business day a week is the least that can be chosen; a week more, because its hour can be gone on the first one.
const DAYS_TO_LOOK = 15;
const MIDNIGHT = new Temporal.PlainTime();

const { compare } = Temporal.PlainTime;

export function isQuiet(time: Temporal.PlainTime, { quietFrom, quietUntil }: Pick<Hours, "quietFrom" | "quietUntil">): boolean {
  const isAfterStart = compare(time, quietFrom) >= 0;
  const isBeforeEnd = compare(time, quietUntil) < 0;
  return compare(quietFrom, quietUntil) <= 0 ? isAfterStart && isBeforeEnd : isAfterStart || isBeforeEnd;
}

function isAllowed(moment: Temporal.ZonedDateTime, hours: Hours): boolean {
  return hours.weekdays.has(moment.dayOfWeek) && !isQuiet(moment.toPlainTime(), hours);
}

/** The hour to prepare on a day; when that is quiet, fifteen minutes before the quiet began. */
function preparingOn(day: Temporal.PlainDate, { zone, prepareTime, ...hours }: Hours): Temporal.ZonedDateTime {
  const preferred = day.toZonedDateTime({ timeZone: zone, plainTime: prepareTime });
  if (!isQuiet(preferred.toPlainTime(), hours)) return preferred;
  const began = compare(hours.quietFrom, prepareTime) <= 0 ? day : day.subtract({ days: 1 });
  return began.toZonedDateTime({ timeZone: zone, plainTime: hours.quietFrom }).subtract({ minutes: PREPARE_MINUTES });
}

/**
 * The latest preferred hour on a business day from which fifteen minutes end at `deadline` or before: a reminder ahead of a deadline
 * moves earlier. Undefined when no day of the two weeks before has one.
 */
export function lastChanceBefore(deadline: Temporal.Instant, hours: Hours): Temporal.Instant | undefined {
  const lastDay = deadline.toZonedDateTimeISO(hours.zone).toPlainDate();
  for (let back = 0; back < DAYS_TO_LOOK; back += 1) {
    const moment = preparingOn(lastDay.subtract({ days: back }), hours);
    const end = moment.add({ minutes: PREPARE_MINUTES }).toInstant();
    if (isAllowed(moment, hours) && Temporal.Instant.compare(end, deadline) <= 0) return moment.toInstant();
  }
  return undefined;
}

/** The first moment from `at` on that is neither quiet nor on a day off: a reminder after the fact moves later. */
export function nextAllowed(at: Temporal.Instant, hours: Hours): Temporal.Instant {
  const start = at.toZonedDateTimeISO(hours.zone);
  if (isAllowed(start, hours)) return at;
  for (let ahead = 0; ahead < DAYS_TO_LOOK; ahead += 1) {
    const day = start.toPlainDate().add({ days: ahead });
    for (const plainTime of [MIDNIGHT, hours.quietUntil]) {
      const moment = day.toZonedDateTime({ timeZone: hours.zone, plainTime });
      if (Temporal.ZonedDateTime.compare(moment, start) >= 0 && isAllowed(moment, hours)) return moment.toInstant();
    }
  }
  return at;
}
