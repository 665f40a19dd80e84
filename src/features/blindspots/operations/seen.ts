import * as z from "zod";
import { AppError } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { readOperation, writeOperation } from "../../../platform/operation.ts";
import type { Db } from "../../../platform/storage/database.ts";
import { type Meeting, requireMeeting, useMeeting } from "../../meetings/index.ts";
import { showPerson } from "../../people/index.ts";
import { PersonRef, RateInput, SeenRating, type SeenRatingTable } from "../schema.ts";
import { keepRating, listRatings, readRating } from "../store/seen.ts";

// Half a year of weekly talks: as much as a line of one column shows.
const SHOWN = 26;

function toRating(row: SeenRatingTable, startsAt: string): SeenRating {
  return { meetingId: row.meeting_id, startsAt, rating: row.rating, note: row.note, ratedAt: row.rated_at };
}

/** How a talk left its owner, or undefined when it was not said. */
export async function seenIn(db: Db, owner: OwnerId, meeting: Pick<Meeting, "id" | "startsAt">): Promise<SeenRating | undefined> {
  const row = await readRating(db, owner, meeting.id);
  return row && toRating(row, meeting.startsAt);
}

export const rateTalk = writeOperation({
  name: "seen.rate",
  summary: "Say how a talk left you, from 1 (invisible) to 5 (seen); private, and another number replaces it",
  input: RateInput,
  output: SeenRating,
  assistant: true,
  examples: [{ meetingId: "MEETING", rating: 4 }],
  async run({ owner, tx, now }, { meetingId, rating, note }) {
    const meeting = await requireMeeting(tx, owner, meetingId);
    if (meeting.startsAt > instantText(now)) throw new AppError("conflict", "This talk has not begun yet. Come back after it.");
    await useMeeting(tx, owner, now, meetingId);
    return toRating(await keepRating(tx, owner, now, meetingId, rating, note), meeting.startsAt);
  },
});

export const listSeen = readOperation({
  name: "seen.list",
  summary: "How the talks with a person left you, in their order; a trend shows after three",
  input: PersonRef,
  output: z.object({ ratings: z.array(SeenRating) }),
  assistant: true,
  async run({ owner, db, now }, { personId }) {
    await showPerson.run({ owner, db, now }, { id: personId });
    return { ratings: (await listRatings(db, owner, personId, SHOWN)).map((row) => toRating(row, row.starts_at)) };
  },
});
