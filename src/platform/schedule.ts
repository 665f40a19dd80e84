import type { Log } from "./log.ts";

/** One recurring piece of work of this process. */
export interface Job {
  readonly name: string;
  readonly everySeconds: number;
  run(): Promise<unknown>;
}

export interface Schedule {
  /** Runs every job once, now: after the clock was moved by hand, and in tests. */
  runAll(): Promise<void>;
  /** Stops the timers and waits for the jobs that are running. */
  stop(): Promise<void>;
}

/**
 * Starts every job at once and then at its interval, counted from the end of the run before: a slow run never overlaps itself.
 * A job that fails is logged and tried again at its next turn.
 */
export function startSchedule(jobs: readonly Job[], log: Log): Schedule {
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Map<string, Promise<void>>();
  let stopped = false;

  async function runOnce(job: Job): Promise<void> {
    try {
      await job.run();
    } catch (error) {
      log.error({ err: error, job: job.name }, "A recurring job failed");
    }
  }

  function run(job: Job): Promise<void> {
    const before = running.get(job.name) ?? Promise.resolve();
    const turn = before.then(() => (stopped ? undefined : runOnce(job)));
    running.set(job.name, turn);
    return turn;
  }

  function plan(job: Job, delaySeconds: number): void {
    const timer = setTimeout(() => {
      void run(job).then(() => (stopped ? undefined : plan(job, job.everySeconds)));
    }, delaySeconds * 1_000);
    timers.set(job.name, timer);
  }

  for (const job of jobs) plan(job, 0);
  return {
    async runAll() {
      for (const job of jobs) await run(job);
    },
    async stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(running.values());
    },
  };
}
