import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Socket } from "node:net";
import { fileURLToPath } from "node:url";

/** A PostgreSQL for one test run. */
export interface TestPostgres {
  /** Of a superuser on it; every test gets a database of its own. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Lets this process end while the server still runs; the server then stops by itself. */
function letGo(guard: ChildProcess): void {
  guard.unref();
  for (const stream of [guard.stdin, guard.stdout]) (stream as Socket | null)?.unref();
}

/**
 * Starts PostgreSQL from npm on a free loopback port. It stops when `stop` is called or this process ends, whichever is first.
 * Commits wait for the disk only when `durable`: for measurements.
 */
export async function startPostgres({ durable = false } = {}): Promise<TestPostgres> {
  const program = fileURLToPath(new URL("./postgres-process.ts", import.meta.url));
  const guard = spawn(process.execPath, [program, ...(durable ? ["durable"] : [])], {
    stdio: ["pipe", "pipe", "inherit"],
    detached: true,
  });
  const firstLine = once(createInterface({ input: guard.stdout }), "line").then(([line]) => line as string);
  const gone = once(guard, "exit").then(() => undefined);
  const url = await Promise.race([firstLine, gone]);
  if (url === undefined) throw new Error("The test PostgreSQL did not start; the reason stands above.");
  letGo(guard);
  return {
    url,
    async stop() {
      guard.ref();
      guard.stdin.end();
      if (guard.exitCode === null) await gone;
    },
  };
}

let started: Promise<TestPostgres> | undefined;

/** The server of this run: the runner's (THROUGHLINE_TEST_POSTGRES), or one for this process alone when a test file is run by itself. */
export async function postgresUrl(): Promise<string> {
  const given = process.env["THROUGHLINE_TEST_POSTGRES"];
  if (given) return given;
  started ??= startPostgres();
  return (await started).url;
}
