// "What would you have to have seen", "what would need to be true", "what do you need to see", "under which conditions".
const ASKS = [
  /\bwhat (?:else )?(?:would|do|does|will|must) (?:you|they|he|she|we) (?:have to|need to|want to|like to) (?:have )?(?:seen?|known?|hear|heard)\b/u,
  /\bwhat (?:else )?(?:would|must|has to|needs to|will) (?:have to|need to|has to)? ?(?:be true|have happened|happen(?:ed)?|change) (?:before|for you|so that|until)\b/u,
  /\bwhat would (?:have to|need to) be true\b/u,
  /\bwhat else would you need\b/u,
  /\b(?:under|on) (?:which|what) conditions?\b/u,
  /\bwhich conditions\b/u,
];

/** Whether the answer to a question is a list of conditions that can be met one by one (S43). */
export function asksConditions(text: string): boolean {
  const words = text.toLowerCase().replaceAll("’", "'").replace(/\s+/gu, " ");
  return ASKS.some((pattern) => pattern.test(words));
}

const MOST = 20;
const LIST_MARK = /^\s*(?:[-*+•–]|\(?\d{1,2}[.)])\s+/u;

/** An answer as conditions: one for each line, without the marks of a list, none twice; at most twenty. */
export function conditionLines(answer: string): string[] {
  const lines = answer
    .split("\n")
    .map((line) => line.replace(LIST_MARK, "").trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
  return [...new Set(lines)].slice(0, MOST);
}

interface Stated {
  readonly id: string;
  readonly text: string;
  readonly met_on: string | null;
  readonly evidence: string;
  readonly capture_id: string | null;
  readonly dropped_at: string | null;
}

/** What a newly worded answer means for its conditions: what has evidence already stays, whatever the new words are. */
export function conditionChanges(answer: string, present: readonly Stated[]): { add: string[]; drop: string[] } {
  const lines = conditionLines(answer);
  const living = present.filter((one) => one.dropped_at === null);
  const isTouched = (one: Stated): boolean => one.met_on !== null || one.evidence !== "" || one.capture_id !== null;
  return {
    add: lines.filter((line) => !present.some((one) => one.text === line)),
    drop: living.filter((one) => !lines.includes(one.text) && !isTouched(one)).map((one) => one.id),
  };
}
