import { invalidField } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { readOperation, writeOperation, type WriteContext } from "../../../platform/operation.ts";
import type { Db } from "../../../platform/storage/database.ts";
import { type Capture, openObstacles, unsharedWins } from "../../journal/index.ts";
import { type Meeting, meetingsBefore, requireMeeting } from "../../meetings/index.ts";
import { offers } from "../../questions/index.ts";
import { rootRef } from "../rules/carrying.ts";
import { newestContent } from "../rules/items.ts";
import { needFromChallenge, openItems, openLines, rowFor } from "../rules/proposing.ts";
import { Agenda, type AgendaItemTable, ChooseAllInput, type Item, MeetingRef, type Proposal, Sheet } from "../schema.ts";
import { listItemRows, listPrepared } from "../store.ts";
import { goToStep } from "./arranging.ts";
import { chooseQuestion } from "./asking.ts";
import { chooseCapture } from "./choosing.ts";
import { prepareItem, removeItem, restoreItem } from "./items.ts";
import { openAgenda, openBefore } from "./opening.ts";
import { agendaView, proposedSeed } from "./reading.ts";
import { repeatedChallenges } from "./repeating.ts";
import { isOnAgenda } from "./requiring.ts";
import { putItem } from "./saving.ts";
import { takeSeed } from "./taking.ts";
import { noteTime } from "./timing.ts";

const EARLIER = 12;

function toProposal(kind: Proposal["kind"], { id, text, happenedOn }: Capture): Proposal {
  return { captureId: id, kind, text, happenedOn };
}

/** The need of the last talk, while nobody ticked it off: this person read it then. */
async function needLastTime(db: Db, owner: OwnerId, meeting: Meeting): Promise<string | undefined> {
  const last = (await meetingsBefore(db, owner, meeting, EARLIER)).find((one) => one.state === "held");
  if (!last) return undefined;
  return (await listPrepared(db, owner, last.id)).find((item) => item.kind === "need" && item.discussedAt === null)?.text;
}

async function proposedNeed(
  db: Db,
  owner: OwnerId,
  meeting: Meeting,
  items: readonly Item[],
  carried: string | undefined,
): Promise<Sheet["need"]> {
  const present = items.find((item) => item.kind === "need");
  if (present) return { id: present.id, version: present.version, text: newestContent(present).text, isOld: false };
  const text = carried ?? (await needLastTime(db, owner, meeting));
  return text === undefined ? null : { id: null, version: 0, text, isOld: true };
}

/** The one that waits longest and the latest one: the first is forgotten most easily, the second is the freshest. */
async function proposedWins(db: Db, owner: OwnerId, personId: string, chosen: ReadonlySet<string | null>): Promise<Capture[]> {
  const isNew = (capture: Capture): boolean => !chosen.has(capture.id);
  const [oldest, latest] = await Promise.all(
    (["asc", "desc"] as const).map(async (order) =>
      (await unsharedWins(db, owner, personId, 1 + chosen.size, order)).find(isNew),
    ),
  );
  return [oldest, latest].filter(
    (one, index, all) => one !== undefined && all.findIndex((other) => other?.id === one.id) === index,
  ) as Capture[];
}

/**
 * What can be asked as it is; a question with a gap is for the step that fills it. Its gaps were filled with what the captures beside
 * it are about, and it is bound to that (S30): a question that names no work and no skill is about none.
 */
async function readyQuestions(
  db: Db,
  owner: OwnerId,
  now: Temporal.Instant,
  meeting: Meeting,
  beside: readonly Capture[],
): Promise<Sheet["questions"]> {
  const project = beside.flatMap((one) => one.projects)[0] ?? "";
  const skill = beside.flatMap((one) => one.skills)[0] ?? "";
  const found = await offers(db, owner, now, {
    personId: meeting.personId,
    meetingId: meeting.id,
    project,
    skill,
    isAboutGrowth: true,
    isReady: true,
  });
  return found.offers.map(({ id, filled, uncovers }) => ({
    questionId: id,
    text: filled,
    uncovers,
    project: filled.includes(project) ? project : "",
    skill: filled.includes(skill) ? skill : "",
  }));
}

export const proposeAgenda = readOperation({
  name: "agenda.propose",
  summary: "Propose a whole agenda on one page; nothing of it is on the agenda until it is chosen",
  input: MeetingRef,
  output: Sheet,
  assistant: true,
  async run({ owner, db, now }, { meetingId }) {
    const meeting = await requireMeeting(db, owner, meetingId);
    const agenda = await agendaView(db, owner, now, meeting);
    const carried = agenda.startedAt === null ? await openBefore(db, owner, now, meeting) : [];
    const rows = await listItemRows(db, owner, meetingId);
    const chosen = new Set([
      ...rows.filter((row) => row.removed_at === null).map((row) => row.capture_id),
      ...carried.map((one) => one.captureId),
    ]);
    const wins = await proposedWins(db, owner, meeting.personId, chosen);
    const obstacle = (await openObstacles(db, owner, 1 + chosen.size)).find((one) => !chosen.has(one.id));
    const kinds = new Set([...agenda.items.filter((item) => item.preparedAt !== null), ...carried].map((one) => one.kind));
    return {
      need: await proposedNeed(db, owner, meeting, agenda.items, carried.find((one) => one.kind === "need")?.content.text),
      wins: wins.map((one) => toProposal("win", one)),
      challenge: obstacle ? { ...toProposal("challenge", obstacle), asNeed: needFromChallenge(obstacle.text) } : null,
      questions: kinds.has("growth")
        ? []
        : await readyQuestions(db, owner, now, meeting, [...(obstacle ? [obstacle] : []), ...wins]),
      seed: await proposedSeed(db, owner, now, meeting, [...rows.map(rootRef), ...carried.map((one) => one.ref)]),
      repeated:
        agenda.startedAt === null
          ? await repeatedChallenges(
              db,
              owner,
              meeting,
              carried.map((one) => ({ ...one, ...one.content })),
            )
          : agenda.repeated,
      open: agenda.startedAt === null ? openLines(carried) : openItems(agenda.items, agenda.takenOut),
      kinds: [...kinds],
    };
  },
});

