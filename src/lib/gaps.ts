// A link "[words](address)", a reference "[words][1]", a definition "[words]: https://…" and an index "list[i]" are not gaps.
const BRACKETS = /(?<![\p{L}\p{N}_])\[([^\][\n]*)\](?!\(|\[\d+\]|:\s*https?:)/gu;
const LONGEST_GAP = 60;
const BLANK = /^[\s._…-]*$/u;
/** What writers put into brackets for readers: "[sic]", "[x]" of a list to tick off. */
const REMARKS = new Set(["sic", "x"]);

function isGap(inside: string): boolean {
  const words = inside.trim();
  if (BLANK.test(words)) return true;
  if (words.length > LONGEST_GAP || REMARKS.has(words.toLowerCase())) return false;
  if (words.endsWith("?")) return true;
  if (!/^\p{L}/u.test(words)) return false;
  // "[RFC 9110]", "[ABC-123]", "[EXTERNAL]" name something; "[specific skill]" and "[Project]" wait for it.
  const isName = /^\p{Lu}/u.test(words) && (/\d/u.test(words) || words === words.toUpperCase());
  return !isName;
}

/** The [gaps] of a template that nobody filled in yet, with their brackets, in the order of the text (S38). */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(BRACKETS)].flatMap(([found, inside = ""]) => (isGap(inside) ? [found] : []));
}

/** The gaps without their brackets, each once. */
export function gapNames(text: string): string[] {
  return [...new Set(placeholdersIn(text).map((gap) => gap.slice(1, -1).trim()))];
}

/** Puts words into gaps, by the gap's name; what has no words stays a gap. */
export function fillGaps(text: string, words: Readonly<Record<string, string>>): string {
  return text.replace(BRACKETS, (found: string, inside: string) => {
    const name = inside.trim();
    const filling = Object.hasOwn(words, name) ? words[name]?.trim() : undefined;
    return isGap(inside) && filling ? filling : found;
  });
}

/** One sentence that says what is still to be filled in, or nothing. */
export function gapSentence(texts: readonly string[]): string | undefined {
  const gaps = [...new Set(texts.flatMap(placeholdersIn))];
  return gaps.length === 0 ? undefined : `Fill in ${gaps.join(", ")} or take it out.`;
}
