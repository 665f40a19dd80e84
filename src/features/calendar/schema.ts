import * as z from "zod";

/** Where a calendar comes from: an address that answers with an ICS file, a dropped file, or one calendar of a CalDAV account. */
export const sourceKinds = ["address", "file", "caldav"] as const;
export type SourceKind = (typeof sourceKinds)[number];

export interface CalendarSourceTable {
  owner_id: string;
  id: string;
  kind: SourceKind;
  name: string;
  /** Its address with everything secret taken out; null for a file. */
  shown_address: string | null;
  /** The whole address, sealed: whoever has it reads the calendar. Null for a file. */
  sealed_address: string | null;
  /** User and password of a CalDAV account as JSON, sealed. */
  sealed_login: string | null;
  /** Since when its owner lets it reach this machine and the network around it. */
  private_allowed_at: string | null;
  last_tried_at: string | null;
  /** When the calendar was last seen whole; "not changed" counts. */
  last_read_at: string | null;
  /** Since when it could not be read: what is kept is as old as `last_read_at`. */
  stale_since_at: string | null;
  /** Set when asking again is of no use before its owner has done something. */
  stopped_at: string | null;
  /** What went wrong, in words for its owner; names no address. */
  fail_reason: string | null;
  fail_code: string | null;
  failures: number;
  /** When to read it next; null once it is stopped. */
  next_at: string | null;
  lease_token: string | null;
  lease_until: string | null;
  etag: string | null;
  last_modified: string | null;
  sync_token: string | null;
  /** How many events the last good reading held, each series once, and how many of them lie ahead. */
  event_count: number | null;
  ahead_count: number | null;
  /** What was set aside and why, and what was read with doubts: JSON of SetAside[] and SourceWarning[]. */
  set_aside: string;
  warnings: string;
  /** How many events a reading held that was not believed, because over half were gone. */
  shrunk_to: number | null;
  /** Its owner said that they really are gone: the next reading is believed. */
  shrink_accepted_at: string | null;
  /** When what follows from it (meetings) was last brought up to date. */
  followed_at: string | null;
  /** Its secrets and texts are gone from then on; meetings that came from it stay. */
  removed_at: string | null;
  created_at: string;
  updated_at: string;
}

/** The raw text of a reading that was believed. The present one and the one before are kept. */
export interface CalendarSnapshotTable {
  owner_id: string;
  id: string;
  source_id: string;
  text: string;
  text_hash: string;
  read_at: string;
}

/** One object of a CalDAV calendar, as the server gave it. */
export interface CalendarObjectTable {
  owner_id: string;
  source_id: string;
  href: string;
  etag: string | null;
  text: string;
  read_at: string;
}

declare module "../../platform/storage/database.ts" {
  interface Tables {
    calendar_source: CalendarSourceTable;
    calendar_snapshot: CalendarSnapshotTable;
    calendar_object: CalendarObjectTable;
  }
}

export const SetAside = z.object({
  uid: z.string().nullable(),
  summary: z.string().nullable(),
  line: z.number().int().nullable().describe("The line of the file at which it stands"),
  why: z.string(),
});
export type SetAside = z.infer<typeof SetAside>;

export const SourceWarning = z.object({ code: z.string(), message: z.string(), uid: z.string().nullable() });
export type SourceWarning = z.infer<typeof SourceWarning>;

export const sourceStates = ["fresh", "stale", "stopped", "shrunk"] as const;
export type SourceState = (typeof sourceStates)[number];

export const CalendarSource = z.object({
  id: z.string(),
  kind: z.enum(sourceKinds),
  name: z.string(),
  shownAddress: z.string().nullable().describe("The address without its secret part"),
  privateAllowed: z.boolean().describe("Whether it may reach this machine and the network around it"),
  state: z.enum(sourceStates),
  lastTriedAt: z.string().nullable(),
  lastReadAt: z.string().nullable(),
  staleSinceAt: z.string().nullable().describe("Since when it could not be read; what was read before is kept"),
  stoppedAt: z.string().nullable(),
  failReason: z.string().nullable(),
  nextTryAt: z.string().nullable(),
  eventCount: z.number().int().nullable(),
  aheadCount: z.number().int().nullable().describe("Events that take place in the months ahead"),
  setAsideCount: z.number().int(),
  warningCount: z.number().int(),
  shrunkTo: z.number().int().nullable().describe("What the last reading held when over half of the events were gone"),
});
export type CalendarSource = z.infer<typeof CalendarSource>;

export const SourceDetail = CalendarSource.extend({ setAside: z.array(SetAside), warnings: z.array(SourceWarning) });
export type SourceDetail = z.infer<typeof SourceDetail>;

export const SourceId = z.object({ id: z.string() });
