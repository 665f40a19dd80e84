import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { writeOperation } from "../../../platform/operation.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import { notFound } from "../../../lib/errors.ts";
import { growthBlockIn, requireMeeting } from "../../meetings/index.ts";
import { planMinutes } from "../rules/minutes.ts";
import { type AgendaItemTable, type ApprovalEffect, Effect, MeetingRef, MinutesInput, OrderInput, StepInput } from "../schema.ts";
import { listItemRows, markItem, updateAgenda } from "../store.ts";
import { agendaChanged, isOnAgenda, requireAgenda, requireItemRow } from "./requiring.ts";

async function rowsOf(tx: Tx, owner: OwnerId, meetingId: string): Promise<Map<string, AgendaItemTable>> {
  await requireMeeting(tx, owner, meetingId);
  await requireAgenda(tx, owner, meetingId);
  return new Map((await listItemRows(tx, owner, meetingId)).map((row) => [row.id, row]));
}

function pick(rows: ReadonlyMap<string, AgendaItemTable>, id: string): AgendaItemTable {
  const row = rows.get(id);
  if (!row) throw notFound("This item of the agenda");
  return row;
}

async function effect(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  meetingId: string,
  changed: readonly AgendaItemTable[],
): Promise<{ approval: ApprovalEffect }> {
  return { approval: changed.some(isOnAgenda) ? await agendaChanged(tx, owner, now, meetingId) : "none" };
}

export const orderItems = writeOperation({
  name: "agenda.order",
  summary: "Put items in another order; the need stays first and growth last",
  input: OrderInput,
  output: Effect,
  async run({ owner, tx, now }, { meetingId, ids }) {
    const rows = await rowsOf(tx, owner, meetingId);
    const moved = [...new Set(ids)].map((id) => pick(rows, id));
    // The places stay the same, only who stands where changes: new items still find theirs.
    const places = moved.map((row) => row.position).toSorted((a, b) => a - b);
    const distinct = places.map((place, index) => place + (places.indexOf(place) === index ? 0 : index));
    const changed = moved.flatMap((row, index) =>
      row.position === distinct[index] ? [] : [{ row, position: distinct[index] ?? row.position }],
    );
    for (const { row, position } of changed) await markItem(tx, owner, now, row.id, { position });
    return effect(
      tx,
      owner,
      now,
      meetingId,
      changed.map(({ row }) => row),
    );
  },
});

async function giveMinutes(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  rows: ReadonlyMap<string, AgendaItemTable>,
  minutes: readonly { id: string; minutes: number }[],
): Promise<AgendaItemTable[]> {
  const changed: AgendaItemTable[] = [];
  for (const one of minutes) {
    const row = pick(rows, one.id);
    if (row.minutes === one.minutes) continue;
    await markItem(tx, owner, now, row.id, { minutes: one.minutes });
    changed.push(row);
  }
  return changed;
}

export const setMinutes = writeOperation({
  name: "agenda.setMinutes",
  summary: "Plan how many minutes items take",
  input: MinutesInput,
  output: Effect,
  async run({ owner, tx, now }, { meetingId, minutes }) {
    const changed = await giveMinutes(tx, owner, now, await rowsOf(tx, owner, meetingId), minutes);
    return effect(tx, owner, now, meetingId, changed);
  },
});

export const trimAgenda = writeOperation({
  name: "agenda.trim",
  summary: "Make an overbooked agenda fit its slot as proposed: the need and the growth block stay",
  input: MeetingRef,
  output: Effect,
  async run({ owner, tx, now }, { meetingId }) {
    const meeting = await requireMeeting(tx, owner, meetingId);
    const rows = await rowsOf(tx, owner, meetingId);
    const { trim } = planMinutes([...rows.values()].filter(isOnAgenda), meeting.minutes, await growthBlockIn(tx, owner, meeting));
    const shorter = trim.filter(({ to }) => to > 0).map(({ id, to }) => ({ id, minutes: to }));
    const changed = await giveMinutes(tx, owner, now, rows, shorter);
    for (const { id } of trim.filter(({ to }) => to === 0)) changed.push(await leaveOut(tx, owner, now, pick(rows, id)));
    return effect(tx, owner, now, meetingId, changed);
  },
});

/** Carried items are open again next time; one's own words stay as a private draft. */
async function leaveOut(tx: Tx, owner: OwnerId, now: Temporal.Instant, row: AgendaItemTable): Promise<AgendaItemTable> {
  await markItem(tx, owner, now, row.id, row.carried_from === null ? { prepared_at: null } : { removed_at: instantText(now) });
  return row;
}

export const goToStep = writeOperation({
  name: "agenda.goTo",
  summary: "Note at which step a preparation was left",
  input: StepInput,
  output: StepInput,
  async run({ owner, tx, now }, { meetingId, step }) {
    await requireMeeting(tx, owner, meetingId);
    await requireAgenda(tx, owner, meetingId);
    await updateAgenda(tx, owner, now, meetingId, { step });
    return { meetingId, step };
  },
});

/** Notes that an item was talked about, or that it was not. Gives the id of its meeting. Throws `not_found`. For the recap. */
export async function tickItem(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  itemId: string,
  discussed: boolean,
): Promise<{ meetingId: string; captureId: string | null }> {
  const row = await requireItemRow(tx, owner, itemId);
  if ((row.discussed_at !== null) !== discussed)
    await markItem(tx, owner, now, itemId, { discussed_at: discussed ? instantText(now) : null });
  return { meetingId: row.meeting_id, captureId: row.capture_id };
}
