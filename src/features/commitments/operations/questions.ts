import { AppError, notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { readOperation, writeOperation } from "../../../platform/operation.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import { requirePerson } from "../../people/index.ts";
import { toQuestion } from "../rules.ts";
import { AddQuestionInput, AnswerInput, CommitmentId, OpenQuestion, type OpenQuestionTable } from "../schema.ts";
import { readQuestionRow, updateQuestion } from "../store.ts";
import { putOpenQuestion, recordQuestion } from "./keeping.ts";

async function requireQuestion(db: Db, owner: OwnerId, id: string): Promise<OpenQuestionTable> {
  const row = await readQuestionRow(db, owner, id);
  if (!row) throw notFound("This question");
  return row;
}

type Changes = Partial<Pick<OpenQuestionTable, "answer" | "answered_at" | "dropped_at">>;

async function change(tx: Tx, owner: OwnerId, now: Temporal.Instant, id: string, changes: Changes): Promise<OpenQuestion> {
  const row = await updateQuestion(tx, owner, now, id, changes);
  if (!row) throw notFound("This question");
  await recordQuestion(tx, owner, now, row);
  return toQuestion(row);
}

export const showQuestion = readOperation({
  name: "commitments.showQuestion",
  summary: "Show one open or closed question",
  input: CommitmentId,
  output: OpenQuestion,
  assistant: true,
  async run({ owner, db }, { id }) {
    return toQuestion(await requireQuestion(db, owner, id));
  },
});

export const addQuestion = writeOperation({
  name: "commitments.addQuestion",
  summary: "Write down a question that is open between you and a person",
  input: AddQuestionInput,
  output: OpenQuestion,
  assistant: true,
  async run({ owner, tx, now }, { personId, text }) {
    await requirePerson(tx, owner, personId);
    return toQuestion(
      await requireQuestion(
        tx,
        owner,
        await putOpenQuestion(tx, owner, now, { personId, meetingId: null, text, isShared: false }),
      ),
    );
  },
});

export const answerQuestion = writeOperation({
  name: "commitments.answerQuestion",
  summary: "Note that an open question was answered, and how",
  input: AnswerInput,
  output: OpenQuestion,
  assistant: true,
  async run({ owner, tx, now }, { id, answer }) {
    const present = await requireQuestion(tx, owner, id);
    if (present.dropped_at) throw new AppError("conflict", "This question was dropped. Open it again first.");
    return change(tx, owner, now, id, { answer: answer || present.answer, answered_at: present.answered_at ?? instantText(now) });
  },
});

export const dropQuestion = writeOperation({
  name: "commitments.dropQuestion",
  summary: "Note that an open question no longer matters",
  input: CommitmentId,
  output: OpenQuestion,
  assistant: true,
  async run({ owner, tx, now }, { id }) {
    const present = await requireQuestion(tx, owner, id);
    if (present.answered_at) throw new AppError("conflict", "This question was answered. Open it again first.");
    return change(tx, owner, now, id, { dropped_at: present.dropped_at ?? instantText(now) });
  },
});

export const reopenQuestion = writeOperation({
  name: "commitments.reopenQuestion",
  summary: "Open an answered or dropped question again; the answer stays",
  input: CommitmentId,
  output: OpenQuestion,
  assistant: true,
  async run({ owner, tx, now }, { id }) {
    await requireQuestion(tx, owner, id);
    return change(tx, owner, now, id, { answered_at: null, dropped_at: null });
  },
});
