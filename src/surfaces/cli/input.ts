import { readFileSync, statSync } from "node:fs";
import { AppError } from "../../lib/errors.ts";
import type { AnyOperation } from "../../platform/operation.ts";
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

/** The text of the file that was named. What is larger than the operation takes is not even read. */
function readNamed(path: string, { fromFile, maxInputBytes = Infinity }: AnyOperation): string | undefined {
  try {
    const { size } = statSync(path);
    if (size > maxInputBytes) throw usage(`${path} is too large (${Math.round(size / 1_000_000)} MB). Nothing was read from it.`);
    return fromFile?.decode(readFileSync(path));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("not_found", `${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`, { cause: error });
  }
}

/** The member that stands in a file, as an input of its own. "-" is standard input. */
async function fromNamedFile(terminal: Terminal, operation: AnyOperation, file: string): Promise<Record<string, unknown>> {
  const field = operation.fromFile?.field ?? "";
  if (file !== "-") return { [field]: readNamed(terminal.path(file), operation) };
  const text = await terminal.readPiped(true);
  if (text === undefined) throw usage('Nothing is piped in. Name a file instead of "-".');
  return { [field]: text };
}

/**
 * The whole input of a command: what flags and a named file say, over what `--json '{...}'` says, over what is piped in.
 * Standard input counts only with `--json` or for "-": a command in a script must not eat the script's own input.
 */
export async function gatherInput(
  terminal: Terminal,
  operation: AnyOperation,
  fields: readonly Field[],
  { given, json, file }: ParsedArguments,
): Promise<Record<string, unknown>> {
  const flags = inputFromFlags(fields, given);
  const inline = typeof json === "string" ? parseJson(json, "behind --json") : {};
  checkInputNames(fields, inline);
  const known = { ...inline, ...flags };
  if (file !== undefined) return { ...known, ...(await fromNamedFile(terminal, operation, file)) };
  if (json !== true) return known;
  const needsMore = fields.some((field) => field.required && !(field.name in known));
  const text = (await terminal.readPiped(needsMore))?.trim();
  if (!text) return known;
  const piped = parseJson(text, "on standard input");
  checkInputNames(fields, piped);
  return { ...piped, ...known };
}
