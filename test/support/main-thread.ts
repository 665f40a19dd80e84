import type { Page } from "playwright-core";

/** What Chromium counts on a page's main thread. */
export interface MainThread {
  /** Milliseconds of work (scripts, style, layout, paint) that the main thread has done so far; waiting does not count. */
  workMs(): Promise<number>;
}

/** Asks Chromium how much its main thread worked. CPU time, so that other programs on the machine do not count. */
export async function watchMainThread(page: Page): Promise<MainThread> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return {
    async workMs() {
      const { metrics } = await session.send("Performance.getMetrics");
      return 1_000 * (metrics.find((one) => one.name === "TaskDuration")?.value ?? Number.NaN);
    },
  };
}

/** The value in the middle, of an odd or even number of them. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
