import type { ContentfulStatusCode } from "hono/utils/http-status";
import { AppError, type ErrorCode, type FieldMessage } from "../../lib/errors.ts";

/** What can go wrong before an operation is reached, beside the codes of AppError. */
type TransportCode = "malformed" | "unauthorized" | "no_such_operation" | "method_not_allowed" | "too_large" | "internal";

/** The one table from error code to HTTP status for programs. */
export const STATUS: Record<ErrorCode | TransportCode, ContentfulStatusCode> = {
  malformed: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  no_such_operation: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  invalid: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
};

/** The body of every answer that is not a success. */
export interface ProblemBody {
  readonly error: {
    readonly code: ErrorCode | TransportCode;
    readonly message: string;
    readonly fields: readonly FieldMessage[];
    readonly details?: unknown;
  };
}

export function problem(
  code: ErrorCode | TransportCode,
  message: string,
  more: { fields?: readonly FieldMessage[]; details?: unknown; headers?: Record<string, string> } = {},
): Response {
  const { fields = [], details, headers = {} } = more;
  const body: ProblemBody = { error: { code, message, fields, ...(details === undefined ? {} : { details }) } };
  return Response.json(body, { status: STATUS[code], headers: { "cache-control": "no-store", ...headers } });
}

/** An expected error in its own words; of any other one nothing of the inside leaves. */
export function problemFor(error: unknown): Response {
  if (error instanceof AppError) return problem(error.code, error.message, { fields: error.fields, details: error.details });
  return problem(
    "internal",
    "Something went wrong inside Throughline. What was saved before is safe; the server's log has the details.",
  );
}
