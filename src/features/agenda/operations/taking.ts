import * as z from "zod";
import { AppError } from "../../../lib/errors.ts";
import { writeOperation } from "../../../platform/operation.ts";
import { takeWait } from "../../blindspots/index.ts";
import { requireMeeting } from "../../meetings/index.ts";
import { bindSeed, seedLine } from "../../seeds/index.ts";
import { emptyContent, nextPosition, toColumns, usualMinutes } from "../rules/items.ts";
import { Changed, MeetingRef } from "../schema.ts";
import { insertItem, listItemRows, readItemRow, updateItem } from "../store.ts";
import { requireAgenda, requireItemRow, toItem } from "./requiring.ts";
import { putOnAgenda } from "./saving.ts";

/**
 * A yes of the four-waits check becomes one item, ever: the item has the id of the answer. It is a private draft, because its
 * [gap] is for its owner to fill (S1, S38).
 */
export const takeFromWaits = writeOperation({
  name: "agenda.takeWait",
  summary: "Begin an item with a yes of the four-waits check; a private draft, once",
  input: MeetingRef.extend({ waitId: z.string() }),
  output: Changed,
  async run({ owner, tx, now }, { meetingId, waitId }) {
    await requireMeeting(tx, owner, meetingId);
    await requireAgenda(tx, owner, meetingId);
    const proposal = await takeWait(tx, owner, now, waitId);
    const present = await readItemRow(tx, owner, waitId);
    if (present?.meeting_id === meetingId) return { item: toItem(present), approval: "none" as const };
    if (!proposal) throw new AppError("conflict", "This stands on an agenda already, or was put aside.");
    const { kind, text } = proposal;
    const rows = await listItemRows(tx, owner, meetingId);
    await insertItem(tx, owner, now, {
      id: waitId,
      meeting_id: meetingId,
      kind,
      ...toColumns({ ...emptyContent, text }),
      minutes: usualMinutes[kind],
      position: nextPosition(kind, rows),
    });
    return { item: toItem(await requireItemRow(tx, owner, waitId)), approval: "none" as const };
  },
});

/** A sentence and what comes of it: a seed needs time between the talks rather than in them. */
const SEED_MINUTES = 5;

/**
 * A seed becomes one line about growth in a preparation, never two: the item has the id of its mention in this meeting. The words are
 * a proposal out of the owner's own (S39); whether it was said follows from the item.
 */
export const takeSeed = writeOperation({
  name: "agenda.takeSeed",
  summary:
    "Mention a seed again in a preparation, in a line out of your own words; a private draft unless it is put there at once",
  input: MeetingRef.extend({
    seedId: z.string(),
    put: z.boolean().optional().describe("Put it on the agenda at once; otherwise it stays a private draft"),
  }),
  output: Changed,
  async run({ owner, tx, now }, { meetingId, seedId, put = false }) {
    const meeting = await requireMeeting(tx, owner, meetingId);
    await requireAgenda(tx, owner, meetingId);
    const { line, mentionId } = await seedLine(tx, owner, now, seedId, meeting);
    const rows = await listItemRows(tx, owner, meetingId);
    await insertItem(tx, owner, now, {
      id: mentionId,
      meeting_id: meetingId,
      kind: "growth",
      ...toColumns({ ...emptyContent, text: line }),
      minutes: SEED_MINUTES,
      position: nextPosition("growth", rows),
    });
    await bindSeed(tx, owner, now, { mentionId, itemId: mentionId });
    const row = await requireItemRow(tx, owner, mentionId);
    // Taken out before, and taken up again: as a draft, like something new.
    const back = row.removed_at === null ? row : await updateItem(tx, owner, now, row, { removed_at: null, prepared_at: null });
    if (put) return putOnAgenda(tx, owner, now, back ?? row);
    return { item: toItem(back ?? row), approval: "none" as const };
  },
});
