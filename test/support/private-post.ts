import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { openAgenda } from "../../src/features/agenda/index.ts";
import { allowPage, keepAnswer } from "../../src/features/answers/index.ts";
import { createMailWorker, mailAccountOperations, type MailConfig } from "../../src/features/delivery/index.ts";
import { signInOperations } from "../../src/features/delivery/operations/sign-in.ts";
import { draftFolder, mailboxAccountOperations } from "../../src/features/mailbox/index.ts";
import { addPerson } from "../../src/features/people/index.ts";
import { openRecap } from "../../src/features/recap/index.ts";
import { createReminderWorker } from "../../src/features/reminders/index.ts";
import { silentLog } from "../../src/platform/log.ts";
import { inTransaction } from "../../src/platform/storage/database.ts";
import { type GuestVisit, guestVisit } from "./guest-visit.ts";
import { startImapServer } from "./imap-server.ts";
import { keepPrivateCalendars } from "./private-calendars.ts";
import { CANARY, type Hand, NAMES } from "./private-life.ts";
import { startSignInProvider } from "./sign-in-provider.ts";
import { type CapturedMail, startSmtpSink } from "./smtp-sink.ts";
import type { TestApp } from "./test-app.ts";

export const PASSWORD = `${CANARY}-password`;
const USER = `${CANARY}-mail_account.username@example.org`;
const MAILBOX_USER = `${CANARY} mailbox_account.username`;

/** Everything around a life through which something of it can leave: servers on loopback, each with what it got. */
export interface PrivatePost {
  readonly hand: Hand;
  readonly visit: GuestVisit;
  readonly config: MailConfig;
  /** What went to the other person. */
  sent(): readonly CapturedMail[];
  /** What its owner was told by mail. */
  reminders(): readonly CapturedMail[];
  /** What was put into the owner's drafts, as it came over the line. */
  drafted(): readonly string[];
  /** What opens the account at the provider, unsealed: it is nowhere but at the provider. */
  readonly access: readonly string[];
}

/** What the other person said before anything goes out: theirs, and its owner's alone until it is used. */
async function hear({ database, owner, clock }: TestApp, personId: string, meetingId: string): Promise<void> {
  const said = { way: "mail", kind: "reply", text: `${CANARY} answer.text`, sender: `${CANARY} answer.sender` } as const;
  const facts = { ...said, personId, meetingId, sourceKey: meetingId, isVerified: true };
  await inTransaction(database, (tx) => keepAnswer(tx, owner, clock.now(), facts));
}

/** An owner's accounts: one that sends with a password, a mailbox with drafts, calendars with secret addresses. */
async function setUp(app: TestApp, config: MailConfig, ports: { readonly smtp: number; readonly imap: number }): Promise<void> {
  const place = { host: "127.0.0.1", security: "none", password: PASSWORD } as const;
  await app.call(mailAccountOperations(config).saveMailAccount, { ...place, port: ports.smtp, username: USER });
  await keepPrivateCalendars(app, config, CANARY);
  await app.call(mailboxAccountOperations(config).setMailbox, { ...place, port: ports.imap, username: MAILBOX_USER });
}

/** From the recap on nothing is sent with the password any more: its owner signs in with the provider of the account. */
function signerIn(app: TestApp, config: MailConfig, port: number, agree: (address: string) => URL): () => Promise<void> {
  const { beginSignIn, finishSignIn } = signInOperations(config);
  const redirectUri = "http://127.0.0.1:4111/settings/mail/sign-in";
  return async () => {
    const { address } = await app.call(beginSignIn, { provider: "google", username: USER, redirectUri });
    const back = agree(address).searchParams;
    await app.call(finishSignIn, { code: back.get("code") ?? "", state: back.get("state") ?? "" });
    await app.database.writer
      .updateTable("mail_account")
      .set({ host: "127.0.0.1", port, security: "none" })
      .where("owner_id", "=", app.owner)
      .execute();
  };
}

/** Runs `work` with servers for everything that leaves. `beforeSignIn` runs while a password is still what opens the account. */
export async function withPost(
  app: TestApp,
  beforeSignIn: () => Promise<void>,
  work: (post: PrivatePost) => Promise<void>,
): Promise<void> {
  const visit = guestVisit(app);
  const provider = await startSignInProvider();
  const sink = await startSmtpSink({ login: { user: USER, password: PASSWORD }, tokens: provider.live });
  const imap = await startImapServer({ login: { user: MAILBOX_USER, password: PASSWORD } });
  // With a shifted clock no push service is asked: there is none on this machine.
  const key = randomBytes(32).toString("base64");
  const config: MailConfig = { keyFile: "/nowhere", key, oauthClients: { google: provider.client }, clockIsShifted: true };
  const parts = { database: app.database, clock: app.clock, mailConfig: config, log: silentLog };
  const mail = createMailWorker({ ...parts, drafts: draftFolder(parts, config) });
  const reminders = createReminderWorker({ ...parts, origin: () => "http://127.0.0.1:4111" });
  const signIn = signerIn(app, config, sink.port, provider.agree);
  let personId = "";
  const after: Record<string, (output: never) => Promise<unknown>> = {
    [addPerson.name]: async ({ id }: { id: string }) => {
      personId ||= id;
      await visit.call(allowPage, { personId: id, allowed: true });
    },
    [openAgenda.name]: ({ meetingId }: { meetingId: string }) => hear(app, personId, meetingId),
    [openRecap.name]: () => beforeSignIn().then(signIn),
  };
  const hand: Hand = {
    keys: config,
    async call(operation, input) {
      const output = await visit.call(operation, input);
      await after[operation.name]?.(output as never);
      return output;
    },
    async at(instant) {
      app.clock.set(instant);
      await mail.tick();
      await reminders.tick();
    },
  };
  const sentTo = (address: string) => (): readonly CapturedMail[] =>
    sink.mails.filter(({ envelopeTo }) => envelopeTo.includes(address));
  try {
    await setUp(app, config, { smtp: sink.port, imap: imap.port });
    await work({
      hand,
      visit,
      config,
      sent: sentTo(NAMES.personEmail),
      reminders: sentTo(NAMES.ownerEmail),
      drafted: () => imap.folders.flatMap(({ use, mails }) => (use === "\\Drafts" ? mails.map(({ raw }) => raw.toString()) : [])),
      access: Array.from({ length: 20 }, (_, index) => [`access-${index + 1}`, `refresh-${index + 1}`]).flat(),
    });
    assert.ok(provider.given > 0, "an access was given");
  } finally {
    await Promise.all([sink.close(), imap.close(), provider.close()]);
  }
}
