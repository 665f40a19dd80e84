import { cleanLine } from "../../../lib/text.ts";
import { categories, type Category, type OwnQuestion, type ShareFormat } from "../schema.ts";
import { csvRows, csvText } from "./csv.ts";

/** A question of a file, before it is looked at: which line it stands on, and what the file says of it. */
export interface Found {
  readonly line: number;
  readonly text: string;
  readonly uncovers: string;
  readonly category: string;
  readonly followUp: string;
}

export interface Skipped {
  readonly line: number;
  readonly text: string;
  readonly why: string;
}

export type Taken = Pick<OwnQuestion, "text" | "uncovers" | "category" | "followUp">;

const ITEM = /^(?<indent>\s*)(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(?<words>.*)$/u;
const FACT = /^(?<name>uncovers|category|follow[- _]?up)\s*:\s*(?<value>.*)$/iu;

type FactName = "uncovers" | "category" | "followUp";
const factName = (name: string): FactName => (/^follow/iu.test(name) ? "followUp" : (name.toLowerCase() as FactName));

/** The items of a Markdown list are questions; "uncovers:", "category:" and "follow-up:" below one belong to it. */
function fromMarkdown(file: string): Found[] {
  const found: Found[] = [];
  for (const [index, raw] of file.split("\n").entries()) {
    const item = ITEM.exec(raw)?.groups;
    const fact = FACT.exec((item?.["words"] ?? raw).trim())?.groups;
    const last = found.at(-1);
    if (fact && last) found[found.length - 1] = { ...last, [factName(fact["name"] ?? "")]: cleanLine(fact["value"] ?? "") };
    else if (item)
      found.push({ line: index + 1, text: cleanLine(item["words"] ?? ""), uncovers: "", category: "", followUp: "" });
  }
  return found;
}

const COLUMNS: readonly (readonly [keyof Omit<Found, "line">, RegExp])[] = [
  ["text", /^(?:text|question)$/iu],
  ["uncovers", /^uncovers$/iu],
  ["category", /^category$/iu],
  ["followUp", /^follow[- _]?up$/iu],
];

function fromCsv(file: string): Found[] {
  const [head, ...rows] = csvRows(file);
  if (!head) return [];
  const at = COLUMNS.map(([name, pattern]) => [name, head.cells.findIndex((cell) => pattern.test(cell.trim()))] as const);
  const hasHead = at.some(([name, index]) => name === "text" && index >= 0);
  const places: readonly (readonly [keyof Omit<Found, "line">, number])[] = hasHead
    ? at
    : [
        ["text", 0],
        ["uncovers", 1],
        ["category", 2],
        ["followUp", 3],
      ];
  return (hasHead ? rows : [head, ...rows]).map(({ line, cells }) => {
    const values = Object.fromEntries(places.map(([name, index]) => [name, cleanLine(cells[index] ?? "")]));
    return { line, text: "", uncovers: "", category: "", followUp: "", ...values };
  });
}

/** A table says so in its first line; everything else is read as a list. */
export function formatOf(file: string): ShareFormat {
  const first =
    file
      .replace(/^\uFEFF/u, "")
      .trimStart()
      .split("\n", 1)[0] ?? "";
  return /^"?(?:text|question)"?\s*[,;\t]/iu.test(first) ? "csv" : "markdown";
}

export function questionsIn(file: string, format: ShareFormat): Found[] {
  const text = file.replace(/^\uFEFF/u, "").replace(/\r\n?/gu, "\n");
  return format === "csv" ? fromCsv(text) : fromMarkdown(text);
}

const LONGEST = 500;
export const MOST_AT_ONCE = 500;

function isCategory(name: string): name is Category {
  return (categories as readonly string[]).includes(name);
}

/** "Team gaps" and "team-gaps" are the category team_gaps; an unknown name is a category of one's own. */
export function categoryNamed(name: string): Category {
  const key = name.toLowerCase().replace(/[\s-]+/gu, "_");
  return isCategory(key) ? key : "own";
}

const key = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

function whyNot(one: Found, taken: ReadonlySet<string>, count: number): string | undefined {
  if (one.text === "") return "there is no question in it";
  if (!/\p{L}/u.test(one.text)) return "there are no words in it";
  if (Math.max(one.text.length, one.uncovers.length, one.followUp.length) > LONGEST)
    return `it is longer than ${LONGEST} characters`;
  if (taken.has(key(one.text))) return "it is here already";
  return count >= MOST_AT_ONCE ? `a file adds at most ${MOST_AT_ONCE} questions` : undefined;
}

/** What of a file is taken over, and what is not, with its line and the reason. `present` are the texts that are there already. */
export function sorted(found: readonly Found[], present: readonly string[]): { taken: Taken[]; skipped: Skipped[] } {
  const known = new Set(present.map(key));
  const taken: Taken[] = [];
  const skipped: Skipped[] = [];
  for (const one of found) {
    const why = whyNot(one, known, taken.length);
    if (why) {
      skipped.push({ line: one.line, text: one.text.slice(0, 80).toWellFormed(), why });
      continue;
    }
    known.add(key(one.text));
    const { text, uncovers, followUp } = one;
    taken.push({ text, uncovers, followUp, category: categoryNamed(one.category) });
  }
  return { taken, skipped };
}

function markdownItem({ text, uncovers, category, followUp }: Taken): string {
  const facts = [
    uncovers && `  - uncovers: ${uncovers}`,
    `  - category: ${category}`,
    followUp && `  - follow-up: ${followUp}`,
  ].filter(Boolean);
  return [`- ${text}`, ...facts].join("\n");
}

/** The owner's questions as a file for others: the questions and nothing of what was asked or answered. */
export function fileOf(questions: readonly Taken[], format: ShareFormat): string {
  if (format === "markdown") return `# Questions\n\n${questions.map(markdownItem).join("\n")}\n`;
  const rows = questions.map(({ text, uncovers, category, followUp }) => [text, uncovers, category, followUp]);
  return csvText([["text", "uncovers", "category", "follow_up"], ...rows]);
}
