import * as z from "zod";
import { day } from "../../lib/dates.ts";
import { optionalLine, paragraph, paragraphOrEmpty } from "../../lib/text.ts";

/** What a statement can say about a piece of work, in the order in which it is asked for. */
export const dimensions = ["action", "outcome", "beneficiary", "evidence", "comparison", "extension"] as const;
export type Dimension = (typeof dimensions)[number];

export const bands = ["weak", "developing", "strong"] as const;
export type Band = (typeof bands)[number];

const LONGEST_STATEMENT = 100_000;
const MOST_STATEMENTS = 100_000;

const dimension = z.enum(dimensions);
const points = z.union([z.literal(0), z.literal(1), z.literal(2)]);

/** Words of the statement that earned points: `text` is `statement.slice(from, to)`. */
export const ImpactSpan = z.object({
  dimension,
  from: z.int().describe("Where the words begin, in UTF-16 units from 0"),
  to: z.int().describe("Where they end, exclusive"),
  text: z.string(),
  points,
  why: z.string().describe("What these words say that earned the points, in one line"),
});
export type ImpactSpan = z.output<typeof ImpactSpan>;

/** How a statement stands on six dimensions, which words earned it, and the one question to ask next. */
export const ImpactScore = z.object({
  scores: z.object({
    action: points,
    outcome: points,
    beneficiary: points,
    evidence: points,
    comparison: points,
    extension: points,
  }),
  total: z.int().min(0).max(12),
  band: z.enum(bands),
  spans: z.array(ImpactSpan),
  next: z
    .object({ dimension, text: z.string() })
    .nullable()
    .describe("The one question whose answer would say more; null when the statement is clearly strong (9 points or more)"),
});
export type ImpactScore = z.output<typeof ImpactScore>;
export type Scores = ImpactScore["scores"];

/** A statement from outside: what no store could keep is left out here instead of refusing the whole list. */
const statement = z
  .string()
  .max(LONGEST_STATEMENT, `A statement has at most ${LONGEST_STATEMENT} characters.`)
  .transform((text) => text.replaceAll("\0", " ").toWellFormed())
  .describe(`What somebody did, in their own words; at most ${LONGEST_STATEMENT} characters`);

export const ScoreInput = z.object({
  items: z
    .array(z.object({ id: z.string().max(200, "An id has at most 200 characters."), text: statement }))
    .max(MOST_STATEMENTS, `Score at most ${MOST_STATEMENTS} statements at a time.`),
});

export const ScoreOutput = z.object({ items: z.array(ImpactScore.extend({ id: z.string() })) });

const MOST_ANSWERS = 24;
const LONGEST_SOURCE = 500;

export const Answer = z.object({ dimension, text: paragraphOrEmpty.describe("What was answered, in the person's own words") });
export type Answer = z.output<typeof Answer>;

export const ComposeInput = z.object({
  text: paragraph("Write in a few words what you did.").describe("The statement as it is now"),
  answers: z.array(Answer).max(MOST_ANSWERS, `Give at most ${MOST_ANSWERS} answers.`).default([]),
  asked: z.array(dimension).default([]).describe("What was asked already, answered or not: it is not asked again"),
  date: day.optional().describe("The day it happened"),
  source: optionalLine(LONGEST_SOURCE).describe("Where the figures come from: a file, a link, a person"),
});

export const Drafts = z.object({
  retell: z.string().describe("At most 30 words that somebody else can say; the change comes first"),
  agenda: z.string().describe("At most 60 words for an agenda"),
  card: z.string().describe("Everything that was said, with source and date; figures without a source are marked (source?)"),
});
export type Drafts = z.output<typeof Drafts>;

export const Question = z.object({ dimension, text: z.string() });
export type Question = z.output<typeof Question>;

export const ComposeOutput = z.object({
  before: ImpactScore.describe("The statement alone"),
  after: ImpactScore.describe("The statement with its answers"),
  drafts: Drafts.describe("Holds only words of the statement and its answers; what is missing stands as [who uses it?]"),
  text: z.string().describe("The statement and its answers as one running text, nothing left out"),
  gaps: z.array(z.string()).describe("What is missing, as it stands in the drafts"),
  next: Question.nullable().describe("The one question to ask next; null after four, or when the statement is clearly strong"),
});
export type Composed = z.output<typeof ComposeOutput>;

export const ImproveInput = z.object({
  id: z.string(),
  text: paragraph("There are no words to keep here."),
  since: z.string().optional().describe("The `updatedAt` that the wording was made from; a conflict when it changed meanwhile"),
});

export const VisibilityInput = z.object({
  days: z.int().min(1).max(3_660).default(90).describe("How many days back, by the day that the win happened"),
});

export const UnseenWin = z.object({ id: z.string(), text: z.string(), happenedOn: z.string() });
export type UnseenWin = z.output<typeof UnseenWin>;

export const Visibility = z.object({
  from: z.string().describe("The first day that counts"),
  captured: z.int().describe("Wins noted in that time"),
  shared: z.int().describe("Those that somebody was told of: in a mail that went out, or in a talk"),
  unseenPercent: z.int().min(0).max(100).describe("Of 100 wins, how many nobody else has heard of; 0 when there are none"),
  unseen: z.array(UnseenWin).describe("The wins that nobody else has heard of, the latest first"),
});
export type Visibility = z.output<typeof Visibility>;
