import type { OwnerId } from "../../../lib/ids.ts";
import { readOperation } from "../../../platform/operation.ts";
import type { Db } from "../../../platform/storage/database.ts";
import { dayIn } from "../../../lib/dates.ts";
import { openFor } from "../../commitments/index.ts";
import { type Capture, openObstacles, unsharedWins } from "../../journal/index.ts";
import { growthBlockIn, type Meeting, meetingsBefore, requireMeeting } from "../../meetings/index.ts";
import { seedToRevisit } from "../../seeds/index.ts";
import { comesLater, rootRef } from "../rules/carrying.ts";
import { inOrder, isEmpty, missingFor, needsLookAhead, newestContent, openers, stepKinds, wordsIn } from "../rules/items.ts";
import { planMinutes } from "../rules/minutes.ts";
import {
  Agenda,
  type AgendaItemTable,
  type Item,
  MeetingRef,
  type PreparedItem,
  Proposals,
  type Proposal,
  type SeedLine,
  type Step,
  steps,
} from "../schema.ts";
import { listItemRows, listPrepared, readAgendaRow } from "../store.ts";
import { repeatedChallenges } from "./repeating.ts";
import { isOnAgenda, toItem } from "./requiring.ts";

const PROPOSED_WINS = 5;
const PROPOSED_OBSTACLES = 3;
const MEETINGS_BACK = 12;

/** What is on the agenda of a meeting, in the order of the talk: only what its owner chose. Mails are built from this and nothing else. */
export async function preparedItems(db: Db, owner: OwnerId, meetingId: string): Promise<PreparedItem[]> {
  return inOrder(await listPrepared(db, owner, meetingId));
}

function stepState(step: Step, items: readonly Item[]): Agenda["steps"][number]["state"] {
  if (step === "minutes") return "empty";
  const here = items.filter((item) => (step === "carried" ? item.carriedFrom !== null : item.kind === stepKinds[step]));
  if (here.some((item) => item.preparedAt !== null)) return "prepared";
  return here.some((item) => !isEmpty(newestContent(item))) ? "draft" : "empty";
}

async function lookAheadHint(
  db: Db,
  owner: OwnerId,
  prepared: readonly PreparedItem[],
  before: Meeting | undefined,
): Promise<boolean> {
  return needsLookAhead(prepared, before && (await listPrepared(db, owner, before.id)));
}

function takenOut(row: AgendaItemTable): boolean {
  return row.removed_at !== null && row.carried_from !== null && row.settled_at === null && row.let_go_at === null;
}

/** Everything its owner sees of a preparation, private drafts included. */
export async function agendaView(db: Db, owner: OwnerId, now: Temporal.Instant, meeting: Meeting): Promise<Agenda> {
  const agenda = await readAgendaRow(db, owner, meeting.id);
  const rows = agenda ? await listItemRows(db, owner, meeting.id) : [];
  const items = inOrder(rows.filter((row) => row.removed_at === null && row.settled_at === null)).map(toItem);
  const prepared = rows.filter(isOnAgenda).map(toItem);
  const earlier = await meetingsBefore(db, owner, meeting, MEETINGS_BACK);
  const before = earlier.find((one) => one.state === "held");
  return {
    meetingId: meeting.id,
    startedAt: agenda?.started_at ?? null,
    readyAt: agenda?.ready_at ?? null,
    activeSeconds: agenda?.active_seconds ?? 0,
    step: agenda?.step ?? "need",
    steps: steps.map((step) => ({ step, state: stepState(step, items) })),
    items,
    takenOut: rows.filter(takenOut).map(toItem),
    minutes: planMinutes(prepared, meeting.minutes, await growthBlockIn(db, owner, meeting)),
    repeated: await repeatedChallenges(
      db,
      owner,
      meeting,
      items.map((item) => ({ ...item, ref: item.carriedFrom })),
    ),
    missing: missingFor(prepared),
    words: wordsIn(prepared),
    growthHint: await lookAheadHint(db, owner, prepared, before),
    waitsForEarlier: comesLater(earlier, now),
  };
}

