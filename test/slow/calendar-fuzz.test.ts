import { test } from "node:test";
import { fuzzCalendars } from "../support/calendar-fuzz.ts";
import { runSeed } from "../support/seed.ts";

const CALENDARS = 100_000;
const seed = runSeed();

test(`${CALENDARS.toLocaleString("en")} damaged calendars do not crash, hang or cost an event that was whole`, (context) => {
  context.diagnostic(`seed ${seed}: give it again with TEST_SEED=${seed}`);
  const { slowestMs } = fuzzCalendars(CALENDARS, seed);
  context.diagnostic(`the slowest took ${Math.round(slowestMs)} ms`);
});
