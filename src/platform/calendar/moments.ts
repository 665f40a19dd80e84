// Dates, date-times, durations and offsets as the values of a calendar hold them (RFC 5545 section 3.3).
// Wall-clock time is kept as milliseconds as if it were UTC ("wall"): no zone can get into it by accident, and numbers are a hundred
// times as fast as objects where a file has 100,000 of them.

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A date or a date-time as it is written, before any zone is looked up. */
export interface Moment {
  /** Milliseconds of the wall clock, as if it were UTC; of midnight when it is a date. */
  readonly wall: number;
  readonly form: "date" | "utc" | "local";
  /** The zone that is named beside it; only with form "local". */
  readonly zoneName: string | undefined;
}

/** Days count on the calendar, milliseconds on a stop watch (RFC 5545 section 3.3.6). */
export interface Length {
  readonly days: number;
  readonly ms: number;
}

const DATE_TIME = /^(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d)(?::?(\d\d))?)?(Z)?$/u;
/** Before this year `Date.UTC` means another century, and no calendar means it. */
const FIRST_YEAR = 100;

/** Reads one date or date-time; undefined when there is no such day or hour. */
export function readMoment(text: string, zoneName?: string): Moment | undefined {
  const found = DATE_TIME.exec(text.trim().toUpperCase());
  if (!found) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map((part) => Number(part ?? 0));
  const midnight = Date.UTC(year, month - 1, day);
  const exists = year >= FIRST_YEAR && month >= 1 && month <= 12 && new Date(midnight).getUTCDate() === day && day >= 1;
  if (!exists || hour > 23 || minute > 59 || second > 60) return undefined;
  if (found[4] === undefined) return { wall: midnight, form: "date", zoneName: undefined };
  // A leap second is the second before it: no clock of ours shows it.
  const wall = midnight + hour * HOUR + minute * MINUTE + Math.min(second, 59) * 1_000;
  return found[7] ? { wall, form: "utc", zoneName: undefined } : { wall, form: "local", zoneName };
}

const DURATION = /^([+-])?P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?$/u;

/** Reads a DURATION such as PT30M, P1D or P1W; undefined when it is none or is negative. */
export function readLength(text: string): Length | undefined {
  const found = DURATION.exec(text.trim().toUpperCase());
  if (!found || found[1] === "-") return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(2, 7).map((part) => Number(part ?? 0));
  return { days: weeks * 7 + days, ms: hours * HOUR + minutes * MINUTE + seconds * 1_000 };
}

/** Reads a TZOFFSETTO such as +0100 or -033000, in milliseconds. */
export function readOffset(text: string): number | undefined {
  const found = /^([+-])(\d\d):?(\d\d)(?::?(\d\d))?$/u.exec(text.trim());
  if (!found) return undefined;
  const size = Number(found[2]) * HOUR + Number(found[3]) * MINUTE + Number(found[4] ?? 0) * 1_000;
  if (size >= DAY) return undefined;
  return found[1] === "-" ? -size : size;
}

export function startOfDay(wall: number): number {
  return Math.floor(wall / DAY) * DAY;
}

// Days and times of day come again and again, and to write one takes longer than to look it up.
const days = new Map<number, string>();
const times = new Map<number, string>();
const MOST_KNOWN = 20_000;

function looked(known: Map<number, string>, number: number, write: (number: number) => string): string {
  const found = known.get(number);
  if (found !== undefined) return found;
  const text = write(number);
  if (known.size < MOST_KNOWN) known.set(number, text);
  return text;
}

/** "2026-03-16". */
export function dateText(wall: number): string {
  return looked(days, startOfDay(wall), (day) => new Date(day).toISOString().slice(0, -14));
}

/** "10:00:00". */
function timeText(wall: number): string {
  return looked(times, wall - startOfDay(wall), (time) => new Date(time).toISOString().slice(11, 19));
}

/** "2026-03-16T09:00:00Z", an instant by its epoch milliseconds. */
export function instantText(instant: number): string {
  return `${dateText(instant)}T${timeText(instant)}Z`;
}

/** "2026-03-16T10:00:00+01:00": RFC 3339, an instant in the offset (milliseconds) that holds for it. */
export function offsetText(instant: number, offset: number): string {
  const minutes = Math.round(Math.abs(offset) / MINUTE) * MINUTE;
  const wall = instant + Math.sign(offset) * minutes;
  return `${dateText(wall)}T${timeText(wall)}${offset < 0 ? "-" : "+"}${timeText(minutes).slice(0, 5)}`;
}
