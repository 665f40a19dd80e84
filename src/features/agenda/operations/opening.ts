import { AppError } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { writeOperation } from "../../../platform/operation.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import { openFor } from "../../commitments/index.ts";
import { findDelivery } from "../../delivery/index.ts";
import { type Meeting, meetingsBefore, useMeeting } from "../../meetings/index.ts";
import { type Carried, comesLater, stillOpen } from "../rules/carrying.ts";
import { nextPosition, toColumns } from "../rules/items.ts";
import { Agenda, type AgendaItemTable, MeetingRef } from "../schema.ts";
import { insertAgenda, insertItem, listAgendas, listItemRows, markItem } from "../store.ts";
import { agendaView } from "./reading.ts";

// A year of weekly meetings: longer than that without one that took place, and nothing waits any more.
const MEETINGS_BACK = 52;

/** What would come over into the agenda of this meeting, whether it was started or not. Writes nothing. */
export async function openBefore(db: Db, owner: OwnerId, now: Temporal.Instant, meeting: Meeting): Promise<Carried[]> {
  const earlier = await meetingsBefore(db, owner, meeting, MEETINGS_BACK);
  if (comesLater(earlier, now)) return [];
  const agendas = await listAgendas(
    db,
    owner,
    earlier.map((one) => one.id),
  );
  const ledgers = await openFor(db, owner, meeting.personId);
  return stillOpen(
    ledgers,
    earlier.map((one) => ({ state: one.state, items: agendas.get(one.id) })),
  );
}

function isActiveNeed(row: AgendaItemTable): boolean {
  return row.kind === "need" && row.removed_at === null && row.settled_at === null;
}

async function bringOver(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  meetingId: string,
  carried: Carried,
  rows: AgendaItemTable[],
): Promise<void> {
  const kind = carried.kind === "need" && rows.some(isActiveNeed) ? "topic" : carried.kind;
  const row = await insertItem(tx, owner, now, {
    meeting_id: meetingId,
    kind,
    ...toColumns(carried.content),
    minutes: carried.minutes,
    position: nextPosition(kind, rows),
    capture_id: carried.captureId,
    carried_from: carried.ref,
    carried_side: carried.side,
    due_on: carried.dueOn,
    prepared_at: carried.wasShared ? instantText(now) : null,
  });
  if (row) rows.push(row);
}

/** The ledger has the words of a commitment; the agenda follows while it is not approved. */
async function followLedger(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  row: AgendaItemTable,
  carried: Carried,
  rows: AgendaItemTable[],
): Promise<void> {
  if (row.settled_at !== null) {
    const kind = row.kind === "need" && rows.some(isActiveNeed) ? "topic" : row.kind;
    await markItem(tx, owner, now, row.id, { settled_at: null, kind });
  }
  if (carried.kind !== "carried") return;
  const { text } = carried.content;
  if (row.text === text && row.due_on === carried.dueOn && row.carried_side === carried.side) return;
  await markItem(tx, owner, now, row.id, { text, due_on: carried.dueOn, carried_side: carried.side });
}

/**
 * Brings what is still open into this agenda, each thing once (S53), and marks what was settled since. An agenda that was
 * approved or sent stays as it was read; a meeting that is over or cancelled too.
 */
async function refreshCarried(tx: Tx, owner: OwnerId, now: Temporal.Instant, meeting: Meeting): Promise<void> {
  if (meeting.state !== "planned" || (await findDelivery(tx, owner, meeting.id, "agenda"))) return;
  const open = await openBefore(tx, owner, now, meeting);
  const rows = await listItemRows(tx, owner, meeting.id);
  const byRef = new Map(rows.map((row) => [row.carried_from, row]));
  for (const carried of open) {
    const row = byRef.get(carried.ref);
    await (row ? followLedger(tx, owner, now, row, carried, rows) : bringOver(tx, owner, now, meeting.id, carried, rows));
  }
  const refs = new Set<string | null>(open.map((carried) => carried.ref));
  const settled = rows.filter(
    (row) => row.carried_from !== null && !refs.has(row.carried_from) && row.settled_at === null && row.discussed_at === null,
  );
  for (const row of settled) await markItem(tx, owner, now, row.id, { settled_at: instantText(now) });
}

export const openAgenda = writeOperation({
  name: "agenda.open",
  summary: "Start or resume the preparation of a meeting; what is still open from earlier comes over, once",
  input: MeetingRef,
  output: Agenda,
  assistant: true,
  async run({ owner, tx, now }, { meetingId }) {
    const meeting = await useMeeting(tx, owner, now, meetingId);
    if (meeting.state === "cancelled")
      throw new AppError("conflict", "This meeting was cancelled. Restore it first, or prepare the next one.");
    await insertAgenda(tx, owner, now, meetingId);
    await refreshCarried(tx, owner, now, meeting);
    return agendaView(tx, owner, now, meeting);
  },
});
