import { AppError, notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { writeOperation } from "../../../platform/operation.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import { requireItemOf } from "../../agenda/index.ts";
import { type Meeting, useMeeting } from "../../meetings/index.ts";
import { dropEntry, keepEntry } from "../../record/index.ts";
import { MeetingNote, type MeetingNoteTable, NoteId, NoteInput } from "../schema.ts";
import { changeLine, insertNote, readNote, readRecap, readReplacement, readUntouchedDraft, setNoteAside } from "../store.ts";
import { draftFromNotes } from "./editing.ts";
import { situationOf, toNote } from "./reading.ts";

async function record(tx: Tx, owner: OwnerId, now: Temporal.Instant, meeting: Meeting, note: MeetingNoteTable): Promise<void> {
  const { id, text, part } = note;
  const happenedAt = Temporal.Instant.from(note.noted_at);
  await keepEntry(tx, owner, now, {
    id,
    source: "note",
    kind: part,
    text,
    happenedAt,
    meetingId: meeting.id,
    personId: meeting.personId,
  });
}

/** Takes a note out of sight. A line that was drafted from it and never kept goes with it. */
async function putAside(tx: Tx, owner: OwnerId, now: Temporal.Instant, id: string): Promise<MeetingNoteTable | undefined> {
  const note = await setNoteAside(tx, owner, now, id);
  if (!note) return undefined;
  await dropEntry(tx, owner, id);
  const draft = await readUntouchedDraft(tx, owner, id);
  if (draft) await changeLine(tx, owner, now, draft, { removed_at: instantText(now) });
  return note;
}

async function takeReplaced(tx: Tx, owner: OwnerId, now: Temporal.Instant, id: string, mine: unknown): Promise<MeetingNoteTable> {
  const replaced = await putAside(tx, owner, now, id);
  if (replaced) return replaced;
  if (!(await readNote(tx, owner, id))) throw notFound("This note");
  const newer = await readReplacement(tx, owner, id);
  throw new AppError(
    "conflict",
    "This note was changed in another window after you opened it. Both versions are shown; nothing is lost.",
    {
      details: { mine, theirs: newer ? toNote(newer) : null },
    },
  );
}

export const noteInMeeting = writeOperation({
  name: "recap.note",
  summary: "Note one line in a meeting: a plain note, or a decision, action, commitment or question for the recap",
  input: NoteInput,
  output: MeetingNote,
  assistant: true,
  examples: [{ meetingId: "0197…", part: "decision", text: "The import ships in April" }],
  async run({ owner, tx, now }, input) {
    const meeting = await useMeeting(tx, owner, now, input.meetingId);
    const { part, text, agendaItemId: agenda_item_id = null, replaces } = input;
    if (agenda_item_id !== null) await requireItemOf(tx, owner, meeting.id, agenda_item_id);
    const facts = { meeting_id: meeting.id, agenda_item_id, part, text };
    const old = replaces === undefined ? undefined : await takeReplaced(tx, owner, now, replaces, input);
    if (old && old.meeting_id !== meeting.id) throw notFound("This note");
    const note = await insertNote(
      tx,
      owner,
      now,
      old ? { ...facts, replaces_id: old.id, noted_at: old.noted_at } : { ...facts, replaces_id: null },
    );
    await record(tx, owner, now, meeting, note);
    await draftIfOpen(tx, owner, now, meeting);
    return toNote(note);
  },
});

/** Once the recap is open, a later note joins its draft by itself. The approved words do not change: a draft is not in the mail. */
async function draftIfOpen(tx: Tx, owner: OwnerId, now: Temporal.Instant, meeting: Meeting): Promise<void> {
  if (!(await readRecap(tx, owner, meeting.id))) return;
  const { state } = await situationOf(tx, owner, now, meeting);
  if (state === "draft") await draftFromNotes(tx, owner, now, meeting.id);
}

export const removeMeetingNote = writeOperation({
  name: "recap.removeNote",
  summary: "Take a note out of a meeting",
  input: NoteId,
  output: MeetingNote,
  assistant: true,
  async run({ owner, tx, now }, { id }) {
    const note = (await putAside(tx, owner, now, id)) ?? (await readNote(tx, owner, id));
    if (!note) throw notFound("This note");
    return toNote(note);
  },
});
