// All versions and exceptions of one UID, and which of them hold.
import type { WrittenEvent } from "./event.ts";
import type { Zones } from "./zones.ts";
import { DAY, dateText, HOUR, instantText, type Moment, startOfDay } from "./moments.ts";
import { instantOf, UTC, wallOf, type Zone } from "./zone.ts";

/** The events of one UID: what repeats or stands alone, and what replaces single instances. */
export interface Series {
  readonly uid: string;
  /** Usually one. Several when a program gave different events the same UID. */
  readonly masters: readonly WrittenEvent[];
  readonly replacing: readonly WrittenEvent[];
}

/** A place in time, by its zone: for dates the wall clock alone counts. */
export interface Placed {
  readonly wall: number;
  /** Epoch milliseconds; of a date, as if it were UTC. */
  readonly instant: number;
  readonly zone: Zone;
  readonly isSure: boolean;
  readonly isDate: boolean;
}

/** Looks up the zone of a moment. What names none is in `home`, the zone of its series, where there is one. */
export function place(moment: Moment, zones: Zones, home?: { readonly zone: Zone; readonly isSure: boolean }): Placed {
  if (moment.form === "date") return { wall: moment.wall, instant: moment.wall, zone: UTC, isSure: true, isDate: true };
  if (moment.form === "utc") return { wall: moment.wall, instant: moment.wall, zone: UTC, isSure: true, isDate: false };
  const { zone, isSure } = moment.zoneName ? zones.named(moment.zoneName) : (home ?? zones.floating);
  return { wall: moment.wall, instant: instantOf(zone, moment.wall), zone, isSure, isDate: false };
}

/** Later versions have a higher SEQUENCE, then a later DTSTAMP (RFC 5545 section 3.8.7.4, RFC 5546 section 2.1.5). */
function compareVersions(a: WrittenEvent, b: WrittenEvent): number {
  if (a.sequence !== b.sequence) return a.sequence - b.sequence;
  return a.stamp < b.stamp ? -1 : a.stamp > b.stamp ? 1 : 0;
}

function newest(versions: readonly WrittenEvent[]): WrittenEvent[] {
  const [first, ...others] = versions;
  if (!first) return [];
  const best = others.reduce((top, one) => (compareVersions(one, top) > 0 ? one : top), first);
  return versions.filter((one) => compareVersions(one, best) === 0);
}

/** Of events that say they are the same version, those that start at the same time are one: the later changed, else the later written. */
function distinct(events: readonly WrittenEvent[]): WrittenEvent[] {
  const byStart = new Map<string, WrittenEvent>();
  for (const event of events) {
    const start = `${event.start.form}${event.start.wall}`;
    const other = byStart.get(start);
    if (!other || event.modified >= other.modified) byStart.set(start, event);
  }
  return [...byStart.values()];
}

/** Puts the events of a file together by UID. */
export function seriesOf(events: readonly WrittenEvent[]): Series[] {
  const byUid = new Map<string, { all: WrittenEvent[]; replacing: WrittenEvent[] }>();
  for (const event of events) {
    let one = byUid.get(event.uid);
    if (!one) byUid.set(event.uid, (one = { all: [], replacing: [] }));
    (event.instance ? one.replacing : one.all).push(event);
  }
  return [...byUid].map(([uid, { all, replacing }]) => ({ uid, masters: distinct(newest(all)), replacing }));
}

/** The day that a moment means in an all-day series. Exchange writes such days as the instant of a midnight. */
function dayOf(placed: Placed, form: Moment["form"], zones: Zones): number {
  if (form !== "utc" || placed.wall % DAY === 0) return startOfDay(placed.wall);
  const typed = wallOf(zones.typedIn, placed.instant);
  if (typed % DAY === 0) return typed;
  // Midnight somewhere: the nearest one. No zone is further than 12 hours from UTC but a few islands.
  return startOfDay(placed.instant + 12 * HOUR);
}

/** How the instances of a series are named. */
export interface Naming {
  readonly isDate: boolean;
  readonly home: { readonly zone: Zone; readonly isSure: boolean };
  /** The wall-clock time of day (milliseconds) that all instances share; undefined when they differ. */
  readonly timeOfDay: number | undefined;
  /** Instants that no rule made; a midnight among them is meant. */
  readonly listed: ReadonlySet<number>;
}

/**
 * The original start of the instance that a RECURRENCE-ID or EXDATE means: epoch milliseconds, or the wall clock of a day. Some programs write only
 * the day, or its midnight, where the series has a time.
 */
export function originalOf(moment: Moment, naming: Naming, zones: Zones): number {
  const placed = place(moment, zones, naming.home);
  if (naming.isDate) return dayOf(placed, moment.form, zones);
  const { timeOfDay, home } = naming;
  if (placed.isDate) return instantOf(home.zone, placed.wall + (timeOfDay ?? 0));
  const wall = moment.form === "utc" ? wallOf(home.zone, placed.instant) : placed.wall;
  const isMidnight = wall % DAY === 0 && timeOfDay !== undefined && timeOfDay !== 0 && !naming.listed.has(placed.instant);
  return isMidnight ? instantOf(home.zone, wall + timeOfDay) : placed.instant;
}

/** The lasting name of an instance; see `CalendarEvent.key`. */
export function keyOf(original: number, isDate: boolean): string {
  return isDate ? dateText(original) : instantText(original);
}

/** For each instance the version that holds of what replaces it. */
export function holding(events: readonly WrittenEvent[], original: (event: WrittenEvent) => number): Map<number, WrittenEvent> {
  const held = new Map<number, WrittenEvent>();
  for (const event of events) {
    const at = original(event);
    const other = held.get(at);
    const order = other ? compareVersions(event, other) : 1;
    if (!other || order > 0 || (order === 0 && event.modified >= other.modified)) held.set(at, event);
  }
  return held;
}
