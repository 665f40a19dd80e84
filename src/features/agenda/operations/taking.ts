import * as z from "zod";
import { AppError } from "../../../lib/errors.ts";
import { writeOperation } from "../../../platform/operation.ts";
import { takeWait } from "../../blindspots/index.ts";
import { requireMeeting } from "../../meetings/index.ts";
import { emptyContent, nextPosition, toColumns, usualMinutes } from "../rules/items.ts";
import { Changed, MeetingRef } from "../schema.ts";
import { insertItem, listItemRows, readItemRow } from "../store.ts";
import { requireAgenda, requireItemRow, toItem } from "./requiring.ts";

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
