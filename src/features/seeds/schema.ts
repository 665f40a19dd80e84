import * as z from "zod";
import { day } from "../../lib/dates.ts";
import { optionalParagraph, paragraph } from "../../lib/text.ts";

/** How far a seed is. `unsaid`: written down, and this person has not heard it yet. */
export const seedStates = ["unsaid", "planted", "revisited", "opening", "yes", "no", "resting"] as const;
export type SeedState = (typeof seedStates)[number];

export const outcomes = ["yes", "no"] as const;
export type Outcome = (typeof outcomes)[number];

export const happenings = ["noted", "reworded", "opening", "yes", "no", "rest", "reopened"] as const;
export type Happening = (typeof happenings)[number];

export interface SeedTable {
  owner_id: string;
  id: string;
  person_id: string;
  text: string;
  opened_on: string | null;
  opening: string;
  settled_on: string | null;
  outcome: Outcome | null;
  reason: string;
  rested_on: string | null;
  created_at: string;
  updated_at: string;
}

export interface SeedMentionTable {
  owner_id: string;
  id: string;
  seed_id: string;
  person_id: string;
  meeting_id: string | null;
  /** The line of an agenda that mentions it: whether it was said follows from that. */
  item_id: string | null;
  /** The day it was said, noted by hand; null where only the agenda tells. */
  said_on: string | null;
  said: string;
  created_at: string;
  updated_at: string;
}

export interface SeedEventTable {
  owner_id: string;
  id: string;
  seed_id: string;
  happening: Happening;
  happened_on: string;
  /** What was written then; of new words, the words before them. */
  note: string;
  created_at: string;
}

declare module "../../platform/storage/database.ts" {
  interface Tables {
    seed: SeedTable;
    seed_mention: SeedMentionTable;
    seed_event: SeedEventTable;
  }
}

export const Mention = z.object({
  id: z.string(),
  personId: z.string(),
  meetingId: z.string().nullable(),
  itemId: z.string().nullable().describe("The line of the agenda that mentions it"),
  saidOn: z.string().nullable().describe("Null while it only stands in a preparation"),
  said: z.string().describe("What was said. Private"),
});
export type Mention = z.infer<typeof Mention>;

export const Seed = z.object({
  id: z.string(),
  personId: z.string(),
  text: z.string().describe("The wish, in the owner's own words. Private until it stands on an agenda"),
  state: z.enum(seedStates),
  plantedOn: z.string().nullable().describe("The day this person first heard it"),
  lastMentionedOn: z.string().nullable(),
  daysSince: z.number().int().nullable().describe("Days since it was last mentioned to this person"),
  timesSaid: z.number().int(),
  waitsIn: z.string().nullable().describe("The meeting whose preparation has a line about it that was not said yet"),
  asksAgain: z.boolean().describe("It was not mentioned for 45 days, or never"),
  line: z.string().describe("A line for the next preparation, out of the owner's own words"),
  openedOn: z.string().nullable(),
  opening: z.string().describe("What became concrete"),
  settledOn: z.string().nullable(),
  reason: z.string(),
  restedOn: z.string().nullable(),
});
export type Seed = z.infer<typeof Seed>;

export const SeedDetail = z.object({ seed: Seed, mentions: z.array(Mention).describe("The latest first") });
export type SeedDetail = z.infer<typeof SeedDetail>;

export const SeedHistory = z.object({
  seed: Seed,
  events: z.array(
    z.object({
      happening: z.enum([...happenings, "said"]),
      happenedOn: z.string(),
      note: z.string(),
      meetingId: z.string().nullable(),
    }),
  ),
});

const optionalDay = z.preprocess((raw) => (raw === "" ? undefined : raw), day.optional());
const optionalId = z.preprocess((raw) => (raw === "" ? undefined : raw), z.string().optional());

export const SeedRef = z.object({ id: z.string() });
export const MentionRef = z.object({ mentionId: z.string() });
export const ListInput = z.object({
  personId: z.string().optional(),
  all: z.boolean().default(false).describe("With those that were answered or rest"),
});
export const PlantInput = z.object({
  personId: z.string(),
  text: paragraph("Write the wish, as you would say it."),
  saidOn: optionalDay.describe("The day this person heard it; absent: not yet"),
  meetingId: optionalId.describe("The 1:1 in which it was said; its day is taken when none is named"),
  said: optionalParagraph().describe("What was said about it"),
});
export const RevisitInput = SeedRef.extend({
  saidOn: optionalDay.describe("Today when absent, or the day of the meeting"),
  meetingId: optionalId,
  said: optionalParagraph().describe("What was said"),
});
export const OpenInput = SeedRef.extend({ opening: paragraph("Write what opened."), openedOn: optionalDay });
export const SettleInput = SeedRef.extend({
  outcome: z.enum(outcomes, { error: "Say yes or no." }),
  reason: optionalParagraph().describe("What was said for it, or against it"),
  settledOn: optionalDay,
});
export const RestInput = SeedRef.extend({ note: optionalParagraph() });
/** No defaults here: a field that is absent stays as it was. */
export const EditInput = SeedRef.extend({
  text: paragraph("Write the wish, as you would say it.").optional(),
  personId: z.string().optional().describe("Whom it is for now, such as a new manager, who has not heard it yet"),
});
