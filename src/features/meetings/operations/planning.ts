import { dayIn } from "../../../lib/dates.ts";
import { newId, type OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import { startInstant } from "../rules/clock.ts";
import { isTouched, replan } from "../rules/replan.ts";
import { type Occurrence, occurrences, planningHorizon } from "../rules/rhythm.ts";
import type { CancelReason, MeetingTable, Series } from "../schema.ts";
import {
  deleteMeetings,
  insertMeetings,
  listComing,
  listComingOfSeries,
  listPlannedDays,
  updateMeeting,
} from "../store/meetings.ts";
import { claimPlanning, listLivingSeries, setPlannedUntil } from "../store/series.ts";
import { cancelled, changeMeeting } from "./consequences.ts";
import { requireSeries } from "./reading.ts";

/** The calendar day it is now where the series takes place. */
export function todayOf(series: Pick<Series, "rules">, now: Temporal.Instant): string {
  return dayIn(series.rules.at(-1)?.zone ?? "UTC", now).toString();
}

function newMeeting(owner: OwnerId, now: Temporal.Instant, series: Series, one: Occurrence): MeetingTable {
  const at = instantText(now);
  return {
    owner_id: owner,
    id: newId(),
    series_id: series.id,
    person_id: series.personId,
    planned_on: one.plannedOn,
    ...hourOf(one),
    used_at: null,
    moved_at: null,
    cancelled_at: null,
    cancel_reason: null,
    held_at: null,
    not_held_at: null,
    calendar_key: null,
    hour_doubted_at: null,
    created_at: at,
    updated_at: at,
  };
}

function hourOf(one: Occurrence): Pick<MeetingTable, "local_start" | "zone" | "minutes" | "starts_at"> {
  return {
    local_start: one.localStart,
    zone: one.zone,
    minutes: one.minutes,
    starts_at: instantText(startInstant(one.localStart, one.zone)),
  };
}

/**
 * Brings the coming meetings of a series in line with its rules, after any change of it. Meetings that somebody touched
 * are kept; those whose day is gone are cancelled with `orphanReason`, or left where they are when there is none.
 */
export async function followRules(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  seriesId: string,
  orphanReason?: CancelReason,
): Promise<void> {
  const series = await requireSeries(tx, owner, seriesId);
  const today = todayOf(series, now);
  const until = planningHorizon(today);
  const rows = await listComingOfSeries(tx, owner, seriesId, now);
  const taken = await listPlannedDays(tx, owner, seriesId, today);
  for (const row of rows) taken.delete(row.planned_on);
  const wanted = occurrences(series, today, until).filter((one) => !taken.has(one.plannedOn));
  const plan = replan(rows, wanted);
  const row = new Map(rows.map((one) => [one.id, one]));
  await deleteMeetings(tx, owner, plan.remove);
  for (const { id, occurrence, keepsHour } of plan.change) {
    const before = row.get(id) as MeetingTable;
    const changes = { planned_on: occurrence.plannedOn, ...(keepsHour ? {} : hourOf(occurrence)) };
    // Nothing hangs on an untouched meeting: no entry of the record, no mail.
    if (isTouched(before)) await changeMeeting(tx, owner, now, before, changes);
    else await updateMeeting(tx, owner, now, id, changes);
  }
  if (orphanReason !== undefined)
    for (const id of plan.orphans) {
      await changeMeeting(tx, owner, now, row.get(id) as MeetingTable, cancelled(now, orphanReason));
    }
  await insertMeetings(
    tx,
    plan.add.map((one) => newMeeting(owner, now, series, one)),
  );
  await setPlannedUntil(tx, owner, seriesId, until);
}

async function planFurther(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  seriesId: string,
  plannedUntil: string,
): Promise<number> {
  const series = await requireSeries(tx, owner, seriesId);
  const today = todayOf(series, now);
  const until = planningHorizon(today);
  if (!(await claimPlanning(tx, owner, seriesId, until))) return 0;
  const from = plannedUntil < today ? today : plannedUntil;
  const added = occurrences(series, from, until).filter((one) => one.plannedOn > plannedUntil);
  await insertMeetings(
    tx,
    added.map((one) => newMeeting(owner, now, series, one)),
  );
  return added.length;
}

/**
 * The daily job: plans every living series 26 weeks ahead, and sets right the instants of coming meetings where the rules
 * of their zone changed since they were written, so that the agreed local time holds. Safe to run twice or from two
 * processes at once. Returns how many meetings were added and how many instants were corrected.
 */
export async function keepMeetingsAhead(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
): Promise<{ added: number; corrected: number }> {
  let added = 0;
  // A day earlier than UTC's today: it may still be yesterday where the series takes place.
  const yesterday = dayIn("UTC", now).subtract({ days: 1 }).toString();
  for (const series of await listLivingSeries(tx, owner, yesterday))
    added += await planFurther(tx, owner, now, series.id, series.ahead_until_on);
  let corrected = 0;
  for (const row of await listComing(tx, owner, yesterday)) {
    const startsAt = instantText(startInstant(row.local_start, row.zone));
    if (startsAt === row.starts_at) continue;
    await changeMeeting(tx, owner, now, row, { starts_at: startsAt });
    corrected += 1;
  }
  return { added, corrected };
}
