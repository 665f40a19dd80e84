/** A row with the line of the file that it begins on. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The separator is the one of the first line outside quotes: a comma, a semicolon (some spreadsheets) or a tab. */
function separatorOf(file: string): string {
  const first = (file.split("\n", 1)[0] ?? "").replace(/"(?:[^"]|"")*"/gu, "");
  return [",", ";", "\t"].find((one) => first.includes(one)) ?? ",";
}

// A quoted cell that is never closed runs to the end: what follows it is then one long cell, which is refused as too long.
const CELL = (separator: string): RegExp =>
  new RegExp(`(?:"((?:[^"]|"")*)(?:"|$)([^${separator}\\n]*)|([^${separator}\\n]*))(${separator}|\\n|$)`, "uy");

/** A sign that spreadsheets take for a formula is written after an apostrophe, which reading takes away again. */
const unguarded = (cell: string): string => cell.replace(/^'(?=[=+\-@\t])/u, "");

/** RFC 4180, with LF line ends: quoted cells may hold separators, quotes (doubled) and line breaks. Empty rows are left out. */
export function csvRows(file: string): CsvRow[] {
  const cell = CELL(separatorOf(file));
  const rows: CsvRow[] = [];
  let line = 1;
  let begun = 1;
  let cells: string[] = [];
  for (let at = 0; at <= file.length; at = cell.lastIndex) {
    cell.lastIndex = at;
    const found = cell.exec(file);
    if (!found) break;
    const [all, quoted, rest = "", plain = "", end] = found;
    cells.push(unguarded(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"') + rest.trim()));
    line += all.split("\n").length - 1;
    if (end === "\n" || end === "") {
      if (cells.some((one) => one !== "")) rows.push({ line: begun, cells });
      cells = [];
      begun = line;
    }
    if (end === "") break;
  }
  return rows;
}

function csvCell(text: string): string {
  const safe = /^[=+\-@\t]/u.test(text) ? `'${text}` : text;
  return /[",;\t\n']/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvText(rows: readonly (readonly string[])[]): string {
  return `${rows.map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}
