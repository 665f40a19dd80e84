import * as z from "zod";
import { cleanLine, optionalParagraph, paragraphOrEmpty } from "../../lib/text.ts";
import { ApprovalFields, DeliveryChoices } from "../delivery/index.ts";
import { repeatLevels } from "./rules/repeating.ts";

/** What an item is. `carried` is a commitment or a question from the ledgers; `status` is in writing and takes no minutes. */
export const itemKinds = ["need", "win", "challenge", "growth", "carried", "topic", "status"] as const;
export type ItemKind = (typeof itemKinds)[number];

/** The guided preparation, in this order; each step can be skipped (S27). */
export const steps = ["need", "win", "challenge", "growth", "carried", "topics", "minutes"] as const;
export type Step = (typeof steps)[number];

/** Whose a carried line is: the owner's promise, the other person's, or an open question. */
export const carriedSides = ["mine", "theirs", "question"] as const;
export type CarriedSide = (typeof carriedSides)[number];

export interface AgendaTable {
  owner_id: string;
  meeting_id: string;
  started_at: string;
  ready_at: string | null;
  active_seconds: number;
  step: Step;
  created_at: string;
  updated_at: string;
}

export interface AgendaItemTable {
  owner_id: string;
  id: string;
  meeting_id: string;
  kind: ItemKind;
  text: string;
  options: string;
  leaning: string;
  decision_wanted: string;
  project: string;
  skill: string;
  minutes: number;
  position: number;
  capture_id: string | null;
  /** commitment:ID, question:ID or item:ROOT-ID: what came over from earlier, once in a meeting (S53). */
  carried_from: string | null;
  carried_side: CarriedSide | null;
  due_on: string | null;
  /** JSON of `Content`: words typed over a prepared item, private until they are put on the agenda too. */
  draft: string | null;
  prepared_at: string | null;
  discussed_at: string | null;
  /** What it was carried from is no longer open. */
  settled_at: string | null;
  /** Not to be carried over again. */
  let_go_at: string | null;
  removed_at: string | null;
  version: number;
  created_at: string;
  updated_at: string;
}

declare module "../../platform/storage/database.ts" {
  interface Tables {
    agenda: AgendaTable;
    agenda_item: AgendaItemTable;
  }
}

/** What a person writes in an item. Which parts are asked for depends on its kind. */
export const Content = z.object({
  text: z.string(),
  options: z.string(),
  leaning: z.string(),
  decisionWanted: z.string(),
  project: z.string(),
  skill: z.string(),
});
export type Content = z.infer<typeof Content>;

/** An item on the agenda as everything that leaves may see it: prepared words only. */
export const PreparedItem = Content.extend({
  id: z.string(),
  kind: z.enum(itemKinds),
  minutes: z.number().int(),
  position: z.number().int(),
  captureId: z.string().nullable(),
  carriedFrom: z.string().nullable(),
  carriedSide: z.enum(carriedSides).nullable(),
  dueOn: z.string().nullable(),
  discussedAt: z.string().nullable(),
});
export type PreparedItem = z.infer<typeof PreparedItem>;

export const Item = PreparedItem.extend({
  preparedAt: z.string().nullable().describe("When its owner put it on the agenda; null while it is a private draft"),
  draft: Content.nullable().describe("Newer words, private until they are put on the agenda too"),
  version: z.number().int(),
});
export type Item = z.infer<typeof Item>;

export const MinutesPlan = z.object({
  slot: z.number().int().describe("The meeting's length in minutes"),
  planned: z.number().int().describe("Minutes of all items, the growth block included"),
  over: z.number().int().describe("Minutes beyond the slot, or 0"),
  growthBlock: z.number().int().describe("Minutes kept for growth at the end of this meeting: 10 or 0 (S37)"),
  growth: z.number().int().describe("Minutes for growth, never less than the block"),
  trim: z
    .array(z.object({ id: z.string(), from: z.number().int(), to: z.number().int().describe("0 takes it off the agenda") }))
    .describe("A proposal that fits the slot and keeps the need and the growth block (S54); empty when nothing is over"),
});
export type MinutesPlan = z.infer<typeof MinutesPlan>;

export const Repeated = z.object({
  ref: z.string().describe("item:ID of the item that the challenge began as"),
  times: z.number().int().describe("Held talks in which it was open, and the one that is prepared"),
  level: z.enum(repeatLevels),
  say: z.string().nullable().describe("From the third time on: what to do about it"),
  asksForDecision: z.boolean().describe("It says nothing yet about the decision that is wanted"),
});
export type Repeated = z.infer<typeof Repeated>;

