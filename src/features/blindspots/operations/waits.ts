import * as z from "zod";
import { dayIn } from "../../../lib/dates.ts";
import { notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { readOperation, writeOperation } from "../../../platform/operation.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import { readOwner } from "../../account/index.ts";
import { askedAgainOn, isDue, proposalsFrom } from "../rules/waits.ts";
import { type WaitProposal, Waits, waits, WaitsInput } from "../schema.ts";
import { keepAnswer, keepCheck, listAnswers, listChecks, markAnswer, readAnswer, readLatestCheck } from "../store/waits.ts";

async function todayOf(db: Db, owner: OwnerId, now: Temporal.Instant): Promise<string> {
  return dayIn((await readOwner(db, owner)).zone, now).toString();
}

/** What a yes proposes for the next agenda, each once (S1). */
export async function waitProposals(db: Db, owner: OwnerId): Promise<WaitProposal[]> {
  const [latest] = await listChecks(db, owner);
  return latest ? proposalsFrom(await listAnswers(db, owner, [latest.id])) : [];
}

/** Whether the four questions are to be asked now: at the start, and each quarter. */
export async function waitsAreDue(db: Db, owner: OwnerId, now: Temporal.Instant): Promise<boolean> {
  return isDue(await readLatestCheck(db, owner), await todayOf(db, owner, now));
}

/** Takes a proposal for an agenda, once: undefined when it was taken or put aside already. Throws AppError `not_found`. */
export async function takeWait(tx: Tx, owner: OwnerId, now: Temporal.Instant, id: string): Promise<WaitProposal | undefined> {
  const row = await readAnswer(tx, owner, id);
  if (!row) throw notFound("This proposal");
  const [proposal] = proposalsFrom([row]);
  if (proposal) await markAnswer(tx, owner, id, { taken_at: instantText(now) });
  return proposal;
}

async function lookAt(db: Db, owner: OwnerId, now: Temporal.Instant): Promise<Waits> {
  const today = await todayOf(db, owner, now);
  const latest = await readLatestCheck(db, owner);
  const checks = await listChecks(db, owner);
  const answers = await listAnswers(
    db,
    owner,
    checks.map((check) => check.id),
  );
  return {
    isDue: isDue(latest, today),
    nextOn: askedAgainOn(latest),
    checks: checks.map((check) => ({
      checkedOn: check.checked_on,
      answers: waits.flatMap((wait) =>
        answers
          .filter((one) => one.check_id === check.id && one.wait === wait)
          .map(({ id, answer, answered_at }) => ({ id, wait, answer, answeredAt: answered_at })),
      ),
    })),
    proposals: proposalsFrom(answers.filter((one) => one.check_id === checks[0]?.id)),
  };
}

export const showWaits = readOperation({
  name: "waits.show",
  summary: "Show the four-waits check: what you answered when, what it proposes, and when it is asked again",
  input: z.object({}),
  output: Waits,
  assistant: true,
  run: ({ owner, db, now }) => lookAt(db, owner, now),
});

export const answerWaits = writeOperation({
  name: "waits.answer",
  summary:
    "Are you waiting to be asked, to be noticed, to be known as ready, to be unstuck? Each yes proposes a line for the next agenda",
  input: WaitsInput,
  output: Waits,
  assistant: true,
  examples: [{ asked: "no", noticed: "yes", ready: "no", unstuck: "no" }],
  async run({ owner, tx, now }, input) {
    const on = await todayOf(tx, owner, now);
    const check = await keepCheck(tx, owner, now, on, { answered_at: instantText(now), skipped_at: null });
    for (const wait of waits) await keepAnswer(tx, owner, now, { checkId: check.id, wait, answer: input[wait] });
    return lookAt(tx, owner, now);
  },
});

export const skipWaits = writeOperation({
  name: "waits.skip",
  summary: "Not now: the four questions come again in a quarter",
  input: z.object({}),
  output: Waits,
  async run({ owner, tx, now }) {
    const on = await todayOf(tx, owner, now);
    await keepCheck(tx, owner, now, on, { skipped_at: instantText(now) });
    return lookAt(tx, owner, now);
  },
});

export const dismissWait = writeOperation({
  name: "waits.dismiss",
  summary: "Put the proposal of a yes aside; with open: true it is proposed again",
  input: z.object({ id: z.string(), open: z.boolean().default(false).describe("true: propose it again") }),
  output: Waits,
  async run({ owner, tx, now }, { id, open }) {
    if (!(await readAnswer(tx, owner, id))) throw notFound("This proposal");
    await markAnswer(tx, owner, id, { dismissed_at: open ? null : instantText(now) });
    return lookAt(tx, owner, now);
  },
});
