import { AppError, type ErrorCode } from "../../lib/errors.ts";
import type { Terminal } from "./terminal.ts";

/** The one table from error code to exit code. 0 is success, 1 an error that nobody expected. */
export const EXIT_CODES: Record<ErrorCode, number> = {
  invalid: 2,
  not_found: 3,
  conflict: 4,
  forbidden: 5,
  unavailable: 6,
  rate_limited: 7,
};

const UNEXPECTED = 1;

/** A command line that cannot be understood. */
export function usage(message: string): AppError {
  return new AppError("invalid", message);
}

/** Says on standard error what went wrong, as a sentence or as JSON, and returns the exit code. */
export function report(terminal: Terminal, error: unknown, asJson: boolean): number {
  const known = error instanceof AppError ? error : undefined;
  const inside = error instanceof Error ? error.message : String(error);
  const message = known?.message ?? `Something went wrong inside Throughline: ${inside}`;
  const { code = "internal", fields = [], details } = known ?? {};
  if (asJson) terminal.err(JSON.stringify({ error: { code, message, fields, ...(details === undefined ? {} : { details }) } }));
  else terminal.err(message);
  return known ? EXIT_CODES[known.code] : UNEXPECTED;
}