export const SeedLine = z.object({
  seedId: z.string(),
  text: z.string().describe("A line for this talk, out of the owner's own words"),
  lastMentionedOn: z.string().nullable(),
  daysSince: z.number().int().nullable().describe("Null when this person never heard it"),
});
export type SeedLine = z.infer<typeof SeedLine>;

export const stepStates = ["prepared", "draft", "empty"] as const;

export const Agenda = z.object({
  meetingId: z.string(),
  startedAt: z.string().nullable(),
  readyAt: z.string().nullable(),
  activeSeconds: z.number().int(),
  step: z.enum(steps).describe("Where the preparation was left"),
  steps: z.array(z.object({ step: z.enum(steps), state: z.enum(stepStates) })),
  items: z.array(Item),
  takenOut: z.array(Item).describe("Open from earlier, taken out of this agenda; open again next time"),
  minutes: MinutesPlan,
  repeated: z.array(Repeated).describe("Challenges that stand on the list again (S29)"),
  missing: z.array(z.string()).describe("What must still be done before the agenda is ready"),
  words: z.number().int().describe("Words of the prepared items"),
  growthHint: z.boolean().describe("Neither this agenda nor the last one looks ahead (S36)"),
  waitsForEarlier: z.boolean().describe("Another meeting with this person comes first; what is open comes over after it"),
});
export type Agenda = z.infer<typeof Agenda>;

const approvals = ["none", "withdrawn", "already_sent"] as const;
export const approvalEffect = z
  .enum(approvals)
  .describe("withdrawn: the agenda must be approved again; already_sent: the change is for the talk only");
export type ApprovalEffect = (typeof approvals)[number];

export const Changed = z.object({ item: Item, approval: approvalEffect });
export const Effect = z.object({ approval: approvalEffect });

export const MeetingRef = z.object({ meetingId: z.string() });
export const ItemRef = z.object({ id: z.string() });

/** An id made by whoever shows the form, so that the same draft sent twice is one draft. */
const formId = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u, "This is not the id of an item.");
const minutes = z.coerce
  .number("Write the minutes as a number.")
  .int("Write whole minutes.")
  .min(0, "Minutes cannot be below 0.")
  .max(60, "A 1:1 is 60 minutes at most.");

const tagName = z
  .string()
  .transform(cleanLine)
  .refine((text) => text.length <= 60, { error: "Keep this to 60 characters." });

export const SaveInput = MeetingRef.extend({
  id: formId.optional(),
  version: z.coerce.number().int().min(0).optional().describe("The version that was edited; 0 for a new item"),
  kind: z.enum(itemKinds).exclude(["carried", "status"]),
  minutes: minutes.optional(),
}).extend(
  z
    .object({
      text: paragraphOrEmpty,
      options: paragraphOrEmpty,
      leaning: paragraphOrEmpty,
      decisionWanted: paragraphOrEmpty,
      project: tagName,
      skill: tagName,
    })
    .partial().shape,
);
export type SaveInput = z.infer<typeof SaveInput>;

export const PrepareInput = ItemRef.extend({ version: z.coerce.number().int().optional() });
export const ChooseInput = MeetingRef.extend({
  captureId: z.string(),
  kind: z.enum(["win", "challenge", "growth", "topic"]).optional(),
});
export const OrderInput = MeetingRef.extend({ ids: z.array(z.string()).max(200).describe("Items in their new order") });
export const MinutesInput = MeetingRef.extend({ minutes: z.array(z.object({ id: z.string(), minutes })).max(200) });
export const StepInput = MeetingRef.extend({ step: z.enum(steps) });
export const TimeInput = MeetingRef.extend({
  seconds: z.coerce.number().int().min(0).max(900, "Report time in shorter pieces."),
});
export const StatusInput = MeetingRef.extend({ text: optionalParagraph() });
export const ApproveInput = MeetingRef.extend(ApprovalFields.shape);

export const Proposal = z.object({
  captureId: z.string(),
  kind: z.enum(["win", "challenge", "growth", "topic"]),
  text: z.string(),
  happenedOn: z.string(),
});
export type Proposal = z.infer<typeof Proposal>;

