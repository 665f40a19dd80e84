import * as z from "zod";
import { LONGEST_TEXT, line, optionalLine, paragraph, paragraphOrEmpty } from "../../lib/text.ts";
import type { TellingChannel } from "../record/index.ts";

/** What nobody can know of somebody unless they tell (S16-S20), in the order in which it is asked. */
export const prompts = ["proud", "energy", "skills", "direction", "obstacles"] as const;
export type Prompt = (typeof prompts)[number];

/** When a wish about one's work is meant to come true. `now` makes it a statement of readiness. */
export const horizons = ["now", "year", "later"] as const;
export type Horizon = (typeof horizons)[number];

/** What becomes of an answer. Only a mail that was sent or a talk that was held tells it. */
export const toldStates = ["unanswered", "untold", "prepared", "told"] as const;
export type ToldState = (typeof toldStates)[number];

/** What somebody may be waiting for instead of saying it (S1). */
export const waits = ["asked", "noticed", "ready", "unstuck"] as const;
export type Wait = (typeof waits)[number];

/** What is known about a person (S15). `news` is how they like to hear of what goes well and what does not (S44). */
export const cardCategories = ["priorities", "pressures", "news", "other"] as const;
export type CardCategory = (typeof cardCategories)[number];
export const timings = ["early", "with_plan"] as const;
export const channels = ["phone", "in_person", "chat", "mail"] as const;
export const depths = ["headline", "short", "full"] as const;

export interface AnswerDetailTable {
  owner_id: string;
  capture_id: string;
  horizon: Horizon | null;
  goal: string;
  owned_by: string;
  decision: string;
  created_at: string;
}

export interface LightQuestionTable {
  owner_id: string;
  meeting_id: string;
  person_id: string;
  prompt: Prompt;
  asked_at: string;
  skipped_at: string | null;
  capture_id: string | null;
}

export interface WaitsCheckTable {
  owner_id: string;
  id: string;
  checked_on: string;
  answered_at: string | null;
  skipped_at: string | null;
  created_at: string;
}

export interface WaitAnswerTable {
  owner_id: string;
  id: string;
  check_id: string;
  wait: Wait;
  answer: "yes" | "no";
  /** It became an item of an agenda. */
  taken_at: string | null;
  dismissed_at: string | null;
  answered_at: string;
}

export interface CardEntryTable {
  owner_id: string;
  id: string;
  person_id: string;
  category: CardCategory;
  text: string;
  timing: (typeof timings)[number] | null;
  channel: (typeof channels)[number] | null;
  depth: (typeof depths)[number] | null;
  noted_on: string;
  deleted_at: string | null;
  created_at: string;
  updated_at: string;
}

export interface CardEntryRevisionTable {
  owner_id: string;
  id: string;
  card_entry_id: string;
  category: CardCategory;
  text: string;
  timing: CardEntryTable["timing"];
  channel: CardEntryTable["channel"];
  depth: CardEntryTable["depth"];
  written_at: string;
}

export interface SeenRatingTable {
  owner_id: string;
  meeting_id: string;
  rating: number;
  note: string;
  rated_at: string;
}

declare module "../../platform/storage/database.ts" {
  interface Tables {
    answer_detail: AnswerDetailTable;
    light_question: LightQuestionTable;
    waits_check: WaitsCheckTable;
    wait_answer: WaitAnswerTable;
    card_entry: CardEntryTable;
    card_entry_revision: CardEntryRevisionTable;
    seen_rating: SeenRatingTable;
  }
}

const prompt = z.enum(prompts, { error: `Choose one of: ${prompts.join(", ")}.` });
const names = (what: string) => z.array(line(60, `Write the ${what}'s name.`)).max(20, "Name at most 20.");

export const PersonRef = z.object({ personId: z.string() });

