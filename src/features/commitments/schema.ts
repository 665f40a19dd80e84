import * as z from "zod";
import { day } from "../../lib/dates.ts";
import { optionalParagraph, paragraph } from "../../lib/text.ts";

/** Whose promise it is: the owner's, or the other person's. Both follow the same rules. */
export const sides = ["mine", "theirs"] as const;
export type Side = (typeof sides)[number];

export const happenings = ["opened", "kept", "dropped", "renegotiated", "reopened", "confirmed"] as const;
export type Happening = (typeof happenings)[number];

export interface CommitmentTable {
  owner_id: string;
  id: string;
  person_id: string;
  meeting_id: string | null;
  side: Side;
  text: string;
  due_on: string | null;
  opened_at: string;
  /** When its owner approved it for this person's eyes; null while it is the owner's alone. */
  shared_at: string | null;
  kept_at: string | null;
  dropped_at: string | null;
  created_at: string;
  updated_at: string;
}

export interface CommitmentEventTable {
  owner_id: string;
  id: string;
  commitment_id: string;
  happening: Happening;
  due_on: string | null;
  note: string;
  happened_at: string;
}

export interface OpenQuestionTable {
  owner_id: string;
  id: string;
  person_id: string;
  meeting_id: string | null;
  text: string;
  answer: string;
  opened_at: string;
  shared_at: string | null;
  answered_at: string | null;
  dropped_at: string | null;
  created_at: string;
  updated_at: string;
}

declare module "../../platform/storage/database.ts" {
  interface Tables {
    commitment: CommitmentTable;
    commitment_event: CommitmentEventTable;
    open_question: OpenQuestionTable;
  }
}

export const commitmentStates = ["open", "kept", "dropped"] as const;

export const Commitment = z.object({
  id: z.string(),
  personId: z.string(),
  meetingId: z.string().nullable().describe("The 1:1 whose recap it stands in; null when it was written down elsewhere"),
  side: z.enum(sides),
  text: z.string(),
  dueOn: z.string().nullable().describe("The agreed day, or null when no date was agreed"),
  openedAt: z.string(),
  sharedAt: z.string().nullable().describe("When you approved it for the other person's eyes; null while it is yours alone"),
  keptAt: z.string().nullable(),
  droppedAt: z.string().nullable(),
  state: z.enum(commitmentStates),
});
export type Commitment = z.infer<typeof Commitment>;

export const CommitmentEvent = z.object({
  happening: z.enum(happenings),
  dueOn: z.string().nullable(),
  note: z.string().describe("Private: never part of a mail"),
  happenedAt: z.string(),
});
export type CommitmentEvent = z.infer<typeof CommitmentEvent>;

export const LedgerEntry = Commitment.extend({
  ageDays: z.number().describe("Calendar days since it was opened, in the owner's zone; stops when it is closed"),
  overdueDays: z.number().describe("Days past the agreed day; 0 while it is not past, closed, or undated"),
  history: z.array(CommitmentEvent).describe("Oldest first"),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

export const OpenQuestion = z.object({
  id: z.string(),
  personId: z.string(),
  meetingId: z.string().nullable(),
  text: z.string(),
  answer: z.string(),
  openedAt: z.string(),
  sharedAt: z.string().nullable(),
  answeredAt: z.string().nullable(),
  droppedAt: z.string().nullable(),
});
export type OpenQuestion = z.infer<typeof OpenQuestion>;

export const LedgerQuestion = OpenQuestion.extend({ ageDays: z.number() });
export type LedgerQuestion = z.infer<typeof LedgerQuestion>;

export const Ledgers = z.object({
  mine: z.array(LedgerEntry).describe("What the owner promised; overdue first"),
  theirs: z.array(LedgerEntry).describe("What the other side promised; the same order"),
  questions: z.array(LedgerQuestion),
});
export type Ledgers = z.infer<typeof Ledgers>;

export const ListInput = z.object({
  open: z.boolean().optional().describe("true: only what is open; false: only what is closed; absent: both"),
  personId: z.string().optional(),
});

export const CommitmentId = z.object({ id: z.string() });
export const CloseInput = CommitmentId.extend({ note: optionalParagraph() });

/** An empty date field of a form means that no date was agreed. */
export const optionalDay = z.preprocess((raw) => (raw === "" ? null : raw), day.nullable().optional());

export const AddInput = z.object({
  personId: z.string().min(1, "Choose the person this is between you and."),
  side: z.enum(sides),
  text: paragraph("Write what was promised."),
  dueOn: optionalDay,
});

export const RenegotiateInput = CommitmentId.extend({
  dueOn: optionalDay,
  note: optionalParagraph(),
  text: paragraph("Write what was agreed.").optional().describe("Other words for it; the earlier ones stay in its history"),
});

export const AddQuestionInput = z.object({
  personId: z.string().min(1, "Choose the person this is for."),
  text: paragraph("Write the question that is open."),
});
export const AnswerInput = CommitmentId.extend({ answer: optionalParagraph() });
