import { AppError, invalidField, notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { writeOperation } from "../../../platform/operation.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import { requirePerson } from "../../people/index.ts";
import { startInstant } from "../rules/clock.ts";
import { dayAfter, dayBefore } from "../rules/days.ts";
import { isTouched } from "../rules/replan.ts";
import { firstDayProblem, isPaused, lastDayProblem, occurrences, planningHorizon, ruleOn, takesOverOn } from "../rules/rhythm.ts";
import {
  EditSeriesInput,
  EndSeriesInput,
  Meeting,
  type MeetingTable,
  MoveFollowingInput,
  PauseInput,
  ResumeInput,
  ScheduleInput,
  Series,
  type SeriesRule,
} from "../schema.ts";
import { deleteMeetings, listComingOfSeries, readLastPlannedBefore, readPlannedFor } from "../store/meetings.ts";
import { endPauses, insertPause, insertSeries, listSeriesRows, lockSeries, putRule, setSeriesEnd } from "../store/series.ts";
import { cancelled, changeMeeting } from "./consequences.ts";
import { endLed, mustKeepItsRhythm } from "./following.ts";
import { mustBePlanned, newHour, requireRow } from "./meetings.ts";
import { followRules, todayOf } from "./planning.ts";
import { requireMeeting, requireSeries } from "./reading.ts";

/** Locks a series for a change. Throws `not_found`, or `conflict` when it has ended. */
export async function openSeries(tx: Tx, owner: OwnerId, now: Temporal.Instant, id: string): Promise<Series> {
  if (!(await lockSeries(tx, owner, now, id))) throw notFound("This series");
  const series = await requireSeries(tx, owner, id);
  if (series.endedOn !== null)
    throw new AppError("conflict", `The last day of this series is ${series.endedOn}. Agree on a new one to meet again.`);
  return series;
}

function mustBeSensible(firstOn: string, today: string): void {
  const problem = firstDayProblem(firstOn, today);
  if (problem) throw invalidField("startsOn", problem);
}

/** Starts a series with a person and plans its meetings. Throws `conflict` when one is running. For features later in the list. */
export async function startSeries(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  personId: string,
  rule: SeriesRule,
): Promise<Series> {
  const row = await insertSeries(tx, owner, now, personId);
  if (!row) throw new AppError("conflict", "You already have a series with this person. Change that one instead.");
  await putRule(tx, owner, now, row.id, rule);
  await followRules(tx, owner, now, row.id);
  return requireSeries(tx, owner, row.id);
}

export const scheduleSeries = writeOperation({
  name: "meetings.schedule",
  summary: "Agree on a series of meetings with a person",
  input: ScheduleInput,
  output: Series,
  examples: [{ personId: "0199…", startsOn: "2026-03-10", time: "10:00", zone: "Europe/Berlin", minutes: 30, everyWeeks: 1 }],
  async run({ owner, tx, now }, { personId, startsOn, time, zone, minutes, everyWeeks }) {
    const person = await requirePerson(tx, owner, personId);
    if (person.endedOn !== null)
      throw new AppError("conflict", `You noted that your work with ${person.name} ended. Add the person again to meet again.`);
    const rule = { fromOn: startsOn, firstOn: startsOn, time, zone, minutes, everyWeeks };
    mustBeSensible(startsOn, todayOf({ rules: [rule] }, now));
    const lastDays = (await listSeriesRows(tx, owner, personId)).map((row) => row.ended_on ?? "");
    const running = lastDays.find((on) => on >= startsOn && on >= todayOf({ rules: [rule] }, now));
    if (running) throw invalidField("startsOn", `The series before this one runs until ${running}. Choose a later day.`);
    return startSeries(tx, owner, now, personId, rule);
  },
});

/** The next day on which a series meets after now by its present rules; today's date when there is none. */
function nextDay(series: Series, now: Temporal.Instant): string {
  const today = todayOf(series, now);
  const coming = occurrences({ ...series, pauses: [] }, today, planningHorizon(today));
  return coming.find((one) => Temporal.Instant.compare(startInstant(one.localStart, one.zone), now) > 0)?.plannedOn ?? today;
}

export const editSeries = writeOperation({
  name: "meetings.editSeries",
  summary: "Change a series from a first day on: weekday, time, zone, length or rhythm",
  input: EditSeriesInput,
  output: Series,
  examples: [{ id: "0199…", startsOn: "2026-04-02", time: "14:30" }],
  async run({ owner, tx, now }, { id, startsOn, ...changes }) {
    const series = await openSeries(tx, owner, now, id);
    await mustKeepItsRhythm(tx, owner, id);
    if (startsOn !== undefined) mustBeSensible(startsOn, todayOf(series, now));
    const firstOn = startsOn ?? nextDay(series, now);
    const present = ruleOn(series.rules, firstOn) as SeriesRule;
    const fromOn = startsOn === undefined ? firstOn : takesOverOn(firstOn);
    await putRule(tx, owner, now, id, { ...present, ...defined(changes), fromOn, firstOn });
    // A new first day sets a new rhythm for good; any other change leaves later changes of the weekday as they were agreed.
    const laterRules = startsOn === undefined ? series.rules.filter((rule) => rule.fromOn > fromOn) : [];
    for (const rule of laterRules) await putRule(tx, owner, now, id, { ...rule, ...defined(changes) });
    await followRules(tx, owner, now, id);
    return requireSeries(tx, owner, id);
  },
});

function defined<T extends object>(changes: T): Partial<{ [K in keyof T]: Exclude<T[K], undefined> }> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<{
    [K in keyof T]: Exclude<T[K], undefined>;
  }>;
}

