import { instantText } from "../../../platform/clock.ts";
import { writeOperation } from "../../../platform/operation.ts";
import { tickItem } from "../../agenda/index.ts";
import { noteHeld, requireMeeting } from "../../meetings/index.ts";
import { noteTalk, takeBackTalk } from "../../record/index.ts";
import { Ticked, TickInput } from "../schema.ts";

export const tickAgendaItem = writeOperation({
  name: "recap.tick",
  summary: "Tick off an item of the agenda as discussed, or take the tick back; the first tick notes that the meeting took place",
  input: TickInput,
  output: Ticked,
  assistant: true,
  async run({ owner, tx, now }, { itemId, discussed }) {
    const { meetingId, captureId } = await tickItem(tx, owner, now, itemId, discussed);
    const meeting = await requireMeeting(tx, owner, meetingId);
    const hasBegun = meeting.startsAt <= instantText(now);
    if (discussed && hasBegun && meeting.state === "planned") await noteHeld(tx, owner, now, meetingId);
    if (captureId !== null && !discussed) await takeBackTalk(tx, owner, captureId, meetingId);
    if (captureId !== null && discussed && hasBegun)
      await noteTalk(tx, owner, { captureId, meetingId, personId: meeting.personId, toldAt: now });
    return { meetingId, itemId, discussed };
  },
});
