import { sql } from "kysely";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import type { AnswerDetailTable, LightQuestionTable, Standing } from "../schema.ts";

export async function insertDetail(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  captureId: string,
  detail: Pick<AnswerDetailTable, "horizon" | "goal" | "owned_by" | "decision">,
): Promise<void> {
  await tx
    .insertInto("answer_detail")
    .values({ owner_id: owner, capture_id: captureId, ...detail, created_at: instantText(now) })
    .execute();
}

/** What belongs to answers beside their words, by the id of the journal's entry. */
export async function detailsOf(db: Db, owner: OwnerId, captureIds: readonly string[]): Promise<Map<string, AnswerDetailTable>> {
  if (captureIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("answer_detail")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("capture_id", "in", captureIds)
    .execute();
  return new Map(rows.map((row) => [row.capture_id, row]));
}

// What was ticked off in a talk was told in it only while the talk counts as held.
const reallyTold = sql<boolean>`(t.channel <> 'talk' or exists (select 1 from meeting as m where m.owner_id = t.owner_id and m.id = t.meeting_id and m.held_at is not null))`;

/** When a person was last told anything of each kind of entry. What was deleted since does not count. */
export async function lastToldByKind(
  db: Db,
  owner: OwnerId,
  personId: string,
  kinds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ kind: string; told_at: string }>`select c.kind as kind, max(t.told_at) as told_at
    from telling as t join capture as c on c.owner_id = t.owner_id and c.id = t.capture_id
    where t.owner_id = ${owner} and t.person_id = ${personId} and c.deleted_at is null and c.kind in (${sql.join(kinds)}) and ${reallyTold}
    group by c.kind`.execute(db);
  return new Map(rows.map((row) => [row.kind, row.told_at]));
}

/** The last telling of each of these entries to a person. */
export async function lastTellings(
  db: Db,
  owner: OwnerId,
  personId: string,
  captureIds: readonly string[],
): Promise<Map<string, NonNullable<Standing["told"]>>> {
  if (captureIds.length === 0) return new Map();
  const { rows } = await sql<
    NonNullable<Standing["told"]> & { captureId: string }
  >`select t.capture_id as "captureId", t.told_at as at,
      t.channel as channel, t.meeting_id as "meetingId", t.delivery_id as "deliveryId"
    from telling as t where t.owner_id = ${owner} and t.person_id = ${personId} and t.capture_id in (${sql.join(captureIds)}) and ${reallyTold}
    order by t.told_at, t.id`.execute(db);
  return new Map(rows.map(({ captureId, ...told }) => [captureId, { ...told }]));
}

/** On which agenda of a talk still to come an entry stands. The agenda's own rows say it: this feature only looks. */
export async function preparedFor(
  db: Db,
  owner: OwnerId,
  personId: string,
  captureIds: readonly string[],
): Promise<Map<string, NonNullable<Standing["preparedFor"]>>> {
  if (captureIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("agenda_item")
    .innerJoin("meeting", (join) =>
      join.onRef("meeting.owner_id", "=", "agenda_item.owner_id").onRef("meeting.id", "=", "agenda_item.meeting_id"),
    )
    .select(["agenda_item.capture_id", "meeting.id", "meeting.starts_at", "meeting.zone"])
    .where("agenda_item.owner_id", "=", owner)
    .where("agenda_item.capture_id", "in", captureIds)
    .where("agenda_item.prepared_at", "is not", null)
    .where("agenda_item.removed_at", "is", null)
    .where("agenda_item.settled_at", "is", null)
    .where("meeting.person_id", "=", personId)
    .where("meeting.held_at", "is", null)
    .where("meeting.not_held_at", "is", null)
    .where("meeting.cancelled_at", "is", null)
    .orderBy("meeting.starts_at", "desc")
    .execute();
  return new Map(
    rows.map(({ capture_id, id, starts_at, zone }) => [capture_id as string, { meetingId: id, startsAt: starts_at, zone }]),
  );
}

/** How many wins carry one of these skills. */
export async function countWinsWith(db: Db, owner: OwnerId, skillKeys: readonly string[]): Promise<number> {
  if (skillKeys.length === 0) return 0;
  const { rows } = await sql<{ found: number | string }>`select count(distinct e.id) as found from record_entry as e
    join record_tag as r on r.owner_id = e.owner_id and r.entry_id = e.id
    where e.owner_id = ${owner} and e.source = 'capture' and e.kind = 'win' and r.kind = 'skill' and r.name_key in (${sql.join(skillKeys)})`.execute(
    db,
  );
  return Number(rows[0]?.found ?? 0);
}

export function readQuestion(db: Db, owner: OwnerId, meetingId: string): Promise<LightQuestionTable | undefined> {
  return db
    .selectFrom("light_question")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("meeting_id", "=", meetingId)
    .executeTakeFirst();
}

/** What was asked last in the preparation of another meeting with this person. */
export function readLastQuestion(
  db: Db,
  owner: OwnerId,
  personId: string,
  exceptMeetingId: string,
): Promise<LightQuestionTable | undefined> {
  return db
    .selectFrom("light_question")
    .selectAll()
    .where("owner_id", "=", owner)
    .where("person_id", "=", personId)
    .where("meeting_id", "<>", exceptMeetingId)
    .orderBy("asked_at", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** Notes what is asked in a preparation; the first of two at once stays. */
export async function insertQuestion(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  question: Pick<LightQuestionTable, "meeting_id" | "person_id" | "prompt">,
): Promise<void> {
  await tx
    .insertInto("light_question")
    .values({ owner_id: owner, ...question, asked_at: instantText(now), skipped_at: null, capture_id: null })
    .onConflict((conflict) => conflict.columns(["owner_id", "meeting_id"]).doNothing())
    .execute();
}

export async function updateQuestion(
  tx: Tx,
  owner: OwnerId,
  meetingId: string,
  changes: Partial<Pick<LightQuestionTable, "skipped_at" | "capture_id">>,
): Promise<void> {
  await tx.updateTable("light_question").set(changes).where("owner_id", "=", owner).where("meeting_id", "=", meetingId).execute();
}
