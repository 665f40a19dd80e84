import assert from "node:assert/strict";
import { test } from "node:test";
import { type ImapFault, type ImapServer, type ImapServerOptions, startImapServer } from "../../../test/support/imap-server.ts";
import { sinkCertificate } from "../../../test/support/smtp-sink.ts";
import { ImapTrouble } from "./explain-imap.ts";
import { type ImapAccount, openImap } from "./imap.ts";

const timeouts = { connect: 5_000, greeting: 5_000, command: 5_000 };
const impatient = { connect: 1_000, greeting: 200, command: 300 };
const mail = (id: string): string =>
  `From: max@example.org\r\nMessage-ID: <${id}@example.org>\r\nSubject: Hello\r\n\r\nWords\r\n`;

function accountOf(server: ImapServer, more: Partial<ImapAccount> = {}): ImapAccount {
  return { host: "127.0.0.1", port: server.port, security: "none", login: { user: "ana", password: "secret" }, ...more };
}

function withImap(title: string, options: ImapServerOptions, work: (server: ImapServer) => Promise<void>): void {
  test(title, async () => {
    const server = await startImapServer(options);
    try {
      await work(server);
    } finally {
      await server.close();
    }
  });
}

const login = { user: "ana", password: "secret" };

withImap("headers and whole mails are read without marking anything as read", { login }, async (server) => {
  server.deliver(mail("one"));
  server.deliver(mail("two"));
  const connection = await openImap(accountOf(server), { timeouts });
  const folder = await connection.open("INBOX");
  assert.equal(folder.uidNext, 3);
  assert.deepEqual(await connection.uidsAfter(0), [1, 2]);
  assert.deepEqual(await connection.uidsAfter(1), [2]);
  assert.deepEqual(await connection.uidsAfter(2), [], "a server names the last mail again when there is no newer one");
  const [head] = await connection.heads([2]);
  assert.match(head?.head.toString() ?? "", /Message-ID: <two@example\.org>/u);
  assert.doesNotMatch(head?.head.toString() ?? "", /Words/u);
  assert.equal(head?.receivedAt?.toString(), "2026-03-03T14:00:00Z");
  assert.match((await connection.source(2, 1_000))?.toString() ?? "", /Words/u);
  assert.equal((await connection.source(2, 10))?.length, 10, "no more than asked for");
  assert.equal(await connection.source(9, 10), undefined);
  assert.ok(server.commands.includes("EXAMINE") && !server.commands.includes("SELECT"));
  await connection.close();
});

withImap("mails since a day are found, and folders by their use", { login }, async (server) => {
  server.deliver(mail("old"), "INBOX", new Date("2026-01-01T10:00:00Z"));
  server.deliver(mail("new"));
  const connection = await openImap(accountOf(server), { timeouts });
  await connection.open("INBOX");
  assert.deepEqual(await connection.uidsSince(Temporal.PlainDate.from("2026-02-01")), [2]);
  assert.equal(await connection.folderFor("\\Drafts"), "Drafts");
  assert.equal(await connection.folderFor("\\Sent"), "Sent");
  await connection.close();
});

withImap("a draft is appended and found by its Message-ID", { login }, async (server) => {
  const connection = await openImap(accountOf(server), { timeouts });
  assert.equal(await connection.holds("Drafts", "<draft@example.org>"), false);
  await connection.append("Drafts", Buffer.from(mail("draft")), ["\\Draft", "\\Seen"]);
  assert.equal(await connection.holds("Drafts", "<draft@example.org>"), true);
  assert.equal(server.folders.find((one) => one.path === "Drafts")?.mails[0]?.raw.toString(), mail("draft"));
  await assert.rejects(connection.append("Nowhere", Buffer.from(mail("x")), []), { name: "ImapTrouble", kind: "no_folder" });
  await connection.close();
});

for (const security of ["starttls", "implicit_tls"] as const) {
  withImap(`the connection is protected: ${security}`, { security, login }, async (server) => {
    const connection = await openImap(accountOf(server, { security, trusted: sinkCertificate }), { timeouts });
    await connection.open("INBOX");
    await connection.close();
    await assert.rejects(openImap(accountOf(server, { security }), { timeouts }), { kind: "certificate" });
  });
}

