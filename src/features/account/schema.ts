import * as z from "zod";
import { isZone } from "../../lib/dates.ts";
import { emailAddress, line } from "../../lib/text.ts";
import type { OAuthProviderName } from "../../platform/mail/oauth.ts";

export interface OwnerTable {
  id: string;
  name: string | null;
  email: string | null;
  zone: string;
  created_at: string;
  updated_at: string;
}

export interface LocalOwnerTable {
  slot: number;
  owner_id: string;
}

export interface AccessTokenTable {
  owner_id: string;
  id: string;
  token_hash: string;
  created_at: string;
  revoked_at: string | null;
}

export interface MailAccountTable {
  owner_id: string;
  host: string;
  port: number;
  security: MailSecurity;
  username: string | null;
  sealed_password: string | null;
  /** Where the owner signed in instead of typing a password. */
  oauth_provider: OAuthProviderName | null;
  /** What the provider gave, as JSON, sealed. */
  sealed_tokens: string | null;
  created_at: string;
  updated_at: string;
  paused_at: string | null;
  paused_reason: string | null;
}

declare module "../../platform/storage/database.ts" {
  interface Tables {
    owner: OwnerTable;
    local_owner: LocalOwnerTable;
    access_token: AccessTokenTable;
    mail_account: MailAccountTable;
  }
}

/** How the connection to the SMTP server is protected. `none` is accepted for loopback only. */
export const mailSecurities = ["implicit_tls", "starttls", "none"] as const;
export type MailSecurity = (typeof mailSecurities)[number];

/** An IANA zone name such as Europe/Berlin. */
export const zoneName = z
  .string()
  .trim()
  .refine(isZone, { error: "This time zone is not known. Use a name such as Europe/Berlin or America/New_York." });

export const ProfileInput = z.object({
  name: line(120, "Write the name that your manager knows you by."),
  email: emailAddress.nullable().optional(),
  zone: zoneName,
});

export const Profile = z.object({
  name: z.string().nullable(),
  email: z.string().nullable(),
  zone: z.string(),
});
export type Profile = z.infer<typeof Profile>;
