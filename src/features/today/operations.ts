import * as z from "zod";
import { dayIn } from "../../lib/dates.ts";
import type { OwnerId } from "../../lib/ids.ts";
import { instantText } from "../../platform/clock.ts";
import { readOperation } from "../../platform/operation.ts";
import type { Db } from "../../platform/storage/database.ts";
import { readOwner } from "../account/index.ts";
import { agendaSummary, emptyHanded } from "../agenda/index.ts";
import { type Ledgers, listCommitments } from "../commitments/index.ts";
import { findDelivery, listDueByHand, listUnsettled, planSend } from "../delivery/index.ts";
import { listCaptures } from "../journal/index.ts";
import { awaitingAnswer, type Meeting, nextMeeting } from "../meetings/index.ts";
import { listPeople } from "../people/index.ts";
import { waitingRecaps } from "../recap/index.ts";
import { nextAct } from "./rules.ts";
import { type ComingMeeting, Today } from "./schema.ts";

async function comingMeeting(
  db: Db,
  owner: OwnerId,
  now: Temporal.Instant,
  meeting: Meeting,
  personName: string,
): Promise<ComingMeeting> {
  const { started, ready, missing, ownCount } = await agendaSummary(db, owner, meeting.id);
  const delivery = (await findDelivery(db, owner, meeting.id, "agenda")) ?? null;
  const startsAt = Temporal.Instant.from(meeting.startsAt);
  const plan = planSend({ startsAt, zone: meeting.zone, now });
  return {
    meeting,
    personName,
    isOn: Temporal.Instant.compare(startsAt, now) <= 0,
    preparation: ready ? "ready" : started ? "started" : "none",
    missing,
    emptyHanded: emptyHanded({ ownCount }, startsAt, now),
    goesOutAt: delivery ? (delivery.sentAt ?? delivery.sendAt) : instantText(plan.sendAt),
    late: plan.late,
    delivery,
  };
}

/** The own promise whose day is here or past; the ledgers come sorted, the most pressing first. */
function duePromise({ mine }: Ledgers, today: Temporal.PlainDate) {
  return mine.find((one) => one.dueOn !== null && Temporal.PlainDate.compare(Temporal.PlainDate.from(one.dueOn), today) <= 0);
}

/** Days since the last capture by its day; the future counts as today. */
function daysSince(lastOn: string | undefined, today: Temporal.PlainDate): number | null {
  return lastOn === undefined ? null : Math.max(0, Temporal.PlainDate.from(lastOn).until(today).days);
}

/** How many meetings of a kind the start page names. */
const SHOWN = 5;

export const showToday = readOperation({
  name: "today.show",
  summary: "Show what matters now: the next 1:1 and what is missing for it, open commitments, and one sentence on what to do",
  input: z.object({}),
  output: Today,
  assistant: true,
  async run(context) {
    const { owner, db, now } = context;
    // Nothing here waits for anything else: on PostgreSQL the answers come together.
    const [{ name, zone }, { people }, meeting, byHand, trouble, past, recaps, open, { captures }] = await Promise.all([
      readOwner(db, owner),
      listPeople.run(context, {}),
      nextMeeting(db, owner, now),
      listDueByHand(db, owner, now),
      listUnsettled(db, owner),
      awaitingAnswer(db, owner, now, SHOWN),
      waitingRecaps(db, owner, now, SHOWN),
      listCommitments.run(context, { open: true }),
      listCaptures.run(context, { limit: 1 }),
    ]);
    const nameOf = (personId: string): string => people.find((one) => one.id === personId)?.name ?? "";
    const next = meeting ? await comingMeeting(db, owner, now, meeting, nameOf(meeting.personId)) : null;
    const unanswered = past.map(({ id, personId, startsAt, zone: at }) => ({
      meetingId: id,
      personName: nameOf(personId),
      startsAt,
      zone: at,
    }));
    const recapsDue = recaps.map(({ personId, ...recap }) => ({ ...recap, personName: nameOf(personId) }));
    const today = dayIn(zone, now);
    const promise = duePromise(open, today);
    const present = people.filter((one) => one.endedOn === null || one.endedOn >= today.toString());
    return {
      now: nextAct({
        now,
        hasName: name !== null && name !== "",
        hasPeople: people.length > 0,
        unknownMail: trouble.find((one) => one.state === "unknown"),
        troubledMail: trouble.find((one) => one.state !== "unknown"),
        mailByHand: byHand[0],
        next: next
          ? {
              id: next.meeting.id,
              personName: next.personName,
              startsAt: Temporal.Instant.from(next.meeting.startsAt),
              isOn: next.isOn,
              approved: next.delivery !== null,
              ready: next.preparation === "ready",
              emptyHanded: next.emptyHanded,
              hourInDoubt: next.meeting.hourDoubtedAt !== null,
            }
          : undefined,
        unanswered: unanswered[0],
        recapDue: recapsDue[0],
        promise: promise && { id: promise.id, personName: nameOf(promise.personId) },
        daysSinceCapture: daysSince(captures[0]?.happenedOn, today),
      }),
      next,
      byHand,
      trouble,
      unanswered,
      recapsDue,
      open,
      people: present.map(({ id, name: called }) => ({ id, name: called })),
    };
  },
});
