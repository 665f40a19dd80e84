// What a calendar holds in a window: read, resolved, repeated, in order.
import { AppError } from "../../lib/errors.ts";
import { MOST_COMPONENTS } from "./components.ts";
import type { CalendarEvent, CalendarWindow, CancelledInstance, Expansion } from "./calendar-event.ts";
import { detailsOf, type EventDetails, type WrittenEvent } from "./event.ts";
import { type Bounds, type Instance, instancesOf } from "./instances.ts";
import { dateText, instantText, MINUTE, offsetText } from "./moments.ts";
import { type CalendarWarning, readCalendar, type ReadCalendar, type SetAside } from "./read.ts";
import { type Series, seriesOf } from "./series.ts";
import { ianaZone, instantOf, UTC, wallOf, type Zone } from "./zone.ts";
import { type Zones, zonesOf } from "./zones.ts";

/** More happenings than this in one window are no calendar of a person. */
export const MOST_EVENTS = 100_000;
const MOST_WARNINGS = 100;
const MOST_SET_ASIDE = 1_000;

/** The first day whose midnight in `zone` is not before an instant, as wall-clock milliseconds. */
function firstDay(zone: Zone, instant: number): number {
  const day = 24 * 60 * MINUTE;
  const today = Math.floor(wallOf(zone, instant) / day) * day;
  return instantOf(zone, today) >= instant ? today : today + day;
}

function boundsOf({ from, to, zone }: CalendarWindow): Bounds {
  const [first, end] = [from.epochMilliseconds, to.epochMilliseconds];
  const reader = zone === undefined ? UTC : ianaZone(zone);
  return { from: first, to: end, fromDay: firstDay(reader, first), toDay: firstDay(reader, end) };
}

function eventOf(uid: string, { event, key, start, end, recurring }: Instance, details: EventDetails): CalendarEvent {
  const { zone, isDate, isSure, instant, wall } = start;
  const ends = isDate ? dateText(end) : offsetText(end, zone.offsetAt(end));
  return {
    uid,
    key,
    start: isDate ? dateText(wall) : offsetText(instant, zone.offsetAt(instant)),
    end: ends,
    startsAt: isDate ? null : instantText(instant),
    endsAt: isDate ? null : instantText(end),
    zone: isDate ? null : zone.iana,
    zoneIsSure: isSure,
    minutes: Math.round((end - (isDate ? wall : instant)) / MINUTE),
    ...details,
    status: event.status === "tentative" ? "tentative" : "confirmed",
    allDay: isDate,
    recurring,
    sequence: event.sequence,
  };
}

function unknownZones(zones: Zones, zone: string | undefined, name: string | undefined): CalendarWarning[] {
  const instead = zone ?? name ?? "UTC";
  return [...zones.unknown].slice(0, MOST_WARNINGS).map((unknown) => ({
    code: "unknown_zone",
    message: `Nobody knows the time zone "${unknown}", and the file does not describe it. Its times were read in ${instead}: look whether they are right.`,
  }));
}

function repeatedUids(series: readonly Series[]): CalendarWarning[] {
  const repeated = series.filter(({ masters }) => masters.length > 1);
  return repeated.map(({ uid, masters }) => ({
    code: "repeated_uid",
    uid,
    message: `${masters.length} different events have the same UID. All of them are shown.`,
  }));
}

function withoutZone(events: readonly WrittenEvent[], zones: Zones): CalendarWarning[] {
  if (zones.floating.isSure) return [];
  const floating = events.filter(({ start }) => start.form === "local" && !start.zoneName);
  if (floating.length === 0) return [];
  const message = `${floating.length.toLocaleString("en")} events name no time zone and were read in UTC. Say which zone is yours.`;
  return [{ code: "no_zone", message }];
}

function capped(warnings: readonly CalendarWarning[]): CalendarWarning[] {
  if (warnings.length <= MOST_WARNINGS) return [...warnings];
  const more = warnings.length - MOST_WARNINGS;
  return [
    ...warnings.slice(0, MOST_WARNINGS),
    { code: "more", message: `There are ${more.toLocaleString("en")} more remarks of this kind.` },
  ];
}

