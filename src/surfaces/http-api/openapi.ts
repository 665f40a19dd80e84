import { type AnyOperation, mayChange } from "../../platform/operation.ts";
import {
  type Field,
  fieldsOf,
  inputSchema,
  isFlat,
  type JsonSchema,
  operationWords,
  outputSchema,
} from "../../platform/operation-schema.ts";
import { STATUS } from "./problem.ts";

/** "journal.markSent" as a component name: "JournalMarkSent". */
function componentName(operation: AnyOperation): string {
  return operation.name
    .split(".")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** A schema that was a document of its own points to parts of itself with "#/…"; inside this document they lie deeper. */
function relocate(schema: JsonSchema, home: string): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (key: string, value: unknown) =>
    key === "$ref" && typeof value === "string" ? value.replace(/^#/u, `#/components/schemas/${home}`) : value,
  );
}

const problemContent = { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } };

const sharedResponses = {
  Malformed: { description: "The body is not JSON", content: problemContent },
  Unauthorized: {
    description: "No token, or one that was renewed",
    headers: { "WWW-Authenticate": { schema: { type: "string" } } },
    content: problemContent,
  },
  NotFound: { description: "What an id names was not found", content: problemContent },
  Conflict: { description: "It changed in the meantime, or its state does not allow this", content: problemContent },
  TooLarge: { description: "The body is longer than this operation accepts", content: problemContent },
  Invalid: { description: "Fields that the sender can correct, each with a message", content: problemContent },
  Unexpected: { description: "Any other error: forbidden, rate_limited, internal, unavailable", content: problemContent },
};

function responses(operation: AnyOperation): object {
  const shared = (name: keyof typeof sharedResponses) => ({ $ref: `#/components/responses/${name}` });
  return {
    "200": {
      description: "The result",
      content: { "application/json": { schema: { $ref: `#/components/schemas/${componentName(operation)}Output` } } },
    },
    "400": shared("Malformed"),
    "401": shared("Unauthorized"),
    "404": shared("NotFound"),
    "409": shared("Conflict"),
    "413": shared("TooLarge"),
    "422": shared("Invalid"),
    default: shared("Unexpected"),
  };
}

function queryParameter(operation: AnyOperation, field: Field): object {
  return {
    name: field.name,
    in: "query",
    required: field.required,
    ...(field.description === "" ? {} : { description: field.description }),
    schema: { $ref: `#/components/schemas/${componentName(operation)}Input/properties/${field.name}` },
  };
}

function pathItem(operation: AnyOperation): object {
  const [feature] = operationWords(operation.name);
  const facts = { tags: [feature], summary: operation.summary, responses: responses(operation) };
  const examples = Object.fromEntries((operation.examples ?? []).map((value, index) => [`example${index + 1}`, { value }]));
  const post = {
    ...facts,
    operationId: operation.name,
    requestBody: {
      required: fieldsOf(operation).some((field) => field.required),
      content: {
        "application/json": {
          schema: { $ref: `#/components/schemas/${componentName(operation)}Input` },
          ...(operation.examples?.length ? { examples } : {}),
        },
      },
    },
  };
  const fields = fieldsOf(operation);
  if (mayChange(operation) || !isFlat(fields) || !inputSchema(operation).properties) return { post };
  return {
    get: { ...facts, operationId: `${operation.name}.get`, parameters: fields.map((field) => queryParameter(operation, field)) },
    post,
  };
}

const problemSchema: JsonSchema = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["code", "message", "fields"],
      properties: {
        code: { type: "string", enum: Object.keys(STATUS) },
        message: { type: "string", description: "A sentence that says what to do" },
        fields: {
          type: "array",
          description: "Which inputs it is about",
          items: {
            type: "object",
            required: ["field", "message"],
            properties: { field: { type: "string" }, message: { type: "string" } },
          },
        },
        details: { description: "Both sides of a conflict, where there are two" },
      },
    },
  },
};

/** The OpenAPI 3.1 description of the whole list (https://spec.openapis.org/oas/v3.1.1). */
export function openApiDocument(operations: readonly AnyOperation[], version: string): object {
  const schemas = operations.flatMap((operation) => {
    const name = componentName(operation);
    return [
      [`${name}Input`, relocate(inputSchema(operation), `${name}Input`)],
      [`${name}Output`, relocate(outputSchema(operation), `${name}Output`)],
    ] as const;
  });
  return {
    openapi: "3.1.1",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: {
      title: "Throughline",
      version,
      summary: "Everything that a person can do here, for programs",
      description:
        "Instants are UTC in ISO 8601; calendar days are year-month-day; ids are opaque texts. Nothing that sends a mail does so without an approval of its exact words.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/api" }],
    security: [{ token: [] }],
    tags: [...new Set(operations.map((operation) => operationWords(operation.name)[0]))].map((name) => ({ name })),
    paths: Object.fromEntries(
      operations.map((operation) => [`/${operationWords(operation.name).join("/")}`, pathItem(operation)]),
    ),
    components: {
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: "The token of this installation: on the settings page, and in the file `token` in the data folder",
        },
      },
      schemas: { Problem: problemSchema, ...Object.fromEntries(schemas) },
      responses: sharedResponses,
    },
  };
}
