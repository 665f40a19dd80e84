import { approveAgenda, chooseCapture, openAgenda, prepareItem, previewAgenda, saveItem } from "../../agenda/index.ts";
import { rateTalk } from "../../blindspots/index.ts";
import {
  answerQuestion,
  dropCommitment,
  keepCommitment,
  listCommitments,
  renegotiateCommitment,
} from "../../commitments/index.ts";
import { markSent } from "../../delivery/index.ts";
import { cancelMeeting, markHeld, markNotHeld, type Meeting, moveMeeting } from "../../meetings/index.ts";
import { approveRecap, openRecap, previewRecap, saveRecapLine, tickAgendaItem } from "../../recap/index.ts";
import type { StoryMeeting } from "../schema.ts";
import { findOpen, type Teller } from "./teller.ts";

const MOVED_TIME = "14:00";

type ItemInput = Omit<Parameters<typeof saveItem.run>[1], "meetingId">;

async function putOnAgenda(tell: Teller, meetingId: string, item: ItemInput): Promise<void> {
  const saved = await tell.do(saveItem, { meetingId, ...item });
  await tell.do(prepareItem, { id: saved.item.id });
}

/** What was done about promises since the last talk, before the next one is prepared. */
async function keepWord(tell: Teller, told: StoryMeeting, meeting: Meeting): Promise<void> {
  const day = Temporal.PlainDateTime.from(meeting.localStart).toPlainDate();
  for (const text of told.keep) await tell.do(keepCommitment, { id: await findAnywhere(tell, text) });
  for (const text of told.drop) await tell.do(dropCommitment, { id: await findAnywhere(tell, text), note: "No longer needed." });
  for (const { text, dueInDays } of told.renegotiate) {
    await tell.do(renegotiateCommitment, {
      id: await findAnywhere(tell, text),
      dueOn: day.add({ days: dueInDays }).toString(),
      note: "Agreed in the corridor.",
    });
  }
  for (const text of told.answers)
    await tell.do(answerQuestion, { id: await findOpen(tell, "questions", text), answer: "Answered in the talk." });
}

async function findAnywhere(tell: Teller, text: string): Promise<string> {
  const { mine } = await tell.do(listCommitments, { open: true });
  return findOpen(tell, mine.some((entry) => entry.text === text) ? "mine" : "theirs", text);
}

/** What the week before a meeting brought for it: the ids of its wins, and of the answers that are told. */
interface Noted {
  readonly wins: readonly string[];
  readonly answers: readonly string[];
}

async function prepare(tell: Teller, told: StoryMeeting, meetingId: string, { wins, answers }: Noted): Promise<void> {
  await tell.do(openAgenda, { meetingId });
  if (told.need) await putOnAgenda(tell, meetingId, { kind: "need", text: told.need });
  const win = told.win === undefined ? undefined : wins[told.win];
  if (win) await tell.do(chooseCapture, { meetingId, captureId: win, kind: "win" });
  if (told.challenge) await putOnAgenda(tell, meetingId, { kind: "challenge", ...told.challenge });
  if (told.growth) await putOnAgenda(tell, meetingId, { kind: "growth", ...told.growth });
  for (const captureId of answers) await tell.do(chooseCapture, { meetingId, captureId });
  for (const text of told.topics) await putOnAgenda(tell, meetingId, { kind: "topic", text });
}

async function sendAgenda(tell: Teller, told: StoryMeeting, meeting: Meeting): Promise<void> {
  const start = Temporal.Instant.from(meeting.startsAt);
  const { mail } = await tell.do(previewAgenda, { meetingId: meeting.id });
  const delivery = await tell.do(approveAgenda, { meetingId: meeting.id, way: "copy", hash: mail.hash });
  tell.at(start.subtract({ hours: told.leadHours }));
  await tell.do(markSent, { id: delivery.id });
}

async function recapInFourParts(tell: Teller, told: StoryMeeting, meeting: Meeting): Promise<void> {
  const day = Temporal.PlainDateTime.from(meeting.localStart).toPlainDate();
  const dueOn = (days: number | undefined): string | null => (days === undefined ? null : day.add({ days }).toString());
  const meetingId = meeting.id;
  await tell.do(openRecap, { meetingId });
  for (const text of told.decisions) await tell.do(saveRecapLine, { meetingId, part: "decision", text });
  for (const { text, dueInDays } of told.mine)
    await tell.do(saveRecapLine, { meetingId, part: "my_action", text, dueOn: dueOn(dueInDays) });
  for (const { text, dueInDays } of told.theirs)
    await tell.do(saveRecapLine, { meetingId, part: "manager_commitment", text, dueOn: dueOn(dueInDays) });
  for (const text of told.questions) await tell.do(saveRecapLine, { meetingId, part: "open_question", text });
  const { mail } = (await tell.do(previewRecap, { meetingId })).choices;
  const delivery = await tell.do(approveRecap, { meetingId, way: "copy", hash: mail.hash });
  await tell.do(markSent, { id: delivery.id });
}

async function moved(tell: Teller, meeting: Meeting): Promise<Meeting> {
  const day = Temporal.PlainDateTime.from(meeting.localStart).toPlainDate().add({ days: 1 });
  return tell.do(moveMeeting, { id: meeting.id, date: day.toString(), time: MOVED_TIME });
}

/** One 1:1 of the story from preparation to recap, or what became of it. */
export async function tellMeeting(tell: Teller, told: StoryMeeting, planned: Meeting, noted: Noted): Promise<void> {
  const firstStart = Temporal.Instant.from(planned.startsAt);
  tell.at(firstStart.subtract({ hours: 44 }));
  await keepWord(tell, told, planned);
  if (told.outcome === "cancelled") {
    await tell.do(cancelMeeting, { id: planned.id });
    return;
  }
  const meeting = told.outcome === "moved" ? await moved(tell, planned) : planned;
  const start = Temporal.Instant.from(meeting.startsAt);
  if (told.need) {
    tell.at(start.subtract({ hours: Math.min(told.leadHours + 1, 25) }));
    await prepare(tell, told, meeting.id, noted);
    await sendAgenda(tell, told, meeting);
  }
  tell.at(start.add({ minutes: meeting.minutes }));
  if (told.outcome === "not_held") {
    await tell.do(markNotHeld, { id: meeting.id });
    return;
  }
  await tell.do(markHeld, { id: meeting.id });
  const { items } = await tell.do(openAgenda, { meetingId: meeting.id });
  for (const item of items.filter((one) => one.preparedAt)) await tell.do(tickAgendaItem, { itemId: item.id, discussed: true });
  if (told.seen !== undefined) await tell.do(rateTalk, { meetingId: meeting.id, rating: told.seen });
  tell.at(start.add({ hours: 2 }));
  await recapInFourParts(tell, told, meeting);
}
