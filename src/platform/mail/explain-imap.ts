import { cleanLine } from "../../lib/text.ts";
import { explainSmtpError } from "./explain.ts";

/** What imapflow throws: a code, and the server's answer if there was one. */
export interface ImapError extends Error {
  readonly code?: string;
  readonly responseText?: string;
  readonly responseStatus?: string;
  readonly serverResponseCode?: string;
  readonly authenticationFailed?: boolean;
  readonly tlsFailed?: boolean;
  readonly mailboxMissing?: boolean;
  readonly _err?: Error & { readonly code?: string };
}

export type ImapTroubleKind = "credentials" | "certificate" | "no_connection" | "no_folder" | "temporary";

/** Why a mailbox could not be read. `message` says what happened and what to do, for the owner. */
export class ImapTrouble extends Error {
  readonly kind: ImapTroubleKind;

  constructor(kind: ImapTroubleKind, message: string) {
    super(message);
    this.name = "ImapTrouble";
    this.kind = kind;
  }
}

const LONGEST_QUOTE = 160;

function quote(error: ImapError): string {
  const words = cleanLine(error.responseText ?? "").slice(0, LONGEST_QUOTE);
  return words === "" ? "" : ` It answered: "${words}".`;
}

const LATE = /^(?:CONNECT_TIMEOUT|GREETING_TIMEOUT|UPGRADE_TIMEOUT|ETIMEOUT|ETIMEDOUT)$/u;
const CLOSED = /^(?:NoConnection|EConnectionClosed|StateLogout|ClosedAfterConnect\w+|ECONNRESET|EPIPE)$/u;
/** Refusals that pass by themselves (RFC 5530). */
const PASSING = /^(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG|CONTACTADMIN)$/u;

function explainLogin(host: string, error: ImapError): ImapTrouble {
  if (PASSING.test(error.serverResponseCode ?? ""))
    return new ImapTrouble("temporary", `${host} cannot let you in at the moment.${quote(error)}`);
  return new ImapTrouble(
    "credentials",
    `${host} refused the login. Check user name and password; many providers want an app password, and some want IMAP to be switched on in their settings first.${quote(error)}`,
  );
}

const smtpPorts =
  /587 is usual with STARTTLS, 465 with TLS from the start|\(usually port 587\)|\(usually port 465\)|, or port 465/gu;

/** The words for names, certificates and refused connections are the same for every kind of server, but for its ports. */
function explainLine(host: string, error: ImapError): ImapTrouble | undefined {
  const code = error._err?.code ?? error.code;
  const known = explainSmtpError(host, { ...error, message: error.message, code });
  const words = known.message.replace(smtpPorts, (found) =>
    found.includes("587 is")
      ? "143 is usual with STARTTLS, 993 with TLS from the start"
      : found.replace("587", "143").replace("465", "993"),
  );
  if (known.trouble === "certificate") return new ImapTrouble("certificate", words);
  return /was lost/u.test(words) ? undefined : new ImapTrouble("no_connection", words);
}

/** Says in words what went wrong with a mailbox. `host` is the server as its owner wrote it. */
export function explainImapError(host: string, error: ImapError): ImapTrouble {
  const code = error.code ?? "";
  if (error.mailboxMissing || /^(?:NONEXISTENT|TRYCREATE)$/u.test(error.serverResponseCode ?? ""))
    return new ImapTrouble("no_folder", `There is no such folder on ${host}.${quote(error)}`);
  if (error.authenticationFailed) return explainLogin(host, error);
  if (LATE.test(code))
    return new ImapTrouble(
      "no_connection",
      `${host} did not answer in time. Check the port and that this machine is online; some networks block mail ports.`,
    );
  const line = explainLine(host, error);
  if (line) return line;
  if (error.tlsFailed || /STARTTLS/u.test(`${code} ${error.message}`))
    return new ImapTrouble(
      "certificate",
      `${host} does not offer STARTTLS on this port, and passwords and mails are not sent in the clear. Choose TLS from the start (usually port 993).`,
    );
  if (CLOSED.test(code) || code === "")
    return new ImapTrouble("no_connection", `The connection to ${host} was lost.${quote(error)}`);
  return new ImapTrouble("temporary", `${host} could not do what was asked.${quote(error)}`);
}
