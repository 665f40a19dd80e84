import { type RawBuilder, sql } from "kysely";
import { newId, type OwnerId } from "../../lib/ids.ts";
import { instantText } from "../../platform/clock.ts";
import type { Db, Tx } from "../../platform/storage/database.ts";
import { preparedRead, preparedWrite } from "../../platform/storage/prepared.ts";
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
  /** True when nothing with this id was ever kept: there is then nothing to take away first. */
  readonly isNew?: boolean;
}

// Whoever was told of a capture stays told when its words change.
const putEntry = preparedWrite(
  `insert into record_entry (owner_id, id, source, kind, text, happened_at, meeting_id, person_id, delivery_id, told_at, tags, created_at)
   values (?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(?, (select min(told_at) from telling where owner_id = ? and capture_id = ?)), ?, ?)
   on conflict (owner_id, id) do update set source = excluded.source, kind = excluded.kind, text = excluded.text, happened_at = excluded.happened_at,
     meeting_id = excluded.meeting_id, person_id = excluded.person_id, delivery_id = excluded.delivery_id, told_at = excluded.told_at, tags = excluded.tags`,
);

/** Puts an entry into the record, or replaces the one with this id; the search index is kept in step. What was told about it stays told. */
export async function keepEntry(tx: Tx, owner: OwnerId, now: Temporal.Instant, entry: NewEntry): Promise<void> {
  const { id, source, kind, text, meetingId = null, personId = null, deliveryId = null, isNew = false } = entry;
  const happenedAt = instantText(entry.happenedAt);
  const tags = distinctTags(entry.tags ?? []);
  const toldAt = source === "told" ? happenedAt : null;
  const entryRow = [owner, id, source, kind, text, happenedAt, meetingId, personId, deliveryId];
  await putEntry(tx, [...entryRow, toldAt, owner, id, JSON.stringify(tags), instantText(now)]);
  if (!isNew) await tx.deleteFrom("record_tag").where("owner_id", "=", owner).where("entry_id", "=", id).execute();
  await insertTags(tx, owner, id, tags);
  await indexText(tx, owner, id, searchable(text, tags), happenedAt, { isNew });
}

/** Makes the search index again from the rows, after they were copied from elsewhere without it. */
export async function reindexEntries(tx: Tx, owner: OwnerId): Promise<void> {
  const columns = ["id", "text", "tags", "happened_at"] as const;
  const rows = await tx.selectFrom("record_entry").select(columns).where("owner_id", "=", owner).execute();
  for (const row of rows)
    await indexText(tx, owner, row.id, searchable(row.text, JSON.parse(row.tags) as Tag[]), row.happened_at);
}

/** What the search looks into: the words and the names of the tags. */
function searchable(text: string, tags: readonly Tag[]): string {
  return [text, ...tags.map((tag) => tag.name)].join("\n");
}

function firstTold(owner: OwnerId, captureId: string) {
  return sql<string | null>`(select min(told_at) from telling where owner_id = ${owner} and capture_id = ${captureId})`;
}

/** One spelling of each tag: the first. */
function distinctTags(tags: readonly Tag[]): Tag[] {
  const seen = new Map<string, Tag>();
  for (const tag of tags) {
    const key = `${tag.kind} ${tagKey(tag.name)}`;
    if (!seen.has(key)) seen.set(key, tag);
  }
  return [...seen.values()];
}

async function insertTags(tx: Tx, owner: OwnerId, entryId: string, tags: readonly Tag[]): Promise<void> {
  if (tags.length === 0) return;
  await tx
    .insertInto("record_tag")
    .values(tags.map(({ kind, name }) => ({ owner_id: owner, entry_id: entryId, kind, name_key: tagKey(name), name })))
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
  await settleTold(tx, owner, telling.captureId);
}

/** Says in the record since when a capture is told, after its tellings changed. */
async function settleTold(tx: Tx, owner: OwnerId, captureId: string): Promise<void> {
  await tx
    .updateTable("record_entry")
    .set({ told_at: firstTold(owner, captureId) })
    .where("owner_id", "=", owner)
    .where("id", "=", captureId)
    .execute();
}

/** Notes that something was said in a talk (S2): once for each talk, however often it is ticked off. */
export async function noteTalk(
  tx: Tx,
  owner: OwnerId,
  talk: Pick<NewTelling, "captureId" | "personId" | "toldAt"> & { readonly meetingId: string },
): Promise<void> {
  await takeBackTalk(tx, owner, talk.captureId, talk.meetingId);
  await noteTelling(tx, owner, { ...talk, deliveryId: null, channel: "talk" });
}

/** It was not said in this talk after all. What a mail told stays told. */
export async function takeBackTalk(tx: Tx, owner: OwnerId, captureId: string, meetingId: string): Promise<void> {
  await tx
    .deleteFrom("telling")
    .where("owner_id", "=", owner)
    .where("capture_id", "=", captureId)
    .where("meeting_id", "=", meetingId)
    .where("channel", "=", "talk")
    .execute();
  await settleTold(tx, owner, captureId);
}

