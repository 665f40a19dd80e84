import type { OwnerId } from "../../lib/ids.ts";
import type { Db, Tx } from "./database.ts";
import { preparedRead, preparedWrite } from "./prepared.ts";

/**
 * On SQLite, what was written last waits in one small table until there is enough of it, and goes into the full-text index all at once:
 * for a single note the index writes eight pages and takes a third of the time that somebody waits, for thirty-two at once hardly more.
 * It is written in the same transaction as the note, and every search looks here too, so nobody can tell the difference.
 */

/** So many entries wait, of all owners together. */
const MOST_PENDING = 32;

/** An entry that waits; `rowid` is the place that it will have in the index, whose order is that of time. */
export interface PendingText {
  readonly rowid: number;
  readonly id: string;
  readonly happenedAt: string;
  /** With their owner's mark in front. */
  readonly words: readonly string[];
}

// Looking first, in the transaction that writes: `returning` would make SQLite build a table for its one row, which takes twice as long.
const look = preparedRead<{ taken: number; pending: number }>(
  `select exists (select 1 from full_text_row where rowid = ?) or exists (select 1 from full_text_pending where rowid = ?) as taken,
     (select count(*) from full_text_pending) as pending`,
);
const put = preparedWrite("insert into full_text_pending (rowid, owner_id, id, happened_at, words) values (?, ?, ?, ?, ?)");

/** Lets an entry wait at this place. False when the place is taken. */
export async function putPending(tx: Tx, owner: OwnerId, entry: PendingText): Promise<boolean> {
  const { rowid, id, happenedAt, words } = entry;
  const [place] = await look(tx, [rowid, rowid]);
  if (!place || place.taken === 1) return false;
  await put(tx, [rowid, owner, id, happenedAt, words.join(" ")]);
  if (place.pending + 1 >= MOST_PENDING) await indexPending(tx);
  return true;
}

const moveRows = preparedWrite(
  "insert into full_text_row (rowid, owner_id, id, happened_at) select rowid, owner_id, id, happened_at from full_text_pending order by rowid",
);
const moveWords = preparedWrite("insert into full_text (rowid, words) select rowid, words from full_text_pending order by rowid");
const forgetAll = preparedWrite("delete from full_text_pending");

/** Puts everything that waits into the index. */
export async function indexPending(tx: Tx): Promise<void> {
  await moveRows(tx, []);
  await moveWords(tx, []);
  await forgetAll(tx, []);
}

const forgetOne = preparedWrite("delete from full_text_pending where owner_id = ? and id = ?");

export async function dropPending(tx: Tx, owner: OwnerId, id: string): Promise<void> {
  await forgetOne(tx, [owner, id]);
}

const read = preparedRead<{ rowid: number; id: string; happened_at: string; words: string }>(
  "select rowid, id, happened_at, words from full_text_pending where owner_id = ? order by rowid desc",
);

/** The owner's entries that wait, newest first. */
export async function readPending(db: Db, owner: OwnerId): Promise<PendingText[]> {
  const rows = await read(db, [owner]);
  return rows.map(({ happened_at, words, ...row }) => ({ ...row, happenedAt: happened_at, words: words.split(" ") }));
}

/** Whether an entry holds every one of `words`, the last perhaps as a beginning, as the index would say. */
export function holdsAll(entry: PendingText, words: readonly string[]): boolean {
  const last = words.at(-1) ?? "";
  return words.slice(0, -1).every((word) => entry.words.includes(word)) && entry.words.some((word) => word.startsWith(last));
}
