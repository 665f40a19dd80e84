import { rootCertificates } from "node:tls";
import type { FetchMessageObject, ImapFlow } from "imapflow";
import type { SmtpSecurity } from "./account.ts";
import { explainImapError, type ImapError, ImapTrouble } from "./explain-imap.ts";

/** Everything needed to log in to an IMAP server: a password or an OAuth access token (XOAUTH2). Never logged, never part of an output. */
export interface ImapAccount {
  readonly host: string;
  readonly port: number;
  readonly security: SmtpSecurity;
  readonly login: { readonly user: string; readonly password: string } | { readonly user: string; readonly accessToken: string };
  /** Certificates to trust beside the usual ones, as PEM; for tests and servers of one's own. */
  readonly trusted?: string;
}

/** Milliseconds. `command` is how long a server may be silent before the line counts as dead. */
export interface ImapTimeouts {
  readonly connect: number;
  readonly greeting: number;
  readonly command: number;
}

export const usualImapTimeouts: ImapTimeouts = { connect: 20_000, greeting: 20_000, command: 60_000 };

/** A folder as it was when it was opened. Numbers of mails (UIDs) mean something only together with `uidValidity` (RFC 9051, section 2.3.1.1). */
export interface OpenedFolder {
  readonly path: string;
  readonly uidValidity: string;
  readonly uidNext: number;
}

/** The top of a mail, as far as it is needed to decide whether it concerns us. */
export interface MailHead {
  readonly uid: number;
  readonly receivedAt: Temporal.Instant | undefined;
  /** The header section, at most `LARGEST_HEAD` bytes of it. */
  readonly head: Buffer;
}

/** The uses of folders that RFC 6154 gives names to, as far as they matter here. */
export type FolderUse = "\\Sent" | "\\Drafts";

/** One logged-in connection. Every function throws `ImapTrouble` with a sentence for the owner; after that the connection is of no use. */
export interface ImapConnection {
  open(path: string): Promise<OpenedFolder>;
  /** UIDs above `uid` in the open folder, ascending. */
  uidsAfter(uid: number): Promise<number[]>;
  /** UIDs of mails that came on `day` or later, by the server's calendar, ascending. */
  uidsSince(day: Temporal.PlainDate): Promise<number[]>;
  heads(uids: readonly number[]): Promise<MailHead[]>;
  /** The whole mail, at most `limit` bytes of it; undefined when it is gone. Does not mark it as read. */
  source(uid: number, limit: number): Promise<Buffer | undefined>;
  /** The folder for a use, by what the server says or by its usual names; undefined when there is none. */
  folderFor(use: FolderUse): Promise<string | undefined>;
  /** Whether a folder holds a mail with this Message-ID. Opens that folder. */
  holds(path: string, messageId: string): Promise<boolean>;
  /** Puts a mail into a folder. Flags such as `\\Draft` and `\\Seen`. */
  append(path: string, message: Buffer, flags: readonly string[]): Promise<void>;
  /** Waits (IDLE) until something new is announced, `ms` have passed or `signal` says stop; then makes sure that the line is alive. */
  waitForNews(ms: number, signal: AbortSignal): Promise<"news" | "quiet">;
  /** Says goodbye, or hangs up when the server does not answer. Never throws. */
  close(): Promise<void>;
}

export const LARGEST_HEAD = 128 * 1024;

/** Room for the largest mail that is asked for (`source`) and what stands around it. */
const LARGEST_ANSWER = 32 * 1024 * 1024;
const GOODBYE_MS = 2_000;

async function clientFor(account: ImapAccount, timeouts: ImapTimeouts): Promise<ImapFlow> {
  // Loaded when the first mailbox is read: a start must not wait for it.
  const { ImapFlow: Client } = await import("imapflow");
  const { user } = account.login;
  return new Client({
    host: account.host,
    port: account.port,
    secure: account.security === "implicit_tls",
    doSTARTTLS: account.security === "implicit_tls" ? undefined : account.security === "starttls",
    auth:
      "accessToken" in account.login ? { user, accessToken: account.login.accessToken } : { user, pass: account.login.password },
    // The name and version of this program are nobody's business.
    clientInfo: { name: "mail" },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.greeting,
    // The line is watched command by command below: while idling, silence is usual.
    socketTimeout: 24 * 3_600_000,
    maxIdleTime: 24 * 3_600_000,
    maxLineLength: LARGEST_ANSWER,
    maxLiteralSize: LARGEST_ANSWER,
    maxResponseSize: 2 * LARGEST_ANSWER,
    tls: { minVersion: "TLSv1.2", ...(account.trusted ? { ca: [...rootCertificates, account.trusted] } : {}) },
  });
}

function instantOf(date: Date | string | undefined): Temporal.Instant | undefined {
  const ms = date === undefined ? Number.NaN : new Date(date).getTime();
  return Number.isFinite(ms) ? Temporal.Instant.fromEpochMilliseconds(ms) : undefined;
}

/** A mail that was removed in the meantime comes without its text. */
function headOf(message: FetchMessageObject): MailHead[] {
  const head = message.headers;
  return head ? [{ uid: message.uid, receivedAt: instantOf(message.internalDate), head: head.subarray(0, LARGEST_HEAD) }] : [];
}

