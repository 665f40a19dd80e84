import { dayIn, shortDay, shortMoment } from "../../../lib/dates.ts";
import { type Html, html, nothing } from "../../../surfaces/web/kit/html.ts";
import type { Surroundings } from "../../../surfaces/web/kit/web.ts";
import type { Happening, Seed, SeedState } from "../schema.ts";

export const stateWords: Readonly<Record<SeedState, string>> = {
  unsaid: "not said yet",
  planted: "planted",
  revisited: "revisited",
  opening: "an opening",
  yes: "yes",
  no: "no",
  resting: "rests",
};

export const happeningWords: Readonly<Record<Happening | "said", string>> = {
  noted: "Written down",
  reworded: "Changed; before it read",
  said: "Said",
  opening: "Something opened",
  yes: "Yes",
  no: "No",
  rest: "Let rest",
  reopened: "Taken up again",
};

export type Place = Pick<Surroundings, "zone" | "now">;

export function day(on: string, { zone, now }: Place): Html {
  return html`<time datetime="${on}">${shortDay(Temporal.PlainDate.from(on), dayIn(zone, now).year)}</time>`;
}

export function moment(at: string, zone: string, { now }: Place): Html {
  return html`<time datetime="${at}">${shortMoment(Temporal.Instant.from(at), zone, dayIn(zone, now).year)}</time>`;
}

function ago(days: number): string {
  if (days === 0) return "today";
  return days === 1 ? "yesterday" : `${days} days ago`;
}

/** "Last said Tue 3 Mar, 47 days ago", or that it was not. */
export function silence({ lastMentionedOn, daysSince }: Seed, place: Place): Html {
  if (lastMentionedOn === null || daysSince === null) return html`Not said yet`;
  return html`Last said ${day(lastMentionedOn, place)}, ${ago(daysSince)}`;
}

/** What would be next for a seed; nothing where it only takes time. */
export function nextAct(seed: Seed): Html {
  if (seed.waitsIn !== null)
    return html`It stands in <a href="/meetings/${seed.waitsIn}/prepare">a preparation</a>; it counts as said once the agenda is sent or the talk is held.`;
  if (!seed.asksAgain) return nothing;
  return seed.state === "unsaid" ? html`It is time to say it.` : html`It is time to mention it again.`;
}
