import { firstName } from "../../lib/text.ts";
import type { NextAct, Reason } from "./schema.ts";

interface Mail {
  readonly id: string;
  readonly kind: "agenda" | "recap" | "note";
  readonly toName: string;
}

interface Past {
  readonly meetingId: string;
  readonly personName: string;
}

/** All that the one sentence depends on. */
export interface Situation {
  readonly now: Temporal.Instant;
  readonly hasName: boolean;
  readonly hasPeople: boolean;
  readonly unknownMail?: Mail | undefined;
  readonly troubledMail?: Mail | undefined;
  readonly mailByHand?: Mail | undefined;
  readonly next?:
    | {
        readonly id: string;
        readonly personName: string;
        readonly startsAt: Temporal.Instant;
        readonly isOn: boolean;
        readonly approved: boolean;
        readonly ready: boolean;
        readonly emptyHanded: boolean;
        /** Its calendar names a zone that nobody knows. */
        readonly hourInDoubt?: boolean;
      }
    | undefined;
  readonly unanswered?: Past | undefined;
  readonly recapDue?: Past | undefined;
  /** The own promise whose day is here or past. */
  readonly promise?: { readonly id: string; readonly personName: string } | undefined;
  /** Days since something was last captured; null when nothing ever was. */
  readonly daysSinceCapture: number | null;
}

const SOON_HOURS = 72;
const LEAD_HOURS = 24;
const QUIET_DAYS = 3;

type Rule = (situation: Situation) => Omit<NextAct, "reason"> | undefined;

function hoursUntil({ now, next }: Situation): number {
  return next ? now.until(next.startsAt).total("hours") : Infinity;
}

function mailAct(mail: Mail | undefined, text: (what: string) => string, label: string): Omit<NextAct, "reason"> | undefined {
  return mail && { text: text(`${mail.kind} to ${firstName(mail.toName)}`), href: `/deliveries/${mail.id}`, label };
}

function prepareAct(situation: Situation, within: number, text: (name: string) => string): Omit<NextAct, "reason"> | undefined {
  const { next } = situation;
  if (!next || next.isOn || next.approved || hoursUntil(situation) > within) return undefined;
  const name = firstName(next.personName);
  return next.ready
    ? {
        text: `Your preparation for ${name} is ready. Read the mail and approve it.`,
        href: `/meetings/${next.id}/agenda`,
        label: "Read the mail",
      }
    : { text: text(name), href: `/meetings/${next.id}/prepare`, label: "Prepare" };
}

/** What goes before what: a doubt about a mail first, then what has an hour, then what is merely good to do. */
const rules: readonly (readonly [Reason, Rule])[] = [
  [
    "welcome",
    ({ hasName, hasPeople }) =>
      hasName && hasPeople
        ? undefined
        : { text: "Say who you are and who you meet, and this page fills itself.", href: "/welcome", label: "Begin" },
  ],
  [
    "mail_unknown",
    ({ unknownMail }) =>
      mailAct(
        unknownMail,
        (what) => `It is not certain that the ${what} arrived. Have a look, and say what you found.`,
        "Look at the mail",
      ),
  ],
  [
    "mail_trouble",
    ({ troubledMail }) =>
      mailAct(troubledMail, (what) => `The ${what} did not go out. There are other ways to send it.`, "See what happened"),
  ],
  ["send_by_hand", ({ mailByHand }) => mailAct(mailByHand, (what) => `It is time to send the ${what}.`, "Send it")],
  [
    "hour_in_doubt",
    ({ next }) =>
      next?.hourInDoubt
        ? {
            text: `Your calendar names a time zone that nobody knows for the 1:1 with ${firstName(next.personName)}. Say whether its hour is right: until then nothing goes out by itself.`,
            href: `/meetings/${next.id}`,
            label: "Look at the hour",
          }
        : undefined,
  ],
  [
    "meeting_on",
    ({ next }) =>
      next?.isOn
        ? {
            text: `Your 1:1 with ${firstName(next.personName)} is on. Tick off what you talk about and note what is said.`,
            href: `/meetings/${next.id}`,
            label: "Open the meeting",
          }
        : undefined,
  ],
  [
    "empty_handed",
    (situation) =>
      situation.next?.emptyHanded
        ? prepareAct(
            situation,
            LEAD_HOURS,
            (name) =>
              `You meet ${name} within a day, and nothing of yours is on the agenda yet. The need alone takes two minutes.`,
          )
        : undefined,
  ],
  [
    "agenda_late",
    (situation) =>
      prepareAct(situation, LEAD_HOURS, (name) => `You meet ${name} within a day. A short agenda is still worth sending.`),
  ],
  [
    "unanswered",
    ({ unanswered }) =>
      unanswered && {
        text: `Did your 1:1 with ${firstName(unanswered.personName)} happen?`,
        href: `/meetings/${unanswered.meetingId}`,
        label: "Answer",
      },
  ],
  [
    "recap_due",
    ({ recapDue }) =>
      recapDue && {
        text: `Write the recap for ${firstName(recapDue.personName)} while it is fresh: three minutes.`,
        href: `/meetings/${recapDue.meetingId}/recap`,
        label: "Write the recap",
      },
  ],
  // A newcomer's first agenda is made of what they noted: that comes before the preparation while there is time for both.
  [
    "capture",
    ({ daysSinceCapture }) =>
      daysSinceCapture === null
        ? {
            text: "Note two wins and one obstacle from the last days, a line each. Your first agenda is made of them.",
            href: "#capture",
            label: "Note the first",
          }
        : undefined,
  ],
  [
    "agenda_soon",
    (situation) => prepareAct(situation, SOON_HOURS, (name) => `Prepare for ${name}: a quarter of an hour is enough.`),
  ],
  [
    "promise_due",
    ({ promise }) =>
      promise && {
        text: `Something you promised ${firstName(promise.personName)} is due. Keep it, or agree on another day.`,
        href: `/commitments/${promise.id}`,
        label: "See the promise",
      },
  ],
  [
    "capture",
    ({ daysSinceCapture }) =>
      daysSinceCapture !== null && daysSinceCapture >= QUIET_DAYS
        ? { text: "Note one thing that went well lately. One line is enough.", href: "#capture", label: "Note it" }
        : undefined,
  ],
  [
    "no_meeting",
    ({ next }) =>
      next
        ? undefined
        : {
            text: "No 1:1 is planned. Say when you meet, and the next steps follow from it.",
            href: "/people",
            label: "Plan a series",
          },
  ],
  [
    "prepare",
    (situation) => prepareAct(situation, Infinity, (name) => `There is time. If you like, begin to prepare for ${name}.`),
  ],
];

/** One sentence on what to do now: the first rule that has something to say. */
export function nextAct(situation: Situation): NextAct {
  for (const [reason, rule] of rules) {
    const act = rule(situation);
    if (act) return { reason, ...act };
  }
  return {
    reason: "calm",
    text: "Everything is in its place. Note what happens as it happens.",
    href: "#capture",
    label: "Note something",
  };
}
