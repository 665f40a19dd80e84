// The instances of one series in a window: what the rule makes, what dates add and take away, what replaces single ones.
import type { ListedMoment, WrittenEvent } from "./event.ts";
import { DAY, type Length, type Moment, startOfDay } from "./moments.ts";
import { occurrences, ZONE_MARGIN } from "./recurrence.ts";
import { RefusedRule, type Rule, readRule } from "./rule.ts";
import { holding, keyOf, type Naming, originalOf, place, type Placed, type Series } from "./series.ts";
import { instantOf, wallOf } from "./zone.ts";
import type { Zones } from "./zones.ts";

/** One happening with its place in time. */
export interface Instance {
  readonly event: WrittenEvent;
  readonly key: string;
  readonly start: Placed;
  /** Epoch milliseconds; of a date, as if it were UTC. */
  readonly end: number;
  readonly recurring: boolean;
}

export interface Instances {
  readonly happening: readonly Instance[];
  /** Keys of what will not take place. */
  readonly cancelled: readonly string[];
}

/** The window in epoch milliseconds, and the same for days, whose midnight is in the reader's zone. */
export interface Bounds {
  readonly from: number;
  readonly to: number;
  readonly fromDay: number;
  readonly toDay: number;
}

/** A shift "this and following" beyond this is no move of a meeting. */
const LONGEST_SHIFT = 400 * DAY;

function isWithin(instant: number, isDate: boolean, bounds: Bounds): boolean {
  return isDate ? bounds.fromDay <= instant && instant < bounds.toDay : bounds.from <= instant && instant < bounds.to;
}

function endAfter(start: Placed, length: Length): number {
  if (start.isDate) return start.wall + Math.max(1, length.days) * DAY;
  const wall = length.days > 0 ? instantOf(start.zone, start.wall + length.days * DAY) : start.instant;
  return wall + length.ms;
}

/** How long an event is: as it says, or by its end. DTEND gives every instance the same exact length (RFC 5545 section 3.8.5.3). */
function lengthOf(event: WrittenEvent, start: Placed, zones: Zones): Length {
  if (!event.end) return event.length ?? { days: start.isDate ? 1 : 0, ms: 0 };
  const end = place(event.end, zones, start);
  if (start.isDate) return { days: Math.max(1, Math.ceil((end.wall - start.wall) / DAY)), ms: 0 };
  const endsAt = end.isDate ? instantOf(start.zone, end.wall) : end.instant;
  return { days: 0, ms: Math.max(0, endsAt - start.instant) };
}

function endOfListed(listed: ListedMoment, start: Placed, zones: Zones, home: Placed): number | undefined {
  if (start.isDate) return undefined;
  if (listed.end) return Math.max(start.instant, place(listed.end, zones, home).instant);
  return listed.length && endAfter(start, listed.length);
}

/** Whether an occurrence on the wall clock is not after the end of its rule, whatever form that is written in. */
function endsBy(until: Moment | undefined, start: Placed, zones: Zones): (wall: number) => boolean {
  if (!until) return () => true;
  if (start.isDate) {
    const naming: Naming = { isDate: true, home: start, timeOfDay: undefined, listed: new Set() };
    const last = originalOf(until, naming, zones);
    return (wall) => wall <= last;
  }
  if (until.form === "date") return (wall) => startOfDay(wall) <= until.wall;
  if (until.form === "local") return (wall) => wall <= until.wall;
  return (wall) => instantOf(start.zone, wall) <= until.wall;
}

function ruleWalls(rules: readonly Rule[], start: Placed, from: number, to: number, zones: Zones): number[] {
  return rules.flatMap((rule) => {
    const stays = endsBy(rule.until, start, zones);
    const last = rule.until ? Math.min(to, rule.until.wall + ZONE_MARGIN) : to;
    // A rule that is over before it begins makes nothing: so Google writes the first half of a series that was split at its first day.
    return stays(start.wall) ? occurrences(rule, start.wall, from, last).filter(stays) : [];
  });
}

interface Original {
  readonly start: Placed;
  readonly listed: ListedMoment | undefined;
}

/** A series that repeats, ready to be asked. */
class Recurring {
  private readonly zones: Zones;
  readonly event: WrittenEvent;
  readonly start: Placed;
  readonly length: Length;
  readonly rules: readonly Rule[];
  private readonly exceptRules: readonly Rule[];
  private readonly added: readonly Original[];
  readonly naming: Naming;