/** Runs one command with a deadline. imapflow by itself would wait for a silent server as long as the socket stays open. */
async function within<T>(client: ImapFlow, host: string, ms: number, work: () => Promise<T>): Promise<T> {
  const { promise: broken, reject } = Promise.withResolvers<never>();
  const lost = (): void => reject(Object.assign(new Error("The connection was closed"), { code: "NoConnection" }));
  const timer = setTimeout(() => {
    reject(Object.assign(new Error("No answer in time"), { code: "ETIMEOUT" }));
    client.close();
  }, ms);
  client.once("close", lost);
  try {
    const working = work();
    // When the line breaks first, nobody waits for the command any more.
    working.catch(() => undefined);
    return await Promise.race([working, broken]);
  } catch (error) {
    if (error instanceof ImapTrouble) throw error;
    throw explainImapError(host, error as ImapError);
  } finally {
    clearTimeout(timer);
    client.off("close", lost);
  }
}

async function ascending(found: Promise<number[] | false | undefined>): Promise<number[]> {
  const uids = (await found) || [];
  return [...uids].sort((a, b) => a - b);
}

function waitsOn(client: ImapFlow, news: { seen: boolean }, ms: number, signal: AbortSignal): Promise<"news" | "quiet"> {
  const { promise, resolve } = Promise.withResolvers<"news" | "quiet">();
  const quiet = (): void => resolve("quiet");
  const announced = (): void => resolve("news");
  const timer = setTimeout(quiet, ms);
  client.on("exists", announced);
  client.on("close", quiet);
  signal.addEventListener("abort", quiet);
  if (news.seen) announced();
  if (signal.aborted) quiet();
  return promise.finally(() => {
    clearTimeout(timer);
    client.off("exists", announced);
    client.off("close", quiet);
    signal.removeEventListener("abort", quiet);
  });
}

/** How to open a connection. After `signal` says stop, the line is cut within two seconds, whatever the server does. */
export interface ImapOptions {
  readonly timeouts?: ImapTimeouts | undefined;
  readonly signal?: AbortSignal | undefined;
}

function cutOn(client: ImapFlow, signal: AbortSignal | undefined): void {
  const cut = (): void => void setTimeout(() => client.close(), GOODBYE_MS).unref();
  signal?.addEventListener("abort", cut, { once: true });
  client.once("close", () => signal?.removeEventListener("abort", cut));
}

/** Connects and logs in. Throws `ImapTrouble` that says in words what failed: name, TLS, login. */
export async function openImap(account: ImapAccount, options: ImapOptions = {}): Promise<ImapConnection> {
  const { timeouts = usualImapTimeouts, signal } = options;
  const client = await clientFor(account, timeouts);
  cutOn(client, signal);
  const news = { seen: false };
  // Without a listener an error of an idle socket would end the process; whoever uses the connection next is told.
  client.on("error", () => undefined);
  client.on("exists", () => (news.seen = true));
  const run = <T>(work: () => Promise<T>): Promise<T> => within(client, account.host, timeouts.command, work);
  const open = async (path: string): Promise<OpenedFolder> => {
    const { uidValidity, uidNext, path: opened } = await run(() => client.mailboxOpen(path, { readOnly: true }));
    return { path: opened, uidValidity: String(uidValidity), uidNext };
  };
  await within(client, account.host, timeouts.connect + timeouts.greeting + timeouts.command, () => client.connect());
  return {
    open,
    uidsAfter(uid) {
      news.seen = false;
      // "N:*" names the last mail also when its number is below N (RFC 9051, section 9, "seq-range").
      return run(async () => (await ascending(client.search({ uid: `${uid + 1}:*` }, { uid: true }))).filter((one) => one > uid));
    },
    uidsSince: (day) => run(() => ascending(client.search({ since: day.toString() }, { uid: true }))),
    async heads(uids) {
      if (uids.length === 0) return [];
      const query = { uid: true, headers: true, internalDate: true } as const;
      return run(async () => (await client.fetchAll(uids.join(","), query, { uid: true })).flatMap(headOf));
    },
    source: (uid, limit) =>
      run(async () => {
        const found = await client.fetchOne(String(uid), { uid: true, source: { start: 0, maxLength: limit } }, { uid: true });
        return found ? found.source : undefined;
      }),
    folderFor: (use) => run(async () => (await client.list()).find((folder) => folder.specialUse === use)?.path),
    async holds(path, messageId) {
      await open(path);
      const found = await run(() => ascending(client.search({ header: { "message-id": messageId } }, { uid: true })));
      return found.length > 0;
    },
    async append(path, message, flags) {
      const kept = await run(() => client.append(path, message, [...flags]));
      if (kept === false) throw new ImapTrouble("no_folder", `${account.host} did not keep the mail in the folder ${path}.`);
    },
    async waitForNews(ms, signal) {
      // It ends when the next command breaks it; what went wrong in it shows there.
      void client.idle().catch(() => undefined);
      const outcome = await waitsOn(client, news, ms, signal);
      // A line can die without a word while idling, so each wait ends with a question.
      if (!signal.aborted) await run(() => client.noop());
      return news.seen ? "news" : outcome;
    },
    async close() {
      await within(client, account.host, GOODBYE_MS, () => client.logout()).catch(() => undefined);
      client.close();
    },
  };
}
