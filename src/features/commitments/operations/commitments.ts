import type * as z from "zod";
import { AppError, notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { readOperation, writeOperation } from "../../../platform/operation.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import { readOwner } from "../../account/index.ts";
import { requirePerson } from "../../people/index.ts";
import { byUrgency, daysBetween, ledgerEntry, toCommitment, toQuestion } from "../rules.ts";
import {
  AddInput,
  CloseInput,
  CommitmentId,
  type CommitmentTable,
  type Happening,
  LedgerEntry,
  Ledgers,
  ListInput,
  RenegotiateInput,
} from "../schema.ts";
import {
  insertEvent,
  listCommitmentRows,
  listEventRows,
  listQuestionRows,
  readCommitmentRow,
  updateCommitment,
  updateOpenCommitment,
} from "../store.ts";
import { putCommitment, recordCommitment } from "./keeping.ts";

async function entriesOf(
  db: Db,
  owner: OwnerId,
  now: Temporal.Instant,
  rows: readonly CommitmentTable[],
): Promise<LedgerEntry[]> {
  const { zone } = await readOwner(db, owner);
  const events = Map.groupBy(
    await listEventRows(
      db,
      owner,
      rows.map((row) => row.id),
    ),
    (event) => event.commitment_id,
  );
  return rows.map((row) => ledgerEntry(row, events.get(row.id) ?? [], now, zone)).toSorted(byUrgency);
}

async function requireRow(db: Db, owner: OwnerId, id: string): Promise<CommitmentTable> {
  const row = await readCommitmentRow(db, owner, id);
  if (!row) throw notFound("This commitment");
  return row;
}

async function entryOf(db: Db, owner: OwnerId, now: Temporal.Instant, id: string): Promise<LedgerEntry> {
  const [entry] = await entriesOf(db, owner, now, [await requireRow(db, owner, id)]);
  if (!entry) throw notFound("This commitment");
  return entry;
}

export const listCommitments = readOperation({
  name: "commitments.list",
  summary: "List what was promised in your 1:1s: your own side first, then theirs, then open questions",
  input: ListInput,
  output: Ledgers,
  assistant: true,
  examples: [{ open: true }],
  async run({ owner, db, now }, filter) {
    const entries = await entriesOf(db, owner, now, await listCommitmentRows(db, owner, filter));
    const { zone } = await readOwner(db, owner);
    const questions = (await listQuestionRows(db, owner, filter)).map((row) => ({
      ...toQuestion(row),
      ageDays: daysBetween(row.opened_at, now, zone),
    }));
    return {
      mine: entries.filter((entry) => entry.side === "mine"),
      theirs: entries.filter((entry) => entry.side === "theirs"),
      questions,
    };
  },
});

export const showCommitment = readOperation({
  name: "commitments.show",
  summary: "Show one commitment with its history",
  input: CommitmentId,
  output: LedgerEntry,
  assistant: true,
  run: ({ owner, db, now }, { id }) => entryOf(db, owner, now, id),
});

export const addCommitment = writeOperation({
  name: "commitments.add",
  summary: "Write down a promise that was made outside a recap; stays private until you put it on an agenda",
  input: AddInput,
  output: LedgerEntry,
  assistant: true,
  async run({ owner, tx, now }, { personId, side, text, dueOn = null }) {
    await requirePerson(tx, owner, personId);
    const id = await putCommitment(tx, owner, now, { personId, meetingId: null, side, text, dueOn, isShared: false });
    return entryOf(tx, owner, now, id);
  },
});

interface Change {
  readonly happening: Happening;
  readonly dueOn: string | null;
  readonly note: string;
}

async function noteChange(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  row: CommitmentTable,
  change: Change,
): Promise<LedgerEntry> {
  await insertEvent(tx, owner, now, {
    commitment_id: row.id,
    happening: change.happening,
    due_on: change.dueOn,
    note: change.note,
  });
  await recordCommitment(tx, owner, now, row);
  return entryOf(tx, owner, now, row.id);
}

/** Closes an open commitment. Closed the same way before: nothing happens twice. Closed the other way: a conflict that says so. */
async function close(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  input: z.output<typeof CloseInput>,
  how: "kept" | "dropped",
): Promise<LedgerEntry> {
  const row = await updateOpenCommitment(tx, owner, now, input.id, { [`${how}_at`]: instantText(now) });
  if (row) return noteChange(tx, owner, now, row, { happening: how, dueOn: row.due_on, note: input.note });
  const { state } = toCommitment(await requireRow(tx, owner, input.id));
  if (state === how) return entryOf(tx, owner, now, input.id);
  throw new AppError("conflict", `This commitment was ${state} already. Open it again first.`);
}

export const keepCommitment = writeOperation({
  name: "commitments.keep",
  summary: "Note that a commitment was kept",
  input: CloseInput,
  output: LedgerEntry,
  assistant: true,
  run: ({ owner, tx, now }, input) => close(tx, owner, now, input, "kept"),
});

export const dropCommitment = writeOperation({
  name: "commitments.drop",
  summary: "Note that a commitment is no longer expected",
  input: CloseInput,
  output: LedgerEntry,
  assistant: true,
  run: ({ owner, tx, now }, input) => close(tx, owner, now, input, "dropped"),
});

export const renegotiateCommitment = writeOperation({
  name: "commitments.renegotiate",
  summary: "Note a newly agreed date or other words for an open commitment; the earlier ones stay in its history",
  input: RenegotiateInput,
  output: LedgerEntry,
  assistant: true,
  async run({ owner, tx, now }, { id, dueOn = null, note, text }) {
    const present = await requireRow(tx, owner, id);
    const isReworded = text !== undefined && text !== present.text;
    const { state } = toCommitment(present);
    if (state !== "open") throw new AppError("conflict", `This commitment was ${state} already. Open it again first.`);
    if (present.due_on === dueOn && note === "" && !isReworded) return entryOf(tx, owner, now, id);
    const row = await updateOpenCommitment(tx, owner, now, id, { due_on: dueOn, ...(isReworded ? { text } : {}) });
    if (!row) throw new AppError("conflict", "This commitment was closed in the meantime. Open it again first.");
    const before = isReworded ? [`Until then: ${present.text}`] : [];
    return noteChange(tx, owner, now, row, {
      happening: "renegotiated",
      dueOn,
      note: [note, ...before].filter(Boolean).join("\n"),
    });
  },
});

/** Notes that the other person said yes to an open commitment, at the moment they said it. A closed one stays as it is. */
export async function noteConfirmed(tx: Tx, owner: OwnerId, saidAt: Temporal.Instant, id: string): Promise<void> {
  const row = await requireRow(tx, owner, id);
  if (toCommitment(row).state !== "open") return;
  await insertEvent(tx, owner, saidAt, { commitment_id: id, happening: "confirmed", due_on: row.due_on, note: "" });
}

export const reopenCommitment = writeOperation({
  name: "commitments.reopen",
  summary: "Open a kept or dropped commitment again",
  input: CloseInput,
  output: LedgerEntry,
  assistant: true,
  async run({ owner, tx, now }, { id, note }) {
    const present = await requireRow(tx, owner, id);
    if (toCommitment(present).state === "open") return entryOf(tx, owner, now, id);
    const row = await updateCommitment(tx, owner, now, id, { kept_at: null, dropped_at: null });
    if (!row) throw notFound("This commitment");
    return noteChange(tx, owner, now, row, { happening: "reopened", dueOn: row.due_on, note });
  },
});
