import { Readable } from "node:stream";
import { rootCertificates } from "node:tls";
import type SMTPConnection from "nodemailer/lib/smtp-connection";
import type { MailLogin, SmtpAccount } from "./account.ts";
import { type Explanation, explainSmtpError, type SmtpError, type SmtpTrouble } from "./explain.ts";
import { TokenTrouble } from "./oauth.ts";

/** Milliseconds. `total` is shorter than the lease of the outbox, so that a sender never outlives its claim. */
export interface SmtpTimeouts {
  readonly connect: number;
  readonly greeting: number;
  readonly idle: number;
  readonly total: number;
}

export const usualTimeouts: SmtpTimeouts = { connect: 20_000, greeting: 20_000, idle: 60_000, total: 240_000 };

export type SmtpOutcome =
  /** The server answered 250 to the final dot: the mail is its responsibility now (RFC 5321, section 6.1). */
  | { readonly result: "accepted" }
  /** Nothing was delivered, and the reason is known. */
  | { readonly result: SmtpTrouble; readonly message: string }
  /** The line was lost after the message had begun: delivered or not, only the recipient's side knows. */
  | { readonly result: "unknown"; readonly message: string }
  /** `begin` said no; nothing of the message left. */
  | { readonly result: "withdrawn" };

export interface SmtpMessage {
  readonly from: string;
  readonly to: string;
  /** The message as composed. Only dots at line starts are doubled on the way (RFC 5321, section 4.5.2). */
  readonly bytes: Buffer;
}

const GOODBYE_MS = 1_000;

// nodemailer is loaded when it is first needed: a start must not wait for it, and many installations send by hand.
async function connectionTo(account: SmtpAccount, timeouts: SmtpTimeouts): Promise<SMTPConnection> {
  const { default: Connection } = await import("nodemailer/lib/smtp-connection");
  return new Connection({
    host: account.host,
    port: account.port,
    secure: account.security === "implicit_tls",
    requireTLS: account.security === "starttls",
    ignoreTLS: account.security === "none",
    // The name of this machine is nobody's business; an address literal is a valid greeting (RFC 5321, section 4.1.3).
    name: "[127.0.0.1]",
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.idle,
    dnsTimeout: timeouts.connect,
    socketCloseTimeout: 0,
    tls: { minVersion: "TLSv1.2", ...(account.trusted ? { ca: [...rootCertificates, account.trusted] } : {}) },
  });
}

interface Session {
  readonly connection: SMTPConnection;
  /** Rejects at the first error of the line, wherever it happens; never resolves. */
  readonly broken: Promise<never>;
  isBroken(): boolean;
  /** Closes at once; `politely` says QUIT first and gives the server a second to answer. */
  end(politely: boolean): void;
}

async function openSession(account: SmtpAccount, timeouts: SmtpTimeouts): Promise<Session> {
  const connection = await connectionTo(account, timeouts);
  let timer: NodeJS.Timeout | undefined;
  let over = false;
  const broken = new Promise<never>((_resolve, rejectPromise) => {
    const reject = (error: Error): void => {
      over = true;
      rejectPromise(error);
    };
    connection.on("error", reject);
    connection.on("end", () => reject(Object.assign(new Error("The connection was closed"), { code: "ECONNECTION" })));
    timer = setTimeout(() => reject(Object.assign(new Error("The whole took too long"), { code: "ETIMEDOUT" })), timeouts.total);
  });
  // Whoever waits for a step also waits for this; when nobody does, the session is already over.
  broken.catch(() => undefined);
  return {
    connection,
    broken,
    isBroken: () => over,
    end(politely) {
      clearTimeout(timer);
      if (!politely || over) return connection.close();
      connection.quit();
      setTimeout(() => connection.close(), GOODBYE_MS).unref();
    },
  };
}

/** One step of the conversation: a callback of nodemailer, or the line breaks first. */
function step(session: Session, begin: (done: (error?: Error | null) => void) => void): Promise<void> {
  const answered = new Promise<void>((resolve, reject) => {
    begin((error) => (error ? reject(error) : resolve()));
  });
  return Promise.race([answered, session.broken]);
}

