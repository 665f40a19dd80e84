import * as z from "zod";
import { AppError, invalidField } from "../../lib/errors.ts";
import type { OwnerId } from "../../lib/ids.ts";
import { readOperation, writeOperation } from "../../platform/operation.ts";
import type { Db } from "../../platform/storage/database.ts";
import { readOwner, updateOwner } from "../account/index.ts";
import { reindexEntries } from "../record/index.ts";
import { checkArchive } from "./rules/check.ts";
import { markdownFolder } from "./rules/markdown.ts";
import { Archive, ARCHIVE_VERSION, ImportSummary, LARGEST_ARCHIVE_BYTES, MarkdownFolder } from "./schema.ts";
import { firstFilledTable, insertTables, ownerTables, readTables } from "./store.ts";

async function readArchive(db: Db, owner: OwnerId): Promise<Archive> {
  const { name, email, zone } = await readOwner(db, owner);
  return { format: "throughline", version: ARCHIVE_VERSION, owner: { name, email, zone }, tables: await readTables(db, owner) };
}

export const exportJson = readOperation({
  name: "archive.exportJson",
  summary: "Everything you wrote as one JSON document, to keep or to import elsewhere",
  input: z.object({}),
  output: Archive,
  run: ({ owner, db }) => readArchive(db, owner),
});

export const exportMarkdown = readOperation({
  name: "archive.exportMarkdown",
  summary: "Everything you wrote as a folder of Markdown, to read anywhere",
  input: z.object({}),
  output: MarkdownFolder,
  async run({ owner, db }) {
    return { files: markdownFolder(await readArchive(db, owner)) };
  },
});

/** SQLite: SQLITE_CONSTRAINT is 19 with the kind above it. PostgreSQL: class 23 of the SQLSTATE codes. */
function isContradiction(error: unknown): boolean {
  const { errcode = 0, code = "" } = error as { errcode?: number; code?: string };
  return (errcode & 0xff) === 19 || /^23\w{3}$/u.test(code);
}

export const importJson = writeOperation({
  name: "archive.importJson",
  summary: "Read an exported archive into an empty installation; nothing is sent by it",
  input: z.object({ archive: Archive }),
  output: ImportSummary,
  maxInputBytes: LARGEST_ARCHIVE_BYTES,
  async run({ owner, tx, now }, { archive }) {
    if ((await firstFilledTable(tx, owner)) !== undefined) {
      throw new AppError(
        "conflict",
        "There is something here already. An archive is imported into an empty installation: choose another folder with THROUGHLINE_DATA. Nothing was changed.",
      );
    }
    const columns = await ownerTables(tx);
    checkArchive(archive, (table) => columns.get(table) ?? []);
    try {
      const rows = await insertTables(tx, owner, archive.tables);
      await updateOwner(tx, owner, now, archive.owner);
      await reindexEntries(tx, owner);
      return { rows };
    } catch (error) {
      if (!isContradiction(error)) throw error;
      throw invalidField(
        "archive",
        "The archive is damaged: something in it is there twice, or refers to what is missing. Nothing was imported.",
      );
    }
  },
});
