/** Why a request came to nothing, for callers that act on it. */
export type WebTroubleKind =
  | "address"
  | "own_network"
  | "dns"
  | "tls"
  | "no_connection"
  | "timeout"
  | "too_large"
  | "redirect"
  | "broken";

/**
 * A request that came to nothing. `message` tells the owner what happened and what to do; it names the host at most, never the
 * address, which may be a secret. For the same reason it carries no `cause`: Node's own errors quote addresses.
 */
export class WebTrouble extends Error {
  readonly trouble: WebTroubleKind;

  constructor(trouble: WebTroubleKind, message: string) {
    super(message);
    this.name = "WebTrouble";
    this.trouble = trouble;
  }
}

type Explain = (host: string) => [WebTroubleKind, string];

const unknownAuthority: Explain = (host) => [
  "tls",
  `The certificate of ${host} comes from an authority that this machine does not know. Check the address, or add the authority to this machine (NODE_EXTRA_CA_CERTS).`,
];
const unreachable: Explain = (host) => [
  "no_connection",
  `${host} cannot be reached from here. Check that this machine is online.`,
];
const lost: Explain = (host) => ["no_connection", `The connection to ${host} was lost. It is usually back in a while.`];

const known: Readonly<Record<string, Explain>> = {
  ENOTFOUND: (host) => ["dns", `The name ${host} is not known. Check how it is written, and that this machine is online.`],
  EAI_AGAIN: (host) => ["dns", `The name ${host} could not be looked up. Check that this machine is online.`],
  ECONNREFUSED: (host) => ["no_connection", `${host} refused the connection. Check the address, and that the server is running.`],
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ETIMEDOUT: (host) => ["timeout", `${host} did not answer in time. Check the address and that this machine is online.`],
  ECONNRESET: lost,
  EPIPE: lost,
  ERR_STREAM_PREMATURE_CLOSE: lost,
  DEPTH_ZERO_SELF_SIGNED_CERT: (host) => [
    "tls",
    `The certificate of ${host} is signed by itself, so nobody vouches that it is the right server. If it is your own, give it a certificate from a known authority.`,
  ],
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: (host) => [
    "tls",
    `The certificate of ${host} cannot be checked: the server does not send the whole chain. Its operator can repair that.`,
  ],
  CERT_HAS_EXPIRED: (host) => [
    "tls",
    `The certificate of ${host} has expired. Its operator must renew it; check also that the clock of this machine is right.`,
  ],
  CERT_NOT_YET_VALID: (host) => [
    "tls",
    `The certificate of ${host} is not valid yet. Check that the clock of this machine is right.`,
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: (host) => ["tls", `The certificate belongs to another name than ${host}. Check the address.`],
};

/** Says in words what Node's error means. `host` is the one that was asked; a trouble that is already in words stays. */
export function explainWebError(host: string, error: unknown): WebTrouble {
  if (error instanceof WebTrouble) return error;
  const { code = "", name = "" } = error as { code?: unknown; name?: unknown };
  const text = String(code);
  if (name === "AbortError" || name === "TimeoutError" || text === "ABORT_ERR")
    return new WebTrouble("timeout", `${host} took too long to answer. It is tried again later.`);
  const found = known[text]?.(host);
  if (found) return new WebTrouble(...found);
  if (/^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO)|^EPROTO$/u.test(text))
    return new WebTrouble(
      "tls",
      `The protected connection to ${host} failed. Check that the address begins with the right word, https or http.`,
    );
  if (/^(?:HPE_|ERR_HTTP|Z_|ERR__ERROR|ERR_BROTLI|ERR_PADDING)/u.test(text))
    return new WebTrouble("broken", `What ${host} sent broke off or is not what a web server sends. It is tried again later.`);
  return new WebTrouble("no_connection", `The connection to ${host} failed. It is tried again later.`);
}
