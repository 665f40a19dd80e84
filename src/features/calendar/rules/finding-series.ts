import { createHash } from "node:crypto";
import { isZone } from "../../../lib/dates.ts";
import type { CalendarEvent, CancelledInstance } from "../../../platform/calendar/index.ts";
import type { EventSeries, SeriesInstance } from "../schema/following.ts";
import { guestsOf, kindOf, type Self } from "./finding-people.ts";
import { rhythmInWords, usualGap } from "./finding-rhythm.ts";
import { folded, readTitle } from "./finding-titles.ts";

/** Google gives what follows a split a UID of its own: the old one with the day of the split before the @. */
const SPLIT_MARK = /_R\d{8}(?:T\d{6}Z?)?(?=@|$)/u;
/** A new event continues an old one when it begins within this many days after its end. */
const LONGEST_GAP_DAYS = 36;
/** Single events of the same people and title are a series from so many on. */
const ENOUGH_SINGLES = 3;
const MOST_INSTANCES = 250;
const MOST_SERIES = 200;
const MOST_LOOKED_AT = 500;
const FEW_GUESTS = 4;
const LONGEST_MINUTES = 240;
const UTC_NAMES = new Set(["UTC", "Etc/UTC", "GMT", "Etc/GMT", "Z"]);

export interface ReadSpan {
  /** The owner's zone: for events whose zone nobody knows. */
  readonly zone: string;
  /** Up to when the calendar was read. */
  readonly until: Temporal.Instant;
  /** The zone that the file names and nobody knows, where there is one. */
  readonly unknownZone: string | null;
}

type Event = CalendarEvent;

/** The UID that all parts of a series split by Google share. */
export function rootUid(uid: string): string {
  return uid.replace(SPLIT_MARK, "");
}

function instantText(text: string): string {
  return Temporal.Instant.from(text).toString({ fractionalSecondDigits: 3 });
}

/** The zone in which an instance is shown and kept: its own, or the owner's for times in UTC and for unknown zones. */
export function zoneOf(zone: string | null, ownZone: string): string {
  return zone === null || UTC_NAMES.has(zone) || !isZone(zone) ? ownZone : zone;
}

function instanceOf(event: Event): SeriesInstance | undefined {
  if (event.startsAt === null) return undefined;
  const startsAt = instantText(event.startsAt);
  const key = event.recurring ? event.key : `once ${event.uid}`;
  const isInstant = /^\d{4}-\d{2}-\d{2}T.*Z$/u.test(event.key);
  return {
    key,
    startsAt,
    zone: event.zone,
    minutes: Math.min(LONGEST_MINUTES, Math.max(5, event.minutes)),
    isMoved: event.recurring && isInstant && instantText(event.key) !== startsAt,
    isDoubted: !event.zoneIsSure,
  };
}

/** The title that most dates have: one date may be called otherwise. */
function usual<T>(all: readonly T[], textOf: (one: T) => string): T {
  const counts = Map.groupBy(all, textOf);
  // There is always one: a series has an event.
  return [...counts].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[1][0] as T;
}

function wallStart(one: SeriesInstance, ownZone: string): Temporal.PlainDateTime {
  return Temporal.Instant.from(one.startsAt).toZonedDateTimeISO(zoneOf(one.zone, ownZone)).toPlainDateTime();
}

function keyInstances(events: readonly Event[]): SeriesInstance[] {
  const byKey = new Map<string, { instance: SeriesInstance; event: Event }>();
  for (const event of events) {
    const instance = instanceOf(event);
    if (!instance) continue;
    const before = byKey.get(instance.key);
    // Two parts of a split series may both hold a date: the later version stands.
    if (!before || event.sequence >= before.event.sequence) byKey.set(instance.key, { instance, event });
  }
  return [...byKey.values()].map(({ instance }) => instance).toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
}

function seriesOf(key: string, events: readonly Event[], cancelled: readonly CancelledInstance[], span: ReadSpan): EventSeries {
  const last = usual(events, (one) => one.summary);
  const uids = [...new Set(events.map((one) => one.uid))].toSorted();
  const instances = keyInstances(events).slice(0, MOST_INSTANCES);
  const regular = instances.filter((one) => !one.isMoved);
  const starts = (regular.length > 0 ? regular : instances).map((one) => wallStart(one, span.zone));
  const isDoubted = instances.some((one) => one.isDoubted);
  return {
    key,
    uids,
    title: last.summary,
    organizer: last.organizer && { name: last.organizer.name, email: last.organizer.email },
    attendees: last.attendees.map(({ name, email, isRoom }) => ({ name, email, isRoom })),
    isAllDay: events.every((one) => one.allDay),
    minutes: usual(instances, (one) => String(one.minutes)).minutes,
    rhythm: rhythmInWords(starts),
    everyDays: usualGap(starts.map((one) => one.toPlainDate().toString())),
    instances,
    cancelledKeys: cancelled.filter((one) => uids.includes(one.uid) || rootUid(one.uid) === key).map((one) => one.key),
    doubtedZone: isDoubted ? (span.unknownZone ?? "an unknown time zone") : null,
    // To the day, so that two readings of the same file are the same.
    until: span.until
      .round({ smallestUnit: "hour", roundingIncrement: 24, roundingMode: "floor" })
      .toString({ fractionalSecondDigits: 3 }),
  };
}

/**
 * What two events must share to be one series that was split: organiser, people and title. Null when that says too little to be
 * certain: nobody is named, and the title would fit anybody's 1:1.
 */
