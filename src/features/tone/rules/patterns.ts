import type { Reading, Token } from "./tokens.ts";

/**
 * A pattern over words, written as a line of elements:
 * `word`, `one|other`, `stem*`, `@class` (also mixed: `late|@slow`), `?element` (may be missing), `!element` (must not come next),
 * `..3` (up to three words of any kind), `^` (a sentence begins here), `/` (a clause begins here), `$` (the sentence ends here; also as one
 * of several words: `word|$`).
 * A pattern never reaches beyond its sentence.
 */
export interface Pattern {
  readonly source: string;
  readonly elements: readonly Element[];
}

type Test = (token: Token, isFirst: boolean) => boolean;

/** The words that fit one element: written out, by their beginning, or by a test of their own. */
interface Choice {
  readonly words: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
  readonly tests: readonly Test[];
}

type Element =
  | { readonly kind: "word" | "optional" | "not"; readonly test: Test; readonly choice: Choice; readonly orEnd: boolean }
  | { readonly kind: "gap"; readonly most: number }
  | { readonly kind: "start" | "clause" | "end" };

/** A class of words: a list (with `stem*`), or a test of its own. */
export type WordClass = readonly string[] | Test;
export type WordClasses = Readonly<Record<string, WordClass>>;

/** The longest beginning of a word that is looked at. */
const LONGEST_STEM = 14;
const MOST_ANSWERS = 4_000;

const choices = new WeakMap<WordClasses, Map<string, Choice>>();

/** The same words stand in many patterns: each choice is put together once. */
function choiceFor(source: string, classes: WordClasses): Choice {
  let known = choices.get(classes);
  if (!known) choices.set(classes, (known = new Map()));
  let choice = known.get(source);
  if (!choice) known.set(source, (choice = newChoice(source, classes)));
  return choice;
}

function newChoice(source: string, classes: WordClasses): Choice {
  const words = new Set<string>();
  const stems = new Set<string>();
  const tests: Test[] = [];
  const add = (one: string): void => {
    if (!one.startsWith("@")) {
      if (one.endsWith("*")) stems.add(one.slice(0, -1));
      else words.add(one);
      return;
    }
    const known = classes[one.slice(1)];
    if (known === undefined) throw new Error(`no class of words is called ${one}`);
    if (typeof known === "function") tests.push(known);
    else known.forEach(add);
  };
  source.split("|").forEach(add);
  return { words, stems, tests };
}

function hasStem(stems: ReadonlySet<string>, word: string): boolean {
  for (let length = Math.min(word.length, LONGEST_STEM); length > 1; length -= 1)
    if (stems.has(word.slice(0, length))) return true;
  return false;
}

function testOf({ words, stems, tests }: Choice): Test {
  const byStem: Test = stems.size === 0 ? () => false : ({ word }) => hasStem(stems, word);
  if (tests.length === 0) return (token, isFirst) => words.has(token.word) || byStem(token, isFirst);
  return (token, isFirst) => words.has(token.word) || byStem(token, isFirst) || tests.some((passes) => passes(token, isFirst));
}

function wordElement(kind: "word" | "optional" | "not", source: string, classes: WordClasses): Element {
  const choice = choiceFor(source, classes);
  return { kind, choice, test: testOf(choice), orEnd: choice.words.has("$") };
}

function elementFor(source: string, classes: WordClasses): Element {
  if (source === "^") return { kind: "start" };
  if (source === "/") return { kind: "clause" };
  if (source === "$") return { kind: "end" };
  if (source.startsWith("..")) return { kind: "gap", most: Number(source.slice(2)) };
  if (source.startsWith("?")) return wordElement("optional", source.slice(1), classes);
  if (source.startsWith("!")) return wordElement("not", source.slice(1), classes);
  return wordElement("word", source, classes);
}

export function compile(source: string, classes: WordClasses): Pattern {
  return { source, elements: source.split(" ").map((one) => elementFor(one, classes)) };
}

