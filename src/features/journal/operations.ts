import * as z from "zod";
import { dayIn } from "../../lib/dates.ts";
import { AppError, notFound } from "../../lib/errors.ts";
import type { OwnerId } from "../../lib/ids.ts";
import { instantText } from "../../platform/clock.ts";
import { readOperation, writeOperation } from "../../platform/operation.ts";
import type { Db, Tx } from "../../platform/storage/database.ts";
import { readZone } from "../account/index.ts";
import { dropEntry, keepEntry, listTags } from "../record/index.ts";
import { differs, momentOf, settleWording } from "./rules.ts";
import {
  Capture,
  CaptureChanges,
  CaptureId,
  CaptureInput,
  type CaptureRevisionTable,
  type CaptureTable,
  ListInput,
  Names,
  Revision,
  type Wording,
} from "./schema.ts";
import {
  changeCapture,
  insertCapture,
  keepRevision,
  listCaptureRows,
  listOpenObstacles,
  listRevisions,
  listUnsharedWins,
  readCapture,
  updateWording,
} from "./store.ts";

function toWording(row: CaptureTable | CaptureRevisionTable): Wording {
  return {
    kind: row.kind,
    text: row.text,
    happenedOn: row.happened_on,
    energy: row.energy,
    projects: JSON.parse(row.projects) as string[],
    skills: JSON.parse(row.skills) as string[],
  };
}

