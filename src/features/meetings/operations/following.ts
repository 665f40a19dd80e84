import { AppError, notFound } from "../../../lib/errors.ts";
import { newId, type OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { writeOperation } from "../../../platform/operation.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import {
  canStillFollow,
  followPlan,
  freeDayFor,
  instanceStart,
  type LedCalendar,
  type LedInstance,
  nearestRule,
  saysTheSame,
} from "../rules/following.ts";
import { couldStillRun, stateOf } from "../rules/meeting.ts";
import { isTouched } from "../rules/replan.ts";
import { planningHorizon, ruleOn } from "../rules/rhythm.ts";
import { type MeetingTable, Series, SeriesId, type SeriesLead, type SeriesLeadTable } from "../schema.ts";
import {
  deleteLead,
  insertLead,
  listDoubted,
  listForFollowing,
  listLeads,
  lockLead,
  readLead,
  updateLead,
} from "../store/lead.ts";
import { deleteMeetings, insertMeetings, listComingOfSeries, listPlannedDays, updateMeeting } from "../store/meetings.ts";
import { insertSeries, lockSeries, putRule, readRunningSeries, readSeriesRow, setPlannedUntil } from "../store/series.ts";
import { cancelled, changeMeeting } from "./consequences.ts";
import { requireSeries } from "./reading.ts";

/** What a calendar says about a series, in the words of this feature. */
export interface Lead extends LedCalendar {
  /** The calendar's rhythm in words, such as "every week on Tuesday at 10:00". */
  readonly rhythm: string;
  /** The zone that it names and nobody knows; its instances say themselves whether they are in doubt. */
  readonly doubtedZone: string | null;
}

/** How many meetings a read of the calendar changed. */
export interface Followed {
  added: number;
  changed: number;
  cancelled: number;
  removed: number;
}

function toLead(row: SeriesLeadTable): SeriesLead {
  const isOpen = row.doubted_zone !== null && row.doubted_zone !== row.trusted_zone;
  return { seriesId: row.series_id, rhythm: row.rhythm, doubtedZone: isOpen ? row.doubted_zone : null };
}

/** How a series follows a calendar, or undefined when it keeps a rhythm of its own. */
export async function leadOf(db: Db, owner: OwnerId, seriesId: string): Promise<SeriesLead | undefined> {
  const row = await readLead(db, owner, seriesId);
  return row && toLead(row);
}

/** Every series that follows a calendar, by its id. */
export async function leadsOf(db: Db, owner: OwnerId): Promise<Map<string, SeriesLead>> {
  return new Map((await listLeads(db, owner)).map((row) => [row.series_id, toLead(row)]));
}

/** Throws `conflict` when a series follows a calendar, and so has no rhythm of its own to change. */
export async function mustKeepItsRhythm(db: Db, owner: OwnerId, seriesId: string): Promise<void> {
  if (await readLead(db, owner, seriesId))
    throw new AppError(
      "conflict",
      "These meetings follow your calendar. Change the series there, or stop following it on the page of the person.",
    );
}

/**
 * Lets the running series with a person follow a calendar, and begins one where there is none. The meetings stay as they are until
 * `followInstances` compares them with the calendar. Returns the id of the series. For features later in the list.
 */
export async function leadSeriesWith(tx: Tx, owner: OwnerId, now: Temporal.Instant, personId: string): Promise<string> {
  const series = (await insertSeries(tx, owner, now, personId)) ?? (await readRunningSeries(tx, owner, personId));
  if (!series) throw notFound("This series");
  await insertLead(tx, owner, now, series.id);
  return series.id;
}

function hourOf(one: LedInstance): Pick<MeetingTable, "local_start" | "zone" | "minutes" | "starts_at"> {
  return {
    local_start: one.localStart,
    zone: one.zone,
    minutes: one.minutes,
    starts_at: instantText(instanceStart(one)),
  };
}

/** What an instance makes of a meeting; what its owner said about it (cancelled, days off) is left alone. */
function wantedOf(row: MeetingTable, one: LedInstance, now: Temporal.Instant): Partial<MeetingTable> {
  const at = instantText(now);
  const isBack = row.cancel_reason === "calendar";
  return {
    ...hourOf(one),
    calendar_key: one.key,
    moved_at: one.isMoved ? (row.moved_at ?? at) : null,
    hour_doubted_at: one.isDoubted ? (row.hour_doubted_at ?? at) : null,
    ...(isBack ? { cancelled_at: null, cancel_reason: null } : {}),
  };
}

