import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export interface ServerOptions {
  /** On top of an environment of its own: THROUGHLINE_CLOCK, THROUGHLINE_SMTP_URL, DATABASE_URL, ... */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The data folder of an earlier server, to start again on what it left. */
  readonly folder?: string;
}

/** The program itself, in a process of its own. */
export interface TestServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** Holds `data` and `config`; removed by `stop` unless it was handed in. */
  readonly folder: string;
  readonly pid: number;
  /** Milliseconds from the start of the process to the first 200. */
  readonly startMs: number;
  /** Everything that it printed so far, for sweeps and failures. */
  output(): string;
  /** SIGTERM, and an error unless it then ends with exit code 0 within 10 s. */
  stop(): Promise<void>;
  /** SIGKILL: no goodbye. The folder stays. */
  kill9(): Promise<void>;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 10_000;

function environment(folder: string, more: ServerOptions["env"]): NodeJS.ProcessEnv {
  const { PATH, LANG, TZ, TMPDIR } = process.env;
  const own = { HOME: folder, THROUGHLINE_DATA: join(folder, "data"), THROUGHLINE_CONFIG: join(folder, "config"), PORT: "0" };
  return { PATH, LANG, TZ, TMPDIR, ...own, ...more };
}

/** Starts the built program, as `npm start` does, on a free port with a data folder of its own, and waits for the first answer with status 200. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "throughline-server-"));
  const start = performance.now();
  const child = spawn(process.execPath, [join(root, ".cache/program/main.js"), "serve"], {
    cwd: root,
    env: environment(folder, options.env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let said = "";
  const ended = once(child, "close").then(() => running.delete(child));
  const announced = new Promise<string>((resolve) => {
    const hear = (chunk: string): void => {
      said += chunk;
      const url = /Throughline is at (http:\/\/\S+?)\/?\s/u.exec(said)?.[1];
      if (url) resolve(url);
    };
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
  });
  const url = await Promise.race([announced, ended.then(() => undefined), pause(START_LIMIT_MS, undefined, { ref: false })]);
  if (url === undefined) {
    child.kill("SIGKILL");
    throw new Error(`The server printed no address (exit code ${child.exitCode}). It said:\n${said}`);
  }
  const answer = await fetch(url);
  await answer.arrayBuffer();
  if (answer.status !== 200) {
    child.kill("SIGKILL");
    throw new Error(`The server's first answer was ${answer.status}. It said:\n${said}`);
  }
  const removeFolder = (): void => {
    if (!options.folder) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  return {
    url,
    folder,
    pid: child.pid as number,
    startMs: performance.now() - start,
    output: () => said,
    async stop() {
      child.kill("SIGTERM");
      await Promise.race([ended, pause(STOP_LIMIT_MS, undefined, { ref: false })]);
      const wasStopped = child.exitCode === 0;
      child.kill("SIGKILL");
      removeFolder();
      if (!wasStopped)
        throw new Error(`The server did not shut down cleanly on SIGTERM (exit code ${child.exitCode}). It said:\n${said}`);
    },
    async kill9() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** A server for one test: stopped at the end, whatever happened in between. */
export async function withServer(options: ServerOptions, work: (server: TestServer) => Promise<void>): Promise<void> {
  const server = await startServer(options);
  try {
    await work(server);
  } catch (error) {
    await server.kill9();
    throw new Error(
      `${error instanceof Error ? error.message : String(error)}\nThe server said:\n${server.output().slice(-4_000)}`,
      { cause: error },
    );
  }
  await server.stop();
}
