import assert from "node:assert/strict";
import { test } from "node:test";
import { showDelivery, type MailConfig, createMailWorker } from "../../src/features/delivery/index.ts";
import { signInOperations } from "../../src/features/delivery/operations/sign-in.ts";
import { mailboxAccountOperations } from "../../src/features/mailbox/index.ts";
import { silentLog } from "../../src/platform/log.ts";
import { startSignInProvider } from "../support/sign-in-provider.ts";
import { withMailLife } from "./mail-life.ts";

const user = "ana@example.org";
const redirectUri = "http://127.0.0.1:4111/settings/mail/sign-in";

test("an access from a sign-in sends through Postfix and reads Dovecot (XOAUTH2), and is renewed when it has ended", () =>
  withMailLife(async ({ app, servers, config, approve, arrived }) => {
    const provider = await startSignInProvider();
    try {
      const signedIn: MailConfig = { ...config, oauthClients: { google: provider.client } };
      const { beginSignIn, finishSignIn } = signInOperations(signedIn);
      const { address } = await app.call(beginSignIn, { provider: "google", username: user, redirectUri });
      const back = provider.agree(address).searchParams;
      await app.call(finishSignIn, { code: back.get("code") ?? "", state: back.get("state") ?? "" });
      await app.database.writer
        .updateTable("mail_account")
        .set({ host: "127.0.0.1", port: servers.smtp.starttls, security: "starttls" })
        .where("owner_id", "=", app.owner)
        .execute();
      const worker = createMailWorker({ database: app.database, clock: app.clock, mailConfig: signedIn, log: silentLog });
      const { testMailbox } = mailboxAccountOperations(signedIn);

      servers.tokens.set("access-1", user);
      const first = await approve({ meetingId: "one", text: "With the first access" });
      await worker.tick();
      assert.equal((await app.call(showDelivery, { id: first.id })).state, "sent");
      assert.equal((await app.call(testMailbox, {})).ok, true);

      // The servers forget the first access; the provider gives a second one.
      servers.tokens.clear();
      servers.tokens.set("access-2", user);
      const second = await approve({ meetingId: "two", text: "With the second access" });
      await worker.tick();
      assert.equal((await app.call(showDelivery, { id: second.id })).state, "sent");
      assert.equal(provider.given, 2);
      assert.equal((await app.call(testMailbox, {})).ok, true);
      assert.deepEqual([...(await arrived("max@example.org", "INBOX", [first.messageId, second.messageId])).values()], [1, 1]);
    } finally {
      await provider.close();
    }
  }));
