import assert from "node:assert/strict";
import { test } from "node:test";
import { ImapFlow } from "imapflow";
import { createTransport } from "nodemailer";
import { askServer, putEvent, startRadicale, startXandikos } from "./calendar-servers.ts";
import { PASSWORD, startMailServers } from "./mail-servers.ts";

test("Postfix takes a mail and Dovecot has it", async () => {
  const servers = await startMailServers();
  try {
    const transport = createTransport({
      host: "127.0.0.1",
      port: servers.smtp.starttls,
      requireTLS: true,
      tls: { ca: servers.certificate },
      auth: { user: "ana@example.org", pass: PASSWORD },
    });
    await transport.sendMail({ from: "ana@example.org", to: "max@example.org", subject: "hello", text: "there" });
    transport.close();
    servers.tokens.set("token-of-max", "max@example.org");
    const imap = new ImapFlow({
      host: "127.0.0.1",
      port: servers.imap.tls,
      secure: true,
      tls: { ca: servers.certificate },
      auth: { user: "max@example.org", accessToken: "token-of-max" },
      logger: false,
    });
    await imap.connect();
    await imap.mailboxOpen("INBOX");
    for (let looked = 0; looked < 100; looked += 1) {
      const found = await imap.search({ subject: "hello" }, { uid: true });
      if (found && found.length > 0) break;
      await imap.noop();
    }
    assert.equal(((await imap.fetchOne("*", { envelope: true })) as { envelope: { subject: string } }).envelope.subject, "hello");
    await imap.logout();
  } finally {
    await servers.stop();
  }
});

for (const start of [startRadicale, startXandikos]) {
  test(`a calendar server keeps an event (${start.name})`, async () => {
    const server = await start();
    try {
      const event =
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:t\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260102T100000Z\r\nSUMMARY:1:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
      await putEvent(server, "one", event);
      const kept = await askServer("GET", new URL("one.ics", server.calendar).href);
      assert.match(await kept.text(), /SUMMARY:1:1/u);
    } finally {
      await server.stop();
    }
  });
}
