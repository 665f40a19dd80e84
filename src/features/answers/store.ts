import type { OwnerId } from "../../lib/ids.ts";
import type { Db, Tx } from "../../platform/storage/database.ts";
import type { AnswerTable, MailLineTable } from "./schema.ts";

/** Keeps an answer once. Gives the id of the one that is kept: its own, or that of the first with the same source. */
export async function insertAnswer(tx: Tx, row: AnswerTable): Promise<string> {
  // The update changes nothing, but gives the present row back on both stores, also when another process was faster.
  const kept = await tx
    .insertInto("answer")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["owner_id", "source_key"]).doUpdateSet((q) => ({ source_key: q.ref("excluded.source_key") })),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  return kept.id;
}

export function readAnswer(db: Db, owner: OwnerId, id: string): Promise<AnswerTable | undefined> {
  return db.selectFrom("answer").selectAll().where("owner_id", "=", owner).where("id", "=", id).executeTakeFirst();
}

export interface AnswerFilter {
  readonly meetingId?: string | undefined;
  readonly waiting?: boolean | undefined;
}

/** Oldest first: what was said first is looked at first. */
export function listAnswerRows(db: Db, owner: OwnerId, { meetingId, waiting }: AnswerFilter): Promise<AnswerTable[]> {
  return db
    .selectFrom("answer")
    .selectAll()
    .where("owner_id", "=", owner)
    .$if(meetingId !== undefined, (query) => query.where("meeting_id", "=", meetingId as string))
    .$if(waiting === true, (query) => query.where("accepted_at", "is", null).where("declined_at", "is", null))
    .$if(waiting === false, (query) =>
      query.where((q) => q.or([q("accepted_at", "is not", null), q("declined_at", "is not", null)])),
    )
    .orderBy("received_at")
    .orderBy("id")
    .execute();
}

type Settling = Partial<Pick<AnswerTable, "verified_at" | "accepted_at" | "declined_at" | "became_id">>;

/** Changes an answer that nobody has settled yet: of two at once, one finds nothing to do. */
export function updateWaiting(tx: Tx, owner: OwnerId, id: string, changes: Settling): Promise<AnswerTable | undefined> {
  return tx
    .updateTable("answer")
    .set(changes)
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .where("accepted_at", "is", null)
    .where("declined_at", "is", null)
    .returningAll()
    .executeTakeFirst();
}

export async function insertMailLines(tx: Tx, rows: readonly MailLineTable[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto("mail_line")
    .values([...rows])
    .onConflict((conflict) => conflict.columns(["owner_id", "delivery_id", "position"]).doNothing())
    .execute();
}

export function listMailLines(db: Db, owner: OwnerId, deliveryId: string): Promise<MailLineTable[]> {
  return db
    .selectFrom("mail_line")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("delivery_id", "=", deliveryId)
    .orderBy("position")
    .execute();
}
