import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { saveProfile } from "../../src/features/account/index.ts";
import {
  approveMail,
  createMailWorker,
  type Delivery,
  type DeliveryWay,
  type MailConfig,
  type MailDraft,
  type MailWorker,
  previewMail,
} from "../../src/features/delivery/index.ts";
import { mailAccountOperations } from "../../src/features/delivery/operations/account.ts";
import { createMailProbe, mailboxAccountOperations } from "../../src/features/mailbox/index.ts";
import { draftFolder } from "../../src/features/mailbox/operations/drafts.ts";
import { addPerson, type Person } from "../../src/features/people/index.ts";
import { silentLog } from "../../src/platform/log.ts";
import { type ImapAccount, type ImapConnection, openImap } from "../../src/platform/mail/imap.ts";
import { inTransaction } from "../../src/platform/storage/database.ts";
import { freshDatabase } from "../support/stores.ts";
import { buildTestApp, type TestApp } from "../support/test-app.ts";
import { type MailServers, PASSWORD, startMailServers } from "./mail-servers.ts";

const ARRIVAL_LIMIT_MS = 20_000;

/** An owner (Ana) with a mail account and a mailbox on real servers, and the person she meets (Max), who has one there too. */
export interface MailLife {
  readonly app: TestApp;
  readonly servers: MailServers;
  readonly config: MailConfig;
  readonly worker: MailWorker;
  readonly max: Person;
  /** Approves one mail to Max in these words; agendas are for a meeting in 30 hours, so that their hour is in 6. */
  approve(facts: {
    readonly meetingId: string;
    readonly text: string;
    readonly kind?: "agenda" | "recap";
    readonly way?: DeliveryWay;
  }): Promise<Delivery>;
  /** Somebody's mailbox, open for a look. Closed by whoever asks. */
  open(user: string): Promise<ImapConnection>;
  /** The Message-IDs in a folder of somebody's, when at least `count` mails are there. */
  arrived(user: string, folder: string, messageIds: readonly string[]): Promise<Map<string, number>>;
}

export function imapAccount(servers: MailServers, user: string): ImapAccount {
  return {
    host: "127.0.0.1",
    port: servers.imap.tls,
    security: "implicit_tls",
    login: { user, password: PASSWORD },
    trusted: servers.certificate,
  };
}

async function copies(connection: ImapConnection, folder: string, messageIds: readonly string[]): Promise<Map<string, number>> {
  await connection.open(folder);
  const found = new Map<string, number>();
  const uids = await connection.uidsAfter(0);
  const heads = await connection.heads(uids);
  for (const id of messageIds)
    found.set(
      id,
      heads.filter(({ head }) => head.toString("latin1").toLowerCase().includes(`message-id: ${id.toLowerCase()}`)).length,
    );
  return found;
}

export async function withMailLife(work: (life: MailLife) => Promise<void>): Promise<void> {
  const servers = await startMailServers();
  const database = await freshDatabase("sqlite");
  try {
    const app = await buildTestApp(database);
    // The servers write their own time into mails.
    app.clock.set(Temporal.Instant.fromEpochMilliseconds(Math.floor(performance.timeOrigin + performance.now())).toString());
    const config: MailConfig = {
      keyFile: "/nowhere",
      key: randomBytes(32).toString("base64"),
      trusted: servers.certificate,
    };
    await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
    const max = await app.call(addPerson, { name: "Max Berger", email: "max@example.org" });
    await app.call(mailAccountOperations(config).saveMailAccount, {
      host: "127.0.0.1",
      port: servers.smtp.starttls,
      security: "starttls",
      username: "ana@example.org",
      password: PASSWORD,
    });
    await app.call(mailboxAccountOperations(config).setMailbox, {
      host: "127.0.0.1",
      port: servers.imap.tls,
      security: "implicit_tls",
      sameLogin: true,
    });
    const parts = { database, clock: app.clock, log: silentLog, mailConfig: config };
    const worker = createMailWorker({ ...parts, drafts: draftFolder(parts, config), probe: createMailProbe(parts) });
    await work({
      app,
      servers,
      config,
      worker,
      max,
      async approve({ meetingId, text, kind = "recap", way = "smtp" }) {
        const draft: MailDraft = {
          kind,
          meetingId,
          meetingStartsAt: app.clock.now().add({ hours: 30 }),
          zone: "Europe/Berlin",
          personId: max.id,
          text,
          html: `<p>${text}</p>`,
          captureIds: [],
        };
        const { hash } = await previewMail(database.reader, app.owner, draft);
        return inTransaction(database, (tx) => approveMail(tx, app.owner, app.clock.now(), { draft, way, expectedHash: hash }));
      },
      open: (user) => openImap(imapAccount(servers, user)),
      async arrived(user, folder, messageIds) {
        const connection = await openImap(imapAccount(servers, user));
        try {
          for (const end = performance.now() + ARRIVAL_LIMIT_MS; ; await pause(100)) {
            const found = await copies(connection, folder, messageIds);
            if ([...found.values()].every((count) => count > 0) || performance.now() > end) return found;
          }
        } finally {
          await connection.close();
        }
      },
    });
  } finally {
    await database.close();
    await servers.stop();
  }
}
