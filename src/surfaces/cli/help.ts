import { didYouMean } from "../../lib/nearest.ts";
import type { AnyOperation } from "../../platform/operation.ts";
import { type Field, fieldsOf, kebab, operationWords } from "../../platform/operation-schema.ts";
import { flagFor } from "./arguments.ts";
import { usage } from "./failure.ts";

/** The commands that are not operations, with what they are called with and what they do. */
export const commands: Readonly<Record<string, { readonly takes: string; readonly does: string }>> = {
  serve: { takes: "", does: "Start the server and print its address" },
  mcp: { takes: "", does: "Serve an assistant over standard input and output (MCP)" },
  backup: { takes: "FILE", does: "Copy all data into a new file, also while the server runs" },
  restore: { takes: "FILE", does: "Put a backup in the place of the present data, which is kept beside it" },
  export: {
    takes: "FILE.json | DIR --markdown",
    does: "Write everything you wrote as one JSON file, or as a folder of Markdown",
  },
  import: { takes: "FILE.json", does: "Read an exported file into an empty installation" },
  token: { takes: "show | renew", does: "Show the access token for programs, or replace it" },
  completion: { takes: "bash | zsh | fish", does: "Print the completion script for a shell" },
  version: { takes: "", does: "Print the version" },
  help: { takes: "", does: "Print this help" },
};

function columnsOf(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd()).join("\n");
}

export function featureNames(operations: readonly AnyOperation[]): string[] {
  return [...new Set(operations.map((operation) => operationWords(operation.name)[0]))];
}

export function verbsOf(operations: readonly AnyOperation[], feature: string): string[] {
  return operations
    .map((operation) => operationWords(operation.name))
    .filter(([name]) => name === feature)
    .map(([, verb]) => verb);
}

export function generalHelp(operations: readonly AnyOperation[]): string {
  const features = featureNames(operations).map((feature) => [feature, verbsOf(operations, feature).join(", ")] as const);
  return `Throughline: 1:1 meetings that move your career.

Usage: throughline <feature> <verb> [--field value] [--json]
       throughline <command>

Features and their verbs
${columnsOf(features)}

Commands
${columnsOf(Object.entries(commands).map(([name, { takes, does }]) => [`${name} ${takes}`.trim(), does]))}

Add --help for the details of any of them: throughline people add --help
With --json the output is JSON, and input is also read as JSON: behind --json, or from standard input.

Exit codes: 0 done, 1 unexpected error, 2 input or usage, 3 not found, 4 conflict,
5 not allowed, 6 not possible now (data, server or disk), 7 too often.
`;
}

/** Throws AppError `invalid` with the nearest names when there is no such feature. */
export function featureHelp(operations: readonly AnyOperation[], feature: string): string {
  const own = operations.filter((operation) => operationWords(operation.name)[0] === feature);
  if (own.length === 0) {
    const known = [...featureNames(operations), ...Object.keys(commands)];
    throw usage(`There is no "${feature}".${didYouMean(feature, known)} "throughline help" lists everything.`);
  }
  const rows = own.map((operation) => [operationWords(operation.name)[1], operation.summary] as const);
  return `Usage: throughline ${feature} <verb> [--field value] [--json]\n\n${columnsOf(rows)}\n\nthroughline ${feature} <verb> --help shows the fields and examples.\n`;
}

function valueName(field: Field): string {
  const { kind } = field.kind === "list" ? (field.element as Field) : field;
  return { text: "TEXT", number: "NUMBER", boolean: "", json: "JSON", list: "TEXT" }[kind];
}

function aboutField(field: Field): string {
  const choices = field.choices.length > 0 ? field.choices : (field.element?.choices ?? []);
  return [
    field.required ? "required" : "",
    choices.join(" | "),
    field.kind === "list" ? "may be repeated, or one text with commas" : "",
    field.nullable ? '"null" for none' : "",
    field.fallback === undefined || field.fallback === "" ? "" : `default ${JSON.stringify(field.fallback)}`,
    field.description,
  ]
    .filter(Boolean)
    .join("; ");
}

/** Single quotes as every POSIX shell reads them; plain words stay as they are. */
function shellWord(text: string): string {
  return /^[\w@.:/+-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function exampleLine(operation: AnyOperation, example: Record<string, unknown>): string {
  const fileField = operation.fromFile?.field;
  const flags = Object.entries(example).map(([name, value]) => {
    if (name === fileField) return "FILE";
    const text =
      Array.isArray(value) && value.every((one) => typeof one !== "object")
        ? value.join(",")
        : typeof value === "object" && value !== null
          ? JSON.stringify(value)
          : String(value);
    return `--${kebab(name)} ${shellWord(text)}`;
  });
  return ["  throughline", ...operationWords(operation.name), ...flags].join(" ");
}

function exampleInput(operation: AnyOperation, fields: readonly Field[]): Record<string, unknown> {
  const needed = fields.filter((field) => field.required);
  return (
    (operation.examples?.[0] as Record<string, unknown>) ??
    Object.fromEntries(needed.map((field) => [field.name, field.choices[0] ?? "…"]))
  );
}

export function operationHelp(operation: AnyOperation): string {
  const fields = fieldsOf(operation);
  const words = operationWords(operation.name).join(" ");
  const fileField = operation.fromFile?.field;
  const rows = [
    ...(fileField ? [["FILE", `read as --${kebab(fileField)}; "-" reads standard input`] as const] : []),
    ...fields.map((field) => [`${flagFor(field)} ${valueName(field)}`.trim(), aboutField(field)] as const),
    ["--json [JSON]", "JSON out, and in"] as const,
  ];
  const example = exampleInput(operation, fields);
  const lines = (operation.examples ?? [example]).map((one) => exampleLine(operation, one as Record<string, unknown>));
  return `${operation.summary}.

Usage: throughline ${words}${fileField ? " FILE" : ""}${fields.some((field) => field.required) ? " --field value" : ""} [--json]

${columnsOf(rows)}

Examples
${lines.join("\n")}
  echo ${shellWord(JSON.stringify(example))} | throughline ${words} --json
`;
}
