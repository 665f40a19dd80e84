import { dayIn, shortMoment } from "../../../lib/dates.ts";
import { type Html, html, nothing } from "../../../surfaces/web/kit/html.ts";
import type { CalendarSource } from "../schema.ts";

/** What the page around it knows. */
export interface Place {
  readonly now: Temporal.Instant;
  readonly zone: string;
}

/** "Tue 3 Mar, 10:00" as a time element. */
export function moment(at: string, { now, zone }: Place): Html {
  return html`<time datetime="${at}">${shortMoment(Temporal.Instant.from(at), zone, dayIn(zone, now).year)}</time>`;
}

export function many(count: number, one: string, more = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : more}`;
}

/** "214 events, 12 of them ahead". */
export function holds({ eventCount, aheadCount }: CalendarSource): string {
  if (eventCount === null) return "not read yet";
  return `${many(eventCount, "event")}, ${aheadCount ?? 0} of them in the months ahead`;
}

const kinds = { address: "ICS address", file: "file", caldav: "CalDAV" } as const;

export function kindInWords({ kind, shownAddress }: CalendarSource): string {
  return shownAddress === null ? kinds[kind] : `${kinds[kind]}, ${shownAddress}`;
}

/** Why what is kept may be old, and since when; nothing while all is well. */
export function troubleLine(source: CalendarSource, place: Place): Html {
  const { failReason, staleSinceAt, lastReadAt } = source;
  if (staleSinceAt === null) return nothing;
  const known = lastReadAt === null ? html`Nothing was read yet.` : html`What you see is from ${moment(lastReadAt, place)}.`;
  return html`<p class="warning">Stale since ${moment(staleSinceAt, place)}. ${failReason ?? ""} ${known}</p>`;
}
