import * as z from "zod";

/** What a mail is about. A note is the short word after a meeting moved or was cancelled when its agenda had already gone out. */
export const deliveryKinds = ["agenda", "recap", "note"] as const;
export type DeliveryKind = (typeof deliveryKinds)[number];

/** How a mail goes out: by SMTP at its hour, or by the owner's own hand, from a draft in their mailbox or in another way. */
export const deliveryWays = ["smtp", "draft", "copy", "eml", "mailto"] as const;
export type DeliveryWay = (typeof deliveryWays)[number];

/** One word for where a delivery stands; derived from dated columns and the outbox, never stored. */
export const deliveryStates = [
  "planned",
  "held",
  "sending",
  "unknown",
  "by_hand",
  "sent",
  "missed",
  "failed",
  "withdrawn",
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export interface DeliveryTable {
  owner_id: string;
  id: string;
  meeting_id: string;
  person_id: string;
  kind: DeliveryKind;
  way: DeliveryWay;
  from_name: string;
  from_address: string | null;
  to_name: string;
  to_address: string | null;
  subject: string;
  text_body: string;
  html_body: string;
  mime: string;
  message_id: string;
  in_reply_to: string | null;
  thread_references: string | null;
  content_hash: string;
  approved_at: string;
  withdrawn_at: string | null;
  send_at: string;
  chosen_send_at: string | null;
  held_at: string | null;
  /** Why it is held: "doubt" when nobody knows the meeting's hour for certain, else (null) because it moved too close. */
  held_reason: "doubt" | null;
  handed_over_at: string | null;
  /** Since when it lies in the owner's drafts. */
  drafted_at: string | null;
  sent_at: string | null;
  lead_minutes: number | null;
  missed_at: string | null;
  failed_at: string | null;
  fail_reason: string | null;
  meeting_starts_at: string;
  meeting_zone: string;
  meeting_cancelled_at: string | null;
  told_starts_at: string;
  told_cancelled_at: string | null;
  created_at: string;
  updated_at: string;
}

/** The owner has a mailbox whose drafts approved mails can be put into. */
export interface DraftFolderTable {
  owner_id: string;
  offered_at: string;
}

export interface DeliveryCaptureTable {
  owner_id: string;
  delivery_id: string;
  capture_id: string;
}

export interface MailThreadTable {
  owner_id: string;
  person_id: string;
  subject: string;
  root_message_id: string | null;
  last_message_id: string | null;
  created_at: string;
  updated_at: string;
}

declare module "../../platform/storage/database.ts" {
  interface Tables {
    delivery: DeliveryTable;
    delivery_capture: DeliveryCaptureTable;
    draft_folder: DraftFolderTable;
    mail_thread: MailThreadTable;
  }
}

/** What a feature hands over: the words of one mail, before anybody approved them. Built from prepared rows only. */
export interface MailDraft {
  readonly kind: DeliveryKind;
  readonly meetingId: string;
  readonly meetingStartsAt: Temporal.Instant;
  /** The meeting's IANA zone. */
  readonly zone: string;
  readonly personId: string;
  /** The body as plain text. */
  readonly text: string;
  /** The same body as small HTML: what stands inside <body>, escaped by whoever wrote it. */
  readonly html: string;
  /** The captures that this mail tells; they count as told once it is sent. */
  readonly captureIds: readonly string[];
  /** The meeting's hour is a guess: what is approved waits for its owner's word instead of going out by itself. */
  readonly hourDoubted?: boolean;
}

/** The very words, as the recipient will read them. */
export const MailPreview = z.object({
  subject: z.string(),
  text: z.string(),
  html: z.string().describe("The body as small HTML"),
  fromName: z.string(),
  fromAddress: z.string().nullable(),
  toName: z.string(),
  toAddress: z.string().nullable(),
  words: z.number().int(),
  readingSeconds: z.number().int(),
  hash: z.string().describe("Changes with any word of the mail; approving names the hash that was read"),
});
export type MailPreview = z.infer<typeof MailPreview>;

export const Delivery = z.object({
  id: z.string(),
  meetingId: z.string(),
  personId: z.string(),
  kind: z.enum(deliveryKinds),
  way: z.enum(deliveryWays),
  state: z.enum(deliveryStates),
  fromName: z.string(),
  fromAddress: z.string().nullable(),
  toName: z.string(),
  toAddress: z.string().nullable(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  messageId: z.string(),
  hash: z.string(),
  approvedAt: z.string(),
  sendAt: z.string().describe("When it is to go out (UTC)"),
  sentAt: z.string().nullable(),
  isDraftMissing: z.boolean().describe("Nobody can say whether it lies in your drafts: look there"),
  draftedAt: z.string().nullable().describe("Since when it lies in your drafts, when that is how it goes out"),
  leadMinutes: z.number().int().nullable().describe("Minutes between sending and the start of the meeting"),
  failReason: z.string().nullable(),
  attempts: z.number().int(),
  lastError: z.string().nullable().describe("Why the last attempt did not go through, while it is still being tried"),
  nextTryAt: z.string().nullable(),
  meetingStartsAt: z.string(),
  meetingZone: z.string(),
  meetingCancelled: z.boolean(),
  heldReason: z.literal("doubt").nullable().describe("Why it waits for a word when nobody knows the meeting's hour for certain"),
  noteOffered: z.boolean().describe("The meeting moved or was cancelled after this agenda went out; a short note can say so"),
});
export type Delivery = z.infer<typeof Delivery>;

/** What a preview page needs beside the words: which ways are open and the plan. Plain data, so that an operation can return it. */
export const DeliveryChoices = z.object({
  mail: MailPreview,
  smtp: z.enum(["ready", "paused", "none"]),
  drafts: z.boolean().describe("A mailbox is set up, so that a mail can be put into your drafts"),
  sendAt: z.string().describe("The planned hour (UTC)"),
  reason: z.string(),
  late: z.boolean(),
  alternatives: z.array(z.object({ sendAt: z.string(), label: z.string() })),
  delivery: Delivery.nullable().describe("The approved mail of this meeting and kind, if there is one"),
  withdrawnByMove: z
    .boolean()
    .describe("The meeting moved after the approval, and the words named the old day: they need a new approval"),
  zone: z.string(),
});
export type DeliveryChoices = z.infer<typeof DeliveryChoices>;

/** What an approving operation takes: `agenda.approve` and `recap.approve` extend their input with this. */
export const ApprovalFields = z.object({
  way: z.enum(deliveryWays),
  sendAt: z.string().optional().describe("Another hour than the planned one, as an instant (UTC)"),
  hash: z.string().describe("The hash of the words that were read"),
});

export const DeliveryId = z.object({ id: z.string() });
