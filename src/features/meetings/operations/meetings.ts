import * as z from "zod";
import { AppError, invalidField, notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { writeOperation } from "../../../platform/operation.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import { withdrawApproval } from "../../delivery/index.ts";
import { requirePerson } from "../../people/index.ts";
import { agreedTime, startInstant } from "../rules/clock.ts";
import { stateOf } from "../rules/meeting.ts";
import { planningHorizon } from "../rules/rhythm.ts";
import { Meeting, MeetingId, type MeetingTable, MoveInput, SkipDaysInput } from "../schema.ts";
import { listMeetingRows, lockMeetingRow } from "../store/meetings.ts";
import { cancelled, changeMeeting } from "./consequences.ts";
import { toMeeting } from "./reading.ts";

export async function requireRow(tx: Tx, owner: OwnerId, id: string): Promise<MeetingTable> {
  const row = await lockMeetingRow(tx, owner, id);
  if (!row) throw notFound("This meeting");
  return row;
}

const notPlanned = {
  cancelled: "This meeting was cancelled. Restore it first.",
  held: "This meeting was held. If that is not so, take the answer back first.",
  not_held: "This meeting did not happen. If that is not so, take the answer back first.",
};

/** Throws AppError `conflict` with what to do first when the meeting is not simply planned. */
export function mustBePlanned(row: MeetingTable): void {
  const state = stateOf(row);
  if (state !== "planned") throw new AppError("conflict", notPlanned[state]);
}

/** The new hour of a moved meeting. Throws AppError `invalid` beside `date` when it is over already. */
export function newHour(
  row: MeetingTable,
  now: Temporal.Instant,
  to: z.output<typeof MoveInput>,
): Pick<MeetingTable, "local_start" | "zone" | "minutes" | "starts_at"> {
  const zone = to.zone ?? row.zone;
  const localStart = `${to.date}T${to.time}`;
  const starts = startInstant(localStart, zone);
  if (Temporal.Instant.compare(starts, now) <= 0)
    throw invalidField("date", "This time is over already. Choose one that is still to come.");
  if (to.date > planningHorizon(now.toString().slice(0, 10)))
    throw invalidField("date", "This is more than half a year away. Choose a nearer day, or cancel the meeting.");
  return { local_start: localStart, zone, minutes: to.minutes ?? row.minutes, starts_at: instantText(starts) };
}

export const moveMeeting = writeOperation({
  name: "meetings.move",
  summary: "Move one meeting to another day or hour; the rest of the series stays",
  input: MoveInput,
  output: Meeting,
  examples: [{ id: "0199…", date: "2026-03-12", time: "14:00" }],
  async run({ owner, tx, now }, input) {
    const row = await requireRow(tx, owner, input.id);
    mustBePlanned(row);
    const hour = newHour(row, now, input);
    const same = row.local_start === hour.local_start && row.zone === hour.zone && row.minutes === hour.minutes;
    return toMeeting(same ? row : await changeMeeting(tx, owner, now, row, { ...hour, moved_at: instantText(now) }));
  },
});

export const cancelMeeting = writeOperation({
  name: "meetings.cancel",
  summary: "Cancel one meeting; what was prepared for it carries over",
  input: MeetingId,
  output: Meeting,
  async run({ owner, tx, now }, { id }) {
    const row = await requireRow(tx, owner, id);
    if (stateOf(row) === "cancelled") return toMeeting(row);
    mustBePlanned(row);
    return toMeeting(await changeMeeting(tx, owner, now, row, cancelled(now, "cancelled")));
  },
});

export const restoreMeeting = writeOperation({
  name: "meetings.restore",
  summary: "Put a cancelled meeting back at its hour",
  input: MeetingId,
  output: Meeting,
  async run({ owner, tx, now }, { id }) {
    const row = await requireRow(tx, owner, id);
    if (stateOf(row) !== "cancelled") return toMeeting(row);
    if (row.cancel_reason === "ended")
      throw new AppError("conflict", "The series of this meeting has ended. Agree on a new series to meet again.");
    const startsAt = instantText(startInstant(row.local_start, row.zone));
    return toMeeting(await changeMeeting(tx, owner, now, row, { starts_at: startsAt, cancelled_at: null, cancel_reason: null }));
  },
});

export const skipDays = writeOperation({
  name: "meetings.skipDays",
  summary: "Cancel every meeting in a span of days off, with everybody or with one person",
  input: SkipDaysInput,
  output: z.object({ cancelled: z.array(Meeting) }),
  examples: [{ from: "2026-12-21", to: "2027-01-03" }],
  async run({ owner, tx, now }, { from, to, personId }) {
    if (to < from) throw invalidField("to", "The last day lies before the first one.");
    const horizon = planningHorizon(now.toString().slice(0, 10));
    if (to > horizon)
      throw invalidField(
        "to",
        `Meetings are planned until ${horizon}. Skip days up to then, and the later ones when they come nearer.`,
      );
    if (personId !== undefined) await requirePerson(tx, owner, personId);
    const rows = await listMeetingRows(tx, owner, { from, to, personId });
    const coming = rows.filter((row) => stateOf(row) === "planned" && row.starts_at > instantText(now));
    const skipped: Meeting[] = [];
    for (const row of coming) skipped.push(toMeeting(await changeMeeting(tx, owner, now, row, cancelled(now, "holiday"))));
    return { cancelled: skipped };
  },
});

/** Notes whether a meeting took place. Throws AppError `conflict` before its start: nobody knows yet. */
async function answer(tx: Tx, owner: OwnerId, now: Temporal.Instant, id: string, happened: boolean): Promise<Meeting> {
  const row = await requireRow(tx, owner, id);
  const state = stateOf(row);
  if (state === (happened ? "held" : "not_held")) return toMeeting(row);
  if (state === "cancelled") throw new AppError("conflict", notPlanned.cancelled);
  if (row.starts_at > instantText(now)) {
    throw new AppError(
      "conflict",
      `This meeting starts ${agreedTime(row.local_start)} (${row.zone}). You can note what became of it once it has begun.`,
    );
  }
  const at = instantText(now);
  // A recap that was approved for it would tell of a talk that never was. What has already gone out stays.
  if (!happened) await withdrawApproval(tx, owner, now, id, "recap");
  return toMeeting(
    await changeMeeting(tx, owner, now, row, happened ? { held_at: at, not_held_at: null } : { held_at: null, not_held_at: at }),
  );
}

/** Notes that a meeting took place, within a transaction of a feature later in the list. Same rules as `meetings.markHeld`. */
export function noteHeld(tx: Tx, owner: OwnerId, now: Temporal.Instant, id: string): Promise<Meeting> {
  return answer(tx, owner, now, id, true);
}

/** Notes that a meeting did not take place, within a transaction of a feature later in the list. */
export function noteNotHeld(tx: Tx, owner: OwnerId, now: Temporal.Instant, id: string): Promise<Meeting> {
  return answer(tx, owner, now, id, false);
}

export const markHeld = writeOperation({
  name: "meetings.markHeld",
  summary: "Note that a meeting took place",
  input: MeetingId,
  output: Meeting,
  run: ({ owner, tx, now }, { id }) => noteHeld(tx, owner, now, id),
});

export const markNotHeld = writeOperation({
  name: "meetings.markNotHeld",
  summary: "Note that a meeting did not happen; everything open carries over and nothing is sent",
  input: MeetingId,
  output: Meeting,
  run: ({ owner, tx, now }, { id }) => noteNotHeld(tx, owner, now, id),
});

export const unmarkMeeting = writeOperation({
  name: "meetings.unmark",
  summary: "Take back the answer whether a meeting took place",
  input: MeetingId,
  output: Meeting,
  async run({ owner, tx, now }, { id }) {
    const row = await requireRow(tx, owner, id);
    const state = stateOf(row);
    if (state === "planned" || state === "cancelled") return toMeeting(row);
    return toMeeting(await changeMeeting(tx, owner, now, row, { held_at: null, not_held_at: null }));
  },
});
