import * as z from "zod";
import { notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { readOperation, writeOperation } from "../../../platform/operation.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import { requireMeeting } from "../../meetings/index.ts";
import { requirePerson } from "../../people/index.ts";
import { dropEntry, keepEntry } from "../../record/index.ts";
import { recognised } from "../rules/bank.ts";
import { asksConditions } from "../rules/conditions.ts";
import { toUse } from "../rules/uses.ts";
import { type Category, type Question, QuestionUse, UncoveredInput, UsesInput } from "../schema.ts";
import { listUseRows, putUse, readUseOfItem, updateUse, type UseRow } from "../store/uses.ts";
import { allQuestions, bankQuestion } from "./bank.ts";
import { stateConditions } from "./conditions.ts";

/** What an item of an agenda asks. */
export interface Asking {
  readonly itemId: string;
  readonly meetingId: string;
  readonly personId: string;
  readonly text: string;
  readonly project: string;
  readonly skill: string;
}

function linkOf(question: Question | undefined) {
  return {
    question_id: question && !question.isOwn ? question.id : null,
    own_question_id: question?.isOwn ? question.id : null,
    category: question?.category ?? null,
    uncovers: question?.uncovers ?? "",
    follow_up: question?.followUp ?? "",
  };
}

/** Binds a question to an item of an agenda, with project, skill and what it should uncover (S30). For the agenda. */
export async function bindQuestion(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  question: Question,
  asking: Asking,
): Promise<void> {
  const { itemId, meetingId, personId, text, project, skill } = asking;
  await putUse(tx, owner, now, {
    ...linkOf(question),
    item_id: itemId,
    meeting_id: meetingId,
    person_id: personId,
    text,
    project,
    skill,
  });
}

/**
 * Keeps the words in which an item goes on the agenda. A question typed freely is bound too, so that its answer has a place;
 * when it is one of the bank or of the owner's, it is known again. For the agenda: call it when a question about growth is put there.
 */
export async function keepAsking(tx: Tx, owner: OwnerId, now: Temporal.Instant, asking: Asking): Promise<void> {
  const present = await readUseOfItem(tx, owner, asking.itemId);
  const { text, project, skill } = asking;
  if (present) {
    await updateUse(tx, owner, now, present.id, { text, project, skill });
    return;
  }
  const known = recognised(text, await allQuestions(tx, owner));
  await putUse(tx, owner, now, {
    ...linkOf(known),
    item_id: asking.itemId,
    meeting_id: asking.meetingId,
    person_id: asking.personId,
    text,
    project,
    skill,
  });
}

function shown(row: UseRow): QuestionUse {
  return toUse(row, (bankQuestion(row.question_id)?.asksConditions ?? false) || asksConditions(row.text));
}

async function requireUse(db: Db, owner: OwnerId, id: string): Promise<QuestionUse> {
  const [row] = await listUseRows(db, owner, { id });
  if (!row) throw notFound("This question");
  return shown(row);
}

/** The questions that items of an agenda ask, by item. For a line that came over, name the item that it began as. */
export async function questionsOf(db: Db, owner: OwnerId, itemIds: readonly string[]): Promise<Map<string, QuestionUse>> {
  return new Map((await listUseRows(db, owner, { itemIds })).map((row) => [row.item_id, shown(row)]));
}

export const listUses = readOperation({
  name: "questions.uses",
  summary: "List the questions you chose for your talks, whether they were asked, and what they uncovered; newest first",
  input: UsesInput,
  output: z.object({ uses: z.array(QuestionUse) }),
  assistant: true,
  async run({ owner, db }, { personId, meetingId }) {
    if (personId !== undefined) await requirePerson(db, owner, personId);
    if (meetingId !== undefined) await requireMeeting(db, owner, meetingId);
    const rows = await listUseRows(db, owner, { personId, meetingId });
    return { uses: rows.map(shown).toReversed() };
  },
});

export const showUse = readOperation({
  name: "questions.showUse",
  summary: "Show one question that you chose for a talk, and what it uncovered",
  input: UncoveredInput.pick({ useId: true }),
  output: QuestionUse,
  assistant: true,
  run: ({ owner, db }, { useId }) => requireUse(db, owner, useId),
});

/** The answer stands in the record under the id of its use: found by search, beside its meeting and its person. */
async function record(tx: Tx, owner: OwnerId, now: Temporal.Instant, use: QuestionUse): Promise<void> {
  if (use.answer === "") return dropEntry(tx, owner, use.id);
  const tags = [
    ...(use.project ? [{ kind: "project" as const, name: use.project }] : []),
    ...(use.skill ? [{ kind: "skill" as const, name: use.skill }] : []),
  ];
  await keepEntry(tx, owner, now, {
    id: use.id,
    source: "note",
    kind: "answer",
    text: `${use.text}\n\n${use.answer}`,
    happenedAt: Temporal.Instant.from(use.answeredAt ?? instantText(now)),
    meetingId: use.meetingId,
    personId: use.personId,
    tags,
  });
}

export const noteUncovered = writeOperation({
  name: "questions.uncovered",
  summary: 'Note what a question uncovered; lines of an answer to "what would you have to have seen" become conditions',
  input: UncoveredInput,
  output: QuestionUse,
  assistant: true,
  examples: [{ useId: "USE", text: "The migration has to end without an outage.\nSomebody else can run it." }],
  async run({ owner, tx, now }, { useId, text, worth }) {
    const before = await requireUse(tx, owner, useId);
    await updateUse(tx, owner, now, useId, {
      answer: text,
      // The day of the answer stays when only a word of it is corrected.
      answered_at: text === "" ? null : (before.answeredAt ?? instantText(now)),
      ...(worth === undefined ? {} : { worth }),
    });
    const use = await requireUse(tx, owner, useId);
    await record(tx, owner, now, use);
    if (use.asksConditions) await stateConditions(tx, owner, now, use);
    return use;
  },
});

/** What somebody said in answer to a question: for the card about them (S15, S40, S44). */
export interface AnswerAbout {
  readonly useId: string;
  /** The question of the bank, or null for one of the owner's own words. */
  readonly questionId: string | null;
  readonly meetingId: string;
  readonly category: Category | null;
  /** What the card files it under; null for what is about the owner rather than about this person. */
  readonly topic: CardTopic | null;
  readonly question: string;
  readonly uncovers: string;
  readonly answer: string;
  /** UTC instant as text. */
  readonly answeredAt: string;
}

export const cardTopics = ["priorities", "pressures", "preferences", "expectations", "people"] as const;
export type CardTopic = (typeof cardTopics)[number];

const TOPIC_OF: Readonly<Partial<Record<Category, CardTopic>>> = {
  priorities: "priorities",
  team_gaps: "priorities",
  change: "pressures",
  relationship: "preferences",
  repair: "preferences",
  remote: "preferences",
  decisions: "preferences",
  expectations: "expectations",
  promotion: "expectations",
  feedback: "expectations",
  network: "people",
};

/** Questions whose topic is another one than their category's: what weighs on somebody, and how they like to hear news. */
const TOPIC_OF_QUESTION: Readonly<Record<string, CardTopic>> = {
  Q001: "pressures",
  Q010: "pressures",
  Q086: "preferences",
  Q089: "people",
};

/** Everything that a person answered, newest first, filed by topic. */
export async function answersAbout(db: Db, owner: OwnerId, personId: string): Promise<AnswerAbout[]> {
  const uses = (await listUseRows(db, owner, { personId })).map(shown);
  return uses
    .flatMap((use) => (use.answeredAt === null ? [] : [{ ...use, answeredAt: use.answeredAt }]))
    .toSorted((a, b) => (a.answeredAt < b.answeredAt ? 1 : -1))
    .map((use) => ({
      useId: use.id,
      questionId: use.questionId,
      meetingId: use.meetingId,
      category: use.category,
      topic: TOPIC_OF_QUESTION[use.questionId ?? ""] ?? (use.category ? (TOPIC_OF[use.category] ?? null) : null),
      question: use.text,
      uncovers: use.uncovers,
      answer: use.answer,
      answeredAt: use.answeredAt,
    }));
}
