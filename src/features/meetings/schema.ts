import * as z from "zod";
import { day, timeOfDay } from "../../lib/dates.ts";
import { emailAddress, line } from "../../lib/text.ts";
import { zoneName } from "../account/index.ts";

export interface SeriesTable {
  owner_id: string;
  id: string;
  person_id: string;
  /** The last day on which this series can have a meeting. */
  ended_on: string | null;
  /** Meetings exist up to and including this day. */
  ahead_until_on: string;
  created_at: string;
  updated_at: string;
}

export interface SeriesRuleTable {
  owner_id: string;
  id: string;
  series_id: string;
  /** The rule holds from this day until the next rule of the series. */
  from_on: string;
  /** The day of its first meeting; sets the weekday. Never before `from_on`. */
  first_on: string;
  local_time: string;
  zone: string;
  minutes: number;
  every_weeks: number;
  created_at: string;
}

export interface SeriesPauseTable {
  owner_id: string;
  id: string;
  series_id: string;
  from_on: string;
  /** The last day of the pause; null while nobody knows. */
  until_on: string | null;
  created_at: string;
}

/** A series that follows a calendar instead of its own rhythm. Gone as soon as it no longer does. */
export interface SeriesLeadTable {
  owner_id: string;
  series_id: string;
  /** The calendar's rhythm in words. */
  rhythm: string;
  /** The zone that the calendar names and nobody knows; null when there is none. */
  doubted_zone: string | null;
  /** The unknown zone whose hours their owner has confirmed. */
  trusted_zone: string | null;
  created_at: string;
  updated_at: string;
}

/** `calendar`: the calendar that the series follows has it no longer. */
export const cancelReasons = ["cancelled", "holiday", "paused", "ended", "calendar"] as const;
export type CancelReason = (typeof cancelReasons)[number];

/** `local_start` and `zone` are what was agreed; `starts_at` follows from them and the zone's present rules. */
export interface MeetingTable {
  owner_id: string;
  id: string;
  series_id: string;
  person_id: string;
  planned_on: string;
  local_start: string;
  zone: string;
  minutes: number;
  starts_at: string;
  /** When something was first attached to it (an agenda, a note): from then on no change of the series removes it. */
  used_at: string | null;
  moved_at: string | null;
  cancelled_at: string | null;
  cancel_reason: CancelReason | null;
  held_at: string | null;
  not_held_at: string | null;
  /** Which instance of the calendar it is, while or since its series followed one; stays when the calendar moves it. */
  calendar_key: string | null;
  /** Since when its hour is a guess, because the calendar names a zone that nobody knows: nothing is sent by itself. */
  hour_doubted_at: string | null;
  created_at: string;
  updated_at: string;
}

declare module "../../platform/storage/database.ts" {
  interface Tables {
    series: SeriesTable;
    series_rule: SeriesRuleTable;
    series_pause: SeriesPauseTable;
    series_lead: SeriesLeadTable;
    meeting: MeetingTable;
  }
}

export const meetingStates = ["planned", "cancelled", "held", "not_held"] as const;
export type MeetingState = (typeof meetingStates)[number];

export const Meeting = z.object({
  id: z.string(),
  personId: z.string(),
  seriesId: z.string(),
  plannedOn: z.string().describe("The day the series planned it for; stays when the meeting is moved"),
  localStart: z.string().describe("Wall-clock start in `zone`, such as 2026-03-10T10:00"),
  zone: z.string(),
  minutes: z.number(),
  startsAt: z.string(),
  endsAt: z.string(),
  state: z.enum(meetingStates),
  movedAt: z.string().nullable(),
  cancelReason: z.enum(cancelReasons).nullable(),
  clockNote: z.string().nullable().describe("Set when the clocks change over the agreed time on that day"),
  hourDoubtedAt: z
    .string()
    .nullable()
    .describe("Set while its hour is a guess, because the calendar names an unknown zone: nothing is sent by itself"),
});
export type Meeting = z.infer<typeof Meeting>;

/** How a series follows a calendar. */
export const SeriesLead = z.object({
  seriesId: z.string(),
  rhythm: z.string().describe("The calendar's rhythm in words"),
  doubtedZone: z.string().nullable().describe("A zone that the calendar names and nobody knows, until its hours are confirmed"),
});
export type SeriesLead = z.infer<typeof SeriesLead>;

export const SeriesRule = z.object({
  fromOn: z.string(),
  firstOn: z.string(),
  time: z.string(),
  zone: z.string(),
  minutes: z.number(),
  everyWeeks: z.number(),
});
export type SeriesRule = z.infer<typeof SeriesRule>;

export const SeriesPause = z.object({ fromOn: z.string(), untilOn: z.string().nullable() });
export type SeriesPause = z.infer<typeof SeriesPause>;

export const Series = z.object({
  id: z.string(),
  personId: z.string(),
  endedOn: z.string().nullable(),
  rules: z.array(SeriesRule).describe("Oldest first; each holds until the next"),
  pauses: z.array(SeriesPause),
});
export type Series = z.infer<typeof Series>;

const wholeNumber = (min: number, max: number, message: string) =>
  z.coerce.number({ error: message }).int(message).min(min, message).max(max, message);

export const minutesLong = wholeNumber(15, 60, "A 1:1 is between 15 and 60 minutes long.");
export const weeksApart = wholeNumber(1, 4, "Choose a rhythm between every week and every 4 weeks.");

export const SeriesFields = z.object({
  startsOn: day,
  time: timeOfDay,
  zone: zoneName,
  minutes: minutesLong,
  everyWeeks: weeksApart,
});
export const ScheduleInput = SeriesFields.extend({ personId: z.string() });

/** An edit names what changes; what is absent stays as it was. */
export const EditSeriesInput = SeriesFields.partial().extend({ id: z.string() });

export const SeriesId = z.object({ id: z.string() });
export const PauseInput = SeriesId.extend({ from: day.optional(), until: day.nullable().optional() });
export const ResumeInput = SeriesId.extend({ on: day.optional() });
export const EndSeriesInput = SeriesId.extend({ on: day });

export const MeetingId = z.object({ id: z.string() });
export const MoveInput = MeetingId.extend({
  date: day,
  time: timeOfDay,
  zone: zoneName.optional(),
  minutes: minutesLong.optional(),
});
export const MoveFollowingInput = MoveInput.extend({ everyWeeks: weeksApart.optional() });
export const ListMeetingsInput = z.object({
  from: day.optional(),
  to: day.optional(),
  personId: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});
export const SkipDaysInput = z.object({ from: day, to: day, personId: z.string().optional() });
export const HandOverInput = z.object({
  personId: z.string(),
  name: line(120, "Write the new manager's name."),
  email: emailAddress.nullable().optional(),
  on: day.describe("The last day with the present manager"),
});
export const EndWithInput = z.object({ personId: z.string(), on: day });
