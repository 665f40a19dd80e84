import { AppError } from "../../../lib/errors.ts";
import { composeMail, newMessageId } from "../../../platform/mail/mime.ts";
import type { SmtpAccount } from "../../../platform/mail/account.ts";
import { sendSmtp, type SmtpMessage, usualTimeouts } from "../../../platform/mail/smtp.ts";
import type { AttemptOutcome, OutboxItem } from "../../../platform/outbox/index.ts";
import { inTransaction } from "../../../platform/storage/database.ts";
import { pauseMailAccount, readMailAccount, readOwner } from "../../account/index.ts";
import { clockRefusal, resolveMailAccount } from "../../delivery/index.ts";
import { reminderMail } from "../mail.ts";
import type { Reminder } from "../rules/reminders.ts";
import type { ReminderParts } from "./worker.ts";

const NO_ACCOUNT = "No mail account is set up, or your own address is not known.";

async function pause({ database, clock }: ReminderParts, { owner }: OutboxItem, reason: string): Promise<void> {
  await inTransaction(database, (tx) => pauseMailAccount(tx, owner, clock.now(), reason));
}

async function send(
  parts: ReminderParts,
  item: OutboxItem,
  account: SmtpAccount,
  message: SmtpMessage,
  begin: () => Promise<boolean>,
): Promise<AttemptOutcome> {
  const outcome = await sendSmtp(account, message, begin, parts.timeouts ?? usualTimeouts);
  parts.log.info({ outcome: outcome.result }, "A reminder was attempted by mail");
  switch (outcome.result) {
    case "accepted":
      return { result: "sent" };
    case "withdrawn":
      return { result: "lost" };
    case "unknown":
      return { result: "unknown", error: outcome.message };
    case "permanent":
      return { result: "failed", error: outcome.message };
    case "credentials":
      // Refused for this mail is refused for every one: hammering a login locks people out.
      await pause(parts, item, outcome.message);
      return { result: "retry", error: outcome.message };
    case "temporary":
    case "no_connection":
    case "certificate":
      return { result: "retry", error: outcome.message };
  }
}

/** Sends one reminder from the owner's own account to their own address. What stands in the way may pass: until it expires it is tried again. */
export async function mailReminder(
  parts: ReminderParts,
  item: OutboxItem,
  reminder: Reminder,
  begin: () => Promise<boolean>,
): Promise<AttemptOutcome> {
  const { database, clock, mailConfig } = parts;
  const { owner } = item;
  const { email, name } = await readOwner(database.reader, owner);
  const paused = (await readMailAccount(database.reader, owner))?.paused_reason;
  if (paused) return { result: "retry", error: paused };
  let account: SmtpAccount | undefined;
  try {
    account = await resolveMailAccount({ owner, database, clock }, mailConfig);
  } catch (error) {
    // A key that does not fit: nothing was sent, and only the owner can repair it.
    if (!(error instanceof AppError)) throw error;
    return { result: "retry", error: error.message };
  }
  if (!account || email === null) return { result: "retry", error: NO_ACCOUNT };
  const refusal = clockRefusal(account.host, mailConfig);
  if (refusal) return { result: "retry", error: refusal };
  const self = { name: name ?? "", address: email };
  const mime = await composeMail({
    ...reminderMail(reminder, parts.origin()),
    from: self,
    to: self,
    messageId: newMessageId(email),
    references: [],
    date: clock.now(),
    isAutomatic: true,
  });
  return send(parts, item, account, { from: email, to: email, bytes: Buffer.from(mime, "utf8") }, begin);
}
