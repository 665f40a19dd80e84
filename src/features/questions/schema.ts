import * as z from "zod";
import { day } from "../../lib/dates.ts";
import { cleanLine, line, optionalLine, optionalParagraph, paragraph } from "../../lib/text.ts";

/** What a question is after. `own` holds the owner's questions that fit nowhere else. */
export const categories = [
  "priorities",
  "expectations",
  "feedback",
  "stretch",
  "promotion",
  "skills",
  "visibility",
  "decisions",
  "energy",
  "relationship",
  "team_gaps",
  "change",
  "repair",
  "remote",
  "network",
  "self",
  "manager_mode",
  "own",
] as const;
export type Category = (typeof categories)[number];

/** Where somebody stands. `any` fits everywhere. */
export const stages = [
  "any",
  "new_manager",
  "seeking_promotion",
  "before_review",
  "feeling_stuck",
  "recovering_from_miss",
  "after_reorg",
  "remote",
  "manager_mode",
] as const;
export type Stage = (typeof stages)[number];

export const audiences = ["manager", "stakeholder", "self", "report"] as const;
export type Audience = (typeof audiences)[number];

export interface QuestionUseTable {
  owner_id: string;
  id: string;
  /** One of the bank ("Q003"); null for a question in the owner's own words. */
  question_id: string | null;
  own_question_id: string | null;
  person_id: string;
  meeting_id: string;
  item_id: string;
  category: Category | null;
  text: string;
  uncovers: string;
  follow_up: string;
  project: string;
  skill: string;
  answer: string;
  worth: Worth | null;
  chosen_at: string;
  answered_at: string | null;
  created_at: string;
  updated_at: string;
}

export interface OwnQuestionTable {
  owner_id: string;
  id: string;
  text: string;
  uncovers: string;
  category: Category;
  follow_up: string;
  retired_at: string | null;
  created_at: string;
  updated_at: string;
}

/** "condition" is a word of SQL to some databases, so the table has a longer name. */
export interface StatedConditionTable {
  owner_id: string;
  id: string;
  person_id: string;
  question_use_id: string;
  text: string;
  /** Among the conditions of its answer. */
  position: number;
  stated_on: string;
  met_on: string | null;
  evidence: string;
  capture_id: string | null;
  dropped_at: string | null;
  created_at: string;
  updated_at: string;
}

declare module "../../platform/storage/database.ts" {
  interface Tables {
    question_use: QuestionUseTable;
    own_question: OwnQuestionTable;
    stated_condition: StatedConditionTable;
  }
}

export const worths = ["yes", "no"] as const;
export type Worth = (typeof worths)[number];

export const Question = z.object({
  id: z.string(),
  category: z.enum(categories),
  text: z.string().describe("With [gaps] that are filled in before it can leave"),
  uncovers: z.string(),
  followUp: z.string(),
  audience: z.array(z.enum(audiences)),
  stages: z.array(z.enum(stages)),
  signals: z.array(z.string()),
  placeholders: z.array(z.string()).describe("The gaps in the text, without their brackets"),
  asksConditions: z.boolean().describe("Each line of its answer becomes a condition with evidence and a date"),
  isOwn: z.boolean(),
});
export type Question = z.infer<typeof Question>;

export const Gap = z.object({
  name: z.string().describe("As it stands between the brackets"),
  choices: z.array(z.string()).describe("From the owner's own record; empty when nothing there fits"),
});
export type Gap = z.infer<typeof Gap>;

export const Offer = Question.pick({ id: true, category: true, text: true, uncovers: true, followUp: true, isOwn: true }).extend({
  filled: z.string().describe("The text with those gaps filled that have only one answer"),
  gaps: z.array(Gap).describe("What is still to be filled in"),
  reasons: z.array(z.string()).describe("Why it is offered now: the signals that match"),
});
export type Offer = z.infer<typeof Offer>;

export const Offers = z.object({
  offers: z.array(Offer).describe("At most three, each of another category"),
  left: z.number().int().describe("How many more questions this meeting takes; two are enough for one talk"),
});
export type Offers = z.infer<typeof Offers>;

export const Swap = z.object({
  surface: z.string().nullable().describe("The question it amounts to, when it asks for a verdict; null: it is fine as it is"),
  offers: z.array(Offer),
});
export type Swap = z.infer<typeof Swap>;

