import { fillGaps, gapNames } from "../../../lib/gaps.ts";
import type { Gap } from "../schema.ts";

/** What the owner's own record can put into the gaps of a question (S38). */
export interface Known {
  readonly projects: readonly string[];
  readonly skills: readonly string[];
  readonly wins: readonly string[];
  readonly challenges: readonly string[];
  readonly people: readonly string[];
  readonly promises: readonly string[];
}

export const nothingKnown: Known = { projects: [], skills: [], wins: [], challenges: [], people: [], promises: [] };

const SOURCES: readonly (readonly [RegExp, keyof Known])[] = [
  [/^(?:project(?: [a-c])?|other project|deliverable)$/iu, "projects"],
  [/^(?:specific |new )?skill$/iu, "skills"],
  [/^(?:win|result)$/iu, "wins"],
  [/^(?:challenge|problem)$/iu, "challenges"],
  [/^(?:stakeholder|person(?: or role)?|colleague)$/iu, "people"],
  [/^(?:commitment|promise)$/iu, "promises"],
];

/** Longer notes are not words for a gap within a sentence. */
const LONGEST_CHOICE = 120;
const MOST_CHOICES = 12;

/** What fits a gap of this name, from the record; empty when nothing there does. */
export function choicesFor(name: string, known: Known): string[] {
  const source = SOURCES.find(([pattern]) => pattern.test(name))?.[1];
  if (!source) return [];
  const words = known[source]
    .map((one) => one.replace(/[.!?\s]+$/u, ""))
    .filter((one) => one !== "" && one.length <= LONGEST_CHOICE);
  return [...new Set(words)].filter((one) => !one.includes("\n")).slice(0, MOST_CHOICES);
}

/** What is named beside the question: it comes before what the record would propose. */
export interface Named {
  readonly project?: string | undefined;
  readonly skill?: string | undefined;
  readonly values?: Readonly<Record<string, string>> | undefined;
}

function wordsFor(name: string, isOnlyOfItsKind: boolean, known: Known, { project, skill, values = {} }: Named): string {
  if (Object.hasOwn(values, name) && values[name]) return values[name];
  if (/^project$/iu.test(name) && project) return project;
  if (/^(?:specific )?skill$/iu.test(name) && skill) return skill;
  const choices = choicesFor(name, known);
  return choices.length === 1 && isOnlyOfItsKind ? (choices[0] ?? "") : "";
}

/** Fills the gaps that have only one answer; the others stay, with what may go into them. */
export function filled(text: string, known: Known, named: Named = {}): { text: string; gaps: Gap[] } {
  const names = gapNames(text);
  const sourceOf = (name: string): string | undefined => SOURCES.find(([pattern]) => pattern.test(name))?.[1];
  const words = Object.fromEntries(
    names.map((name) => {
      const isOnly = names.filter((other) => sourceOf(other) === sourceOf(name)).length === 1;
      return [name, wordsFor(name, isOnly, known, named)];
    }),
  );
  const result = fillGaps(text, words);
  return { text: result, gaps: gapNames(result).map((name) => ({ name, choices: choicesFor(name, known) })) };
}
