import * as z from "zod";
import { AppError } from "../../lib/errors.ts";
import { newSecret, type OwnerId } from "../../lib/ids.ts";
import { readOperation, writeOperation } from "../../platform/operation.ts";
import { preparePrivateFile, readPrivateFile, type WaitingFile } from "../../platform/private-file.ts";
import { type Database, type Db, inTransaction } from "../../platform/storage/database.ts";
import { hashToken, isAmong } from "./rules.ts";
import { Profile, ProfileInput } from "./schema.ts";
import { insertToken, liveTokenHashes, readOwner, revokeTokens, updateOwner } from "./store.ts";

export const showProfile = readOperation({
  name: "account.show",
  summary: "Show the owner's name, mail address and time zone",
  input: z.object({}),
  output: Profile,
  assistant: true,
  async run({ owner, db }) {
    const { name, email, zone } = await readOwner(db, owner);
    return { name, email, zone };
  },
});

export const saveProfile = writeOperation({
  name: "account.save",
  summary: "Set the owner's name, mail address and time zone",
  input: ProfileInput,
  output: Profile,
  examples: [{ name: "Ana Silva", email: "ana@example.org", zone: "Europe/Lisbon" }],
  async run({ owner, tx, now }, input) {
    const profile = { name: input.name, email: input.email ?? null, zone: input.zone };
    await updateOwner(tx, owner, now, profile);
    return profile;
  },
});

/** Whether `token` opens this owner's API. Looked up on every call, so that a renewed token stops working at once, everywhere. */
export async function isLiveToken(db: Db, owner: OwnerId, token: string): Promise<boolean> {
  return isAmong(hashToken(token), await liveTokenHashes(db, owner));
}

function prepareTokenFile(file: string, token: string): WaitingFile {
  try {
    return preparePrivateFile(file, `${token}\n`);
  } catch (error) {
    throw new AppError(
      "unavailable",
      `The access token cannot be written to ${file} (${(error as NodeJS.ErrnoException).code}). The old one stays valid.`,
      { cause: error },
    );
  }
}

/**
 * A new token: its hash in the database, the plain one in `file` alone (mode 0600). The file is on the disk before the
 * database changes and in its place after: a crash between leaves an unknown token there, which `ensureToken` replaces.
 */
async function mintToken(
  database: Database,
  owner: OwnerId,
  now: Temporal.Instant,
  file: string,
  endOthers: boolean,
): Promise<string> {
  const token = newSecret();
  const waiting = prepareTokenFile(file, token);
  try {
    await inTransaction(database, async (tx) => {
      if (endOthers) await revokeTokens(tx, owner, now);
      await insertToken(tx, owner, now, hashToken(token));
    });
    waiting.place();
  } catch (error) {
    waiting.discard();
    throw error;
  }
  return token;
}

/** Makes a new access token and ends every other one of this owner, also those of other installations on the same database. */
export function renewToken(database: Database, owner: OwnerId, now: Temporal.Instant, file: string): Promise<string> {
  return mintToken(database, owner, now, file, true);
}

/** The token of this installation: the one in `file`, or a new one when the file is missing or the database does not know it. */
export async function ensureToken(database: Database, owner: OwnerId, now: Temporal.Instant, file: string): Promise<string> {
  const present = readPrivateFile(file);
  if (present && (await isLiveToken(database.reader, owner, present))) return present;
  return mintToken(database, owner, now, file, false);
}