/** A mail came back: it told nothing, and is no part of what was told. */
export async function takeBackMail(tx: Tx, owner: OwnerId, deliveryId: string): Promise<void> {
  const untold = await tx
    .deleteFrom("telling")
    .where("owner_id", "=", owner)
    .where("delivery_id", "=", deliveryId)
    .returning("capture_id")
    .execute();
  for (const { capture_id: captureId } of untold) await settleTold(tx, owner, captureId);
  await dropEntry(tx, owner, deliveryId);
}

/** The telling history of captures, oldest first; captures that were never told are absent from the map. */
export async function tellingsOf(db: Db, owner: OwnerId, captureIds: readonly string[]): Promise<Map<string, Telling[]>> {
  if (captureIds.length === 0) return new Map();
  const { rows } = await sql<Telling>`select t.capture_id as "captureId", t.person_id as "personId", p.name as "personName",
      t.meeting_id as "meetingId", t.delivery_id as "deliveryId", t.channel as channel, t.told_at as "toldAt"
    from telling as t join person as p on p.owner_id = t.owner_id and p.id = t.person_id
    where t.owner_id = ${owner} and t.capture_id in (${sql.join(captureIds)}) order by t.told_at, t.id`.execute(db);
  return Map.groupBy(
    rows.map((row) => ({ ...row })),
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

/** A row of the timeline with the name of the person it is about; `tags` is JSON. */
export type EntryRow = Omit<RecordEntryTable, "owner_id" | "created_at"> & { readonly person_name: string | null };

const ENTRY_COLUMNS = `e.id, e.source, e.kind, e.text, e.happened_at, e.meeting_id, e.person_id, e.delivery_id, e.told_at, e.tags, p.name as person_name`;
const ENTRIES = `record_entry as e left join person as p on p.owner_id = e.owner_id and p.id = e.person_id`;

const newestEntries = preparedRead<EntryRow>(
  `select ${ENTRY_COLUMNS} from ${ENTRIES} where e.owner_id = ? order by e.happened_at desc, e.id desc limit ?`,
);

// Written as SQL: a page that is read often should not build the same query from parts again and again.
function read(db: Db, owner: OwnerId, filters: RowFilters, rest: RawBuilder<unknown>): Promise<EntryRow[]> {
  return sql<EntryRow>`select ${sql.raw(ENTRY_COLUMNS)} from ${sql.raw(ENTRIES)}
    where e.owner_id = ${owner} ${narrowing(owner, filters)} ${rest}`
    .execute(db)
    .then(({ rows }) => rows);
}

function narrowing(owner: OwnerId, filters: RowFilters): RawBuilder<unknown> {
  const { sources, kind, personId, neverTold, from, until, projectKey, skillKey } = filters;
  const parts = [
    sources && oneOf(sources),
    neverTold && sql`and e.source = 'capture' and e.told_at is null`,
    kind && sql`and e.kind = ${kind}`,
    personId && sql`and e.person_id = ${personId}`,
    from && sql`and e.happened_at >= ${from}`,
    until && sql`and e.happened_at < ${until}`,
    projectKey && tagged(owner, "project", projectKey),
    skillKey && tagged(owner, "skill", skillKey),
  ].filter((part) => typeof part === "object");
  return parts.length === 0 ? sql`` : sql.join(parts, sql` `);
}

function oneOf(sources: readonly RecordSource[]): RawBuilder<unknown> {
  if (sources.length === 0) return sql`and 1 = 0`;
  const named = sources.length === 1 ? sql`and e.source = ${sources[0]}` : sql`and e.source in (${sql.join(sources)})`;
  // In the words of the index's own condition, or SQLite would not see that it applies.
  return sources.includes("capture") ? named : sql`${named} and e.source <> 'capture'`;
}

function tagged(owner: OwnerId, kind: TagKind, key: string): RawBuilder<unknown> {
  return sql`and e.id in (select entry_id from record_tag where owner_id = ${owner} and kind = ${kind} and name_key = ${key})`;
}

/** At most `limit` entries, newest first, older than `before`. */
export function readOlder(
  db: Db,
  owner: OwnerId,
  filters: RowFilters,
  limit: number,
  before?: Position,
): Promise<readonly EntryRow[]> {
  if (!before && Object.keys(filters).length === 0) return newestEntries(db, [owner, limit]);
  const below = before ? sql`and (e.happened_at, e.id) < (${before.happenedAt}, ${before.id})` : sql``;
  return read(db, owner, filters, sql`${below} order by e.happened_at desc, e.id desc limit ${limit}`);
}

/** At most `limit` entries that are newer than `after`, the nearest ones, newest first. */
export async function readNewer(
  db: Db,
  owner: OwnerId,
  filters: RowFilters,
  limit: number,
  after: Position,
): Promise<EntryRow[]> {
  const above = sql`and (e.happened_at, e.id) > (${after.happenedAt}, ${after.id})`;
  return (await read(db, owner, filters, sql`${above} order by e.happened_at, e.id limit ${limit}`)).toReversed();
}

/** Those of `ids` that the filters let through, in no order. */
export async function readAmong(db: Db, owner: OwnerId, filters: RowFilters, ids: readonly string[]): Promise<EntryRow[]> {
  return ids.length === 0 ? [] : read(db, owner, filters, sql`and e.id in (${sql.join(ids)})`);
}
