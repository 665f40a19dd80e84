import type { Archive } from "../schema.ts";

/** An archive as the file that people keep: the same archive is always the same bytes. */
export function archiveText(archive: Archive): string {
  return `${JSON.stringify(archive, null, 2)}\n`;
}