export const moveFollowing = writeOperation({
  name: "meetings.moveFollowing",
  summary: "Move a meeting and all that follow it to another weekday, hour or rhythm",
  input: MoveFollowingInput,
  output: Meeting,
  async run({ owner, tx, now }, input) {
    const row = await requireRow(tx, owner, input.id);
    mustBePlanned(row);
    const series = await openSeries(tx, owner, now, row.series_id);
    await mustKeepItsRhythm(tx, owner, row.series_id);
    const hour = newHour(row, now, input);
    const previous = await readLastPlannedBefore(tx, owner, row.series_id, row.planned_on);
    if (previous !== undefined && input.date <= previous)
      throw invalidField("date", "The meeting before this one is on that day or later. Choose a later day.");
    if (isPaused(input.date, series.pauses))
      throw invalidField("date", "The series is paused on that day. Resume it first, or choose another day.");
    await freeDay(tx, owner, row, input.date);
    const present = ruleOn(series.rules, row.planned_on) as SeriesRule;
    const rule = {
      ...present,
      ...defined({ time: input.time, zone: input.zone, minutes: input.minutes, everyWeeks: input.everyWeeks }),
    };
    await putRule(tx, owner, now, row.series_id, {
      ...rule,
      fromOn: takesOver(previous, input.date, row.planned_on),
      firstOn: input.date,
    });
    await changeMeeting(tx, owner, now, row, { ...hour, moved_at: null, planned_on: input.date });
    await followRules(tx, owner, now, row.series_id);
    return requireMeeting(tx, owner, input.id);
  },
});

/** Makes room on the day that a meeting is to stand for. Throws `invalid` when something hangs on the meeting that has it. */
async function freeDay(tx: Tx, owner: OwnerId, row: MeetingTable, on: string): Promise<void> {
  const other = await readPlannedFor(tx, owner, row.series_id, on);
  if (!other || other.id === row.id) return;
  if (isTouched(other))
    throw invalidField(
      "date",
      "Another meeting of this series has that day, and it was prepared, moved or cancelled. Choose another day.",
    );
  await deleteMeetings(tx, owner, [other.id]);
}

/** The new rule begins after the meeting before it, so that meetings already planned earlier in that week stay. */
function takesOver(previous: string | undefined, firstOn: string, planned: string): string {
  const from = takesOverOn(firstOn, planned);
  return previous !== undefined && from <= previous ? dayAfter(previous) : from;
}

export const pauseSeries = writeOperation({
  name: "meetings.pauseSeries",
  summary: "Pause a series from a day on, until a day or until it is resumed",
  input: PauseInput,
  output: Series,
  async run({ owner, tx, now }, { id, from, until = null }) {
    const series = await openSeries(tx, owner, now, id);
    await mustKeepItsRhythm(tx, owner, id);
    const firstDay = from ?? todayOf(series, now);
    if (until !== null && until < firstDay) throw invalidField("until", "The last day of the pause lies before its first one.");
    await insertPause(tx, owner, now, id, firstDay, until);
    await followRules(tx, owner, now, id, "paused");
    return requireSeries(tx, owner, id);
  },
});

export const resumeSeries = writeOperation({
  name: "meetings.resumeSeries",
  summary: "Resume a paused series from a day on",
  input: ResumeInput,
  output: Series,
  async run({ owner, tx, now }, { id, on }) {
    const series = await openSeries(tx, owner, now, id);
    await mustKeepItsRhythm(tx, owner, id);
    const firstDay = on ?? todayOf(series, now);
    const ended = await endPauses(tx, owner, id, firstDay, dayBefore(firstDay));
    if (ended === 0) throw new AppError("conflict", "This series is not paused on that day.");
    await followRules(tx, owner, now, id);
    for (const row of await listComingOfSeries(tx, owner, id, now)) {
      if (row.cancel_reason === "paused" && row.planned_on >= firstDay)
        await changeMeeting(tx, owner, now, row, { cancelled_at: null, cancel_reason: null });
    }
    return requireSeries(tx, owner, id);
  },
});

/** Ends a series on a day; later meetings go, those with something attached are cancelled and keep it. */
export async function closeSeries(tx: Tx, owner: OwnerId, now: Temporal.Instant, id: string, on: string): Promise<void> {
  await setSeriesEnd(tx, owner, id, on);
  if (await endLed(tx, owner, now, id, on)) return;
  await followRules(tx, owner, now, id, "ended");
  for (const row of await listComingOfSeries(tx, owner, id, now)) {
    // A meeting that was moved past the end has no series any more, though its planned day still had one.
    const isLate = row.local_start.slice(0, 10) > on && row.cancelled_at === null;
    if (isLate) await changeMeeting(tx, owner, now, row, cancelled(now, "ended"));
  }
}

export const endSeries = writeOperation({
  name: "meetings.endSeries",
  summary: "End a series after a last day; what was written stays",
  input: EndSeriesInput,
  output: Series,
  async run({ owner, tx, now }, { id, on }) {
    const series = await openSeries(tx, owner, now, id);
    const problem = lastDayProblem(on, todayOf(series, now));
    if (problem) throw invalidField("on", problem);
    await closeSeries(tx, owner, now, id, on);
    return requireSeries(tx, owner, id);
  },
});
