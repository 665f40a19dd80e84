import { AppError, notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import { withdrawApproval } from "../../delivery/index.ts";
import { contentOf } from "../rules/items.ts";
import { type AgendaItemTable, type AgendaTable, type ApprovalEffect, Content, type Item } from "../schema.ts";
import { readAgendaRow, readItemRow } from "../store.ts";

function readDraft(draft: string | null): Content | null {
  return draft === null ? null : Content.parse(JSON.parse(draft));
}

export function toItem(row: AgendaItemTable): Item {
  return {
    ...contentOf(row),
    id: row.id,
    kind: row.kind,
    minutes: row.minutes,
    position: row.position,
    captureId: row.capture_id,
    carriedFrom: row.carried_from,
    carriedSide: row.carried_side,
    dueOn: row.due_on,
    discussedAt: row.discussed_at,
    preparedAt: row.prepared_at,
    draft: readDraft(row.draft),
    version: row.version,
  };
}

/** The item's row, or AppError `not_found`: also when it is somebody else's. */
export async function requireItemRow(db: Db, owner: OwnerId, id: string): Promise<AgendaItemTable> {
  const row = await readItemRow(db, owner, id);
  if (!row) throw notFound("This item of the agenda");
  return row;
}

/** Makes sure that an item belongs to this meeting of the owner. Throws AppError `not_found`. */
export async function requireItemOf(db: Db, owner: OwnerId, meetingId: string, id: string): Promise<void> {
  if ((await requireItemRow(db, owner, id)).meeting_id !== meetingId) throw notFound("This item of the agenda");
}

/** The preparation of a meeting, or AppError: `not_found` for somebody else's meeting is the caller's to find first. */
export async function requireAgenda(db: Db, owner: OwnerId, meetingId: string): Promise<AgendaTable> {
  const agenda = await readAgendaRow(db, owner, meetingId);
  if (!agenda) throw new AppError("not_found", "The preparation of this meeting has not been started. Open it first.");
  return agenda;
}

/** Call it whenever what is on the agenda changes: an approved agenda has to be approved again, in its new words (S31). */
export function agendaChanged(tx: Tx, owner: OwnerId, now: Temporal.Instant, meetingId: string): Promise<ApprovalEffect> {
  return withdrawApproval(tx, owner, now, meetingId, "agenda");
}

export function isOnAgenda(row: Pick<AgendaItemTable, "prepared_at" | "removed_at" | "settled_at">): boolean {
  return row.prepared_at !== null && row.removed_at === null && row.settled_at === null;
}
