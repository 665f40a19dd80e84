import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from "smtp-server";

/**
 * What the server does wrong, on purpose:
 * - `refuse`, `temporary`: answers RCPT TO with 550 or 451; `refuse_content`, `temporary_content`: the same after the final dot.
 * - `hang_at_mail`, `hang_after_dot`: never answers MAIL FROM, or the final dot (the message is kept in the second case).
 * - `cut_before_greeting`, `cut_before_mail`: closes the line before any message began: nothing was delivered.
 * - `cut_in_data`: closes the line at the first bytes of the message: nothing was delivered.
 * - `cut_before_reply`: takes the whole message, throws it away and closes the line instead of answering: nothing was delivered.
 * - `cut_after_accept`: takes and keeps the whole message, then closes the line instead of answering 250: it WAS delivered.
 * The sender cannot tell the last two apart; that is the point.
 */
export type SmtpFault =
  | "refuse"
  | "temporary"
  | "refuse_content"
  | "temporary_content"
  | "hang_at_mail"
  | "hang_after_dot"
  | "cut_before_greeting"
  | "cut_before_mail"
  | "cut_in_data"
  | "cut_before_reply"
  | "cut_after_accept";

export interface SmtpSinkOptions {
  /** `implicit_tls` speaks TLS from the first byte; the certificate is `certificate` below, which no machine trusts by itself. */
  readonly security?: "none" | "starttls" | "implicit_tls";
  /** When given, mail is taken only from this user. Without TLS the login is accepted in the clear. */
  readonly login?: { readonly user: string; readonly password: string };
  /** When given, mail is taken with one of these access tokens (XOAUTH2); a test may change them while the server runs. */
  readonly tokens?: ReadonlySet<string>;
  readonly fault?: SmtpFault;
}

/** One message that the server kept, with its envelope. */
export interface CapturedMail {
  readonly envelopeFrom: string;
  readonly envelopeTo: readonly string[];
  /** The message as it came over the line, without the final dot. */
  readonly raw: string;
  readonly parsed: Email;
  readonly secure: boolean;
  readonly user: string | undefined;
}

export interface SmtpSink {
  readonly port: number;
  /** Every message that was kept, in the order of arrival. */
  readonly mails: readonly CapturedMail[];
  /** How many connections were opened so far: for "it did not even try". */
  readonly connections: number;
  /** Settable at any time; holds until it is set to something else. */
  fault: SmtpFault | undefined;
  /** Resolves as soon as `count` mails were kept; rejects after `timeoutMs` (default 30 s). */
  waitForMail(count?: number, timeoutMs?: number): Promise<readonly CapturedMail[]>;
  /** Drops every open line and stops listening. */
  close(): Promise<void>;
}

const certificates = new URL("./certificates/", import.meta.url);

/** The certificate that the sink shows, as PEM: a client that is to trust it gets it as `ca`. */
export const sinkCertificate: string = readFileSync(new URL("loopback.cert.pem", certificates), "utf8");

function smtpError(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

async function readAll(stream: SMTPServerDataStream, onFirstBytes: () => boolean): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    if (chunks.length === 0 && onFirstBytes()) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function listen(server: SMTPServer): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve((server.server.address() as AddressInfo).port));
  });
}

/** Starts a real SMTP server on loopback that keeps what it is sent. */
export async function startSmtpSink(options: SmtpSinkOptions = {}): Promise<SmtpSink> {
  const { security = "none", login } = options;
  const mails: CapturedMail[] = [];
  const waiting = new Set<() => void>();
  const state = { fault: options.fault, connections: 0 };

  const cut = (session: SMTPServerSession): void => {
    for (const connection of server.connections) if (connection.id === session.id) connection._socket.destroy();
  };

  async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<"answer" | "stay silent"> {
    const raw = await readAll(stream, () => {
      if (state.fault === "cut_in_data") cut(session);
      return state.fault === "cut_in_data";
    });
    if (raw === undefined) return "stay silent";
    if (state.fault === "cut_before_reply") cut(session);
    if (state.fault === "cut_before_reply") return "stay silent";
    if (state.fault === "refuse_content") throw smtpError(554, "The content was refused");
    if (state.fault === "temporary_content") throw smtpError(451, "Try again later");
    const { mailFrom, rcptTo } = session.envelope;
    mails.push({
      envelopeFrom: mailFrom ? mailFrom.address : "",
      envelopeTo: rcptTo.map((one) => one.address),
      raw: raw.toString("utf8"),
      parsed: await PostalMime.parse(raw),
      secure: session.secure,
      user: session.user as string | undefined,
    });
    if (state.fault === "cut_after_accept") cut(session);
    const silent = state.fault === "cut_after_accept" || state.fault === "hang_after_dot";
    for (const wake of waiting) wake();
    return silent ? "stay silent" : "answer";
  }

  const behaviour: SMTPServerOptions = {
    onConnect(session, done) {
      state.connections += 1;
      if (state.fault === "cut_before_greeting") return cut(session);
      done();
    },
    onAuth({ username, password, accessToken }, _session, done) {
      const isIn = accessToken ? options.tokens?.has(accessToken) : username === login?.user && password === login?.password;
      if (isIn) return done(null, { user: username });
      done(smtpError(535, "The user name or the password is wrong"));
    },
    onMailFrom(_address, session, done) {
      if (state.fault === "cut_before_mail") return cut(session);
      if (state.fault !== "hang_at_mail") done();
    },
    onRcptTo(_address, _session, done) {
      if (state.fault === "refuse") return done(smtpError(550, "No such mailbox here"));
      if (state.fault === "temporary") return done(smtpError(451, "Try again later"));
      done();
    },
    onData(stream, session, done) {
      receive(stream, session).then(
        (then) => then === "answer" && done(),
        (error: Error) => done(error),
      );
    },
  };

  const server = new SMTPServer({
    ...behaviour,
    name: "sink.localhost",
    banner: "test sink",
    key: readFileSync(new URL("loopback.key.pem", certificates)),
    cert: sinkCertificate,
    secure: security === "implicit_tls",
    authOptional: login === undefined && options.tokens === undefined,
    allowInsecureAuth: security === "none",
    ...(options.tokens && { authMethods: [...(login ? ["PLAIN", "LOGIN"] : []), "XOAUTH2"] }),
    disabledCommands: [...(login || options.tokens ? [] : ["AUTH"]), ...(security === "starttls" ? [] : ["STARTTLS"])],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 10,
  });
  const port = await listen(server);
  // A client that refuses the certificate, or a line that was cut, is expected here.
  server.on("error", () => undefined);

  return {
    port,
    mails,
    get connections() {
      return state.connections;
    },
    get fault() {
      return state.fault;
    },
    set fault(fault) {
      state.fault = fault;
    },
    waitForMail(count = 1, timeoutMs = 30_000) {
      return new Promise((resolve, reject) => {
        const finish = (): void => {
          if (mails.length < count) return;
          clearTimeout(timer);
          waiting.delete(finish);
          resolve(mails);
        };
        const timer = setTimeout(() => {
          waiting.delete(finish);
          reject(new Error(`${count} mail${count === 1 ? "" : "s"} expected within ${timeoutMs} ms, ${mails.length} came.`));
        }, timeoutMs);
        waiting.add(finish);
        finish();
      });
    },
    close() {
      return new Promise((resolve) => {
        for (const connection of server.connections) connection._socket.destroy();
        server.close(resolve);
      });
    },
  };
}
