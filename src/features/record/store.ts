import { sql } from "kysely";
import { newId, type OwnerId } from "../../lib/ids.ts";
import { instantText } from "../../platform/clock.ts";
import type { Db, Tx } from "../../platform/storage/database.ts";
import { indexText, unindexText } from "../../platform/storage/full-text.ts";
import {
  type Position,
  type RecordEntryTable,
  type RecordSource,
  type RowFilters,
  type Tag,
  tagKey,
  type TagKind,
  type Telling,
  type TellingChannel,
} from "./schema.ts";

/** What a feature hands to the record. The id is the one of its own row. */
export interface NewEntry {
  readonly id: string;
  readonly source: RecordSource;
  readonly kind: string | null;
  readonly text: string;
  readonly happenedAt: Temporal.Instant;
  readonly meetingId?: string | null;
  readonly personId?: string | null;
  readonly deliveryId?: string | null;
  readonly tags?: readonly Tag[];
}

/** Puts an entry into the record, or replaces the one with this id; the search index is kept in step. What was told about it stays told. */
export async function keepEntry(tx: Tx, owner: OwnerId, now: Temporal.Instant, entry: NewEntry): Promise<void> {
  const happenedAt = instantText(entry.happenedAt);
  const values = {
    source: entry.source,
    kind: entry.kind,
    text: entry.text,
    happened_at: happenedAt,
    meeting_id: entry.meetingId ?? null,
    person_id: entry.personId ?? null,
    delivery_id: entry.deliveryId ?? null,
    told_at: entry.source === "told" ? happenedAt : firstTold(owner, entry.id),
  };
  await tx
    .insertInto("record_entry")
    .values({ owner_id: owner, id: entry.id, ...values, created_at: instantText(now) })
    .onConflict((conflict) => conflict.columns(["owner_id", "id"]).doUpdateSet(values))
    .execute();
  await replaceTags(tx, owner, entry.id, entry.tags ?? []);
  await indexText(tx, owner, entry.id, [entry.text, ...(entry.tags ?? []).map((tag) => tag.name)].join("\n"), happenedAt);
}

/** Makes the search index again from the rows, after they were copied from elsewhere without it. */
export async function reindexEntries(tx: Tx, owner: OwnerId): Promise<void> {
  const tags = Map.groupBy(
    await tx.selectFrom("record_tag").select(["entry_id", "name"]).where("owner_id", "=", owner).execute(),
    (tag) => tag.entry_id,
  );
  const rows = await tx.selectFrom("record_entry").select(["id", "text", "happened_at"]).where("owner_id", "=", owner).execute();
  for (const { id, text, happened_at } of rows) {
    const names = (tags.get(id) ?? []).map((tag) => tag.name);
    await indexText(tx, owner, id, [text, ...names].join("\n"), happened_at);
  }
}

function firstTold(owner: OwnerId, captureId: string) {
  return sql<string | null>`(select min(told_at) from telling where owner_id = ${owner} and capture_id = ${captureId})`;
}

async function replaceTags(tx: Tx, owner: OwnerId, entryId: string, tags: readonly Tag[]): Promise<void> {
  await tx.deleteFrom("record_tag").where("owner_id", "=", owner).where("entry_id", "=", entryId).execute();
  if (tags.length === 0) return;
  await tx
    .insertInto("record_tag")
    .values(tags.map(({ kind, name }) => ({ owner_id: owner, entry_id: entryId, kind, name_key: tagKey(name), name })))
    .onConflict((conflict) => conflict.columns(["owner_id", "entry_id", "kind", "name_key"]).doNothing())
    .execute();
}

/** Takes an entry out of the record and out of the search. What was told stays in the ledger, and returns with the entry. */
export async function dropEntry(tx: Tx, owner: OwnerId, id: string): Promise<void> {
  await unindexText(tx, owner, id);
  await tx.deleteFrom("record_entry").where("owner_id", "=", owner).where("id", "=", id).execute();
}

/** Who was told of a capture: when, in which mail or conversation. */
export interface NewTelling {
  readonly captureId: string;
  readonly personId: string;
  readonly meetingId: string | null;
  readonly deliveryId: string | null;
  readonly channel: TellingChannel;
  readonly toldAt: Temporal.Instant;
}

/** Notes that somebody was told (S13). The same mail tells the same capture once, however often this is called. */
export async function noteTelling(tx: Tx, owner: OwnerId, telling: NewTelling): Promise<void> {
  await tx
    .insertInto("telling")
    .values({
      owner_id: owner,
      id: newId(),
      capture_id: telling.captureId,
      person_id: telling.personId,
      meeting_id: telling.meetingId,
      delivery_id: telling.deliveryId,
      channel: telling.channel,
      told_at: instantText(telling.toldAt),
    })
    .onConflict((conflict) => conflict.columns(["owner_id", "capture_id", "delivery_id"]).doNothing())
    .execute();
  await tx
    .updateTable("record_entry")
    .set({ told_at: firstTold(owner, telling.captureId) })
    .where("owner_id", "=", owner)
    .where("id", "=", telling.captureId)
    .execute();
}

