import type { OwnerId } from "../../../lib/ids.ts";
import { dayIn } from "../../../lib/dates.ts";
import { type Database, inTransaction } from "../../../platform/storage/database.ts";
import { saveProfile } from "../../account/index.ts";
import { answerPrompt, answerWaits, noteOnCard } from "../../blindspots/index.ts";
import { captureThought, listCaptures, resolveCapture } from "../../journal/index.ts";
import { handOver, keepMeetingsAhead, listMeetings, markHeld, type Meeting, scheduleSeries } from "../../meetings/index.ts";
import { addPerson } from "../../people/index.ts";
import { waiveRecap } from "../../recap/index.ts";
import { listSeeds, openSeed, plantSeed, revisitSeed, settleSeed } from "../../seeds/index.ts";
import told from "../data/story.json" with { type: "json" };
import { captureDay, firstMeetingDay } from "../rules.ts";
import { Story, type StoryCapture, type StoryWeek } from "../schema.ts";
import { tellMeeting } from "./meeting.ts";
import { type Teller, teller } from "./teller.ts";

const EVENING = "17:30";
const STILL_IN_THE_WAY = 2;
const DAYS_TO_RESOLVE = 16;

/** The evening of a day of the week before a meeting. */
function goToEvening(tell: Teller, meetingDay: Temporal.PlainDate, one: { readonly day: number }): Temporal.PlainDate {
  const { zone } = tell.story.owner;
  const day = captureDay(meetingDay, one, dayIn(zone, tell.now));
  tell.at(day.toZonedDateTime({ timeZone: zone, plainTime: EVENING }).toInstant());
  return day;
}

async function noteWeek(tell: Teller, captures: readonly StoryCapture[], meetingDay: Temporal.PlainDate): Promise<string[]> {
  const wins: string[] = [];
  for (const capture of captures) {
    const day = goToEvening(tell, meetingDay, capture);
    const { day: _day, ...fields } = capture;
    const noted = await tell.do(captureThought, { ...fields, happenedOn: day.toString() });
    if (capture.kind === "win") wins.push(noted.id);
  }
  return wins;
}

/** Answers to the five questions, the four waits, and what she learned about her manager. Returns what goes onto the agenda. */
async function lookInside(tell: Teller, week: StoryWeek, meetingDay: Temporal.PlainDate, personId: string): Promise<string[]> {
  const chosen: string[] = [];
  for (const { day, told, ...answer } of week.answers) {
    goToEvening(tell, meetingDay, { day });
    const { captureId } = await tell.do(answerPrompt, answer);
    if (told) chosen.push(captureId);
  }
  if (week.waits) await tell.do(answerWaits, week.waits);
  for (const entry of week.card) await tell.do(noteOnCard, { personId, ...entry });
  return chosen;
}

/** Her wishes for later: planted when she first says them, and what became of each. */
async function growSeeds(tell: Teller, week: StoryWeek, meetingDay: Temporal.PlainDate, personId: string): Promise<void> {
  for (const { day, text, said, opening, outcome, reason } of week.seeds) {
    goToEvening(tell, meetingDay, { day });
    const { seeds } = await tell.do(listSeeds, { all: true });
    const present = seeds.find((one) => one.text === text);
    if (!present) await tell.do(plantSeed, { personId, text, said });
    else if (said !== undefined) await tell.do(revisitSeed, { id: present.id, said });
    if (present && opening !== undefined) await tell.do(openSeed, { id: present.id, opening });
    if (present && outcome !== undefined) await tell.do(settleSeed, { id: present.id, outcome, reason });
  }
}

async function meetingOn(tell: Teller, personId: string, day: Temporal.PlainDate): Promise<Meeting | undefined> {
  const { meetings } = await tell.do(listMeetings, { from: day.toString(), to: day.toString(), personId });
  return meetings[0];
}

/** What was in the way is out of it after a while, except for what came up lately. */
async function resolveOldChallenges(
  tell: Teller,
  challenges: readonly { readonly id: string; readonly notedAt: Temporal.Instant }[],
): Promise<void> {
  for (const { id, notedAt } of challenges.slice(0, -STILL_IN_THE_WAY)) {
    tell.at(notedAt.add({ hours: 24 * DAYS_TO_RESOLVE }));
    await tell.do(resolveCapture, { id });
  }
}

/** The mentor's meetings have no agenda by mail: they are held, and nothing is written after them. */
async function holdMentorMeetings(tell: Teller, personId: string): Promise<void> {
  const { meetings } = await tell.do(listMeetings, { personId, limit: 500 });
  for (const meeting of meetings.filter((one) => Temporal.Instant.compare(one.endsAt, tell.now) < 0)) {
    tell.at(Temporal.Instant.from(meeting.endsAt));
    await tell.do(markHeld, { id: meeting.id });
    await tell.do(waiveRecap, { meetingId: meeting.id });
  }
}

/** Fills an empty database with the fictional person's 26 weeks, by the same operations that a person uses. The last week is now. */
export async function tellStory(database: Database, owner: OwnerId, now: Temporal.Instant): Promise<void> {
  const story = Story.parse(told);
  const tell = teller(database, owner, story, now);
  const { zone, name, email } = story.owner;
  const first = firstMeetingDay(story, now);
  tell.at(first.subtract({ days: 7 }).toZonedDateTime({ timeZone: zone, plainTime: "09:00" }).toInstant());

  await tell.do(saveProfile, { name, email, zone });
  const [before, after] = story.managers;
  const { time, minutes, everyWeeks } = story.series;
  let manager = await tell.do(addPerson, { name: before.name, email: before.email, role: "manager" });
  await tell.do(scheduleSeries, { personId: manager.id, startsOn: first.toString(), time, zone, minutes, everyWeeks });
  const mentor = await tell.do(addPerson, { name: story.mentor.name, role: story.mentor.role });
  const mentorDay = first.add({ days: 2 });
  await tell.do(scheduleSeries, {
    personId: mentor.id,
    startsOn: mentorDay.toString(),
    time: story.mentor.time,
    zone,
    minutes: story.mentor.minutes,
    everyWeeks: story.mentor.everyWeeks,
  });

  for (const [week, told] of story.weeks.entries()) {
    const { captures, meeting } = told;
    const day = first.add({ weeks: week });
    if (week === after.fromWeek) {
      const lastDay = day.subtract({ days: 3 });
      tell.at(lastDay.toZonedDateTime({ timeZone: zone, plainTime: "16:00" }).toInstant());
      ({ person: manager } = await tell.do(handOver, {
        personId: manager.id,
        name: after.name,
        email: after.email,
        on: lastDay.toString(),
      }));
    }
    const wins = await noteWeek(tell, captures, day);
    const answers = await lookInside(tell, told, day, manager.id);
    await growSeeds(tell, told, day, manager.id);
    const planned = meeting && (await meetingOn(tell, manager.id, day));
    if (meeting && planned) await tellMeeting(tell, meeting, planned, { wins, answers });
  }
  const { captures: challenges } = await tell.do(listCaptures, { kind: "challenge", limit: 100 });
  const oldestFirst = challenges.map(({ id, createdAt }) => ({ id, notedAt: Temporal.Instant.from(createdAt) })).reverse();
  await resolveOldChallenges(tell, oldestFirst);
  await holdMentorMeetings(tell, mentor.id);
  // The recurring job does this for one's own data; the example's file has none.
  await inTransaction(database, (tx) => keepMeetingsAhead(tx, owner, now));
}
