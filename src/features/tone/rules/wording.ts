import { answering, baseForms, handingOver, settling } from "../data/verbs.ts";
import type { CueGroup } from "../schema.ts";
import type { Reading, Token } from "./tokens.ts";

/** Where a cue was found: token indexes, `end` exclusive. */
export interface Place {
  readonly at: number;
  readonly end: number;
}

const DETERMINERS = new Set(
  "a an the my our this these those that your his her their more better higher another some".split(" "),
);
const BEFORE_NOUN = new Set("more better higher some any new".split(" "));
// Where a thing that is spoken of ends: what follows belongs to another thought.
const ENDS_THING = new Set(
  "or otherwise else because since so if unless until when while after before than but and i you he she they we which who that not immediately asap now never always is are was were will would should has have had again already yet right once at".split(
    " ",
  ),
);
const PREPOSITIONS = new Set("of for from on about to in by with at as over into".split(" "));
const LONGEST_THING = 8;
const SHORTEST_SENTENCE = 3;

/** The thing that a reproach or a claim is about, in its author's words: from its first article after the word before `at`, in its sentence, at most eight words. */
export function thingAfter({ text, tokens, sentences }: Reading, at: number): { text: string; isPlural: boolean } | undefined {
  const sentence = sentences[tokens[at - 1]?.sentence ?? -1];
  if (!sentence) return undefined;
  let start = at;
  while (start < sentence.end && !DETERMINERS.has(tokens[start]?.word ?? "")) {
    // Another subject or thought begins: what comes then is not what was meant.
    if (
      start > at &&
      (tokens[start]?.beginsClause || ["if", "because", "when", "while", "i", "you"].includes(tokens[start]?.word ?? ""))
    )
      return undefined;
    start += 1;
  }
  if (start >= sentence.end) return undefined;
  let end = start + 1;
  while (end < sentence.end && end - start < LONGEST_THING) {
    const token = tokens[end] as Token;
    if (token.beginsClause || ENDS_THING.has(token.word)) break;
    end += 1;
  }
  while (end > start + 1 && PREPOSITIONS.has(tokens[end - 1]?.word ?? "")) end -= 1;
  const words = tokens.slice(start, end);
  const alone = words.length === 1;
  if (alone && !["this", "that", "more"].includes(words[0]?.word ?? "")) return undefined;
  const to = words.findIndex(({ word }) => PREPOSITIONS.has(word));
  const head = (to < 0 ? words : words.slice(0, to)).at(-1)?.word ?? "";
  const first = words[0] as Token;
  return {
    text: withSmallStart(text.slice(first.from, words.at(-1)?.to), first),
    isPlural: /[^su]s$/u.test(head) && !BEFORE_NOUN.has(head),
  };
}

function withSmallStart(words: string, { raw, word }: Token): string {
  if (raw.length > 1 && raw === raw.toUpperCase()) return words.toLowerCase();
  return raw === word || word === "i" ? words : words.charAt(0).toLowerCase() + words.slice(1);
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** What somebody did not do, said as what is still open. */
function stillOpen(reading: Reading, { at, end }: Place): string | undefined {
  const verbs = reading.tokens.slice(at, end + 1).map(({ word }, index) => ({ base: baseForms[word], index: at + index }));
  const verb = verbs.findLast(({ base }) => base !== undefined);
  if (!verb?.base) return undefined;
  const { base } = verb;
  const thing = thingAfter(reading, verb.index + 1);
  const it = thing?.isPlural ? "them" : "it";
  if (answering.includes(base))
    return `I have not had an answer${thing ? ` to ${thing.text}` : ""} yet. When could you look at it, or who else can?`;
  if (!thing) return undefined;
  if (handingOver.includes(base)) return `I am still without ${thing.text}. Could you ${base} ${it}, or tell me who can?`;
  if (!settling.includes(base)) return undefined;
  return `${capital(thing.text)} ${thing.isPlural ? "are" : "is"} still open for me. Could you ${base} ${it}, or tell me who can?`;
}

/** The sentence without the marked words. Undefined when too little is left to stand alone. */
function sentenceWithout({ text, tokens, sentences }: Reading, { at, end }: Place): string | undefined {
  const [first, last] = [tokens[at], tokens[end - 1]];
  const sentence = sentences[first?.sentence ?? -1];
  if (!first || !last || !sentence || tokens.slice(at, end).length >= sentence.end - sentence.first) return undefined;
  const mark = /^[.!?…]?/u.exec(text.slice(sentence.to))?.[0] ?? "";
  const before = text.slice(sentence.from, first.from).replace(/[\s,;:–—-]+$/u, "");
  const after = text.slice(last.to, sentence.to).replace(/^[\s,;:–—-]+/u, "");
  const left = [before, after]
    .filter((part) => part !== "")
    .join(" ")
    .trim();
  // In the middle of a sentence the rest does not hang together.
  if (before !== "" && after !== "") return undefined;
  if (left.split(/\s+/u).length < SHORTEST_SENTENCE || left.length > 240) return undefined;
  const begun = tokens[before === "" ? end : sentence.first];
  if (
    begun &&
    [
      "and",
      "or",
      "but",
      "that",
      "to",
      "for",
      "about",
      "on",
      "you",
      "your",
      "it",
      "this",
      "of",
      "because",
      "from",
      "with",
      "is",
      "was",
    ].includes(begun.word)
  )
    return undefined;
  return `${capital(left)}${mark === "!" || mark === "" ? "." : mark}`;
}

/** Another wording, built from the person's own words where their grammar allows it; never with anything added. */
export function wordingFor(reading: Reading, place: Place, { rule, instead }: CueGroup): string {
  if (rule === "blame" || rule === "absolutes") {
    const open =
      /^you$/u.test(reading.tokens[place.at]?.word ?? "") && isDenied(reading, place) ? stillOpen(reading, place) : undefined;
    if (open) return open;
  }
  if (instead.about !== undefined) {
    const thing = thingAfter(reading, place.at + 1);
    if (thing) return instead.about.replace("{rest}", () => thing.text);
  }
  if (instead.drop !== undefined) {
    const without = sentenceWithout(reading, place);
    if (without) return without;
  }
  return instead.plain;
}

function isDenied({ tokens }: Reading, { at, end }: Place): boolean {
  return tokens.slice(at, end).some(({ word }) => ["not", "never", "failed", "forgot", "refused", "yet"].includes(word));
}
