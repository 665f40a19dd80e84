// The thread in which a calendar of unknown origin is expanded, so that nothing else has to wait for it (expand-in-worker.ts).
import { enableCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { AppError } from "../../lib/errors.ts";
import type { Expansion } from "./calendar-event.ts";

enableCompileCache();

/** What the thread is handed: Temporal does not travel between threads. */
export interface WorkerTask {
  readonly text: string;
  readonly from: string;
  readonly to: string;
  readonly zone: string | undefined;
}

/** What it sends back; an expansion as JSON, which travels faster than 10,000 objects. */
export type WorkerAnswer = { readonly expansion: string } | { readonly refused: string };

const { expandCalendar } = await import("./expand.ts");

function answerTo({ text, from, to, zone }: WorkerTask): WorkerAnswer {
  try {
    const window = { from: Temporal.Instant.from(from), to: Temporal.Instant.from(to), zone };
    const expansion: Expansion = expandCalendar(text, window);
    return { expansion: JSON.stringify(expansion) };
  } catch (error) {
    if (error instanceof AppError) return { refused: error.message };
    throw error;
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has one parent, not a window of some origin
parentPort?.postMessage(answerTo(workerData as WorkerTask));