export const AnswerInput = z.object({
  prompt,
  text: paragraph("Write your answer in a line.").describe(`Your answer; at most ${LONGEST_TEXT} characters`),
  energy: z
    .int("Say how it leaves you, from -2 (draining) to 2 (energising).")
    .min(-2, "Choose a number from -2 (draining) to 2 (energising).")
    .max(2, "Choose a number from -2 (draining) to 2 (energising).")
    .nullable()
    .optional()
    .describe("From -2 (draining) to 2 (energising); only with the prompt energy"),
  projects: names("project").default([]).describe("What it is about; needed with the prompt energy"),
  skills: names("skill").default([]),
  horizon: z.enum(horizons).nullable().optional().describe("now: ready for it; year: within a year; later. Only for direction"),
  goal: optionalLine(400).describe("What a skill is for; only with the prompt skills"),
  ownedBy: optionalLine(200).describe("Who could move an obstacle; only with the prompt obstacles"),
  decision: optionalLine(400).describe("Which decision would help; only with the prompt obstacles"),
  meetingId: z.string().optional().describe("The meeting in whose preparation it was asked"),
});
export type AnswerInput = z.infer<typeof AnswerInput>;

export const Answer = z.object({
  captureId: z.string(),
  text: z.string().describe("Private until you choose it for a meeting"),
  answeredOn: z.string(),
  energy: z.number().nullable(),
  projects: z.array(z.string()),
  skills: z.array(z.string()),
  horizon: z.enum(horizons).nullable(),
  goal: z.string(),
  ownedBy: z.string(),
  decision: z.string(),
});
export type Answer = z.infer<typeof Answer>;

const channel = z.enum(["agenda", "recap", "note", "talk"] satisfies TellingChannel[]);

/** Where an answer stands with one person. */
export const Standing = z.object({
  state: z.enum(toldStates),
  told: z
    .object({ at: z.string(), channel, meetingId: z.string().nullable(), deliveryId: z.string().nullable() })
    .nullable()
    .describe("The last time this person was told this very answer"),
  preparedFor: z
    .object({ meetingId: z.string(), startsAt: z.string(), zone: z.string() })
    .nullable()
    .describe("The meeting on whose agenda it is, not sent yet"),
});
export type Standing = z.infer<typeof Standing>;

export const PromptState = Standing.extend({
  prompt: z.enum(prompts),
  freshDays: z.number().int(),
  answer: Answer.nullable().describe("The last answer"),
  freshUntil: z.string().nullable().describe("The last day on which the answer counts as fresh"),
  isFresh: z.boolean(),
  counts: z.boolean().describe("Told to this person within its freshness: a part of the ring"),
  countsUntil: z.string().nullable(),
  evidence: z.number().int().describe("Wins that carry the skill of the answer; 0 with other prompts"),
});
export type PromptState = z.infer<typeof PromptState>;

export const EnergyTrend = z.object({
  project: z.string(),
  entries: z.number().int(),
  average: z.number().describe("From -2 (draining) to 2 (energising), one decimal"),
  last: z.number().int(),
  trend: z.enum(["rising", "steady", "falling"]).nullable().describe("null with fewer than three entries"),
});
export type EnergyTrend = z.infer<typeof EnergyTrend>;

export const statementKinds = ["readiness", "wish", "stuckness"] as const;
export const Statement = Standing.extend({
  captureId: z.string(),
  kind: z.enum(statementKinds),
  text: z.string(),
  saidOn: z.string(),
});
export type Statement = z.infer<typeof Statement>;

export const Blindspots = PersonRef.extend({
  told: z.number().int().describe("How many of the five were told within their freshness"),
  of: z.number().int(),
  prompts: z.array(PromptState),
  energy: z.array(EnergyTrend).describe("By project, the most draining first; private"),
  directions: z.array(Answer).describe("Every direction that was ever given, the present one first"),
  statements: z.array(Statement).describe("What you are ready for, wish for and are stuck with, and whether it was told"),
  nextMeetingId: z.string().nullable(),
});
export type Blindspots = z.infer<typeof Blindspots>;

export const NextInput = PersonRef.extend({ meetingId: z.string() });
export const LightQuestion = z.object({
  prompt: z.enum(prompts).nullable().describe("What to ask in this preparation; null when nothing is left to ask"),
  captureId: z.string().nullable().describe("The answer that was given here"),
  skippedAt: z.string().nullable(),
});
export type LightQuestion = z.infer<typeof LightQuestion>;

