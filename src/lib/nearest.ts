import { slipsBetween } from "./words.ts";

/** The words somebody may have meant, best first, at most three: close in spelling, or beginning with what was typed. */
export function nearest(typed: string, words: Iterable<string>): string[] {
  const wanted = typed.toLowerCase();
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  const distanceTo = (word: string): number =>
    wanted.length > 1 && word.startsWith(wanted) ? 0.5 : slipsBetween(wanted, word, allowed);
  const close = [...new Set(words)]
    .map((word) => ({ word, distance: distanceTo(word.toLowerCase()) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance || (a.word < b.word ? -1 : 1));
  return close
    .filter(({ distance }) => distance <= (close[0]?.distance ?? 0) + 1)
    .slice(0, 3)
    .map(({ word }) => word);
}

/** " Did you mean a or b?" or nothing, to put behind a message about an unknown word. */
export function didYouMean(typed: string, words: Iterable<string>): string {
  const found = nearest(typed, words);
  return found.length === 0 ? "" : ` Did you mean ${found.join(" or ")}?`;
}
