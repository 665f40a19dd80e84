import { cleanLine } from "../../lib/text.ts";

/** What nodemailer's connection throws: its own code, the system's code behind it, and the server's answer if there was one. */
export interface SmtpError extends Error {
  readonly code?: string;
  readonly originalCode?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
}

/** What a refusal is about, as far as codes and words tell. */
export type SmtpTrouble = "credentials" | "certificate" | "no_connection" | "temporary" | "permanent";

export interface Explanation {
  readonly trouble: SmtpTrouble;
  /** What happened and what to do, for the owner. */
  readonly message: string;
}

const LONGEST_QUOTE = 160;

/** The server's own words often say it best; cut, and on one line. */
function quote(error: SmtpError): string {
  const words = cleanLine(error.response ?? "").slice(0, LONGEST_QUOTE);
  return words === "" ? "" : ` It answered: "${words}".`;
}

type Explain = (host: string, error: SmtpError) => string;

const certificateTroubles: Record<string, Explain> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: (host) =>
    `The certificate of ${host} is signed by itself, so nobody vouches that it is the right server. Check the server name; if the server is your own, give it a certificate from a known authority.`,
  SELF_SIGNED_CERT_IN_CHAIN: (host) =>
    `The certificate of ${host} comes from an authority that this machine does not know. Check the server name, or add the authority to this machine (NODE_EXTRA_CA_CERTS).`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: (host) =>
    `The certificate of ${host} comes from an authority that this machine does not know. Check the server name, or add the authority to this machine (NODE_EXTRA_CA_CERTS).`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: (host) =>
    `The certificate of ${host} cannot be checked: the server does not send the whole chain. Its operator can repair that; another port or server name may work.`,
  CERT_HAS_EXPIRED: (host) =>
    `The certificate of ${host} has expired. Its operator must renew it; check also that the clock of this machine is right.`,
  CERT_NOT_YET_VALID: (host) => `The certificate of ${host} is not valid yet. Check that the clock of this machine is right.`,
  ERR_TLS_CERT_ALTNAME_INVALID: (host) =>
    `The certificate belongs to another name than ${host}. Use the server name that your mail provider gives, not a short name or a number.`,
};

const connectionTroubles: Record<string, Explain> = {
  ENOTFOUND: (host) => `The server name ${host} is not known. Check how it is written, and that this machine is online.`,
  EDNS: (host) => `The server name ${host} could not be looked up. Check how it is written, and that this machine is online.`,
  ECONNREFUSED: (host) =>
    `${host} refused the connection. Check the port: 587 is usual with STARTTLS, 465 with TLS from the start.`,
  EHOSTUNREACH: (host) => `${host} cannot be reached from here. Check that this machine is online.`,
  ENETUNREACH: (host) => `${host} cannot be reached from here. Check that this machine is online.`,
  ETIMEDOUT: (host) =>
    `${host} did not answer in time. Check the port and that this machine is online; some networks block mail ports.`,
};

function codeOf(error: SmtpError): string {
  return error.originalCode ?? error.code ?? "";
}

function explainTls(host: string, error: SmtpError): string | undefined {
  const known = certificateTroubles[codeOf(error)];
  if (known) return known(host, error);
  if (/wrong version number|packet length too long/iu.test(error.message)) {
    return `${host} does not speak TLS from the start on this port. Choose STARTTLS (usually port 587), or port 465.`;
  }
  if (error.code === "ETLS" || error.command === "STARTTLS")
    return `${host} does not offer STARTTLS on this port, and passwords and mails are not sent in the clear. Choose TLS from the start (usually port 465).${quote(error)}`;
  return /^(ERR_TLS|ERR_SSL|CERT_)|^EPROTO$/u.test(codeOf(error))
    ? `The protected connection to ${host} failed. Check the port and the kind of protection.`
    : undefined;
}

function explainRefusal(host: string, error: SmtpError): string {
  const words = error.response ?? "";
  if (/relay/iu.test(words))
    return `${host} does not pass on mail for you (relay denied). Log in with the account that belongs to your sending address.${quote(error)}`;
  if (/5\.1\.[0-3]|no such|unknown|does ?n.t exist|not found|mailbox unavailable|invalid recipient/iu.test(words)) {
    return `The address was refused: there is no such mailbox. Check the person's mail address and approve again.${quote(error)}`;
  }
  if (/5\.2\.2|quota|full/iu.test(words)) return `The recipient's mailbox is full.${quote(error)}`;
  if (error.command === "MAIL FROM")
    return `${host} refused your sending address. It usually must be the address of the account you log in with.${quote(error)}`;
  if (/spam|policy|5\.7\./iu.test(words)) return `${host} refused the mail by its rules.${quote(error)}`;
  return `${host} refused the mail.${quote(error)}`;
}

/** Says in words what went wrong before the server had taken the message. `host` is the server as its owner wrote it. */
export function explainSmtpError(host: string, error: SmtpError): Explanation {
  const tls = explainTls(host, error);
  if (tls) return { trouble: "certificate", message: tls };
  const answer = error.responseCode ?? 0;
  const permanent = answer >= 500 && answer !== 503;
  const login = error.code === "EAUTH" || error.code === "ENOAUTH" || answer === 530 || answer === 535;
  if (login && (permanent || answer === 0)) {
    return {
      trouble: "credentials",
      message: `${host} refused the login. Check user name and password; many providers want an app password instead of the usual one.${quote(error)}`,
    };
  }
  const known = connectionTroubles[codeOf(error)];
  if (known && answer === 0) return { trouble: "no_connection", message: known(host, error) };
  // A refusal before any command is about the server's state or this machine's network, not about the mail.
  if (answer === 0 || error.command === "CONN" || error.command === "EHLO")
    return { trouble: "no_connection", message: `The connection to ${host} was lost.${quote(error)}` };
  if (permanent) return { trouble: "permanent", message: explainRefusal(host, error) };
  return { trouble: "temporary", message: `${host} cannot take the mail at the moment.${quote(error)}` };
}
