// From the wall clock to the instant and back. A zone is its offsets over time, whether the runtime knows them, a name says them or a
// file brings its own rules.
import { DAY } from "./moments.ts";

export interface Zone {
  /** The IANA name; null for a zone that only the file knows. */
  readonly iana: string | null;
  /** Milliseconds east of UTC at an instant (epoch milliseconds). */
  offsetAt(instant: number): number;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** The span of one offset around an instant, as the runtime knows it. */
function spanAt(iana: string, instant: number): Span {
  const here = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(iana);
  // `previous` looks strictly before, so a transition at this very instant is asked for from a millisecond later.
  const from = here.add({ milliseconds: 1 }).getTimeZoneTransition("previous")?.epochMilliseconds ?? -Infinity;
  const to = here.getTimeZoneTransition("next")?.epochMilliseconds ?? Infinity;
  return { from, to, offset: here.offsetNanoseconds / 1_000_000 };
}

// What the runtime answered stays known, found by the month it is in: asking takes ten times as long as everything else about an instant.
const known = new Map<string, Zone>();
const MONTH = 30 * DAY;
/** 1,000 years: whoever needs more is hostile and may wait. */
const MOST_MONTHS = 12_000;

/** The zone of an IANA name, which must be a known one. */
export function ianaZone(iana: string): Zone {
  const found = known.get(iana);
  if (found) return found;
  const months = new Map<number, Span[]>();
  const zone: Zone = {
    iana,
    offsetAt(instant) {
      const month = Math.floor(instant / MONTH);
      const spans = months.get(month) ?? [];
      for (const span of spans) if (span.from <= instant && instant < span.to) return span.offset;
      const span = spanAt(iana, instant);
      spans.push(span);
      if (months.size < MOST_MONTHS) months.set(month, spans);
      return span.offset;
    },
  };
  known.set(iana, zone);
  return zone;
}

export const UTC: Zone = { iana: "UTC", offsetAt: () => 0 };

/** A zone that is the same offset (milliseconds) all year. */
export function fixedZone(offset: number): Zone {
  const hours = offset / 3_600_000;
  // IANA has names for whole hours, with the sign turned round.
  const named = Number.isInteger(hours) && hours >= -12 && hours <= 14;
  const iana = hours === 0 ? "UTC" : `Etc/GMT${hours > 0 ? "-" : "+"}${Math.abs(hours)}`;
  return { iana: named ? iana : null, offsetAt: () => offset };
}

/**
 * The instant (epoch milliseconds) of a wall-clock time. A time that the clock skips is taken with the offset from before the gap, one that it shows
 * twice is its first (RFC 5545 section 3.3.5).
 */
export function instantOf(zone: Zone, wall: number): number {
  const before = zone.offsetAt(wall - DAY);
  const after = zone.offsetAt(wall + DAY);
  if (before === after) return wall - before;
  const [early, late] = [wall - before, wall - after];
  if (zone.offsetAt(early) === before || zone.offsetAt(late) !== after) return early;
  return late;
}

/** The wall-clock time that a zone shows at an instant. */
export function wallOf(zone: Zone, instant: number): number {
  return instant + zone.offsetAt(instant);
}
