import { randomBytes } from "node:crypto";
import { approveAgenda, openAgenda, preparedItems, previewAgenda, putItem } from "../../src/features/agenda/index.ts";
import { answersOf, type Answer } from "../../src/features/answers/index.ts";
import {
  createMailWorker,
  type Delivery,
  mailAccountOperations,
  type MailConfig,
  type MailWorker,
  showDelivery,
} from "../../src/features/delivery/index.ts";
import { createMailProbe, mailboxAccountOperations } from "../../src/features/mailbox/index.ts";
import { silentLog } from "../../src/platform/log.ts";
import { call } from "../../src/platform/operation.ts";
import { type ImapServer, startImapServer } from "./imap-server.ts";
import { type SmtpSink, startSmtpSink } from "./smtp-sink.ts";
import { onEveryStore, type TestApp } from "./test-app.ts";
import { weeklyTalk } from "./weekly-talk.ts";

export const imapLogin = { user: "ana@example.org", password: "app password" };
/** The owner's own server, as it signs what it checked. */
export const OWN_SERVER = "mx.example.net";
export const VERIFIED = `Authentication-Results: ${OWN_SERVER}; dkim=pass header.d=example.org; spf=pass smtp.mailfrom=max@example.org; dmarc=pass header.from=example.org`;

/** An agenda with two items that went out to Max, and a mailbox in which the answers come. */
export interface MailboxTalk {
  readonly app: TestApp;
  readonly imap: ImapServer;
  readonly sink: SmtpSink;
  readonly worker: MailWorker;
  readonly config: MailConfig;
  readonly personId: string;
  readonly meetingId: string;
  readonly deliveryId: string;
  readonly messageId: string;
  readonly needId: string;
  /** Reads the mailbox now; gives how many mails were kept. */
  read(): Promise<number>;
  answers(): Promise<Answer[]>;
  delivery(): Promise<Delivery>;
}

interface MailFacts {
  readonly from?: string;
  readonly subject?: string;
  readonly id?: string;
  readonly headers?: readonly string[];
}

/** A mail from Max, with the results of the owner's own server on top unless `headers` says otherwise. */
export function mailFromMax(text: string, facts: MailFacts = {}): string {
  const { from = "Max Berger <max@example.org>", subject = "Re: 1:1 Ana / Max", id = "reply-1", headers = [VERIFIED] } = facts;
  return [
    ...headers,
    `Received: from out.example.org by ${OWN_SERVER} with ESMTPS; Wed, 11 Mar 2026 10:00:00 +0000`,
    `From: ${from}`,
    "To: Ana Silva <ana@example.org>",
    `Subject: ${subject}`,
    `Message-ID: <${id}@example.org>`,
    "Date: Wed, 11 Mar 2026 10:00:00 +0000",
    "Content-Type: text/plain; charset=utf-8",
    "",
    text,
  ].join("\r\n");
}

/** The same as an answer to a mail of ours. */
export const replyTo = (messageId: string, text: string, facts: MailFacts = {}): string =>
  `In-Reply-To: ${messageId}\r\n${mailFromMax(text, facts)}`;

const timeouts = { connect: 10_000, greeting: 10_000, command: 10_000 };

async function sendAgenda(app: TestApp, meetingId: string): Promise<string> {
  await app.call(openAgenda, { meetingId });
  await app.call(putItem, { meetingId, kind: "need", text: "A yes or no to the pilot." });
  await app.call(putItem, { meetingId, kind: "topic", text: "The big room on Tuesdays" });
  const { mail } = await app.call(previewAgenda, { meetingId });
  return (await app.call(approveAgenda, { meetingId, way: "smtp", hash: mail.hash })).id;
}

/** A test on both stores in which an agenda is approved and a mailbox is set; it goes out when the worker's hour comes. */
export function withMailbox(title: string, work: (talk: MailboxTalk) => Promise<void>): void {
  onEveryStore(title, async (app) => {
    const [imap, sink] = await Promise.all([startImapServer({ login: imapLogin }), startSmtpSink()]);
    const config: MailConfig = { keyFile: "/nowhere", key: randomBytes(32).toString("base64") };
    try {
      const { personId, meetingId } = await weeklyTalk(app);
      const place = { host: "127.0.0.1", security: "none" as const };
      await app.call(mailAccountOperations(config).saveMailAccount, { ...place, port: sink.port });
      const operations = mailboxAccountOperations(config, timeouts);
      await app.call(operations.setMailbox, {
        ...place,
        port: imap.port,
        username: imapLogin.user,
        password: imapLogin.password,
        checkingServer: OWN_SERVER,
      });
      const deliveryId = await sendAgenda(app, meetingId);
      const parts = { database: app.database, clock: app.clock, mailConfig: config, log: silentLog };
      const worker = createMailWorker({ ...parts, probe: createMailProbe({ ...parts, timeouts }) });
      const items = await preparedItems(app.database.reader, app.owner, meetingId);
      const delivery = (): Promise<Delivery> => app.call(showDelivery, { id: deliveryId });
      await work({
        app,
        imap,
        sink,
        worker,
        config,
        personId,
        meetingId,
        deliveryId,
        messageId: (await delivery()).messageId,
        needId: items.find((item) => item.kind === "need")?.id ?? "",
        async read() {
          const { kept, ok, message } = await call(app, operations.readMailbox, {});
          if (!ok) throw new Error(message);
          return kept;
        },
        answers: () => answersOf(app.database.reader, app.owner, meetingId),
        delivery,
      });
    } finally {
      await Promise.all([imap.close(), sink.close()]);
    }
  });
}

/** The agenda goes out a day before, and the clock stands an hour after that. */
export async function goesOut({ app, worker }: MailboxTalk): Promise<void> {
  app.clock.set("2026-03-11T09:00:00Z");
  await worker.tick();
  app.clock.set("2026-03-11T10:00:00Z");
}
