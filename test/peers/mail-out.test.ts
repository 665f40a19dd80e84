import assert from "node:assert/strict";
import { test } from "node:test";
import { showDelivery } from "../../src/features/delivery/index.ts";
import { mailAccountOperations } from "../../src/features/delivery/operations/account.ts";
import { testMailOperation } from "../../src/features/delivery/operations/test-mail.ts";
import { sendSmtp } from "../../src/platform/mail/smtp.ts";
import { withMailLife } from "./mail-life.ts";

test("an approved mail goes through Postfix into the inbox, once, with the approved words", () =>
  withMailLife(async ({ app, worker, approve, arrived, open }) => {
    const { id, messageId } = await approve({ meetingId: "one", text: "Grüße: the words that were approved ✓" });
    await Promise.all([worker.tick(), worker.tick()]);
    assert.equal((await app.call(showDelivery, { id })).state, "sent");
    assert.deepEqual([...(await arrived("max@example.org", "INBOX", [messageId])).values()], [1]);
    const inbox = await open("max@example.org");
    await inbox.open("INBOX");
    const [uid] = await inbox.uidsAfter(0);
    const raw = (await inbox.source(uid as number, 100_000))?.toString("utf8") ?? "";
    await inbox.close();
    assert.match(raw, /^Return-Path: <ana@example\.org>\r?$/mu);
    assert.doesNotMatch(raw, /^Auto-Submitted/imu);
  }));

test("Postfix's own refusals are told in words: a wrong password, somebody unknown, no relay", () =>
  withMailLife(async ({ app, servers, config, worker, max, approve }) => {
    const { saveMailAccount, checkMailAccount } = mailAccountOperations(config);
    const server = { host: "127.0.0.1", port: servers.smtp.tls, security: "implicit_tls", username: "ana@example.org" } as const;
    await app.call(saveMailAccount, { ...server, password: "wrong" });
    const refused = await app.call(checkMailAccount, {});
    assert.deepEqual([refused.ok, /refused the login/u.test(refused.message)], [false, true]);
    await app.call(saveMailAccount, { ...server, password: "secret" });
    assert.equal((await app.call(checkMailAccount, {})).ok, true);
    assert.equal((await app.call(testMailOperation(config), {})).ok, true);

    await app.database.writer.updateTable("person").set({ email: "nobody@example.org" }).where("id", "=", max.id).execute();
    const { id } = await approve({ meetingId: "nobody", text: "Hello" });
    await worker.tick();
    const failed = await app.call(showDelivery, { id });
    assert.deepEqual([failed.state, /no such mailbox/u.test(failed.failReason ?? "")], ["failed", true]);

    const message = { from: "ana@example.org", to: "somebody@elsewhere.example", bytes: Buffer.from("Subject: x\r\n\r\nx\r\n") };
    const account = {
      host: "127.0.0.1",
      port: servers.smtp.tls,
      security: "implicit_tls",
      login: undefined,
      trusted: servers.certificate,
    } as const;
    const outcome = await sendSmtp(account, message, async () => true);
    assert.equal(outcome.result, "permanent");
    assert.match("message" in outcome ? outcome.message : "", /relay denied/u);
  }));

test("a draft lies once in the folder that Dovecot says is for drafts, whatever it is called", () =>
  withMailLife(async ({ app, worker, approve, arrived, open }) => {
    const { id, messageId } = await approve({ meetingId: "draft", text: "To be sent from the drafts", way: "draft" });
    await Promise.all([worker.tick(), worker.tick()]);
    const delivery = await app.call(showDelivery, { id });
    assert.deepEqual([delivery.state, delivery.draftedAt !== null], ["by_hand", true]);
    assert.deepEqual([...(await arrived("ana@example.org", "Entwürfe", [messageId])).values()], [1]);
    const mailbox = await open("ana@example.org");
    assert.equal(await mailbox.folderFor("\\Drafts"), "Entwürfe");
    await mailbox.close();
  }));
