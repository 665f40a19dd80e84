import { dayIn } from "../../../lib/dates.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db } from "../../../platform/storage/database.ts";
import { readOwner } from "../../account/index.ts";
import { listCommitments, openFor } from "../../commitments/index.ts";
import { listCaptures, openObstacles, unsharedWins } from "../../journal/index.ts";
import { type Meeting, meetingsBefore } from "../../meetings/index.ts";
import { listPeople, type Person, requirePerson } from "../../people/index.ts";
import type { Known } from "../rules/filling.ts";
import type { Facts } from "../rules/signals.ts";
import { firstNamed, leadHours, meetingsWithGrowth, namesToPropose, plannedIn, winsSince } from "../store/circumstances.ts";
import { listUseRows } from "../store/uses.ts";

const LAST_MEETINGS = 8;
const LAST_AGENDAS = 6;
const NEWEST = 50;

const daysAgo = (today: Temporal.PlainDate, days: number): string => today.subtract({ days }).toString();
const daysFrom = (day: string, today: Temporal.PlainDate): number =>
  Temporal.PlainDate.from(day).until(today, { largestUnit: "days" }).days;

/** What the owner noted in the last weeks, in counts. */
async function fromJournal(db: Db, owner: OwnerId, now: Temporal.Instant, today: Temporal.PlainDate) {
  const list = (from: string, kind?: "energy") =>
    listCaptures.run({ owner, db, now }, { from, limit: 200, ...(kind ? { kind } : {}) });
  const { captures: lately } = await list(daysAgo(today, 30));
  const { captures: energy } = await list(daysAgo(today, 60), "energy");
  const byProject = Map.groupBy(
    energy.flatMap((one) =>
      (one.projects.length > 0 ? one.projects : [""]).map((project) => ({ project, energy: one.energy ?? 0 })),
    ),
    (one) => one.project,
  );
  return {
    energies: [...byProject.values()].map((notes) => notes.map((one) => one.energy)),
    stuckNotes: lately.filter((one) => /\bstuck\b/iu.test(one.text)).length,
    projectsAtOnce: new Set(lately.flatMap((one) => one.projects.map((name) => name.toLowerCase()))).size,
  };
}

async function fromWins(db: Db, owner: OwnerId, today: Temporal.PlainDate) {
  const wins = await winsSince(db, owner, daysAgo(today, 180));
  const lately = wins.filter((win) => win.happenedOn >= daysAgo(today, 90));
  return {
    wins: lately.length,
    winsUnshared: lately.filter((win) => win.roles.length === 0 && win.happenedOn < daysAgo(today, 21)).length,
    toldWidely: wins.filter((win) => win.roles.length > 0).map((win) => win.roles.some((role) => role !== "manager")),
  };
}

async function fromPromises(db: Db, owner: OwnerId, now: Temporal.Instant, personId: string, today: Temporal.PlainDate) {
  const { mine, theirs } = await listCommitments.run({ owner, db, now }, { personId });
  const isDue = (dueOn: string | null): boolean => dueOn !== null && dueOn <= today.toString() && dueOn >= daysAgo(today, 56);
  return {
    theirPromises: theirs.filter((one) => one.state === "open").map(({ overdueDays, ageDays }) => ({ overdueDays, ageDays })),
    // Kept by the end of the agreed day, as the calendar of UTC has it: half a day is neither here nor there.
    ownDue: mine
      .filter((one) => isDue(one.dueOn) && one.state !== "dropped")
      .map((one) => one.keptAt !== null && one.keptAt.slice(0, 10) <= (one.dueOn ?? "")),
  };
}

async function fromMeetings(db: Db, owner: OwnerId, before: readonly Meeting[]) {
  const held = before.filter((one) => one.state === "held");
  const growth = await meetingsWithGrowth(
    db,
    owner,
    held.map((one) => one.id),
  );
  const last = held.findIndex((one) => growth.has(one.id));
  return {
    heldMeetings: held.length,
    heldWithoutGrowth: last === -1 ? held.length : last,
    fellAway: before
      .slice(0, LAST_MEETINGS)
      .map((one) => one.state === "not_held" || (one.state === "cancelled" && one.cancelReason === "cancelled")),
  };
}

async function daysSinceHandOver(db: Db, owner: OwnerId, person: Person, today: Temporal.PlainDate): Promise<number | null> {
  if (person.predecessorId === null) return null;
  const { endedOn } = await requirePerson(db, owner, person.predecessorId);
  return endedOn === null ? null : Math.max(0, daysFrom(endedOn, today));
}

async function daysSinceExpectations(db: Db, owner: OwnerId, personId: string, now: Temporal.Instant): Promise<number | null> {
  const uses = await listUseRows(db, owner, { personId });
  const last = uses
    .flatMap((one) => (one.category === "expectations" && one.answered_at ? [one.answered_at] : []))
    .toSorted()
    .at(-1);
  return last === undefined ? null : Math.floor(now.since(last, { largestUnit: "hours" }).hours / 24);
}

/** Everything that the signals are computed from, for one person and one meeting. */
export async function factsFor(db: Db, owner: OwnerId, now: Temporal.Instant, meeting: Meeting): Promise<Facts> {
  const { zone } = await readOwner(db, owner);
  const today = dayIn(zone, now);
  const person = await requirePerson(db, owner, meeting.personId);
  const before = await meetingsBefore(db, owner, meeting, 2 * LAST_MEETINGS);
  const planned = await plannedIn(db, owner, meeting.id);
  const monthAgo = instantText(now.subtract({ hours: 24 * 30 }));
  const named = [...(await firstNamed(db, owner)).values()];
  return {
    daysSinceHandOver: await daysSinceHandOver(db, owner, person, today),
    ...(await fromMeetings(db, owner, before)),
    carriedChallenges: planned.carriedChallenges,
    ...(await fromPromises(db, owner, now, meeting.personId, today)),
    ...(await fromWins(db, owner, today)),
    ...(await fromJournal(db, owner, now, today)),
    // Where everything is new, nothing is.
    newProjects: named.some((at) => at < monthAgo) ? named.filter((at) => at >= monthAgo).length : 0,
    daysSinceExpectations: await daysSinceExpectations(db, owner, meeting.personId, now),
    leadHours: await leadHours(db, owner, meeting.personId, LAST_AGENDAS),
    plannedMinutes: planned.minutes,
    plannedItems: planned.items,
    slotMinutes: meeting.minutes,
  };
}

/** The owner's own words for the gaps of questions to one person (S38). */
export async function knownFor(db: Db, owner: OwnerId, now: Temporal.Instant, personId: string | undefined): Promise<Known> {
  const { people } = await listPeople.run({ owner, db, now }, {});
  const others = people.filter((one) => one.id !== personId && one.endedOn === null);
  const wins = personId === undefined ? [] : await unsharedWins(db, owner, personId, NEWEST);
  const promises = personId === undefined ? [] : (await openFor(db, owner, personId)).theirs;
  return {
    projects: await namesToPropose(db, owner, "project"),
    skills: await namesToPropose(db, owner, "skill"),
    wins: wins.map((one) => one.text),
    challenges: (await openObstacles(db, owner, NEWEST)).map((one) => one.text),
    people: others.map((one) => one.name),
    promises: promises.map((one) => one.text),
  };
}
