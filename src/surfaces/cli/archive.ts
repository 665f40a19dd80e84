import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  type Archive,
  archiveText,
  exportJson,
  exportMarkdown,
  importJson,
  type MarkdownFile,
} from "../../features/archive/index.ts";
import { AppError } from "../../lib/errors.ts";
import type { AnyOperation } from "../../platform/operation.ts";
import { version } from "../../platform/version.ts";
import type { CommandContext } from "./command.ts";
import { connect } from "./connection.ts";
import { usage } from "./failure.ts";

async function invoke({ config }: CommandContext, operation: AnyOperation, input: object): Promise<unknown> {
  const connection = await connect(config(), version);
  try {
    return await connection.invoke(operation, input);
  } finally {
    await connection.close();
  }
}

function taken(path: string): AppError {
  return new AppError("conflict", `There is something at ${path} already. Choose another name; nothing was written.`);
}

function writeNew(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: "wx", mode: 0o600 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === "EEXIST" ? taken(path) : new AppError("unavailable", `${path} cannot be written (${code}).`, { cause: error });
  }
}

function writeFolder(folder: string, files: readonly MarkdownFile[]): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw taken(folder);
  for (const file of files) {
    const path = join(folder, file.path);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeNew(path, file.text);
  }
}

/** `throughline export FILE.json`, or `throughline export DIR --markdown`. */
export async function exportCommand(context: CommandContext): Promise<number> {
  const { terminal, words } = context;
  const asMarkdown = words.includes("--markdown");
  const [typed, ...more] = words.filter((word) => word !== "--markdown");
  if (!typed || more.length > 0 || typed.startsWith("--"))
    throw usage("Say where: throughline export FILE.json, or throughline export DIR --markdown.");
  const path = terminal.path(typed);
  if (!asMarkdown && existsSync(path)) throw taken(path);
  if (asMarkdown) {
    const { files } = (await invoke(context, exportMarkdown, {})) as { files: MarkdownFile[] };
    writeFolder(path, files);
    terminal.out(`Wrote ${files.length} files to ${path}; begin with index.md.`);
  } else {
    writeNew(path, archiveText((await invoke(context, exportJson, {})) as Archive));
    terminal.out(`Wrote everything to ${path}.`);
  }
  return 0;
}

function readArchiveFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new AppError("not_found", `${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch {
    throw usage(`${path} is not JSON. Name the file that was exported; nothing was changed.`);
  }
}

/** `throughline import FILE.json`, into an empty installation. */
export async function importCommand(context: CommandContext): Promise<number> {
  const { terminal, words } = context;
  const [typed, ...more] = words;
  if (!typed || more.length > 0 || typed.startsWith("--")) throw usage("Say which file: throughline import FILE.json.");
  const path = terminal.path(typed);
  const { rows } = (await invoke(context, importJson, { archive: readArchiveFile(path) })) as { rows: number };
  terminal.out(`Read ${rows.toLocaleString("en")} rows from ${path}. Nothing is sent by an import.`);
  return 0;
}
