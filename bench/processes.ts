import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { OwnerId } from "../src/lib/ids.ts";

/** A server under measurement, ours or the bare one. */
export interface Measured {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Milliseconds from the start of the process to the first 200. */
  readonly startMs: number;
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

const START_LIMIT_MS = 60_000;

/** Waits for the line with the address. */
async function addressOf(child: ChildProcess): Promise<string> {
  let said = "";
  const announced = new Promise<string>((found) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        said += chunk;
        const url = /at (http:\/\/127\.0\.0\.1:\d+)/u.exec(said)?.[1];
        if (url) found(url);
      });
  });
  const ended = once(child, "exit").then(() => undefined);
  const url = await Promise.race([announced, ended]);
  if (url === undefined) throw new Error(`A server ended before it printed its address. It said:\n${said}`);
  return url;
}

async function start(words: readonly string[], env: NodeJS.ProcessEnv): Promise<Measured> {
  const begun = performance.now();
  const child = spawn(process.execPath, words, { env, stdio: ["ignore", "pipe", "pipe"], timeout: 3_600_000 });
  running.add(child);
  const gone = once(child, "exit").then(() => running.delete(child));
  const limit = setTimeout(() => child.kill("SIGKILL"), START_LIMIT_MS);
  const url = await addressOf(child);
  const answer = await fetch(url, { headers: { connection: "close" } });
  await answer.arrayBuffer();
  clearTimeout(limit);
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status} at first`);
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid as number,
    startMs: performance.now() - begun,
    async stop() {
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await gone;
      clearTimeout(force);
    },
  };
}

function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** The program, as `npm start` runs it. */
export function startProgram(folder: string, databaseUrl?: string): Promise<Measured> {
  const { PATH, TMPDIR, TZ } = process.env;
  return start([here("../.cache/program/main.js"), "serve"], {
    PATH,
    TMPDIR,
    TZ,
    PORT: "0",
    HOME: folder,
    THROUGHLINE_DATA: folder,
    THROUGHLINE_CONFIG: folder,
    DATABASE_URL: databaseUrl,
  });
}

/** What the program is measured against. */
export function startBareServer(file: string, owner: OwnerId): Promise<Measured> {
  return start([here("./bare-server.ts"), file, owner], { PATH: process.env["PATH"] });
}

/** The memory of a process that is in RAM, in MB, whatever it shares with others counted in full. */
export function residentMegabytes(pid: number): number {
  if (process.platform !== "linux") return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)]).toString()) / 1_024;
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1]) / 1_024;
}
