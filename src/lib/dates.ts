import * as z from "zod";

// To ask the runtime takes long; there are a few hundred zones, so what was once known stays known.
const knownZones = new Set<string>();

/** Whether this runtime knows an IANA zone by that name. Offsets such as "+01:00" are not zones: they hold no rules. */
export function isZone(name: string): boolean {
  if (knownZones.has(name)) return true;
  if (!/^[A-Za-z]/u.test(name)) return false;
  try {
    const isKnown = Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
    if (isKnown) knownZones.add(name);
    return isKnown;
  } catch {
    return false;
  }
}

function parses(parse: (text: string) => unknown, shape: RegExp) {
  return (text: string): boolean => {
    if (!shape.test(text)) return false;
    try {
      parse(text);
      return true;
    } catch {
      return false;
    }
  };
}

/** A calendar day, "2026-03-16". Days that do not exist are refused, not moved. */
export const day = z
  .string()
  .trim()
  .refine(
    parses((text) => Temporal.PlainDate.from(text, { overflow: "reject" }), /^\d{4}-\d{2}-\d{2}$/u),
    {
      error: "This day does not exist. Write it as year-month-day, for example 2026-03-16.",
    },
  );

/** A wall-clock time, "09:30", in the zone that its neighbour names. */
export const timeOfDay = z
  .string()
  .trim()
  .refine(
    parses((text) => Temporal.PlainTime.from(text, { overflow: "reject" }), /^\d{2}:\d{2}$/u),
    { error: "Write the time as hours and minutes, for example 09:30." },
  );

/** The calendar day it is in `zone` at `instant`. */
export function dayIn(zone: string, instant: Temporal.Instant): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(zone).toPlainDate();
}

// Making a formatter takes a hundred times as long as using it (`toLocaleString` makes one each time), so each is made once.
function formatter(options: Intl.DateTimeFormatOptions): (date: Temporal.PlainDate) => string {
  let made: Intl.DateTimeFormat | undefined;
  return (date) => (made ??= new Intl.DateTimeFormat("en-GB", options)).format(date).replace(",", "");
}

const inFull = formatter({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const short = formatter({ weekday: "short", day: "numeric", month: "short" });
const shortWithYear = formatter({ weekday: "short", day: "numeric", month: "short", year: "numeric" });

/** "Tuesday 3 March 2026", for headings and mails. */
export function longDay(date: Temporal.PlainDate): string {
  return inFull(date);
}

/** "Tue 3 Mar", for lists; the year is added when it is not `thisYear`. */
export function shortDay(date: Temporal.PlainDate, thisYear?: number): string {
  return thisYear === undefined || date.year === thisYear ? short(date) : shortWithYear(date);
}

/** "Tue 3 Mar, 10:00" in the wall clock of `zone`. */
export function shortMoment(instant: Temporal.Instant, zone: string, thisYear?: number): string {
  const local = instant.toZonedDateTimeISO(zone);
  return `${shortDay(local.toPlainDate(), thisYear)}, ${clockTime(local.toPlainTime())}`;
}

/** "10:00": always 24 hours and two digits, so that columns line up. */
export function clockTime(time: Temporal.PlainTime): string {
  return time.toString({ smallestUnit: "minute" });
}
