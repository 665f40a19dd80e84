import type * as z from "zod";
import { AppError } from "../../../lib/errors.ts";
import type { FormValues } from "../../../surfaces/web/kit/form.ts";
import { isAction } from "../rules.ts";
import { type RecapLine, type RecapPart, recapParts, type SaveRecapInput } from "../schema.ts";

/** One row of the form. `key` names its fields: the line's id, or `new-PART` for one that is not kept yet. */
export interface Row {
  readonly key: string;
  readonly part: RecapPart;
  readonly line: RecapLine | undefined;
}

export type PostedLine = z.input<typeof SaveRecapInput>["lines"][number];

/** What a row held when it was sent to the browser: a row that comes back like this was not touched. */
export function rowMark(line: RecapLine): string {
  return JSON.stringify([line.text, line.who, line.dueOn ?? ""]);
}

function newPart(key: string): RecapPart | undefined {
  return recapParts.find((part) => key === `new-${part}` || key.startsWith(`new-${part}-`));
}

function postedKeys(values: FormValues): string[] {
  return Object.keys(values).flatMap((name) => (name.startsWith("text-") ? [name.slice("text-".length)] : []));
}

/** The lines of a posted form, with the key of each. Rows that were not touched are left out: nothing of them is saved, so nothing can clash. */
export function postedLines(values: FormValues): { keys: string[]; lines: PostedLine[] } {
  const keys: string[] = [];
  const lines: PostedLine[] = [];
  for (const key of postedKeys(values)) {
    const [text, who, due] = ["text", "who", "due"].map((name) => values[`${name}-${key}`] ?? "") as [string, string, string];
    if (values[`was-${key}`] === JSON.stringify([text, who, due])) continue;
    const part = newPart(key);
    if (part && text.trim() === "" && who === "" && due === "") continue;
    const kept = part ?? (values[`part-${key}`] as RecapPart);
    keys.push(key);
    lines.push({
      ...(part ? { part } : { id: key, version: Number(values[`version-${key}`]) }),
      text,
      ...(isAction(kept) ? { who, dueOn: due === "" ? null : due } : {}),
    });
  }
  return { keys, lines };
}

const FIELD_NAMES: Record<string, string> = { text: "text", who: "who", dueOn: "due" };

/** Messages about `lines.2.dueOn` belong beside the field that the person sees. */
export function besideFields(error: AppError, keys: readonly string[]): AppError {
  const fields = error.fields.map(({ field, message }) => {
    const [, index, name] = field.split(".");
    return { field: `${FIELD_NAMES[name ?? ""] ?? "text"}-${keys[Number(index)] ?? ""}`, message };
  });
  return new AppError(error.code, error.message, { fields, details: error.details });
}

/** The rows of one part: what is kept, what was typed and is not kept yet, and an empty one to write on. */
export function rowsOf(part: RecapPart, lines: readonly RecapLine[], values: FormValues): Row[] {
  const known = lines.map((line) => ({ key: line.id, part, line }));
  const ids = new Set(lines.map((line) => line.id));
  // A line that somebody took out in another window, while it was being changed here: the words come back as a new line.
  const lost = postedKeys(values).filter(
    (key) => !ids.has(key) && !newPart(key) && values[`part-${key}`] === part && values[`text-${key}`],
  );
  return [
    ...known,
    ...lost.map((key) => ({ key: `new-${part}-${key}`, part, line: undefined })),
    { key: `new-${part}`, part, line: undefined },
  ];
}

/** What a field shows: what was typed, or else what is kept. */
export function shownIn(row: Row, name: "text" | "who" | "due", values: FormValues): string {
  const original = row.key.replace(/^new-[a-z_]+-/u, "");
  const kept = { text: row.line?.text, who: row.line?.who, due: row.line?.dueOn };
  return values[`${name}-${row.key}`] ?? values[`${name}-${original}`] ?? kept[name] ?? "";
}
