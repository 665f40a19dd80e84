/** What went wrong, in words that every surface can translate. */
export type ErrorCode = "not_found" | "invalid" | "conflict" | "forbidden" | "rate_limited" | "unavailable";

/** One message about one field of the input, keyed by its path ("startTime", "items.0.text"). */
export interface FieldMessage {
  readonly field: string;
  readonly message: string;
}

/**
 * The only error that operations throw on purpose. `message` is a sentence a person can act on;
 * `fields` names the inputs it is about; `details` carries what a surface needs to show both sides of a conflict.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldMessage[];
  readonly details: unknown;

  constructor(
    code: ErrorCode,
    message: string,
    options: { fields?: readonly FieldMessage[]; details?: unknown; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.fields = options.fields ?? [];
    this.details = options.details;
  }
}

/** Somebody else's row and a missing row look the same on purpose. */
export function notFound(what: string): AppError {
  return new AppError("not_found", `${what} was not found. It may have been removed.`);
}

/** An input that its author can correct: the message belongs beside the field. */
export function invalidField(field: string, message: string): AppError {
  return new AppError("invalid", message, { fields: [{ field, message }] });
}