  constructor(event: WrittenEvent, zones: Zones) {
    this.zones = zones;
    this.event = event;
    this.start = place(event.start, zones);
    this.length = lengthOf(event, this.start, zones);
    this.rules = event.rules.map(readRule);
    this.exceptRules = event.exceptRules.map(readRule);
    this.added = event.added.map((listed) => ({ start: this.placeAdded(listed.moment), listed }));
    const isOneTime = this.rules.every((rule) => !rule.byHour && !rule.byMinute && !rule.bySecond);
    this.naming = {
      isDate: this.start.isDate,
      home: this.start,
      timeOfDay: isOneTime ? this.start.wall - startOfDay(this.start.wall) : undefined,
      listed: new Set(this.added.map(({ start }) => start.instant)),
    };
  }

  get repeats(): boolean {
    return this.rules.length > 0 || this.added.length > 0;
  }

  /** An added date takes the zone of its series, and its time when it has none. */
  private placeAdded(moment: Moment): Placed {
    const placed = place(moment, this.zones, this.start);
    if (this.start.isDate) return this.at(startOfDay(placed.wall));
    if (placed.isDate) return this.at(placed.wall + (this.start.wall - startOfDay(this.start.wall)));
    return { ...this.start, wall: wallOf(this.start.zone, placed.instant), instant: placed.instant };
  }

  at(wall: number): Placed {
    return { ...this.start, wall, instant: this.start.isDate ? wall : instantOf(this.start.zone, wall) };
  }

  /** What the series has between two wall-clock times, before anything is replaced. */
  originals(from: number, to: number): { kept: Original[]; excepted: number[] } {
    const { event, start, zones, naming } = this;
    const all = new Map<number, Original>();
    const alone = this.rules.length === 0 ? [start.wall] : [];
    for (const wall of [...alone, ...ruleWalls(this.rules, start, from, to, zones)]) {
      const placed = this.at(wall);
      all.set(placed.instant, { start: placed, listed: undefined });
    }
    for (const added of this.added) all.set(added.start.instant, added);
    const except = new Set(event.except.map((moment) => originalOf(moment, naming, zones)));
    for (const wall of ruleWalls(this.exceptRules, start, from, to, zones)) except.add(this.at(wall).instant);
    // A bare day takes away whatever is on it.
    const days = new Set(event.except.filter(({ form }) => form === "date").map(({ wall }) => wall));
    const isExcepted = (one: Original): boolean => except.has(one.start.instant) || days.has(startOfDay(one.start.wall));
    const [kept, gone] = [[...all.values()].filter((one) => !isExcepted(one)), [...all.values()].filter(isExcepted)];
    return { kept, excepted: gone.map((one) => one.start.instant) };
  }
}

/** An event that replaces an instance and all that follow: how far it moves them, and where they are then. */
interface Following {
  readonly from: number;
  readonly event: WrittenEvent;
  readonly shift: number;
  readonly zone: Placed;
  readonly length: Length;
}

function followingOf(held: ReadonlyMap<number, WrittenEvent>, isDate: boolean, zones: Zones): Following[] {
  const all = [...held].filter(([, event]) => event.andFollowing);
  const read = all.map(([from, event]) => {
    const zone = place(event.start, zones);
    const shift = isDate === zone.isDate ? zone.wall - (isDate ? from : wallOf(zone.zone, from)) : 0;
    return { from, event, zone, length: lengthOf(event, zone, zones), shift: Math.abs(shift) > LONGEST_SHIFT ? 0 : shift };
  });
  return read.sort((a, b) => a.from - b.from);
}

/** An event written in UTC that replaces an instance keeps the wall clock of its series. */
function inHomeZone(start: Placed, home: Placed | undefined): Placed {
  if (!home || home.isDate || start.isDate || start.zone.iana !== "UTC") return start;
  return { ...home, instant: start.instant, wall: wallOf(home.zone, start.instant) };
}

function shifted(original: Placed, following: Following): Placed {
  const { zone, shift } = following;
  const wall = (original.isDate ? original.wall : wallOf(zone.zone, original.instant)) + shift;
  return { ...zone, wall, instant: zone.isDate ? wall : instantOf(zone.zone, wall) };
}

