import { sql } from "kysely";
import type { OwnerId } from "../../../lib/ids.ts";
import type { Db } from "../../../platform/storage/database.ts";

/** Which of these meetings talked about growth. Dates and kinds of an agenda are read here, never words. */
export async function meetingsWithGrowth(db: Db, owner: OwnerId, meetingIds: readonly string[]): Promise<Set<string>> {
  if (meetingIds.length === 0) return new Set();
  const rows = await db
    .selectFrom("agenda_item")
    .select("meeting_id")
    .distinct()
    .where("owner_id", "=", owner)
    .where("meeting_id", "in", meetingIds)
    .where("kind", "=", "growth")
    .where("discussed_at", "is not", null)
    .execute();
  return new Set(rows.map((row) => row.meeting_id));
}

/** What stands on one agenda, in numbers: minutes and items planned, and challenges that came over from earlier talks. */
export async function plannedIn(
  db: Db,
  owner: OwnerId,
  meetingId: string,
): Promise<{ minutes: number; items: number; carriedChallenges: number }> {
  const rows = await db
    .selectFrom("agenda_item")
    .select(["kind", "minutes", "carried_from", "prepared_at"])
    .where("owner_id", "=", owner)
    .where("meeting_id", "=", meetingId)
    .where("removed_at", "is", null)
    .where("settled_at", "is", null)
    .execute();
  const planned = rows.filter((row) => row.prepared_at !== null);
  return {
    minutes: planned.reduce((sum, row) => sum + row.minutes, 0),
    items: planned.length,
    carriedChallenges: rows.filter((row) => row.kind === "challenge" && row.carried_from?.startsWith("item:")).length,
  };
}

/** Hours between agenda and meeting of the last agendas that were sent to a person, newest first. */
export async function leadHours(db: Db, owner: OwnerId, personId: string, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom("delivery")
    .select("lead_minutes")
    .where("owner_id", "=", owner)
    .where("person_id", "=", personId)
    .where("kind", "=", "agenda")
    .where("sent_at", "is not", null)
    .orderBy("sent_at", "desc")
    .limit(limit)
    .execute();
  return rows.flatMap((row) => (row.lead_minutes === null ? [] : [row.lead_minutes / 60]));
}

/** The wins since a day, and who heard of each: the roles of those who were told. */
export async function winsSince(db: Db, owner: OwnerId, from: string): Promise<{ happenedOn: string; roles: string[] }[]> {
  const { rows } = await sql<{ id: string; happened_on: string; role: string | null }>`
    select c.id as id, c.happened_on as happened_on, p.role as role from capture as c
    left join telling as t on t.owner_id = c.owner_id and t.capture_id = c.id
    left join person as p on p.owner_id = t.owner_id and p.id = t.person_id
    where c.owner_id = ${owner} and c.kind = 'win' and c.deleted_at is null and c.happened_on >= ${from}`.execute(db);
  const byWin = Map.groupBy(rows, (row) => row.id);
  return [...byWin.values()].map((told) => ({
    happenedOn: told[0]?.happened_on ?? from,
    roles: told.flatMap((one) => (one.role === null ? [] : [one.role])),
  }));
}

/** When each project was first named in the record, by its key. Instants as text. */
export async function firstNamed(db: Db, owner: OwnerId): Promise<Map<string, string>> {
  const { rows } = await sql<{ name_key: string; first_at: string }>`
    select t.name_key as name_key, min(e.happened_at) as first_at from record_tag as t
    join record_entry as e on e.owner_id = t.owner_id and e.id = t.entry_id
    where t.owner_id = ${owner} and t.kind = 'project' group by t.name_key`.execute(db);
  return new Map(rows.map((row) => [row.name_key, row.first_at]));
}

/**
 * What the owner works on or learns, by name. Of what only a note on energy names nothing is proposed: that note is nobody else's, and
 * neither is what it is about.
 */
export async function namesToPropose(db: Db, owner: OwnerId, kind: "project" | "skill"): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select max(t.name) as name from record_tag as t
    join record_entry as e on e.owner_id = t.owner_id and e.id = t.entry_id
    where t.owner_id = ${owner} and t.kind = ${kind} and e.kind <> 'energy' group by t.name_key order by t.name_key`.execute(db);
  return rows.map((row) => row.name);
}