const yesNo = z.enum(["yes", "no"], { error: "Answer yes or no." });
export const WaitsInput = z.object({ asked: yesNo, noticed: yesNo, ready: yesNo, unstuck: yesNo });

export const WaitProposal = z.object({
  id: z.string(),
  wait: z.enum(waits),
  kind: z.enum(["topic", "win", "growth", "challenge"]),
  text: z.string().describe("The beginning of a line; its [gaps] are yours to fill"),
});
export type WaitProposal = z.infer<typeof WaitProposal>;

export const Waits = z.object({
  isDue: z.boolean().describe("It is time to ask: never asked, or a quarter has passed"),
  nextOn: z.string().nullable(),
  checks: z
    .array(
      z.object({
        checkedOn: z.string(),
        answers: z.array(
          z.object({ id: z.string(), wait: z.enum(waits), answer: z.enum(["yes", "no"]), answeredAt: z.string() }),
        ),
      }),
    )
    .describe("Answered checks, the latest first"),
  proposals: z.array(WaitProposal).describe("One for each yes of the latest check, until it is on an agenda or put aside"),
});
export type Waits = z.infer<typeof Waits>;

const preference = {
  timing: z.enum(timings).nullable().optional().describe("early: before there is a plan; with_plan: once there is one"),
  channel: z.enum(channels).nullable().optional(),
  depth: z.enum(depths).nullable().optional().describe("headline, short (half a page at most) or full"),
};

export const CardInput = PersonRef.extend({
  category: z.enum(cardCategories),
  text: paragraphOrEmpty.describe("What you know, in your words; may be empty when a preference is given"),
  ...preference,
});
export type CardInput = z.infer<typeof CardInput>;
export const CardEntryId = z.object({ id: z.string() });
export const CardChanges = CardEntryId.extend(
  z.object({ category: z.enum(cardCategories), text: paragraphOrEmpty, ...preference }).partial().shape,
);

const CardWording = z.object({
  category: z.enum(cardCategories),
  text: z.string().describe("Private: never part of a mail"),
  timing: z.enum(timings).nullable(),
  channel: z.enum(channels).nullable(),
  depth: z.enum(depths).nullable(),
});
export type CardWording = z.infer<typeof CardWording>;

export const CardEntry = CardWording.extend({
  id: z.string(),
  personId: z.string(),
  notedOn: z.string(),
  source: z.enum(["typed", "answer"]).describe("typed by hand, or what a question uncovered"),
  question: z.string().nullable().describe("The question that uncovered it"),
  meetingId: z.string().nullable(),
  deletedAt: z.string().nullable(),
});
export type CardEntry = z.infer<typeof CardEntry>;

export const Preference = CardWording.pick({ timing: true, channel: true, depth: true, text: true }).extend({
  notedOn: z.string(),
});
export type Preference = z.infer<typeof Preference>;

export const Card = PersonRef.extend({
  entries: z.array(CardEntry).describe("The latest first"),
  deleted: z.array(CardEntry),
  preference: Preference.nullable().describe("How this person wants to hear of trouble, as last noted"),
});
export type Card = z.infer<typeof Card>;

export const CardRevision = CardWording.extend({ writtenAt: z.string() });

export const RateInput = z.object({
  meetingId: z.string(),
  rating: z.coerce
    .number("Choose a number from 1 (invisible) to 5 (seen).")
    .int("Choose a whole number from 1 (invisible) to 5 (seen).")
    .min(1, "Choose a number from 1 (invisible) to 5 (seen).")
    .max(5, "Choose a number from 1 (invisible) to 5 (seen)."),
  note: paragraphOrEmpty.optional().describe("Private"),
});
export const SeenRating = z.object({
  meetingId: z.string(),
  startsAt: z.string(),
  rating: z.number().int().describe("From 1 (invisible) to 5 (seen)"),
  note: z.string().describe("Private: never part of a mail"),
  ratedAt: z.string(),
});
export type SeenRating = z.infer<typeof SeenRating>;
