import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createSecureContext, createServer as createTlsServer, TLSSocket } from "node:tls";
import { EventEmitter, once } from "node:events";
import { answerTo, type Command, type ImapFolder, type ImapStore } from "./imap-answers.ts";

/**
 * What the server does wrong, on purpose:
 * - `refuse_login`: NO [AUTHENTICATIONFAILED]. `busy`: NO [UNAVAILABLE].
 * - `silent`: takes the connection and never says a word. `mute`: answers nothing any more, from the next command on; the line stays open.
 * - `quiet_idle`: never announces anything while a client idles. `no_idle`: does not know IDLE.
 * - `cut_in_fetch`: closes the line in the middle of the answer to a FETCH.
 */
export type ImapFault = "refuse_login" | "busy" | "silent" | "mute" | "quiet_idle" | "no_idle" | "cut_in_fetch";

export interface ImapServerOptions {
  readonly security?: "none" | "starttls" | "implicit_tls";
  readonly login?: { readonly user: string; readonly password: string };
  /** Access tokens that are taken (XOAUTH2). */
  readonly tokens?: ReadonlySet<string>;
}

export interface ImapServer extends ImapStore {
  readonly port: number;
  /** How many connections were opened so far, and how many are open now. */
  readonly connections: number;
  readonly open: number;
  /** How many clients idle now. */
  readonly idling: number;
  /** Every command that came, without its tag and without what it carried: for "it did not even ask". */
  readonly commands: readonly string[];
  fault: ImapFault | undefined;
  /** Puts a mail into a folder, and tells whoever idles there. */
  deliver(raw: string | Buffer, folder?: string, receivedAt?: Date): number;
  /** Numbers begin anew, as after a restore from a backup. */
  renumber(folder?: string): void;
  /** Closes every open line. */
  dropAll(): void;
  /** Resolves when `met` becomes true, looked at after everything that happens; rejects after `timeoutMs` (default 20 s). */
  until(met: () => boolean, timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

const certificates = new URL("./certificates/", import.meta.url);
const cert = readFileSync(new URL("loopback.cert.pem", certificates));
const key = readFileSync(new URL("loopback.key.pem", certificates));

function folder(path: string, use: string): ImapFolder {
  return { path, use, uidValidity: 1_000, uidNext: 1, mails: [] };
}

interface Session {
  readonly id: number;
  socket: Socket;
  selected: ImapFolder | undefined;
  loggedIn: boolean;
  idleTag: string | undefined;
  /** Waits for the rest of a login that came in two steps. */
  continuation: ((line: string) => void) | undefined;
}

/** Cuts what comes in into commands: lines, with the literals that they announce ("{12}", "{12+}"). */
function commandReader(ask: () => void, take: (command: Command) => void): (chunk: Buffer) => void {
  let buffer = Buffer.alloc(0);
  let text = "";
  let literals: Buffer[] = [];
  let missing = 0;
  const step = (): boolean => {
    if (missing > 0) {
      if (buffer.length < missing) return false;
      literals.push(buffer.subarray(0, missing));
      buffer = buffer.subarray(missing);
      missing = 0;
      return true;
    }
    const end = buffer.indexOf("\r\n");
    if (end < 0) return false;
    const line = buffer.subarray(0, end).toString("utf8");
    buffer = buffer.subarray(end + 2);
    const literal = /\{(\d+)(\+?)\}$/u.exec(line);
    text += line;
    if (literal) {
      missing = Number(literal[1]);
      if (literal[2] === "") ask();
      if (missing === 0) literals.push(Buffer.alloc(0));
      return true;
    }
    take({ text, literals });
    text = "";
    literals = [];
    return true;
  };
  return (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    while (step());
  };
}

/** A small IMAP server on loopback: enough of RFC 9051 for reading, searching, appending and idling, and faults on demand. */
export async function startImapServer(options: ImapServerOptions = {}): Promise<ImapServer> {
  const { security = "none" } = options;
  const folders = [folder("INBOX", ""), folder("Sent", "\\Sent"), folder("Drafts", "\\Drafts")];
  const sessions = new Set<Session>();
  const commands: string[] = [];
  const events = new EventEmitter();
  events.setMaxListeners(100);
  let connections = 0;
  let fault: ImapFault | undefined;
  const changed = (): void => void events.emit("change");

  const say = (session: Session, line: string | Buffer): void => {
    if (fault !== "mute" && !session.socket.destroyed) session.socket.write(typeof line === "string" ? `${line}\r\n` : line);
  };
  const capabilities = (session: Session): string =>
    `IMAP4rev1 ${fault === "no_idle" ? "" : "IDLE "}NAMESPACE SPECIAL-USE UIDPLUS SASL-IR AUTH=PLAIN AUTH=XOAUTH2${security === "starttls" && !(session.socket instanceof TLSSocket) ? " STARTTLS" : ""}`;

  function logIn(session: Session, tag: string, isRight: boolean): void {
    if (fault === "busy") return say(session, `${tag} NO [UNAVAILABLE] Try later`);
    session.loggedIn = isRight && fault !== "refuse_login";
    say(
      session,
      session.loggedIn
        ? `${tag} OK [CAPABILITY ${capabilities(session)}] Welcome`
        : `${tag} NO [AUTHENTICATIONFAILED] Authentication failed.`,
    );
  }

  function isRight(user: string, password: string): boolean {
    return options.login === undefined || (options.login.user === user && options.login.password === password);
  }

  function authenticate(session: Session, tag: string, mechanism: string, encoded: string): void {
    const words = Buffer.from(encoded, "base64").toString("utf8");
    if (mechanism === "PLAIN") {
      const [, user = "", password = ""] = words.split("\0");
      return logIn(session, tag, isRight(user, password));
    }
    const token = words.split("auth=Bearer ")[1]?.split("\u0001")[0] ?? "";
    logIn(session, tag, options.tokens?.has(token) ?? false);
  }

  function upgrade(session: Session, tag: string): void {
    say(session, `${tag} OK Begin TLS`);
    const plain = session.socket;
    plain.removeAllListeners("data");
    const secure = new TLSSocket(plain, { isServer: true, secureContext: createSecureContext({ cert, key }) });
    session.socket = secure;
    listen(session);
  }

  function beforeLogin(session: Session, tag: string, name: string, args: string, { literals }: Command): boolean {
    if (name === "STARTTLS") upgrade(session, tag);
    else if (name === "LOGIN") {
      const given = [...args.matchAll(/"((?:[^"\\]|\\.)*)"|\{\d+\+?\}|(\S+)/gu)].map(
        ([all, quoted, atom]) =>
          (all.startsWith("{") ? literals.shift()?.toString() : (quoted ?? atom)?.replaceAll(/\\(.)/gu, "$1")) ?? "",
      );
      logIn(session, tag, isRight(given[0] ?? "", given[1] ?? ""));
    } else if (name === "AUTHENTICATE") {
      const [mechanism = "", initial] = args.split(" ");
      if (initial !== undefined) authenticate(session, tag, mechanism.toUpperCase(), initial);
      else {
        session.continuation = (line) => authenticate(session, tag, mechanism.toUpperCase(), line);
        say(session, "+ ");
      }
    } else return false;
    return true;
  }

