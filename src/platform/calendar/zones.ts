// Which zone a TZID means. The runtime's own knowledge comes first, because the rules in files are often cut short or out of date; a file's
// rules come before a guess; and a guess is said aloud.
import { findIana } from "windows-iana";
import type { ZoneComponent } from "./components.ts";
import { HOUR, MINUTE } from "./moments.ts";
import { ownZone } from "./own-zone.ts";
import { fixedZone, ianaZone, UTC, type Zone } from "./zone.ts";

export interface ResolvedZone {
  readonly zone: Zone;
  /** False when nobody knows the name and the reader's own zone stands in. */
  readonly isSure: boolean;
}

export interface Zones {
  /** The zone of a TZID. */
  named(name: string): ResolvedZone;
  /** For times without a zone (floating, RFC 5545 section 3.3.5): the calendar's own zone, else the reader's. */
  readonly floating: ResolvedZone;
  /** The zone in which the file's all-day events were typed, as well as one can tell. */
  readonly typedIn: Zone;
  /** The names that had to be guessed. */
  readonly unknown: ReadonlySet<string>;
}

const LONGEST_NAME = 200;
/** Offsets behind which the standard time of a name may be looked for: one winter day in each half of the world. */
const WINTERS = [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)];

const asked = new Map<string, string | undefined>();

/** The runtime's spelling of an IANA name; undefined for anything else. Offsets such as "+01:00" are not names. */
function ianaName(text: string): string | undefined {
  if (!/^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/u.test(text)) return undefined;
  if (asked.has(text)) return asked.get(text);
  let name: string | undefined;
  try {
    name = new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    name = undefined;
  }
  // A hostile file may name a million zones.
  if (asked.size > 5_000) asked.clear();
  asked.set(text, name);
  return name;
}

/** "/freeassociation.sourceforge.net/Europe/Berlin" ends in a name, and so does "/mozilla.org/20050126_1/America/Argentina/Salta". */
function suffixName(text: string): string | undefined {
  const parts = text.split("/").filter(Boolean);
  if (parts.length < 2) return undefined;
  const tails = [3, 2, 1].filter((count) => count < parts.length).map((count) => parts.slice(-count).join("/"));
  // A last part alone counts only where it can be nothing else.
  return tails
    .filter((tail) => tail.includes("/") || /^(?:UTC|GMT)$/iu.test(tail))
    .map(ianaName)
    .find(Boolean);
}

function windowsName(text: string): string | undefined {
  const name = text.replace(/^tzone:\/\/Microsoft\//iu, "").trim();
  if (/^(?:utc|gmt|z|coordinated universal time)$/iu.test(name)) return "UTC";
  return findIana(name)[0];
}

/** "(GMT +01:00)", "(UTC+01:00) Amsterdam, Berlin", "GMT+0100", "UTC-5": the offset in milliseconds and what stands behind it. */
function offsetName(text: string): { offset: number; rest: string } | undefined {
  const found = /^\(?\s*(?:GMT|UTC)?\s*([+-])\s*(\d{1,2})(?:[:.]?(\d\d))?\s*\)?(.*)$/iu.exec(text.trim());
  if (!found) return undefined;
  const [, sign, hours, minutes = "0", rest = ""] = found;
  const size = Number(hours) * HOUR + Number(minutes) * MINUTE;
  if (size > 14 * HOUR || Number(minutes) > 59) return undefined;
  return { offset: sign === "-" ? -size : size, rest: rest.trim() };
}

/** Whether a zone's standard time is this offset. */
function hasStandard(zone: Zone, offset: number): boolean {
  return Math.min(...WINTERS.map((instant) => zone.offsetAt(instant))) === offset;
}

let cities: Map<string, string> | undefined;

/** The zone of the first city in "Amsterdam, Berlin, Bern" that the runtime knows, if its standard time is the one named. */
function cityZone(rest: string, offset: number): Zone | undefined {
  if (!rest) return undefined;
  cities ??= new Map(
    Intl.supportedValuesOf("timeZone").map((name) => [(name.split("/").at(-1) ?? "").replaceAll("_", " ").toLowerCase(), name]),
  );
  for (const city of rest.split(/[,/]/u)) {
    const name = cities.get(city.trim().toLowerCase());
    if (name && hasStandard(ianaZone(name), offset)) return ianaZone(name);
  }
  return undefined;
}

/** What the name alone says; undefined when it says nothing. `own` is what the file says about the same name. */
function zoneOf(name: string, own: () => Zone | undefined): Zone | undefined {
  const text = name.trim().replace(/^"|"$/gu, "");
  if (text.length > LONGEST_NAME) return own();
  const known = ianaName(text) ?? suffixName(text) ?? windowsName(text);
  if (known) return known === "UTC" ? UTC : ianaZone(known);
  const named = offsetName(text);
  if (!named) return own();
  const city = cityZone(named.rest, named.offset);
  if (city) return city;
  // The file may know the summer time that a bare offset cannot say, and is believed when it agrees about the rest.
  const file = own();
  return file && hasStandard(file, named.offset) ? file : fixedZone(named.offset);
}

function calendarZone(name: string | undefined): Zone | undefined {
  return name === undefined ? undefined : zoneOf(name, () => undefined);
}

/**
 * Looks up the zones of one file, each once. `calendarName` is its X-WR-TIMEZONE; `reader` is the IANA zone of whoever reads, if known. Without
 * either, times that name no zone are read as UTC, and that is not sure.
 */
export function zonesOf(
  components: readonly ZoneComponent[],
  calendarName: string | undefined,
  reader: string | undefined,
): Zones {
  const own = new Map(components.map((one) => [one.name, one]));
  const found = new Map<string, ResolvedZone>();
  const unknown = new Set<string>();
  const ofCalendar = calendarZone(calendarName);
  const ofReader = reader === undefined ? undefined : ianaZone(reader);
  const fallback = ofReader ?? ofCalendar ?? UTC;
  const ownOf = (name: string): Zone | undefined => {
    const component = own.get(name);
    return component && ownZone(component);
  };
  const named = (name: string): ResolvedZone => {
    const before = found.get(name);
    if (before) return before;
    const zone = zoneOf(name, () => ownOf(name));
    if (!zone) unknown.add(name.slice(0, LONGEST_NAME));
    const resolved = { zone: zone ?? fallback, isSure: zone !== undefined };
    found.set(name, resolved);
    return resolved;
  };
  const [only] = components.length === 1 ? components : [];
  const floating = ofCalendar ?? ofReader;
  return {
    named,
    floating: { zone: floating ?? UTC, isSure: floating !== undefined },
    typedIn: ofCalendar ?? (only && zoneOf(only.name, () => ownOf(only.name))) ?? fallback,
    unknown,
  };
}
