import { randomInt } from "node:crypto";
import { test } from "node:test";
import { fuzzMails } from "../../../test/support/mail-fuzz.ts";

test("mails that were changed at random are read without an error and without holding anybody up", async (context) => {
  const seed = Number(process.env["FUZZ_SEED"] ?? randomInt(2 ** 31));
  context.diagnostic(`seed ${seed} (FUZZ_SEED=${seed} runs it again)`);
  await fuzzMails(seed, 500);
});
