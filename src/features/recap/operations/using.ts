import { AppError } from "../../../lib/errors.ts";
import { cleanLine } from "../../../lib/text.ts";
import { writeOperation } from "../../../platform/operation.ts";
import { noteBecame, requireAnswer } from "../../answers/index.ts";
import { MeetingNote, UseAnswerInput } from "../schema.ts";
import { noteInMeeting } from "./notes.ts";

/** The longest line of a recap. */
const LONGEST = 2_000;

export const draftFromAnswer = writeOperation({
  name: "recap.useAnswer",
  summary: "Draft a line of the recap from what the other person said; once for each answer, and yours to change",
  input: UseAnswerInput,
  output: MeetingNote,
  async run(context, { answerId, part }) {
    const { owner, tx } = context;
    const { id, state, meetingId, text, about } = await requireAnswer(tx, owner, answerId);
    if (state !== "accepted") throw new AppError("conflict", "Take this answer over first.");
    const agendaItemId = about?.kind === "item" ? about.id : undefined;
    const line = cleanLine(text).slice(0, LONGEST);
    const note = await noteInMeeting.run(context, { meetingId, part, text: line, agendaItemId });
    if (!(await noteBecame(tx, owner, id, note.id)))
      throw new AppError("conflict", "A line was drafted from this answer before.");
    return note;
  },
});
