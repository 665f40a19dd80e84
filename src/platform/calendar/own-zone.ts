// A zone from a file's own VTIMEZONE (RFC 5545 section 3.6.5), for names that nobody else knows.
import type { Component, ZoneComponent } from "./components.ts";
import { type Moment, readMoment, readOffset } from "./moments.ts";
import { occurrences } from "./recurrence.ts";
import { readRule } from "./rule.ts";
import type { Zone } from "./zone.ts";

// Exchange lets its rules begin in 1601; nobody meets before the first or after the second of these.
const FROM = Date.UTC(1960, 0, 1);
const TO = Date.UTC(2100, 0, 1);
const MOST_ONSETS = 5_000;

/** From this instant on, this offset. */
interface Onset {
  readonly at: number;
  readonly offset: number;
}

const textOf = (component: Component, name: string): string => component.lines.find((line) => line.name === name)?.value ?? "";

function ruleWalls(observance: Component, start: number, offsetFrom: number): number[] {
  const rules = observance.lines.filter((line) => line.name === "RRULE").map((line) => readRule(line.value));
  return rules.flatMap((rule) => {
    const endsAt = (until: Moment): number => (until.form === "utc" ? until.wall + offsetFrom : until.wall);
    const to = rule.until ? Math.min(TO, endsAt(rule.until)) : TO;
    return occurrences(rule, start, FROM, to);
  });
}

function dateWalls(observance: Component): number[] {
  const texts = observance.lines.filter((line) => line.name === "RDATE").flatMap((line) => line.value.split(","));
  return texts.map((text) => readMoment(text)?.wall).filter((wall) => wall !== undefined);
}

/** When one STANDARD or DAYLIGHT begins, each time. Throws when its lines cannot be read. */
function onsetsOf(observance: Component): { first: number; onsets: Onset[] } | undefined {
  const start = readMoment(textOf(observance, "DTSTART"));
  const offset = readOffset(textOf(observance, "TZOFFSETTO"));
  if (!start || offset === undefined) return undefined;
  const offsetFrom = readOffset(textOf(observance, "TZOFFSETFROM")) ?? offset;
  const walls = new Set([start.wall, ...ruleWalls(observance, start.wall, offsetFrom), ...dateWalls(observance)]);
  return { first: offsetFrom, onsets: [...walls].map((wall) => ({ at: wall - offsetFrom, offset })) };
}

/** The zone that a VTIMEZONE describes; undefined when it cannot be read. Years before 1960 and after 2100 have the nearest known offset. */
export function ownZone({ observances }: ZoneComponent): Zone | undefined {
  const onsets: Onset[] = [];
  let before: { at: number; offset: number } | undefined;
  try {
    for (const observance of observances) {
      const read = onsetsOf(observance);
      if (!read) return undefined;
      onsets.push(...read.onsets);
      const at = Math.min(...read.onsets.map((onset) => onset.at));
      if (!before || at < before.at) before = { at, offset: read.first };
    }
  } catch {
    return undefined;
  }
  if (!before || onsets.length > MOST_ONSETS) return undefined;
  onsets.sort((a, b) => a.at - b.at);
  const offsetBefore = before.offset;
  return {
    iana: null,
    offsetAt(instant) {
      let [low, high] = [0, onsets.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((onsets[middle] as Onset).at <= instant) low = middle + 1;
        else high = middle;
      }
      return onsets[low - 1]?.offset ?? offsetBefore;
    },
  };
}
