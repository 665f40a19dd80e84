import * as z from "zod";
import { day } from "../../lib/dates.ts";
import { line } from "../../lib/text.ts";

/** What kind of thing an entry of the record is. */
export const recordSources = [
  "capture",
  "told",
  "decision",
  "my_action",
  "manager_commitment",
  "open_question",
  "meeting",
  "note",
] as const;
export type RecordSource = (typeof recordSources)[number];

/** The four questions the record answers, as the page groups them. */
export const recordGroups = ["captured", "told", "decided", "promised"] as const;
export type RecordGroup = (typeof recordGroups)[number];

export const tagKinds = ["project", "skill"] as const;
export type TagKind = (typeof tagKinds)[number];

/** How somebody was told: in which kind of mail, or in a conversation. */
export const tellingChannels = ["agenda", "recap", "note", "talk"] as const;
export type TellingChannel = (typeof tellingChannels)[number];

export interface RecordEntryTable {
  owner_id: string;
  id: string;
  source: RecordSource;
  kind: string | null;
  text: string;
  happened_at: string;
  meeting_id: string | null;
  person_id: string | null;
  delivery_id: string | null;
  told_at: string | null;
  /** A copy of the entry's tags as JSON, to be shown; `record_tag` is asked by name. */
  tags: string;
  created_at: string;
}

export interface RecordTagTable {
  owner_id: string;
  entry_id: string;
  kind: TagKind;
  name_key: string;
  name: string;
}

export interface TellingTable {
  owner_id: string;
  id: string;
  capture_id: string;
  person_id: string;
  meeting_id: string | null;
  delivery_id: string | null;
  channel: TellingChannel;
  told_at: string;
}

declare module "../../platform/storage/database.ts" {
  interface Tables {
    record_entry: RecordEntryTable;
    record_tag: RecordTagTable;
    telling: TellingTable;
  }
}

/** Two spellings of one tag differ in case and white space only. */
export function tagKey(name: string): string {
  return name.normalize("NFC").trim().replace(/\s+/gu, " ").toLowerCase();
}

export const Tag = z.object({ kind: z.enum(tagKinds), name: z.string() });
export type Tag = z.infer<typeof Tag>;

export const Telling = z.object({
  captureId: z.string(),
  personId: z.string(),
  personName: z.string(),
  meetingId: z.string().nullable(),
  deliveryId: z.string().nullable().describe("The mail that told it, or null when it was said"),
  channel: z.enum(tellingChannels),
  toldAt: z.string(),
});
export type Telling = z.infer<typeof Telling>;

export const RecordEntry = z.object({
  id: z.string().describe("The id of what this entry is about: the capture, the delivery, the decision ..."),
  source: z.enum(recordSources),
  kind: z.string().nullable(),
  text: z.string(),
  happenedAt: z.string(),
  meetingId: z.string().nullable(),
  personId: z.string().nullable(),
  personName: z.string().nullable(),
  deliveryId: z.string().nullable(),
  toldAt: z.string().nullable().describe("When it was first told to anybody; null: never"),
  tags: z.array(Tag),
  tellings: z.array(Telling),
});
export type RecordEntry = z.infer<typeof RecordEntry>;

/** A place in the timeline, as a page link carries it: the time and the id of an entry. */
export const Cursor = z
  .string()
  .trim()
  .regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z~[\w-]{1,64}$/u,
    "This link is not complete. Start again from the newest entries.",
  );

const filterFields = {
  source: z.enum(recordSources).optional(),
  group: z.enum(recordGroups).optional().describe("captured, told, decided or promised (by you or to you)"),
  kind: z
    .string()
    .trim()
    .max(40)
    .optional()
    .describe("The kind of a capture (win, challenge, ...) or of a mail (agenda, recap, note)"),
  project: z.string().trim().max(200).optional(),
  skill: z.string().trim().max(200).optional(),
  personId: z.string().optional(),
  neverTold: z.boolean().optional().describe("Only captures that nobody was told about yet"),
  from: day.optional().describe("The first day, in your time zone"),
  to: day.optional().describe("The last day, in your time zone"),
};

export const TimelineInput = z.object({
  ...filterFields,
  before: Cursor.optional().describe("Only older entries than this: the `older` of the page before"),
  after: Cursor.optional().describe("Only newer entries than this: the `newer` of the page before"),
  limit: z.int().min(1).max(100).default(20),
});
export type TimelineInput = z.infer<typeof TimelineInput>;
export type Filters = Pick<TimelineInput, keyof typeof filterFields>;

/** What the filters ask of the rows themselves: `from` and `to` as instants, tags by their key. */
export interface RowFilters {
  readonly sources?: readonly RecordSource[];
  readonly kind?: string;
  readonly projectKey?: string;
  readonly skillKey?: string;
  readonly personId?: string;
  readonly neverTold?: boolean;
  /** Instant texts: from (inclusive), until (exclusive). */
  readonly from?: string;
  readonly until?: string;
}

/** A place in the timeline. */
export interface Position {
  readonly happenedAt: string;
  readonly id: string;
}

export const Timeline = z.object({
  entries: z.array(RecordEntry),
  older: z.string().nullable().describe("Pass as `before` for the next page; null at the end"),
  newer: z.string().nullable().describe("Pass as `after` to go back; null at the newest entry"),
});
export type Timeline = z.infer<typeof Timeline>;

export const SearchInput = z.object({
  ...filterFields,
  text: line(200, "Write a word to look for."),
  before: Cursor.optional().describe("Only older hits than this: the `older` of the answer before"),
  limit: z.int().min(1).max(100).default(20),
});

export const Segment = z.object({ text: z.string(), hit: z.boolean() });
export type Segment = z.infer<typeof Segment>;

export const Hit = RecordEntry.extend({
  highlighted: z.array(Segment).describe("The text in pieces; the pieces that were found are marked"),
});
export type Hit = z.infer<typeof Hit>;

export const SearchAnswer = z.object({
  hits: z.array(Hit),
  correctedTo: z.string().nullable().describe("The words that were searched instead, when the last one was mistyped"),
  older: z.string().nullable(),
});

export const TraceInput = z.object({ id: z.string() });
export const Trace = RecordEntry.extend({ deliveryIds: z.array(z.string()).describe("Every mail that this entry was part of") });
export type Trace = z.infer<typeof Trace>;
