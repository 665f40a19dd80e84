import { timingSafeEqual } from "node:crypto";
import * as z from "zod";
import { newSecret, type OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { KeySource } from "../../../platform/keys/seal.ts";
import { openSigner, type Signer } from "../../../platform/keys/sign.ts";
import { readOperation, writeOperation } from "../../../platform/operation.ts";
import type { Reach } from "../../../platform/reach.ts";
import type { Db } from "../../../platform/storage/database.ts";
import { tokenHash } from "../../answers/index.ts";
import { feedToken } from "../rules/feed.ts";
import { CalendarFeed } from "../schema.ts";
import { findFeed, insertFeed, readFeed, revokeFeeds } from "../store/feed.ts";

/** What signs the addresses of feeds, and nothing else. */
export function feedSigner(config: KeySource): Signer {
  return openSigner(config, "calendar feed");
}

/** Whose feed a token opens; undefined for unknown, renewed, revoked and forged ones alike. */
export async function openFeed(db: Db, signer: Signer, token: string): Promise<OwnerId | undefined> {
  const row = await findFeed(db, tokenHash(token));
  if (!row) return undefined;
  const [known, shown] = [Buffer.from(feedToken(signer, row.owner_id, row.id)), Buffer.from(token)];
  if (known.length !== shown.length || !timingSafeEqual(known, shown)) return undefined;
  return row.owner_id as OwnerId;
}

/** The operations on the feed's address, which is made with the installation's key. */
export function feedOperations(config: KeySource) {
  const signer = feedSigner(config);

  async function shown(db: Db, owner: OwnerId, reach: Reach | undefined): Promise<CalendarFeed> {
    const row = await readFeed(db, owner);
    if (!row) return { path: null, publicUrl: null, createdAt: null };
    const path = `/feeds/${feedToken(signer, owner, row.id)}.ics`;
    return { path, publicUrl: reach ? `${reach.url}${path}` : null, createdAt: row.created_at };
  }

  const showFeed = readOperation({
    name: "reminders.showFeed",
    summary: "Show the secret address under which your calendar reads when to prepare, send, grow and recap",
    input: z.object({}),
    output: CalendarFeed,
    run: ({ owner, db, reach }) => shown(db, owner, reach),
  });
  const renewFeed = writeOperation({
    name: "reminders.renewFeed",
    summary: "Make a secret address for your calendar feed; the one before is dead at once",
    input: z.object({}),
    output: CalendarFeed,
    async run({ owner, tx, now, reach }) {
      await revokeFeeds(tx, owner, now);
      const id = newSecret();
      const token = feedToken(signer, owner, id);
      await insertFeed(tx, {
        owner_id: owner,
        id,
        token_hash: tokenHash(token),
        created_at: instantText(now),
        revoked_at: null,
      });
      return shown(tx, owner, reach);
    },
  });
  const revokeFeed = writeOperation({
    name: "reminders.revokeFeed",
    summary: "End the calendar feed: its address answers nobody any more",
    input: z.object({}),
    output: CalendarFeed,
    async run({ owner, tx, now, reach }) {
      await revokeFeeds(tx, owner, now);
      return shown(tx, owner, reach);
    },
  });
  return { showFeed, renewFeed, revokeFeed };
}
