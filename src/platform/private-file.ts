import { AppError } from "../lib/errors.ts";
import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";

/** A finished file beside its final place; `place` puts it there in one step, `discard` forgets it. */
export interface WaitingFile {
  place(): void;
  discard(): void;
}

/** Writes a small secret beside `path`, readable by this user alone (mode 0600) and on the disk before it is put in place. */
export function preparePrivateFile(path: string, text: string): WaitingFile {
  const waiting = `${path}.${process.pid}.new`;
  rmSync(waiting, { force: true });
  const file = openSync(waiting, "wx", 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  // The mode of `open` is narrowed by the umask, never widened; this says what is meant.
  chmodSync(waiting, 0o600);
  return { place: () => renameSync(waiting, path), discard: () => rmSync(waiting, { force: true }) };
}

/** The trimmed text of a small file, or undefined when it is not there. Throws AppError `unavailable` when it may not be read. */
export function readPrivateFile(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    const reason = (error as NodeJS.ErrnoException).code;
    throw new AppError(
      "unavailable",
      `The file ${path} cannot be opened (${reason}). Check its permissions and those of its folder.`,
      {
        cause: error,
      },
    );
  }
}
