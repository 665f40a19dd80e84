import * as z from "zod";

/** How an answer came: as a mail, or written on the page that the link in the mail opens. */
export const answerWays = ["mail", "page"] as const;
export type AnswerWay = (typeof answerWays)[number];

/** What was said: a topic for the talk, words to something, a yes to it, other words or another day, more time, or "away until". */
export const answerKinds = ["topic", "reply", "confirmation", "correction", "more_time", "away"] as const;
export type AnswerKind = (typeof answerKinds)[number];

/** What an answer is about: an item of the agenda, a commitment, an open question, or another line of a recap. */
export const aboutKinds = ["item", "commitment", "question", "line"] as const;
export type AboutKind = (typeof aboutKinds)[number];

export interface AnswerTable {
  owner_id: string;
  id: string;
  source_key: string;
  meeting_id: string;
  person_id: string;
  delivery_id: string | null;
  way: AnswerWay;
  kind: AnswerKind;
  about_kind: AboutKind | null;
  about_id: string | null;
  /** The words that were answered, as the other person read them. */
  about_text: string;
  /** The other person's words. */
  text: string;
  /** The day they named: until when they are away, or by when they can. */
  named_on: string | null;
  sender: string;
  raw_id: string | null;
  received_at: string;
  verified_at: string | null;
  accepted_at: string | null;
  declined_at: string | null;
  /** What it became when it was accepted: the item of the agenda. */
  became_id: string | null;
  created_at: string;
}

export interface MailLineTable {
  owner_id: string;
  delivery_id: string;
  position: number;
  /** The kind of the agenda's item, or the part of the recap. */
  part: string;
  heading: string;
  text: string;
  about_kind: AboutKind | null;
  about_id: string | null;
  due_on: string | null;
}

export interface PagePermissionTable {
  owner_id: string;
  person_id: string;
  allowed_at: string;
}

export interface GuestLinkTable {
  owner_id: string;
  id: string;
  person_id: string;
  meeting_id: string;
  token_hash: string;
  created_at: string;
  expires_at: string;
  revoked_at: string | null;
}

declare module "../../platform/storage/database.ts" {
  interface Tables {
    answer: AnswerTable;
    mail_line: MailLineTable;
    page_permission: PagePermissionTable;
    guest_link: GuestLinkTable;
  }
}

/** What an answer is about, with the words of it that its writer had in front of them. */
export interface About {
  readonly kind: AboutKind;
  readonly id: string;
  readonly text: string;
}

/** One line of an approved mail, with what it is about: what a reply is compared with, and what a guest page shows. */
export interface MailLine {
  readonly part: string;
  /** The title that it stands under in the mail. */
  readonly heading: string;
  readonly text: string;
  readonly about: Pick<About, "kind" | "id"> | null;
  readonly dueOn: string | null;
}

/** An answer as it comes in. */
export interface NewAnswer {
  /** The same for the same answer read or sent twice, such as `mail:<message id>:<line>`. */
  readonly sourceKey: string;
  readonly meetingId: string;
  readonly personId: string;
  readonly deliveryId?: string | null;
  readonly way: AnswerWay;
  readonly kind: AnswerKind;
  readonly about?: About | null;
  readonly text: string;
  readonly namedOn?: string | null;
  /** Who says to have written it: a mail address. Empty for the page. */
  readonly sender?: string;
  readonly rawId?: string | null;
  readonly receivedAt?: Temporal.Instant;
  /** False when the sender may be forged: then it waits for its owner's yes before anything else. */
  readonly isVerified: boolean;
}

export const answerStates = ["unverified", "waiting", "accepted", "declined"] as const;
export type AnswerState = (typeof answerStates)[number];

export const Answer = z.object({
  id: z.string(),
  meetingId: z.string(),
  personId: z.string(),
  deliveryId: z.string().nullable(),
  way: z.enum(answerWays),
  kind: z.enum(answerKinds),
  about: z.object({ kind: z.enum(aboutKinds), id: z.string(), text: z.string() }).nullable(),
  text: z.string().describe("The other person's words: private to you until you use them"),
  namedOn: z.string().nullable().describe("The day they named"),
  sender: z.string(),
  rawId: z.string().nullable(),
  receivedAt: z.string(),
  verifiedAt: z.string().nullable().describe("Null while it is not sure that it is from this person"),
  acceptedAt: z.string().nullable(),
  declinedAt: z.string().nullable(),
  becameId: z.string().nullable().describe("The item of the agenda that it became"),
  state: z.enum(answerStates),
});
export type Answer = z.infer<typeof Answer>;

export const AnswerId = z.object({ id: z.string() });
export const ListInput = z.object({
  meetingId: z.string().optional(),
  waiting: z.boolean().optional().describe("true: only what waits for you; false: only what you settled"),
});
export const Answers = z.object({ answers: z.array(Answer) });

export const GuestLink = z.object({
  id: z.string(),
  personId: z.string(),
  meetingId: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().describe("30 days after the meeting"),
  revokedAt: z.string().nullable(),
  isOpen: z.boolean(),
});
export type GuestLink = z.infer<typeof GuestLink>;

export const PageAccess = z.object({
  personId: z.string(),
  address: z.string().nullable().describe("Where this installation is reached from outside; null when it is not"),
  allowedAt: z.string().nullable().describe("Since when this person may open pages"),
  links: z.array(GuestLink),
});
export type PageAccess = z.infer<typeof PageAccess>;

export const LinkId = z.object({ id: z.string() });
export const LinksInput = z.object({ personId: z.string() });
export const AllowInput = LinksInput.extend({ allowed: z.boolean() });
