import { AppError, invalidField, notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import { withdrawApproval } from "../../delivery/index.ts";
import type { Meeting } from "../../meetings/index.ts";
import { changesLine } from "../rules.ts";
import type { LineConflict, LineDraft, MeetingNoteTable, RecapLineTable, RecapState } from "../schema.ts";
import { changeLine, insertLine, listUndraftedNotes, readLine, setWaived } from "../store.ts";
import { toLine } from "./reading.ts";

const REFUSALS: Partial<Record<RecapState, string>> = {
  impossible: "This meeting did not take place, so it has no recap. What was open is carried over to the next one.",
  too_early: "The recap can be written once the meeting has begun. Until then, note what comes to mind on the meeting's page.",
  sent: "This recap has gone out, and stays as it was read. What changed since belongs in the commitments or in the next meeting.",
};

/** Refuses what can no longer, or not yet, be written. Throws AppError `conflict`. */
export function requireWritable(state: RecapState): void {
  const refusal = REFUSALS[state];
  if (refusal) throw new AppError("conflict", refusal);
}

/** After a change of the words: what was approved or kept has to be looked at again. */
export async function askAgain(tx: Tx, owner: OwnerId, now: Temporal.Instant, meetingId: string): Promise<void> {
  // The mail may have left between the look and the change: then the words stay as they were sent.
  if ((await withdrawApproval(tx, owner, now, meetingId, "recap")) === "already_sent") requireWritable("sent");
  await setWaived(tx, owner, meetingId, null);
}

function conflict(mine: LineDraft, theirs: RecapLineTable | undefined): AppError {
  const kept = theirs && !theirs.removed_at ? toLine(theirs) : null;
  const details: LineConflict = { mine, theirs: kept };
  const happened = kept ? "was changed" : "was taken out";
  return new AppError(
    "conflict",
    `A line ${happened} in another window after you opened this page. Both versions are shown; nothing is lost.`,
    { details },
  );
}

async function addLine(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  meeting: Meeting,
  draft: LineDraft,
): Promise<RecapLineTable> {
  if (!draft.part) throw invalidField("part", "Say which of the four parts this line belongs to.");
  const facts = { meeting_id: meeting.id, part: draft.part, text: draft.text, who: draft.who ?? "", due_on: draft.dueOn ?? null };
  return (await insertLine(tx, owner, now, { ...facts, note_id: null, prepared_at: instantText(now) })) as RecapLineTable;
}

/**
 * Writes one line: a new one, a change, or its removal when the text is empty. Gives the row when the recap's words
 * changed. Throws `conflict` with both versions when the line is no longer the one that was seen.
 */
export async function writeLine(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  meeting: Meeting,
  draft: LineDraft,
): Promise<RecapLineTable | undefined> {
  if (!draft.id) return draft.text === "" ? undefined : addLine(tx, owner, now, meeting, draft);
  const row = await readLine(tx, owner, draft.id);
  if (!row || row.meeting_id !== meeting.id) throw notFound("This line");
  const isRemoval = draft.text === "";
  if (isRemoval && row.removed_at) return undefined;
  if (!isRemoval && !row.removed_at && !changesLine(row, draft)) return undefined;
  if (row.removed_at || (draft.version !== undefined && draft.version !== row.version)) throw conflict(draft, row);
  const changes = isRemoval
    ? { removed_at: instantText(now) }
    : {
        text: draft.text,
        prepared_at: instantText(now),
        ...(draft.part === undefined ? {} : { part: draft.part }),
        ...(draft.who === undefined ? {} : { who: draft.who }),
        ...(draft.dueOn === undefined ? {} : { due_on: draft.dueOn }),
      };
  const changed = await changeLine(tx, owner, now, row, changes);
  if (!changed) throw conflict(draft, await readLine(tx, owner, row.id));
  return changed;
}

/** Makes a line from a note that belongs in the recap, once. It stays a private draft until its owner keeps it. */
export async function draftLine(tx: Tx, owner: OwnerId, now: Temporal.Instant, note: MeetingNoteTable): Promise<boolean> {
  if (note.part === "note") return false;
  const facts = { meeting_id: note.meeting_id, part: note.part, text: note.text, who: "", due_on: null };
  return (await insertLine(tx, owner, now, { ...facts, note_id: note.id, prepared_at: null })) !== undefined;
}

/** Drafts what was noted and not drafted before. Safe to repeat, and from two processes at once. */
export async function draftFromNotes(tx: Tx, owner: OwnerId, now: Temporal.Instant, meetingId: string): Promise<boolean> {
  let added = false;
  for (const note of await listUndraftedNotes(tx, owner, meetingId)) added = (await draftLine(tx, owner, now, note)) || added;
  return added;
}
