import { createLocalOwner } from "../src/features/account/store.ts";
import { insertCapture } from "../src/features/journal/store.ts";
import { keepEntry } from "../src/features/record/store.ts";
import { newId, type OwnerId } from "../src/lib/ids.ts";
import { instantText } from "../src/platform/clock.ts";
import { type Database, inTransaction, type Tx } from "../src/platform/storage/database.ts";
import { MEETINGS, meetingStart, NOTES_A_MEETING, noteText } from "./notes.ts";

const KINDS = ["win", "challenge", "note", "feedback"] as const;
const LONG_AGO = Temporal.Instant.from("2016-01-04T08:00:00Z");

async function insertPersonAndSeries(tx: Tx, owner: OwnerId): Promise<{ personId: string; seriesId: string }> {
  const [personId, seriesId, at] = [newId(), newId(), instantText(LONG_AGO)];
  const first = meetingStart(0).toPlainDate().toString();
  const stamps = { created_at: at, updated_at: at };
  await tx
    .insertInto("person")
    .values({
      owner_id: owner,
      id: personId,
      name: "Ada Larsen",
      email: "ada@example.org",
      role: "manager",
      note: "",
      predecessor_id: null,
      ended_on: null,
      ...stamps,
    })
    .execute();
  // Planned far ahead already: whatever day the benchmark runs on, the program finds the same meetings.
  await tx
    .insertInto("series")
    .values({ owner_id: owner, id: seriesId, person_id: personId, ended_on: null, ahead_until_on: "2999-12-31", ...stamps })
    .execute();
  await tx
    .insertInto("series_rule")
    .values({
      owner_id: owner,
      id: newId(),
      series_id: seriesId,
      from_on: first,
      first_on: first,
      local_time: "10:00",
      zone: "Europe/Berlin",
      minutes: 30,
      every_weeks: 1,
      created_at: at,
    })
    .execute();
  return { personId, seriesId };
}

/** One held meeting: four notes from the days before it and four from the talk, in the journal, the record and the search index. */
async function insertMeeting(tx: Tx, owner: OwnerId, index: number, ids: { personId: string; seriesId: string }): Promise<void> {
  const { personId, seriesId } = ids;
  const start = meetingStart(index);
  const [meetingId, at, plannedOn] = [newId(), instantText(start.toInstant()), start.toPlainDate().toString()];
  await tx
    .insertInto("meeting")
    .values({
      owner_id: owner,
      id: meetingId,
      series_id: seriesId,
      person_id: personId,
      planned_on: plannedOn,
      local_start: `${plannedOn}T10:00`,
      zone: "Europe/Berlin",
      minutes: 30,
      starts_at: at,
      used_at: at,
      moved_at: null,
      cancelled_at: null,
      cancel_reason: null,
      held_at: at,
      not_held_at: null,
      created_at: at,
      updated_at: at,
    })
    .execute();
  for (let number = 0; number < NOTES_A_MEETING; number += 1) {
    const text = noteText(index * NOTES_A_MEETING + number);
    const duringTalk = number >= NOTES_A_MEETING / 2;
    const moment = duringTalk ? start.add({ minutes: number }) : start.subtract({ days: 5 - number, minutes: number });
    const now = moment.toInstant();
    if (duringTalk) {
      const id = newId();
      const noted = { agenda_item_id: null, part: "note" as const, text, replaces_id: null, removed_at: null };
      await tx
        .insertInto("meeting_note")
        .values({
          owner_id: owner,
          id,
          meeting_id: meetingId,
          ...noted,
          noted_at: instantText(now),
          created_at: instantText(now),
        })
        .execute();
      await keepEntry(tx, owner, now, { id, source: "note", kind: "note", text, happenedAt: now, meetingId, personId });
    } else {
      const kind = KINDS[number] ?? "note";
      const projects = number === 0 ? ["Atlas"] : [];
      const { id } = await insertCapture(tx, owner, now, {
        kind,
        text,
        happenedOn: moment.toPlainDate().toString(),
        energy: null,
        projects,
        skills: [],
      });
      await keepEntry(tx, owner, now, {
        id,
        source: "capture",
        kind,
        text,
        happenedAt: now,
        tags: projects.map((name) => ({ kind: "project", name })),
      });
    }
  }
}

/** The first owner's 520 meetings with 8 notes each, written by the program's own functions. Every other owner is a copy. */
export function seedFirstOwner(database: Database): Promise<OwnerId> {
  return inTransaction(database, async (tx) => {
    const owner = await createLocalOwner(tx, LONG_AGO, "Europe/Berlin");
    const ids = await insertPersonAndSeries(tx, owner);
    for (let index = 0; index < MEETINGS; index += 1) await insertMeeting(tx, owner, index, ids);
    return owner;
  });
}