function toCapture(row: CaptureTable): Capture {
  return {
    id: row.id,
    ...toWording(row),
    resolvedAt: row.resolved_at,
    deletedAt: row.deleted_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

async function requireRow(db: Db, owner: OwnerId, id: string): Promise<CaptureTable> {
  const row = await readCapture(db, owner, id);
  if (!row) throw notFound("This entry");
  return row;
}

/** The capture, deleted or not, or AppError `not_found`: also when it is somebody else's. */
export async function requireCapture(db: Db, owner: OwnerId, id: string): Promise<Capture> {
  return toCapture(await requireRow(db, owner, id));
}

/** Wins that this person was never told about, the latest first unless `order` says "asc": what a preparation proposes. */
export async function unsharedWins(
  db: Db,
  owner: OwnerId,
  personId: string,
  limit: number,
  order: "asc" | "desc" = "desc",
): Promise<Capture[]> {
  return (await listUnsharedWins(db, owner, personId, limit, order)).map(toCapture);
}

/** Challenges that are not settled, the oldest first. */
export async function openObstacles(db: Db, owner: OwnerId, limit: number): Promise<Capture[]> {
  return (await listOpenObstacles(db, owner, limit)).map(toCapture);
}

/** Writes the capture into the record, or takes it out while it is deleted. Returns it. */
async function record(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  zone: string,
  row: CaptureTable,
  isNew = false,
): Promise<Capture> {
  const capture = toCapture(row);
  if (capture.deletedAt !== null) {
    await dropEntry(tx, owner, capture.id);
    return capture;
  }
  await keepEntry(tx, owner, now, {
    id: capture.id,
    source: "capture",
    kind: capture.kind,
    text: capture.text,
    happenedAt: momentOf(capture.happenedOn, Temporal.Instant.from(capture.createdAt), zone),
    isNew,
    tags: [
      ...capture.projects.map((name) => ({ kind: "project" as const, name })),
      ...capture.skills.map((name) => ({ kind: "skill" as const, name })),
    ],
  });
  return capture;
}

export const captureThought = writeOperation({
  name: "journal.capture",
  summary: "Note a win, a challenge, a question, energy, a skill, feedback or anything else as it happens",
  input: CaptureInput,
  output: Capture,
  assistant: true,
  examples: [
    { kind: "win", text: "Shipped the billing migration two days early", projects: ["Billing"] },
    { kind: "challenge", text: "Two teams wait for my review; I am the only reviewer", happenedOn: "2026-03-02" },
    { kind: "energy", text: "Pairing with Noor", energy: 2, skills: ["Mentoring"] },
  ],
  async run({ owner, tx, now }, { energy = null, happenedOn, ...fields }) {
    const zone = await readZone(tx, owner);
    const today = dayIn(zone, now).toString();
    const wording = settleWording({ ...fields, energy, happenedOn: happenedOn ?? today }, today);
    return record(tx, owner, now, zone, await insertCapture(tx, owner, now, wording), true);
  },
});

export const listCaptures = readOperation({
  name: "journal.list",
  summary: "List what you noted, newest first",
  input: ListInput,
  output: z.object({ captures: z.array(Capture) }),
  assistant: true,
  examples: [{ kind: "win", from: "2026-01-01" }, { open: true }],
  async run({ owner, db }, input) {
    return { captures: (await listCaptureRows(db, owner, input)).map(toCapture) };
  },
});

export const showCapture = readOperation({
  name: "journal.show",
  summary: "Show one entry of the journal",
  input: CaptureId,
  output: Capture,
  assistant: true,
  run: ({ owner, db }, { id }) => requireCapture(db, owner, id),
});

export const editCapture = writeOperation({
  name: "journal.edit",
  summary: "Change an entry of the journal; every earlier wording is kept",
  input: CaptureChanges,
  output: Capture,
  async run({ owner, tx, now }, { id, ...changes }) {
    const before = await requireRow(tx, owner, id);
    if (before.deleted_at !== null) throw new AppError("conflict", "This entry was deleted. Restore it first, then change it.");
    const zone = await readZone(tx, owner);
    // The number goes with the kind: another kind leaves it behind, unless the edit names one.
    const energy = changes.kind && changes.kind !== "energy" ? null : before.energy;
    const wording = settleWording({ ...toWording(before), energy, ...changes }, dayIn(zone, now).toString());
    if (!differs(wording, toWording(before))) return toCapture(before);
    await keepRevision(tx, owner, before);
    const row = await updateWording(tx, owner, now, id, wording);
    return record(tx, owner, now, zone, row as CaptureTable);
  },
});

/** Sets one of the dates of a capture and brings the record in step. Doing it twice changes nothing. */
async function setDate(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  column: "deleted_at" | "resolved_at",
  happened: boolean,
): Promise<Capture> {
  const before = await requireRow(tx, owner, id);
  if ((before[column] !== null) === happened) return toCapture(before);
  const row = { ...before, [column]: happened ? instantText(now) : null };
  await changeCapture(tx, owner, id, { [column]: row[column] });
  return column === "deleted_at" ? record(tx, owner, now, await readZone(tx, owner), row) : toCapture(row);
}

export const deleteCapture = writeOperation({
  name: "journal.delete",
  summary: "Delete an entry of the journal; journal.restore brings it back",
  input: CaptureId,
  output: Capture,
  run: ({ owner, tx, now }, { id }) => setDate(tx, owner, now, id, "deleted_at", true),
});

export const restoreCapture = writeOperation({
  name: "journal.restore",
  summary: "Bring back an entry that was deleted",
  input: CaptureId,
  output: Capture,
  run: ({ owner, tx, now }, { id }) => setDate(tx, owner, now, id, "deleted_at", false),
});

export const resolveCapture = writeOperation({
  name: "journal.resolve",
  summary: "Note that a challenge is settled, or open again",
  input: CaptureId.extend({ open: z.boolean().default(false).describe("true: it is open again") }),
  output: Capture,
  async run({ owner, tx, now }, { id, open }) {
    const { kind } = await requireRow(tx, owner, id);
    if (kind !== "challenge") throw new AppError("invalid", "Only a challenge can be settled. This is another kind of entry.");
    return setDate(tx, owner, now, id, "resolved_at", !open);
  },
});

export const showHistory = readOperation({
  name: "journal.history",
  summary: "Show the earlier wordings of an entry, the latest first",
  input: CaptureId,
  output: z.object({ revisions: z.array(Revision) }),
  async run({ owner, db }, { id }) {
    await requireRow(db, owner, id);
    const rows = await listRevisions(db, owner, id);
    return { revisions: rows.map((row) => ({ ...toWording(row), writtenAt: row.written_at })) };
  },
});

export const listNames = readOperation({
  name: "journal.tags",
  summary: "List the projects and skills you have used, for completion",
  input: z.object({}),
  output: Names,
  async run({ owner, db }) {
    return { projects: await listTags(db, owner, "project"), skills: await listTags(db, owner, "skill") };
  },
});
