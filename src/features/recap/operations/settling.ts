import type { OwnerId } from "../../../lib/ids.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import { putCommitment, putOpenQuestion, removeCommitment, removeOpenQuestion } from "../../commitments/index.ts";
import type { Meeting } from "../../meetings/index.ts";
import { dropEntry, keepEntry } from "../../record/index.ts";
import { isAction } from "../rules.ts";
import type { RecapLineTable } from "../schema.ts";
import { linkLine, listLines, listNotes, listRemovedLines } from "../store.ts";

interface Place {
  readonly tx: Tx;
  readonly owner: OwnerId;
  readonly now: Temporal.Instant;
  readonly meeting: Meeting;
  /** False for a recap kept without sending: what came of it is the owner's alone. */
  readonly isShared: boolean;
}

/** Takes back what a line became before its words or its part changed; what has had a life of its own since stays. */
async function takeBack(
  { tx, owner }: Place,
  line: RecapLineTable,
  keep: "commitment" | "question" | "decision" | "nothing",
): Promise<void> {
  if (line.commitment_id && keep !== "commitment") await removeCommitment(tx, owner, line.commitment_id);
  if (line.open_question_id && keep !== "question") await removeOpenQuestion(tx, owner, line.open_question_id);
  if (keep !== "decision") await dropEntry(tx, owner, line.id);
}

async function settleDecision(place: Place, line: RecapLineTable): Promise<void> {
  const { tx, owner, now, meeting } = place;
  await takeBack(place, line, "decision");
  const happenedAt = Temporal.Instant.from(meeting.startsAt);
  await keepEntry(tx, owner, now, {
    id: line.id,
    source: "decision",
    kind: null,
    text: line.text,
    happenedAt,
    meetingId: meeting.id,
    personId: meeting.personId,
  });
  await linkLine(tx, owner, line.id, { commitment_id: null, open_question_id: null });
}

async function settleAction(place: Place, line: RecapLineTable): Promise<void> {
  const { tx, owner, now, meeting, isShared } = place;
  await takeBack(place, line, "commitment");
  const side = line.part === "my_action" ? "mine" : "theirs";
  const text = line.who ? `${line.who}: ${line.text}` : line.text;
  const facts = {
    id: line.commitment_id,
    personId: meeting.personId,
    meetingId: meeting.id,
    side,
    text,
    dueOn: line.due_on,
    isShared,
  } as const;
  await linkLine(tx, owner, line.id, { commitment_id: await putCommitment(tx, owner, now, facts), open_question_id: null });
}

async function settleQuestion(place: Place, line: RecapLineTable): Promise<void> {
  const { tx, owner, now, meeting, isShared } = place;
  await takeBack(place, line, "question");
  const facts = { id: line.open_question_id, personId: meeting.personId, meetingId: meeting.id, text: line.text, isShared };
  await linkLine(tx, owner, line.id, { commitment_id: null, open_question_id: await putOpenQuestion(tx, owner, now, facts) });
}

async function settleLine(place: Place, line: RecapLineTable): Promise<void> {
  if (line.part === "decision") return settleDecision(place, line);
  return isAction(line.part) ? settleAction(place, line) : settleQuestion(place, line);
}

/** A note that became a line word for word stands in the record once: as what it became. */
async function clearTwins({ tx, owner, now, meeting }: Place, lines: readonly RecapLineTable[]): Promise<void> {
  const lineOf = new Map(lines.map((line) => [line.note_id, line]));
  for (const note of await listNotes(tx, owner, meeting.id)) {
    const line = lineOf.get(note.id);
    if (line?.text === note.text) await dropEntry(tx, owner, note.id);
    else if (note.part !== "note") {
      const happenedAt = Temporal.Instant.from(note.noted_at);
      await keepEntry(tx, owner, now, {
        id: note.id,
        source: "note",
        kind: note.part,
        text: note.text,
        happenedAt,
        meetingId: meeting.id,
        personId: meeting.personId,
      });
    }
  }
}

/**
 * Carries the lines of a recap over into the record and the ledgers: decisions, commitments of both sides (S47), open
 * questions. Done again after a change it corrects what it made before, and never makes anything twice. `isShared` says whether
 * the recap was approved for the other person's eyes, or kept without sending.
 */
export async function settle(tx: Tx, owner: OwnerId, now: Temporal.Instant, meeting: Meeting, isShared: boolean): Promise<void> {
  const place = { tx, owner, now, meeting, isShared };
  for (const line of await listRemovedLines(tx, owner, meeting.id)) {
    await takeBack(place, line, "nothing");
    await linkLine(tx, owner, line.id, { commitment_id: null, open_question_id: null });
  }
  const lines = await listLines(tx, owner, meeting.id);
  for (const line of lines) await settleLine(place, line);
  await clearTwins(place, lines);
}
