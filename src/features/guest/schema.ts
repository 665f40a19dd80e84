import * as z from "zod";
import { day } from "../../lib/dates.ts";
import { cleanText } from "../../lib/text.ts";
import type { OwnerId } from "../../lib/ids.ts";
import type { AnswerKind, MailLine } from "../answers/index.ts";

/**
 * What one opened link lets its holder see and say: one meeting of one owner, for one person. Minted (cast) only in
 * `operations/opening.ts`, so that no page can make one up.
 */
export interface GuestScope {
  readonly owner: OwnerId;
  readonly linkId: string;
  readonly meetingId: string;
  readonly personId: string;
  readonly expiresAt: string;
  readonly __brand: "GuestScope";
}

/** What a guest can do. "Away" is said in mails alone. */
export const guestActs = ["topic", "reply", "confirmation", "correction", "more_time"] as const satisfies readonly AnswerKind[];
export type GuestAct = (typeof guestActs)[number];

/** One line of the mail, with its place in it and what can be said to it. */
export interface GuestLine extends MailLine {
  readonly position: number;
  readonly acts: readonly GuestAct[];
}

/** The mail that a page shows: the words that were approved, and nothing else. */
export interface GuestMail {
  readonly deliveryId: string;
  readonly kind: "agenda" | "recap";
  readonly ownerName: string;
  readonly personName: string;
  /** The meeting's zone, for the day on which the page closes. */
  readonly zone: string;
  readonly lines: readonly GuestLine[];
}

/** Longer than anything that is typed on a phone; a mail has room for more. */
export const LONGEST_SAID = 4_000;

const said = z
  .string()
  .default("")
  .transform(cleanText)
  .refine((text) => text.length <= LONGEST_SAID, { error: "Keep this to 4,000 characters, or reply to the mail." });

const optionalDay = z.preprocess((raw) => (raw === "" || raw === undefined ? null : raw), day.nullable());

/** What a form of the page sends. */
export const SaidInput = z.object({
  kind: z.enum(guestActs, { error: "Press one of the buttons." }),
  /** Made with each form, so that the same form sent twice is one answer. */
  key: z.string().max(64).default(""),
  mail: z.string().max(64).default(""),
  line: z.coerce.number().int().min(0).max(1_000).optional(),
  text: said,
  day: optionalDay,
});
export type SaidInput = z.output<typeof SaidInput>;
