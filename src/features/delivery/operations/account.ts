import * as z from "zod";
import { AppError, invalidField } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { line } from "../../../lib/text.ts";
import { instantText } from "../../../platform/clock.ts";
import { type Config, isLoopback } from "../../../platform/config/config.ts";
import { type KeySource, openSealer, type Sealer } from "../../../platform/keys/seal.ts";
import { parseSmtpUrl } from "../../../platform/mail/account.ts";
import { type OAuthClients, oauthProviderNames } from "../../../platform/mail/oauth.ts";
import { checkSmtpLogin } from "../../../platform/mail/smtp.ts";
import { readOperation, remoteOperation, writeOperation } from "../../../platform/operation.ts";
import { releaseHeld } from "../../../platform/outbox/index.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import {
  deleteMailAccount,
  mailSecurities,
  type MailAccountTable,
  pauseMailAccount,
  readMailAccount,
  upsertMailAccount,
} from "../../account/index.ts";
import { waitingKeys } from "../store.ts";
import { resolveMailAccount } from "./login.ts";

/** What delivery needs to know of the installation's configuration. */
export interface MailConfig extends KeySource {
  /** THROUGHLINE_SMTP_URL: wins over the account on the settings page. */
  readonly smtpUrl?: string | undefined;
  /** True when THROUGHLINE_CLOCK moved the clock: then mail goes to this machine alone. */
  readonly clockIsShifted?: boolean;
  /** The owner's own clients for signing in with a provider. */
  readonly oauthClients?: OAuthClients;
  /** Certificates to trust beside the usual ones, as PEM. */
  readonly trusted?: string;
}

export function mailConfigOf({ keyFile, key, smtpUrl, clockStart, oauthClients }: Config): MailConfig {
  return { keyFile, key, smtpUrl, oauthClients, clockIsShifted: clockStart !== undefined };
}

const REAL_HOURS =
  "The clock of this installation was moved (THROUGHLINE_CLOCK), so mail is sent to this machine only: real mail goes out at real hours.";

/** A moved clock never meets a mail server elsewhere. Undefined when all is well, else the sentence to show. */
export function clockRefusal(host: string, config: Pick<MailConfig, "clockIsShifted">): string | undefined {
  return config.clockIsShifted && !isLoopback(host) ? REAL_HOURS : undefined;
}

/** Lets sending go on after the account was repaired: everything that waited is tried again. */
export async function resumeSending(tx: Tx, owner: OwnerId, now: Temporal.Instant): Promise<void> {
  await pauseMailAccount(tx, owner, now, null);
  await releaseHeld(tx, owner, now, await waitingKeys(tx, owner));
}

/** Puts the account of THROUGHLINE_SMTP_URL into the owner's settings; for the start of the program. Throws `invalid` for an address that cannot be used. */
export async function applySmtpUrl(tx: Tx, owner: OwnerId, now: Temporal.Instant, url: string, sealer: Sealer): Promise<void> {
  const { host, port, security, login } = parseSmtpUrl(url);
  const at = instantText(now);
  const sealed = login && login.password !== "" ? sealer.seal(login.password) : null;
  await upsertMailAccount(tx, owner, {
    host,
    port,
    security,
    username: login?.user ?? null,
    sealed_password: sealed,
    oauth_provider: null,
    sealed_tokens: null,
    created_at: at,
    updated_at: at,
    paused_at: null,
    paused_reason: null,
  });
  await resumeSending(tx, owner, now);
}

export const MailAccount = z.object({
  configured: z.boolean(),
  host: z.string().nullable(),
  port: z.number().int().nullable(),
  security: z.enum(mailSecurities).nullable(),
  username: z.string().nullable(),
  hasPassword: z.boolean(),
  signedInWith: z.enum(oauthProviderNames).nullable().describe("The provider whose sign-in stands in for a password"),
  providers: z.array(z.enum(oauthProviderNames)).describe("The providers that a sign-in is possible with here"),
  pausedReason: z.string().nullable().describe("Why sending rests until you look at the account; null while all is well"),
  fromEnvironment: z.boolean().describe("True when THROUGHLINE_SMTP_URL sets the account, so that it is changed there"),
});
export type MailAccount = z.infer<typeof MailAccount>;

export function shown(row: MailAccountTable | undefined, config: MailConfig): MailAccount {
  const { host = null, port = null, security = null, username = null } = row ?? {};
  return {
    configured: row !== undefined,
    host,
    port,
    security,
    username,
    hasPassword: Boolean(row?.sealed_password),
    signedInWith: row?.oauth_provider ?? null,
    providers: oauthProviderNames.filter((name) => config.oauthClients?.[name]),
    pausedReason: row?.paused_reason ?? null,
    fromEnvironment: Boolean(config.smtpUrl),
  };
}

const LONGEST_PASSWORD = 1_000;

