import { newId, type OwnerId } from "../../lib/ids.ts";
import { instantText } from "../../platform/clock.ts";
import type { Db, Tx } from "../../platform/storage/database.ts";
import type { CommitmentEventTable, CommitmentTable, OpenQuestionTable } from "./schema.ts";

interface Filter {
  readonly open?: boolean | undefined;
  readonly personId?: string | undefined;
}

export function listCommitmentRows(db: Db, owner: OwnerId, filter: Filter = {}): Promise<CommitmentTable[]> {
  return db
    .selectFrom("commitment")
    .selectAll()
    .where("owner_id", "=", owner)
    .$if(filter.personId !== undefined, (query) => query.where("person_id", "=", filter.personId as string))
    .$if(filter.open === true, (query) => query.where("kept_at", "is", null).where("dropped_at", "is", null))
    .$if(filter.open === false, (query) =>
      query.where((either) => either.or([either("kept_at", "is not", null), either("dropped_at", "is not", null)])),
    )
    .orderBy("opened_at")
    .orderBy("id")
    .execute();
}

export function readCommitmentRow(db: Db, owner: OwnerId, id: string): Promise<CommitmentTable | undefined> {
  return db.selectFrom("commitment").selectAll().where("owner_id", "=", owner).where("id", "=", id).executeTakeFirst();
}

/** The history of several commitments in one query, oldest first. */
export function listEventRows(db: Db, owner: OwnerId, commitmentIds: readonly string[]): Promise<CommitmentEventTable[]> {
  if (commitmentIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom("commitment_event")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("commitment_id", "in", commitmentIds)
    .orderBy("happened_at")
    .orderBy("id")
    .execute();
}

type NewCommitment = Pick<CommitmentTable, "person_id" | "meeting_id" | "side" | "text" | "due_on" | "shared_at">;

export async function insertCommitment(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  values: NewCommitment,
): Promise<CommitmentTable> {
  const at = instantText(now);
  const row = {
    owner_id: owner,
    id: newId(),
    ...values,
    opened_at: at,
    kept_at: null,
    dropped_at: null,
    created_at: at,
    updated_at: at,
  };
  await tx.insertInto("commitment").values(row).execute();
  return row;
}

export function updateCommitment(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  changes: Partial<Pick<CommitmentTable, "side" | "text" | "due_on" | "shared_at" | "kept_at" | "dropped_at">>,
): Promise<CommitmentTable | undefined> {
  return tx
    .updateTable("commitment")
    .set({ ...changes, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

/** Changes an open commitment; undefined when it was closed in the meantime or is not there. */
export function updateOpenCommitment(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  changes: Partial<Pick<CommitmentTable, "text" | "due_on" | "kept_at" | "dropped_at">>,
): Promise<CommitmentTable | undefined> {
  return tx
    .updateTable("commitment")
    .set({ ...changes, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .where("kept_at", "is", null)
    .where("dropped_at", "is", null)
    .returningAll()
    .executeTakeFirst();
}

export async function insertEvent(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  values: Pick<CommitmentEventTable, "commitment_id" | "happening" | "due_on" | "note">,
): Promise<void> {
  await tx
    .insertInto("commitment_event")
    .values({ owner_id: owner, id: newId(), ...values, happened_at: instantText(now) })
    .execute();
}

/** The words of the 'opened' event follow an edit, so that the history does not contradict the promise. */
export async function updateOpenedEvent(tx: Tx, owner: OwnerId, commitmentId: string, dueOn: string | null): Promise<void> {
  await tx
    .updateTable("commitment_event")
    .set({ due_on: dueOn })
    .where("owner_id", "=", owner)
    .where("commitment_id", "=", commitmentId)
    .where("happening", "=", "opened")
    .execute();
}

export async function deleteCommitment(tx: Tx, owner: OwnerId, id: string): Promise<void> {
  await tx.deleteFrom("commitment_event").where("owner_id", "=", owner).where("commitment_id", "=", id).execute();
  await tx.deleteFrom("commitment").where("owner_id", "=", owner).where("id", "=", id).execute();
}

export function listQuestionRows(db: Db, owner: OwnerId, filter: Filter = {}): Promise<OpenQuestionTable[]> {
  return db
    .selectFrom("open_question")
    .selectAll()
    .where("owner_id", "=", owner)
    .$if(filter.personId !== undefined, (query) => query.where("person_id", "=", filter.personId as string))
    .$if(filter.open === true, (query) => query.where("answered_at", "is", null).where("dropped_at", "is", null))
    .$if(filter.open === false, (query) =>
      query.where((either) => either.or([either("answered_at", "is not", null), either("dropped_at", "is not", null)])),
    )
    .orderBy("opened_at")
    .orderBy("id")
    .execute();
}

export function readQuestionRow(db: Db, owner: OwnerId, id: string): Promise<OpenQuestionTable | undefined> {
  return db.selectFrom("open_question").selectAll().where("owner_id", "=", owner).where("id", "=", id).executeTakeFirst();
}

export async function insertQuestion(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  values: Pick<OpenQuestionTable, "person_id" | "meeting_id" | "text" | "shared_at">,
): Promise<OpenQuestionTable> {
  const at = instantText(now);
  const row = {
    owner_id: owner,
    id: newId(),
    ...values,
    answer: "",
    opened_at: at,
    answered_at: null,
    dropped_at: null,
    created_at: at,
    updated_at: at,
  };
  await tx.insertInto("open_question").values(row).execute();
  return row;
}

export function updateQuestion(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  changes: Partial<Pick<OpenQuestionTable, "text" | "answer" | "shared_at" | "answered_at" | "dropped_at">>,
): Promise<OpenQuestionTable | undefined> {
  return tx
    .updateTable("open_question")
    .set({ ...changes, updated_at: instantText(now) })
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

export async function deleteQuestion(tx: Tx, owner: OwnerId, id: string): Promise<void> {
  await tx.deleteFrom("open_question").where("owner_id", "=", owner).where("id", "=", id).execute();
}
