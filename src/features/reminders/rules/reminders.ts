import { cleanLine } from "../../../lib/text.ts";
import type { DeliveryKind } from "../../delivery/index.ts";
import { type ReminderChannel, type ReminderKind, reminderKinds, type ReminderSettingTable } from "../schema.ts";
import { type Hours, lastChanceBefore, nextAllowed } from "./hours.ts";
import { type MeetingFacts, momentsOf } from "./moments.ts";

/** Something to be told of, once, between two instants; before it is not due, after it helps nobody. */
export interface Reminder {
  readonly kind: ReminderKind;
  /** What it is about: with the kind and the hour it is the same reminder for ever. */
  readonly subject: string;
  readonly dueAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
  readonly title: string;
  /** Names and hours alone: it may be read over a shoulder. */
  readonly sentence: string;
  /** The page where it is done. */
  readonly path: string;
}

/** An approved mail that waits for its owner. Instants of `meetingStartsAt` and `at`: its hour, or since when it is in trouble. */
export interface WaitingMail {
  readonly id: string;
  readonly kind: DeliveryKind;
  readonly toName: string;
  readonly meetingStartsAt: Temporal.Instant;
  readonly at: Temporal.Instant;
}

export interface TroubledMail extends WaitingMail {
  readonly trouble: "failed" | "missed" | "held" | "unknown";
}

/** A calendar that cannot be read while the agenda of a meeting that it leads is about to go out by itself. */
export interface StaleLead {
  readonly sourceId: string;
  readonly deliveryId: string;
  readonly toName: string;
  readonly staleSince: Temporal.Instant;
  readonly sendAt: Temporal.Instant;
}

export interface OwnPromise {
  readonly id: string;
  readonly toName: string;
  readonly dueOn: Temporal.PlainDate;
}

export interface ReminderFacts {
  readonly hours: Hours;
  readonly meetings: readonly MeetingFacts[];
  readonly byHand: readonly WaitingMail[];
  readonly troubled: readonly TroubledMail[];
  readonly stale: readonly StaleLead[];
  readonly promises: readonly OwnPromise[];
}

const PREPARE_FOR = { hours: 2 };
const PROMISE_FOR = { hours: 4 };
const RECAP_FOR = { hours: 12 };
const MAIL_FOR = { hours: 24 };

function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? a : b;
}

function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? b : a;
}

function ofMeeting(meeting: MeetingFacts, hours: Hours): Reminder[] {
  const name = cleanLine(meeting.personName);
  return momentsOf(meeting, hours).flatMap(({ kind, startsAt }): Reminder[] => {
    if (kind === "prepare")
      return [
        {
          kind,
          subject: meeting.id,
          dueAt: startsAt,
          expiresAt: earlier(startsAt.add(PREPARE_FOR), meeting.plannedSendAt),
          title: "Time to prepare",
          sentence: `Fifteen minutes are enough for the 1:1 with ${name}.`,
          path: `/meetings/${meeting.id}/prepare`,
        },
      ];
    if (kind !== "recap") return [];
    const dueAt = nextAllowed(startsAt, hours);
    return [
      {
        kind,
        subject: meeting.id,
        dueAt,
        expiresAt: dueAt.add(RECAP_FOR),
        title: "Recap",
        sentence: `The 1:1 with ${name} is over. A recap takes ten minutes.`,
        path: `/meetings/${meeting.id}/recap`,
      },
    ];
  });
}

/** An agenda helps until its meeting starts, whatever else goes out for a day. */
function mailExpiry({ kind, meetingStartsAt }: WaitingMail, dueAt: Temporal.Instant): Temporal.Instant {
  return kind === "agenda" ? meetingStartsAt : dueAt.add(MAIL_FOR);
}

function byHand(mail: WaitingMail, hours: Hours): Reminder {
  const dueAt = nextAllowed(mail.at, hours);
  return {
    kind: "send",
    subject: mail.id,
    dueAt,
    expiresAt: mailExpiry(mail, dueAt),
    title: `Send the ${mail.kind}`,
    sentence: `It is time to send the ${mail.kind} to ${cleanLine(mail.toName)}.`,
    path: `/deliveries/${mail.id}`,
  };
}

const troubleWords: Record<TroubledMail["trouble"], string> = {
  failed: "could not be sent",
  missed: "was not sent in time",
  held: "waits for your word",
  unknown: "may or may not have arrived",
};