/** Where the match of a pattern that begins at token `at` ends (exclusive); -1 when it does not match there. */
export function matchAt({ tokens, sentences }: Reading, { elements }: Pattern, at: number): number {
  const sentence = sentences[tokens[at]?.sentence ?? -1];
  if (!sentence) return -1;
  const { first, end } = sentence;
  const passes = (test: Test, index: number): boolean => index < end && test(tokens[index] as Token, index === first);
  const step = (next: number, index: number): number => {
    const element = elements[next];
    if (!element) return index;
    switch (element.kind) {
      case "word":
        if (passes(element.test, index)) return step(next + 1, index + 1);
        return element.orEnd && index === end ? step(next + 1, index) : -1;
      case "optional": {
        const taken = passes(element.test, index) ? step(next + 1, index + 1) : -1;
        return taken < 0 ? step(next + 1, index) : taken;
      }
      case "not":
        return passes(element.test, index) ? -1 : step(next + 1, index);
      case "gap": {
        for (let more = 0; more <= element.most && index + more <= end; more += 1) {
          const found = step(next + 1, index + more);
          if (found >= 0) return found;
        }
        return -1;
      }
      case "start":
        return index === first ? step(next + 1, index) : -1;
      case "clause":
        return index === first || tokens[index]?.beginsClause ? step(next + 1, index) : -1;
      case "end":
        return index === end ? step(next + 1, index) : -1;
    }
  };
  return step(0, at);
}

/** Whether a sentence that holds these words can hold a match at all: every required word has one that fits. */
export function isPossible({ elements }: Pattern, words: readonly Token[]): boolean {
  return elements.every(
    (element) =>
      element.kind !== "word" || element.orEnd || words.some((token) => element.test(token, false) || element.test(token, true)),
  );
}

/** Patterns by the words that they can begin with, so that a word is held only against the few that may fit. */
export class Beginnings<T extends { readonly pattern: Pattern }> {
  private readonly byWord = new Map<string, T[]>();
  private readonly byStem = new Map<string, T[]>();
  private readonly byTest = new Map<Test, T[]>();
  private readonly answers = new Map<string, ReadonlySet<T>>();

  constructor(all: readonly T[]) {
    for (const one of all) for (const choice of firstChoices(one.pattern)) this.add(choice, one);
  }

  private add({ words, stems, tests }: Choice, one: T): void {
    for (const word of words) push(this.byWord, word, one);
    for (const stem of stems) push(this.byStem, stem, one);
    for (const test of tests) push(this.byTest, test, one);
  }

  /** Those that can begin with this word; `isFirst` says that a sentence begins with it. */
  at(token: Token, isFirst: boolean): ReadonlySet<T> {
    const key = `${isFirst ? "^" : ""}${token.word}/${token.raw}`;
    let answer = this.answers.get(key);
    if (answer) return answer;
    answer = this.find(token, isFirst);
    // Only a hostile text has so many different words; starting over keeps the memory small.
    if (this.answers.size >= MOST_ANSWERS) this.answers.clear();
    this.answers.set(key, answer);
    return answer;
  }

  private find(token: Token, isFirst: boolean): ReadonlySet<T> {
    const { word } = token;
    const found = new Set(this.byWord.get(word));
    for (let length = Math.min(word.length, LONGEST_STEM); length > 1; length -= 1)
      for (const one of this.byStem.get(word.slice(0, length)) ?? []) found.add(one);
    for (const [test, ones] of this.byTest) if (test(token, isFirst)) for (const one of ones) found.add(one);
    return found;
  }
}

function push<K, T>(lists: Map<K, T[]>, key: K, one: T): void {
  const list = lists.get(key);
  if (list) list.push(one);
  else lists.set(key, [one]);
}

function firstChoices({ source, elements }: Pattern): Choice[] {
  const first: Choice[] = [];
  for (const element of elements) {
    if (element.kind === "gap" || element.kind === "end") break;
    if (element.kind === "word" || element.kind === "optional") first.push(element.choice);
    if (element.kind === "word") return first;
  }
  throw new Error(`a pattern begins with a word, not with a gap: ${source}`);
}
