import { newId, type OwnerId } from "../../lib/ids.ts";
import { instantText } from "../../platform/clock.ts";
import type { Db, Tx } from "../../platform/storage/database.ts";
import type { AgendaItemTable, AgendaTable, PreparedItem } from "./schema.ts";

export function readAgendaRow(db: Db, owner: OwnerId, meetingId: string): Promise<AgendaTable | undefined> {
  return db.selectFrom("agenda").selectAll().where("owner_id", "=", owner).where("meeting_id", "=", meetingId).executeTakeFirst();
}

/** Starts a preparation unless it was started already. */
export async function insertAgenda(tx: Tx, owner: OwnerId, now: Temporal.Instant, meetingId: string): Promise<void> {
  const at = instantText(now);
  await tx
    .insertInto("agenda")
    .values({
      owner_id: owner,
      meeting_id: meetingId,
      started_at: at,
      ready_at: null,
      active_seconds: 0,
      step: "need",
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.columns(["owner_id", "meeting_id"]).doNothing())
    .execute();
}

export async function updateAgenda(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  meetingId: string,
  changes: Partial<Pick<AgendaTable, "ready_at" | "step">>,
): Promise<void> {
  await tx
    .updateTable("agenda")
    .set({ ...changes, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("meeting_id", "=", meetingId)
    .execute();
}

/** Adds to the measured time in one statement, so that two tabs do not overwrite each other. */
export async function addActiveSeconds(tx: Tx, owner: OwnerId, meetingId: string, seconds: number): Promise<void> {
  await tx
    .updateTable("agenda")
    .set((row) => ({ active_seconds: row("active_seconds", "+", seconds) }))
    .where("owner_id", "=", owner)
    .where("meeting_id", "=", meetingId)
    .execute();
}

/**
 * The measured seconds of finished preparations, the latest first. Without scripts nothing is measured: such a preparation is
 * unknown and not counted, rather than guessed.
 */
export async function listActiveSeconds(db: Db, owner: OwnerId, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom("agenda")
    .select("active_seconds")
    .where("owner_id", "=", owner)
    .where("ready_at", "is not", null)
    .where("active_seconds", ">", 0)
    .orderBy("ready_at", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => row.active_seconds);
}

/** Every row of one agenda, private drafts included: for its owner's own pages only. */
export function listItemRows(db: Db, owner: OwnerId, meetingId: string): Promise<AgendaItemTable[]> {
  return db
    .selectFrom("agenda_item")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("meeting_id", "=", meetingId)
    .orderBy("position")
    .orderBy("id")
    .execute();
}

/** The agendas of several meetings in two queries: which were started, and their rows. */
export async function listAgendas(
  db: Db,
  owner: OwnerId,
  meetingIds: readonly string[],
): Promise<Map<string, AgendaItemTable[]>> {
  if (meetingIds.length === 0) return new Map();
  const started = await db
    .selectFrom("agenda")
    .select("meeting_id")
    .where("owner_id", "=", owner)
    .where("meeting_id", "in", meetingIds)
    .execute();
  const rows = await db
    .selectFrom("agenda_item")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("meeting_id", "in", meetingIds)
    .orderBy("position")
    .orderBy("id")
    .execute();
  const byMeeting = Map.groupBy(rows, (row) => row.meeting_id);
  return new Map(started.map(({ meeting_id }) => [meeting_id, byMeeting.get(meeting_id) ?? []]));
}

/**
 * What is on the agenda: chosen by its owner, not taken out, still open. Everything that leaves is built from this read;
 * private rows and private newer words are not among its rows and columns.
 */
export async function listPrepared(db: Db, owner: OwnerId, meetingId: string): Promise<PreparedItem[]> {
  const rows = await db
    .selectFrom("agenda_item")
    .select([
      "id",
      "kind",
      "text",
      "options",
      "leaning",
      "decision_wanted",
      "project",
      "skill",
      "minutes",
      "position",
      "capture_id",
      "carried_from",
      "carried_side",
      "due_on",
      "discussed_at",
    ])
    .where("owner_id", "=", owner)
    .where("meeting_id", "=", meetingId)
    .where("prepared_at", "is not", null)
    .where("removed_at", "is", null)
    .where("settled_at", "is", null)
    .execute();
  return rows.map(({ decision_wanted, capture_id, carried_from, carried_side, due_on, discussed_at, ...rest }) => ({
    ...rest,
    decisionWanted: decision_wanted,
    captureId: capture_id,
    carriedFrom: carried_from,
    carriedSide: carried_side,
    dueOn: due_on,
    discussedAt: discussed_at,
  }));
}

/** The lines of challenges that began as these items (`item:ID`), in every talk that had them on its agenda. Dates only. */
export async function listAppearances(db: Db, owner: OwnerId, refs: readonly string[]) {
  if (refs.length === 0) return [];
  const ids = refs.map((ref) => ref.slice("item:".length));
  return db
    .selectFrom("agenda_item as i")
    .innerJoin("meeting as m", (join) => join.onRef("m.owner_id", "=", "i.owner_id").onRef("m.id", "=", "i.meeting_id"))
    .select(["i.id", "i.carried_from", "i.meeting_id", "m.held_at"])
    .where("i.owner_id", "=", owner)
    .where((row) => row.or([row("i.id", "in", ids), row("i.carried_from", "in", refs as string[])]))
    .where("i.prepared_at", "is not", null)
    .where("i.removed_at", "is", null)
    .execute();
}

export function readItemRow(db: Db, owner: OwnerId, id: string): Promise<AgendaItemTable | undefined> {
  return db.selectFrom("agenda_item").selectAll().where("owner_id", "=", owner).where("id", "=", id).executeTakeFirst();
}

export type NewItem = Pick<AgendaItemTable, "meeting_id" | "kind" | "minutes" | "position"> &
  Partial<Omit<AgendaItemTable, "owner_id" | "created_at" | "updated_at" | "version">>;

/** Inserts an item; undefined when the agenda has it already (the same id, capture, source, or a second need). */
export function insertItem(tx: Tx, owner: OwnerId, now: Temporal.Instant, item: NewItem): Promise<AgendaItemTable | undefined> {
  const at = instantText(now);
  const blank = {
    text: "",
    options: "",
    leaning: "",
    decision_wanted: "",
    project: "",
    skill: "",
    capture_id: null,
    carried_from: null,
    carried_side: null,
    due_on: null,
    draft: null,
    prepared_at: null,
    discussed_at: null,
    settled_at: null,
    let_go_at: null,
    removed_at: null,
  };
  return tx
    .insertInto("agenda_item")
    .values({ owner_id: owner, id: newId(), ...blank, ...item, version: 1, created_at: at, updated_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

export type ItemChanges = Partial<
  Omit<AgendaItemTable, "owner_id" | "id" | "meeting_id" | "created_at" | "updated_at" | "version">
>;

/** Changes an item if it still is the version that the change was made from; undefined when somebody was faster. */
export function updateItem(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  from: Pick<AgendaItemTable, "id" | "version">,
  changes: ItemChanges,
): Promise<AgendaItemTable | undefined> {
  return tx
    .updateTable("agenda_item")
    .set({ ...changes, version: from.version + 1, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", from.id)
    .where("version", "=", from.version)
    .returningAll()
    .executeTakeFirst();
}

/** For facts beside the words (its place, its minutes, that it was discussed): no version, so an open form is not disturbed. */
export function markItem(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  changes: Partial<
    Pick<
      AgendaItemTable,
      | "position"
      | "minutes"
      | "discussed_at"
      | "settled_at"
      | "let_go_at"
      | "kind"
      | "text"
      | "due_on"
      | "carried_side"
      | "prepared_at"
      | "removed_at"
    >
  >,
): Promise<AgendaItemTable | undefined> {
  return tx
    .updateTable("agenda_item")
    .set({ ...changes, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}