function troubled(mail: TroubledMail, hours: Hours): Reminder {
  const dueAt = nextAllowed(mail.at, hours);
  return {
    kind: "trouble",
    subject: `${mail.id}.${mail.trouble}`,
    dueAt,
    // A missed agenda is told although its meeting has begun: that is what was missed.
    expiresAt: mail.trouble === "missed" ? dueAt.add(MAIL_FOR) : mailExpiry(mail, dueAt),
    title: "A mail needs you",
    sentence: `The ${mail.kind} for ${cleanLine(mail.toName)} ${troubleWords[mail.trouble]}.`,
    path: `/deliveries/${mail.id}`,
  };
}

function stale({ sourceId, deliveryId, toName, staleSince, sendAt }: StaleLead, hours: Hours): Reminder {
  return {
    kind: "trouble",
    subject: `${deliveryId}.stale`,
    dueAt: nextAllowed(later(staleSince, sendAt.subtract(MAIL_FOR)), hours),
    expiresAt: sendAt,
    title: "A calendar cannot be read",
    sentence: `The agenda for ${cleanLine(toName)} goes out soon, and its calendar may have moved the meeting.`,
    path: `/calendar/sources/${sourceId}`,
  };
}

const weekdayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

function promised({ id, toName, dueOn }: OwnPromise, hours: Hours): Reminder[] {
  const begins = dueOn.toZonedDateTime(hours.zone).toInstant();
  const dueAt = lastChanceBefore(begins, hours);
  if (!dueAt) return [];
  const isTomorrow = dueAt.toZonedDateTimeISO(hours.zone).toPlainDate().add({ days: 1 }).equals(dueOn);
  const day = isTomorrow ? "tomorrow" : `on ${weekdayNames[dueOn.dayOfWeek - 1]}`;
  return [
    {
      kind: "promise",
      subject: id,
      dueAt,
      expiresAt: earlier(dueAt.add(PROMISE_FOR), begins),
      title: "A promise of yours",
      sentence: `Something that you promised ${cleanLine(toName)} is due ${day}.`,
      path: "/commitments",
    },
  ];
}

/** Everything that there is to be told of, due or not. */
export function remindersOf({ hours, ...facts }: ReminderFacts): Reminder[] {
  return [
    ...facts.meetings.flatMap((meeting) => ofMeeting(meeting, hours)),
    ...facts.byHand.map((mail) => byHand(mail, hours)),
    ...facts.troubled.map((mail) => troubled(mail, hours)),
    ...facts.stale.map((lead) => stale(lead, hours)),
    ...facts.promises.flatMap((promise) => promised(promise, hours)),
  ];
}

export type Channels = Readonly<Record<ReminderKind, ReminderChannel>>;

/** How each kind is told; not at all until its owner says so. */
export function channelsOf(rows: readonly ReminderSettingTable[]): Channels {
  const chosen = new Map(rows.map((row) => [row.kind, row.channel]));
  return Object.fromEntries(reminderKinds.map((kind) => [kind, chosen.get(kind) ?? "none"])) as Channels;
}

/** The ways a reminder leaves. */
export const reminderWays = ["mail", "browser"] as const;
export type ReminderWay = (typeof reminderWays)[number];

export interface DueReminder extends Reminder {
  readonly way: ReminderWay;
  /** The same for the same reminder on the same way, so that it leaves at most once. */
  readonly key: string;
}

/** What is to be told at `now`: wanted since before it was due, and not too late. */
export function dueAmong(
  reminders: readonly Reminder[],
  settings: readonly ReminderSettingTable[],
  now: Temporal.Instant,
): DueReminder[] {
  const wanted = new Map(settings.map((row) => [row.kind, row]));
  return reminders.flatMap((reminder) => {
    const { kind, subject, dueAt, expiresAt } = reminder;
    const setting = wanted.get(kind);
    if (!setting || Temporal.Instant.compare(dueAt, setting.since_at) < 0) return [];
    if (Temporal.Instant.compare(now, dueAt) < 0 || Temporal.Instant.compare(now, expiresAt) >= 0) return [];
    return reminderWays
      .filter((way) => setting.channel === way || setting.channel === "both")
      .map((way) => ({ ...reminder, way, key: `reminder:${way}:${kind}:${subject}:${dueAt.toString()}` }));
  });
}