function differences(row: MeetingTable, wanted: Partial<MeetingTable>): Partial<MeetingTable> {
  const entries = Object.entries(wanted).filter(([column, value]) => row[column as keyof MeetingTable] !== value);
  return Object.fromEntries(entries);
}

function newMeeting(
  owner: OwnerId,
  now: Temporal.Instant,
  series: { readonly id: string; readonly personId: string },
  one: LedInstance,
  plannedOn: string,
): MeetingTable {
  const at = instantText(now);
  return {
    owner_id: owner,
    id: newId(),
    series_id: series.id,
    person_id: series.personId,
    planned_on: plannedOn,
    ...hourOf(one),
    used_at: null,
    moved_at: one.isMoved ? at : null,
    cancelled_at: null,
    cancel_reason: null,
    held_at: null,
    not_held_at: null,
    calendar_key: one.key,
    hour_doubted_at: one.isDoubted ? at : null,
    created_at: at,
    updated_at: at,
  };
}

/** The days of the series that meetings stand for, a little of the past too: an earlier one may have been moved away from a day to come. */
function daysTaken(tx: Tx, owner: OwnerId, now: Temporal.Instant, seriesId: string): Promise<Set<string>> {
  const from = now.toZonedDateTimeISO("UTC").toPlainDate().subtract({ weeks: 8 }).toString();
  return listPlannedDays(tx, owner, seriesId, from);
}

/** The rule nearest to the calendar's rhythm, kept so that the series can go on by itself when it stops following. */
async function keepRule(tx: Tx, owner: OwnerId, now: Temporal.Instant, series: Series, lead: Lead): Promise<void> {
  const coming = lead.instances.filter((one) => Temporal.Instant.compare(instanceStart(one), now) > 0);
  const wanted = nearestRule(coming);
  if (!wanted) return;
  const present = ruleOn(series.rules, wanted.firstOn);
  const isAgreed = present && saysTheSame(present, wanted) && !series.rules.some((rule) => rule.fromOn > wanted.fromOn);
  if (!isAgreed) await putRule(tx, owner, now, series.id, wanted);
}

async function keepLead(tx: Tx, owner: OwnerId, now: Temporal.Instant, row: SeriesLeadTable, lead: Lead): Promise<void> {
  if (row.rhythm === lead.rhythm && row.doubted_zone === lead.doubtedZone) return;
  await updateLead(tx, owner, now, row.series_id, { rhythm: lead.rhythm, doubted_zone: lead.doubtedZone });
}

/** Moved by the calendar, cancelled there, put back there: each with everything that follows from it. */
async function applyChanges(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  plan: ReturnType<typeof followPlan>,
  taken: Set<string>,
): Promise<number> {
  let changed = 0;
  for (const { row, instance } of plan.put) {
    const isSame = row.calendar_key === instance.key;
    const day = isSame || taken.has(instance.plannedOn) ? row.planned_on : instance.plannedOn;
    const changes = differences(row, { ...wantedOf(row, instance, now), planned_on: day });
    if (Object.keys(changes).length === 0) continue;
    taken.delete(row.planned_on);
    taken.add(day);
    // An untouched meeting that only gets its key has no entry in the record and no mail.
    const isQuiet = Object.keys(changes).every((column) => column === "calendar_key" || column === "planned_on");
    await (isQuiet ? updateMeeting(tx, owner, now, row.id, changes) : changeMeeting(tx, owner, now, row, changes));
    changed += 1;
  }
  return changed;
}

async function addMeetings(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  series: Series,
  added: readonly LedInstance[],
  taken: Set<string>,
): Promise<number> {
  const rows = added.flatMap((one) => {
    const day = freeDayFor(one.plannedOn, taken);
    if (day === undefined) return [];
    taken.add(day);
    return [newMeeting(owner, now, series, one, day)];
  });
  await insertMeetings(tx, rows);
  return rows.length;
}

