import type { Tables } from "../../../platform/storage/database.ts";
import type { ArchiveRow } from "../schema.ts";

interface ArchivedTable {
  readonly table: keyof Tables;
  /** Columns that point to another row of the same table. */
  readonly selfReferences?: readonly string[];
  /** Rows that stay behind, by a rule that the table below explains. */
  readonly keeps?: (row: ArchiveRow) => boolean;
  /** The column and table of the row without which this one stays behind too. */
  readonly goesWith?: readonly [column: string, table: keyof Tables];
}

/** An approval is a promise of this installation. Only mail whose story is over is history; the rest is approved again elsewhere. */
const isOver = (row: ArchiveRow): boolean =>
  ["sent_at", "withdrawn_at", "missed_at", "failed_at"].some((column) => (row[column] ?? null) !== null);

/** Everything the owner wrote, each table after those that it refers to. */
export const archivedTables: readonly ArchivedTable[] = [
  { table: "person", selfReferences: ["predecessor_id"] },
  { table: "series" },
  { table: "series_rule" },
  { table: "series_pause" },
  { table: "meeting" },
  { table: "capture" },
  { table: "capture_revision" },
  { table: "record_entry" },
  { table: "record_tag" },
  { table: "telling" },
  { table: "delivery", keeps: isOver },
  { table: "delivery_capture", goesWith: ["delivery_id", "delivery"] },
  { table: "mail_line", goesWith: ["delivery_id", "delivery"] },
  { table: "mail_thread" },
  { table: "commitment" },
  { table: "commitment_event" },
  { table: "open_question" },
  { table: "agenda" },
  { table: "agenda_item" },
  { table: "meeting_note" },
  { table: "recap" },
  { table: "recap_line" },
  { table: "own_question" },
  { table: "question_use" },
  { table: "stated_condition" },
  { table: "answer_detail" },
  { table: "light_question" },
  { table: "waits_check" },
  { table: "wait_answer" },
  { table: "card_entry" },
  { table: "card_entry_revision" },
  { table: "seen_rating" },
  { table: "calendar_title_rule" },
  { table: "seed" },
  { table: "seed_mention" },
  { table: "seed_event" },
  { table: "incoming_mail", goesWith: ["delivery_id", "delivery"] },
  { table: "answer" },
  { table: "page_permission" },
];

/** Tables with an owner that are not in an archive, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  local_owner: "says whom this installation serves, not what they wrote",
  access_token: "a secret of this installation",
  mail_account: "a secret of this installation",
  mailbox_account: "a secret of this installation",
  mailbox_folder: "says how far a mailbox of this installation was read",
  draft_folder: "goes with a mailbox, which is a secret of this installation",
  guest_link: "opens a page of this installation, with its key",
  outbox: "an import must never send anything",
  calendar_source: "its address is a secret of this installation",
  calendar_snapshot: "read again from its calendar",
  calendar_object: "read again from its calendar",
  series_lead: "follows a calendar of this installation; elsewhere the series goes on by its own rhythm",
  calendar_event_series: "read again from its calendar",
  calendar_following: "follows a calendar of this installation; the meetings that came of it are in the archive",
  calendar_followed_uid: "belongs to what follows a calendar of this installation",
  calendar_dismissal: "belongs to a calendar of this installation",
  owner_hours: "goes with the reminders of this installation",
  reminder_setting: "an import must never send anything",
  calendar_feed: "opens an address of this installation, with its key",
  push_key: "a secret of this installation",
  push_subscription: "a secret of this installation",
  full_text: "made again from the record",
  full_text_row: "made again from the record",
  full_text_pending: "made again from the record",
  full_text_word: "made again from the record",
};

/** Rows of one table in an order that is the same on every store: by id, or by all that they hold. */
export function inOrder(rows: readonly ArchiveRow[]): ArchiveRow[] {
  const keyed = rows.map((row) => ({ row, key: typeof row["id"] === "string" ? row["id"] : JSON.stringify(row) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ row }) => row);
}

/** Takes out what stays behind. `tables` holds all rows by table. */
export function withoutUnfinished(tables: Readonly<Record<string, readonly ArchiveRow[]>>): Record<string, ArchiveRow[]> {
  const kept: Record<string, ArchiveRow[]> = {};
  for (const { table, keeps, goesWith } of archivedTables) {
    const rows = (tables[table] ?? []).filter(keeps ?? (() => true));
    const ids = goesWith && new Set(kept[goesWith[1]]?.map((row) => row["id"]));
    kept[table] = goesWith ? rows.filter((row) => ids?.has(row[goesWith[0]] as string)) : rows;
  }
  return kept;
}
