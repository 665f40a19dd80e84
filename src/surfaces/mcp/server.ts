import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListResourcesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
  type Tool,
} from "@modelcontextprotocol/sdk/types.js";
import { AppError } from "../../lib/errors.ts";
import { didYouMean } from "../../lib/nearest.ts";
import type { Clock } from "../../platform/clock.ts";
import { type AnyOperation, mayChange } from "../../platform/operation.ts";
import { checkInputNames, fieldsOf, inputSchema } from "../../platform/operation-schema.ts";
import { readResource, resources } from "./resources.ts";

/** Runs one operation, wherever the data is: in this process or behind the running server. */
export type Invoke = (operation: AnyOperation, input: unknown) => Promise<unknown>;

export interface AssistantFacts {
  readonly operations: readonly AnyOperation[];
  readonly version: string;
  readonly invoke: Invoke;
  readonly clock: Clock;
  /** Told about errors that nobody expected. */
  readonly log?: (error: Error) => void;
}

/** What assistants are offered: the operations that opted in, and nothing else. */
export function offeredTo(operations: readonly AnyOperation[]): AnyOperation[] {
  return operations.filter((operation) => operation.assistant === true);
}

/** "journal.capture" as a tool name; dots are not allowed everywhere. */
export function toolName(operation: AnyOperation): string {
  return operation.name.replace(".", "_");
}

const REMOVING = /\.(remove|delete|drop|end|cancel)/u;

function toTool(operation: AnyOperation): Tool {
  const isRead = !mayChange(operation);
  return {
    name: toolName(operation),
    description: operation.summary,
    // Some inputs are unions; the protocol asks for an object at the top, and each branch of ours is one.
    inputSchema: { ...inputSchema(operation), type: "object" },
    annotations: {
      title: operation.summary,
      readOnlyHint: isRead,
      destructiveHint: !isRead && REMOVING.test(operation.name),
      openWorldHint: operation.kind === "remote",
    },
  };
}

const INSTRUCTIONS = `Throughline keeps its owner's 1:1 meetings with their manager: notes, agendas, recaps and promises of both sides.
What you write here stays private until the owner approves the exact words of a mail; you cannot approve or send anything.
Times are UTC instants or calendar days; meetings have a time zone of their own.`;

function failure(error: unknown, log: (error: Error) => void): CallToolResult {
  if (!(error instanceof AppError)) log(error as Error);
  const told =
    error instanceof AppError
      ? { code: error.code, message: error.message, fields: error.fields }
      : { code: "internal", message: "Something went wrong inside Throughline. What was saved before is safe." };
  return { isError: true, content: [{ type: "text", text: JSON.stringify(told) }] };
}

/** An MCP server over the operations; the transport is the caller's. */
export function assistantServer({ operations, version, invoke, clock, log = () => undefined }: AssistantFacts): Server {
  const offered = new Map(offeredTo(operations).map((operation) => [toolName(operation), operation]));
  const server = new Server(
    { name: "throughline", version },
    { capabilities: { tools: {}, resources: {} }, instructions: INSTRUCTIONS },
  );

  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...offered.values()].map(toTool) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }): Promise<CallToolResult> => {
    const operation = offered.get(params.name);
    if (!operation)
      throw new McpError(ErrorCode.InvalidParams, `There is no tool "${params.name}".${didYouMean(params.name, offered.keys())}`);
    try {
      const input = params.arguments ?? {};
      checkInputNames(fieldsOf(operation), input);
      return { content: [{ type: "text", text: JSON.stringify(await invoke(operation, input), null, 2) }] };
    } catch (error) {
      return failure(error, log);
    }
  });
  server.setRequestHandler(ListResourcesRequestSchema, () => ({
    resources: resources.map(({ uri, name, description }) => ({ uri, name, description, mimeType: "application/json" })),
  }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params }) => {
    const found = await readResource(params.uri, [...offered.values()], invoke, clock.now());
    if (found === undefined) throw new McpError(ErrorCode.InvalidParams, `There is no resource "${params.uri}".`);
    return { contents: [{ uri: params.uri, mimeType: "application/json", text: JSON.stringify(found, null, 2) }] };
  });
  return server;
}
