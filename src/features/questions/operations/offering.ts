import * as z from "zod";
import { AppError, notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { readOperation } from "../../../platform/operation.ts";
import type { Db } from "../../../platform/storage/database.ts";
import { heldMeetingsBefore, type Meeting, requireMeeting } from "../../meetings/index.ts";
import { requirePerson } from "../../people/index.ts";
import { matching } from "../rules/bank.ts";
import { filled, type Known, type Named } from "../rules/filling.ts";
import {
  audienceFor,
  fromThreeCategories,
  growthCategories,
  inTurn,
  MOST_A_MEETING,
  ranked,
  REST_DAYS,
  type Situation,
} from "../rules/ranking.ts";
import { signalsFrom, stagesFrom, whyOf } from "../rules/signals.ts";
import { type Surface, surfaceOf } from "../rules/surface.ts";
import { askedAt, isAlive, usedId } from "../rules/uses.ts";
import { ListInput, type Offer, OfferInput, Offers, Question, type Stage, Swap, SwapInput } from "../schema.ts";
import { carriedRoots, listUseRows, type UseRow } from "../store/uses.ts";
import { allQuestions } from "./bank.ts";
import { factsFor, knownFor } from "./circumstances.ts";

export const listQuestions = readOperation({
  name: "questions.list",
  summary: "List questions with what each uncovers: the bank's and your own, by category, stage or words",
  input: ListInput,
  output: z.object({ questions: z.array(Question) }),
  assistant: true,
  examples: [{ category: "promotion" }, { text: "decide" }],
  async run({ owner, db }, filter) {
    return { questions: matching(await allQuestions(db, owner), filter) };
  },
});

interface About extends Named {
  readonly personId: string;
  readonly meetingId: string;
  readonly stage?: Stage | undefined;
  /** Signals that a later feature knows of, such as `blindspot_gap`. */
  readonly signals?: readonly string[];
  /** The place is for a question about growth: those come first. */
  readonly isAboutGrowth?: boolean;
  /** Only what can be asked as it is, with no gap left to fill. */
  readonly isReady?: boolean;
}

/** Asked within 60 days, or waiting in a preparation (S40). */
function isRecent(use: UseRow, now: Temporal.Instant): boolean {
  const since = instantText(now.subtract({ hours: 24 * REST_DAYS }));
  const asked = askedAt(use);
  return asked === null ? isAlive(use) && use.chosen_at >= since : asked >= since;
}

/** What is not offered: what rests, and what was found not worth asking (S40). */
function restingFor(uses: readonly UseRow[], now: Temporal.Instant): Set<string> {
  return new Set(uses.filter((use) => use.worth === "no" || isRecent(use, now)).flatMap((use) => usedId(use) ?? []));
}

/**
 * Refuses a question that somebody heard within 60 days, or that waits for them in another line of a preparation (S40). For the agenda.
 * `exceptItem`: the line that it is chosen for. Throws AppError `conflict`.
 */
export async function refuseResting(
  db: Db,
  owner: OwnerId,
  now: Temporal.Instant,
  { personId, questionId, exceptItem }: { readonly personId: string; readonly questionId: string; readonly exceptItem: string },
): Promise<void> {
  const uses = await listUseRows(db, owner, { personId });
  const recent = uses.find((use) => usedId(use) === questionId && use.item_id !== exceptItem && isRecent(use, now));
  if (!recent) return;
  if (askedAt(recent) === null)
    throw new AppError("conflict", "This question waits in a preparation with the same person already.");
  throw new AppError("conflict", `They heard this question within ${REST_DAYS} days. Choose another one, or ask it later.`);
}

async function situationOf(db: Db, owner: OwnerId, now: Temporal.Instant, about: About, meeting: Meeting): Promise<Situation> {
  const person = await requirePerson(db, owner, about.personId);
  const signals = new Set([...signalsFrom(await factsFor(db, owner, now, meeting)), ...(about.signals ?? [])]);
  const uses = await listUseRows(db, owner, { personId: about.personId });
  const [last] = await heldMeetingsBefore(db, owner, meeting, 1);
  const lastUses = uses.filter((use) => use.meeting_id === last?.id && askedAt(use) !== null);
  return {
    signals,
    stages: new Set([...stagesFrom(signals), ...(about.stage ? [about.stage] : [])]),
    audience: audienceFor(person.role),
    resting: restingFor(uses, now),
    lastCategories: new Set(lastUses.flatMap((use) => use.category ?? [])),
  };
}

function toOffer(question: Question, known: Known, named: Named, signals: ReadonlySet<string>): Offer {
  const { id, category, text, uncovers, followUp, isOwn } = question;
  const { text: words, gaps } = filled(text, known, named);
  const reasons = question.signals.filter((signal) => signals.has(signal)).flatMap((signal) => whyOf(signal) ?? []);
  return { id, category, text, uncovers, followUp: filled(followUp, known, named).text, isOwn, filled: words, gaps, reasons };
}

async function meetingWith(db: Db, owner: OwnerId, meetingId: string, personId: string): Promise<Meeting> {
  const meeting = await requireMeeting(db, owner, meetingId);
  await requirePerson(db, owner, personId);
  if (meeting.personId !== personId) throw notFound("A meeting with this person");
  return meeting;
}

/** How many questions a meeting still takes: two are enough for one talk. */
export async function questionsLeft(db: Db, owner: OwnerId, meetingId: string, exceptItem?: string): Promise<number> {
  const here = (await listUseRows(db, owner, { meetingId })).filter((use) => isAlive(use) && use.item_id !== exceptItem);
  // One that came over because there was no time for it takes its place in this talk.
  const carried = await listUseRows(db, owner, { itemIds: await carriedRoots(db, owner, meetingId) });
  const counted = [...here, ...carried].filter((use) => usedId(use) !== null);
  return Math.max(0, MOST_A_MEETING - counted.length);
}

/** Three questions of three categories for a talk with somebody, ranked by what the record shows (S30, S40); none once there are two. */
export async function offers(db: Db, owner: OwnerId, now: Temporal.Instant, about: About): Promise<Offers> {
  const meeting = await meetingWith(db, owner, about.meetingId, about.personId);
  const left = await questionsLeft(db, owner, meeting.id);
  if (left === 0) return { offers: [], left };
  const situation = await situationOf(db, owner, now, about, meeting);
  const known = await knownFor(db, owner, now, about.personId);
  const all = ranked(await allQuestions(db, owner), situation);
  const fitting = about.isReady ? all.filter((one) => filled(one.text, known, about).gaps.length === 0) : all;
  const best = fromThreeCategories(fitting, about.isAboutGrowth ? growthCategories : new Set());
  return { offers: best.map((question) => toOffer(question, known, about, situation.signals)), left };
}

export const offerQuestions = readOperation({
  name: "questions.offer",
  summary: "Offer three questions of three categories for a meeting, with what each uncovers and why now",
  input: OfferInput,
  output: Offers,
  assistant: true,
  run: ({ owner, db, now }, input) => offers(db, owner, now, input),
});

const NO_SITUATION: Situation = {
  signals: new Set(),
  stages: new Set(),
  audience: ["manager"],
  resting: new Set(),
  lastCategories: new Set(),
};

interface SwapAbout extends Named {
  readonly meetingId?: string | undefined;
}

/** Of equal rank, what needs less to be filled in comes first: the person has just typed a short question. */
async function better(db: Db, owner: OwnerId, now: Temporal.Instant, found: Surface, about: SwapAbout): Promise<Offer[]> {
  const meeting = about.meetingId === undefined ? undefined : await requireMeeting(db, owner, about.meetingId);
  const personId = meeting?.personId;
  const situation = meeting
    ? await situationOf(db, owner, now, { ...about, personId: meeting.personId, meetingId: meeting.id }, meeting)
    : NO_SITUATION;
  const known = await knownFor(db, owner, now, personId);
  const best = ranked(await allQuestions(db, owner), situation);
  const gapless = best.filter((one) => filled(one.text, known, about).gaps.length === 0);
  const ready = [...gapless, ...best.filter((one) => !gapless.includes(one))];
  return inTurn(ready, found.instead).map((question) => toOffer(question, known, about, situation.signals));
}

/** Three better questions of at least two categories in place of one that asks for a verdict; undefined when it asks for something exact (S41). */
export async function swapFor(
  db: Db,
  owner: OwnerId,
  now: Temporal.Instant,
  text: string,
  about: SwapAbout = {},
): Promise<{ surface: string; offers: Offer[] } | undefined> {
  const found = surfaceOf(text);
  return found && { surface: found.surface, offers: await better(db, owner, now, found, about) };
}

export const swapQuestion = readOperation({
  name: "questions.swap",
  summary: 'Find three better questions in place of one that only asks for a verdict, such as "How am I doing?"',
  input: SwapInput,
  output: Swap,
  assistant: true,
  examples: [{ text: "How am I doing?" }],
  async run({ owner, db, now }, { text, meetingId }) {
    if (meetingId !== undefined) await requireMeeting(db, owner, meetingId);
    return (await swapFor(db, owner, now, text, { meetingId })) ?? { surface: null, offers: [] };
  },
});
