import * as z from "zod";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { readOperation } from "../../../platform/operation.ts";
import type { Db } from "../../../platform/storage/database.ts";
import { type Delivery, findDelivery } from "../../delivery/index.ts";
import { type Meeting, requireMeeting } from "../../meetings/index.ts";
import { type Person, requirePerson } from "../../people/index.ts";
import { inParts, partTitle, recapDueAt, recapState } from "../rules.ts";
import {
  MeetingId,
  MeetingNote,
  type MeetingNoteTable,
  Recap,
  type RecapLine,
  type RecapLineTable,
  type RecapState,
  type RecapTable,
} from "../schema.ts";
import { listLines, listNotes, listUndraftedNotes, listWaitingRecaps, readRecap } from "../store.ts";

export function toNote(row: MeetingNoteTable): MeetingNote {
  return {
    id: row.id,
    meetingId: row.meeting_id,
    agendaItemId: row.agenda_item_id,
    part: row.part,
    text: row.text,
    notedAt: row.noted_at,
  };
}

export function toLine(row: RecapLineTable): RecapLine {
  const { id, part, text, who, version } = row;
  return { id, part, text, who, dueOn: row.due_on, preparedAt: row.prepared_at, noteId: row.note_id, version };
}

/** Everything that decides where a recap stands. */
export interface Situation {
  readonly meeting: Meeting;
  readonly recap: RecapTable | undefined;
  readonly delivery: Delivery | undefined;
  readonly state: RecapState;
}

export async function situationOf(db: Db, owner: OwnerId, now: Temporal.Instant, meeting: Meeting): Promise<Situation> {
  const recap = await readRecap(db, owner, meeting.id);
  const delivery = await findDelivery(db, owner, meeting.id, "recap");
  const state = recapState({
    meetingState: meeting.state,
    startsAt: Temporal.Instant.from(meeting.startsAt),
    now,
    startedAt: recap?.started_at ?? null,
    waivedAt: recap?.waived_at ?? null,
    approvedAt: delivery?.approvedAt ?? null,
    sentAt: delivery?.sentAt ?? null,
  });
  return { meeting, recap, delivery, state };
}

/** The recap as its owner works on it: the four parts with every line, drafts included. */
export async function recapOf(db: Db, owner: OwnerId, now: Temporal.Instant, meeting: Meeting, person: Person): Promise<Recap> {
  const { recap, delivery, state } = await situationOf(db, owner, now, meeting);
  const lines = recap ? await listLines(db, owner, meeting.id) : [];
  return {
    meetingId: meeting.id,
    state,
    dueAt: instantText(recapDueAt(Temporal.Instant.from(meeting.endsAt))),
    startedAt: recap?.started_at ?? null,
    undraftedNotes: recap ? (await listUndraftedNotes(db, owner, meeting.id)).length : 0,
    sentAt: delivery?.sentAt ?? null,
    waivedAt: recap?.waived_at ?? null,
    parts: inParts(lines).map(({ part, lines: found }) => ({
      part,
      title: partTitle(part, person.name),
      lines: found.map(toLine),
    })),
  };
}

export const showRecap = readOperation({
  name: "recap.show",
  summary: "Show a meeting's recap in its four parts, and where it stands",
  input: MeetingId,
  output: Recap,
  assistant: true,
  async run({ owner, db, now }, { meetingId }) {
    const meeting = await requireMeeting(db, owner, meetingId);
    return recapOf(db, owner, now, meeting, await requirePerson(db, owner, meeting.personId));
  },
});

export const listMeetingNotes = readOperation({
  name: "recap.notes",
  summary: "List what was noted in a meeting, in the order it was written",
  input: MeetingId,
  output: z.object({ notes: z.array(MeetingNote) }),
  assistant: true,
  async run({ owner, db }, { meetingId }) {
    const meeting = await requireMeeting(db, owner, meetingId);
    return { notes: (await listNotes(db, owner, meeting.id)).map(toNote) };
  },
});

/** A recap that is neither approved nor waived. Instants are UTC text. */
export interface WaitingRecap {
  readonly meetingId: string;
  readonly personId: string;
  readonly startsAt: string;
  /** The meeting's IANA zone. */
  readonly zone: string;
  /** 24 hours after the end (S45). */
  readonly dueAt: string;
}

const REMINDED_FOR = { hours: 24 * 28 };

/** The recaps of meetings held in the last four weeks that still wait for a word, newest first (S45). */
export async function waitingRecaps(db: Db, owner: OwnerId, now: Temporal.Instant, limit = 5): Promise<WaitingRecap[]> {
  const rows = await listWaitingRecaps(db, owner, instantText(now.subtract(REMINDED_FOR)), limit);
  return rows.map((row) => ({
    meetingId: row.meeting_id,
    personId: row.person_id,
    startsAt: row.starts_at,
    zone: row.zone,
    dueAt: instantText(recapDueAt(Temporal.Instant.from(row.starts_at).add({ minutes: row.minutes }))),
  }));
}
