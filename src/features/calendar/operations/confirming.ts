import * as z from "zod";
import { AppError, invalidField, notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { readOperation, writeOperation } from "../../../platform/operation.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import { leadSeriesWith, leadsOf, nextMeeting, type SeriesLead } from "../../meetings/index.ts";
import { addPerson, listPeople, type Person, requirePerson } from "../../people/index.ts";
import { findOneToOne } from "../rules/finding.ts";
import { fingerprintOf, lastStart } from "../rules/finding-series.ts";
import { type CalendarFollowingTable, ConfirmInput, type EventSeries, Following } from "../schema/following.ts";
import { listEventSeries } from "../store/finding.ts";
import {
  addUids,
  insertFollowing,
  listFollowings,
  listFollowingsOfSource,
  listUids,
  readFollowing,
  releaseStopped,
} from "../store/following.ts";
import { updateSource } from "../store/sources.ts";
import { findingFacts, requireEventSeries } from "./finding.ts";
import { followSeries, releaseFollowing } from "./following.ts";

async function toFollowing(
  db: Db,
  owner: OwnerId,
  now: Temporal.Instant,
  row: CalendarFollowingTable,
  lead: SeriesLead | undefined,
): Promise<Following> {
  const next = await nextMeeting(db, owner, now, row.person_id);
  return {
    id: row.id,
    sourceId: row.source_id,
    seriesKey: row.series_key,
    title: row.title,
    personId: row.person_id,
    seriesId: row.series_id,
    rhythm: lead?.rhythm ?? "",
    confirmedAt: row.confirmed_at,
    nextMeetingId: next?.id ?? null,
    nextStartAt: next?.startsAt ?? null,
    zone: next?.zone ?? null,
    doubtedZone: lead?.doubtedZone ?? null,
  };
}

async function showFollowing(db: Db, owner: OwnerId, now: Temporal.Instant, row: CalendarFollowingTable): Promise<Following> {
  return toFollowing(db, owner, now, row, (await leadsOf(db, owner)).get(row.series_id));
}

/** The living following that has one of these UIDs already. */
async function presentFollowing(db: Db, owner: OwnerId, sourceId: string, series: EventSeries) {
  const rows = await listFollowingsOfSource(db, owner, sourceId);
  const uids = await listUids(
    db,
    owner,
    rows.map((one) => one.id),
  );
  return rows.find((one) => one.series_key === series.key || series.uids.some((uid) => uids.get(one.id)?.has(uid)));
}

type Whom = z.output<typeof ConfirmInput>;

/** Somebody known by that address or, without one, by that very name is not added a second time. */
async function personFor(tx: Tx, owner: OwnerId, now: Temporal.Instant, { name, email = null, role }: Whom): Promise<Person> {
  if (name === undefined) throw invalidField("name", "Say who this 1:1 is with.");
  const { people } = await listPeople.run({ owner, db: tx, now }, {});
  const isSame = (one: Person): boolean =>
    email === null ? one.name.toLowerCase() === name.toLowerCase() : one.email?.toLowerCase() === email.toLowerCase();
  const known = people.find((one) => one.endedOn === null && isSame(one));
  if (known) return known;
  const hasManager = people.some((one) => one.endedOn === null && one.role === "manager");
  const added = await addPerson.run(
    { owner, tx, now },
    { name, email, role: role ?? (hasManager ? "other" : "manager"), note: "" },
  );
  return requirePerson(tx, owner, added.id);
}

async function whom(tx: Tx, owner: OwnerId, now: Temporal.Instant, series: EventSeries, input: Whom): Promise<Person> {
  if (input.personId !== undefined) return requirePerson(tx, owner, input.personId);
  if (input.name !== undefined) return personFor(tx, owner, now, input);
  const all = (await listEventSeries(tx, owner, input.sourceId)).map((one) => one.series);
  const finding = findOneToOne(series, await findingFacts(tx, owner, now, all));
  if (finding?.personId) return requirePerson(tx, owner, finding.personId);
  return personFor(tx, owner, now, { ...input, name: finding?.name ?? undefined, email: finding?.email ?? null });
}

function mustBePresent(person: Person): void {
  if (person.endedOn !== null)
    throw new AppError(
      "conflict",
      `You noted that your work with ${person.name} ended. Choose somebody else, or add them again.`,
    );
}

export const confirmCandidate = writeOperation({
  name: "calendar.confirm",
  summary: "Say that an event of your calendar is your 1:1 with somebody; from then on those meetings follow the calendar",
  input: ConfirmInput,
  output: Following,
  examples: [{ sourceId: "0199…", seriesKey: "7f3a@google.com", name: "Dana Kim", email: "dana@example.org" }],
  async run({ owner, tx, now }, input) {
    const { sourceId, seriesKey } = input;
    // On PostgreSQL a second click, or a reading of this calendar, waits here until this transaction is over.
    if (!(await updateSource(tx, owner, now, sourceId, {}))) throw notFound("This calendar");
    await releaseStopped(tx, owner, now);
    const series = await requireEventSeries(tx, owner, sourceId, seriesKey);
    const present = await presentFollowing(tx, owner, sourceId, series);
    if (present) {
      if (input.personId !== undefined && input.personId !== present.person_id)
        throw new AppError("conflict", "This event is already followed as the 1:1 with somebody else. Stop following it first.");
      return showFollowing(tx, owner, now, present);
    }
    const person = await whom(tx, owner, now, series, input);
    mustBePresent(person);
    const seriesId = await leadSeriesWith(tx, owner, now, person.id);
    const all = (await listEventSeries(tx, owner, sourceId)).map((one) => one.series);
    const { self } = await findingFacts(tx, owner, now, all);
    const row = await insertFollowing(tx, owner, now, {
      source_id: sourceId,
      series_key: seriesKey,
      title: series.title,
      fingerprint: fingerprintOf(series, self),
      person_id: person.id,
      series_id: seriesId,
      last_start_at: lastStart(series),
    });
    if (!row) throw new AppError("conflict", "Somebody confirmed this event in this very moment. Look at the page again.");
    await addUids(tx, owner, row.id, series.uids);
    await followSeries(tx, owner, now, seriesId);
    return showFollowing(tx, owner, now, row);
  },
});

export const releaseCalendar = writeOperation({
  name: "calendar.release",
  summary: "Stop following an event of your calendar; the meetings stay where they are",
  input: z.object({ id: z.string() }),
  output: z.object({ id: z.string(), personId: z.string() }),
  async run({ owner, tx, now }, { id }) {
    const row = await readFollowing(tx, owner, id);
    if (!row) throw notFound("What you follow");
    if (row.released_at === null) await releaseFollowing(tx, owner, now, row);
    return { id, personId: row.person_id };
  },
});

export const listCalendarFollowings = readOperation({
  name: "calendar.followings",
  summary: "List the events of your calendars that lead your 1:1s",
  input: z.object({}),
  output: z.object({ followings: z.array(Following) }),
  async run({ owner, db, now }) {
    const leads = await leadsOf(db, owner);
    const followings: Following[] = [];
    for (const row of await listFollowings(db, owner))
      followings.push(await toFollowing(db, owner, now, row, leads.get(row.series_id)));
    return { followings };
  },
});
