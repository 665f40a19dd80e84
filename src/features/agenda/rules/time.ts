// No imports: this runs in the browser too.

/**
 * How long somebody has prepared, from measured seconds. Calm on purpose: it never warns (S27). Of an agenda with something on it
 * nothing is said about the time that was not measured: its owner may have prepared without scripts, or elsewhere.
 */
export function timeSpent(seconds: number, isEmpty: boolean): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return isEmpty ? "Just begun; about 15 minutes are plenty." : "About 15 minutes are plenty.";
  return `${minutes} ${minutes === 1 ? "minute" : "minutes"} so far; about 15 are plenty.`;
}