/** The telling history of captures, oldest first; captures that were never told are absent from the map. */
export async function tellingsOf(db: Db, owner: OwnerId, captureIds: readonly string[]): Promise<Map<string, Telling[]>> {
  if (captureIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("telling")
    .innerJoin("person", (join) =>
      join.onRef("person.owner_id", "=", "telling.owner_id").onRef("person.id", "=", "telling.person_id"),
    )
    .select([
      "telling.capture_id",
      "telling.person_id",
      "person.name as person_name",
      "telling.meeting_id",
      "telling.delivery_id",
      "telling.channel",
      "telling.told_at",
    ])
    .where("telling.owner_id", "=", owner)
    .where("telling.capture_id", "in", captureIds)
    .orderBy("telling.told_at")
    .execute();
  return Map.groupBy(
    rows.map((row) => ({
      captureId: row.capture_id,
      personId: row.person_id,
      personName: row.person_name,
      meetingId: row.meeting_id,
      deliveryId: row.delivery_id,
      channel: row.channel,
      toldAt: row.told_at,
    })),
    (telling) => telling.captureId,
  );
}

/** The project and skill tags of entries, by name; entries without any are absent from the map. */
export async function tagsOf(db: Db, owner: OwnerId, entryIds: readonly string[]): Promise<Map<string, Tag[]>> {
  if (entryIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("record_tag")
    .select(["entry_id", "kind", "name"])
    .where("owner_id", "=", owner)
    .where("entry_id", "in", entryIds)
    .orderBy("kind")
    .orderBy("name_key")
    .execute();
  const tags = new Map<string, Tag[]>();
  for (const { entry_id, kind, name } of rows) tags.set(entry_id, [...(tags.get(entry_id) ?? []), { kind, name }]);
  return tags;
}

/** The names used as project or skill tags, in alphabetical order, one spelling of each. */
export async function listTags(db: Db, owner: OwnerId, kind: TagKind): Promise<string[]> {
  const rows = await db
    .selectFrom("record_tag")
    .select((eb) => eb.fn.max("name").as("name"))
    .where("owner_id", "=", owner)
    .where("kind", "=", kind)
    .groupBy("name_key")
    .orderBy("name_key")
    .execute();
  return rows.map((row) => row.name);
}

/** Rows of the timeline with the name of the person they are about. */
export type EntryRow = RecordEntryTable & { readonly person_name: string | null };

type EntryQuery = ReturnType<typeof entries>;

function entries(db: Db, owner: OwnerId) {
  return db
    .selectFrom("record_entry as e")
    .leftJoin("person as p", (join) => join.onRef("p.owner_id", "=", "e.owner_id").onRef("p.id", "=", "e.person_id"))
    .selectAll("e")
    .select("p.name as person_name")
    .where("e.owner_id", "=", owner);
}

function narrowed(query: EntryQuery, db: Db, owner: OwnerId, filters: RowFilters): EntryQuery {
  let rows = query;
  if (filters.sources?.length === 1) rows = rows.where("e.source", "=", filters.sources[0] as RecordSource);
  else if (filters.sources?.length === 0) rows = rows.where(sql<boolean>`1 = 0`);
  else if (filters.sources) rows = rows.where("e.source", "in", filters.sources);
  if (filters.neverTold) rows = rows.where(sql<boolean>`e.source = 'capture' and e.told_at is null`);
  if (filters.kind) rows = rows.where("e.kind", "=", filters.kind);
  if (filters.personId) rows = rows.where("e.person_id", "=", filters.personId);
  if (filters.from) rows = rows.where("e.happened_at", ">=", filters.from);
  if (filters.until) rows = rows.where("e.happened_at", "<", filters.until);
  if (filters.projectKey) rows = rows.where("e.id", "in", tagged(db, owner, "project", filters.projectKey));
  if (filters.skillKey) rows = rows.where("e.id", "in", tagged(db, owner, "skill", filters.skillKey));
  return rows;
}

function tagged(db: Db, owner: OwnerId, kind: TagKind, key: string) {
  return db
    .selectFrom("record_tag")
    .select("entry_id")
    .where("owner_id", "=", owner)
    .where("kind", "=", kind)
    .where("name_key", "=", key);
}

/** At most `limit` entries, newest first, older than `before`. */
export function readOlder(db: Db, owner: OwnerId, filters: RowFilters, limit: number, before?: Position): Promise<EntryRow[]> {
  let rows = narrowed(entries(db, owner), db, owner, filters);
  if (before) rows = rows.where((eb) => eb(eb.refTuple("e.happened_at", "e.id"), "<", eb.tuple(before.happenedAt, before.id)));
  return rows.orderBy("e.happened_at", "desc").orderBy("e.id", "desc").limit(limit).execute();
}

/** At most `limit` entries that are newer than `after`, the nearest ones, newest first. */
export async function readNewer(
  db: Db,
  owner: OwnerId,
  filters: RowFilters,
  limit: number,
  after: Position,
): Promise<EntryRow[]> {
  const rows = await narrowed(entries(db, owner), db, owner, filters)
    .where((eb) => eb(eb.refTuple("e.happened_at", "e.id"), ">", eb.tuple(after.happenedAt, after.id)))
    .orderBy("e.happened_at")
    .orderBy("e.id")
    .limit(limit)
    .execute();
  return rows.reverse();
}

/** Those of `ids` that the filters let through, in no order. */
export function readAmong(db: Db, owner: OwnerId, filters: RowFilters, ids: readonly string[]): Promise<EntryRow[]> {
  return narrowed(entries(db, owner), db, owner, filters).where("e.id", "in", ids).execute();
}
