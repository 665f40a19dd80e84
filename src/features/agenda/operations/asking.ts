import * as z from "zod";
import { AppError } from "../../../lib/errors.ts";
import { fillGaps } from "../../../lib/gaps.ts";
import { newId } from "../../../lib/ids.ts";
import { writeOperation } from "../../../platform/operation.ts";
import { requireMeeting } from "../../meetings/index.ts";
import {
  bindQuestion,
  filled,
  knownFor,
  questionsLeft,
  questionsOf,
  refuseResting,
  requireQuestion,
} from "../../questions/index.ts";
import { Changed, SaveInput } from "../schema.ts";
import { requireItemRow, toItem } from "./requiring.ts";
import { putOnAgenda, saveItem } from "./saving.ts";

const AskInput = SaveInput.pick({ meetingId: true, id: true, version: true, text: true, project: true, skill: true }).extend({
  questionId: z.string().describe("Of the bank, such as Q003, or one of your own"),
  values: z
    .record(z.string(), z.string().max(500, "Keep this to 500 characters."))
    .optional()
    .describe("Words for gaps, by their names"),
  put: z.boolean().optional().describe("Put it on the agenda at once, if no gap is left; otherwise it stays a private draft"),
});

const TWO_ARE_ENOUGH = "Two questions are enough for one talk. Take one out first, or keep this one for the next talk.";

/** What was typed already stays, and the question follows it. */
function joined(typed: string, question: string): string {
  if (typed === "" || typed.includes(question)) return typed || question;
  return `${typed}\n\n${question}`;
}

/**
 * Makes a question of the bank, or one of the owner's, the question about growth of a talk: with its gaps filled as far as
 * the record can (S38), bound to project and skill and to what it should uncover (S30).
 */
export const chooseQuestion = writeOperation({
  name: "agenda.chooseQuestion",
  summary: "Take a question from the bank into a preparation, its gaps filled from your own projects and skills",
  input: AskInput,
  output: Changed,
  examples: [{ meetingId: "MEETING", questionId: "Q042", project: "Atlas", skill: "facilitation" }],
  async run(context, { questionId, values = {}, put = false, ...typed }) {
    const { owner, tx, now } = context;
    const { meetingId, id = newId(), text = "", project = "", skill = "" } = typed;
    const { personId } = await requireMeeting(tx, owner, meetingId);
    const question = await requireQuestion(tx, owner, questionId);
    if ((await questionsLeft(tx, owner, meetingId, id)) === 0) throw new AppError("conflict", TWO_ARE_ENOUGH);
    await refuseResting(tx, owner, now, { personId, questionId, exceptItem: id });
    const known = await knownFor(tx, owner, now, personId);
    const words = filled(question.text, known, { project, skill, values });
    // A question that was chosen before and not changed since makes room for the other one.
    const before = (await questionsOf(tx, owner, [id])).get(id);
    const content = { project, skill, text: fillGaps(joined(before?.text === text ? "" : text, words.text), values) };
    const { item } = await saveItem.run(context, { ...typed, id, kind: "growth", ...content });
    await bindQuestion(tx, owner, now, question, { itemId: item.id, meetingId, personId, ...content });
    const row = await requireItemRow(tx, owner, item.id);
    if (put && words.gaps.length === 0) return putOnAgenda(tx, owner, now, row);
    return { item: toItem(row), approval: "none" as const };
  },
});
