import { AppError } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { writeOperation } from "../../../platform/operation.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import { newestContent, toColumns } from "../rules/items.ts";
import { type AgendaItemTable, Changed, Effect, ItemRef, PrepareInput } from "../schema.ts";
import { type ItemChanges, updateItem } from "../store.ts";
import { agendaChanged, isOnAgenda, requireItemRow, toItem } from "./requiring.ts";
import { edited, kindOnReturn, putOnAgenda } from "./saving.ts";

export const prepareItem = writeOperation({
  name: "agenda.prepareItem",
  summary: "Put a saved draft, or newer words of an item, on the agenda",
  input: PrepareInput,
  output: Changed,
  async run({ owner, tx, now }, { id, version }) {
    const row = await requireItemRow(tx, owner, id);
    if (version !== undefined && version !== row.version) throw edited(newestContent(toItem(row)), row);
    return putOnAgenda(tx, owner, now, row);
  },
});

async function change(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  row: AgendaItemTable,
  changes: ItemChanges,
): Promise<typeof Changed._output> {
  const saved = await updateItem(tx, owner, now, row, changes);
  if (!saved) throw new AppError("conflict", "This item was changed in another window. Look at it again.");
  const touches = isOnAgenda(row) || isOnAgenda(saved);
  return { item: toItem(saved), approval: touches ? await agendaChanged(tx, owner, now, row.meeting_id) : "none" };
}

export const putAway = writeOperation({
  name: "agenda.putAway",
  summary: "Take an item off the agenda and keep its words as a private draft",
  input: ItemRef,
  output: Changed,
  async run({ owner, tx, now }, { id }) {
    const row = await requireItemRow(tx, owner, id);
    if (row.prepared_at === null) return { item: toItem(row), approval: "none" as const };
    const content = newestContent(toItem(row));
    return change(tx, owner, now, row, { ...toColumns(content), draft: null, prepared_at: null });
  },
});

export const discardDraft = writeOperation({
  name: "agenda.discardDraft",
  summary: "Drop the newer words of an item; the agenda keeps those it has",
  input: ItemRef,
  output: Changed,
  async run({ owner, tx, now }, { id }) {
    const row = await requireItemRow(tx, owner, id);
    if (row.draft === null) return { item: toItem(row), approval: "none" as const };
    const saved = await updateItem(tx, owner, now, row, { draft: null });
    return { item: toItem(saved ?? row), approval: "none" as const };
  },
});

export const removeItem = writeOperation({
  name: "agenda.removeItem",
  summary: "Take an item out of this agenda; what came over from earlier is open again next time",
  input: ItemRef,
  output: Effect,
  async run({ owner, tx, now }, { id }) {
    const row = await requireItemRow(tx, owner, id);
    if (row.removed_at !== null) return { approval: "none" as const };
    const { approval } = await change(tx, owner, now, row, { removed_at: instantText(now) });
    return { approval };
  },
});

export const restoreItem = writeOperation({
  name: "agenda.restoreItem",
  summary: "Put an item back that was taken out of this agenda",
  input: ItemRef,
  output: Changed,
  async run({ owner, tx, now }, { id }) {
    const row = await requireItemRow(tx, owner, id);
    if (row.removed_at === null) return { item: toItem(row), approval: "none" as const };
    return change(tx, owner, now, row, { removed_at: null, let_go_at: null, ...(await kindOnReturn(tx, owner, row)) });
  },
});

export const letGo = writeOperation({
  name: "agenda.letGo",
  summary: "Take an item out for good: it is not carried over again",
  input: ItemRef,
  output: Effect,
  async run({ owner, tx, now }, { id }) {
    const row = await requireItemRow(tx, owner, id);
    if (row.kind === "carried")
      throw new AppError(
        "invalid",
        "This stands in your commitments. Keep, drop or answer it there, and it is not carried over again.",
      );
    const at = instantText(now);
    const { approval } = await change(tx, owner, now, row, { removed_at: row.removed_at ?? at, let_go_at: at });
    return { approval };
  },
});