/** What was still open: chosen lines are on the agenda, the others of this page are left out, private ones stay private. */
async function settleOpen(context: WriteContext, input: ChooseAllInput): Promise<void> {
  const rows = await listItemRows(context.tx, context.owner, input.meetingId);
  for (const ref of input.open ?? []) {
    const row = rowFor(rows, ref);
    if (row && row.removed_at !== null) await restoreItem.run(context, { id: row.id });
    if (row && row.prepared_at === null) await prepareItem.run(context, { id: row.id });
  }
  for (const ref of input.leave ?? []) {
    const row = rowFor(rows, ref);
    if (row && isOnAgenda(row)) await removeItem.run(context, { id: row.id });
  }
}

/** What is wanted decided about challenges that came over. A decision about one that is left out belongs to nothing. */
async function putDecisions(context: WriteContext, { meetingId, decisions = [] }: ChooseAllInput): Promise<void> {
  const typed = decisions.filter((one) => one.text !== "");
  const rows = typed.length === 0 ? [] : await listItemRows(context.tx, context.owner, meetingId);
  for (const { ref, text } of typed) {
    const row = rowFor(rows, ref);
    if (!row || !isOnAgenda(row) || row.kind !== "challenge")
      throw invalidField("decisions", "Tick the challenge that this decision is about, or empty this field.");
    await putItem.run(context, { meetingId, id: row.id, version: row.version, kind: "challenge", decisionWanted: text });
  }
}

async function putChallenge(context: WriteContext, input: ChooseAllInput, item: Item): Promise<Item> {
  const { meetingId, decisionWanted = "" } = input;
  if (decisionWanted === "" || item.decisionWanted === decisionWanted) return item;
  const put = await putItem.run(context, { meetingId, id: item.id, version: item.version, kind: "challenge", decisionWanted });
  return put.item;
}

/** Captures and lines of one's own; gives the first challenge among them. */
async function putChosen(context: WriteContext, input: ChooseAllInput): Promise<Item | undefined> {
  const { meetingId, captures = [], written = [], question, seedId } = input;
  const items: Item[] = [];
  for (const { captureId, kind } of captures) items.push((await chooseCapture.run(context, { meetingId, captureId, kind })).item);
  for (const { id, kind, text, project, skill } of written.filter((one) => one.text !== ""))
    items.push((await putItem.run(context, { meetingId, id, kind, text, project, skill })).item);
  if (question) await chooseQuestion.run(context, { meetingId, ...question, put: true });
  if (seedId) await takeSeed.run(context, { meetingId, seedId, put: true });
  const challenge = items.find((item) => item.kind === "challenge");
  if (!challenge && input.decisionWanted)
    throw invalidField("decisionWanted", "Choose the challenge that this decision is about, or empty this field.");
  return challenge && putChallenge(context, input, challenge);
}

function activeNeed(rows: readonly AgendaItemTable[]): AgendaItemTable | undefined {
  return rows.find((row) => row.kind === "need" && row.removed_at === null && row.settled_at === null);
}

async function putNeed(context: WriteContext, input: ChooseAllInput, challenge: Item | undefined): Promise<void> {
  const { meetingId, needVersion, needFromChallenge: isChallenge = false } = input;
  const text = input.need || (isChallenge && challenge ? needFromChallenge(challenge.text) : "");
  const present = activeNeed(await listItemRows(context.tx, context.owner, meetingId));
  if (text === "" && present && isOnAgenda(present)) return;
  if (text === "") throw invalidField("need", "Say what you need from this talk, in a sentence.");
  // A need that came over just now was on the page without a version: its words are chosen or replaced here.
  const version = needVersion === 0 && present?.carried_from ? present.version : needVersion;
  await putItem.run(context, { meetingId, id: present?.id, version, kind: "need", text });
}

export const chooseAgenda = writeOperation({
  name: "agenda.choose",
  summary: "Put what was chosen on one page on the agenda: the need, captures, lines of your own, what is still open",
  input: ChooseAllInput,
  output: Agenda,
  async run(context, input) {
    const { owner, tx, now } = context;
    const { meetingId, seconds = 0 } = input;
    const meeting = await requireMeeting(tx, owner, meetingId);
    await openAgenda.run(context, { meetingId });
    await settleOpen(context, input);
    await putDecisions(context, input);
    await putNeed(context, input, await putChosen(context, input));
    await goToStep.run(context, { meetingId, step: "minutes" });
    if (seconds > 0) await noteTime.run(context, { meetingId, seconds });
    return agendaView(tx, owner, now, meeting);
  },
});
