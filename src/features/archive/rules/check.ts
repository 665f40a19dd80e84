import { isZone } from "../../../lib/dates.ts";
import { invalidField } from "../../../lib/errors.ts";
import type { Archive, ArchiveRow } from "../schema.ts";
import { archivedTables } from "./tables.ts";

/** A column as the present database has it. */
export interface Column {
  readonly name: string;
  readonly isNumber: boolean;
  readonly isRequired: boolean;
  readonly hasDefault: boolean;
}

const parses = (parse: (text: string) => unknown) => (text: string) => {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
};
const isInstant = parses((text) => Temporal.Instant.from(text));
const isDay = parses((text) => Temporal.PlainDate.from(text, { overflow: "reject" }));
// oxlint-disable-next-line no-control-regex -- a line break in a name could write a header of its own into a mail
const isLine = (text: string): boolean => !/[\u0000-\u001F\u007F]/u.test(text);

/** What the name of a column promises about its text. */
function keepsItsPromise(column: string, text: string): boolean {
  if (column.endsWith("_at")) return isInstant(text);
  if (column.endsWith("_on")) return /^\d{4}-\d{2}-\d{2}$/u.test(text) && isDay(text);
  if (column === "zone" || column.endsWith("_zone")) return isZone(text);
  if (/^(name|email|subject)$|_(name|address|id)$/u.test(column)) return isLine(text);
  return true;
}

function checkValue(place: string, column: Column, value: string | number | null | undefined): void {
  if (value === undefined && (column.hasDefault || !column.isRequired)) return;
  if (value === null && !column.isRequired) return;
  const isRight = column.isNumber
    ? Number.isSafeInteger(value)
    : typeof value === "string" && keepsItsPromise(column.name, value);
  if (!isRight)
    throw invalidField(
      "archive",
      `The archive is damaged: ${place}.${column.name} cannot be ${JSON.stringify(value)?.slice(0, 80) ?? "missing"}. Nothing was imported.`,
    );
}

/**
 * Checks an archive against the tables of the present database. Throws AppError `invalid`: for tables or columns that
 * this program does not know (a newer one wrote them) and for values that do not belong where they are.
 */
export function checkArchive(archive: Archive, columnsOf: (table: string) => readonly Column[]): void {
  const known = new Set<string>(archivedTables.map(({ table }) => table));
  const newer = (what: string) =>
    invalidField(
      "archive",
      `This archive has ${what}, which this version does not know: a newer Throughline wrote it. Update this one first; nothing was imported.`,
    );
  for (const [table, rows] of Object.entries(archive.tables)) {
    if (!known.has(table)) throw newer(`a table "${table}"`);
    const columns = columnsOf(table);
    const names = new Set(columns.map((column) => column.name));
    rows.forEach((row: ArchiveRow, index) => {
      const stranger = Object.keys(row).find((name) => !names.has(name));
      if (stranger !== undefined) throw newer(`a column "${table}.${stranger}"`);
      for (const column of columns) checkValue(`${table}[${index}]`, column, row[column.name]);
    });
  }
}
