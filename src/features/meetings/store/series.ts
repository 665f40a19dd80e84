import { newId, type OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import type { SeriesPauseTable, SeriesRule, SeriesRuleTable, SeriesTable } from "../schema.ts";

/** Inserts a running series unless the person has one already; then undefined. */
export async function insertSeries(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  personId: string,
): Promise<SeriesTable | undefined> {
  const at = instantText(now);
  return tx
    .insertInto("series")
    .values({
      owner_id: owner,
      id: newId(),
      person_id: personId,
      ended_on: null,
      ahead_until_on: "0001-01-01",
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

/** Marks the series as changed. On PostgreSQL this also makes a second process wait until this transaction is over. */
export function lockSeries(tx: Tx, owner: OwnerId, now: Temporal.Instant, id: string): Promise<SeriesTable | undefined> {
  return tx
    .updateTable("series")
    .set({ updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

/** Claims the planning up to a day: the series when it was not planned that far yet, else undefined. */
export function claimPlanning(tx: Tx, owner: OwnerId, id: string, until: string): Promise<SeriesTable | undefined> {
  return tx
    .updateTable("series")
    .set({ ahead_until_on: until })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .where("ahead_until_on", "<", until)
    .returningAll()
    .executeTakeFirst();
}

export async function setPlannedUntil(tx: Tx, owner: OwnerId, id: string, until: string): Promise<void> {
  await tx.updateTable("series").set({ ahead_until_on: until }).where("owner_id", "=", owner).where("id", "=", id).execute();
}

export async function setSeriesEnd(tx: Tx, owner: OwnerId, id: string, on: string): Promise<void> {
  await tx.updateTable("series").set({ ended_on: on }).where("owner_id", "=", owner).where("id", "=", id).execute();
}

export function readSeriesRow(db: Db, owner: OwnerId, id: string): Promise<SeriesTable | undefined> {
  return db.selectFrom("series").selectAll().where("owner_id", "=", owner).where("id", "=", id).executeTakeFirst();
}

export function readRunningSeries(db: Db, owner: OwnerId, personId: string): Promise<SeriesTable | undefined> {
  return db
    .selectFrom("series")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("person_id", "=", personId)
    .where("ended_on", "is", null)
    .executeTakeFirst();
}

export function listSeriesRows(db: Db, owner: OwnerId, personId?: string): Promise<SeriesTable[]> {
  const query = db.selectFrom("series").selectAll().where("owner_id", "=", owner).orderBy("created_at").orderBy("id");
  return (personId === undefined ? query : query.where("person_id", "=", personId)).execute();
}

/** Series that can still have meetings on or after a day and keep a rhythm of their own. */
export function listLivingSeries(db: Db, owner: OwnerId, today: string): Promise<SeriesTable[]> {
  return db
    .selectFrom("series")
    .selectAll()
    .where("owner_id", "=", owner)
    .where((where) => where.or([where("ended_on", "is", null), where("ended_on", ">=", today)]))
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom("series_lead")
            .select("series_lead.series_id")
            .whereRef("series_lead.owner_id", "=", "series.owner_id")
            .whereRef("series_lead.series_id", "=", "series.id"),
        ),
      ),
    )
    .execute();
}

export function listRules(db: Db, owner: OwnerId, seriesIds: readonly string[]): Promise<SeriesRuleTable[]> {
  if (seriesIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom("series_rule")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("series_id", "in", seriesIds)
    .orderBy("from_on")
    .execute();
}

export function listPauses(db: Db, owner: OwnerId, seriesIds: readonly string[]): Promise<SeriesPauseTable[]> {
  if (seriesIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom("series_pause")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("series_id", "in", seriesIds)
    .orderBy("from_on")
    .execute();
}

/** Makes a rule hold from its day on: rules that would have begun later are replaced by it. */
export async function putRule(tx: Tx, owner: OwnerId, now: Temporal.Instant, seriesId: string, rule: SeriesRule): Promise<void> {
  await tx
    .deleteFrom("series_rule")
    .where("owner_id", "=", owner)
    .where("series_id", "=", seriesId)
    .where("from_on", ">=", rule.fromOn)
    .execute();
  await tx
    .insertInto("series_rule")
    .values({
      owner_id: owner,
      id: newId(),
      series_id: seriesId,
      from_on: rule.fromOn,
      first_on: rule.firstOn,
      local_time: rule.time,
      zone: rule.zone,
      minutes: rule.minutes,
      every_weeks: rule.everyWeeks,
      created_at: instantText(now),
    })
    .execute();
}

export async function insertPause(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  seriesId: string,
  from: string,
  until: string | null,
): Promise<void> {
  await tx
    .insertInto("series_pause")
    .values({ owner_id: owner, id: newId(), series_id: seriesId, from_on: from, until_on: until, created_at: instantText(now) })
    .onConflict((conflict) => conflict.columns(["owner_id", "series_id", "from_on"]).doUpdateSet({ until_on: until }))
    .execute();
}

/** Ends every pause that covers or follows a day on the day before it. Returns how many there were. */
export async function endPauses(tx: Tx, owner: OwnerId, seriesId: string, on: string, lastDay: string): Promise<number> {
  const removed = await tx
    .deleteFrom("series_pause")
    .where("owner_id", "=", owner)
    .where("series_id", "=", seriesId)
    .where("from_on", ">=", on)
    .executeTakeFirst();
  const shortened = await tx
    .updateTable("series_pause")
    .set({ until_on: lastDay })
    .where("owner_id", "=", owner)
    .where("series_id", "=", seriesId)
    .where((where) => where.or([where("until_on", "is", null), where("until_on", ">=", on)]))
    .executeTakeFirst();
  return Number(removed.numDeletedRows) + Number(shortened.numUpdatedRows);
}
