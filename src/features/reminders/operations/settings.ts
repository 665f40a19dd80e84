import * as z from "zod";
import { invalidField } from "../../../lib/errors.ts";
import { timeOfDay } from "../../../lib/dates.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { readOperation, writeOperation } from "../../../platform/operation.ts";
import type { Db } from "../../../platform/storage/database.ts";
import { readMailAccount, readOwner } from "../../account/index.ts";
import { isQuiet } from "../rules/hours.ts";
import { channelsOf } from "../rules/reminders.ts";
import { type OwnerHoursTable, reminderChannels, reminderKinds, ReminderSettings, weekdayNumber } from "../schema.ts";
import { listSubscriptions } from "../store/push.ts";
import { listSettings, putHours, putSetting, readHours } from "../store/settings.ts";
import { toHours } from "./moments.ts";

const minuteText = (time: Temporal.PlainTime): string => time.toString({ smallestUnit: "minute" });

async function settingsOf(db: Db, owner: OwnerId): Promise<ReminderSettings> {
  const { zone, email } = await readOwner(db, owner);
  const { prepareTime, quietFrom, quietUntil, weekdays } = toHours(await readHours(db, owner), zone);
  const browsers = await listSubscriptions(db, owner);
  return {
    prepareTime: minuteText(prepareTime),
    quietFrom: minuteText(quietFrom),
    quietUntil: minuteText(quietUntil),
    weekdays: [...weekdays],
    zone,
    ...channelsOf(await listSettings(db, owner)),
    browsers: browsers.map((row) => ({
      id: row.id,
      vendor: row.vendor,
      endpointHash: row.endpoint_hash,
      createdAt: row.created_at,
    })),
    mailTo: email,
    hasMailAccount: (await readMailAccount(db, owner)) !== undefined,
  };
}

export const showReminders = readOperation({
  name: "reminders.show",
  summary: "Show what you are reminded of and how, your quiet hours and business days",
  input: z.object({}),
  output: ReminderSettings,
  assistant: true,
  run: ({ owner, db }) => settingsOf(db, owner),
});

const channel = z.enum(reminderChannels).optional();

/** What an edit may name; what is absent stays as it was. */
const SetInput = z.object({
  prepareTime: timeOfDay.optional().describe("When you like to prepare, in your own zone"),
  quietFrom: timeOfDay.optional().describe("No reminder from then on"),
  quietUntil: timeOfDay.optional().describe("The same as quietFrom: no quiet hours"),
  weekdays: z
    .array(weekdayNumber)
    .min(1, "Choose at least one day.")
    .optional()
    .describe("The days on which reminders may come: 1 is Monday, 7 is Sunday"),
  prepare: channel.describe("Time to prepare a meeting"),
  send: channel.describe("A mail that you send by hand, at its hour"),
  recap: channel.describe("A meeting is over and has no recap"),
  trouble: channel.describe("A mail or a calendar needs you"),
  promise: channel.describe("Something that you promised is due"),
});

function isSame(hours: Omit<OwnerHoursTable, "owner_id" | "updated_at">, before: ReminderSettings): boolean {
  const { prepareTime, quietFrom, quietUntil, weekdays } = before;
  const known = [prepareTime, quietFrom, quietUntil, weekdays.join(",")];
  return [hours.prepare_time, hours.quiet_from, hours.quiet_until, hours.weekdays].join() === known.join();
}

export const setReminders = writeOperation({
  name: "reminders.set",
  summary: "Say what you want to be reminded of and how, when to prepare, and when not to be disturbed",
  input: SetInput,
  output: ReminderSettings,
  examples: [{ prepareTime: "16:00", prepare: "mail" }],
  async run({ owner, tx, now }, input) {
    const before = await settingsOf(tx, owner);
    const { prepareTime, quietFrom, quietUntil, weekdays } = { ...before, ...input };
    const times = { quietFrom: Temporal.PlainTime.from(quietFrom), quietUntil: Temporal.PlainTime.from(quietUntil) };
    if (isQuiet(Temporal.PlainTime.from(prepareTime), times))
      throw invalidField("prepareTime", "This hour is in your quiet hours. Choose another one, or make the quiet shorter.");
    const hours = {
      prepare_time: prepareTime,
      quiet_from: quietFrom,
      quiet_until: quietUntil,
      weekdays: [...new Set(weekdays)].toSorted().join(","),
    };
    // Kept as they were, nothing moves: the feed says when something last changed.
    if (!isSame(hours, before)) await putHours(tx, { owner_id: owner, ...hours, updated_at: instantText(now) });
    for (const kind of reminderKinds) await putSetting(tx, owner, now, kind, input[kind] ?? before[kind]);
    return settingsOf(tx, owner);
  },
});
