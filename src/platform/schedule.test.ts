import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { silentLog } from "./log.ts";
import { startSchedule } from "./schedule.ts";

test("a job runs at the start and again at its interval, and never overlaps itself", async () => {
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
    },
  };
  const schedule = startSchedule([job], silentLog);
  await Promise.all([schedule.runAll(), schedule.runAll(), pause(120)]);
  await schedule.stop();
  assert.ok(runs >= 3, `ran ${runs} times`);
  assert.equal(most, 1);
});

test("a job that fails is tried again, and stops with the schedule", async () => {
  let runs = 0;
  const schedule = startSchedule(
    [
      {
        name: "failing",
        everySeconds: 0.005,
        run: async () => {
          runs += 1;
          throw new Error("no");
        },
      },
    ],
    silentLog,
  );
  await pause(60);
  await schedule.stop();
  assert.ok(runs >= 2);
  const atStop = runs;
  await pause(30);
  assert.equal(runs, atStop);
});
