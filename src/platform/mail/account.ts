import { AppError } from "../../lib/errors.ts";
import { isLoopback } from "../config/config.ts";

/** `starttls` demands the upgrade: a server without it is refused. `none` is for loopback only. */
export type SmtpSecurity = "implicit_tls" | "starttls" | "none";

/** A password, or an access token of the provider (XOAUTH2): asked for when it is needed, and once more, renewed, when it was refused. */
export type MailLogin =
  | { readonly user: string; readonly password: string }
  | { readonly user: string; readonly accessToken: (renew: boolean) => Promise<string> };

/** Everything needed to log in to an SMTP server. Never logged, never part of an output. */
export interface SmtpAccount {
  readonly host: string;
  readonly port: number;
  readonly security: SmtpSecurity;
  readonly login: MailLogin | undefined;
  /** Certificates to trust beside the usual ones, as PEM; for tests and servers of one's own. */
  readonly trusted?: string;
}

/**
 * Reads `smtp://user:password@host:587` (STARTTLS) and `smtps://…` (TLS from the start). `?security=none` on loopback only.
 * User and password are percent-decoded. Throws AppError `invalid`; the message never repeats the address, which may hold a password.
 */
export function parseSmtpUrl(
  text: string,
): SmtpAccount & { readonly login: Extract<MailLogin, { readonly password: string }> | undefined } {
  const refuse = (what: string): AppError => new AppError("invalid", `THROUGHLINE_SMTP_URL cannot be used: ${what}.`);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^smtps?:$/u.test(url.protocol) || url.hostname === "")
    throw refuse("it must look like smtp://user:password@host:587");
  const asked = url.searchParams.get("security");
  if (asked !== null && asked !== "none") throw refuse("security can only be none");
  const host = url.hostname.replace(/^\[|\]$/gu, "");
  if (asked === "none" && !isLoopback(host)) throw refuse("a connection without TLS is allowed to this machine only");
  const implicit = url.protocol === "smtps:";
  const security = asked === "none" ? "none" : implicit ? "implicit_tls" : "starttls";
  const decode = (part: string): string => {
    try {
      return decodeURIComponent(part);
    } catch {
      throw refuse("a percent sign in the user or password must be written as %25");
    }
  };
  const login = url.username === "" ? undefined : { user: decode(url.username), password: decode(url.password) };
  return { host, port: Number(url.port) || (implicit ? 465 : 587), security, login };
}
