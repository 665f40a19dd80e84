import type { Reading, Token } from "./tokens.ts";

/**
 * A pattern over words, written as a line of elements:
 * `word`, `one|other`, `stem*`, `@class` (also mixed: `late|@slow`), `?element` (may be missing), `!element` (must not come next),
 * `..3` (up to three words of any kind), `^` (a sentence begins here), `/` (a clause begins here), `$` (the sentence ends here).
 * A pattern never reaches beyond its sentence.
 */
export interface Pattern {
  readonly source: string;
  readonly elements: readonly Element[];
}

type Test = (token: Token, isFirst: boolean) => boolean;

type Element =
  | { readonly kind: "word" | "optional" | "not"; readonly test: Test }
  | { readonly kind: "gap"; readonly most: number }
  | { readonly kind: "start" | "clause" | "end" };

/** A class of words: a list (with `stem*`), or a test of its own. */
export type WordClass = readonly string[] | Test;
export type WordClasses = Readonly<Record<string, WordClass>>;

function testFor(source: string, classes: WordClasses): Test {
  const words = new Set<string>();
  const stems: string[] = [];
  const tests: Test[] = [];
  const add = (one: string): void => {
    if (!one.startsWith("@")) {
      if (one.endsWith("*")) stems.push(one.slice(0, -1));
      else words.add(one);
      return;
    }
    const known = classes[one.slice(1)];
    if (known === undefined) throw new Error(`no class of words is called ${one}`);
    if (typeof known === "function") tests.push(known);
    else known.forEach(add);
  };
  source.split("|").forEach(add);
  return (token, isFirst) =>
    words.has(token.word) || stems.some((stem) => token.word.startsWith(stem)) || tests.some((passes) => passes(token, isFirst));
}

function elementFor(source: string, classes: WordClasses): Element {
  if (source === "^") return { kind: "start" };
  if (source === "/") return { kind: "clause" };
  if (source === "$") return { kind: "end" };
  if (source.startsWith("..")) return { kind: "gap", most: Number(source.slice(2)) };
  if (source.startsWith("?")) return { kind: "optional", test: testFor(source.slice(1), classes) };
  if (source.startsWith("!")) return { kind: "not", test: testFor(source.slice(1), classes) };
  return { kind: "word", test: testFor(source, classes) };
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
        return passes(element.test, index) ? step(next + 1, index + 1) : -1;
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

/** Whether this token can be the first word of a match: a cheap test before the whole one. */
export function canBegin({ elements }: Pattern, token: Token, isFirst: boolean): boolean {
  for (const element of elements) {
    if (element.kind === "gap" || element.kind === "end") return true;
    if (element.kind === "word") return element.test(token, isFirst);
    if (element.kind === "optional" && element.test(token, isFirst)) return true;
    if (element.kind === "start" && !isFirst) return false;
    if (element.kind === "not" && element.test(token, isFirst)) return false;
  }
  return false;
}
