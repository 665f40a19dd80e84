import type { CardWording } from "../schema.ts";

type Preference = Pick<CardWording, "timing" | "channel" | "depth">;
type Cues<K extends keyof Preference> = readonly (readonly [NonNullable<Preference[K]>, RegExp])[];

// Only plain words for a way, an hour or a length. Whatever else somebody said stands beside it as it was said.
const TIMINGS: Cues<"timing"> = [
  ["early", /\b(early|earlier|right away|straight away|immediately|at once|as soon as|same day|first thing|no surprises)\b/iu],
  ["with_plan", /\b(with|have|has|bring) (a|the|your) (plan|solution|proposal|way out)\b/iu],
];
const CHANNELS: Cues<"channel"> = [
  ["phone", /\b(phone|call|calls|ring)\b/iu],
  ["in_person", /\b(in person|face to face|come by|come over|drop by|knock)\b/iu],
  ["chat", /\b(chat|slack|teams message|text message|direct message|dm)\b/iu],
  ["mail", /\b(mail|e-mail|email)\b/iu],
];
const DEPTHS: Cues<"depth"> = [
  ["headline", /\b(headlines?|one line|one sentence|in a sentence)\b/iu],
  ["short", /\b(short|brief|briefly|half a page|bullets?|bullet points)\b/iu],
  ["full", /\b(whole picture|full picture|all the details?|every detail|in detail|full story)\b/iu],
];

const REFUSAL = /\b(not|never|no|nothing|don't|doesn't|rather than|instead of|without|hate|hates)\b|n[\u2019']t\b/iu;

/** The one that the words name; null when none, several, or perhaps one that is refused. */
function named<K extends keyof Preference>(clauses: readonly string[], cues: Cues<K>): NonNullable<Preference[K]> | null {
  const found = cues.filter(([, cue]) => clauses.some((clause) => cue.test(clause)));
  const [only] = found;
  if (!only || found.length > 1) return null;
  const isRefused = clauses.some((clause) => only[1].test(clause) && REFUSAL.test(clause.replace(/no surprises/giu, "")));
  return isRefused ? null : only[0];
}

/** What somebody's own words say about when, how and how much they want to hear (S44). What is not plainly there is null. */
export function preferenceInWords(text: string): Preference {
  const clauses = text.split(/[.,;:!?\n]|\bbut\b/iu);
  return { timing: named(clauses, TIMINGS), channel: named(clauses, CHANNELS), depth: named(clauses, DEPTHS) };
}
