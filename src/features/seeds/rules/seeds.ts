import { dayIn, longDay } from "../../../lib/dates.ts";
import type { SeedState, SeedTable } from "../schema.ts";

/** A seed asks to be mentioned again when this many days went by without a word of it (S39). */
export const REVISIT_DAYS = 45;

/** One line of an agenda that mentions a seed, or a mention that was noted by hand, with what decides whether it was heard. */
export interface Saying {
  readonly said_on: string | null;
  readonly line_meeting_id: string | null;
  readonly prepared_at: string | null;
  readonly removed_at: string | null;
  readonly held_at: string | null;
  readonly starts_at: string | null;
  readonly zone: string | null;
  /** When an agenda that held the line went out. */
  readonly sent_at: string | null;
}

/**
 * When a line of an agenda was heard: the agenda went out with it, or the meeting was held with it. Null while neither happened;
 * a draft was never heard, and what was taken out before the mail went neither. The same as for a question that was asked.
 */
function heardAt({ prepared_at, removed_at, held_at, starts_at, sent_at }: Saying): string | null {
  if (prepared_at === null) return null;
  if (sent_at !== null && (removed_at === null || removed_at > sent_at)) return sent_at;
  return held_at !== null && removed_at === null ? starts_at : null;
}

function saidOnOf(saying: Saying): string | null {
  if (saying.said_on !== null) return saying.said_on;
  const at = heardAt(saying);
  return at === null || saying.zone === null ? null : dayIn(saying.zone, Temporal.Instant.from(at)).toString();
}

/** The last day of a mention whose line came over any number of times; null while it was not heard. */
export function saidOn(sayings: readonly Saying[]): string | null {
  return sayings.reduce<string | null>((latest, one) => {
    const on = saidOnOf(one);
    return on !== null && (latest === null || on > latest) ? on : latest;
  }, null);
}

/** The coming meeting in whose preparation a line stands that was not heard yet. `now`: an instant as text. */
export function waitsIn(sayings: readonly Saying[], now: string): string | null {
  const waits = (one: Saying): boolean =>
    one.said_on === null && one.removed_at === null && heardAt(one) === null && (one.starts_at ?? "") > now;
  return sayings.find(waits)?.line_meeting_id ?? null;
}

type Turns = Pick<SeedTable, "opened_on" | "outcome" | "rested_on">;

/** How far a seed is: what was decided comes before what was said (S39). */
export function stateOf({ outcome, rested_on, opened_on }: Turns, timesSaid: number): SeedState {
  if (outcome !== null) return outcome;
  if (rested_on !== null) return "resting";
  if (opened_on !== null) return "opening";
  if (timesSaid === 0) return "unsaid";
  return timesSaid === 1 ? "planted" : "revisited";
}

export function isSettled(state: SeedState): boolean {
  return state === "yes" || state === "no" || state === "resting";
}

/** Whole days from one calendar day to another. A day that is still to come counts as today. */
export function daysSince(on: string | null, today: Temporal.PlainDate): number | null {
  return on === null ? null : Math.max(0, Temporal.PlainDate.from(on).until(today, { largestUnit: "days" }).days);
}

/** Whether it is time to mention it again: after 45 days without a word, or when it was never said. `since`: days, null for never. */
export function asksAgain(state: SeedState, since: number | null): boolean {
  if (isSettled(state)) return false;
  return since === null || since >= REVISIT_DAYS;
}

/** A text as it stands between quotation marks: in one line. */
function quoted(text: string): string {
  return `“${text.replace(/\s+/gu, " ").trim()}”`;
}

interface Wish {
  readonly text: string;
  readonly opening: string;
  readonly plantedOn: string | null;
}

/**
 * A line for the next preparation, out of the owner's own words: the wish as it was put, and when it was first said. Unsaid, it is the
 * wish itself.
 */
export function lineFor({ text, opening, plantedOn }: Wish): string {
  if (plantedOn === null) return text;
  const begun = `On ${longDay(Temporal.PlainDate.from(plantedOn))} I said: ${quoted(text)}`;
  if (opening !== "") return `${begun} Since then this opened: ${quoted(opening)} What is the next step?`;
  return `${begun} It still holds. What would bring it closer?`;
}

interface Waiting {
  readonly asksAgain: boolean;
  readonly daysSince: number | null;
  readonly id: string;
}

/** Those that ask first: never said, then the longest silence. Equals in the order in which they were noted. */
export function inOrder<T extends Waiting>(seeds: readonly T[]): T[] {
  const silence = (seed: T): number => seed.daysSince ?? Number.MAX_SAFE_INTEGER;
  return seeds.toSorted((a, b) => silence(b) - silence(a) || (a.id < b.id ? -1 : 1));
}

/** One seed at most is proposed for a preparation: the one that waits longest and stands in none yet (S39). */
export function toRevisit<T extends Waiting & { readonly waitsIn: string | null }>(seeds: readonly T[]): T | undefined {
  return inOrder(seeds).find((seed) => seed.asksAgain && seed.waitsIn === null);
}