export const MailAccountInput = z.object({
  host: line(253, "Write the server name that your mail provider gives, for example smtp.example.org.").refine(
    (text) => /^[\p{L}\p{N}.:-]+$/u.test(text),
    {
      error: "Write the bare server name, for example smtp.example.org: no spaces, no address in front.",
    },
  ),
  port: z.coerce.number({ error: "Write the port as a number, usually 587 or 465." }).int().min(1).max(65_535),
  security: z.enum(mailSecurities),
  username: z.string().trim().max(320).default(""),
  password: z.string().max(LONGEST_PASSWORD).optional().describe("Left out or empty: the stored one stays"),
});

export function requireOwnAccount(config: MailConfig): void {
  if (config.smtpUrl)
    throw new AppError("conflict", "The mail account is set by THROUGHLINE_SMTP_URL. Change it there and start again.");
}

/** A sign-in stays for the server and the user that it was given for, until a password is typed. */
function keepsSignIn(input: z.output<typeof MailAccountInput>, before: MailAccountTable | undefined): boolean {
  return typeof before?.oauth_provider === "string" && before.host === input.host && before.username === input.username;
}

function signInToKeep(input: z.output<typeof MailAccountInput>, before: MailAccountTable | undefined) {
  const stays = before !== undefined && !input.password && keepsSignIn(input, before);
  return { oauth_provider: stays ? before.oauth_provider : null, sealed_tokens: stays ? before.sealed_tokens : null };
}

/** The stored password stays only for the same server and user: it must never travel to another host. */
function passwordToKeep(
  input: z.output<typeof MailAccountInput>,
  before: MailAccountTable | undefined,
  config: MailConfig,
): string | null {
  if (input.username === "" || (!input.password && keepsSignIn(input, before))) return null;
  if (input.password) return openSealer(config).seal(input.password);
  const same = before !== undefined && before.host === input.host && before.username === input.username;
  if (same && before.sealed_password !== null) return before.sealed_password;
  throw invalidField("password", "Write the password for this server. Many providers want an app password.");
}

/** The operations on the SMTP account. They need the installation's key, so they are made once the configuration is known. */
export function mailAccountOperations(config: MailConfig) {
  const showMailAccount = readOperation({
    name: "delivery.mailAccount",
    summary: "Show the mail account that sends for you; never its password",
    input: z.object({}),
    output: MailAccount,
    run: async ({ owner, db }) => shown(await readMailAccount(db, owner), config),
  });
  const saveMailAccount = writeOperation({
    name: "delivery.saveMailAccount",
    summary: "Set the mail account that sends for you; the password is sealed with a key outside the database",
    input: MailAccountInput,
    output: MailAccount,
    examples: [
      { host: "smtp.example.org", port: 587, security: "starttls", username: "ana@example.org", password: "app password" },
    ],
    async run({ owner, tx, now }, input) {
      requireOwnAccount(config);
      if (input.security === "none" && !isLoopback(input.host))
        throw invalidField(
          "security",
          "Without protection the password could be read on the way. Choose STARTTLS or TLS; only a server on this machine may go without.",
        );
      const refusal = clockRefusal(input.host, config);
      if (refusal) throw invalidField("host", refusal);
      const at = instantText(now);
      const before = await readMailAccount(tx, owner);
      const sealed = passwordToKeep(input, before, config);
      const { host, port, security, username } = input;
      await upsertMailAccount(tx, owner, {
        host,
        port,
        security,
        username: username === "" ? null : username,
        sealed_password: sealed,
        ...signInToKeep(input, before),
        created_at: at,
        updated_at: at,
        paused_at: null,
        paused_reason: null,
      });
      await resumeSending(tx, owner, now);
      return shown(await readMailAccount(tx, owner), config);
    },
  });
  const removeMailAccount = writeOperation({
    name: "delivery.removeMailAccount",
    summary: "Remove the mail account and its password; what waits for its hour stays and is told to you",
    input: z.object({}),
    output: MailAccount,
    async run({ owner, tx }) {
      requireOwnAccount(config);
      await deleteMailAccount(tx, owner);
      return shown(undefined, config);
    },
  });
  const checkMailAccount = remoteOperation({
    name: "delivery.checkMailAccount",
    summary: "Log in to the mail server without sending anything, and say in words what is wrong if it fails",
    input: z.object({}),
    output: z.object({ ok: z.boolean(), message: z.string() }),
    async run({ owner, database, clock }) {
      const account = await resolveMailAccount({ owner, database, clock }, config);
      if (!account) return { ok: false, message: "No mail account is set up yet." };
      const refusal = clockRefusal(account.host, config);
      if (refusal) return { ok: false, message: refusal };
      const outcome = await checkSmtpLogin(account);
      return "message" in outcome
        ? { ok: false, message: outcome.message }
        : { ok: true, message: `${account.host} accepted the login. Nothing was sent.` };
    },
  });
  const resumeMail = writeOperation({
    name: "delivery.resumeMail",
    summary: "Try again to send what waits, after sending was paused",
    input: z.object({}),
    output: MailAccount,
    async run({ owner, tx, now }) {
      await resumeSending(tx, owner, now);
      return shown(await readMailAccount(tx, owner), config);
    },
  });
  return { showMailAccount, saveMailAccount, removeMailAccount, checkMailAccount, resumeMail };
}
