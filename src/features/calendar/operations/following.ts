import type { OwnerId } from "../../../lib/ids.ts";
import type { Expansion } from "../../../platform/calendar/index.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import { readOwner } from "../../account/index.ts";
import { type Followed, followInstances, stopLead } from "../../meetings/index.ts";
import { ownAddresses, type Self } from "../rules/finding-people.ts";
import { continues, eventSeriesOf, fingerprintOf, lastStart, oneOfEach } from "../rules/finding-series.ts";
import { leadFacts } from "../rules/leading.ts";
import { followWindow } from "../rules/window.ts";
import type { CalendarFollowingTable, EventSeries } from "../schema/following.ts";
import { forgetEventSeries, type KeptSeries, listDismissals, listEventSeries, putEventSeries } from "../store/finding.ts";
import {
  addUids,
  listFollowingsOfSeries,
  listFollowingsOfSource,
  listUids,
  releaseStopped,
  updateFollowing,
} from "../store/following.ts";

/** The owner as some events of a calendar may know them. */
export async function selfIn(
  db: Db,
  owner: OwnerId,
  events: readonly Pick<EventSeries, "organizer" | "attendees">[],
): Promise<Self> {
  const { name, email } = await readOwner(db, owner);
  return { name, addresses: ownAddresses(events, email) };
}

/** The names of zones that nobody knows stand in quotes in the warnings about them. */
function unknownZone({ warnings }: Pick<Expansion, "warnings">): string | null {
  const names = warnings
    .filter((one) => one.code === "unknown_zone")
    .map((one) => /"(?<name>.*)"/u.exec(one.message)?.groups?.["name"]);
  return (
    names
      .filter((name) => name !== undefined)
      .toSorted()
      .join(", ") || null
  );
}

function isOfFollowing(series: EventSeries, uids: ReadonlySet<string> | undefined): boolean {
  return uids !== undefined && series.uids.some((uid) => uids.has(uid));
}

/**
 * Brings the meetings of one series in line with every event series that leads it, as they were read last; where a calendar could not
 * be read lately, as it was then. Undefined when nothing leads the series.
 */
export async function followSeries(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  seriesId: string,
): Promise<Followed | undefined> {
  const followings = await listFollowingsOfSeries(tx, owner, seriesId);
  if (followings.length === 0) return undefined;
  const uids = await listUids(
    tx,
    owner,
    followings.map((one) => one.id),
  );
  const sources = new Map<string, KeptSeries[]>();
  for (const { source_id } of followings)
    if (!sources.has(source_id)) sources.set(source_id, await listEventSeries(tx, owner, source_id));
  const leading = followings.flatMap((following) =>
    (sources.get(following.source_id) ?? [])
      .map((one) => one.series)
      .filter((series) => isOfFollowing(series, uids.get(following.id))),
  );
  const { zone } = await readOwner(tx, owner);
  return followInstances(tx, owner, now, seriesId, leadFacts(leading, zone, now));
}

/** An event that nobody follows yet and that goes on where a followed one ended (a new UID: Outlook, Google) is taken over. */
function continuationOf(following: CalendarFollowingTable, free: readonly EventSeries[], self: Self): EventSeries | undefined {
  if (following.fingerprint === null) return undefined;
  return free.find((one) => fingerprintOf(one, self) === following.fingerprint && continues(following.last_start_at, one));
}

interface Found {
  readonly events: readonly EventSeries[];
  /** The UIDs that the following had before. */
  readonly known: ReadonlySet<string>;
  readonly self: Self;
}

/** Keeps what is known of a followed event in step: its UIDs, its title, its last date. */
async function keepFollowing(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  following: CalendarFollowingTable,
  { events, known, self }: Found,
): Promise<void> {
  const newest = events.toSorted((a, b) => ((lastStart(a) ?? "") < (lastStart(b) ?? "") ? -1 : 1)).at(-1);
  if (!newest) return;
  const uids = events.flatMap((one) => one.uids).filter((uid) => !known.has(uid));
  await addUids(tx, owner, following.id, uids);
  const values = {
    title: newest.title,
    fingerprint: fingerprintOf(newest, self),
    last_start_at: lastStart(newest) ?? following.last_start_at,
  };
  const isSame =
    values.title === following.title &&
    values.fingerprint === following.fingerprint &&
    values.last_start_at === following.last_start_at;
  if (!isSame) await updateFollowing(tx, owner, now, following.id, values);
}

async function keepFollowings(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  followings: readonly CalendarFollowingTable[],
  all: readonly EventSeries[],
  self: Self,
): Promise<void> {
  const uids = await listUids(
    tx,
    owner,
    followings.map((one) => one.id),
  );
  const taken = new Set([...uids.values()].flatMap((some) => [...some]));
  const dismissed = new Set((await listDismissals(tx, owner)).map((one) => one.series_key));
  for (const following of followings) {
    const known = uids.get(following.id) ?? new Set<string>();
    const free = all.filter((one) => !dismissed.has(one.key) && !one.uids.some((uid) => taken.has(uid)));
    const next = continuationOf(following, free, self);
    const found = [...all.filter((one) => isOfFollowing(one, known)), ...(next ? [next] : [])];
    for (const one of found) for (const uid of one.uids) taken.add(uid);
    await keepFollowing(tx, owner, now, following, { events: found, known, self });
  }
}

/**
 * After a good reading: keeps what the calendar holds of event series, and brings every series of meetings that follows this calendar
 * in line with it. The same reading twice changes nothing.
 */
export async function followSource(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  sourceId: string,
  expansion: Pick<Expansion, "events" | "cancelled" | "warnings">,
): Promise<void> {
  const { zone } = await readOwner(tx, owner);
  const self = await selfIn(tx, owner, oneOfEach(expansion.events));
  const span = { zone, until: followWindow(now).to, unknownZone: unknownZone(expansion) };
  await releaseStopped(tx, owner, now);
  const followings = await listFollowingsOfSource(tx, owner, sourceId);
  const uids = await listUids(
    tx,
    owner,
    followings.map((one) => one.id),
  );
  const followed = new Set([...uids.values()].flatMap((some) => [...some]));
  const all = eventSeriesOf(expansion.events, expansion.cancelled, self, span, followed);
  await putEventSeries(tx, owner, now, sourceId, all);
  await keepFollowings(tx, owner, now, followings, all, self);
  for (const seriesId of new Set(followings.map((one) => one.series_id))) await followSeries(tx, owner, now, seriesId);
}

/** Ends one following. When nothing else leads its series, the series goes on by itself with the meetings as they are. */
export async function releaseFollowing(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  following: Pick<CalendarFollowingTable, "id" | "series_id">,
): Promise<void> {
  await updateFollowing(tx, owner, now, following.id, { released_at: now.toString({ fractionalSecondDigits: 3 }) });
  const others = await listFollowingsOfSeries(tx, owner, following.series_id);
  if (others.length === 0) await stopLead(tx, owner, now, following.series_id);
  else await followSeries(tx, owner, now, following.series_id);
}

/** A calendar is removed: what followed it goes on by itself, and what was read of its events is forgotten. */
export async function releaseSource(tx: Tx, owner: OwnerId, now: Temporal.Instant, sourceId: string): Promise<void> {
  for (const following of await listFollowingsOfSource(tx, owner, sourceId)) await releaseFollowing(tx, owner, now, following);
  await forgetEventSeries(tx, owner, sourceId);
}
