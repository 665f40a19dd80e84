import { dayIn, shortDay, shortMoment } from "../../../lib/dates.ts";
import { type Html, html, nothing } from "../../../surfaces/web/kit/html.ts";
import type { Surroundings } from "../../../surfaces/web/kit/web.ts";
import type { Horizon, Prompt, Standing, Wait } from "../schema.ts";

interface PromptWords {
  /** Its name in a list. */
  readonly name: string;
  readonly question: string;
  readonly hint: string;
}

export const promptWords: Readonly<Record<Prompt, PromptWords>> = {
  proud: {
    name: "Proud of",
    question: "What are you most proud of this week?",
    hint: "What went well because of you. Small counts.",
  },
  energy: {
    name: "Energy",
    question: "Which work drains you, and which gives you energy?",
    hint: "Yours alone until you put it on an agenda; nothing proposes it for one.",
  },
  skills: {
    name: "Skills",
    question: "Which skill are you developing?",
    hint: "What you practise, and where.",
  },
  direction: {
    name: "Direction",
    question: "Where do you want your work to go?",
    hint: "It may change. What you wrote before is kept.",
  },
  obstacles: {
    name: "Obstacles",
    question: "What is slowing you down?",
    hint: "What it is, who could move it, and which decision would help.",
  },
};

export const horizonLabels: Readonly<Record<Horizon, string>> = {
  now: "I am ready now",
  year: "Within a year",
  later: "Later",
};

interface WaitWords {
  readonly name: string;
  readonly question: string;
  readonly hint: string;
}

export const waitWords: Readonly<Record<Wait, WaitWords>> = {
  asked: {
    name: "To be asked",
    question: "Are you waiting to be asked?",
    hint: "There is something you would say, if only somebody put the question.",
  },
  noticed: {
    name: "To be noticed",
    question: "Are you waiting for something to be noticed?",
    hint: "Work that is done and that nobody has mentioned.",
  },
  ready: {
    name: "To be known as ready",
    question: "Are you waiting for somebody to know that you are ready?",
    hint: "For more responsibility, another project, a different part.",
  },
  unstuck: {
    name: "To be unstuck",
    question: "Are you waiting for somebody to get you unstuck?",
    hint: "It does not move, and you cannot move it alone.",
  },
};

type Place = Pick<Surroundings, "zone" | "now">;

export function day(on: string, { zone, now }: Place): Html {
  return html`<time datetime="${on}">${shortDay(Temporal.PlainDate.from(on), dayIn(zone, now).year)}</time>`;
}

/** The day of an instant. */
export function dayOf(at: string, place: Place): Html {
  return day(dayIn(place.zone, Temporal.Instant.from(at)).toString(), place);
}

export function moment(at: string, zone: string, { now }: Place): Html {
  return html`<time datetime="${at}">${shortMoment(Temporal.Instant.from(at), zone, dayIn(zone, now).year)}</time>`;
}

const CHANNELS = { agenda: "in the agenda", recap: "in the recap", note: "in a note", talk: "in the talk" } as const;

/** How an answer reached somebody: "Tue 3 Mar, in the agenda", "for Tue 10 Mar, 10:00, not sent yet" or "only you know". */
export function standingFacts({ told, preparedFor }: Standing, place: Place): Html {
  if (told) {
    const way = CHANNELS[told.channel];
    const href = told.deliveryId ? `/deliveries/${told.deliveryId}` : told.meetingId ? `/meetings/${told.meetingId}` : undefined;
    return html`${dayOf(told.at, place)}, ${href ? html`<a href="${href}">${way}</a>` : way}`;
  }
  if (preparedFor)
    return html`for <a href="/meetings/${preparedFor.meetingId}/prepare">${moment(preparedFor.startsAt, preparedFor.zone, place)}</a>, not sent yet`;
  return html`only you know`;
}

/** The same as a sentence: "Told Tue 3 Mar, in the agenda". */
export function standingLine(standing: Standing, place: Place): Html {
  if (standing.state === "unanswered") return nothing;
  if (standing.state === "untold") return html`Only you know`;
  return html`${standing.state === "told" ? "Told" : "On the agenda"} ${standingFacts(standing, place)}`;
}

/** "+2", "0", "−1", with the sign that screen readers say. */
export function signed(value: number): string {
  return value > 0 ? `+${value}` : `${value}`.replace("-", "\u2212");
}
