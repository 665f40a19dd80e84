import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

const RunningServer = z.object({ url: z.url(), pid: z.number().int(), startedAt: z.string() });

/** The server that works on a data folder, as it wrote itself down. */
export type RunningServer = z.infer<typeof RunningServer>;

function fileIn(dataFolder: string): string {
  return join(dataFolder, "server.json");
}

/** Notes the address for the CLI and for assistants. Readable by the owner of the folder only. */
export function writeRunningServer(dataFolder: string, server: RunningServer): void {
  writeFileSync(fileIn(dataFolder), `${JSON.stringify(server)}\n`, { mode: 0o600 });
}

/** Removes the note, unless another server has taken the folder over since. */
export function removeRunningServer(dataFolder: string, pid: number): void {
  if (readRunningServer(dataFolder)?.pid === pid) rmSync(fileIn(dataFolder), { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The server that is running on this folder, or undefined: a note whose process is gone (after a crash) counts for nothing. */
export function readRunningServer(dataFolder: string): RunningServer | undefined {
  let text: string;
  try {
    text = readFileSync(fileIn(dataFolder), "utf8");
  } catch {
    return undefined;
  }
  try {
    const server = RunningServer.parse(JSON.parse(text));
    return isAlive(server.pid) ? server : undefined;
  } catch {
    return undefined;
  }
}