/** What nodemailer wants to know of a login. A refused token is renewed by us (`renewedOnce`), not by it: it knows one of two ways to refuse. */
async function authentication(login: MailLogin): Promise<SMTPConnection.AuthenticationType> {
  if ("password" in login) return { credentials: { user: login.user, pass: login.password } };
  const { default: XOAuth2 } = await import("nodemailer/lib/xoauth2");
  const token = await login.accessToken(false);
  const oauth2 = new XOAuth2({
    user: login.user,
    provisionCallback: (_user, isRefused, done) => done(isRefused ? new Error("The token was refused") : null, token, 0),
  });
  return { oauth2 };
}

/** Tries again with a renewed token when the first was refused: nothing of a message can have left by then. */
async function renewedOnce(account: SmtpAccount, attempt: () => Promise<SmtpOutcome>): Promise<SmtpOutcome> {
  const first = await attempt();
  const { login } = account;
  if (first.result !== "credentials" || !login || "password" in login) return first;
  try {
    await login.accessToken(true);
  } catch (error) {
    if (error instanceof TokenTrouble) return { result: error.trouble, message: error.message };
    throw error;
  }
  return attempt();
}

async function logIn(session: Session, account: SmtpAccount): Promise<void> {
  const { connection } = session;
  await step(session, (done) => connection.connect((error) => done(error)));
  if (!account.login) return;
  const how = await authentication(account.login);
  await step(session, (done) => connection.login(how, (error) => done(error)));
}

/** The reason in words. */
function explain({ host, login }: SmtpAccount, error: SmtpError): Explanation {
  if (error instanceof TokenTrouble) return { trouble: error.trouble, message: error.message };
  const explanation = explainSmtpError(host, error);
  return login && "accessToken" in login && explanation.trouble === "credentials"
    ? { ...explanation, message: `${host} no longer accepts the sign-in. Sign in again on the page of the mail account.` }
    : explanation;
}

/** Logs in and says goodbye without sending anything. */
export function checkSmtpLogin(account: SmtpAccount, timeouts: SmtpTimeouts = usualTimeouts): Promise<SmtpOutcome> {
  return renewedOnce(account, () => checkOnce(account, timeouts));
}

async function checkOnce(account: SmtpAccount, timeouts: SmtpTimeouts): Promise<SmtpOutcome> {
  const session = await openSession(account, timeouts);
  try {
    await logIn(session, account);
    session.end(true);
    return { result: "accepted" };
  } catch (error) {
    session.end(false);
    const { trouble, message } = explain(account, error as SmtpError);
    return { result: trouble, message };
  }
}

/**
 * Sends one message to one recipient. `begin` is called after the server said 354 and before the first byte leaves; the first
 * byte waits for its answer, and with `false` none leaves. After that, a line that breaks before the server's final answer
 * is `unknown`: the same break happens whether the server kept the message or not.
 */
export function sendSmtp(
  account: SmtpAccount,
  message: SmtpMessage,
  begin: () => Promise<boolean>,
  timeouts: SmtpTimeouts = usualTimeouts,
): Promise<SmtpOutcome> {
  return renewedOnce(account, () => sendOnce(account, message, begin, timeouts));
}

async function sendOnce(
  account: SmtpAccount,
  message: SmtpMessage,
  begin: () => Promise<boolean>,
  timeouts: SmtpTimeouts,
): Promise<SmtpOutcome> {
  const session = await openSession(account, timeouts);
  let answer: Promise<boolean> | undefined;
  let left = false;
  // Node pulls from this only when nodemailer pipes it, and nodemailer pipes it after 354.
  async function* bytes(): AsyncGenerator<Buffer> {
    answer = begin();
    if (!(await answer)) throw new Error("withdrawn");
    if (session.isBroken()) return;
    left = true;
    yield message.bytes;
  }
  try {
    await logIn(session, account);
    const envelope = { from: message.from, to: [message.to], size: message.bytes.length };
    await step(session, (done) =>
      session.connection.send(envelope, Readable.from(bytes(), { objectMode: false }), (error) => done(error)),
    );
    session.end(true);
    return { result: "accepted" };
  } catch (caught) {
    session.end(false);
    const error = caught as SmtpError;
    // The line may have broken while `begin` was still committing: its answer counts, and the generator goes no further without it.
    if (answer && !(await answer)) return { result: "withdrawn" };
    const { trouble, message: reason } = explain(account, error);
    const refused = (error.responseCode ?? 0) >= 400;
    if (left && !refused)
      return { result: "unknown", message: `The connection to ${account.host} was lost while the mail was being sent.` };
    return { result: trouble, message: reason };
  }
}
