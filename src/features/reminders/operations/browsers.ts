import { createHash } from "node:crypto";
import * as z from "zod";
import { notFound } from "../../../lib/errors.ts";
import { newId, type OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { type KeySource, openSealer } from "../../../platform/keys/seal.ts";
import { writeOperation } from "../../../platform/operation.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import { BrowserSubscription } from "../schema.ts";
import { deleteSubscription, insertPushKey, putSubscription, readPushKey } from "../store/push.ts";

/** What the database tells two browsers apart by. The browser makes the same of its own endpoint, to see whether it is known. */
export function endpointHash(endpoint: string): string {
  return createHash("sha256").update(endpoint).digest("hex");
}

async function publicKeyOf(tx: Tx, owner: OwnerId, now: Temporal.Instant, config: KeySource): Promise<string> {
  const known = await readPushKey(tx, owner);
  if (known) return known.public_key;
  const { default: webPush } = await import("web-push");
  const { publicKey, privateKey } = webPush.generateVAPIDKeys();
  await insertPushKey(tx, {
    owner_id: owner,
    public_key: publicKey,
    sealed_private_key: openSealer(config).seal(privateKey),
    created_at: instantText(now),
  });
  // Another one may have been made at the same moment: the first stays.
  return (await readPushKey(tx, owner))?.public_key ?? publicKey;
}

/** The operations on browsers that are told. What they hand out is sealed with the installation's key. */
export function browserOperations(config: KeySource) {
  const pushKey = writeOperation({
    name: "reminders.pushKey",
    summary: "Get the public key with which a browser subscribes to reminders; made at the first call (VAPID, RFC 8292)",
    input: z.object({}),
    output: z.object({ publicKey: z.string() }),
    run: async ({ owner, tx, now }) => ({ publicKey: await publicKeyOf(tx, owner, now, config) }),
  });
  const addBrowser = writeOperation({
    name: "reminders.addBrowser",
    summary: "Send reminders to a browser that allowed it",
    input: BrowserSubscription,
    output: z.object({ vendor: z.string().describe("The push service that passes the encrypted messages on") }),
    async run({ owner, tx, now }, subscription) {
      const vendor = new URL(subscription.endpoint).host;
      await putSubscription(tx, {
        owner_id: owner,
        id: newId(),
        endpoint_hash: endpointHash(subscription.endpoint),
        vendor,
        sealed_subscription: openSealer(config).seal(JSON.stringify(subscription)),
        created_at: instantText(now),
      });
      return { vendor };
    },
  });
  const removeBrowser = writeOperation({
    name: "reminders.removeBrowser",
    summary: "Send no more reminders to a browser",
    input: z.object({ id: z.string() }),
    output: z.object({ id: z.string() }),
    async run({ owner, tx }, { id }) {
      if (!(await deleteSubscription(tx, owner, { id }))) throw notFound("This browser");
      return { id };
    },
  });
  return { pushKey, addBrowser, removeBrowser };
}
