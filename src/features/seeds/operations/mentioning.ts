import { AppError, invalidField, notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { writeOperation } from "../../../platform/operation.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import { readOwner } from "../../account/index.ts";
import { type Meeting, useMeeting } from "../../meetings/index.ts";
import { dropEntry, keepEntry } from "../../record/index.ts";
import { isSettled } from "../rules/seeds.ts";
import { MentionRef, RevisitInput, SeedDetail, type SeedMentionTable } from "../schema.ts";
import { bindItem, putMention, readMention, takeBackNote } from "../store/mentions.ts";
import { listSeedRows } from "../store/seeds.ts";
import { requireSeed, todayOf } from "./seeds.ts";

interface NewNote {
  readonly seedId: string;
  readonly personId: string;
  readonly saidOn?: string | undefined;
  readonly meetingId?: string | undefined;
  readonly said: string;
}

const NOON = "12:00";

/** What was said stands in the record under the id of its mention, on its day. */
async function record(tx: Tx, owner: OwnerId, now: Temporal.Instant, mention: SeedMentionTable): Promise<void> {
  const { id, seed_id, said, said_on, meeting_id, person_id } = mention;
  const [seed] = await listSeedRows(tx, owner, { id: seed_id });
  if (!seed || said === "" || said_on === null) return dropEntry(tx, owner, id);
  const { zone } = await readOwner(tx, owner);
  await keepEntry(tx, owner, now, {
    id,
    source: "note",
    kind: "seed",
    text: `${seed.text}\n\n${said}`,
    happenedAt: Temporal.PlainDate.from(said_on).toZonedDateTime({ timeZone: zone, plainTime: NOON }).toInstant(),
    personId: person_id,
    ...(meeting_id === null ? {} : { meetingId: meeting_id }),
  });
}

async function heldWith(tx: Tx, owner: OwnerId, now: Temporal.Instant, note: NewNote): Promise<Meeting | undefined> {
  if (note.meetingId === undefined) return undefined;
  const meeting = await useMeeting(tx, owner, now, note.meetingId);
  if (meeting.personId !== note.personId) throw notFound("A meeting with this person");
  if (Temporal.Instant.compare(Temporal.Instant.from(meeting.startsAt), now) > 0)
    throw invalidField("meetingId", "This 1:1 is still to come. Put the seed on its agenda instead.");
  return meeting;
}

/** Notes by hand that a seed was mentioned: on the day named, on the day of the 1:1 named, or today. */
export async function noteMention(tx: Tx, owner: OwnerId, now: Temporal.Instant, note: NewNote): Promise<void> {
  const meeting = await heldWith(tx, owner, now, note);
  const today = (await todayOf(tx, owner, now)).toString();
  const on = note.saidOn ?? meeting?.localStart.slice(0, 10) ?? today;
  if (on > today) throw invalidField("saidOn", "This day is still to come. Note it when it was said.");
  const mention = await putMention(tx, owner, now, {
    seed_id: note.seedId,
    person_id: note.personId,
    meeting_id: meeting?.id ?? null,
    said_on: on,
    said: note.said,
  });
  await record(tx, owner, now, mention);
}

export const revisitSeed = writeOperation({
  name: "seeds.revisit",
  summary: "Note that a seed was mentioned again: the day, the meeting and what was said",
  input: RevisitInput,
  output: SeedDetail,
  assistant: true,
  examples: [{ id: "SEED", said: "He will think about the spring release." }],
  async run({ owner, tx, now }, { id, ...said }) {
    const { seed } = await requireSeed(tx, owner, now, id);
    await noteMention(tx, owner, now, { seedId: id, personId: seed.personId, ...said });
    return requireSeed(tx, owner, now, id);
  },
});

export const takeBackMention = writeOperation({
  name: "seeds.takeBack",
  summary: "Take back what was noted by hand about a mention; what went out on an agenda stays said",
  input: MentionRef,
  output: SeedDetail,
  async run({ owner, tx, now }, { mentionId }) {
    const mention = await readMention(tx, owner, { id: mentionId });
    if (!mention) throw notFound("This mention");
    await takeBackNote(tx, owner, now, mention);
    await dropEntry(tx, owner, mentionId);
    return requireSeed(tx, owner, now, mention.seed_id);
  },
});

/**
 * Begins the mention of a seed in a meeting that is prepared: its line, and the id that the item shall have, which is the same
 * however often it is asked for. For the agenda, which then binds the item. Throws AppError `not_found`, and `conflict` for a
 * seed that rests or was answered.
 */
export async function seedLine(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  seedId: string,
  meeting: Meeting,
): Promise<{ readonly line: string; readonly mentionId: string }> {
  const { seed } = await requireSeed(tx, owner, now, seedId);
  if (seed.personId !== meeting.personId) throw notFound("A meeting with the person whom this seed is for");
  if (isSettled(seed.state)) throw new AppError("conflict", "This seed rests or has its answer. Take it up again first.");
  const { id } = await putMention(tx, owner, now, { seed_id: seedId, person_id: meeting.personId, meeting_id: meeting.id });
  return { line: seed.line, mentionId: id };
}

/** Binds the item that mentions a seed: whether and when it was said follows from that item (S39). For the agenda. */
export async function bindSeed(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  { mentionId, itemId }: { readonly mentionId: string; readonly itemId: string },
): Promise<void> {
  await bindItem(tx, owner, now, mentionId, itemId);
}

/** Whether a line of an agenda mentions a seed, so that its answer belongs there. For the agenda. */
export async function isSeedLine(db: Db, owner: OwnerId, itemId: string): Promise<boolean> {
  return (await readMention(db, owner, { item_id: itemId })) !== undefined;
}
