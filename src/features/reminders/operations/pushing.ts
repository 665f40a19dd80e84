import { openSealer } from "../../../platform/keys/seal.ts";
import type { AttemptOutcome, OutboxItem } from "../../../platform/outbox/index.ts";
import { inTransaction } from "../../../platform/storage/database.ts";
import { requestWeb, WebTrouble } from "../../../platform/web-request/index.ts";
import { clockRefusal } from "../../delivery/index.ts";
import type { Reminder } from "../rules/reminders.ts";
import type { BrowserSubscription, PushKeyTable, PushSubscriptionTable } from "../schema.ts";
import { deleteSubscription, listSubscriptions, readPushKey } from "../store/push.ts";
import type { ReminderParts } from "./worker.ts";

/** Whom a push service may write to about our messages (RFC 8292, section 2.1): nobody, so that it learns no address. */
const SUBJECT = "mailto:nobody@throughline.invalid";
const LARGEST_ANSWER = 100_000;
const GONE = new Set([404, 410]);

type Arrival = "taken" | "gone" | "later";

interface Message {
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** The reminder for one browser, encrypted so that the service that passes it on cannot read it (RFC 8291). */
async function encrypt(
  { mailConfig, clock }: ReminderParts,
  row: PushSubscriptionTable,
  key: PushKeyTable,
  reminder: Reminder,
): Promise<Message> {
  const { default: webPush } = await import("web-push");
  const sealer = openSealer(mailConfig);
  const { endpoint, p256dh, auth } = JSON.parse(sealer.open(row.sealed_subscription)) as BrowserSubscription;
  const { title, sentence, path, kind, subject } = reminder;
  const seconds = clock.now().until(reminder.expiresAt).total("seconds");
  const details = webPush.generateRequestDetails(
    { endpoint, keys: { p256dh, auth } },
    JSON.stringify({ title, sentence, path, tag: `${kind}-${subject}` }),
    {
      vapidDetails: { subject: SUBJECT, publicKey: key.public_key, privateKey: sealer.open(key.sealed_private_key) },
      // What helps nobody any more is not to arrive when the browser is opened the next day.
      TTL: Math.max(0, Math.floor(seconds)),
      urgency: kind === "trouble" ? "high" : "normal",
    },
  );
  const headers = Object.entries(details.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { url: new URL(endpoint), headers: Object.fromEntries(headers) as Record<string, string>, body: details.body };
}

async function deliver(parts: ReminderParts, { url, headers, body }: Message): Promise<Arrival> {
  try {
    const { status } = await requestWeb({
      url,
      method: "POST",
      headers,
      authorization: headers["authorization"],
      body,
      allowPrivate: false,
      maxBytes: LARGEST_ANSWER,
      ...parts.pushService,
    });
    parts.log.info({ status }, "A reminder was handed to a push service");
    if (GONE.has(status)) return "gone";
    return status >= 200 && status < 300 ? "taken" : "later";
  } catch (error) {
    if (!(error instanceof WebTrouble)) throw error;
    parts.log.info({ trouble: error.trouble }, "A push service could not be asked");
    return "later";
  }
}

/**
 * Hands one reminder to the push service of each of the owner's browsers. A browser that is gone is forgotten. Once one took it, it is
 * not sent again: a reminder that comes twice is worse than one that misses a second browser.
 */
export async function pushReminder(
  parts: ReminderParts,
  { owner }: OutboxItem,
  reminder: Reminder,
  begin: () => Promise<boolean>,
): Promise<AttemptOutcome> {
  const { database, mailConfig } = parts;
  const rows = await listSubscriptions(database.reader, owner);
  const key = await readPushKey(database.reader, owner);
  if (rows.length === 0 || !key) return { result: "failed", error: "No browser has allowed reminders." };
  const refusal = parts.pushService ? undefined : clockRefusal("push", mailConfig);
  if (refusal) return { result: "failed", error: refusal };
  const messages = await Promise.all(rows.map(async (row) => ({ row, message: await encrypt(parts, row, key, reminder) })));
  if (!(await begin())) return { result: "lost" };
  const arrivals = await Promise.all(
    messages.map(async ({ row, message }): Promise<Arrival> => {
      const arrival = await deliver(parts, message);
      if (arrival === "gone") await inTransaction(database, (tx) => deleteSubscription(tx, owner, { id: row.id }));
      return arrival;
    }),
  );
  if (arrivals.includes("taken")) return { result: "sent" };
  if (arrivals.includes("later")) return { result: "retry", error: "The push service did not take it." };
  return { result: "failed", error: "Every browser that had allowed reminders is gone." };
}
