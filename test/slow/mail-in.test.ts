import { test } from "node:test";
import { fuzzMails } from "../support/mail-fuzz.ts";
import { runSeed } from "../support/seed.ts";

const MAILS = 100_000;

test("100,000 mails that were changed at random are read without an error and without holding anybody up", async (context) => {
  const seed = runSeed();
  // Before the run, so that it is known also when the process does not survive.
  context.diagnostic(`seed ${seed} (TEST_SEED=${seed} runs it again)`);
  const { slowest } = await fuzzMails(seed, MAILS);
  context.diagnostic(`${MAILS} mails, the slowest took ${Math.round(slowest)} ms`);
});
