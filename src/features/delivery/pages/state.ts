import { dayIn, shortMoment } from "../../../lib/dates.ts";
import { type Html, html } from "../../../surfaces/web/kit/html.ts";
import type { Delivery, DeliveryState } from "../schema.ts";

/** An instant as people read it, in the zone that the page is shown in. */
export function moment(at: string, zone: string, now: Temporal.Instant): Html {
  return html`<time datetime="${at}">${shortMoment(Temporal.Instant.from(at), zone, dayIn(zone, now).year)}</time>`;
}

const waitsForAWord: ReadonlySet<DeliveryState> = new Set(["held", "unknown", "missed", "failed"]);

/** Whether the owner has to decide something before this mail can go anywhere. */
export function needsAttention({ state }: Delivery): boolean {
  return waitsForAWord.has(state);
}

function lead(minutes: number | null): string {
  if (minutes === null || minutes < 0) return "";
  return minutes >= 120 ? `, ${Math.round(minutes / 60)} hours ahead` : `, ${minutes} minutes ahead`;
}

type Sentence = (delivery: Delivery, zone: string, now: Temporal.Instant) => Html;

function planned(delivery: Delivery, zone: string, now: Temporal.Instant): Html {
  const { lastError, nextTryAt, sendAt } = delivery;
  const isDue = Temporal.Instant.compare(Temporal.Instant.from(sendAt), now) <= 0;
  if (lastError === null)
    return isDue ? html`Approved. It goes out now.` : html`Approved. It goes out ${moment(sendAt, zone, now)}.`;
  const next = nextTryAt === null ? "It waits until that is repaired." : html`The next try is ${moment(nextTryAt, zone, now)}.`;
  return html`It could not be sent yet: ${lastError} ${next}`;
}

function byHand({ sendAt }: Delivery, zone: string, now: Temporal.Instant): Html {
  return html`Approved. Send it yourself ${moment(sendAt, zone, now)}, then say here that you did.`;
}

function inDrafts(delivery: Delivery, zone: string, now: Temporal.Instant): Html {
  const { draftedAt, isDraftMissing, lastError, sendAt } = delivery;
  if (draftedAt !== null)
    return html`Approved. It lies in the drafts of your mailbox: send it from there ${moment(sendAt, zone, now)}, then say here that you did.`;
  if (isDraftMissing)
    return html`Approved. It is not certain that it lies in the drafts of your mailbox: the line broke, or the mailbox could not be reached. Look there; if it is missing, it can be put there again.`;
  return lastError === null
    ? html`Approved. It is being put into the drafts of your mailbox.`
    : html`It could not be put into your drafts yet: ${lastError}`;
}

const sentences: Record<DeliveryState, Sentence> = {
  planned,
  held: ({ heldReason }) =>
    heldReason === "doubt"
      ? html`Approved, but it does not go out by itself: the calendar names a time zone that nobody knows, so the meeting's hour is a guess. Confirm the hour on the page of the meeting, or send it now.`
      : html`The meeting moved, and a full day ahead is no longer possible. Send it now, or take it along.`,
  sending: () => html`It is being sent right now.`,
  unknown: ({ toName }) =>
    html`The line broke while it was being sent, so it may or may not have arrived. Ask ${toName}, or look into your Sent folder.`,
  by_hand: (delivery, zone, now) => (delivery.way === "draft" ? inDrafts(delivery, zone, now) : byHand(delivery, zone, now)),
  sent: ({ sentAt, sendAt, toName, leadMinutes }, zone, now) =>
    html`Sent ${moment(sentAt ?? sendAt, zone, now)} to ${toName}${lead(leadMinutes)}.`,
  missed: ({ failReason }) => html`It did not go out before the meeting began. ${failReason ?? ""}`,
  failed: ({ failReason }) => html`It was refused, so nothing arrived. ${failReason ?? ""}`,
  withdrawn: ({ draftedAt }) =>
    draftedAt === null
      ? html`The approval was withdrawn. Nothing was sent.`
      : html`The approval was withdrawn, and nothing was sent from here. The draft still lies in your mailbox: delete it there.`,
};

/** One sentence on where a mail stands, for the preview page and for lists. Times are shown in `zone`. */
export function deliveryStateLine(delivery: Delivery, zone: string, now: Temporal.Instant): Html {
  return sentences[delivery.state](delivery, zone, now);
}
