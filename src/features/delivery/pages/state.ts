import { dayIn, shortMoment } from "../../../lib/dates.ts";
import { type Html, html } from "../../../surfaces/web/kit/html.ts";
import type { Delivery, DeliveryState } from "../schema.ts";

/** An instant as people read it, in the zone that the page is shown in. */
export function moment(at: string, zone: string, now: Temporal.Instant): Html {
  return html`<time datetime="${at}">${shortMoment(Temporal.Instant.from(at), zone, dayIn(zone, now).year)}</time>`;
}

const words: Record<DeliveryState, string> = {
  planned: "planned",
  held: "waits for you",
  sending: "being sent",
  unknown: "did it arrive?",
  by_hand: "to send by hand",
  sent: "sent",
  missed: "missed",
  failed: "refused",
  withdrawn: "withdrawn",
};

const needsAttention: ReadonlySet<DeliveryState> = new Set(["held", "unknown", "missed", "failed"]);

export function stateBadge({ state }: Delivery): Html {
  return html`<span class="${needsAttention.has(state) ? "badge warning" : "badge"}">${words[state]}</span>`;
}

function lead(minutes: number | null): string {
  if (minutes === null || minutes < 0) return "";
  return minutes >= 120 ? `, ${Math.round(minutes / 60)} hours ahead` : `, ${minutes} minutes ahead`;
}

/** One sentence on where a mail stands, for the preview page and for lists. Times are shown in `zone`. */
export function deliveryStateLine(delivery: Delivery, zone: string, now: Temporal.Instant): Html {
  const { state, toName } = delivery;
  const hour = moment(delivery.sendAt, zone, now);
  switch (state) {
    case "planned":
      return delivery.lastError === null
        ? html`Approved. It goes out ${hour}.`
        : html`It could not be sent yet: ${delivery.lastError} ${delivery.nextTryAt ? html`The next try is ${moment(delivery.nextTryAt, zone, now)}.` : "It waits until that is repaired."}`;
    case "held":
      return html`The meeting moved, and a full day ahead is no longer possible. Send it now, or take it along.`;
    case "sending":
      return html`It is being sent right now.`;
    case "unknown":
      return html`The line broke while it was being sent, so it may or may not have arrived. Ask ${toName}, or look into your Sent folder.`;
    case "by_hand":
      return html`Approved. Send it ${hour} by your own hand, and note it here.`;
    case "sent":
      return html`Sent ${moment(delivery.sentAt ?? delivery.sendAt, zone, now)} to ${toName}${lead(delivery.leadMinutes)}.`;
    case "missed":
      return html`It did not go out before the meeting began. ${delivery.failReason ?? ""}`;
    case "failed":
      return html`It was refused, so nothing arrived. ${delivery.failReason ?? ""}`;
    case "withdrawn":
      return html`The approval was withdrawn. Nothing was sent.`;
  }
}
