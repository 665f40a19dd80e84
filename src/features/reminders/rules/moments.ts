import { cleanLine } from "../../../lib/text.ts";
import type { DeliveryWay } from "../../delivery/index.ts";
import type { MeetingState } from "../../meetings/index.ts";
import type { MomentKind } from "../schema.ts";
import { type Hours, lastChanceBefore, PREPARE_MINUTES } from "./hours.ts";

/** The approved agenda of a meeting. */
export interface ApprovedAgenda {
  readonly way: DeliveryWay;
  readonly sendAt: Temporal.Instant;
  readonly sentAt: Temporal.Instant | undefined;
  /** It waits for its owner's word, failed or was missed. */
  readonly isStuck: boolean;
}

/** All that the moments of a meeting follow from. */
export interface MeetingFacts {
  readonly id: string;
  readonly personName: string;
  readonly state: MeetingState;
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
  /** When the agenda goes out unless something else is chosen (S31). */
  readonly plannedSendAt: Temporal.Instant;
  readonly agenda: ApprovedAgenda | undefined;
  readonly hasGrowthBlock: boolean;
  /** Its recap was sent or waived. */
  readonly isRecapDone: boolean;
  /** When any of this last changed. */
  readonly changedAt: Temporal.Instant;
}

export interface Moment {
  readonly kind: MomentKind;
  readonly meetingId: string;
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
  /** The kind of moment and a name, nothing else: it may be read over a shoulder. */
  readonly summary: string;
  readonly changedAt: Temporal.Instant;
}

const SEND_MINUTES = 5;
const GROWTH_MINUTES = 10;
const RECAP_MINUTES = 10;

type Span = Pick<Moment, "startsAt" | "endsAt" | "summary">;

function lasting(startsAt: Temporal.Instant, minutes: number, summary: string): Span {
  return { startsAt, endsAt: startsAt.add({ minutes }), summary };
}

function prepare({ state, agenda, plannedSendAt }: MeetingFacts, name: string, hours: Hours): Span | undefined {
  if (state !== "planned" || agenda) return undefined;
  const startsAt = lastChanceBefore(plannedSendAt, hours);
  return startsAt && lasting(startsAt, PREPARE_MINUTES, `Prepare the 1:1 with ${name}`);
}

function send({ state, agenda, plannedSendAt }: MeetingFacts, name: string): Span | undefined {
  if (agenda?.sentAt) return lasting(agenda.sentAt, SEND_MINUTES, `The agenda went out to ${name}`);
  if (state !== "planned") return undefined;
  if (!agenda) return lasting(plannedSendAt, SEND_MINUTES, `The agenda for ${name} is due`);
  if (agenda.isStuck) return lasting(agenda.sendAt, SEND_MINUTES, `The agenda for ${name} waits for you`);
  const summary = agenda.way === "smtp" ? `The agenda goes out to ${name}` : `Send the agenda to ${name}`;
  return lasting(agenda.sendAt, SEND_MINUTES, summary);
}

function growth({ state, hasGrowthBlock, startsAt, endsAt }: MeetingFacts, name: string): Span | undefined {
  if (!hasGrowthBlock || (state !== "planned" && state !== "held")) return undefined;
  const begin = endsAt.subtract({ minutes: GROWTH_MINUTES });
  const isShort = Temporal.Instant.compare(begin, startsAt) < 0;
  return { startsAt: isShort ? startsAt : begin, endsAt, summary: `Ten minutes for growth with ${name}` };
}

function recap({ state, isRecapDone, endsAt }: MeetingFacts, name: string): Span | undefined {
  if (isRecapDone || (state !== "planned" && state !== "held")) return undefined;
  return lasting(endsAt, RECAP_MINUTES, `Recap of the 1:1 with ${name}`);
}

/** The moments of one meeting that stand in its owner's calendar, by kind. */
export function momentsOf(meeting: MeetingFacts, hours: Hours): Moment[] {
  const name = cleanLine(meeting.personName);
  const spans: Record<MomentKind, Span | undefined> = {
    prepare: prepare(meeting, name, hours),
    send: send(meeting, name),
    growth: growth(meeting, name),
    recap: recap(meeting, name),
  };
  const { id: meetingId, changedAt } = meeting;
  return Object.entries(spans).flatMap(([kind, span]) =>
    span ? [{ ...span, kind: kind as MomentKind, meetingId, changedAt }] : [],
  );
}
