import type * as z from "zod";
import { dayIn } from "../../../lib/dates.ts";
import { notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { writeOperation } from "../../../platform/operation.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import { readOwner } from "../../account/index.ts";
import { captureThought } from "../../journal/index.ts";
import { requireMeeting } from "../../meetings/index.ts";
import { showPerson } from "../../people/index.ts";
import { kindOf, nextPrompt, settleAnswer } from "../rules/prompts.ts";
import { Answer, type AnswerDetailTable, AnswerInput, LightQuestion, type LightQuestionTable, NextInput } from "../schema.ts";
import { detailsOf, insertDetail, insertQuestion, readLastQuestion, readQuestion, updateQuestion } from "../store/answers.ts";
import { answeredDays } from "./showing.ts";

/** What belongs to an answer beside its words, or undefined: for the agenda that takes it over. */
export async function answerDetail(db: Db, owner: OwnerId, captureId: string): Promise<AnswerDetailTable | undefined> {
  return (await detailsOf(db, owner, [captureId])).get(captureId);
}

async function noteAnswered(tx: Tx, owner: OwnerId, meetingId: string, prompt: string, captureId: string): Promise<void> {
  await requireMeeting(tx, owner, meetingId);
  const question = await readQuestion(tx, owner, meetingId);
  if (question?.prompt === prompt) await updateQuestion(tx, owner, meetingId, { capture_id: captureId, skipped_at: null });
}

export const answerPrompt = writeOperation({
  name: "blindspots.answer",
  summary: "Answer one of the five questions about what your manager cannot know; the answer is a private entry of the journal",
  input: AnswerInput,
  output: Answer,
  assistant: true,
  examples: [
    { prompt: "proud", text: "The depots agreed to one layout" },
    { prompt: "energy", text: "Chasing counts by phone", energy: -2, projects: ["Depot stock"] },
    {
      prompt: "obstacles",
      text: "One test system for two teams",
      ownedBy: "Platform team",
      decision: "A second one, or fixed days",
    },
  ],
  async run({ owner, tx, now }, input) {
    const { prompt, text, projects, skills, energy, horizon = null, goal, ownedBy, decision, meetingId } = settleAnswer(input);
    const capture = await captureThought.run(
      { owner, tx, now },
      { kind: kindOf[prompt], text, projects, skills, energy: energy ?? null },
    );
    if (horizon !== null || goal !== "" || ownedBy !== "" || decision !== "")
      await insertDetail(tx, owner, now, capture.id, { horizon, goal, owned_by: ownedBy, decision });
    if (meetingId !== undefined) await noteAnswered(tx, owner, meetingId, prompt, capture.id);
    return {
      captureId: capture.id,
      text,
      answeredOn: capture.happenedOn,
      energy: capture.energy,
      projects: capture.projects,
      skills: capture.skills,
      horizon,
      goal,
      ownedBy,
      decision,
    };
  },
});

function toQuestion(row: LightQuestionTable | undefined): LightQuestion {
  return { prompt: row?.prompt ?? null, captureId: row?.capture_id ?? null, skippedAt: row?.skipped_at ?? null };
}

/** Somebody else's meeting and a meeting with somebody else look the same: there is no such talk. */
async function requireTalk(tx: Tx, owner: OwnerId, now: Temporal.Instant, { personId, meetingId }: z.infer<typeof NextInput>) {
  await showPerson.run({ owner, db: tx, now }, { id: personId });
  const meeting = await requireMeeting(tx, owner, meetingId);
  if (meeting.personId !== personId) throw notFound("This meeting");
}

export const nextQuestion = writeOperation({
  name: "blindspots.next",
  summary: "The one light question of a preparation: it is chosen once, and stays the same until it is answered or skipped",
  input: NextInput,
  output: LightQuestion,
  assistant: true,
  async run({ owner, tx, now }, input) {
    await requireTalk(tx, owner, now, input);
    const present = await readQuestion(tx, owner, input.meetingId);
    if (present) return toQuestion(present);
    const { zone } = await readOwner(tx, owner);
    const before = await readLastQuestion(tx, owner, input.personId, input.meetingId);
    const prompt = nextPrompt({
      answeredOn: await answeredDays(tx, owner, now),
      today: dayIn(zone, now).toString(),
      askedBefore: before?.prompt,
    });
    if (prompt === undefined) return toQuestion(undefined);
    await insertQuestion(tx, owner, now, { meeting_id: input.meetingId, person_id: input.personId, prompt });
    return toQuestion(await readQuestion(tx, owner, input.meetingId));
  },
});

export const skipQuestion = writeOperation({
  name: "blindspots.skip",
  summary: "Leave the light question of a preparation unanswered; another one comes next time",
  input: NextInput,
  output: LightQuestion,
  async run({ owner, tx, now }, input) {
    await requireTalk(tx, owner, now, input);
    const present = await readQuestion(tx, owner, input.meetingId);
    if (present && present.skipped_at === null && present.capture_id === null)
      await updateQuestion(tx, owner, input.meetingId, { skipped_at: instantText(now) });
    return toQuestion(await readQuestion(tx, owner, input.meetingId));
  },
});
