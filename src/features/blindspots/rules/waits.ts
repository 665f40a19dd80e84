import type { Wait, WaitAnswerTable, WaitProposal, WaitsCheckTable } from "../schema.ts";

/** The beginning of a line for each wait. Its [gap] is for its owner to fill: nothing goes out while it is there (S38). */
const beginnings: Readonly<Record<Wait, Pick<WaitProposal, "kind" | "text">>> = {
  asked: { kind: "topic", text: "Something you have not asked me about and I want you to know: [what it is]" },
  noticed: { kind: "win", text: "Something I did that you may not have seen: [what I did, and what is different now]" },
  ready: { kind: "growth", text: "I am ready for [what]. What would you need to see before you trust me with it?" },
  unstuck: { kind: "challenge", text: "I am stuck with [what], and cannot get on alone." },
};

type Check = Pick<WaitsCheckTable, "checked_on">;

/** The first day on which the four questions are asked again: a quarter after they were answered or put off; null when never. */
export function askedAgainOn(latest: Check | undefined): string | null {
  return latest ? Temporal.PlainDate.from(latest.checked_on).add({ months: 3 }).toString() : null;
}

/** At the start, and each quarter (S1). */
export function isDue(latest: Check | undefined, today: string): boolean {
  const next = askedAgainOn(latest);
  return next === null || next <= today;
}

/** One proposal for each yes that is neither on an agenda nor put aside (S1). */
export function proposalsFrom(
  answers: readonly Pick<WaitAnswerTable, "id" | "wait" | "answer" | "taken_at" | "dismissed_at">[],
): WaitProposal[] {
  return answers
    .filter((one) => one.answer === "yes" && one.taken_at === null && one.dismissed_at === null)
    .map(({ id, wait }) => ({ id, wait, ...beginnings[wait] }));
}
