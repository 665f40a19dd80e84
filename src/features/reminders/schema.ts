import * as z from "zod";

/** The moments around a meeting that stand in the calendar feed. */
export const momentKinds = ["prepare", "send", "growth", "recap"] as const;
export type MomentKind = (typeof momentKinds)[number];

/** What somebody can be reminded of; each is switched on alone. */
export const reminderKinds = ["prepare", "send", "recap", "trouble", "promise"] as const;
export type ReminderKind = (typeof reminderKinds)[number];

/** How a reminder arrives: not at all, as a notification of the browser, as a mail to oneself, or as both. */
export const reminderChannels = ["none", "browser", "mail", "both"] as const;
export type ReminderChannel = (typeof reminderChannels)[number];

export interface OwnerHoursTable {
  owner_id: string;
  /** Wall clock, "16:00", in the owner's zone; so are the quiet hours. */
  prepare_time: string;
  quiet_from: string;
  quiet_until: string;
  /** ISO weekdays, "1,2,3,4,5": 1 is Monday. */
  weekdays: string;
  updated_at: string;
}

export interface ReminderSettingTable {
  owner_id: string;
  kind: ReminderKind;
  channel: ReminderChannel;
  /** Since when it is wanted: what was due before is not caught up. */
  since_at: string;
}

export interface CalendarFeedTable {
  owner_id: string;
  id: string;
  token_hash: string;
  created_at: string;
  revoked_at: string | null;
}

/** The pair of keys with which this installation proves to a push service that messages come from it (VAPID, RFC 8292). */
export interface PushKeyTable {
  owner_id: string;
  public_key: string;
  sealed_private_key: string;
  created_at: string;
}

export interface PushSubscriptionTable {
  owner_id: string;
  id: string;
  endpoint_hash: string;
  /** The host of the push service, which the browser's maker runs. */
  vendor: string;
  /** `BrowserSubscription` as JSON, sealed: whoever has it can send to this browser. */
  sealed_subscription: string;
  created_at: string;
}

declare module "../../platform/storage/database.ts" {
  interface Tables {
    owner_hours: OwnerHoursTable;
    reminder_setting: ReminderSettingTable;
    calendar_feed: CalendarFeedTable;
    push_key: PushKeyTable;
    push_subscription: PushSubscriptionTable;
  }
}

export const weekdayNumber = z.coerce
  .number({ error: "Choose weekdays by their number." })
  .int("Choose weekdays by their number.")
  .min(1, "Monday is 1.")
  .max(7, "Sunday is 7.");

const channel = z.enum(reminderChannels);

export const ReminderSettings = z.object({
  prepareTime: z.string(),
  quietFrom: z.string(),
  quietUntil: z.string(),
  weekdays: z.array(z.number()).describe("1 is Monday"),
  zone: z.string(),
  prepare: channel,
  send: channel,
  recap: channel,
  trouble: channel,
  promise: channel,
  browsers: z.array(z.object({ id: z.string(), vendor: z.string(), endpointHash: z.string(), createdAt: z.string() })),
  mailTo: z.string().nullable().describe("The address that a reminder mail goes to; null while none is known"),
  hasMailAccount: z.boolean(),
});
export type ReminderSettings = z.infer<typeof ReminderSettings>;

export const CalendarFeed = z.object({
  path: z.string().nullable().describe("The path of the feed, a secret; null while there is none"),
  publicUrl: z.string().nullable().describe("The same under the address that is reachable from outside"),
  createdAt: z.string().nullable(),
});
export type CalendarFeed = z.infer<typeof CalendarFeed>;

const LONGEST_ENDPOINT = 2_000;

/** What a browser hands out when somebody allows its notifications (Push API, `PushSubscription.toJSON`). */
export const BrowserSubscription = z.object({
  endpoint: z.url({ protocol: /^https$/u, error: "A push service answers on https alone." }).max(LONGEST_ENDPOINT),
  p256dh: z.string().regex(/^[\w-]{86,88}=*$/u, "This is not the public key of a browser."),
  auth: z.string().regex(/^[\w-]{22}=*$/u, "This is not the secret of a browser."),
});
export type BrowserSubscription = z.infer<typeof BrowserSubscription>;
