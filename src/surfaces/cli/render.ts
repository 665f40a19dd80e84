// Stored texts hold no control characters, but words from a mail server may: they must not reach a terminal as commands.
// oxlint-disable-next-line no-control-regex -- removing control characters is the point
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/gu;

type Row = Record<string, unknown>;

/** "plannedOn" as a heading: "Planned on". */
function label(name: string): string {
  const words = name.replace(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null && !Array.isArray(value);
const isRows = (value: unknown): value is Row[] => Array.isArray(value) && value.length > 0 && value.every(isRow);
const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
const isPlain = (value: unknown): boolean => !isRow(value) && !isRows(value);

function plain(value: unknown): string {
  if (isEmpty(value)) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map(plain).join(", ");
  return String(value).replace(CONTROLS, "");
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gmu, "  ");
}

/** A table when every row fits on a line; undefined otherwise. */
function table(rows: readonly Row[], columns: number): string | undefined {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => rows.some((row) => !isEmpty(row[name])));
  if (rows.some((row) => names.some((name) => !isPlain(row[name]) || plain(row[name]).includes("\n")))) return undefined;
  const lines = [names.map(label), ...rows.map((row) => names.map((name) => plain(row[name])))];
  const widths = names.map((_, index) => Math.max(...lines.map((line) => (line[index] ?? "").length)));
  if (widths.reduce((sum, width) => sum + width + 2, -2) > columns) return undefined;
  return lines
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function renderRow(row: Row, columns: number): string {
  const present = Object.entries(row).filter(([, value]) => !isEmpty(value));
  const short = present.filter(([, value]) => isPlain(value) && !plain(value).includes("\n"));
  const width = Math.max(0, ...short.map(([name]) => label(name).length));
  const lines = short.map(([name, value]) => `${label(name).padEnd(width)}  ${plain(value)}`);
  const blocks = present
    .filter((entry) => !short.includes(entry))
    .map(([name, value]) => `${label(name)}:\n${indent(renderValue(value, columns - 2))}`);
  return [...lines, ...blocks].join("\n");
}

function renderRows(rows: readonly Row[], columns: number): string {
  return table(rows, columns) ?? rows.map((row) => renderRow(row, columns)).join("\n\n");
}

function renderValue(value: unknown, columns: number): string {
  if (isRows(value)) return renderRows(value, columns);
  return isRow(value) ? renderRow(value, columns) : plain(value);
}

/** An operation's output for people: a list as a table where it fits, anything else as lines of "name  value". */
export function render(output: unknown, columns: number): string {
  if (!isRow(output)) return renderValue(output, columns);
  const entries = Object.entries(output);
  const [name, value] = entries[0] ?? [];
  if (entries.length === 1 && Array.isArray(value))
    return value.length > 0 ? renderValue(value, columns) : `No ${label(name ?? "").toLowerCase()}.`;
  if (entries.length > 0 && entries.every(([, list]) => Array.isArray(list) && list.length === 0))
    return `No ${label(name ?? "").toLowerCase()}.`;
  return renderRow(output, columns) || "Done.";
}
