import * as z from "zod";
import { dayIn } from "../../../lib/dates.ts";
import { AppError, notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { readOperation, writeOperation } from "../../../platform/operation.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import { readOwner } from "../../account/index.ts";
import { showPerson } from "../../people/index.ts";
import { type AnswerAbout, answersAbout } from "../../questions/index.ts";
import { categoryOf, differs, preferenceIn, settleWording } from "../rules/card.ts";
import {
  Card,
  CardChanges,
  CardEntry,
  CardEntryId,
  type CardEntryTable,
  CardInput,
  CardRevision,
  type CardWording,
  PersonRef,
  type Preference,
} from "../schema.ts";
import { changeEntry, insertEntry, keepRevision, listEntries, listRevisions, readEntry } from "../store/card.ts";

function wordingOf(row: CardWording): CardWording {
  const { category, text, timing, channel, depth } = row;
  return { category, text, timing, channel, depth };
}

function toEntry(row: CardEntryTable): CardEntry {
  return {
    ...wordingOf(row),
    id: row.id,
    personId: row.person_id,
    notedOn: row.noted_on,
    source: "typed",
    question: null,
    meetingId: null,
    deletedAt: row.deleted_at,
  };
}

function fromAnswer(about: AnswerAbout, personId: string, zone: string): CardEntry {
  return {
    id: about.useId,
    personId,
    category: categoryOf(about),
    text: about.answer,
    timing: null,
    channel: null,
    depth: null,
    notedOn: dayIn(zone, Temporal.Instant.from(about.answeredAt)).toString(),
    source: "answer",
    question: about.question,
    meetingId: about.meetingId,
    deletedAt: null,
  };
}

async function requireRow(db: Db, owner: OwnerId, id: string): Promise<CardEntryTable> {
  const row = await readEntry(db, owner, id);
  if (!row) throw notFound("This entry of the card");
  return row;
}

/** What is known about a person: what was typed, and what questions uncovered, the latest first (S15). */
async function cardOf(db: Db, owner: OwnerId, personId: string): Promise<Card> {
  const typed = (await listEntries(db, owner, personId)).map(toEntry);
  const { zone } = await readOwner(db, owner);
  // Derived: the answer itself stays with its question, and changes here when it is changed there.
  const answered = (await answersAbout(db, owner, personId)).map((answer) => fromAnswer(answer, personId, zone));
  const present = [...typed.filter((entry) => entry.deletedAt === null), ...answered];
  const entries = present.toSorted((a, b) => (a.notedOn < b.notedOn ? 1 : a.notedOn > b.notedOn ? -1 : 0));
  return { personId, entries, deleted: typed.filter((entry) => entry.deletedAt !== null), preference: preferenceIn(entries) };
}

/** How this person wants to hear of trouble, as last noted; null when nothing is known (S44). */
export async function troublePreference(db: Db, owner: OwnerId, personId: string): Promise<Preference | null> {
  return (await cardOf(db, owner, personId)).preference;
}

export const showCard = readOperation({
  name: "card.show",
  summary: "Show what you know about a person: priorities, pressures, how they like news, and where each came from",
  input: PersonRef,
  output: Card,
  assistant: true,
  async run({ owner, db, now }, { personId }) {
    await showPerson.run({ owner, db, now }, { id: personId });
    return cardOf(db, owner, personId);
  },
});

export const noteOnCard = writeOperation({
  name: "card.note",
  summary: "Note what you know about a person; it is private",
  input: CardInput,
  output: CardEntry,
  assistant: true,
  examples: [
    { personId: "PERSON", category: "priorities", text: "Fewer late deliveries before summer" },
    { personId: "PERSON", category: "news", text: "", timing: "early", channel: "phone", depth: "headline" },
  ],
  async run({ owner, tx, now }, { personId, category, text, timing = null, channel = null, depth = null }) {
    await showPerson.run({ owner, db: tx, now }, { id: personId });
    const wording = settleWording({ category, text, timing, channel, depth });
    const notedOn = dayIn((await readOwner(tx, owner)).zone, now).toString();
    return toEntry(await insertEntry(tx, owner, now, { ...wording, personId, notedOn }));
  },
});

export const editCard = writeOperation({
  name: "card.edit",
  summary: "Change an entry of a person's card; every earlier wording is kept",
  input: CardChanges,
  output: CardEntry,
  async run({ owner, tx, now }, { id, ...changes }) {
    const before = await requireRow(tx, owner, id);
    if (before.deleted_at !== null)
      throw new AppError("conflict", "This entry was deleted. Bring it back first, then change it.");
    const wording = settleWording({ ...wordingOf(before), ...changes });
    if (!differs(wording, before)) return toEntry(before);
    await keepRevision(tx, owner, before);
    return toEntry(await changeEntry(tx, owner, id, { ...wording, updated_at: instantText(now) }));
  },
});

async function setDeleted(tx: Tx, owner: OwnerId, now: Temporal.Instant, id: string, gone: boolean): Promise<CardEntry> {
  const before = await requireRow(tx, owner, id);
  if ((before.deleted_at !== null) === gone) return toEntry(before);
  return toEntry(await changeEntry(tx, owner, id, { deleted_at: gone ? instantText(now) : null }));
}

export const deleteFromCard = writeOperation({
  name: "card.delete",
  summary: "Take an entry off a person's card; card.restore brings it back",
  input: CardEntryId,
  output: CardEntry,
  run: ({ owner, tx, now }, { id }) => setDeleted(tx, owner, now, id, true),
});

export const restoreToCard = writeOperation({
  name: "card.restore",
  summary: "Bring an entry of a person's card back",
  input: CardEntryId,
  output: CardEntry,
  run: ({ owner, tx, now }, { id }) => setDeleted(tx, owner, now, id, false),
});

export const showCardHistory = readOperation({
  name: "card.history",
  summary: "Show an entry of a person's card and its earlier wordings, the latest first",
  input: CardEntryId,
  output: z.object({ entry: CardEntry, revisions: z.array(CardRevision) }),
  async run({ owner, db }, { id }) {
    const entry = toEntry(await requireRow(db, owner, id));
    const rows = await listRevisions(db, owner, id);
    return { entry, revisions: rows.map((row) => ({ ...wordingOf(row), writtenAt: row.written_at })) };
  },
});
