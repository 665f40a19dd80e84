import { newId, type OwnerId } from "../../lib/ids.ts";
import { instantText } from "../../platform/clock.ts";
import type { Db, Tx } from "../../platform/storage/database.ts";
import type { MeetingNoteTable, RecapLineTable, RecapTable } from "./schema.ts";

type NewNote = Pick<MeetingNoteTable, "meeting_id" | "agenda_item_id" | "part" | "text" | "replaces_id"> & {
  readonly noted_at?: string;
};

export async function insertNote(tx: Tx, owner: OwnerId, now: Temporal.Instant, note: NewNote): Promise<MeetingNoteTable> {
  const at = instantText(now);
  const row = { owner_id: owner, id: newId(), noted_at: at, ...note, created_at: at, removed_at: null };
  await tx.insertInto("meeting_note").values(row).execute();
  return row;
}

export function readNote(db: Db, owner: OwnerId, id: string): Promise<MeetingNoteTable | undefined> {
  return db.selectFrom("meeting_note").selectAll().where("owner_id", "=", owner).where("id", "=", id).executeTakeFirst();
}

/** The note that took the place of `id`, if it was corrected. */
export function readReplacement(db: Db, owner: OwnerId, id: string): Promise<MeetingNoteTable | undefined> {
  return db.selectFrom("meeting_note").selectAll().where("owner_id", "=", owner).where("replaces_id", "=", id).executeTakeFirst();
}

export function listNotes(db: Db, owner: OwnerId, meetingId: string): Promise<MeetingNoteTable[]> {
  return db
    .selectFrom("meeting_note")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("meeting_id", "=", meetingId)
    .where("removed_at", "is", null)
    .orderBy("noted_at")
    .orderBy("id")
    .execute();
}

/** Notes meant for the recap that no line was ever made from, oldest first. */
export function listUndraftedNotes(db: Db, owner: OwnerId, meetingId: string): Promise<MeetingNoteTable[]> {
  return db
    .selectFrom("meeting_note as note")
    .selectAll("note")
    .where("note.owner_id", "=", owner)
    .where("note.meeting_id", "=", meetingId)
    .where("note.part", "!=", "note")
    .where("note.removed_at", "is", null)
    .where((q) =>
      q.not(
        q.exists(
          q
            .selectFrom("recap_line as line")
            .select("line.id")
            .where("line.owner_id", "=", owner)
            .where("line.meeting_id", "=", meetingId)
            .whereRef("line.note_id", "=", "note.id"),
        ),
      ),
    )
    .orderBy("note.noted_at")
    .orderBy("note.id")
    .execute();
}

