/** What everybody in the benchmark wrote: the same on every run and on every machine. */

export const MEETINGS = 520;
export const NOTES_A_MEETING = 8;
const WORDS_A_NOTE = 40;
const LAST_MEETING = Temporal.ZonedDateTime.from("2026-03-02T10:00[Europe/Berlin]");

/** A small generator of numbers in [0, 1) (mulberry32): a seed gives the same row everywhere. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const BEGINNINGS = ["re", "con", "de", "pro", "in", "ex", "pre", "un", "over", "mi", "sta", "plan", "ship", "mer", "for", "ca"];
const MIDDLES = ["", "port", "view", "lea", "vi", "ti", "gra", "ser", "mo", "ques", "sto", "la", "form", "den", "ma", "scri"];
const ENDINGS = ["", "s", "ed", "ing", "tion", "ment", "er", "ly"];

/** 2,048 made-up words; what stands early in the list is used often, as in any language. */
const VOCABULARY = ENDINGS.flatMap((ending) =>
  MIDDLES.flatMap((middle) => BEGINNINGS.map((beginning) => beginning + middle + ending)),
);

function wordAt(share: number): string {
  return VOCABULARY[Math.floor(VOCABULARY.length * share ** 3)] as string;
}

function sentence(next: () => number, words: number): string {
  const text = Array.from({ length: words }, () => wordAt(next())).join(" ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** About 40 words in four sentences, with signs that have to be escaped in HTML. */
export function noteText(seed: number): string {
  const next = numbers(seed);
  const parts = Array.from({ length: 4 }, () => sentence(next, WORDS_A_NOTE / 4));
  return `${parts.slice(0, 2).join(" ")} "R&D" ${parts.slice(2).join(" ")}`;
}

/** What is searched for: a common word, a rare one, the beginning of one, two words. */
export function searchFor(seed: number): string {
  const next = numbers(seed + 1_000_000);
  const words = [wordAt(next()), wordAt(next() / 2)];
  if (seed % 4 === 0) return words[0] as string;
  if (seed % 4 === 1) return wordAt(0.5 + next() / 2);
  if (seed % 4 === 2) return (words[0] as string).slice(0, 4);
  return words.join(" ");
}

/** Weekly, the last one in March 2026. */
export function meetingStart(index: number): Temporal.ZonedDateTime {
  return LAST_MEETING.subtract({ weeks: MEETINGS - 1 - index });
}

/** How notes begin that are written while writing is measured: they stay with the first owner and are not copied to the others. */
export const MEASURED = "Written under measurement";
