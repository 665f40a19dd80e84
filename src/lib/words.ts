/**
 * Words as the search sees them, the same on both stores: without case, without accents, cut at everything that is
 * neither a letter nor a digit. Scripts without spaces are cut into single characters; an emoji is a word.
 */

const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[[\p{L}\p{N}\p{M}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]]+|\p{Extended_Pictographic}/gv;
// Latin, Greek and Cyrillic accents, Hebrew points and Arabic vowel signs: readers leave them out when they search.
const MARKS = /[\u0300-\u036F\u0591-\u05C7\u064B-\u065F\u0670]/gu;
const LETTERS: Readonly<Record<string, string>> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
const PLAIN_WORD = /^[A-Za-z0-9]+$/u;
const LONGEST_WORD = 64;

function fold(text: string): string {
  // Plain ASCII, by far the most common, needs none of the Unicode work.
  // oxlint-disable-next-line no-control-regex -- the ASCII range
  if (/^[\x00-\x7F]*$/u.test(text)) return text.toLowerCase();
  const bare = text.normalize("NFKD").replace(MARKS, "").normalize("NFC").toLowerCase().replace(MARKS, "");
  return bare.replace(/[ßæœøłđðþı]/gu, (letter) => LETTERS[letter] ?? letter);
}

/** Long runs (a pasted key, a URL) count by their beginning. Never ends in half a character. */
function shorten(word: string): string {
  return word.length <= LONGEST_WORD ? word : word.slice(0, LONGEST_WORD).replace(/[\uD800-\uDBFF]$/u, "");
}

/** The words of a text in order, folded; repetitions stay. */
export function wordsOf(text: string): string[] {
  if (PLAIN_WORD.test(text)) return [shorten(text.toLowerCase())];
  return (fold(text).match(WORD) ?? []).map(shorten);
}

/** A piece of a text; `hit` says that it is one of the words looked for. */
export interface TextSegment {
  readonly text: string;
  readonly hit: boolean;
}

/** Cuts `text` into pieces so that the words found can be marked. Joined, the pieces are the text again. The last of `words` also matches as a beginning. */
export function highlight(text: string, words: readonly string[]): TextSegment[] {
  const whole = new Set(words);
  const last = words.at(-1);
  const isFound = (word: string): boolean => whole.has(word) || (last !== undefined && word.startsWith(last));
  const segments: TextSegment[] = [];
  let done = 0;
  for (const match of text.matchAll(WORD)) {
    if (!wordsOf(match[0]).some(isFound)) continue;
    if (match.index > done) segments.push({ text: text.slice(done, match.index), hit: false });
    done = match.index + match[0].length;
    segments.push({ text: match[0], hit: true });
  }
  if (done < text.length || segments.length === 0) segments.push({ text: text.slice(done), hit: false });
  return segments;
}

/** How many slips of the finger are forgiven in a word of this length. */
export function forgivenSlips(word: string): number {
  return word.length < 3 ? 0 : word.length < 8 ? 1 : 2;
}

/**
 * How many slips (a letter missing, added, wrong, or two neighbours swapped) lie between two words; `limit + 1` when
 * there are more. The optimal string alignment distance, row by row.
 */
export function slipsBetween(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let older: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const present = nextRow(a, b, row, above, older);
    if (Math.min(...present) > limit) return limit + 1;
    older = above;
    above = present;
  }
  return Math.min(above.at(-1) ?? 0, limit + 1);
}

/** The distances of the first `row` letters of `a` from every beginning of `b`, from the two rows before. */
function nextRow(a: string, b: string, row: number, above: readonly number[], older: readonly number[]): number[] {
  const present = [row];
  for (let column = 1; column <= b.length; column += 1) {
    const wrong = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
    const missing = (above[column] ?? 0) + 1;
    const added = (present[column - 1] ?? 0) + 1;
    const areSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
    const swapped = areSwapped ? (older[column - 2] ?? 0) + 1 : wrong;
    present.push(Math.min(wrong, missing, added, swapped));
  }
  return present;
}