/**
 * Brings the meetings of a series in line with its calendar, 26 weeks ahead. Does nothing for a series that follows none. Safe to
 * run again with the same calendar, also from two processes at once: the second finds nothing to do.
 */
export async function followInstances(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  seriesId: string,
  lead: Lead,
): Promise<Followed | undefined> {
  const leadRow = await lockLead(tx, owner, seriesId);
  if (!leadRow) return undefined;
  const series = await requireSeries(tx, owner, seriesId);
  const isTrusted = lead.doubtedZone !== null && lead.doubtedZone === leadRow.trusted_zone;
  const instances = isTrusted ? lead.instances.map((one) => ({ ...one, isDoubted: false })) : lead.instances;
  const rows = await listForFollowing(tx, owner, seriesId, couldStillRun(now));
  const horizonDay = planningHorizon(now.toString().slice(0, 10));
  const horizon = Temporal.PlainDate.from(horizonDay).add({ days: 1 }).toZonedDateTime("UTC").toInstant();
  const plan = followPlan(rows, { ...lead, instances }, { now, horizon });
  await deleteMeetings(
    tx,
    owner,
    plan.remove.map((row) => row.id),
  );
  for (const row of plan.cancel) await changeMeeting(tx, owner, now, row, cancelled(now, "calendar"));
  const taken = await daysTaken(tx, owner, now, seriesId);
  const changed = await applyChanges(tx, owner, now, plan, taken);
  const added = await addMeetings(tx, owner, now, series, plan.add, taken);
  await keepRule(tx, owner, now, series, lead);
  await keepLead(tx, owner, now, leadRow, lead);
  const { ahead_until_on } = (await readSeriesRow(tx, owner, seriesId)) ?? { ahead_until_on: "" };
  if (ahead_until_on < horizonDay) await setPlannedUntil(tx, owner, seriesId, horizonDay);
  return { added, changed, cancelled: plan.cancel.length, removed: plan.remove.length };
}

/** Ends a series that follows a calendar on a day: later meetings go, those with something attached are cancelled and keep it. */
export async function endLed(tx: Tx, owner: OwnerId, now: Temporal.Instant, seriesId: string, on: string): Promise<boolean> {
  if (!(await deleteLead(tx, owner, seriesId))) return false;
  const late = (await listComingOfSeries(tx, owner, seriesId, now)).filter((row) => row.local_start.slice(0, 10) > on);
  await deleteMeetings(
    tx,
    owner,
    late.filter((row) => !isTouched(row)).map((row) => row.id),
  );
  for (const row of late.filter((one) => isTouched(one) && stateOf(one) === "planned"))
    await changeMeeting(tx, owner, now, row, cancelled(now, "ended"));
  return true;
}

/** Stops following within a transaction of a feature later in the list. Same rules as `meetings.stopFollowing`. */
export async function stopLead(tx: Tx, owner: OwnerId, now: Temporal.Instant, seriesId: string): Promise<boolean> {
  if (!(await lockSeries(tx, owner, now, seriesId))) throw notFound("This series");
  return deleteLead(tx, owner, seriesId);
}

export const stopFollowing = writeOperation({
  name: "meetings.stopFollowing",
  summary: "Let a series go on by itself instead of following a calendar; its meetings stay",
  input: SeriesId,
  output: Series,
  async run({ owner, tx, now }, { id }) {
    await stopLead(tx, owner, now, id);
    return requireSeries(tx, owner, id);
  },
});

export const trustHours = writeOperation({
  name: "meetings.trustHours",
  summary: "Confirm the hours of a series whose calendar names an unknown time zone; approved mail goes out again by itself",
  input: SeriesId,
  output: Series,
  async run({ owner, tx, now }, { id }) {
    if (!(await lockSeries(tx, owner, now, id))) throw notFound("This series");
    const lead = await readLead(tx, owner, id);
    if (lead?.doubted_zone) await updateLead(tx, owner, now, id, { trusted_zone: lead.doubted_zone });
    for (const row of await listDoubted(tx, owner, id)) {
      // Over is over: what was never sent is told by its own state.
      if (canStillFollow(row, now)) await changeMeeting(tx, owner, now, row, { hour_doubted_at: null });
      else await updateMeeting(tx, owner, now, row.id, { hour_doubted_at: null });
    }
    return requireSeries(tx, owner, id);
  },
});
