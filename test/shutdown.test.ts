import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const LIMIT_MS = 20_000;

async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = performance.now() + LIMIT_MS; performance.now() < end; await pause(50)) if (holds()) return;
  assert.fail(`${what} did not happen within ${LIMIT_MS / 1_000} s`);
}

// POSIX only: it is about shells and signals.
test("a SIGTERM to npm, which never reaches the server, still shuts it down cleanly", async () => {
  const folder = mkdtempSync(join(tmpdir(), "throughline-shutdown-"));
  const note = join(folder, "data", "server.json");
  // As npm runs it: a shell that stays, with the server below.
  const shell = spawn("/bin/sh", ["-c", `"${process.execPath}" .cache/program/main.js serve; true`], {
    cwd: root,
    stdio: "ignore",
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      THROUGHLINE_DATA: join(folder, "data"),
      THROUGHLINE_CONFIG: join(folder, "config"),
      PORT: "0",
      npm_lifecycle_event: "start",
    },
  });
  try {
    await until("the start", () => existsSync(note));
    shell.kill("SIGKILL");
    // The note is taken away by a clean shutdown alone; a killed server leaves it behind.
    await until("the clean shutdown", () => !existsSync(note));
  } finally {
    shell.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
});
