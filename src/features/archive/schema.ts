import * as z from "zod";
import { zoneName } from "../account/index.ts";

/** Raised when the meaning of what is there changes. A new table or column alone does not need it. */
export const ARCHIVE_VERSION = 1;

/** A whole life of notes is a few megabytes; this is far beyond it and still fits into memory. */
export const LARGEST_ARCHIVE_BYTES = 256_000_000;

export const ArchiveRow = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
export type ArchiveRow = z.infer<typeof ArchiveRow>;

export const Archive = z.object({
  format: z.literal("throughline", { error: 'This is not a Throughline archive: its "format" is not "throughline".' }),
  version: z.number({ error: "The archive does not say which version it is." }).int().min(1).max(ARCHIVE_VERSION, {
    error: "This archive was written by a newer version of Throughline. Import it there, or update this one.",
  }),
  owner: z.object({ name: z.string().nullable(), email: z.string().nullable(), zone: zoneName }),
  tables: z.record(z.string(), z.array(ArchiveRow)).describe("Rows by table, as the database keeps them, without ids of owners"),
});
export type Archive = z.infer<typeof Archive>;

export const ImportSummary = z.object({ rows: z.number().describe("How many rows were read in") });

export const MarkdownFolder = z.object({ files: z.array(z.object({ path: z.string(), text: z.string() })) });
export type MarkdownFile = z.infer<typeof MarkdownFolder>["files"][number];
