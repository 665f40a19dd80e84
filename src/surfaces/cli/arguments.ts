import { didYouMean } from "../../lib/nearest.ts";
import { type Field, kebab, valueFromTexts } from "../../platform/operation-schema.ts";
import { usage } from "./failure.ts";

export interface ParsedArguments {
  /** Texts by field name, in the order they were given. */
  readonly given: ReadonlyMap<string, readonly string[]>;
  /** `--json` alone is true; `--json '{...}'` is that text. */
  readonly json: string | boolean;
  readonly help: boolean;
  /** The word that names a file, for an operation that reads one. */
  readonly file: string | undefined;
}

/** `--meeting-id` for the field meetingId. */
export function flagFor(field: Field): string {
  return `--${kebab(field.name)}`;
}

const BOOLEAN_WORDS = new Set(["true", "false", "yes", "no"]);

/** The first required field that no flag names takes the one word without a flag: `throughline people show ID`. */
function placePositional(fields: readonly Field[], given: Map<string, string[]>, words: readonly string[]): void {
  for (const word of words) {
    const field = fields.find((one) => one.required && one.kind !== "json" && !given.has(one.name));
    if (!field) throw usage(`"${word}" is one word too many. Put a text of several words in quotes.`);
    given.set(field.name, [word]);
  }
}

/**
 * Reads the words after `throughline <feature> <verb>`. `fileField` is the field that a file is read into, if any: then the first word without a flag
 * names that file. Throws AppError `invalid` with what to write instead.
 */
export function parseArguments(fields: readonly Field[], words: readonly string[], fileField?: string): ParsedArguments {
  const byFlag = new Map(fields.map((field) => [flagFor(field), field]));
  const given = new Map<string, string[]>();
  const loose: string[] = [];
  const add = (field: Field, text: string) => given.set(field.name, [...(given.get(field.name) ?? []), text]);
  let json: string | boolean = false;
  let help = false;
  const queue = [...words];
  const takeValue = (flag: string): string => {
    const next = queue.shift();
    if (next === undefined || next.startsWith("--"))
      throw usage(`${flag} needs a value behind it. When the value itself begins with two hyphens, write ${flag}=VALUE.`);
    return next;
  };
  while (queue.length > 0) {
    const word = queue.shift() as string;
    const [flag = "", ...rest] = word.split("=");
    const inline = rest.length > 0 ? rest.join("=") : undefined;
    const field = byFlag.get(flag);
    const negated = byFlag.get(flag.replace(/^--no-/u, "--"));
    if (word === "--") loose.push(...queue.splice(0));
    else if (word === "--help" || word === "-h") help = true;
    else if (flag === "--json") json = inline ?? (queue[0]?.trimStart().startsWith("{") ? (queue.shift() ?? true) : true);
    else if (field?.kind === "boolean")
      add(field, inline ?? (BOOLEAN_WORDS.has(queue[0] ?? "") ? (queue.shift() ?? "true") : "true"));
    else if (field) add(field, inline ?? takeValue(flag));
    else if (negated?.kind === "boolean") add(negated, "false");
    else if (flag.startsWith("--"))
      throw usage(`There is no ${flag} here.${didYouMean(flag, [...byFlag.keys(), "--json", "--help"])}`);
    else loose.push(word);
  }
  const file = fileField === undefined || given.has(fileField) ? undefined : loose.shift();
  placePositional(
    fields.filter((field) => file === undefined || field.name !== fileField),
    given,
    loose,
  );
  return { given, json, help, file };
}

/** The input that the flags stand for. Throws AppError `invalid`. */
export function inputFromFlags(fields: readonly Field[], given: ParsedArguments["given"]): Record<string, unknown> {
  const named = fields.filter((field) => given.has(field.name));
  return Object.fromEntries(named.map((field) => [field.name, valueFromTexts(field, given.get(field.name) ?? [])]));
}
