import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import { dropEntry, keepEntry } from "../../record/index.ts";
import { toCommitment, toQuestion } from "../rules.ts";
import type { Commitment, CommitmentTable, OpenQuestion, OpenQuestionTable, Side } from "../schema.ts";
import {
  deleteCommitment,
  deleteQuestion,
  insertCommitment,
  insertEvent,
  insertQuestion,
  listCommitmentRows,
  listEventRows,
  listQuestionRows,
  readCommitmentRow,
  readQuestionRow,
  updateCommitment,
  updateOpenedEvent,
  updateQuestion,
} from "../store.ts";

/** Everything between the owner and one person that is neither kept, dropped nor answered; oldest first. */
export async function openFor(
  db: Db,
  owner: OwnerId,
  personId: string,
): Promise<{ mine: Commitment[]; theirs: Commitment[]; questions: OpenQuestion[] }> {
  const filter = { open: true, personId };
  const commitments = (await listCommitmentRows(db, owner, filter)).map(toCommitment);
  const questions = (await listQuestionRows(db, owner, filter)).map(toQuestion);
  return {
    mine: commitments.filter((one) => one.side === "mine"),
    theirs: commitments.filter((one) => one.side === "theirs"),
    questions,
  };
}

/** The record's entry follows the ledger's row: same id, same words. */
export async function recordCommitment(tx: Tx, owner: OwnerId, now: Temporal.Instant, row: CommitmentTable): Promise<void> {
  await keepEntry(tx, owner, now, {
    id: row.id,
    source: row.side === "mine" ? "my_action" : "manager_commitment",
    kind: toCommitment(row).state,
    text: row.text,
    happenedAt: Temporal.Instant.from(row.opened_at),
    meetingId: row.meeting_id,
    personId: row.person_id,
  });
}

export async function recordQuestion(tx: Tx, owner: OwnerId, now: Temporal.Instant, row: OpenQuestionTable): Promise<void> {
  await keepEntry(tx, owner, now, {
    id: row.id,
    source: "open_question",
    kind: row.answered_at ? "answered" : row.dropped_at ? "dropped" : "open",
    text: row.answer ? `${row.text}\n\n${row.answer}` : row.text,
    happenedAt: Temporal.Instant.from(row.opened_at),
    meetingId: row.meeting_id,
    personId: row.person_id,
  });
}

interface CommitmentFacts {
  readonly id?: string | null;
  readonly personId: string;
  readonly meetingId: string | null;
  readonly side: Side;
  readonly text: string;
  readonly dueOn: string | null;
  /** True when its owner approved it in words for this person (S31): only then may it stand in a mail again by itself. */
  readonly isShared: boolean;
}

async function isUntouched(tx: Tx, owner: OwnerId, id: string): Promise<boolean> {
  return (await listEventRows(tx, owner, [id])).every((event) => event.happening === "opened");
}

/**
 * Opens a commitment, or corrects the one with this id while nothing has happened to it; one that was kept, dropped or
 * renegotiated stays as it is. Gives the id. The record follows.
 */
export async function putCommitment(tx: Tx, owner: OwnerId, now: Temporal.Instant, facts: CommitmentFacts): Promise<string> {
  const present = facts.id ? await readCommitmentRow(tx, owner, facts.id) : undefined;
  if (!present) {
    const row = await insertCommitment(tx, owner, now, {
      person_id: facts.personId,
      meeting_id: facts.meetingId,
      side: facts.side,
      text: facts.text,
      due_on: facts.dueOn,
      shared_at: facts.isShared ? instantText(now) : null,
    });
    await insertEvent(tx, owner, now, { commitment_id: row.id, happening: "opened", due_on: row.due_on, note: "" });
    await recordCommitment(tx, owner, now, row);
    return row.id;
  }
  if (!(await isUntouched(tx, owner, present.id))) return present.id;
  const row = await updateCommitment(tx, owner, now, present.id, {
    side: facts.side,
    text: facts.text,
    due_on: facts.dueOn,
    shared_at: facts.isShared ? (present.shared_at ?? instantText(now)) : null,
  });
  await updateOpenedEvent(tx, owner, present.id, facts.dueOn);
  if (row) await recordCommitment(tx, owner, now, row);
  return present.id;
}

interface QuestionFacts {
  readonly id?: string | null;
  readonly personId: string;
  readonly meetingId: string | null;
  readonly text: string;
  /** As for a commitment. */
  readonly isShared: boolean;
}

/** Opens a question, or corrects the words of the one with this id while it is open. Gives the id. The record follows. */
export async function putOpenQuestion(tx: Tx, owner: OwnerId, now: Temporal.Instant, facts: QuestionFacts): Promise<string> {
  const present = facts.id ? await readQuestionRow(tx, owner, facts.id) : undefined;
  if (present && (present.answered_at || present.dropped_at)) return present.id;
  const { personId, meetingId, text } = facts;
  const shared_at = facts.isShared ? (present?.shared_at ?? instantText(now)) : null;
  const row = present
    ? await updateQuestion(tx, owner, now, present.id, { text, shared_at })
    : await insertQuestion(tx, owner, now, { person_id: personId, meeting_id: meetingId, text, shared_at });
  if (!row) throw new Error("An open question vanished within its own transaction.");
  await recordQuestion(tx, owner, now, row);
  return row.id;
}

/** Takes a commitment back as if it had never been written; one with a history stays. */
export async function removeCommitment(tx: Tx, owner: OwnerId, id: string): Promise<void> {
  if (!(await readCommitmentRow(tx, owner, id)) || !(await isUntouched(tx, owner, id))) return;
  await deleteCommitment(tx, owner, id);
  await dropEntry(tx, owner, id);
}

/** Takes an open question back as if it had never been written; an answered or dropped one stays. */
export async function removeOpenQuestion(tx: Tx, owner: OwnerId, id: string): Promise<void> {
  const row = await readQuestionRow(tx, owner, id);
  if (!row || row.answered_at || row.dropped_at) return;
  await deleteQuestion(tx, owner, id);
  await dropEntry(tx, owner, id);
}
