import { exportJson, exportMarkdown, importJson } from "./operations.ts";

export { exportJson, exportMarkdown, importJson } from "./operations.ts";
export { archivePages } from "./pages.ts";
export { archiveText } from "./rules/text.ts";
export { type Archive, LARGEST_ARCHIVE_BYTES, type MarkdownFile } from "./schema.ts";

export const archiveOperations = [exportJson, exportMarkdown, importJson];
