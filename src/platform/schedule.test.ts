import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { silentLog } from "./log.ts";
import { startSchedule } from "./schedule.ts";

test("a job runs at the start and again at its interval, and never overlaps itself", async () => {
  const { promise: fifth, resolve: enough } = Promise.withResolvers<void>();
  let active = 0;
  let most = 0;
  let runs = 0;
  const job = {
    name: "slow",
    everySeconds: 0.01,
    async run() {
      active += 1;
      most = Math.max(most, active);
      await pause(15);
      active -= 1;
      runs += 1;
      if (runs === 5) enough();
    },
  };
  const schedule = startSchedule([job], silentLog);
  // Three runs are asked for; two more come from the interval alone.
  await Promise.all([schedule.runAll(), schedule.runAll(), fifth]);
  await schedule.stop();
  assert.equal(most, 1);
});

test("a job that fails is tried again, and stops with the schedule", async () => {
  const { promise: second, resolve: again } = Promise.withResolvers<void>();
  let runs = 0;
  const schedule = startSchedule(
    [
      {
        name: "failing",
        everySeconds: 0.005,
        run: async () => {
          runs += 1;
          if (runs === 2) again();
          throw new Error("no");
        },
      },
    ],
    silentLog,
  );
  await second;
  await schedule.stop();
  const atStop = runs;
  await pause(30);
  assert.equal(runs, atStop);
});
