// No imports: this runs in the browser too.

/** How long somebody has prepared, from measured seconds. Calm on purpose: it never warns (S27). */
export function timeSpent(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return "Just begun; about 15 minutes are plenty.";
  return `${minutes} ${minutes === 1 ? "minute" : "minutes"} so far; about 15 are plenty.`;
}