withImap("an access token logs in (XOAUTH2)", { tokens: new Set(["fresh"]) }, async (server) => {
  const connection = await openImap(accountOf(server, { login: { user: "ana", accessToken: "fresh" } }), { timeouts });
  await connection.open("INBOX");
  await connection.close();
  const old = openImap(accountOf(server, { login: { user: "ana", accessToken: "old" } }), { timeouts });
  await assert.rejects(old, { kind: "credentials" });
});

/** What goes wrong, and what its owner reads. */
const troubles: readonly [string, ImapFault | undefined, Partial<ImapAccount>, string, RegExp][] = [
  ["a wrong password", "refuse_login", {}, "credentials", /refused the login.+app password/u],
  ["a server that is busy", "busy", {}, "temporary", /at the moment/u],
  ["a server that says nothing", "silent", {}, "no_connection", /did not answer in time/u],
  ["no STARTTLS", undefined, { security: "starttls" }, "certificate", /STARTTLS.+993/u],
  ["TLS where there is none", undefined, { security: "implicit_tls" }, "certificate", /143|993/u],
  ["nobody at the port", undefined, { port: 1 }, "no_connection", /refused the connection.+143.+993/u],
];

for (const [title, fault, more, kind, words] of troubles) {
  withImap(`an error is said in words: ${title}`, { login }, async (server) => {
    server.fault = fault;
    await assert.rejects(openImap(accountOf(server, more), { timeouts: impatient }), (error) => {
      assert.ok(error instanceof ImapTrouble);
      assert.equal(error.kind, kind, error.message);
      assert.match(error.message, words);
      assert.doesNotMatch(error.message, /secret/u);
      return true;
    });
  });
}

test("an unknown server name is said in words", async () => {
  const account: ImapAccount = { host: "imap.invalid", port: 993, security: "implicit_tls", login };
  await assert.rejects(openImap(account, { timeouts }), (error) => {
    assert.ok(error instanceof ImapTrouble);
    assert.equal(error.kind, "no_connection");
    assert.match(error.message, /imap\.invalid (?:is not known|could not be looked up)/u);
    return true;
  });
});

withImap("waiting ends at once when a mail comes", { login }, async (server) => {
  const connection = await openImap(accountOf(server), { timeouts });
  await connection.open("INBOX");
  await connection.uidsAfter(0);
  const waiting = connection.waitForNews(60_000, new AbortController().signal);
  await server.until(() => server.idling === 1);
  server.deliver(mail("one"));
  assert.equal(await waiting, "news");
  assert.deepEqual(await connection.uidsAfter(0), [1]);
  await connection.close();
});

withImap("waiting ends by itself when nothing is announced, and what came is found by asking", { login }, async (server) => {
  server.fault = "quiet_idle";
  const connection = await openImap(accountOf(server), { timeouts });
  await connection.open("INBOX");
  server.deliver(mail("one"));
  await connection.waitForNews(20, new AbortController().signal);
  assert.deepEqual(await connection.uidsAfter(0), [1]);
  await connection.close();
});

withImap("a line that died without a word is noticed", { login }, async (server) => {
  const connection = await openImap(accountOf(server), { timeouts: impatient });
  await connection.open("INBOX");
  server.fault = "mute";
  await assert.rejects(connection.waitForNews(20, new AbortController().signal), { name: "ImapTrouble", kind: "no_connection" });
  await connection.close();
});

withImap("a server without IDLE is asked instead", { login }, async (server) => {
  server.fault = "no_idle";
  const connection = await openImap(accountOf(server), { timeouts });
  await connection.open("INBOX");
  server.deliver(mail("one"));
  await connection.waitForNews(50, new AbortController().signal);
  assert.deepEqual(await connection.uidsAfter(0), [1]);
  await connection.close();
});

withImap("a line that is cut in the middle of a mail is said in words", { login }, async (server) => {
  server.deliver(mail("one"));
  const connection = await openImap(accountOf(server), { timeouts });
  await connection.open("INBOX");
  server.fault = "cut_in_fetch";
  await assert.rejects(connection.heads([1]), { name: "ImapTrouble", kind: "no_connection" });
  await connection.close();
});

withImap("stopping ends waiting, and cuts a line that hangs", { login }, async (server) => {
  const stop = new AbortController();
  const connection = await openImap(accountOf(server), { timeouts, signal: stop.signal });
  await connection.open("INBOX");
  const waiting = connection.waitForNews(60_000, stop.signal);
  await server.until(() => server.idling === 1);
  server.fault = "mute";
  stop.abort();
  await waiting;
  await connection.close();
  await server.until(() => server.open === 0);
});
