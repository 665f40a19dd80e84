import type * as z from "zod";
import { AppError, invalidField } from "../lib/errors.ts";
import type { OwnerId } from "../lib/ids.ts";
import type { Clock } from "./clock.ts";
import type { Reach } from "./reach.ts";
import { type Database, type Db, explained, inTransaction, type Tx } from "./storage/database.ts";

/** What a reading operation is handed. Nothing is ambient: owner, connection and time are arguments. */
export interface ReadContext {
  readonly owner: OwnerId;
  readonly db: Db;
  readonly now: Temporal.Instant;
  /** Absent when nobody elsewhere can reach this installation. */
  readonly reach?: Reach | undefined;
}

/** What a writing operation is handed: one transaction for everything that it changes. */
export interface WriteContext {
  readonly owner: OwnerId;
  readonly tx: Tx;
  readonly now: Temporal.Instant;
  readonly reach?: Reach | undefined;
}

interface OperationFacts<I extends z.ZodType, O extends z.ZodType> {
  /** `feature.verb`: the HTTP path, the CLI words and the MCP tool name are made from it. */
  readonly name: string;
  /** One sentence for help texts, the OpenAPI document and assistants. */
  readonly summary: string;
  readonly input: I;
  readonly output: O;
  /** Offered to assistants over MCP only when true. An operation that approves or sends is never offered. */
  readonly assistant?: boolean;
  /** The member of the input that the command line reads out of a file (`throughline calendar expand FILE`), and how its bytes become text. */
  readonly fromFile?: { readonly field: string; decode(bytes: Uint8Array): string };
  /** How much JSON the HTTP API accepts for it, in bytes; 1 MB when absent. */
  readonly maxInputBytes?: number;
  /** Example inputs, shown in the CLI's help and in the API document. */
  readonly examples?: readonly z.input<I>[];
}

export interface ReadOperation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> extends OperationFacts<I, O> {
  readonly kind: "read";
  run(context: ReadContext, input: z.output<I>): Promise<z.input<O>>;
}

export interface WriteOperation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> extends OperationFacts<I, O> {
  readonly kind: "write";
  run(context: WriteContext, input: z.output<I>): Promise<z.input<O>>;
}

/**
 * An operation that waits for a server elsewhere: it reads first, waits with no transaction open, and writes in transactions of its own.
 * A write that waited would hold up everybody else's.
 */
export interface RemoteOperation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> extends OperationFacts<I, O> {
  readonly kind: "remote";
  run(caller: Caller, input: z.output<I>): Promise<z.input<O>>;
}

/** An operation that needs nobody's data: the answer follows from the input alone. The command line runs it without opening any. */
export interface PureOperation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> extends OperationFacts<I, O> {
  readonly kind: "pure";
  run(input: z.output<I>): Promise<z.input<O>>;
}

export type Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> =
  | ReadOperation<I, O>
  | WriteOperation<I, O>
  | RemoteOperation<I, O>
  | PureOperation<I, O>;

/** An operation of unknown shape, as the derived surfaces see it. */
// oxlint-disable-next-line typescript/no-explicit-any -- a list of operations holds many shapes; `call` validates at run time
export type AnyOperation = Operation<any, any>;

/** Defines an operation. The value is plain data plus `run`; surfaces are derived from it. */
export function readOperation<I extends z.ZodType, O extends z.ZodType>(
  facts: Omit<ReadOperation<I, O>, "kind">,
): ReadOperation<I, O> {
  return { ...facts, kind: "read" };
}

export function writeOperation<I extends z.ZodType, O extends z.ZodType>(
  facts: Omit<WriteOperation<I, O>, "kind">,
): WriteOperation<I, O> {
  return { ...facts, kind: "write" };
}

export function pureOperation<I extends z.ZodType, O extends z.ZodType>(
  facts: Omit<PureOperation<I, O>, "kind">,
): PureOperation<I, O> {
  return { ...facts, kind: "pure" };
}

export function remoteOperation<I extends z.ZodType, O extends z.ZodType>(
  facts: Omit<RemoteOperation<I, O>, "kind">,
): RemoteOperation<I, O> {
  return { ...facts, kind: "remote" };
}

/** Whether running it may change something, here or elsewhere. */
export function mayChange({ kind }: AnyOperation): boolean {
  return kind === "write" || kind === "remote";
}

/** Who is asking, on which database, at what time. */
export interface Caller {
  readonly owner: OwnerId;
  readonly database: Database;
  readonly clock: Clock;
  readonly reach?: Reach | undefined;
}

/** Where a text stands that no store can keep as it is: PostgreSQL refuses NUL, and half a character has no bytes. Cleaned texts have neither. */
function unkeepable(value: unknown, path: readonly string[] = []): string | undefined {
  if (typeof value === "string") return value.includes("\0") || !value.isWellFormed() ? path.join(".") : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, one] of Object.entries(value)) {
    const found = unkeepable(name) === undefined ? unkeepable(one, [...path, name]) : path.join(".");
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Turns zod's issues into one message a field. Throws AppError `invalid`. */
export function parseInput<S extends z.ZodType>(schema: S, raw: unknown): z.output<S> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) {
    const field = unkeepable(parsed.data);
    if (field === undefined) return parsed.data;
    throw invalidField(field, "This holds a character that cannot be kept. Type it again instead of pasting it.");
  }
  const fields = parsed.error.issues.map((issue) => ({ field: issue.path.join("."), message: issue.message }));
  const first = fields[0];
  const about = first?.field ? `${first.field}: ${first.message}` : (first?.message ?? "The input is not valid.");
  throw new AppError("invalid", about, { fields });
}

/** Runs an operation that needs no data, for anybody. */
export async function callPure<I extends z.ZodType, O extends z.ZodType>(
  operation: PureOperation<I, O>,
  raw: z.input<I>,
): Promise<z.output<O>> {
  return (await operation.run(parseInput(operation.input, raw))) as z.output<O>;
}

/** Runs one operation for one caller: validates the input, opens the transaction of a write, returns the output. */
export async function call<I extends z.ZodType, O extends z.ZodType>(
  caller: Caller,
  operation: Operation<I, O>,
  raw: z.input<I>,
): Promise<z.output<O>> {
  if (operation.kind === "pure") return callPure(operation, raw);
  const input = parseInput(operation.input, raw);
  if (operation.kind === "remote") return (await operation.run(caller, input)) as z.output<O>;
  const { owner, database, clock, reach } = caller;
  const output =
    operation.kind === "read"
      ? await explained(database, () => operation.run({ owner, db: database.reader, now: clock.now(), reach }, input))
      : await inTransaction(database, (tx) => operation.run({ owner, tx, now: clock.now(), reach }, input));
  // Outputs are declared with zod for the API document; operations build them from typed rows, so they are not parsed again.
  return output as z.output<O>;
}
