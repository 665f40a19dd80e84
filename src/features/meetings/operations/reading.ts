import * as z from "zod";
import { notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { readOperation } from "../../../platform/operation.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import { clockNote } from "../rules/clock.ts";
import { couldStillRun, hasGrowthBlock, stateOf } from "../rules/meeting.ts";
import {
  ListMeetingsInput,
  Meeting,
  MeetingId,
  type MeetingTable,
  Series,
  type SeriesPauseTable,
  type SeriesRuleTable,
  type SeriesTable,
} from "../schema.ts";
import {
  countTowardsGrowth,
  listMeetingRows,
  listMeetingsBefore,
  listPlannedBetween,
  markUsed,
  readMeetingRow,
} from "../store/meetings.ts";
import { listPauses, listRules, listSeriesRows, readSeriesRow } from "../store/series.ts";

export function toMeeting(row: MeetingTable): Meeting {
  return {
    id: row.id,
    personId: row.person_id,
    seriesId: row.series_id,
    plannedOn: row.planned_on,
    localStart: row.local_start,
    zone: row.zone,
    minutes: row.minutes,
    startsAt: row.starts_at,
    endsAt: instantText(Temporal.Instant.from(row.starts_at).add({ minutes: row.minutes })),
    state: stateOf(row),
    movedAt: row.moved_at,
    cancelReason: row.cancel_reason,
    clockNote: clockNote(row.local_start, row.zone),
    hourDoubtedAt: row.hour_doubted_at,
  };
}

export function toSeries(row: SeriesTable, rules: readonly SeriesRuleTable[], pauses: readonly SeriesPauseTable[]): Series {
  return {
    id: row.id,
    personId: row.person_id,
    endedOn: row.ended_on,
    rules: rules
      .filter((one) => one.series_id === row.id)
      .map((one) => ({
        fromOn: one.from_on,
        firstOn: one.first_on,
        time: one.local_time,
        zone: one.zone,
        minutes: one.minutes,
        everyWeeks: one.every_weeks,
      })),
    pauses: pauses.filter((one) => one.series_id === row.id).map((one) => ({ fromOn: one.from_on, untilOn: one.until_on })),
  };
}

/** The series with its rules and pauses, or AppError `not_found`: also when it is somebody else's. */
export async function requireSeries(db: Db, owner: OwnerId, id: string): Promise<Series> {
  const row = await readSeriesRow(db, owner, id);
  if (!row) throw notFound("This series");
  return toSeries(row, await listRules(db, owner, [id]), await listPauses(db, owner, [id]));
}

/** The meeting, or AppError `not_found`: also when it is somebody else's. For features later in the list. */
export async function requireMeeting(db: Db, owner: OwnerId, id: string): Promise<Meeting> {
  const row = await readMeetingRow(db, owner, id);
  if (!row) throw notFound("This meeting");
  return toMeeting(row);
}

/**
 * Like `requireMeeting`, and keeps the meeting from then on: no change of its series removes it any more. For features
 * that are about to attach something to it (an agenda, a note, a recap).
 */
export async function useMeeting(tx: Tx, owner: OwnerId, now: Temporal.Instant, id: string): Promise<Meeting> {
  const meeting = await requireMeeting(tx, owner, id);
  await markUsed(tx, owner, now, id);
  return meeting;
}

/** The meeting that comes next, or the one going on at `now`; of everybody or of one person. Cancelled ones are passed over. */
export async function nextMeeting(
  db: Db,
  owner: OwnerId,
  now: Temporal.Instant,
  personId?: string,
): Promise<Meeting | undefined> {
  const rows = await listPlannedBetween(db, owner, {
    after: instantText(couldStillRun(now)),
    limit: 10,
    ...(personId === undefined ? {} : { personId }),
  });
  return rows.map(toMeeting).find((meeting) => Temporal.Instant.compare(Temporal.Instant.from(meeting.endsAt), now) > 0);
}

/** Up to `limit` meetings with the same person that started before this one, newest first, whatever became of them. */
export async function meetingsBefore(
  db: Db,
  owner: OwnerId,
  meeting: Pick<Meeting, "personId" | "startsAt">,
  limit = 12,
): Promise<Meeting[]> {
  return (await listMeetingsBefore(db, owner, meeting.personId, meeting.startsAt, { limit, heldOnly: false })).map(toMeeting);
}

/** The meeting with the same person just before this one, held or not: what was open in it carries over (S53). */
export async function previousMeeting(
  db: Db,
  owner: OwnerId,
  meeting: Pick<Meeting, "personId" | "startsAt">,
): Promise<Meeting | undefined> {
  return (await meetingsBefore(db, owner, meeting, 1))[0];
}

/** Up to `limit` held meetings with the same person before this one, newest first. */
export async function heldMeetingsBefore(
  db: Db,
  owner: OwnerId,
  meeting: Pick<Meeting, "personId" | "startsAt">,
  limit = 52,
): Promise<Meeting[]> {
  return (await listMeetingsBefore(db, owner, meeting.personId, meeting.startsAt, { limit, heldOnly: true })).map(toMeeting);
}

/**
 * Whether the last ten minutes of this meeting belong to growth: those of every other held meeting with a person (S37).
 * The first has none, the second has. Before a meeting that is not held yet, the planned ones count as if they will be.
 */
export async function growthBlockIn(
  db: Db,
  owner: OwnerId,
  meeting: Pick<Meeting, "personId" | "startsAt" | "state">,
): Promise<boolean> {
  return hasGrowthBlock(await countTowardsGrowth(db, owner, meeting.personId, meeting.startsAt, meeting.state !== "held"));
}

/** Past meetings that nobody marked as held or not held, newest first: "Did it happen?" */
export async function awaitingAnswer(db: Db, owner: OwnerId, now: Temporal.Instant, limit = 20): Promise<Meeting[]> {
  const rows = await listPlannedBetween(db, owner, { before: instantText(now), limit, newestFirst: true });
  return rows.map(toMeeting).filter((meeting) => Temporal.Instant.compare(Temporal.Instant.from(meeting.endsAt), now) <= 0);
}

interface MeetingsRange extends z.output<typeof ListMeetingsInput> {
  readonly newestFirst?: boolean;
  readonly startsAfter?: string;
  readonly startsBefore?: string;
}

/**
 * Meetings by their local day (`from` and `to` included, calendar days of each meeting's own zone) or by their start
 * (`startsAfter` and `startsBefore`, UTC instants as text, not included).
 */
export async function meetingsIn(db: Db, owner: OwnerId, range: MeetingsRange): Promise<Meeting[]> {
  return (await listMeetingRows(db, owner, range)).map(toMeeting);
}

/** Up to `limit` meetings that are not over at `now`, cancelled ones included, of everybody or of one person. */
export async function comingMeetings(
  db: Db,
  owner: OwnerId,
  now: Temporal.Instant,
  limit: number,
  personId?: string,
): Promise<Meeting[]> {
  const found = await meetingsIn(db, owner, { startsAfter: instantText(couldStillRun(now)), limit: limit + 4, personId });
  return found.filter((meeting) => meeting.endsAt > instantText(now)).slice(0, limit);
}

/** Up to `limit` meetings that started before an instant and are over at `now`, newest first. */
export async function pastMeetings(
  db: Db,
  owner: OwnerId,
  now: Temporal.Instant,
  range: { limit: number; before?: string; personId?: string },
): Promise<Meeting[]> {
  const { limit, before = instantText(now), personId } = range;
  const found = await meetingsIn(db, owner, { startsBefore: before, limit: limit + 4, personId, newestFirst: true });
  return found.filter((meeting) => meeting.endsAt <= instantText(now)).slice(0, limit);
}

export const showMeeting = readOperation({
  name: "meetings.show",
  summary: "Show one meeting: when it is, how long, and whether it was held",
  input: MeetingId,
  output: Meeting,
  assistant: true,
  run: ({ owner, db }, { id }) => requireMeeting(db, owner, id),
});

export const listMeetings = readOperation({
  name: "meetings.list",
  summary: "List meetings by day, of everybody or of one person",
  input: ListMeetingsInput,
  output: z.object({ meetings: z.array(Meeting) }),
  assistant: true,
  examples: [{ from: "2026-03-01", to: "2026-03-31" }],
  async run({ owner, db }, input) {
    return { meetings: await meetingsIn(db, owner, input) };
  },
});

export const listSeries = readOperation({
  name: "meetings.series",
  summary: "List the series of meetings with their rules and pauses",
  input: z.object({ personId: z.string().optional() }),
  output: z.object({ series: z.array(Series) }),
  assistant: true,
  async run({ owner, db }, { personId }) {
    const rows = await listSeriesRows(db, owner, personId);
    const ids = rows.map((row) => row.id);
    const [rules, pauses] = [await listRules(db, owner, ids), await listPauses(db, owner, ids)];
    return { series: rows.map((row) => toSeries(row, rules, pauses)) };
  },
});
