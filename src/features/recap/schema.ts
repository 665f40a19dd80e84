import * as z from "zod";
import { day } from "../../lib/dates.ts";
import { ApprovalFields, DeliveryChoices } from "../delivery/index.ts";
import { cleanLine, line, optionalLine } from "../../lib/text.ts";

/** The four parts of a recap, in the order in which everybody reads them (S46). */
export const recapParts = ["decision", "my_action", "manager_commitment", "open_question"] as const;
export type RecapPart = (typeof recapParts)[number];

/** What a line that is noted while talking is: a plain note stays with its owner, the others are drafted into the recap. */
export const noteParts = ["note", ...recapParts] as const;
export type NotePart = (typeof noteParts)[number];

export interface MeetingNoteTable {
  owner_id: string;
  id: string;
  meeting_id: string;
  agenda_item_id: string | null;
  part: NotePart;
  text: string;
  /** Notes are never overwritten: a correction is a new row that names the one it replaces. */
  replaces_id: string | null;
  noted_at: string;
  created_at: string;
  removed_at: string | null;
}

export interface RecapTable {
  owner_id: string;
  meeting_id: string;
  started_at: string;
  /** When its owner chose to keep the present words without sending them; null again after an edit. */
  waived_at: string | null;
}

export interface RecapLineTable {
  owner_id: string;
  id: string;
  meeting_id: string;
  part: RecapPart;
  text: string;
  who: string;
  due_on: string | null;
  position: number;
  note_id: string | null;
  commitment_id: string | null;
  open_question_id: string | null;
  /** Null while a line is only a draft made from a note: the mail is built from lines that their owner has kept. */
  prepared_at: string | null;
  version: number;
  created_at: string;
  updated_at: string;
  removed_at: string | null;
}

declare module "../../platform/storage/database.ts" {
  interface Tables {
    meeting_note: MeetingNoteTable;
    recap: RecapTable;
    recap_line: RecapLineTable;
  }
}

/** The longest line: more than the whole recap may hold, so that shortening is the person's choice and never a cut. */
const LONGEST_LINE = 2_000;

const lineText = line(LONGEST_LINE, "Write a line first.");
const who = z
  .string()
  .transform(cleanLine)
  .refine((name) => name.length <= 120, { error: "Keep the name to 120 characters." });

export const MeetingId = z.object({ meetingId: z.string() });

export const NoteInput = MeetingId.extend({
  text: lineText,
  part: z.enum(noteParts).default("note"),
  agendaItemId: z.string().optional(),
  replaces: z.string().optional().describe("The id of the note that this one corrects"),
});

export const UseAnswerInput = z.object({ answerId: z.string(), part: z.enum(recapParts) });

export const NoteId = z.object({ id: z.string() });

export const MeetingNote = z.object({
  id: z.string(),
  meetingId: z.string(),
  agendaItemId: z.string().nullable(),
  part: z.enum(noteParts),
  text: z.string().describe("Private: it reaches nobody by itself"),
  notedAt: z.string(),
});
export type MeetingNote = z.infer<typeof MeetingNote>;

export const TickInput = z.object({ itemId: z.string(), discussed: z.boolean() });

export const Ticked = z.object({ meetingId: z.string(), itemId: z.string(), discussed: z.boolean() });

/** One line as it is saved. What an edit does not name stays as it was; a new line needs its part. */
export const SaveLineInput = MeetingId.extend({
  id: z.string().optional(),
  version: z.number().int().optional().describe("The version you have seen; a newer one is a conflict that shows both"),
  part: z.enum(recapParts).optional(),
  text: lineText,
  who: who.optional().describe("Who does it; empty means you for your actions and your manager for theirs"),
  dueOn: day.nullable().optional(),
});
export type LineDraft = Omit<z.output<typeof SaveLineInput>, "meetingId">;

/** Both sides of a conflict, as `AppError.details` carries them: what was typed, and what is kept. */
export interface LineConflict {
  readonly mine: LineDraft;
  readonly theirs: RecapLine | null;
}

/** A whole page of lines. A line that comes back empty is taken out. */
export const SaveRecapInput = MeetingId.extend({
  lines: z.array(SaveLineInput.omit({ meetingId: true }).extend({ text: optionalLine(LONGEST_LINE) })).max(200),
});

export const LineId = z.object({ id: z.string() });

export const RecapLine = z.object({
  id: z.string(),
  part: z.enum(recapParts),
  text: z.string(),
  who: z.string(),
  dueOn: z.string().nullable(),
  preparedAt: z.string().nullable().describe("Null while the line is only a draft made from a note"),
  noteId: z.string().nullable(),
  version: z.number(),
});
export type RecapLine = z.infer<typeof RecapLine>;

/** Where a recap stands. `impossible`: the meeting was cancelled or did not happen. */
export const recapStates = ["too_early", "to_write", "draft", "approved", "sent", "waived", "impossible"] as const;
export type RecapState = (typeof recapStates)[number];

export const Recap = z.object({
  meetingId: z.string(),
  state: z.enum(recapStates),
  dueAt: z.string().describe("24 hours after the end of the meeting (S45)"),
  startedAt: z.string().nullable(),
  undraftedNotes: z.number().describe("Notes for the recap that came after it was opened; opening it again drafts them"),
  sentAt: z.string().nullable(),
  waivedAt: z.string().nullable(),
  parts: z.array(z.object({ part: z.enum(recapParts), title: z.string(), lines: z.array(RecapLine) })).length(4),
});
export type Recap = z.infer<typeof Recap>;

export const ApproveInput = MeetingId.extend(ApprovalFields.shape);

export const RecapPreview = z.object({
  meetingId: z.string(),
  state: z.enum(recapStates),
  choices: DeliveryChoices,
  markdown: z.string(),
  words: z.number(),
  wordLimit: z.number(),
  toTrim: z
    .array(z.object({ id: z.string(), text: z.string(), words: z.number() }))
    .describe("Over the limit: the longest lines first"),
  waitingDrafts: z.number().describe("Lines drafted from notes that nobody has kept or taken out yet: they are not in the mail"),
  gaps: z.string().nullable().describe("Which [gaps] are still to be filled in before it can be approved"),
});
export type RecapPreview = z.infer<typeof RecapPreview>;
