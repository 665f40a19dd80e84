import { AppError, notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { readOperation, writeOperation } from "../../../platform/operation.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import { answerQuestion, noteConfirmed, renegotiateCommitment, showCommitment } from "../../commitments/index.ts";
import { toAnswer } from "../rules.ts";
import { Answer, AnswerId, Answers, ListInput } from "../schema.ts";
import { acceptedAmong, countWaiting, listAnswerRows, readAnswer, setBecame, updateWaiting } from "../store.ts";

/** The answer, or AppError `not_found`: also when it is somebody else's. */
export async function requireAnswer(db: Db, owner: OwnerId, id: string): Promise<Answer> {
  const row = await readAnswer(db, owner, id);
  if (!row) throw notFound("This answer");
  return toAnswer(row);
}

/** How many answers wait for their owner, by meeting. */
export async function waitingAnswers(
  db: Db,
  owner: OwnerId,
): Promise<{ readonly meetingId: string; readonly personId: string; readonly count: number }[]> {
  const rows = await countWaiting(db, owner);
  return rows.map(({ meeting_id, person_id, waiting }) => ({
    meetingId: meeting_id,
    personId: person_id,
    count: waiting,
  }));
}

/** Which of these items of an agenda the other person asked for: an item made from an answer has the answer's id. */
export function askedForAmong(db: Db, owner: OwnerId, itemIds: readonly string[]): Promise<Set<string>> {
  return acceptedAmong(db, owner, itemIds);
}

/**
 * Marks an answer as used. `became` is the item or note that came of it. Throws `conflict` when its sender is not sure yet or when it
 * was declined. False when it was accepted before, also by another window at the same moment: then nothing is to be done twice.
 */
export async function acceptOnce(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  became: string | null,
): Promise<boolean> {
  const answer = await requireAnswer(tx, owner, id);
  if (answer.state === "unverified")
    throw new AppError("conflict", "It is not sure who wrote this. Say first that it is from them, or leave it.");
  if (answer.state === "declined") throw new AppError("conflict", "You left this answer aside before.");
  return (await updateWaiting(tx, owner, id, { accepted_at: instantText(now), became_id: became })) !== undefined;
}

async function takeForCommitment(tx: Tx, owner: OwnerId, now: Temporal.Instant, answer: Answer, id: string): Promise<void> {
  const context = { owner, tx, now };
  if (answer.kind === "confirmation") return noteConfirmed(tx, owner, Temporal.Instant.from(answer.receivedAt), id);
  const present = await showCommitment.run({ owner, db: tx, now }, { id });
  if (answer.kind === "more_time") {
    await renegotiateCommitment.run(context, { id, dueOn: answer.namedOn ?? undefined, note: answer.text });
    return;
  }
  if (answer.kind !== "correction") return;
  const text = answer.text === "" ? present.text : answer.text;
  await renegotiateCommitment.run(context, { id, dueOn: answer.namedOn ?? present.dueOn ?? undefined, note: "", text });
}

/**
 * Takes an answer over: a correction or more time into the ledger with its history (the earlier words and day stay there), a yes with
 * its date, words to an open question as its answer; anything else is kept as it is. A topic becomes an item in `agenda`.
 */
export async function acceptPlain(tx: Tx, owner: OwnerId, now: Temporal.Instant, answer: Answer): Promise<void> {
  if (!(await acceptOnce(tx, owner, now, answer.id, null))) return;
  const { about } = answer;
  if (about?.kind === "commitment") await takeForCommitment(tx, owner, now, answer, about.id);
  if (about?.kind === "question" && answer.kind === "reply")
    await answerQuestion.run({ owner, tx, now }, { id: about.id, answer: answer.text });
}

export const listAnswers = readOperation({
  name: "answers.list",
  summary: "List what the other person said to your agendas and recaps, oldest first",
  input: ListInput,
  output: Answers,
  assistant: true,
  examples: [{ waiting: true }],
  async run({ owner, db }, filter) {
    return { answers: (await listAnswerRows(db, owner, filter)).map(toAnswer) };
  },
});

export const declineAnswer = writeOperation({
  name: "answers.decline",
  summary: "Leave an answer aside: it stays readable and changes nothing",
  input: AnswerId,
  output: Answer,
  async run({ owner, tx, now }, { id }) {
    const answer = await requireAnswer(tx, owner, id);
    if (answer.state === "accepted") throw new AppError("conflict", "You took this answer over already.");
    await updateWaiting(tx, owner, id, { declined_at: instantText(now) });
    return requireAnswer(tx, owner, id);
  },
});

export const verifyAnswer = writeOperation({
  name: "answers.verify",
  summary: "Say that an answer is really from this person, when the program could not be sure of its sender",
  input: AnswerId,
  output: Answer,
  async run({ owner, tx, now }, { id }) {
    const answer = await requireAnswer(tx, owner, id);
    const isOpen = answer.state === "unverified";
    if (isOpen) await updateWaiting(tx, owner, id, { verified_at: instantText(now) });
    return requireAnswer(tx, owner, id);
  },
});

/** Notes what was made of an accepted answer later, such as a note for the recap. False when something was made of it before. */
export function noteBecame(tx: Tx, owner: OwnerId, id: string, becameId: string): Promise<boolean> {
  return setBecame(tx, owner, id, becameId);
}
