/** How many letters must be changed, added, left out or swapped with their neighbour to turn one word into the other. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const present = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const cheapest = Math.min(last[column]! + 1, present[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      present.push(swapped ? Math.min(cheapest, beforeLast[column - 2]! + 1) : cheapest);
    }
    beforeLast = last;
    last = present;
  }
  return last[to.length]!;
}

/** The words somebody may have meant, best first, at most three: close in spelling, or beginning with what was typed. */
export function nearest(typed: string, words: Iterable<string>): string[] {
  const wanted = typed.toLowerCase();
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  const distanceTo = (word: string): number => (wanted.length > 1 && word.startsWith(wanted) ? 0.5 : editDistance(wanted, word));
  const close = [...new Set(words)]
    .map((word) => ({ word, distance: distanceTo(word.toLowerCase()) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance || (a.word < b.word ? -1 : 1));
  return close
    .filter(({ distance }) => distance <= close[0]!.distance + 1)
    .slice(0, 3)
    .map(({ word }) => word);
}

/** " Did you mean a or b?" or nothing, to put behind a message about an unknown word. */
export function didYouMean(typed: string, words: Iterable<string>): string {
  const found = nearest(typed, words);
  return found.length === 0 ? "" : ` Did you mean ${found.join(" or ")}?`;
}
