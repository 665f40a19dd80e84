import type { SmtpSecurity } from "./account.ts";
import type { OAuthProviderName } from "./oauth.ts";

interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly security: SmtpSecurity;
}

/** What a person would otherwise look up: a provider's servers, and what its login wants. */
export interface MailPreset {
  readonly id: "gmail" | "microsoft" | "fastmail" | "icloud";
  readonly name: string;
  readonly smtp: ServerAddress;
  readonly imap: ServerAddress;
  /** What to type as the password, and where it is made. */
  readonly login: string;
  /** Whose sign-in can stand in for a password. */
  readonly oauth?: OAuthProviderName;
}

/** The providers' own documentation, read in November 2026. */
export const mailPresets: readonly MailPreset[] = [
  {
    id: "gmail",
    name: "Gmail",
    smtp: { host: "smtp.gmail.com", port: 465, security: "implicit_tls" },
    imap: { host: "imap.gmail.com", port: 993, security: "implicit_tls" },
    login: "Gmail wants an app password: switch on 2-step verification, then make one at myaccount.google.com/apppasswords.",
    oauth: "google",
  },
  {
    id: "microsoft",
    name: "Microsoft 365 or Outlook.com",
    smtp: { host: "smtp.office365.com", port: 587, security: "starttls" },
    imap: { host: "outlook.office365.com", port: 993, security: "implicit_tls" },
    login:
      "Microsoft is ending logins with a password. Sign in with a client of your own (see the README), or take your mails along as drafts.",
    oauth: "microsoft",
  },
  {
    id: "fastmail",
    name: "Fastmail",
    smtp: { host: "smtp.fastmail.com", port: 465, security: "implicit_tls" },
    imap: { host: "imap.fastmail.com", port: 993, security: "implicit_tls" },
    login: "Fastmail wants an app password: Settings, Privacy & Security, Manage app passwords, with access to mail.",
  },
  {
    id: "icloud",
    name: "iCloud",
    smtp: { host: "smtp.mail.me.com", port: 587, security: "starttls" },
    imap: { host: "imap.mail.me.com", port: 993, security: "implicit_tls" },
    login: "iCloud wants an app-specific password: account.apple.com, Sign-In and Security, App-Specific Passwords.",
  },
];

/** The provider that a server belongs to, as far as it is one of the known ones. */
export function presetOf(host: string): MailPreset | undefined {
  return mailPresets.find(({ smtp, imap }) => smtp.host === host || imap.host === host);
}
