import * as z from "zod";
import { AppError } from "../../../lib/errors.ts";
import { composeMail, newMessageId } from "../../../platform/mail/mime.ts";
import { sendSmtp, usualTimeouts } from "../../../platform/mail/smtp.ts";
import { remoteOperation } from "../../../platform/operation.ts";
import { readOwner } from "../../account/index.ts";
import { testMailText } from "../mail.ts";
import { clockRefusal, type MailConfig } from "./account.ts";
import { resolveMailAccount } from "./login.ts";

const WITHIN = { ...usualTimeouts, idle: 20_000, total: 60_000 };

/** The way from here to the owner's own inbox, tried with one short mail. */
export function testMailOperation(config: MailConfig) {
  return remoteOperation({
    name: "delivery.sendTest",
    summary: "Send a short test mail to yourself, and say in words what is wrong if it does not leave",
    input: z.object({}),
    output: z.object({ ok: z.boolean(), message: z.string() }),
    async run({ owner, database, clock }) {
      const { email, name } = await readOwner(database.reader, owner);
      if (email === null)
        throw new AppError("conflict", "Your own mail address is not known yet. Add it under Settings, then send the test.");
      const account = await resolveMailAccount({ owner, database, clock }, config);
      if (!account) return { ok: false, message: "No mail account is set up yet." };
      const refusal = clockRefusal(account.host, config);
      if (refusal) return { ok: false, message: refusal };
      const { subject, text, html } = testMailText(account.host);
      const self = { name: name ?? "", address: email };
      const mime = await composeMail({
        from: self,
        to: self,
        subject,
        messageId: newMessageId(email),
        references: [],
        date: clock.now(),
        text,
        html,
        isAutomatic: true,
      });
      const message = { from: email, to: email, bytes: Buffer.from(mime, "utf8") };
      const outcome = await sendSmtp(account, message, async () => true, WITHIN);
      if (outcome.result === "accepted")
        return { ok: true, message: `${account.host} took the test mail. Look into the inbox of ${email}.` };
      return { ok: false, message: "message" in outcome ? outcome.message : "Nothing was sent." };
    },
  });
}
