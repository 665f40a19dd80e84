import { dayIn } from "../../../lib/dates.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import type { Db } from "../../../platform/storage/database.ts";
import { type Delivery, listDueByHand } from "../../delivery/index.ts";
import {
  dueAmong,
  type DueReminder,
  type OwnPromise,
  remindersOf,
  type StaleLead,
  type TroubledMail,
  type WaitingMail,
} from "../rules/reminders.ts";
import { listSettings } from "../store/settings.ts";
import { listOwnPromises, listStaleLeads, listTroubledMails, type TroubledMailRow } from "../store/waiting.ts";
import { hoursOf, meetingFactsIn } from "./moments.ts";

// The only business day of a week can lie eight days before the deadline of a meeting, or after the end of one.
const DAYS_AHEAD = 10;
const DAYS_BACK = 9;
const HOURS_A_DAY = 24;

function waiting({ id, kind, toName, meetingStartsAt, sendAt }: Delivery): WaitingMail {
  return { id, kind, toName, meetingStartsAt: Temporal.Instant.from(meetingStartsAt), at: Temporal.Instant.from(sendAt) };
}

function troubleOf(row: TroubledMailRow): { trouble: TroubledMail["trouble"]; since: string } {
  if (row.missed_at !== null) return { trouble: "missed", since: row.missed_at };
  if (row.failed_at !== null) return { trouble: "failed", since: row.failed_at };
  if (row.held_at !== null) return { trouble: "held", since: row.held_at };
  return { trouble: "unknown", since: row.handed_over_at ?? row.updated_at };
}

function troubled(row: TroubledMailRow): TroubledMail {
  const { trouble, since } = troubleOf(row);
  return {
    id: row.id,
    kind: row.kind,
    toName: row.to_name,
    meetingStartsAt: Temporal.Instant.from(row.meeting_starts_at),
    at: Temporal.Instant.from(since),
    trouble,
  };
}

async function staleLeads(db: Db, owner: OwnerId, now: Temporal.Instant): Promise<StaleLead[]> {
  const rows = await listStaleLeads(db, owner, { from: now, until: now.add({ hours: HOURS_A_DAY }) });
  return rows.map((row) => ({
    sourceId: row.source_id,
    deliveryId: row.delivery_id,
    toName: row.to_name,
    staleSince: Temporal.Instant.from(row.stale_since_at ?? now),
    sendAt: Temporal.Instant.from(row.send_at),
  }));
}

async function ownPromises(db: Db, owner: OwnerId, today: Temporal.PlainDate): Promise<OwnPromise[]> {
  const rows = await listOwnPromises(db, owner, { from: today.toString(), until: today.add({ days: DAYS_AHEAD }).toString() });
  return rows.flatMap(({ id, name, due_on: dueOn }) =>
    dueOn === null ? [] : [{ id, toName: name, dueOn: Temporal.PlainDate.from(dueOn) }],
  );
}

/** What an owner is to be told now, by the data as it is now: what was done meanwhile is not among it. */
export async function dueReminders(db: Db, owner: OwnerId, now: Temporal.Instant): Promise<DueReminder[]> {
  const settings = (await listSettings(db, owner)).filter((row) => row.channel !== "none");
  if (settings.length === 0) return [];
  const hours = await hoursOf(db, owner);
  const span = {
    from: now.subtract({ hours: DAYS_BACK * HOURS_A_DAY }),
    until: now.add({ hours: DAYS_AHEAD * HOURS_A_DAY }),
  };
  const reminders = remindersOf({
    hours,
    meetings: await meetingFactsIn(db, owner, span, hours),
    byHand: (await listDueByHand(db, owner, now)).map(waiting),
    troubled: (await listTroubledMails(db, owner)).map(troubled),
    stale: await staleLeads(db, owner, now),
    promises: await ownPromises(db, owner, dayIn(hours.zone, now)),
  });
  return dueAmong(reminders, settings, now);
}