export const QuestionUse = z.object({
  id: z.string(),
  questionId: z.string().nullable(),
  personId: z.string(),
  meetingId: z.string(),
  itemId: z.string(),
  category: z.enum(categories).nullable(),
  text: z.string(),
  uncovers: z.string().describe("What it should uncover"),
  followUp: z.string().describe("What to ask next"),
  project: z.string(),
  skill: z.string(),
  chosenAt: z.string(),
  askedOn: z.string().nullable().describe("The day it was asked: the meeting was held with it, or its agenda was sent"),
  answer: z.string().describe("What it did uncover. Private"),
  answeredAt: z.string().nullable(),
  worth: z.enum(worths).nullable().describe("Whether it was worth asking"),
  asksConditions: z.boolean(),
});
export type QuestionUse = z.infer<typeof QuestionUse>;

export const Condition = z.object({
  id: z.string(),
  personId: z.string(),
  useId: z.string(),
  text: z.string(),
  statedOn: z.string(),
  metOn: z.string().nullable(),
  evidence: z.string().describe("Private"),
  captureId: z.string().nullable().describe("The entry of the journal that shows it"),
});
export type Condition = z.infer<typeof Condition>;

export const Conditions = z.object({
  conditions: z.array(Condition),
  met: z.number().int(),
  total: z.number().int(),
});

export const OwnQuestion = z.object({
  id: z.string(),
  text: z.string(),
  uncovers: z.string(),
  category: z.enum(categories),
  followUp: z.string(),
  retiredAt: z.string().nullable(),
});
export type OwnQuestion = z.infer<typeof OwnQuestion>;

const category = z.enum(categories, { error: `Choose one of: ${categories.join(", ")}.` });

export const ListInput = z.object({
  category: category.optional(),
  stage: z.enum(stages).optional(),
  text: z.string().trim().max(200, "Search for fewer words.").optional().describe("Words that must all occur"),
});
export const OfferInput = z.object({
  personId: z.string(),
  meetingId: z.string(),
  stage: z.enum(stages).optional().describe("Where you stand, when the record cannot know"),
  project: optionalLine(60),
  skill: optionalLine(60),
});
export const SwapInput = z.object({
  text: z.string().max(20_000, "This is too long for a question."),
  meetingId: z.string().optional().describe("The talk it is for: what its person heard lately is then left out"),
});
export const UncoveredInput = z.object({
  useId: z.string(),
  text: optionalParagraph().describe("What you learned; empty takes the answer back"),
  worth: z.enum(worths).nullable().optional(),
});
export const UsesInput = z.object({ personId: z.string().optional(), meetingId: z.string().optional() });

const LONGEST_QUESTION = 500;
export const questionText = line(LONGEST_QUESTION, "Write the question.");
const about = z
  .string()
  .transform(cleanLine)
  .refine((text) => text.length <= LONGEST_QUESTION, { error: `Keep this to ${LONGEST_QUESTION} characters.` });

export const AddOwnInput = z.object({
  text: questionText,
  uncovers: optionalLine(LONGEST_QUESTION).describe("What it should bring to light"),
  category: category.default("own"),
  followUp: optionalLine(LONGEST_QUESTION),
});
export const OwnId = z.object({ id: z.string() });
/** No defaults here: a field that is absent stays as it was. */
export const EditOwnInput = OwnId.extend(
  z.object({ text: questionText, uncovers: about, category, followUp: about }).partial().shape,
);

export const shareFormats = ["markdown", "csv"] as const;
export type ShareFormat = (typeof shareFormats)[number];
const LONGEST_FILE = 500_000;

export const ImportInput = z.object({
  text: z
    .string()
    .max(LONGEST_FILE, "This file is too long. Split it in two; nothing was taken over.")
    .describe("A Markdown list or a CSV table with the columns text, uncovers, category, follow_up"),
  format: z.enum(shareFormats).optional().describe("Found out from the text when absent"),
});
export const ImportReport = z.object({
  added: z.array(OwnQuestion),
  skipped: z.array(z.object({ line: z.number().int(), text: z.string(), why: z.string() })),
});
export type ImportReport = z.infer<typeof ImportReport>;
export const ExportInput = z.object({ format: z.enum(shareFormats).default("markdown") });
export const SharedFile = z.object({ name: z.string(), mediaType: z.string(), text: z.string() });

export const ConditionId = z.object({ id: z.string() });
export const ConditionsInput = z.object({ personId: z.string().optional() });
export const MeetInput = ConditionId.extend({
  metOn: z.preprocess((raw) => (raw === "" ? undefined : raw), day.optional()).describe("Today when absent"),
  evidence: optionalParagraph().describe("What shows it"),
  captureId: z.string().nullable().optional().describe("The entry of the journal that shows it; null for none"),
});
export const AddConditionInput = z.object({ useId: z.string(), text: paragraph("Write the condition.") });