/** Puts a note aside, once: undefined when it is already gone. It is never deleted. */
export function setNoteAside(tx: Tx, owner: OwnerId, now: Temporal.Instant, id: string): Promise<MeetingNoteTable | undefined> {
  return tx
    .updateTable("meeting_note")
    .set({ removed_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .where("removed_at", "is", null)
    .returningAll()
    .executeTakeFirst();
}

export function readRecap(db: Db, owner: OwnerId, meetingId: string): Promise<RecapTable | undefined> {
  return db.selectFrom("recap").selectAll().where("owner_id", "=", owner).where("meeting_id", "=", meetingId).executeTakeFirst();
}

/** Starts the recap unless it has been, and locks its row until the end of the transaction on both stores. */
export async function holdRecap(tx: Tx, owner: OwnerId, now: Temporal.Instant, meetingId: string): Promise<void> {
  await tx
    .insertInto("recap")
    .values({ owner_id: owner, meeting_id: meetingId, started_at: instantText(now), waived_at: null })
    .onConflict((conflict) =>
      conflict.columns(["owner_id", "meeting_id"]).doUpdateSet((q) => ({ meeting_id: q.ref("excluded.meeting_id") })),
    )
    .execute();
}

export async function setWaived(tx: Tx, owner: OwnerId, meetingId: string, waivedAt: string | null): Promise<void> {
  await tx
    .updateTable("recap")
    .set({ waived_at: waivedAt })
    .where("owner_id", "=", owner)
    .where("meeting_id", "=", meetingId)
    .execute();
}

export function listLines(db: Db, owner: OwnerId, meetingId: string): Promise<RecapLineTable[]> {
  return db
    .selectFrom("recap_line")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("meeting_id", "=", meetingId)
    .where("removed_at", "is", null)
    .orderBy("position")
    .orderBy("id")
    .execute();
}

/** What the mail is built from: private drafts are not filtered out later, they are never read. */
export function listPreparedLines(
  db: Db,
  owner: OwnerId,
  meetingId: string,
): Promise<Pick<RecapLineTable, "id" | "part" | "text" | "who" | "due_on">[]> {
  return db
    .selectFrom("recap_line")
    .select(["id", "part", "text", "who", "due_on"])
    .where("owner_id", "=", owner)
    .where("meeting_id", "=", meetingId)
    .where("removed_at", "is", null)
    .where("prepared_at", "is not", null)
    .orderBy("position")
    .orderBy("id")
    .execute();
}

/** Lines that were taken out after they had become a commitment, a question or a decision. */
export function listRemovedLines(db: Db, owner: OwnerId, meetingId: string): Promise<RecapLineTable[]> {
  return db
    .selectFrom("recap_line")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("meeting_id", "=", meetingId)
    .where("removed_at", "is not", null)
    .execute();
}

export async function countWaitingDrafts(db: Db, owner: OwnerId, meetingId: string): Promise<number> {
  const row = await db
    .selectFrom("recap_line")
    .select((q) => q.fn.countAll<number>().as("waiting"))
    .where("owner_id", "=", owner)
    .where("meeting_id", "=", meetingId)
    .where("removed_at", "is", null)
    .where("prepared_at", "is", null)
    .executeTakeFirstOrThrow();
  return row.waiting;
}

export function readLine(db: Db, owner: OwnerId, id: string): Promise<RecapLineTable | undefined> {
  return db.selectFrom("recap_line").selectAll().where("owner_id", "=", owner).where("id", "=", id).executeTakeFirst();
}

async function nextPosition(tx: Tx, owner: OwnerId, meetingId: string): Promise<number> {
  const row = await tx
    .selectFrom("recap_line")
    .select((q) => q.fn.max<number | null>("position").as("last"))
    .where("owner_id", "=", owner)
    .where("meeting_id", "=", meetingId)
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}

type NewLine = Pick<RecapLineTable, "meeting_id" | "part" | "text" | "who" | "due_on" | "note_id" | "prepared_at">;

/** Adds a line at the end; undefined when its note has already been drafted (also by another process at the same moment). */
export async function insertLine(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  line: NewLine,
): Promise<RecapLineTable | undefined> {
  const at = instantText(now);
  const position = await nextPosition(tx, owner, line.meeting_id);
  return tx
    .insertInto("recap_line")
    .values({
      owner_id: owner,
      id: newId(),
      ...line,
      position,
      commitment_id: null,
      open_question_id: null,
      version: 1,
      created_at: at,
      updated_at: at,
      removed_at: null,
    })
    .onConflict((conflict) => conflict.columns(["owner_id", "note_id"]).doNothing())
    .returningAll()
    .executeTakeFirst();
}

type LineChanges = Partial<Pick<RecapLineTable, "part" | "text" | "who" | "due_on" | "note_id" | "prepared_at" | "removed_at">>;

/** Changes a line if it still has the version that was seen; undefined when it has moved on. */
export function changeLine(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  seen: Pick<RecapLineTable, "id" | "version">,
  changes: LineChanges,
): Promise<RecapLineTable | undefined> {
  return tx
    .updateTable("recap_line")
    .set((q) => ({ ...changes, version: q("version", "+", 1), updated_at: instantText(now) }))
    .where("owner_id", "=", owner)
    .where("id", "=", seen.id)
    .where("version", "=", seen.version)
    .returningAll()
    .executeTakeFirst();
}

/** Remembers what a line became; not an edit, so its version stays. */
export async function linkLine(
  tx: Tx,
  owner: OwnerId,
  id: string,
  links: Pick<RecapLineTable, "commitment_id" | "open_question_id">,
): Promise<void> {
  await tx.updateTable("recap_line").set(links).where("owner_id", "=", owner).where("id", "=", id).execute();
}

/** The draft that was made from a note and that nobody has touched yet. */
export function readUntouchedDraft(db: Db, owner: OwnerId, noteId: string): Promise<RecapLineTable | undefined> {
  return db
    .selectFrom("recap_line")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("note_id", "=", noteId)
    .where("prepared_at", "is", null)
    .where("removed_at", "is", null)
    .executeTakeFirst();
}

export interface WaitingRecapRow {
  readonly meeting_id: string;
  readonly person_id: string;
  readonly starts_at: string;
  readonly zone: string;
  readonly minutes: number;
}

/** Held meetings since `since` (an instant as text) with neither an approved nor a waived recap, newest first. */
export function listWaitingRecaps(db: Db, owner: OwnerId, since: string, limit: number): Promise<WaitingRecapRow[]> {
  return db
    .selectFrom("meeting")
    .leftJoin("recap", (join) =>
      join.onRef("recap.owner_id", "=", "meeting.owner_id").onRef("recap.meeting_id", "=", "meeting.id"),
    )
    .leftJoin("delivery", (join) =>
      join
        .onRef("delivery.owner_id", "=", "meeting.owner_id")
        .onRef("delivery.meeting_id", "=", "meeting.id")
        .on("delivery.kind", "=", "recap")
        .on("delivery.withdrawn_at", "is", null),
    )
    .select(["meeting.id as meeting_id", "meeting.person_id", "meeting.starts_at", "meeting.zone", "meeting.minutes"])
    .where("meeting.owner_id", "=", owner)
    .where("meeting.starts_at", ">=", since)
    .where("meeting.held_at", "is not", null)
    .where("recap.waived_at", "is", null)
    .where("delivery.id", "is", null)
    .orderBy("meeting.starts_at", "desc")
    .limit(limit)
    .execute();
}
