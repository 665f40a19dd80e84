/** How often the same challenge may stand open before it is pointed out: twice is nothing, a third time asks for a decision. */
export const REPEAT_NUDGE = 2;
export const REPEAT_WARN = 3;

export const repeatLevels = ["none", "nudge", "warn"] as const;
export type RepeatLevel = (typeof repeatLevels)[number];

/** One line of a challenge in one talk, of this one or an earlier one. */
export interface Appearance {
  readonly id: string;
  readonly carried_from: string | null;
  readonly meeting_id: string;
  readonly held_at: string | null;
}

/** The item that a line began as, through any number of talks: `item:ID`. */
function rootOf({ id, carried_from }: Appearance): string {
  return carried_from?.startsWith("item:") ? carried_from : `item:${id}`;
}

/**
 * In how many held talks each challenge stood open, by the item that it began as; lines count as the same challenge by the link that
 * carrying over leaves. A talk that did not take place counts nothing.
 */
export function heldTimes(appearances: readonly Appearance[]): Map<string, number> {
  const held = appearances.filter((one) => one.held_at !== null);
  return new Map([...Map.groupBy(held, rootOf)].map(([root, lines]) => [root, new Set(lines.map((one) => one.meeting_id)).size]));
}

/**
 * The signal `challenge_repeat` (S29): `times` is the number of talks in which the challenge was open, with the one that is
 * being prepared.
 */
export function repeatLevel(times: number): RepeatLevel {
  if (times >= REPEAT_WARN) return "warn";
  return times >= REPEAT_NUDGE ? "nudge" : "none";
}

const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
const LONGEST_TITLE = 80;

/** "third", "11th", "22nd". */
function ordinal(times: number): string {
  const word = ORDINALS[times - 1];
  if (word) return word;
  const last = times % 10;
  const isTeen = times % 100 >= 11 && times % 100 <= 13;
  const ending = isTeen ? "th" : last === 1 ? "st" : last === 2 ? "nd" : last === 3 ? "rd" : "th";
  return `${times}${ending}`;
}

function titleOf(text: string): string {
  const first = (text.split("\n")[0] ?? "").trim().replace(/[.!]+$/u, "");
  return first.length > LONGEST_TITLE ? `${first.slice(0, LONGEST_TITLE - 1).toWellFormed()}…` : first;
}

/** What to say about a challenge that came back; null while it is not the third time yet. */
export function repeatSentence(text: string, times: number): string | null {
  if (repeatLevel(times) !== "warn") return null;
  return `“${titleOf(text)}” is on the list for the ${ordinal(times)} time. Bring two options and ask for a decision.`;
}