export const Proposals = z.object({
  wins: z.array(Proposal).describe("Wins that this person was never told, the latest first"),
  challenges: z.array(Proposal).describe("Open obstacles, oldest first"),
  due: z
    .array(z.object({ id: z.string(), side: z.enum(["mine", "theirs"]), text: z.string(), dueOn: z.string() }))
    .describe("Commitments with a date before the meeting"),
  seed: SeedLine.nullable().describe("A wish that was not mentioned for 45 days; none when the preparation has one (S39)"),
  openers: z.array(z.string()).describe("Beginnings of a question about growth; [ ] is to be filled in"),
});
export type Proposals = z.infer<typeof Proposals>;

export const OpenLine = z.object({
  ref: z.string().describe("What it comes from: commitment:ID, question:ID or item:ID"),
  kind: z.enum(itemKinds),
  text: z.string(),
  side: z.enum(carriedSides).nullable(),
  dueOn: z.string().nullable(),
  minutes: z.number().int(),
  wasShared: z.boolean().describe("This person read it before, so it stands on the agenda unless it is left out"),
});
export type OpenLine = z.infer<typeof OpenLine>;

export const Sheet = z.object({
  need: z
    .object({
      id: z.string().nullable(),
      version: z.number().int(),
      text: z.string(),
      isOld: z.boolean().describe("From the last talk, where it was not ticked off"),
    })
    .nullable(),
  wins: z.array(Proposal).describe("The win that waits longest to be told, and the latest one"),
  challenge: Proposal.extend({
    asNeed: z.string().describe("The need in these words, if it is what the talk is for"),
  }).nullable(),
  questions: z
    .array(z.object({ questionId: z.string(), text: z.string(), uncovers: z.string(), project: z.string(), skill: z.string() }))
    .describe("Questions of three categories that need nothing filled in; none when the agenda has one"),
  seed: SeedLine.nullable().describe("A wish that was not mentioned for 45 days; none when the preparation has one (S39)"),
  open: z.array(OpenLine),
  repeated: z.array(Repeated).describe("Of what is open: challenges that stand on the list again (S29)"),
  kinds: z.array(z.enum(itemKinds)).describe("What the agenda has already"),
});
export type Sheet = z.infer<typeof Sheet>;

const openRef = z
  .string()
  .regex(/^(?:commitment|question|item):[0-9a-f-]{36}$/u, "This is nothing that is still open.")
  .describe("As in what is proposed");

export const ChooseAllInput = MeetingRef.extend({
  need: paragraphOrEmpty.optional(),
  needVersion: z.coerce.number().int().min(0).optional().describe("The version of the need that was shown; 0 for a new one"),
  needFromChallenge: z.boolean().optional().describe("Without words for the need: the chosen challenge is what the talk is for"),
  captures: z
    .array(z.object({ captureId: z.string(), kind: ChooseInput.shape.kind }))
    .max(20)
    .optional(),
  decisionWanted: paragraphOrEmpty.optional().describe("What should be decided about the challenge"),
  written: z
    .array(
      z.object({
        id: formId.optional(),
        kind: z.enum(["win", "challenge", "growth", "topic"]),
        text: paragraphOrEmpty,
        project: tagName.optional(),
        skill: tagName.optional(),
      }),
    )
    .max(20)
    .optional(),
  question: z
    .object({
      id: formId.optional().describe("Of the item it becomes"),
      questionId: z.string(),
      project: tagName.optional(),
      skill: tagName.optional(),
    })
    .optional()
    .describe("A question of the bank, or one of your own"),
  seedId: z.string().optional().describe("The seed that is mentioned again"),
  decisions: z
    .array(z.object({ ref: openRef, text: paragraphOrEmpty }))
    .max(20)
    .optional()
    .describe("What should be decided about challenges that are still open"),
  open: z.array(openRef).max(200).optional().describe("What is still open and shall be on the agenda"),
  leave: z.array(openRef).max(200).optional().describe("What is still open and is left out this time"),
  seconds: TimeInput.shape.seconds.optional().describe("Active time before the preparation was started"),
});
export type ChooseAllInput = z.infer<typeof ChooseAllInput>;

export const PreparationTimes = z.object({
  counted: z.number().int().describe("Finished preparations whose time was measured, the latest six at most"),
  medianSeconds: z.number().int().nullable().describe("Null below three: one or two say nothing yet"),
});
export type PreparationTimes = z.infer<typeof PreparationTimes>;

export const AgendaPreview = DeliveryChoices.extend({
  missing: z.array(z.string()).describe("What must be done before it can be approved"),
  warnings: z.array(z.string()),
});
export type AgendaPreview = z.infer<typeof AgendaPreview>;

export const ReadyOutput = z.object({ readyAt: z.string() });
