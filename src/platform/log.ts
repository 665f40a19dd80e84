import { createRequire } from "node:module";
import type { pino as Pino } from "pino";
import type { Config } from "./config/config.ts";

/** What the program may say about itself. Callers pass ids, counts and codes; never a text, name, address or subject. */
export interface Log {
  error(facts: Record<string, unknown>, message: string): void;
  warn(facts: Record<string, unknown>, message: string): void;
  info(facts: Record<string, unknown>, message: string): void;
  debug(facts: Record<string, unknown>, message: string): void;
}

const require = createRequire(import.meta.url);

function writerTo(level: Config["logLevel"]): Log {
  const { pino } = require("pino") as { pino: typeof Pino };
  return pino(
    {
      level,
      base: undefined,
      serializers: {
        err: (error: Error & { code?: unknown }) => ({
          name: error.name,
          code: error.code,
          at: error.stack?.split("\n").filter((line) => line.trimStart().startsWith("at ")),
        }),
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** A log to standard error. Of an error only its name, code and stack are written: messages can quote what a person wrote. */
export function createLog(level: Config["logLevel"]): Log {
  // Loaded with the first line: a start must not wait for it, and on a good day nothing is written.
  let writer: Log | undefined;
  const log = (): Log => (writer ??= writerTo(level));
  return {
    error: (facts, message) => log().error(facts, message),
    warn: (facts, message) => log().warn(facts, message),
    info: (facts, message) => log().info(facts, message),
    debug: (facts, message) => log().debug(facts, message),
  };
}

export const silentLog: Log = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };
