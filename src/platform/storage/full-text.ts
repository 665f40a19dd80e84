import { sql } from "kysely";
import type { OwnerId } from "../../lib/ids.ts";
import { forgivenSlips, slipsBetween, wordsOf } from "../../lib/words.ts";
import type { Db, Tx } from "./database.ts";
import { dialectOf } from "./dialect.ts";
import { dropPending, holdsAll, putPending, readPending } from "./full-text-pending.ts";
import { preparedWrite } from "./prepared.ts";

/**
 * One search for both stores. Every word goes into the index with its owner in front ("a1b2c3_roadmap"), so that a
 * lookup touches only the owner's own entries however many owners share the database, and so does a beginning of a word.
 */

/** A place in the list of hits: the next page starts below it. */
export interface TextPosition {
  readonly happenedAt: string;
  readonly id: string;
}

export interface TextHit extends TextPosition {}

export interface TextAnswer {
  /** Newest first. */
  readonly hits: readonly TextHit[];
  /** The words that were looked for, folded; the last also as a beginning. For `highlight`. */
  readonly words: readonly string[];
  /** True when nothing had the last word as it was typed, and a neighbour one or two slips away was taken instead. */
  readonly corrected: boolean;
}

const MOST_WORDS = 24;
const MOST_CORRECTIONS = 8;

/** The random end of the owner's id (UUIDv7). Two owners may share it: every answer is checked against the whole id. */
function ownerMark(owner: OwnerId): string {
  return `${owner
    .slice(-6)
    .toLowerCase()
    .replace(/[^a-z0-9]/gu, "x")}_`;
}

/**
 * Puts a text into the index, or replaces what was there under this id; `isNew` spares the look for it. `happenedAt` (instant text)
 * decides its place in the list.
 */
export async function indexText(
  tx: Tx,
  owner: OwnerId,
  id: string,
  text: string,
  happenedAt: string,
  { isNew = false }: { readonly isNew?: boolean } = {},
): Promise<void> {
  const words = [...new Set(wordsOf(text))];
  if (dialectOf(tx) === "postgres") return indexInPostgres(tx, owner, id, words, happenedAt);
  if (!isNew) await unindexText(tx, owner, id);
  return indexInSqlite(tx, owner, id, words, happenedAt);
}

// The words are sorted, so that two transactions never wait for each other's. A word that is no longer used does no harm.
const putIntoPostgres = preparedWrite(
  `with entry as (
     insert into full_text (owner_id, id, happened_at, words) values (?, ?, ?, array_to_tsvector(?::text[]))
     on conflict (owner_id, id) do update set happened_at = excluded.happened_at, words = excluded.words)
   insert into full_text_word (owner_id, word) select ?, unnest(?::text[]) on conflict do nothing`,
);

async function indexInPostgres(tx: Tx, owner: OwnerId, id: string, words: readonly string[], happenedAt: string): Promise<void> {
  const mark = ownerMark(owner);
  await putIntoPostgres(tx, [owner, id, happenedAt, words.map((word) => mark + word), owner, words.toSorted()]);
}

async function indexInSqlite(tx: Tx, owner: OwnerId, id: string, words: readonly string[], happenedAt: string): Promise<void> {
  const mark = ownerMark(owner);
  const marked = words.map((word) => mark + word);
  const first = firstSlot(happenedAt);
  for (let width = SLOTS_A_MILLISECOND; ; width *= 4) {
    const rowid = first + Math.floor(Math.random() * width);
    if (await putPending(tx, owner, { rowid, id, happenedAt, words: marked })) return;
  }
}

/** Takes a text out of the index. Nothing happens when it was not there. */
export async function unindexText(tx: Tx, owner: OwnerId, id: string): Promise<void> {
  if (dialectOf(tx) === "postgres") {
    await sql`delete from full_text where owner_id = ${owner} and id = ${id}`.execute(tx);
    return;
  }
  await dropPending(tx, owner, id);
  const { rows } = await sql<{
    rowid: number;
  }>`delete from full_text_row where owner_id = ${owner} and id = ${id} returning rowid`.execute(tx);
  for (const { rowid } of rows) await sql`delete from full_text where rowid = ${rowid}`.execute(tx);
}

// A row id grows with time: 1,024 to a millisecond, and if they are taken (many owners, one midnight) one a little later.
const SLOTS_A_MILLISECOND = 1024;
const FARTHEST_MS = 8_700_000_000_000;

function firstSlot(happenedAt: string): number {
  const ms = Math.max(-FARTHEST_MS, Math.min(FARTHEST_MS, Date.parse(happenedAt)));
  return ms * SLOTS_A_MILLISECOND;
}

/**
 * The owner's entries that hold every word of `query`, newest first; the last word may be a beginning. Whatever is
 * typed, it is words: quotes, operators and brackets mean nothing. A query without any word finds nothing.
 * A mistyped last word is corrected only when nothing was found: one slip, two from eight letters on.
 */
export async function searchText(
  db: Db,
  owner: OwnerId,
  query: string,
  options: { readonly limit: number; readonly before?: TextPosition | undefined },
): Promise<TextAnswer> {
  const words = [...new Set(wordsOf(query))].slice(0, MOST_WORDS);
  if (words.length === 0) return { hits: [], words, corrected: false };
  const hits = await find(db, owner, words, options);
  if (hits.length > 0 || options.before) return { hits, words, corrected: false };
  const others = words.slice(0, -1);
  for (const candidate of await nearWords(db, owner, words.at(-1) as string)) {
    const corrected = [...others, candidate];
    const found = await find(db, owner, corrected, options);
    if (found.length > 0) return { hits: found, words: corrected, corrected: true };
  }
  return { hits, words, corrected: false };
}

