import { newId, type OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import type {
  CalendarDismissalTable,
  CalendarEventSeriesTable,
  CalendarTitleRuleTable,
  EventSeries,
  TitleVerdict,
} from "../schema/following.ts";

const FEW = 50;

function eventSeries(db: Db, owner: OwnerId) {
  return db.selectFrom("calendar_event_series").selectAll().where("owner_id", "=", owner);
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `putEventSeries` alone
const factsOf = (row: CalendarEventSeriesTable): EventSeries => JSON.parse(row.facts) as EventSeries;

export interface KeptSeries {
  readonly sourceId: string;
  readonly series: EventSeries;
}

/** What the last readings of all calendars hold, or of one. */
export async function listEventSeries(db: Db, owner: OwnerId, sourceId?: string): Promise<KeptSeries[]> {
  const query = eventSeries(db, owner).orderBy("source_id").orderBy("series_key");
  const rows = await (sourceId === undefined ? query : query.where("source_id", "=", sourceId)).execute();
  return rows.map((row) => ({ sourceId: row.source_id, series: factsOf(row) }));
}

export async function readEventSeries(db: Db, owner: OwnerId, sourceId: string, key: string): Promise<EventSeries | undefined> {
  const row = await eventSeries(db, owner).where("source_id", "=", sourceId).where("series_key", "=", key).executeTakeFirst();
  return row && factsOf(row);
}

/** Keeps what a reading holds; what is the same as before is not written again, what is gone is forgotten. */
export async function putEventSeries(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  sourceId: string,
  all: readonly EventSeries[],
): Promise<void> {
  const rows = await eventSeries(tx, owner).where("source_id", "=", sourceId).execute();
  const before = new Map(rows.map((row) => [row.series_key, row.facts]));
  const wanted = new Map(all.map((one) => [one.key, JSON.stringify(one)]));
  const gone = [...before.keys()].filter((key) => !wanted.has(key));
  for (let from = 0; from < gone.length; from += FEW) {
    await tx
      .deleteFrom("calendar_event_series")
      .where("owner_id", "=", owner)
      .where("source_id", "=", sourceId)
      .where("series_key", "in", gone.slice(from, from + FEW))
      .execute();
  }
  const changed = [...wanted].filter(([key, facts]) => before.get(key) !== facts);
  const read_at = instantText(now);
  for (let from = 0; from < changed.length; from += FEW) {
    const values = changed
      .slice(from, from + FEW)
      .map(([series_key, facts]) => ({ owner_id: owner, source_id: sourceId, series_key, facts, read_at }));
    await tx
      .insertInto("calendar_event_series")
      .values(values)
      .onConflict((conflict) =>
        conflict
          .columns(["owner_id", "source_id", "series_key"])
          .doUpdateSet((eb) => ({ facts: eb.ref("excluded.facts"), read_at: eb.ref("excluded.read_at") })),
      )
      .execute();
  }
}

/** Forgets what a calendar held and what was said about its events. */
export async function forgetEventSeries(tx: Tx, owner: OwnerId, sourceId: string): Promise<void> {
  await tx.deleteFrom("calendar_event_series").where("owner_id", "=", owner).where("source_id", "=", sourceId).execute();
  await tx.deleteFrom("calendar_dismissal").where("owner_id", "=", owner).where("source_id", "=", sourceId).execute();
}

export function listDismissals(db: Db, owner: OwnerId): Promise<CalendarDismissalTable[]> {
  return db.selectFrom("calendar_dismissal").selectAll().where("owner_id", "=", owner).orderBy("dismissed_at", "desc").execute();
}

export async function putDismissal(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  values: Pick<CalendarDismissalTable, "source_id" | "series_key" | "title" | "fingerprint">,
): Promise<void> {
  await tx
    .insertInto("calendar_dismissal")
    .values({ owner_id: owner, ...values, dismissed_at: instantText(now) })
    .onConflict((conflict) => conflict.columns(["owner_id", "source_id", "series_key"]).doNothing())
    .execute();
}

export async function deleteDismissal(tx: Tx, owner: OwnerId, sourceId: string, key: string): Promise<boolean> {
  const gone = await tx
    .deleteFrom("calendar_dismissal")
    .where("owner_id", "=", owner)
    .where("source_id", "=", sourceId)
    .where("series_key", "=", key)
    .returning("series_key")
    .execute();
  return gone.length > 0;
}

export function listTitleRuleRows(db: Db, owner: OwnerId): Promise<CalendarTitleRuleTable[]> {
  return db.selectFrom("calendar_title_rule").selectAll().where("owner_id", "=", owner).orderBy("phrase_key").execute();
}

/** Keeps a rule about titles; the same phrase said again takes the later verdict. */
export function putTitleRule(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  rule: { readonly phrase: string; readonly key: string; readonly verdict: TitleVerdict },
): Promise<CalendarTitleRuleTable> {
  const { phrase, key, verdict } = rule;
  return tx
    .insertInto("calendar_title_rule")
    .values({ owner_id: owner, id: newId(), phrase, phrase_key: key, verdict, created_at: instantText(now) })
    .onConflict((conflict) => conflict.columns(["owner_id", "phrase_key"]).doUpdateSet({ phrase, verdict }))
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function deleteTitleRule(tx: Tx, owner: OwnerId, id: string): Promise<boolean> {
  const gone = await tx
    .deleteFrom("calendar_title_rule")
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .returning("id")
    .execute();
  return gone.length > 0;
}
