import { cpus, totalmem } from "node:os";
import type { DialectName } from "../src/platform/storage/database.ts";
import type { Measurements, Pair } from "./measure.ts";

/** What was measured with one number of owners on one store. */
export interface Column {
  readonly store: DialectName;
  readonly owners: number;
  readonly figures: Measurements;
}

interface Target {
  readonly words: string;
  reached(pair: Pair): boolean;
  /** The bare server is one on SQLite: beside PostgreSQL its ratio is shown, but it is no measure of it. */
  readonly onSqlite?: true;
}

interface Row {
  readonly key: string;
  readonly label: string;
  readonly digits: number;
  readonly moreIsBetter?: boolean;
  readonly target?: Target;
  /** p99 of a busy machine says more about the machine: growth is judged by the other figures. */
  readonly growthCounts?: false;
}

const ratioOf = ({ ours, bare }: Pair): number => ours / (bare ?? Number.NaN);

const ROWS: readonly Row[] = [
  { key: "start", label: "start to first 200, ms", digits: 0, target: { words: "<= 500", reached: ({ ours }) => ours <= 500 } },
  { key: "rss-idle", label: "RSS idle, MB", digits: 0, target: { words: "<= 110", reached: ({ ours }) => ours <= 110 } },
  { key: "rss-loaded", label: "RSS after load, MB", digits: 0 },
  {
    key: "page-rate-1",
    label: "record page, 1 connection, requests/s",
    digits: 0,
    moreIsBetter: true,
    target: { words: ">= 0.4 x bare", reached: (pair) => ratioOf(pair) >= 0.4, onSqlite: true },
  },
  { key: "page-p99-1", label: "record page, 1 connection, p99 ms", digits: 2, growthCounts: false },
  {
    key: "page-rate-16",
    label: "record page, 16 connections, requests/s",
    digits: 0,
    moreIsBetter: true,
    target: { words: ">= 0.4 x bare", reached: (pair) => ratioOf(pair) >= 0.4, onSqlite: true },
  },
  { key: "page-p99-16", label: "record page, 16 connections, p99 ms", digits: 2, growthCounts: false },
  { key: "search-p50", label: "record.search, p50 ms", digits: 2, target: { words: "<= 5", reached: ({ ours }) => ours <= 5 } },
  { key: "search-p99", label: "record.search, p99 ms", digits: 2, growthCounts: false },
  { key: "search-http-p50", label: "search page, p50 ms", digits: 2 },
  { key: "search-http-p99", label: "search page, p99 ms", digits: 2, growthCounts: false },
  {
    key: "write-p50",
    label: "durable write, p50 ms",
    digits: 2,
    target: { words: "<= 2 x bare", reached: (pair) => ratioOf(pair) <= 2, onSqlite: true },
  },
  { key: "write-p99", label: "durable write, p99 ms", digits: 2, growthCounts: false },
  {
    key: "dom",
    label: "20 notes in the DOM of Chromium, ms",
    digits: 0,
    target: { words: "<= 1.4 x bare", reached: (pair) => ratioOf(pair) <= 1.4, onSqlite: true },
  },
];

const MOST_GROWTH = 1.3;
const storeNames: Readonly<Record<DialectName, string>> = { sqlite: "SQLite", postgres: "PostgreSQL" };

function targetOf({ target }: Row, store: DialectName): Target | undefined {
  return target?.onSqlite && store !== "sqlite" ? undefined : target;
}

function cell(row: Row, { store, figures }: Column): string {
  const pair = figures[row.key];
  if (!pair) return "";
  const verdict = (targetOf(row, store)?.reached(pair) ?? true) ? "" : " MISSED";
  const bare = pair.bare === undefined ? "" : ` (bare ${pair.bare.toFixed(row.digits)}, x${ratioOf(pair).toFixed(2)})`;
  return `${pair.ours.toFixed(row.digits)}${bare}${verdict}`;
}

/** How many times worse the last column of a store is than its first. */
function growth(row: Row, columns: readonly Column[]): number | undefined {
  const [first, last] = [columns[0]?.figures[row.key], columns.at(-1)?.figures[row.key]];
  if (!first || !last || columns.length < 2) return undefined;
  return row.moreIsBetter ? first.ours / last.ours : last.ours / first.ours;
}

function growthCell(row: Row, columns: readonly Column[]): string {
  const times = growth(row, columns);
  if (times === undefined) return "";
  return `x${times.toFixed(2)}${row.growthCounts !== false && times > MOST_GROWTH ? " MISSED" : ""}`;
}

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = head.map((name, index) => Math.max(name.length, ...lines.map((line) => (line[index] ?? "").length)));
  const write = (line: readonly string[]): string =>
    `| ${widths.map((width, index) => (line[index] ?? "").padEnd(width)).join(" | ")} |`;
  return [write(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...lines.map(write)].join("\n");
}

function storeTable(store: DialectName, columns: readonly Column[]): string {
  const owners = columns.map((column) => `${column.owners} ${column.owners === 1 ? "owner" : "owners"}`);
  const head = [storeNames[store], ...owners, "target", ...(columns.length > 1 ? [`growth (<= ${MOST_GROWTH})`] : [])];
  const lines = ROWS.map((row) => [
    row.label,
    ...columns.map((column) => cell(row, column)),
    targetOf(row, store)?.words ?? "",
    growthCell(row, columns),
  ]);
  return table(head, lines);
}

/** The whole report as Markdown, which reads well in a terminal too. */
export function report(columns: readonly Column[]): string {
  const stores = [...new Set(columns.map((column) => column.store))];
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}, Node ${process.version}`;
  const tables = stores.map((store) =>
    storeTable(
      store,
      columns.filter((column) => column.store === store),
    ),
  );
  return [machine, ...tables].join("\n\n");
}
