import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { writeOperation } from "../../../platform/operation.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import { notFound } from "../../../lib/errors.ts";
import { type Meeting, noteHeld, useMeeting } from "../../meetings/index.ts";
import { requirePerson } from "../../people/index.ts";
import {
  type LineDraft,
  LineId,
  MeetingId,
  Recap,
  RecapLine,
  type RecapLineTable,
  SaveLineInput,
  SaveRecapInput,
} from "../schema.ts";
import { changeLine, holdRecap, readLine } from "../store.ts";
import { askAgain, draftFromNotes, requireWritable, writeLine } from "./editing.ts";
import { recapOf, situationOf, toLine } from "./reading.ts";

/**
 * The meeting whose recap is about to be written. Whoever writes it says with it that the meeting took place.
 * Locks the recap, so that an approval and an edit at the same moment come one after the other.
 */
export async function requireHeld(tx: Tx, owner: OwnerId, now: Temporal.Instant, meetingId: string): Promise<Meeting> {
  const meeting = await useMeeting(tx, owner, now, meetingId);
  await holdRecap(tx, owner, now, meetingId);
  requireWritable((await situationOf(tx, owner, now, meeting)).state);
  return meeting.state === "held" ? meeting : noteHeld(tx, owner, now, meetingId);
}

async function save(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  meetingId: string,
  drafts: readonly LineDraft[],
): Promise<(RecapLineTable | undefined)[]> {
  const meeting = await requireHeld(tx, owner, now, meetingId);
  const rows: (RecapLineTable | undefined)[] = [];
  for (const draft of drafts) rows.push(await writeLine(tx, owner, now, meeting, draft));
  if (rows.some((row) => row !== undefined)) await askAgain(tx, owner, now, meetingId);
  return rows;
}

async function show(tx: Tx, owner: OwnerId, now: Temporal.Instant, meeting: Meeting): Promise<Recap> {
  return recapOf(tx, owner, now, meeting, await requirePerson(tx, owner, meeting.personId));
}

export const openRecap = writeOperation({
  name: "recap.open",
  summary: "Open the recap of a meeting: marks it as held and drafts lines from what was noted, once",
  input: MeetingId,
  output: Recap,
  assistant: true,
  async run({ owner, tx, now }, { meetingId }) {
    const meeting = await requireHeld(tx, owner, now, meetingId);
    if (await draftFromNotes(tx, owner, now, meetingId)) await askAgain(tx, owner, now, meetingId);
    return show(tx, owner, now, meeting);
  },
});

export const saveRecapLine = writeOperation({
  name: "recap.saveLine",
  summary: "Write or change one line of a recap; an approved recap asks for approval again",
  input: SaveLineInput,
  output: RecapLine,
  assistant: true,
  async run({ owner, tx, now }, { meetingId, ...draft }) {
    const [changed] = await save(tx, owner, now, meetingId, [draft]);
    return toLine(changed ?? ((await readLine(tx, owner, draft.id ?? "")) as RecapLineTable));
  },
});

export const saveRecap = writeOperation({
  name: "recap.save",
  summary: "Save several lines of a recap at once; a line that comes back empty is taken out",
  input: SaveRecapInput,
  output: Recap,
  assistant: true,
  async run({ owner, tx, now }, { meetingId, lines }) {
    await save(tx, owner, now, meetingId, lines);
    return show(tx, owner, now, await useMeeting(tx, owner, now, meetingId));
  },
});

async function setRemoved(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  removedAt: string | null,
): Promise<RecapLineTable> {
  const row = await readLine(tx, owner, id);
  if (!row) throw notFound("This line");
  await requireHeld(tx, owner, now, row.meeting_id);
  if ((row.removed_at === null) === (removedAt === null)) return row;
  await askAgain(tx, owner, now, row.meeting_id);
  return (await changeLine(tx, owner, now, row, { removed_at: removedAt })) ?? setRemoved(tx, owner, now, id, removedAt);
}

export const removeRecapLine = writeOperation({
  name: "recap.removeLine",
  summary: "Take a line out of a recap; it can be put back",
  input: LineId,
  output: RecapLine,
  assistant: true,
  run: async ({ owner, tx, now }, { id }) => toLine(await setRemoved(tx, owner, now, id, instantText(now))),
});

export const restoreRecapLine = writeOperation({
  name: "recap.restoreLine",
  summary: "Put a line back that was taken out of a recap",
  input: LineId,
  output: RecapLine,
  run: async ({ owner, tx, now }, { id }) => toLine(await setRemoved(tx, owner, now, id, null)),
});
