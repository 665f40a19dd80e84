import { notFound } from "../../lib/errors.ts";
import type { OwnerId } from "../../lib/ids.ts";
import { highlight } from "../../lib/words.ts";
import { readOperation } from "../../platform/operation.ts";
import type { Db } from "../../platform/storage/database.ts";
import { searchText } from "../../platform/storage/full-text.ts";
import { readZone } from "../account/index.ts";
import { cursorOf, linksAround, positionOf, rowFilters } from "./rules.ts";
import {
  type Filters,
  type Position,
  type RecordEntry,
  type RowFilters,
  SearchAnswer,
  SearchInput,
  type Tag,
  Timeline,
  TimelineInput,
  Trace,
  TraceInput,
} from "./schema.ts";
import { type EntryRow, readAmong, readNewer, readOlder, tellingsOf } from "./store.ts";

/** Adds the tellings to rows: one query more, and only when something on the page was told. */
async function toEntries(db: Db, owner: OwnerId, rows: readonly EntryRow[]): Promise<RecordEntry[]> {
  const told = rows.filter((row) => row.source === "capture" && row.told_at !== null).map((row) => row.id);
  const tellings = await tellingsOf(db, owner, told);
  return rows.map((row) => ({
    id: row.id,
    source: row.source,
    kind: row.kind,
    text: row.text,
    happenedAt: row.happened_at,
    meetingId: row.meeting_id,
    personId: row.person_id,
    personName: row.person_name,
    deliveryId: row.delivery_id,
    toldAt: row.told_at,
    tags: row.tags === "[]" ? [] : (JSON.parse(row.tags) as Tag[]),
    tellings: tellings.get(row.id) ?? [],
  }));
}

/** The zone is needed only to say when a day begins. */
async function filtersFor(db: Db, owner: OwnerId, filters: Filters): Promise<RowFilters> {
  const zone = filters.from || filters.to ? await readZone(db, owner) : "UTC";
  return rowFilters(filters, zone);
}

export const showTimeline = readOperation({
  name: "record.timeline",
  summary: "Read the record, newest first: what was captured, told, decided and promised",
  input: TimelineInput,
  output: Timeline,
  assistant: true,
  examples: [
    { group: "captured", neverTold: true },
    { group: "promised", from: "2026-01-01", to: "2026-06-30" },
  ],
  async run({ owner, db }, { before, after, limit, ...filters }) {
    const asked = await filtersFor(db, owner, filters);
    const direction = before ? "older" : after ? "newer" : "newest";
    const rows =
      direction === "newer"
        ? await readNewer(db, owner, asked, limit + 1, positionOf(after as string))
        : await readOlder(db, owner, asked, limit + 1, before ? positionOf(before) : undefined);
    const more = rows.length > limit;
    const shown = !more ? rows : direction === "newer" ? rows.slice(1) : rows.slice(0, limit);
    const entries = await toEntries(db, owner, shown);
    return { entries, ...linksAround(entries, { direction, more }) };
  },
});

const isNarrow = (filters: RowFilters): boolean => Object.keys(filters).length > 0;

interface Found {
  readonly rows: readonly EntryRow[];
  readonly words: readonly string[];
  readonly corrected: boolean;
}

/** Reads hits newest first and lets the filters choose, in growing steps, until `limit` are found or there are no more. */
async function findRows(
  db: Db,
  owner: OwnerId,
  text: string,
  filters: RowFilters,
  limit: number,
  before?: Position,
): Promise<Found> {
  const found: EntryRow[] = [];
  let query = text;
  let corrected = false;
  let words: readonly string[] = [];
  let below = before;
  let step = isNarrow(filters) ? Math.max(100, limit) : limit;
  for (;;) {
    const answer = await searchText(db, owner, query, { limit: step, before: below });
    if (answer.corrected) query = answer.words.join(" ");
    corrected ||= answer.corrected;
    words = answer.words;
    const ids = answer.hits.map((hit) => hit.id);
    const byId = new Map((await readAmong(db, owner, filters, ids)).map((row) => [row.id, row]));
    found.push(...ids.flatMap((id) => byId.get(id) ?? []));
    if (found.length >= limit || ids.length < step) return { rows: found.slice(0, limit), words, corrected };
    below = answer.hits.at(-1);
    step = Math.min(500, step * 2);
  }
}

export const searchRecord = readOperation({
  name: "record.search",
  summary: "Search everything ever written, newest first; the last word may be a beginning or mistyped",
  input: SearchInput,
  output: SearchAnswer,
  assistant: true,
  examples: [{ text: "migration plan" }, { text: "onboarding", group: "captured", project: "Atlas" }],
  async run({ owner, db }, { text, before, limit, ...filters }) {
    const asked = await filtersFor(db, owner, filters);
    const found = await findRows(db, owner, text, asked, limit + 1, before ? positionOf(before) : undefined);
    const entries = await toEntries(db, owner, found.rows.slice(0, limit));
    const last = entries.at(-1);
    return {
      hits: entries.map((entry) => ({ ...entry, highlighted: highlight(entry.text, found.words) })),
      correctedTo: found.corrected ? found.words.join(" ") : null,
      older: found.rows.length > limit && last ? cursorOf(last) : null,
    };
  },
});

export const traceEntry = readOperation({
  name: "record.trace",
  summary: "Show where an entry of the record comes from and who was told: meeting, mails, dates",
  input: TraceInput,
  output: Trace,
  assistant: true,
  async run({ owner, db }, { id }) {
    const [row] = await readAmong(db, owner, {}, [id]);
    if (!row) throw notFound("This entry");
    const entry = (await toEntries(db, owner, [row]))[0] as RecordEntry;
    const mails = [row.delivery_id, ...entry.tellings.map((telling) => telling.deliveryId)].filter((one) => one !== null);
    return { ...entry, deliveryIds: [...new Set(mails)] };
  },
});
