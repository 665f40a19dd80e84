import { AppError } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { readOperation, writeOperation } from "../../../platform/operation.ts";
import type { Reach } from "../../../platform/reach.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import { readOwner } from "../../account/index.ts";
import { askedForAmong, guestLinkFor, keepMailLines, openGuestLink } from "../../answers/index.ts";
import { approveMail, Delivery, deliveryChoices, type MailDraft } from "../../delivery/index.ts";
import { growthBlockIn, type Meeting, requireMeeting } from "../../meetings/index.ts";
import { requirePerson } from "../../people/index.ts";
import { agendaHtml, agendaText } from "../mail.ts";
import { firstId, missingFor } from "../rules/items.ts";
import { agendaLines } from "../rules/mail-lines.ts";
import { planMinutes } from "../rules/minutes.ts";
import { AgendaPreview, ApproveInput, MeetingRef, type PreparedItem, ReadyOutput } from "../schema.ts";
import { updateAgenda } from "../store.ts";
import { preparedItems } from "./reading.ts";
import { requireAgenda } from "./requiring.ts";

/** A mail longer than this takes more than a minute of an overloaded reader's time (S4). */
const LONGEST_MAIL_WORDS = 150;

interface Built {
  readonly draft: MailDraft;
  readonly items: readonly PreparedItem[];
  readonly meeting: Meeting;
  readonly hasGrowthBlock: boolean;
}

/** The mail from prepared items and names alone: private rows are never read on this way. */
async function build(db: Db, owner: OwnerId, reach: Reach | undefined, meetingId: string): Promise<Built> {
  const meeting = await requireMeeting(db, owner, meetingId);
  await requireAgenda(db, owner, meetingId);
  const items = await preparedItems(db, owner, meetingId);
  const person = await requirePerson(db, owner, meeting.personId);
  const { name } = await readOwner(db, owner);
  const startsAt = Temporal.Instant.from(meeting.startsAt);
  const hasGrowthBlock = await growthBlockIn(db, owner, meeting);
  const mail = {
    ownerName: name ?? "",
    personName: person.name,
    start: startsAt.toZonedDateTimeISO(meeting.zone),
    slot: meeting.minutes,
    hasGrowthBlock,
    items,
    askedFor: await askedForAmong(db, owner, items.map(firstId)),
    answerUrl: await guestLinkFor(db, owner, reach, meeting),
  };
  const captureIds = items.flatMap((item) => (item.captureId === null ? [] : [item.captureId]));
  const draft = {
    kind: "agenda",
    meetingId,
    meetingStartsAt: startsAt,
    zone: meeting.zone,
    personId: person.id,
    text: agendaText(mail),
    html: agendaHtml(mail),
    captureIds,
    hourDoubted: meeting.hourDoubtedAt !== null,
  } as const;
  return { draft, items, meeting, hasGrowthBlock };
}

function warningsFor({ items, meeting, hasGrowthBlock }: Built, words: number): string[] {
  const warnings: string[] = [];
  if (words > LONGEST_MAIL_WORDS)
    warnings.push(`This is ${words} words. Up to ${LONGEST_MAIL_WORDS} are read in a minute; shorter is read for certain.`);
  const { over, slot } = planMinutes(items, meeting.minutes, hasGrowthBlock);
  if (over > 0) warnings.push(`The items take ${over} ${over === 1 ? "minute" : "minutes"} more than the ${slot} you have.`);
  return warnings;
}

function refuseUnready(items: readonly PreparedItem[]): void {
  const missing = missingFor(items);
  if (missing.length > 0) throw new AppError("invalid", missing.join(" "));
}

async function markReady(tx: Tx, owner: OwnerId, now: Temporal.Instant, meetingId: string): Promise<string> {
  const { ready_at } = await requireAgenda(tx, owner, meetingId);
  const readyAt = ready_at ?? instantText(now);
  if (ready_at === null) await updateAgenda(tx, owner, now, meetingId, { ready_at: readyAt });
  return readyAt;
}

export const readyAgenda = writeOperation({
  name: "agenda.ready",
  summary: "Say that the preparation is done; the need has to be on the agenda, and no [gap] may be left",
  input: MeetingRef,
  output: ReadyOutput,
  async run({ owner, tx, now }, { meetingId }) {
    await requireMeeting(tx, owner, meetingId);
    await requireAgenda(tx, owner, meetingId);
    refuseUnready(await preparedItems(tx, owner, meetingId));
    return { readyAt: await markReady(tx, owner, now, meetingId) };
  },
});

export const previewAgenda = readOperation({
  name: "agenda.preview",
  summary: "Show the agenda mail exactly as it will be read, with its reading time and when it goes out",
  input: MeetingRef,
  output: AgendaPreview,
  assistant: true,
  async run({ owner, db, now, reach }, { meetingId }) {
    const built = await build(db, owner, reach, meetingId);
    const choices = await deliveryChoices(db, owner, now, built.draft);
    return { ...choices, missing: missingFor(built.items), warnings: warningsFor(built, choices.mail.words) };
  },
});

export const approveAgenda = writeOperation({
  name: "agenda.approve",
  summary: "Approve the agenda mail in the very words that were read; it goes out at its hour, once",
  input: ApproveInput,
  output: Delivery,
  async run({ owner, tx, now, reach }, { meetingId, way, sendAt, hash }) {
    const { draft, items, meeting } = await build(tx, owner, reach, meetingId);
    refuseUnready(items);
    await markReady(tx, owner, now, meetingId);
    const delivery = await approveMail(tx, owner, now, { draft, way, sendAt, expectedHash: hash });
    await keepMailLines(tx, owner, delivery.id, agendaLines(items));
    await openGuestLink(tx, owner, now, reach, meeting);
    return delivery;
  },
});
