import { checkInputNames, type Field } from "../../platform/operation-schema.ts";
import { inputFromFlags, type ParsedArguments } from "./arguments.ts";
import { usage } from "./failure.ts";
import type { Terminal } from "./terminal.ts";

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw usage(`What was given ${place} is not JSON. Write an object such as {"text": "…"}.`);
  }
}

/**
 * The whole input of a command: what flags say, over what `--json '{...}'` says, over what is piped in.
 * Standard input counts only with `--json`: a command in a script must not eat the script's own input.
 */
export async function gatherInput(
  terminal: Terminal,
  fields: readonly Field[],
  { given, json }: ParsedArguments,
): Promise<Record<string, unknown>> {
  const flags = inputFromFlags(fields, given);
  const inline = typeof json === "string" ? parseJson(json, "behind --json") : {};
  checkInputNames(fields, inline);
  const known = { ...inline, ...flags };
  if (json !== true) return known;
  const needsMore = fields.some((field) => field.required && !(field.name in known));
  const text = (await terminal.readPiped(needsMore))?.trim();
  if (!text) return known;
  const piped = parseJson(text, "on standard input");
  checkInputNames(fields, piped);
  return { ...piped, ...known };
}
