import { sql } from "kysely";
import { newId, type OwnerId } from "../../lib/ids.ts";
import { instantText } from "../../platform/clock.ts";
import type { Db, Tx } from "../../platform/storage/database.ts";
import { preparedWrite } from "../../platform/storage/prepared.ts";
import type { CaptureRevisionTable, CaptureTable, ListInput, Wording } from "./schema.ts";

function columnsOf({ kind, text, happenedOn, energy, projects, skills }: Wording) {
  return { kind, text, happened_on: happenedOn, energy, projects: JSON.stringify(projects), skills: JSON.stringify(skills) };
}

const insertRow = preparedWrite(
  `insert into capture (owner_id, id, kind, text, happened_on, energy, projects, skills, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);

export async function insertCapture(tx: Tx, owner: OwnerId, now: Temporal.Instant, wording: Wording): Promise<CaptureTable> {
  const at = instantText(now);
  const row = {
    owner_id: owner,
    id: newId(),
    ...columnsOf(wording),
    resolved_at: null,
    deleted_at: null,
    created_at: at,
    updated_at: at,
  };
  await insertRow(tx, [owner, row.id, row.kind, row.text, row.happened_on, row.energy, row.projects, row.skills, at, at]);
  return row;
}

export function readCapture(db: Db, owner: OwnerId, id: string): Promise<CaptureTable | undefined> {
  return db.selectFrom("capture").selectAll().where("owner_id", "=", owner).where("id", "=", id).executeTakeFirst();
}

/** Newest first; what was deleted only when asked for. */
export function listCaptureRows(
  db: Db,
  owner: OwnerId,
  { kind, from, to, open, deleted, limit }: ListInput,
): Promise<CaptureTable[]> {
  let rows = db.selectFrom("capture").selectAll().where("owner_id", "=", owner);
  rows = rows.where("deleted_at", deleted ? "is not" : "is", null);
  if (kind) rows = rows.where("kind", "=", kind);
  if (open) rows = rows.where("kind", "=", "challenge").where("resolved_at", "is", null);
  if (from) rows = rows.where("happened_on", ">=", from);
  if (to) rows = rows.where("happened_on", "<=", to);
  return rows.orderBy("happened_on", "desc").orderBy("id", "desc").limit(limit).execute();
}

/** Sets columns of one capture. `updated_at` is the moment of its wording: only a new wording moves it. */
export function changeCapture(
  tx: Tx,
  owner: OwnerId,
  id: string,
  changes: Partial<Omit<CaptureTable, "owner_id" | "id" | "created_at">>,
): Promise<CaptureTable | undefined> {
  return tx
    .updateTable("capture")
    .set(changes)
    .where("owner_id", "=", owner)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

export function updateWording(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  id: string,
  wording: Wording,
): Promise<CaptureTable | undefined> {
  return changeCapture(tx, owner, id, { ...columnsOf(wording), updated_at: instantText(now) });
}

/** Keeps the wording that an edit is about to replace, with the moment it was written. */
export async function keepRevision(tx: Tx, owner: OwnerId, row: CaptureTable): Promise<void> {
  const { id, kind, text, happened_on, energy, projects, skills, updated_at } = row;
  await tx
    .insertInto("capture_revision")
    .values({
      owner_id: owner,
      id: newId(),
      capture_id: id,
      kind,
      text,
      happened_on,
      energy,
      projects,
      skills,
      written_at: updated_at,
    })
    .execute();
}

/** Earlier wordings, the latest first. */
export function listRevisions(db: Db, owner: OwnerId, captureId: string): Promise<CaptureRevisionTable[]> {
  return db
    .selectFrom("capture_revision")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("capture_id", "=", captureId)
    .orderBy("written_at", "desc")
    .orderBy("id", "desc")
    .execute();
}

/** Wins that this person was never told about, the latest or the oldest first. */
export function listUnsharedWins(
  db: Db,
  owner: OwnerId,
  personId: string,
  limit: number,
  order: "asc" | "desc",
): Promise<CaptureTable[]> {
  return db
    .selectFrom("capture")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("kind", "=", "win")
    .where("deleted_at", "is", null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("telling")
            .select("telling.id")
            .where("telling.owner_id", "=", owner)
            .where("telling.person_id", "=", personId)
            .whereRef("telling.capture_id", "=", "capture.id"),
        ),
      ),
    )
    .orderBy("happened_on", order)
    .orderBy("id", order)
    .limit(limit)
    .execute();
}

/** Challenges that are not settled, the oldest first. */
export function listOpenObstacles(db: Db, owner: OwnerId, limit: number): Promise<CaptureTable[]> {
  return (
    db
      .selectFrom("capture")
      .selectAll()
      .where("owner_id", "=", owner)
      // The very words of the index's own condition: with a parameter, SQLite could not tell that it applies.
      .where(sql<boolean>`kind = 'challenge'`)
      .where("resolved_at", "is", null)
      .where("deleted_at", "is", null)
      .orderBy("happened_on")
      .orderBy("id")
      .limit(limit)
      .execute()
  );
}
