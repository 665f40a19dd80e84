import * as z from "zod";
import { listCommitments } from "../commitments/index.ts";
import { Delivery } from "../delivery/index.ts";
import { Meeting } from "../meetings/index.ts";

/** Why the one sentence says what it says; in the order in which one thing goes before another. */
export const reasons = [
  "welcome",
  "mail_unknown",
  "mail_trouble",
  "send_by_hand",
  "hour_in_doubt",
  "meeting_on",
  "empty_handed",
  "agenda_late",
  "unanswered",
  "recap_due",
  "agenda_soon",
  "promise_due",
  "capture",
  "no_meeting",
  "prepare",
  "calm",
] as const;
export type Reason = (typeof reasons)[number];

export const NextAct = z.object({
  reason: z.enum(reasons),
  text: z.string().describe("One sentence on what to do now"),
  href: z.string().describe("The page where it is done"),
  label: z.string().describe("What the link to it says"),
});
export type NextAct = z.infer<typeof NextAct>;

export const ComingMeeting = z.object({
  meeting: Meeting,
  personName: z.string(),
  isOn: z.boolean().describe("It is going on now"),
  preparation: z.enum(["none", "started", "ready"]),
  missing: z.array(z.string()).describe("What must still be done before the agenda is ready"),
  emptyHanded: z.boolean().describe("Less than a day is left, and nothing of one's own is on the agenda (S27)"),
  goesOutAt: z.string().describe("The hour by which the agenda must go out, or at which it will (UTC)"),
  late: z.boolean().describe("A full day ahead is no longer possible"),
  delivery: Delivery.nullable().describe("The approved agenda, if there is one"),
});
export type ComingMeeting = z.infer<typeof ComingMeeting>;

const PastMeeting = z.object({ meetingId: z.string(), personName: z.string(), startsAt: z.string(), zone: z.string() });
export type PastMeeting = z.infer<typeof PastMeeting>;

export const Today = z.object({
  now: NextAct,
  next: ComingMeeting.nullable(),
  byHand: z.array(Delivery).describe("It is time to send these by hand"),
  trouble: z.array(Delivery).describe("Unknown, failed, missed, or waiting because the meeting moved"),
  unanswered: z.array(PastMeeting).describe("Past meetings that nobody marked as held or not held"),
  recapsDue: z.array(PastMeeting.extend({ dueAt: z.string() })),
  open: listCommitments.output,
  people: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type Today = z.infer<typeof Today>;
