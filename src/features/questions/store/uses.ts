import { newId, type OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import type { QuestionUseTable } from "../schema.ts";

/** A use with what decides whether the question was asked: its item's dates, its meeting, and the agenda that was sent. */
export interface UseRow extends QuestionUseTable {
  readonly prepared_at: string | null;
  readonly removed_at: string | null;
  readonly held_at: string | null;
  readonly starts_at: string;
  readonly zone: string;
  /** When an agenda that held the item went out. */
  readonly sent_at: string | null;
}

interface Filter {
  readonly personId?: string | undefined;
  readonly meetingId?: string | undefined;
  readonly itemIds?: readonly string[];
  readonly id?: string;
}

/** Uses in the order they were chosen. Of the agenda only dates are read here, never words. */
export function listUseRows(db: Db, owner: OwnerId, filter: Filter = {}): Promise<UseRow[]> {
  const { personId, meetingId, itemIds, id } = filter;
  if (itemIds?.length === 0) return Promise.resolve([]);
  return db
    .selectFrom("question_use as u")
    .innerJoin("agenda_item as i", (join) => join.onRef("i.owner_id", "=", "u.owner_id").onRef("i.id", "=", "u.item_id"))
    .innerJoin("meeting as m", (join) => join.onRef("m.owner_id", "=", "u.owner_id").onRef("m.id", "=", "u.meeting_id"))
    .selectAll("u")
    .select(["i.prepared_at", "i.removed_at", "m.held_at", "m.starts_at", "m.zone"])
    .select((row) =>
      row
        .selectFrom("delivery as d")
        .whereRef("d.owner_id", "=", "u.owner_id")
        .whereRef("d.meeting_id", "=", "u.meeting_id")
        .where("d.kind", "=", "agenda")
        .where("d.sent_at", "is not", null)
        .whereRef("d.approved_at", ">=", "i.prepared_at")
        .select((one) => one.fn.min("d.sent_at").as("first_sent_at"))
        .as("sent_at"),
    )
    .where("u.owner_id", "=", owner)
    .$if(personId !== undefined, (query) => query.where("u.person_id", "=", personId as string))
    .$if(meetingId !== undefined, (query) => query.where("u.meeting_id", "=", meetingId as string))
    .$if(itemIds !== undefined, (query) => query.where("u.item_id", "in", itemIds as string[]))
    .$if(id !== undefined, (query) => query.where("u.id", "=", id as string))
    .orderBy("u.chosen_at")
    .orderBy("u.id")
    .execute();
}

/** The items that lines of this preparation began as, in earlier talks. */
export async function carriedRoots(db: Db, owner: OwnerId, meetingId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("agenda_item")
    .select("carried_from")
    .where("owner_id", "=", owner)
    .where("meeting_id", "=", meetingId)
    .where("carried_from", "like", "item:%")
    .where("removed_at", "is", null)
    .where("settled_at", "is", null)
    .execute();
  return rows.map((row) => (row.carried_from ?? "").slice("item:".length));
}

export type NewUse = Pick<
  QuestionUseTable,
  | "question_id"
  | "own_question_id"
  | "person_id"
  | "meeting_id"
  | "item_id"
  | "category"
  | "text"
  | "uncovers"
  | "follow_up"
  | "project"
  | "skill"
>;

/** Links a question to the item that asks it; another question chosen for the same item takes its place. What was answered stays. */
export async function putUse(tx: Tx, owner: OwnerId, now: Temporal.Instant, use: NewUse): Promise<void> {
  const at = instantText(now);
  const fresh = { answer: "", worth: null, chosen_at: at, answered_at: null, created_at: at, updated_at: at };
  const { item_id: _item, person_id: _person, meeting_id: _meeting, ...changes } = use;
  await tx
    .insertInto("question_use")
    .values({ owner_id: owner, id: newId(), ...use, ...fresh })
    .onConflict((conflict) => conflict.columns(["owner_id", "item_id"]).doUpdateSet({ ...changes, updated_at: at }))
    .execute();
}

export function updateUse(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  changes: Partial<Pick<QuestionUseTable, "text" | "project" | "skill" | "answer" | "answered_at" | "worth">>,
): Promise<QuestionUseTable | undefined> {
  return tx
    .updateTable("question_use")
    .set({ ...changes, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

export function readUseOfItem(db: Db, owner: OwnerId, itemId: string): Promise<QuestionUseTable | undefined> {
  return db.selectFrom("question_use").selectAll().where("owner_id", "=", owner).where("item_id", "=", itemId).executeTakeFirst();
}
