import { invalidField } from "../../../lib/errors.ts";
import type { CaptureKind } from "../../journal/index.ts";
import { type AnswerInput, type Horizon, type Prompt, prompts, type Statement, type Standing } from "../schema.ts";

/** An answer is an entry of the journal: this is its kind. */
export const kindOf: Readonly<Record<Prompt, CaptureKind>> = {
  proud: "win",
  energy: "energy",
  skills: "skill",
  direction: "direction",
  obstacles: "challenge",
};

/** For how many days an answer, and having told it, holds (S16-S20). */
export const freshDays: Readonly<Record<Prompt, number>> = { proud: 14, energy: 14, skills: 60, direction: 90, obstacles: 14 };

/** The last day on which something of `on` is fresh. */
export function freshUntil(prompt: Prompt, on: string): string {
  return Temporal.PlainDate.from(on).add({ days: freshDays[prompt] }).toString();
}

/** How stale an answer is: 0 on its day, 1 on the last day of its freshness, more after it; never answered is the stalest. */
export function staleness(prompt: Prompt, answeredOn: string | null, today: string): number {
  if (answeredOn === null) return Infinity;
  return Temporal.PlainDate.from(answeredOn).until(today, { largestUnit: "days" }).days / freshDays[prompt];
}

/**
 * Which of the five to ask in a preparation: one that was never answered, else the stalest that is no longer fresh, in their
 * order where they are equal; not the one that was asked the time before. Undefined when there is nothing to ask.
 */
export function nextPrompt(facts: {
  readonly answeredOn: Readonly<Record<Prompt, string | null>>;
  readonly today: string;
  readonly askedBefore: Prompt | undefined;
}): Prompt | undefined {
  const open = prompts
    .map((prompt) => ({ prompt, stale: staleness(prompt, facts.answeredOn[prompt], facts.today) }))
    .filter(({ prompt, stale }) => stale > 1 && prompt !== facts.askedBefore);
  const most = Math.max(...open.map(({ stale }) => stale));
  return open.find(({ stale }) => stale === most)?.prompt;
}

/** Told counts while it is within its freshness, by the day it was told in the owner's zone; untold never does (S21). */
export function countsUntil(prompt: Prompt, toldOn: string | null, today: string): string | null {
  if (toldOn === null) return null;
  const until = freshUntil(prompt, toldOn);
  return until >= today ? until : null;
}

/** What is known of an answer makes its state: told beats prepared, and without either only its owner knows it (S2). */
export function stateOf(standing: Pick<Standing, "told" | "preparedFor">): "told" | "prepared" | "untold" {
  if (standing.told) return "told";
  return standing.preparedFor ? "prepared" : "untold";
}

/** What an entry of the journal says about one's work: ready for it now, wishing for it, or stuck (S2). */
export function statementKind(kind: CaptureKind, horizon: Horizon | null): Statement["kind"] {
  if (kind === "challenge") return "stuckness";
  return horizon === "now" ? "readiness" : "wish";
}

const ONLY: readonly (readonly [field: "energy" | "horizon" | "goal" | "ownedBy" | "decision", prompt: Prompt, what: string])[] =
  [
    ["energy", "energy", "The number"],
    ["horizon", "direction", "The horizon"],
    ["goal", "skills", "What it is for"],
    ["ownedBy", "obstacles", "Who could move it"],
    ["decision", "obstacles", "The decision"],
  ];

/** Throws AppError `invalid` when the parts of an answer do not belong to what was asked. */
export function settleAnswer(input: AnswerInput): AnswerInput {
  for (const [field, prompt, what] of ONLY) {
    const isGiven = input[field] !== undefined && input[field] !== null && input[field] !== "";
    if (isGiven && input.prompt !== prompt)
      throw invalidField(field, `${what} belongs to the question about ${prompt}. Leave it out here.`);
  }
  if (input.prompt !== "energy") return input;
  if (input.energy === undefined || input.energy === null)
    throw invalidField("energy", "Say how it leaves you, from -2 (draining) to 2 (energising).");
  if (input.projects.length === 0) throw invalidField("projects", "Name what it is about: a project or a kind of work.");
  return input;
}