/** The state of a preparation in a few numbers: for the start page and the list of meetings. Minutes include the growth block. */
export async function agendaSummary(
  db: Db,
  owner: OwnerId,
  meetingId: string,
): Promise<{ started: boolean; ready: boolean; missing: string[]; itemCount: number; ownCount: number; minutesPlanned: number }> {
  const meeting = await requireMeeting(db, owner, meetingId);
  const agenda = await readAgendaRow(db, owner, meetingId);
  const items = agenda ? await listPrepared(db, owner, meetingId) : [];
  const missing = missingFor(items);
  return {
    started: agenda !== undefined,
    ready: agenda?.ready_at !== null && agenda !== undefined && missing.length === 0,
    missing,
    itemCount: items.length,
    ownCount: items.filter((item) => item.carriedFrom === null).length,
    minutesPlanned: planMinutes(items, meeting.minutes, await growthBlockIn(db, owner, meeting)).planned,
  };
}

export const showAgenda = readOperation({
  name: "agenda.show",
  summary: "Show the preparation of a meeting: its items, their minutes, what is missing",
  input: MeetingRef,
  output: Agenda,
  assistant: true,
  async run({ owner, db, now }, { meetingId }) {
    return agendaView(db, owner, now, await requireMeeting(db, owner, meetingId));
  },
});

/** The wish that this talk could mention again (S39), if it has none. `refs` says what the preparation has, taken out or not. */
export async function proposedSeed(
  db: Db,
  owner: OwnerId,
  now: Temporal.Instant,
  meeting: Meeting,
  refs: readonly string[],
): Promise<SeedLine | null> {
  if (meeting.state !== "planned") return null;
  const itemIds = new Set(refs.map((ref) => ref.slice("item:".length)));
  const seed = await seedToRevisit(db, owner, now, { personId: meeting.personId, meetingId: meeting.id, itemIds });
  return seed ? { seedId: seed.id, text: seed.line, lastMentionedOn: seed.lastMentionedOn, daysSince: seed.daysSince } : null;
}

function toProposal(kind: Proposal["kind"]): (capture: Capture) => Proposal {
  return (capture) => ({ captureId: capture.id, kind, text: capture.text, happenedOn: capture.happenedOn });
}

export const listProposals = readOperation({
  name: "agenda.proposals",
  summary: "Propose what to bring: wins nobody was told, the oldest obstacle, promises that fall due before the meeting",
  input: MeetingRef,
  output: Proposals,
  assistant: true,
  async run({ owner, db, now }, { meetingId }) {
    const meeting = await requireMeeting(db, owner, meetingId);
    const rows = await listItemRows(db, owner, meetingId);
    const chosen = new Set(rows.filter((row) => row.removed_at === null).map((row) => row.capture_id));
    const isNew = (capture: Capture): boolean => !chosen.has(capture.id);
    const wins = await unsharedWins(db, owner, meeting.personId, PROPOSED_WINS + chosen.size);
    const obstacles = await openObstacles(db, owner, PROPOSED_OBSTACLES + chosen.size);
    const { mine, theirs } = await openFor(db, owner, meeting.personId);
    const until = dayIn(meeting.zone, Temporal.Instant.from(meeting.startsAt)).toString();
    return {
      wins: wins.filter(isNew).slice(0, PROPOSED_WINS).map(toProposal("win")),
      challenges: obstacles.filter(isNew).slice(0, PROPOSED_OBSTACLES).map(toProposal("challenge")),
      due: [...mine, ...theirs].flatMap(({ id, side, text, dueOn }) =>
        dueOn !== null && dueOn <= until ? [{ id, side, text, dueOn }] : [],
      ),
      seed: await proposedSeed(db, owner, now, meeting, rows.map(rootRef)),
      openers: [...openers],
    };
  },
});