export function fingerprintOf(series: Pick<EventSeries, "organizer" | "attendees" | "title">, self: Self): string | null {
  const { others } = guestsOf(series, self);
  const signs = readTitle(series.title);
  if (others.length === 0 && signs.pair === null && signs.name === null) return null;
  const organizer = series.organizer && kindOf(series.organizer) === "person" ? series.organizer.email.toLowerCase() : "";
  const people = others.map((one) => (one.email === "" ? folded(one.name) : one.email.toLowerCase())).toSorted();
  return createHash("sha256")
    .update(JSON.stringify([organizer, people, folded(series.title)]))
    .digest("hex");
}

/** The last regular date, after which a series that continues this one may begin. */
export function lastStart(series: Pick<EventSeries, "instances">): string | null {
  return series.instances.filter((one) => !one.isMoved).at(-1)?.startsAt ?? series.instances.at(-1)?.startsAt ?? null;
}

function firstStart(series: EventSeries): string | null {
  return series.instances.find((one) => !one.isMoved)?.startsAt ?? series.instances[0]?.startsAt ?? null;
}

/** Whether a series begins where an earlier one ended. */
export function continues(endedAt: string | null, next: EventSeries): boolean {
  const begins = firstStart(next);
  if (endedAt === null || begins === null || begins <= endedAt) return false;
  return Temporal.Instant.from(endedAt).until(begins).total("hours") <= LONGEST_GAP_DAYS * 24;
}

function joined(a: EventSeries, b: EventSeries, span: ReadSpan): EventSeries {
  const instances = [...a.instances, ...b.instances.filter((one) => !a.instances.some((other) => other.key === one.key))];
  const ordered = instances.toSorted((x, y) => (x.startsAt < y.startsAt ? -1 : 1)).slice(0, MOST_INSTANCES);
  const coming = b.instances.filter((one) => !one.isMoved).map((one) => wallStart(one, span.zone));
  return {
    ...b,
    key: a.key,
    uids: [...new Set([...a.uids, ...b.uids])].toSorted(),
    rhythm: coming.length > 1 ? rhythmInWords(coming) : a.rhythm,
    everyDays: b.everyDays ?? a.everyDays,
    instances: ordered,
    cancelledKeys: [...new Set([...a.cancelledKeys, ...b.cancelledKeys])],
    doubtedZone: b.doubtedZone ?? a.doubtedZone,
  };
}

/** Links what was split: same organiser, people and title, and the old one ends where the new one starts. */
function linkSplits(all: readonly EventSeries[], self: Self, span: ReadSpan): EventSeries[] {
  const ordered = all.toSorted((a, b) => ((firstStart(a) ?? "") < (firstStart(b) ?? "") ? -1 : 1));
  const byFingerprint = new Map<string, number>();
  const linked: EventSeries[] = [];
  for (const one of ordered) {
    const fingerprint = fingerprintOf(one, self);
    const place = fingerprint === null ? undefined : byFingerprint.get(fingerprint);
    const before = place === undefined ? undefined : linked[place];
    if (place !== undefined && before && continues(lastStart(before), one)) linked[place] = joined(before, one, span);
    else {
      linked.push(one);
      if (fingerprint !== null) byFingerprint.set(fingerprint, linked.length - 1);
    }
  }
  return linked;
}

/** Feeds that hold every date as an event of its own: the same people and title, often enough, are a series too. */
function gatherSingles(singles: readonly Event[], self: Self, span: ReadSpan): EventSeries[] {
  // What is literally the same is looked for first: it costs nothing, and most single events are like no other.
  const alike = Map.groupBy(singles, ({ summary, organizer, attendees }) =>
    [summary, organizer?.email, ...attendees.map((one) => one.email || one.name).toSorted()].join("\n"),
  );
  return [...alike.values()]
    .filter((group) => group.length >= ENOUGH_SINGLES)
    .filter(([first]) => first !== undefined && fingerprintOf({ ...first, title: first.summary }, self) !== null)
    .slice(0, MOST_SERIES)
    .map((group) => seriesOf((group[0] as Event).uid, group, [], span));
}

/** One event of each series, of very many the first: enough to see whose calendar it is. */
export function oneOfEach(events: readonly Event[]): Event[] {
  const seen = new Map<string, Event>();
  for (const event of events) if (!seen.has(event.uid)) seen.set(event.uid, event);
  return [...seen.values()].slice(0, MOST_LOOKED_AT);
}

/** What is followed comes first, then what few people come to: of very many, the others are not looked at. */
function rank(events: readonly Event[], followed: ReadonlySet<string>): number {
  if (events.some((one) => followed.has(one.uid))) return 0;
  return (events[0]?.attendees.length ?? 0) <= FEW_GUESTS ? 1 : 2;
}

/**
 * The event series of a calendar that have an hour and repeat: one UID, or several that continue each other. `events` are in order of
 * start. Of very many, those are kept that are `followed` (by UID) or that few people come to.
 */
export function eventSeriesOf(
  events: readonly Event[],
  cancelled: readonly CancelledInstance[],
  self: Self,
  span: ReadSpan,
  followed: ReadonlySet<string> = new Set(),
): EventSeries[] {
  const timed = events.filter((one) => !one.allDay && one.minutes <= LONGEST_MINUTES);
  const byRoot = Map.groupBy(timed, (one) => rootUid(one.uid));
  const repeating = [...byRoot].filter(([, own]) => own.some((one) => one.recurring));
  const roots = new Set(repeating.map(([key]) => key));
  const cancelledByRoot = Map.groupBy(cancelled, (one) => rootUid(one.uid));
  const looked = repeating
    .map(([key, own]) => ({ key, own, rank: rank(own, followed) }))
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, MOST_SERIES);
  const series = looked.map(({ key, own }) => seriesOf(key, own, cancelledByRoot.get(key) ?? [], span));
  const singles = timed.filter((one) => !roots.has(rootUid(one.uid)));
  return linkSplits([...series, ...gatherSingles(singles, self, span)], self, span);
}
