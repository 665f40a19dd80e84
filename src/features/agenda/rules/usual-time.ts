/** The one in the middle, or the mean of the two there, in whole seconds. At least one number is needed. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [low = 0, high = low] = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return Math.round((low + high) / 2);
}

const COUNTS = ["", "", "", "three", "four", "five", "six"];

/** What finished preparations took, for their owner's eyes. Says nothing while too few were measured. */
export function usualTime(times: { readonly counted: number; readonly medianSeconds: number | null }): string | undefined {
  if (times.medianSeconds === null) return undefined;
  const minutes = Math.round(times.medianSeconds / 60);
  const took = minutes === 0 ? "less than a minute" : minutes === 1 ? "1 minute" : `${minutes} minutes`;
  return `Your last ${COUNTS[times.counted] ?? times.counted} preparations took ${took} of active time, in the middle.`;
}
