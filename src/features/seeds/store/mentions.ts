import { sql } from "kysely";
import { newId, type OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import type { SeedMentionTable } from "../schema.ts";

/** A mention with what decides whether it was heard: the dates of a line of an agenda, its meeting, and the mail that was sent. */
export interface MentionRow extends SeedMentionTable {
  /** The meeting of that line: of one that came over, a later one than its mention's. */
  readonly line_meeting_id: string | null;
  readonly prepared_at: string | null;
  readonly removed_at: string | null;
  readonly held_at: string | null;
  readonly starts_at: string | null;
  readonly zone: string | null;
  readonly sent_at: string | null;
}

/**
 * Mentions of some seeds in the order they were noted; one whose line came over into later preparations has a row for each of its
 * lines. Of the agenda only dates are read here, never words.
 */
export function listMentionRows(db: Db, owner: OwnerId, seedIds: readonly string[]): Promise<MentionRow[]> {
  if (seedIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom("seed_mention as s")
    .leftJoin("agenda_item as i", (join) =>
      join
        .onRef("i.owner_id", "=", "s.owner_id")
        .on((line) =>
          line.or([line("i.id", "=", line.ref("s.item_id")), line("i.carried_from", "=", sql<string>`'item:' || s.item_id`)]),
        ),
    )
    .leftJoin("meeting as m", (join) => join.onRef("m.owner_id", "=", "s.owner_id").onRef("m.id", "=", "i.meeting_id"))
    .selectAll("s")
    .select(["i.meeting_id as line_meeting_id", "i.prepared_at", "i.removed_at", "m.held_at", "m.starts_at", "m.zone"])
    .select((row) =>
      row
        .selectFrom("delivery as d")
        .whereRef("d.owner_id", "=", "s.owner_id")
        .whereRef("d.meeting_id", "=", "i.meeting_id")
        .where("d.kind", "=", "agenda")
        .where("d.sent_at", "is not", null)
        .whereRef("d.approved_at", ">=", "i.prepared_at")
        .select((one) => one.fn.min("d.sent_at").as("first_sent_at"))
        .as("sent_at"),
    )
    .where("s.owner_id", "=", owner)
    .where("s.seed_id", "in", seedIds)
    .orderBy("s.created_at")
    .orderBy("s.id")
    .execute();
}

export function readMention(
  db: Db,
  owner: OwnerId,
  by: { readonly id: string } | { readonly item_id: string },
): Promise<SeedMentionTable | undefined> {
  return db
    .selectFrom("seed_mention")
    .selectAll()
    .where("owner_id", "=", owner)
    .where((row) => row.and(by))
    .executeTakeFirst();
}

type NewMention = Pick<SeedMentionTable, "seed_id" | "person_id" | "meeting_id"> &
  Partial<Pick<SeedMentionTable, "said_on" | "said">>;

/** In one meeting a seed is mentioned once: what comes later about the same meeting joins the mention that is there. */
export async function putMention(tx: Tx, owner: OwnerId, now: Temporal.Instant, mention: NewMention): Promise<SeedMentionTable> {
  const at = instantText(now);
  const { said_on, said } = mention;
  const changes = {
    ...(said_on === undefined ? {} : { said_on }),
    ...(said === undefined || said === "" ? {} : { said }),
    updated_at: at,
  };
  return tx
    .insertInto("seed_mention")
    .values({ owner_id: owner, id: newId(), item_id: null, said_on: null, said: "", ...mention, created_at: at, updated_at: at })
    .onConflict((conflict) => conflict.columns(["owner_id", "seed_id", "meeting_id"]).doUpdateSet(changes))
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function bindItem(tx: Tx, owner: OwnerId, now: Temporal.Instant, id: string, itemId: string): Promise<void> {
  await tx
    .updateTable("seed_mention")
    .set({ item_id: itemId, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .execute();
}

/** Takes back what was noted by hand; a line of an agenda stays what it is. */
export async function takeBackNote(tx: Tx, owner: OwnerId, now: Temporal.Instant, mention: SeedMentionTable): Promise<void> {
  if (mention.item_id === null) {
    await tx.deleteFrom("seed_mention").where("owner_id", "=", owner).where("id", "=", mention.id).execute();
    return;
  }
  await tx
    .updateTable("seed_mention")
    .set({ said_on: null, said: "", updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", mention.id)
    .execute();
}
