import { newId, type OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import type { Happening, SeedEventTable, SeedTable } from "../schema.ts";

/** Seeds in the order they were noted. */
export function listSeedRows(
  db: Db,
  owner: OwnerId,
  { personId, id }: { readonly personId?: string | undefined; readonly id?: string } = {},
): Promise<SeedTable[]> {
  return db
    .selectFrom("seed")
    .selectAll()
    .where("owner_id", "=", owner)
    .$if(personId !== undefined, (query) => query.where("person_id", "=", personId as string))
    .$if(id !== undefined, (query) => query.where("id", "=", id as string))
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

export async function insertSeed(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  seed: Pick<SeedTable, "person_id" | "text">,
): Promise<SeedTable> {
  const at = instantText(now);
  const blank = { opened_on: null, opening: "", settled_on: null, outcome: null, reason: "", rested_on: null };
  const row = { owner_id: owner, id: newId(), ...seed, ...blank, created_at: at, updated_at: at };
  await tx.insertInto("seed").values(row).execute();
  return row;
}

export async function updateSeed(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  changes: Partial<Omit<SeedTable, "owner_id" | "id" | "created_at" | "updated_at">>,
): Promise<void> {
  await tx
    .updateTable("seed")
    .set({ ...changes, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .execute();
}

export async function insertEvent(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  event: { readonly seed_id: string; readonly happening: Happening; readonly happened_on: string; readonly note: string },
): Promise<void> {
  await tx
    .insertInto("seed_event")
    .values({ owner_id: owner, id: newId(), ...event, created_at: instantText(now) })
    .execute();
}

export function listEvents(db: Db, owner: OwnerId, seedId: string): Promise<SeedEventTable[]> {
  return db
    .selectFrom("seed_event")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("seed_id", "=", seedId)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}
