import { AppError, invalidField, notFound } from "../../../lib/errors.ts";
import { newId, type OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { writeOperation } from "../../../platform/operation.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import { requireMeeting } from "../../meetings/index.ts";
import { keepAsking } from "../../questions/index.ts";
import { isSeedLine } from "../../seeds/index.ts";
import {
  contentOf,
  emptyContent,
  isEmpty,
  newestContent,
  nextPosition,
  sameContent,
  toColumns,
  usualMinutes,
} from "../rules/items.ts";
import { type AgendaItemTable, Changed, type Content, SaveInput } from "../schema.ts";
import { insertItem, type ItemChanges, listItemRows, readItemRow, updateItem } from "../store.ts";
import { agendaChanged, isOnAgenda, requireAgenda, requireItemRow, toItem } from "./requiring.ts";

function typedContent(input: SaveInput, before: Content): Content {
  const {
    text = before.text,
    options = before.options,
    leaning = before.leaning,
    decisionWanted = before.decisionWanted,
    project = before.project,
    skill = before.skill,
  } = input;
  return { text, options, leaning, decisionWanted, project, skill };
}

/** Two wrote the same item at once: both versions go to the page, so that neither is lost. */
export function edited(mine: Content, theirs: AgendaItemTable): AppError {
  const message =
    "This was changed in another window since you opened it. Both versions are kept: choose one, or put them together.";
  return new AppError("conflict", message, { details: { mine, theirs: toItem(theirs) } });
}

async function freshRow(tx: Tx, owner: OwnerId, input: SaveInput): Promise<AgendaItemTable | undefined> {
  if (input.id !== undefined) {
    const row = await readItemRow(tx, owner, input.id);
    if (row && row.meeting_id !== input.meetingId) throw notFound("This item of the agenda");
    if (row) return row;
  }
  if (input.id !== undefined && (input.version ?? 0) > 0) throw notFound("This item of the agenda");
  return undefined;
}

async function createItem(tx: Tx, owner: OwnerId, now: Temporal.Instant, input: SaveInput): Promise<AgendaItemTable> {
  const content = typedContent(input, emptyContent);
  const rows = await listItemRows(tx, owner, input.meetingId);
  const row = await insertItem(tx, owner, now, {
    id: input.id ?? newId(),
    meeting_id: input.meetingId,
    kind: input.kind,
    ...toColumns(content),
    minutes: input.minutes ?? usualMinutes[input.kind],
    position: nextPosition(input.kind, rows),
  });
  if (row) return row;
  // There is one need in a talk; another window was faster with it, or this very form was sent twice.
  const present = (await listItemRows(tx, owner, input.meetingId)).find(
    (one) => one.id === input.id || (one.kind === input.kind && one.removed_at === null && one.settled_at === null),
  );
  if (!present) throw notFound("This item of the agenda");
  if (sameContent(newestContent(toItem(present)), content)) return present;
  throw edited(content, present);
}

/** There is one need in a talk: an earlier one that comes back while there is another becomes a topic. */
export async function kindOnReturn(tx: Tx, owner: OwnerId, row: AgendaItemTable): Promise<Pick<AgendaItemTable, "kind">> {
  if (row.kind !== "need" || (row.removed_at === null && row.settled_at === null)) return { kind: row.kind };
  const others = await listItemRows(tx, owner, row.meeting_id);
  const isTaken = others.some((one) => one.kind === "need" && one.removed_at === null && one.settled_at === null);
  return { kind: isTaken ? "topic" : "need" };
}

/** What saving writes: words over a prepared item wait beside it, and saving something taken out brings it back as a draft. */
function draftChanges(row: AgendaItemTable, content: Content, minutes: number | undefined): ItemChanges {
  const back =
    row.removed_at === null && row.settled_at === null ? {} : { removed_at: null, settled_at: null, prepared_at: null };
  if (isOnAgenda(row)) return { draft: sameContent(contentOf(row), content) ? null : JSON.stringify(content) };
  return { ...back, ...toColumns(content), draft: null, ...(minutes === undefined ? {} : { minutes }) };
}

async function saveOver(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  row: AgendaItemTable,
  input: SaveInput,
): Promise<AgendaItemTable> {
  if (row.kind === "carried")
    throw invalidField("text", "These words stand in your commitments. Change them there, or add a topic of your own.");
  const before = newestContent(toItem(row));
  const content = typedContent(input, before);
  if (sameContent(before, content) && row.removed_at === null) return row;
  if (input.version !== undefined && input.version !== row.version) throw edited(content, row);
  const saved = await updateItem(tx, owner, now, row, {
    ...draftChanges(row, content, input.minutes),
    ...(await kindOnReturn(tx, owner, row)),
  });
  if (saved) return saved;
  throw edited(content, await requireItemRow(tx, owner, row.id));
}

async function save(tx: Tx, owner: OwnerId, now: Temporal.Instant, input: SaveInput): Promise<AgendaItemTable> {
  await requireMeeting(tx, owner, input.meetingId);
  await requireAgenda(tx, owner, input.meetingId);
  const row = await freshRow(tx, owner, input);
  return row ? saveOver(tx, owner, now, row, input) : createItem(tx, owner, now, input);
}

/** Puts the newest words of an item on the agenda. Throws `invalid` when there are none. */
export async function putOnAgenda(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  row: AgendaItemTable,
): Promise<typeof Changed._output> {
  const content = newestContent(toItem(row));
  if (content.text === "")
    throw invalidField("text", isEmpty(content) ? "Write something here first." : "Say in a sentence what it is about.");
  const isThere = isOnAgenda(row) && row.draft === null;
  if (isThere) return { item: toItem(row), approval: "none" };
  const { kind } = await kindOnReturn(tx, owner, row);
  const changes = {
    kind,
    ...toColumns(content),
    draft: null,
    removed_at: null,
    settled_at: null,
    prepared_at: row.prepared_at ?? instantText(now),
  };
  const saved = await updateItem(tx, owner, now, row, changes);
  if (!saved) throw edited(content, await requireItemRow(tx, owner, row.id));
  // A line about a seed has its answer with the seed.
  if (saved.kind === "growth" && saved.carried_from === null && !(await isSeedLine(tx, owner, saved.id))) {
    const { personId } = await requireMeeting(tx, owner, saved.meeting_id);
    const { text, project, skill } = content;
    await keepAsking(tx, owner, now, { itemId: saved.id, meetingId: saved.meeting_id, personId, text, project, skill });
  }
  return { item: toItem(saved), approval: await agendaChanged(tx, owner, now, row.meeting_id) };
}

export const saveItem = writeOperation({
  name: "agenda.saveItem",
  summary: "Save a private draft of an item; it is on the agenda only once its owner puts it there",
  input: SaveInput,
  output: Changed,
  assistant: true,
  examples: [{ meetingId: "MEETING", kind: "topic", text: "Who looks after the pilot in August?" }],
  async run({ owner, tx, now }, input) {
    return { item: toItem(await save(tx, owner, now, input)), approval: "none" as const };
  },
});

export const putItem = writeOperation({
  name: "agenda.putItem",
  summary: "Save an item and put it on the agenda",
  input: SaveInput,
  output: Changed,
  async run({ owner, tx, now }, input) {
    return putOnAgenda(tx, owner, now, await save(tx, owner, now, input));
  },
});