async function find(
  db: Db,
  owner: OwnerId,
  words: readonly string[],
  options: { readonly limit: number; readonly before?: TextPosition | undefined },
): Promise<readonly TextHit[]> {
  const mark = ownerMark(owner);
  return dialectOf(db) === "postgres"
    ? await findInPostgres(db, owner, mark, words, options)
    : await findInSqlite(db, owner, mark, words, options);
}

type FindOptions = { readonly limit: number; readonly before?: TextPosition | undefined };

async function findInSqlite(
  db: Db,
  owner: OwnerId,
  mark: string,
  words: readonly string[],
  { limit, before }: FindOptions,
): Promise<readonly TextHit[]> {
  const match = `${words.map((word) => `"${mark}${word}"`).join(" AND ")} *`;
  const waiting = await readPending(db, owner);
  const end = before && (waiting.find(({ id }) => id === before.id)?.rowid ?? (await slotOf(db, owner, before)));
  const below = end === undefined ? sql`` : sql`and full_text.rowid < ${end}`;
  // The list is cut inside the index; only then are the rows looked up and checked against the whole owner id.
  const { rows } = await sql<TextHit & { rowid: number }>`select r.rowid as rowid, r.id as id, r.happened_at as "happenedAt"
    from full_text cross join full_text_row as r on r.rowid = full_text.rowid
    where full_text match ${match} ${below} and r.owner_id = ${owner}
    order by full_text.rowid desc limit ${limit}`.execute(db);
  const marked = words.map((word) => mark + word);
  const found = waiting.filter((entry) => (end === undefined || entry.rowid < end) && holdsAll(entry, marked));
  // What went into the index between the two reads was met twice: in this order nothing can be missed.
  const hits = new Map([...found, ...rows].map((hit) => [hit.id, hit]));
  const newestFirst = [...hits.values()].sort((a, b) => b.rowid - a.rowid).slice(0, limit);
  return newestFirst.map(({ id, happenedAt }) => ({ id, happenedAt }));
}

/** The place of an entry in the index, or where it would stand. */
async function slotOf(db: Db, owner: OwnerId, { id, happenedAt }: TextPosition): Promise<number> {
  const { rows } = await sql<{
    rowid: number;
  }>`select rowid from full_text_row where owner_id = ${owner} and id = ${id}`.execute(db);
  return rows[0]?.rowid ?? firstSlot(happenedAt);
}

/** So many of the newest entries are looked through in order before the index is asked for all that match. */
const NEWEST_FIRST = 300;

/**
 * A frequent word stands in the newest entries: reading those in order ends long before the index has listed,
 * fetched and sorted thousands of matches. For any other word the index is asked.
 */
async function findInPostgres(
  db: Db,
  owner: OwnerId,
  mark: string,
  words: readonly string[],
  { limit, before }: FindOptions,
): Promise<readonly TextHit[]> {
  const match = `${words.map((word) => `'${mark}${word}'`).join(" & ")}:*`;
  const below = before ? sql`and (happened_at, id) < (${before.happenedAt}, ${before.id})` : sql``;
  const newest = await sql<TextHit>`select id, happened_at as "happenedAt"
    from (select id, happened_at, words from full_text where owner_id = ${owner} ${below} order by happened_at desc, id desc limit ${NEWEST_FIRST}) as newest
    where words @@ ${match}::tsquery order by happened_at desc, id desc limit ${limit}`.execute(db);
  if (newest.rows.length === limit) return newest.rows;
  const { rows } = await sql<TextHit>`select id, happened_at as "happenedAt" from full_text
    where words @@ ${match}::tsquery and owner_id = ${owner} ${below}
    order by happened_at desc, id desc limit ${limit}`.execute(db);
  return rows;
}

/** The owner's words within reach of a mistyped one, nearest first. */
async function nearWords(db: Db, owner: OwnerId, word: string): Promise<string[]> {
  const limit = forgivenSlips(word);
  if (limit === 0) return [];
  const near = (await vocabulary(db, owner, word.length - limit, word.length + limit))
    .map((candidate) => ({ candidate, slips: slipsBetween(word, candidate, limit) }))
    .filter(({ slips }) => slips <= limit);
  return near
    .sort((a, b) => a.slips - b.slips)
    .slice(0, MOST_CORRECTIONS)
    .map(({ candidate }) => candidate);
}

async function vocabulary(db: Db, owner: OwnerId, shortest: number, longest: number): Promise<string[]> {
  if (dialectOf(db) === "postgres") {
    const { rows } = await sql<{ word: string }>`select word from full_text_word
      where owner_id = ${owner} and length(word) between ${shortest} and ${longest}`.execute(db);
    return rows.map((row) => row.word);
  }
  const mark = ownerMark(owner);
  // "`" follows "_" in ASCII: the range is everything that begins with the owner's mark.
  const { rows } = await sql<{ word: string }>`select substr(term, ${mark.length + 1}) as word from full_text_word
    where term >= ${mark} and term < ${`${mark.slice(0, -1)}\``} and length(term) between ${shortest + mark.length} and ${longest + mark.length}`.execute(
    db,
  );
  const waiting = (await readPending(db, owner)).flatMap((entry) => entry.words.map((word) => word.slice(mark.length)));
  const near = waiting.filter((word) => word.length >= shortest && word.length <= longest);
  return [...new Set([...rows.map((row) => row.word), ...near])];
}