function replacements(
  held: ReadonlyMap<number, WrittenEvent>,
  home: Placed | undefined,
  naming: Naming,
  bounds: Bounds,
  zones: Zones,
): { happening: Instance[]; cancelled: string[] } {
  const happening: Instance[] = [];
  const cancelled: string[] = [];
  for (const [original, event] of held) {
    const key = keyOf(original, naming.isDate);
    const start = inHomeZone(place(event.start, zones, naming.home), home);
    const end = endAfter(start, lengthOf(event, start, zones));
    if (event.status === "cancelled" && isWithin(original, naming.isDate, bounds)) cancelled.push(key);
    if (event.status !== "cancelled" && isWithin(start.instant, start.isDate, bounds))
      happening.push({ event, key, start, end, recurring: true });
  }
  return { happening, cancelled };
}

function repeating(
  series: Recurring,
  held: ReadonlyMap<number, WrittenEvent>,
  bounds: Bounds,
  zones: Zones,
  isOnly: boolean,
): { happening: Instance[]; cancelled: string[] } {
  const { start } = series;
  const following = followingOf(held, start.isDate, zones);
  const margin = ZONE_MARGIN + Math.max(0, ...following.map(({ shift }) => Math.abs(shift)));
  const { kept, excepted } = series.originals(bounds.from - margin, bounds.to + margin);
  const cancelled = excepted
    .filter((at) => !held.has(at) && isWithin(at, start.isDate, bounds))
    .map((at) => keyOf(at, start.isDate));
  const happening: Instance[] = [];
  for (const original of kept) {
    const at = original.start.instant;
    if (held.has(at)) continue;
    const rest = following.findLast(({ from }) => from <= at);
    const event = rest?.event ?? series.event;
    const key = series.repeats || !isOnly ? keyOf(at, start.isDate) : "once";
    const placed = rest ? shifted(original.start, rest) : original.start;
    const listedEnd = original.listed && !rest ? endOfListed(original.listed, placed, zones, start) : undefined;
    const end = listedEnd ?? endAfter(placed, rest?.length ?? series.length);
    if (event.status === "cancelled") {
      if (isWithin(at, start.isDate, bounds)) cancelled.push(key);
    } else if (isWithin(placed.instant, placed.isDate, bounds))
      happening.push({ event, key, start: placed, end, recurring: series.repeats });
  }
  return { happening, cancelled };
}

/** A series of which only single instances are known: somebody was invited to those alone. */
function withoutMaster(replacing: readonly WrittenEvent[], zones: Zones): Naming {
  const [first] = replacing;
  const home = first ? place(first.start, zones) : { zone: zones.floating.zone, isSure: true };
  return { isDate: first?.instance?.form === "date", home, timeOfDay: undefined, listed: new Set() };
}

/** Why a master is not followed, and which. */
export type Refuse = (event: WrittenEvent, why: string) => void;

function recurringOf(event: WrittenEvent, zones: Zones, refuse: Refuse): Recurring | undefined {
  try {
    return new Recurring(event, zones);
  } catch (error) {
    if (!(error instanceof RefusedRule)) throw error;
    refuse(event, error.message);
    return undefined;
  }
}

function repeatingOrRefused(run: () => { happening: Instance[]; cancelled: string[] }, event: WrittenEvent, refuse: Refuse) {
  try {
    return run();
  } catch {
    // The library throws on what it cannot count; the rest of the calendar is not its business.
    refuse(event, "its rule cannot be followed.");
    return { happening: [], cancelled: [] };
  }
}

/** What of a series happens in a window, and what was cancelled in it. A master whose rule is refused is reported; its replaced instances still count. */
export function instancesOf({ masters, replacing }: Series, bounds: Bounds, zones: Zones, refuse: Refuse): Instances {
  const read = masters.map((event) => recurringOf(event, zones, refuse)).filter((one) => one !== undefined);
  const naming = read[0]?.naming ?? withoutMaster(replacing, zones);
  const held = holding(replacing, (event) => originalOf(event.instance as Moment, naming, zones));
  const parts = read.map((one) =>
    repeatingOrRefused(() => repeating(one, held, bounds, zones, masters.length === 1), one.event, refuse),
  );
  parts.push(replacements(held, read[0]?.start, naming, bounds, zones));
  const happening = new Map(parts.flatMap((part) => part.happening).map((one) => [one.key, one]));
  return { happening: [...happening.values()], cancelled: [...new Set(parts.flatMap((part) => part.cancelled))] };
}