const tooLarge = (): AppError =>
  new AppError(
    "invalid",
    `This calendar holds more than ${MOST_COMPONENTS.toLocaleString("en")} events, which no calendar of a person does. Export a shorter time; nothing was read from it.`,
  );

const tooMany = (): AppError =>
  new AppError("invalid", `More than ${MOST_EVENTS.toLocaleString("en")} events fall into this time. Choose a shorter one.`);

interface Found {
  readonly uid: string;
  readonly at: number;
  readonly instance: Instance;
}

/** In order of start; a day stands at its midnight in the reader's zone, before what happens on it. */
function inOrder(a: Found, b: Found): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.instance.start.isDate !== b.instance.start.isDate) return a.instance.start.isDate ? -1 : 1;
  if (a.uid !== b.uid) return a.uid < b.uid ? -1 : 1;
  return a.instance.key < b.instance.key ? -1 : 1;
}

function collect(calendar: ReadCalendar, series: readonly Series[], window: CalendarWindow, zones: Zones) {
  const bounds = boundsOf(window);
  const reader = window.zone === undefined ? UTC : ianaZone(window.zone);
  const found: Found[] = [];
  const cancelled: CancelledInstance[] = [];
  const setAside: SetAside[] = [...calendar.setAside];
  const refuse = (event: WrittenEvent, why: string): void =>
    void setAside.push({ uid: event.uid, summary: detailsOf(event).summary, line: event.line, why: `It was left out: ${why}` });
  for (const one of series) {
    const { happening, cancelled: gone } = instancesOf(one, bounds, zones, refuse);
    for (const instance of happening) {
      const { isDate, wall, instant } = instance.start;
      found.push({ uid: one.uid, at: isDate ? instantOf(reader, wall) : instant, instance });
    }
    for (const key of gone) cancelled.push({ uid: one.uid, key });
    if (found.length > MOST_EVENTS) throw tooMany();
  }
  return { found: found.sort(inOrder), cancelled, setAside };
}

/** All instances of an event say the same about it, so that is read once. */
function written(found: readonly Found[]): CalendarEvent[] {
  const known = new Map<WrittenEvent, EventDetails>();
  return found.map(({ uid, instance }) => {
    const details = known.get(instance.event) ?? detailsOf(instance.event);
    known.set(instance.event, details);
    return eventOf(uid, instance, details);
  });
}

/**
 * Expands the text of a calendar (RFC 5545) in a window. The answer follows from the arguments alone: the zone of the host has no say. One bad
 * event is set aside and costs nothing but itself. Throws AppError `invalid` for more than 50,000 events in the file or 100,000 in the window, and nothing else.
 * What comes from outside is expanded by `expandInWorker`: this may take as long as the file is hostile.
 */
export function expandCalendar(text: string, window: CalendarWindow): Expansion {
  const read = readCalendar(text);
  if (read.isTooLarge) throw tooLarge();
  // A calendar that is a cancellation cancels what is in it (RFC 5546 section 3.2.5).
  const events =
    read.method === "CANCEL" ? read.events.map((event) => ({ ...event, status: "cancelled" as const })) : read.events;
  const zones = zonesOf(read.zones, read.zoneName, window.zone);
  const series = seriesOf(events);
  const { found, cancelled, setAside } = collect(read, series, window, zones);
  const warnings = [
    ...unknownZones(zones, window.zone, read.zoneName),
    ...withoutZone(events, zones),
    ...repeatedUids(series),
    ...read.warnings,
  ];
  return {
    events: written(found),
    cancelled,
    setAside: setAside.slice(0, MOST_SET_ASIDE),
    warnings: capped(warnings),
    found: events.length,
    name: read.name,
    isCalendar: read.isCalendar,
    isComplete: read.isComplete,
  };
}