  function endIdle(session: Session): void {
    const tag = session.idleTag;
    session.idleTag = undefined;
    say(session, `${tag} OK Idle ended`);
  }

  function take(session: Session, command: Command): void {
    if (session.idleTag !== undefined && /^DONE$/iu.test(command.text)) return endIdle(session);
    if (session.continuation) {
      const go = session.continuation;
      session.continuation = undefined;
      return go(command.text);
    }
    const [, tag = "*", name = "", args = ""] = /^(\S+) (UID \S+|\S+) ?(.*)$/iu.exec(command.text) ?? [];
    const verb = name.toUpperCase();
    commands.push(verb);
    if (fault === "mute" || fault === "silent") return;
    if (beforeLogin(session, tag, verb, args, command)) return;
    if (verb === "CAPABILITY") return say(session, `* CAPABILITY ${capabilities(session)}\r\n${tag} OK Done`);
    if (verb === "LOGOUT") {
      say(session, `* BYE See you\r\n${tag} OK Done`);
      session.socket.end();
      return;
    }
    if (!session.loggedIn) return say(session, `${tag} NO Log in first`);
    if (verb === "IDLE" && fault !== "no_idle") {
      session.idleTag = tag;
      return say(session, "+ idling");
    }
    const answer = answerTo(server, session, { tag, verb, args, literals: command.literals });
    if (fault === "cut_in_fetch" && verb === "UID FETCH") {
      session.socket.write(answer.subarray(0, Math.ceil(answer.length / 2)));
      session.socket.destroy();
      return;
    }
    say(session, answer);
  }

  function listen(session: Session): void {
    const read = commandReader(
      () => say(session, "+ go on"),
      (command) => {
        take(session, command);
        changed();
      },
    );
    session.socket.on("data", read);
    session.socket.on("error", () => undefined);
    session.socket.on("close", () => {
      sessions.delete(session);
      changed();
    });
  }

  function accept(socket: Socket): void {
    connections += 1;
    const session: Session = {
      id: connections,
      socket,
      selected: undefined,
      loggedIn: false,
      idleTag: undefined,
      continuation: undefined,
    };
    sessions.add(session);
    listen(session);
    if (fault !== "silent") say(session, `* OK [CAPABILITY ${capabilities(session)}] Ready`);
    changed();
  }

  const listener: Server = security === "implicit_tls" ? createTlsServer({ cert, key }, accept) : createServer(accept);
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");

  const server: ImapServer = {
    folders,
    port: (listener.address() as AddressInfo).port,
    commands,
    get connections() {
      return connections;
    },
    get open() {
      return sessions.size;
    },
    get idling() {
      return [...sessions].filter((one) => one.idleTag !== undefined).length;
    },
    get fault() {
      return fault;
    },
    set fault(next) {
      fault = next;
    },
    deliver(raw, path = "INBOX", receivedAt = new Date("2026-03-03T14:00:00Z")) {
      const into = folders.find((one) => one.path === path) as ImapFolder;
      const uid = into.uidNext;
      into.uidNext += 1;
      into.mails.push({ uid, raw: Buffer.from(raw), receivedAt, flags: [] });
      if (fault !== "quiet_idle")
        for (const session of sessions)
          if (session.selected === into && session.idleTag !== undefined) say(session, `* ${into.mails.length} EXISTS`);
      return uid;
    },
    renumber(path = "INBOX") {
      const one = folders.find((each) => each.path === path) as ImapFolder;
      one.uidValidity += 1;
      for (const [index, mail] of one.mails.entries()) mail.uid = index + 1;
      one.uidNext = one.mails.length + 1;
    },
    dropAll() {
      for (const session of sessions) session.socket.destroy();
    },
    async until(met, timeoutMs = 20_000) {
      const signal = AbortSignal.timeout(timeoutMs);
      while (!met()) await once(events, "change", { signal });
    },
    async close() {
      for (const session of sessions) session.socket.destroy();
      listener.close();
      await once(listener, "close");
    },
  };
  return server;
}
