import { createHash } from "node:crypto";
import { clockTime, longDay, shortDay } from "../../lib/dates.ts";
import { firstName } from "../../lib/text.ts";
import type { OutboxState } from "../../platform/outbox/index.ts";
import type { DeliveryKind, DeliveryState, DeliveryTable, MailPreview } from "./schema.ts";

/** An agenda goes out a day before its meeting (S31): 24 hours of absolute time, also across a change of the clocks. */
const LEAD = { hours: 24 };

const WORDS_A_MINUTE = 200;
const SATURDAY = 6;
const FRIDAY = 5;

/** Why a mail waits whose meeting has an hour that nobody knows for certain. */
export const HOUR_IN_DOUBT = "The calendar names a time zone that nobody knows, so the meeting's hour is a guess.";

export interface SendPlan {
  readonly sendAt: Temporal.Instant;
  /** Why this hour, in words for the page. */
  readonly reason: string;
  /** True when a full day ahead is no longer possible. */
  readonly late: boolean;
  readonly alternatives: readonly { readonly sendAt: Temporal.Instant; readonly label: string }[];
}

function isBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0;
}

function dayAndTime(moment: Temporal.ZonedDateTime): string {
  return `${shortDay(moment.toPlainDate())}, ${clockTime(moment.toPlainTime())}`;
}

/** When a planned hour falls on a weekend: the Friday before it, at the same wall-clock time. */
function fridayBefore(sendAt: Temporal.ZonedDateTime): Temporal.ZonedDateTime | undefined {
  return sendAt.dayOfWeek < SATURDAY ? undefined : sendAt.subtract({ days: sendAt.dayOfWeek - FRIDAY });
}

/**
 * The hour at which an agenda goes out: 24 hours before the start, or at once when less remain (S31).
 * For a meeting on Monday it would arrive on Sunday; Friday at the same wall time in the meeting's `zone` is offered instead.
 */
export function planSend(facts: {
  readonly startsAt: Temporal.Instant;
  readonly zone: string;
  readonly now: Temporal.Instant;
}): SendPlan {
  const { startsAt, zone, now } = facts;
  const planned = startsAt.subtract(LEAD);
  if (!isBefore(now, startsAt)) return { sendAt: now, late: true, alternatives: [], reason: "The meeting has begun." };
  if (isBefore(planned, now))
    return {
      sendAt: now,
      late: true,
      alternatives: [],
      reason: "Less than 24 hours remain, so it goes out as soon as you approve.",
    };
  const local = planned.toZonedDateTimeISO(zone);
  const friday = fridayBefore(local);
  const early =
    friday && isBefore(now, friday.toInstant())
      ? [{ sendAt: friday.toInstant(), label: `Friday instead: ${dayAndTime(friday)}` }]
      : [];
  return { sendAt: planned, late: false, alternatives: early, reason: `24 hours before the meeting: ${dayAndTime(local)}.` };
}

/** The subject of everything that goes to one person: stable, so that their mail program keeps one thread. */
export function threadSubject(ownerName: string, personName: string): string {
  return `1:1 ${firstName(ownerName)} / ${firstName(personName)}`;
}

/** A fingerprint of the words and of who gets them. Any difference makes another approval necessary. */
export function contentHash(mail: Pick<MailPreview, "subject" | "text" | "html" | "toName" | "toAddress">): string {
  return createHash("sha256")
    .update(JSON.stringify([mail.subject, mail.text, mail.html, mail.toName, mail.toAddress]))
    .digest("hex");
}

/** How long a calm reader needs (S4). */
export function readingSeconds(words: number): number {
  return Math.ceil((words * 60) / WORDS_A_MINUTE);
}

/** From when on a mail of this kind helps nobody any more. A recap or a note is never too late. */
export function expiryOf(kind: DeliveryKind, startsAt: Temporal.Instant): Temporal.Instant | null {
  return kind === "agenda" ? startsAt : null;
}

/** Minutes between sending and the start; only an agenda has a lead. */
export function leadMinutes(kind: DeliveryKind, startsAt: string, sentAt: Temporal.Instant): number | null {
  return kind === "agenda" ? Math.round(sentAt.until(startsAt).total("minutes")) : null;
}

type StateFacts = Pick<DeliveryTable, "way" | "sent_at" | "missed_at" | "failed_at" | "withdrawn_at" | "held_at">;

const ofOutbox: Record<OutboxState, DeliveryState> = {
  queued: "planned",
  connecting: "sending",
  in_data: "sending",
  sent: "sent",
  unknown: "unknown",
  failed: "failed",
  missed: "missed",
  cancelled: "withdrawn",
};

export function stateOf(row: StateFacts, outbox: OutboxState | null): DeliveryState {
  if (row.sent_at !== null) return "sent";
  if (row.withdrawn_at !== null) return "withdrawn";
  if (row.missed_at !== null) return "missed";
  if (row.failed_at !== null) return "failed";
  if (row.held_at !== null) return "held";
  return outbox === null || row.way !== "smtp" ? "by_hand" : ofOutbox[outbox];
}

/** After the agenda went out its recipient believes in the old time: true until a note told them the present one. */
export function offersNote(
  row: Pick<
    DeliveryTable,
    "kind" | "sent_at" | "meeting_starts_at" | "meeting_cancelled_at" | "told_starts_at" | "told_cancelled_at"
  >,
): boolean {
  if (row.kind !== "agenda" || row.sent_at === null) return false;
  return row.meeting_starts_at !== row.told_starts_at || (row.meeting_cancelled_at === null) !== (row.told_cancelled_at === null);
}

/**
 * Where a queued agenda goes when its meeting moves: to the chosen hour while that is still at least a day ahead, else to the
 * planned one. "late" when a day ahead is no longer possible: then its owner decides.
 */
export function replan(facts: {
  readonly startsAt: Temporal.Instant;
  readonly zone: string;
  readonly now: Temporal.Instant;
  readonly chosen: string | null;
}): Temporal.Instant | "late" {
  const plan = planSend(facts);
  if (plan.late) return "late";
  const chosen = facts.chosen === null ? undefined : Temporal.Instant.from(facts.chosen);
  return chosen && isBefore(chosen, plan.sendAt) && isBefore(facts.now, chosen) ? chosen : plan.sendAt;
}

/**
 * Whether approved words name the day of a meeting in full: they would be wrong after it moved to another one. Short forms do not
 * count: "by Tue 3 Mar" is most often the date of a promise.
 */
export function namesTheDay(text: string, startsAt: Temporal.Instant, zone: string): boolean {
  return text.includes(longDay(startsAt.toZonedDateTimeISO(zone).toPlainDate()));
}
