import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Servers live where the path of an ordinary user does not lead. */
const env: NodeJS.ProcessEnv = { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/local/sbin:/usr/sbin:/sbin` };

const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 10_000;

/** A port of loopback that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** A folder of one test run that every server's own user may walk through. */
export function serverFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `throughline-${name}-`));
  chmodSync(folder, 0o755);
  return folder;
}

/** Writes a file of `config/` into `folder`, with its @NAMES@ filled in. A name that is left over is a mistake of the test. */
export function writeConfig(from: string, folder: string, to: string, values: Readonly<Record<string, string | number>>): string {
  const template = readFileSync(fileURLToPath(new URL(`./config/${from}`, import.meta.url)), "utf8");
  const text = template.replaceAll(/@([A-Z]+)@/gu, (_all, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${from} wants @${name}@`);
    return String(value);
  });
  const path = join(folder, to);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  return path;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });
}

interface ServerPlace {
  readonly folder: string;
  readonly ports: readonly number[];
  /** For a server whose first process is not the one to ask for an end. */
  readonly stopCommand?: readonly [string, ...string[]];
}

export interface ServerProcess {
  stop(): Promise<void>;
}

/**
 * Starts a server that stays in the foreground and waits until all its ports answer. Stopping it
 * ends exactly this server and removes its folder; a server that will not start says what it printed.
 */
export async function startServer(
  command: readonly [string, ...string[]],
  { folder, ports, stopCommand }: ServerPlace,
): Promise<ServerProcess> {
  const [program, ...args] = command;
  const child: ChildProcess = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  let ended = false;
  const gone = new Promise<void>((resolve) => {
    child.once("error", (error) => ((printed += error.message), (ended = true), resolve()));
    child.once("exit", () => ((ended = true), resolve()));
  });
  async function stop(): Promise<void> {
    const [stopper, ...how] = stopCommand ?? [];
    if (stopper) await promisify(execFile)(stopper, how, { env }).catch(() => undefined);
    else if (!ended) child.kill("SIGTERM");
    await Promise.race([gone, pause(STOP_LIMIT_MS, undefined, { ref: false })]);
    if (!ended) child.kill("SIGKILL");
    await gone;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  for (const port of ports) {
    for (const end = performance.now() + START_LIMIT_MS; !(await answers(port)); await pause(50)) {
      if (!ended && performance.now() < end) continue;
      await stop();
      throw new Error(`${program} did not answer on port ${port}. test/peers/install.sh brings it. It printed:\n${printed}`);
    }
  }
  return { stop };
}
