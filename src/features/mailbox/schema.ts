import * as z from "zod";
import { line, optionalLine } from "../../lib/text.ts";
import { mailSecurities, type MailSecurity } from "../account/index.ts";

/** What a kept mail is: somebody's words, a note of absence, a mail of ours that came back, or another program's word about one. */
export const incomingKinds = ["reply", "away", "bounce", "other"] as const;
export type IncomingKind = (typeof incomingKinds)[number];

/** By what a mail was recognised as an answer to one of ours. */
export const matches = ["message_id", "report", "subject"] as const;
export type Match = (typeof matches)[number];

export interface MailboxAccountTable {
  owner_id: string;
  host: string;
  port: number;
  security: MailSecurity;
  /** Null when it logs in as the account that sends. */
  username: string | null;
  sealed_password: string | null;
  /** The name of the server whose check of senders is believed, as its owner wrote it. */
  checking_server: string | null;
  /** The same, as the mails in the mailbox show it. */
  learned_server: string | null;
  /** Set when trying again is of no use before its owner has looked: the login was refused. */
  paused_at: string | null;
  /** What went wrong last, in words for its owner; null once it was read again. */
  trouble: string | null;
  failures: number;
  next_at: string;
  last_read_at: string | null;
  lease_token: string | null;
  lease_until: string | null;
  created_at: string;
  updated_at: string;
}

/** How far a folder was read. */
export interface MailboxFolderTable {
  owner_id: string;
  folder: string;
  uid_validity: string;
  /** PostgreSQL hands out large integers as text. */
  last_uid: number | string;
  updated_at: string;
}

export interface IncomingMailTable {
  owner_id: string;
  id: string;
  kind: IncomingKind;
  message_id: string;
  /** With the Message-ID it tells the same mail that came twice. */
  body_hash: string;
  matched_by: Match;
  delivery_id: string;
  person_id: string;
  meeting_id: string;
  sender: string;
  subject: string;
  /** What is new in it, or why a mail came back. */
  text: string;
  /** Why its sender is believed or not. */
  sender_check: string;
  verified_at: string | null;
  /** The last day of an absence, if it says one. */
  away_on: string | null;
  /** The mail as it came: gzip, then base64. */
  raw: string;
  raw_bytes: number;
  received_at: string;
  created_at: string;
}

declare module "../../platform/storage/database.ts" {
  interface Tables {
    mailbox_account: MailboxAccountTable;
    mailbox_folder: MailboxFolderTable;
    incoming_mail: IncomingMailTable;
  }
}

const LONGEST_PASSWORD = 1_000;

export const MailboxInput = z.object({
  host: line(253, "Write the server name that your mail provider gives, for example imap.example.org.").refine(
    (text) => /^[\p{L}\p{N}.:-]+$/u.test(text),
    { error: "Write the bare server name, for example imap.example.org: no spaces, no address in front." },
  ),
  port: z.coerce.number({ error: "Write the port as a number, usually 993 or 143." }).int().min(1).max(65_535),
  security: z.enum(mailSecurities),
  sameLogin: z.boolean().default(false).describe("Log in as the account that sends: its user and password, or its sign-in"),
  username: optionalLine(320),
  password: z.string().max(LONGEST_PASSWORD).optional().describe("Left out or empty: the stored one stays"),
  checkingServer: optionalLine(253).describe(
    "The server whose check of senders is believed; empty: it is learned from your mails",
  ),
});

export const mailboxStates = ["none", "fresh", "trouble", "paused"] as const;

export const Mailbox = z.object({
  state: z.enum(mailboxStates),
  host: z.string().nullable(),
  port: z.number().int().nullable(),
  security: z.enum(mailSecurities).nullable(),
  sameLogin: z.boolean(),
  username: z.string().nullable(),
  hasPassword: z.boolean(),
  checkingServer: z.string().nullable().describe("As you wrote it"),
  learnedServer: z.string().nullable().describe("As your mails show it"),
  lastReadAt: z.string().nullable(),
  trouble: z.string().nullable().describe("Why it could not be read"),
  nextTryAt: z.string().nullable(),
});
export type Mailbox = z.infer<typeof Mailbox>;

export const IncomingMail = z.object({
  id: z.string(),
  kind: z.enum(incomingKinds),
  matchedBy: z.enum(matches),
  deliveryId: z.string(),
  personId: z.string(),
  meetingId: z.string(),
  sender: z.string(),
  subject: z.string(),
  text: z.string().describe("What is new in it: written by somebody else"),
  verified: z.boolean(),
  senderCheck: z.string().describe("Why its sender is believed or not"),
  awayOn: z.string().nullable().describe("The last day of an absence"),
  receivedAt: z.string(),
});
export type IncomingMail = z.infer<typeof IncomingMail>;

export const IncomingMails = z.object({ mails: z.array(IncomingMail) });
export const IncomingFilter = z.object({ personId: z.string().optional(), meetingId: z.string().optional() });
export const IncomingId = z.object({ id: z.string() });
export const RawMail = IncomingMail.extend({ raw: z.string().describe("The mail as it came, in base64") });

/** What reading came to, in counts. */
export const ReadCounts = z.object({
  looked: z.number().int().describe("Mails whose headers were looked at; none of them is kept or logged for that"),
  kept: z.number().int().describe("New mails that answer one of yours, and are kept"),
});
export type ReadCounts = z.infer<typeof ReadCounts>;

export const TakeInput = z.object({
  content: z.string().min(1, { error: "Choose the mail as a file (.eml)." }).describe("The mail as it came, in base64"),
});
