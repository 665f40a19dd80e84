import { createHash, timingSafeEqual } from "node:crypto";
import { join } from "node:path";

/** Where the plain access token of an installation lies, for the CLI and for the owner's own programs. */
export function tokenFileIn(dataFolder: string): string {
  return join(dataFolder, "token");
}

/** What the database keeps of an access token: its SHA-256. A token is 32 random bytes, so that no salt or slow hash is needed. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Whether a hash is among the known ones, in a time that says nothing about how much of it was right. */
export function isAmong(hash: string, known: readonly string[]): boolean {
  const wanted = Buffer.from(hash);
  return (
    known.map((one) => Buffer.from(one)).filter((one) => one.length === wanted.length && timingSafeEqual(one, wanted)).length > 0
  );
}
