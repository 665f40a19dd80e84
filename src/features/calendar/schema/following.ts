import * as z from "zod";
import { emailAddress, line } from "../../../lib/text.ts";
import { personRoles } from "../../people/index.ts";

/** What the last good reading of a source holds of one event series: JSON of `EventSeries`. */
export interface CalendarEventSeriesTable {
  owner_id: string;
  source_id: string;
  series_key: string;
  facts: string;
  read_at: string;
}

/** An event series of a calendar that leads a series of meetings. */
export interface CalendarFollowingTable {
  owner_id: string;
  id: string;
  source_id: string;
  series_key: string;
  title: string;
  /** Of organiser, people and title, to know a new event that continues this one; null when they say too little. */
  fingerprint: string | null;
  person_id: string;
  series_id: string;
  last_start_at: string | null;
  confirmed_at: string;
  released_at: string | null;
  created_at: string;
  updated_at: string;
}

export interface CalendarFollowedUidTable {
  owner_id: string;
  following_id: string;
  uid: string;
}

/** "Not a 1:1": never offered again, nor what continues it. */
export interface CalendarDismissalTable {
  owner_id: string;
  source_id: string;
  series_key: string;
  title: string;
  fingerprint: string | null;
  dismissed_at: string;
}

export const titleVerdicts = ["always", "never"] as const;
export type TitleVerdict = (typeof titleVerdicts)[number];

export interface CalendarTitleRuleTable {
  owner_id: string;
  id: string;
  phrase: string;
  /** The phrase as titles are compared: lower case, without accents. */
  phrase_key: string;
  verdict: TitleVerdict;
  created_at: string;
}

declare module "../../../platform/storage/database.ts" {
  interface Tables {
    calendar_event_series: CalendarEventSeriesTable;
    calendar_following: CalendarFollowingTable;
    calendar_followed_uid: CalendarFollowedUidTable;
    calendar_dismissal: CalendarDismissalTable;
    calendar_title_rule: CalendarTitleRuleTable;
  }
}

/** A name and an address out of a calendar; either may be empty. */
export interface Party {
  readonly name: string;
  readonly email: string;
}

/** One date of an event series. */
export interface SeriesInstance {
  readonly key: string;
  /** UTC, with milliseconds. */
  readonly startsAt: string;
  /** The event's IANA zone; null when it has none that is known. */
  readonly zone: string | null;
  readonly minutes: number;
  readonly isMoved: boolean;
  readonly isDoubted: boolean;
}

/** Events that are one series: one UID, or several that continue each other. */
export interface EventSeries {
  readonly key: string;
  readonly uids: readonly string[];
  readonly title: string;
  readonly organizer: Party | null;
  /** Everybody invited, the owner, rooms and lists too. */
  readonly attendees: readonly (Party & { readonly isRoom: boolean })[];
  readonly isAllDay: boolean;
  readonly minutes: number;
  /** The rhythm in words. */
  readonly rhythm: string;
  /** Days between two dates, as usual; null for a single one. */
  readonly everyDays: number | null;
  readonly instances: readonly SeriesInstance[];
  readonly cancelledKeys: readonly string[];
  /** The zone that the file names and nobody knows. */
  readonly doubtedZone: string | null;
  /** Up to when the calendar was read: UTC, with milliseconds. */
  readonly until: string;
}

export const SeriesRef = z.object({ sourceId: z.string(), seriesKey: z.string() });

export const Candidate = SeriesRef.extend({
  title: z.string(),
  name: z.string().nullable().describe("Who the other one seems to be"),
  email: z.string().nullable(),
  personId: z.string().nullable().describe("The person you know whose name or address fits"),
  isLikely: z.boolean().describe("False: it might be one, but little speaks for it"),
  score: z.number(),
  reasons: z.array(z.string()).describe("Why it may be a 1:1, in words"),
  rhythm: z.string(),
  minutes: z.number(),
  nextStartAt: z.string().nullable(),
  zone: z.string(),
});
export type Candidate = z.infer<typeof Candidate>;

export const Following = SeriesRef.extend({
  id: z.string(),
  title: z.string(),
  personId: z.string(),
  seriesId: z.string(),
  rhythm: z.string(),
  confirmedAt: z.string(),
  nextMeetingId: z.string().nullable(),
  nextStartAt: z.string().nullable(),
  zone: z.string().nullable(),
  doubtedZone: z.string().nullable().describe("A zone that the calendar names and nobody knows, until its hours are confirmed"),
});
export type Following = z.infer<typeof Following>;

export const TitleRule = z.object({ id: z.string(), phrase: z.string(), verdict: z.enum(titleVerdicts) });
export type TitleRule = z.infer<typeof TitleRule>;

export const TitleRuleInput = z.object({
  phrase: line(120, "Write the words that the title holds."),
  verdict: z.enum(titleVerdicts),
});

export const ConfirmInput = SeriesRef.extend({
  personId: z.string().optional().describe("Somebody you know already; else name a new person"),
  name: line(120, "Write the person's name.").optional(),
  email: emailAddress.nullable().optional(),
  role: z.enum(personRoles).optional(),
});
