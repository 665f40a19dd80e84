// Expands what came from outside in a thread of its own, with a deadline and a limit of memory: whatever a file does, pages go on.
import { Worker } from "node:worker_threads";
import { AppError } from "../../lib/errors.ts";
import type { CalendarWindow, Expansion } from "./calendar-event.ts";
import type { WorkerAnswer, WorkerTask } from "./worker.ts";

/** The longest text that is looked at, in characters: a year of a very full calendar is a tenth of it. */
export const LONGEST_CALENDAR = 20_000_000;

/** Three times what 5,000 events take; whoever waits for an answer should not wait longer. */
const DEADLINE_MS = 1_400;
const MEMORY_MB = 384;
/** Threads at once; further calendars wait their turn. */
const MOST_AT_ONCE = 2;
const MOST_WAITING = 50;

// Beside this file when the sources run as they are; beside the other parts when they were joined (scripts/build.ts).
const workerFile = new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./calendar-worker.js", import.meta.url);

const waiting: (() => void)[] = [];
let busy = 0;

async function takeTurn(): Promise<void> {
  if (busy < MOST_AT_ONCE) {
    busy += 1;
    return;
  }
  if (waiting.length >= MOST_WAITING)
    throw new AppError("unavailable", "Too many calendars are being read at the moment. Try again in a minute.");
  await new Promise<void>((mine) => waiting.push(mine));
}

/** Hands the turn on, or gives it back. */
function endTurn(): void {
  const next = waiting.shift();
  if (next) next();
  else busy -= 1;
}

function tooLong(): AppError {
  return new AppError(
    "invalid",
    `This calendar is larger than ${LONGEST_CALENDAR / 1_000_000} MB, which no calendar of a person is. Export a shorter time; nothing was read from it.`,
  );
}

function tooSlow(deadlineMs: number): AppError {
  const seconds = Math.round(deadlineMs / 100) / 10;
  return new AppError(
    "unavailable",
    `This calendar could not be expanded within ${seconds} seconds; nothing was read from it. Choose a shorter time. If that does not help, it may hold rules made to take forever.`,
  );
}

function outOfMemory(cause: unknown): AppError {
  return new AppError("unavailable", "This calendar takes more memory than it may have; nothing was read from it.", { cause });
}

function runWorker(task: WorkerTask, deadlineMs: number): Promise<Expansion> {
  const worker = new Worker(workerFile, {
    workerData: task,
    // A worker inherits flags such as --test, which are nothing for it.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
  });
  return new Promise<Expansion>((resolve, reject) => {
    const timer = setTimeout(() => reject(tooSlow(deadlineMs)), deadlineMs);
    worker.once("message", (answer: WorkerAnswer) => {
      if ("refused" in answer) reject(new AppError("invalid", answer.refused));
      else resolve(JSON.parse(answer.expansion) as Expansion);
    });
    worker.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? outOfMemory(error) : error),
    );
    worker.once("exit", () => reject(new AppError("unavailable", "The calendar could not be expanded. Try again.")));
    worker.once("exit", () => clearTimeout(timer));
  }).finally(() => void worker.terminate());
}

/**
 * Expands the text of a calendar in a window, in a thread of its own; the answer is that of `expandCalendar` (expand.ts). `deadlineMs` counts from
 * the start of the thread, which itself takes about 0.1 s. What nobody waits for may be given more. Throws AppError `invalid` for a text of over 20 million characters
 * or a window with over 100,000 events, `unavailable` when time or memory run out.
 */
export async function expandInWorker(
  text: string,
  { from, to, zone }: CalendarWindow,
  { deadlineMs = DEADLINE_MS }: { readonly deadlineMs?: number } = {},
): Promise<Expansion> {
  if (text.length > LONGEST_CALENDAR) throw tooLong();
  await takeTurn();
  try {
    return await runWorker({ text, from: from.toString(), to: to.toString(), zone }, deadlineMs);
  } finally {
    endTurn();
  }
}
