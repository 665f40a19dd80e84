import * as z from "zod";
import { invalidField } from "../lib/errors.ts";
import { didYouMean } from "../lib/nearest.ts";
import type { AnyOperation } from "./operation.ts";

/** The part of JSON Schema (draft 2020-12) that zod writes and the surfaces read. */
export interface JsonSchema {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  description?: string;
  default?: unknown;
  [keyword: string]: unknown;
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as JsonSchema;
  return rest;
}

/** What a caller sends, as JSON Schema: before trimming and defaults. */
export function inputSchema(operation: AnyOperation): JsonSchema {
  return schemaOf(operation.input, "input");
}

/** What a caller gets back, as JSON Schema. */
export function outputSchema(operation: AnyOperation): JsonSchema {
  return schemaOf(operation.output, "output");
}

/** "markSent" as words with hyphens: "mark-sent". */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}

/** "journal.markSent" as two path segments or command words: ["journal", "mark-sent"]. */
export function operationWords(name: string): [feature: string, verb: string] {
  const [feature = "", verb = ""] = name.split(".");
  return [kebab(feature), kebab(verb)];
}

/** One member of an operation's input, as forms of plain text (flags, query parameters) and tables need it. */
export interface Field {
  readonly name: string;
  readonly kind: "text" | "number" | "boolean" | "list" | "json";
  readonly choices: readonly string[];
  readonly required: boolean;
  readonly nullable: boolean;
  readonly description: string;
  readonly fallback: unknown;
  /** For a list: what its elements are. */
  readonly element: Field | undefined;
}

function kindOf(schema: JsonSchema): Field["kind"] {
  if (schema.enum || typeof schema.const === "string" || schema.type === "string") return "text";
  if (schema.type === "number" || schema.type === "integer") return "number";
  if (schema.type === "boolean") return "boolean";
  if (schema.type === "array" && schema.items && !["json", "list"].includes(kindOf(withoutNull(schema.items).schema)))
    return "list";
  return "json";
}

/** zod writes "or null" as a list of types or as a union: takes the null out and remembers it. */
function withoutNull(schema: JsonSchema): { schema: JsonSchema; nullable: boolean } {
  if (Array.isArray(schema.type) && schema.type.includes("null")) {
    const types = schema.type.filter((type) => type !== "null");
    return {
      schema: { ...schema, type: types.length === 1 ? types[0] : types, enum: schema.enum?.filter((choice) => choice !== null) },
      nullable: true,
    };
  }
  const others = schema.anyOf?.filter((one) => one.type !== "null");
  if (!schema.anyOf || !others || others.length === schema.anyOf.length) return { schema, nullable: false };
  const { anyOf: _union, ...facts } = schema;
  return { schema: others.length === 1 ? { ...others[0], ...facts } : { ...facts, anyOf: others }, nullable: true };
}

function toField(name: string, raw: JsonSchema, required: boolean): Field {
  const { schema, nullable } = withoutNull(raw);
  const kind = kindOf(schema);
  return {
    name,
    kind,
    choices: (schema.enum ?? (typeof schema.const === "string" ? [schema.const] : [])).map(String),
    required,
    nullable,
    description: schema.description ?? "",
    fallback: schema.default,
    element: kind === "list" ? toField(name, schema.items ?? {}, true) : undefined,
  };
}

/** The members of an operation's input, required ones first. An input that is a union offers what any of its branches has. */
export function fieldsOf(operation: AnyOperation): Field[] {
  const schema = inputSchema(operation);
  const branches = schema.properties ? [schema] : ((schema.anyOf ?? schema["oneOf"] ?? []) as JsonSchema[]);
  const fields = new Map<string, Field>();
  for (const branch of branches) {
    for (const [name, property] of Object.entries(branch.properties ?? {})) {
      const required = branches.every((one) => one.required?.includes(name));
      if (!fields.has(name)) fields.set(name, toField(name, property, required));
    }
  }
  return [...fields.values()].sort((a, b) => Number(b.required) - Number(a.required));
}

/** Whether the input can be written as plain name and text pairs, without nesting. */
export function isFlat(fields: readonly Field[]): boolean {
  return fields.every((field) => field.kind !== "json");
}

function scalarFromText(field: Field, text: string): unknown {
  if (field.nullable && text === "null") return null;
  if (field.kind === "number") {
    const value = Number(text);
    if (text.trim() === "" || !Number.isFinite(value)) throw invalidField(field.name, `"${text}" is not a number.`);
    return value;
  }
  if (field.kind === "boolean") {
    if (["true", "yes", "1", ""].includes(text)) return true;
    if (["false", "no", "0"].includes(text)) return false;
    throw invalidField(field.name, `Write true or false, not "${text}".`);
  }
  if (field.kind === "json") {
    try {
      return JSON.parse(text);
    } catch {
      throw invalidField(field.name, `This must be written as JSON, for example '{"name": "value"}'.`);
    }
  }
  return text;
}

/**
 * Reads the texts given for one field (a flag or a query parameter, possibly repeated) as the value that it stands for.
 * A list takes repeated texts, or commas in a single one. Throws AppError `invalid`.
 */
export function valueFromTexts(field: Field, texts: readonly string[]): unknown {
  if (field.kind !== "list") {
    if (texts.length > 1) throw invalidField(field.name, `This was given ${texts.length} times; it takes one value.`);
    return scalarFromText(field, texts[0] ?? "");
  }
  if (field.nullable && texts.length === 1 && texts[0] === "null") return null;
  const parts = texts.length === 1 ? (texts[0] ?? "").split(",").map((part) => part.trim()) : texts;
  return parts.filter((part) => part !== "").map((part) => scalarFromText(field.element as Field, part));
}

/** Refuses what is not an object, and names that the operation does not know: a misspelt field must not be lost in silence. Throws AppError `invalid`. */
export function checkInputNames(fields: readonly Field[], input: unknown): asserts input is Record<string, unknown> {
  if (typeof input !== "object" || input === null || Array.isArray(input))
    throw invalidField("", "The input must be a JSON object.");
  const known = fields.map((field) => field.name);
  for (const name of Object.keys(input)) {
    if (known.includes(name)) continue;
    const hint = didYouMean(name, known) || (known.length === 0 ? " It takes none." : ` It knows ${known.join(", ")}.`);
    throw invalidField(name, `There is no field "${name}" here.${hint}`);
  }
}
