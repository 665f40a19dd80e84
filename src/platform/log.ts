import { pino } from "pino";
import type { Config } from "./config/config.ts";

/** What the program may say about itself. Callers pass ids, counts and codes; never a text, name, address or subject. */
export interface Log {
  error(facts: Record<string, unknown>, message: string): void;
  warn(facts: Record<string, unknown>, message: string): void;
  info(facts: Record<string, unknown>, message: string): void;
  debug(facts: Record<string, unknown>, message: string): void;
}

/** A log to standard error. Of an error only its name, code and stack are written: messages can quote what a person wrote. */
export function createLog(level: Config["logLevel"]): Log {
  return pino(
    {
      level,
      base: undefined,
      serializers: {
        err: (error: Error & { code?: unknown }) => ({ name: error.name, code: error.code, at: error.stack?.split("\n").filter((line) => line.trimStart().startsWith("at ")) }),
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

export const silentLog: Log = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };
