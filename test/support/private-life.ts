import type { z } from "zod";
import { saveProfile } from "../../src/features/account/index.ts";
import {
  approveAgenda,
  chooseCapture,
  chooseQuestion,
  openAgenda,
  prepareItem,
  previewAgenda,
  putAway,
  putItem,
  removeItem,
  saveItem,
} from "../../src/features/agenda/index.ts";
import { answerPrompt, answerWaits, editCard, nextQuestion, noteOnCard, rateTalk } from "../../src/features/blindspots/index.ts";
import {
  calendarSourceOperations,
  confirmCandidate,
  dismissCandidate,
  keepTitleRule,
} from "../../src/features/calendar/index.ts";
import {
  addCommitment,
  addQuestion,
  answerQuestion,
  listCommitments,
  renegotiateCommitment,
} from "../../src/features/commitments/index.ts";
import {
  approveNote,
  deliveryFile,
  type DeliveryWay,
  listDeliveries,
  previewNote,
  showDelivery,
} from "../../src/features/delivery/index.ts";
import { captureThought, deleteCapture, editCapture } from "../../src/features/journal/index.ts";
import { takeMail } from "../../src/features/mailbox/index.ts";
import { endSeries, listMeetings, moveMeeting, scheduleSeries } from "../../src/features/meetings/index.ts";
import { addPerson } from "../../src/features/people/index.ts";
import { browserOperations, feedOperations, setReminders } from "../../src/features/reminders/index.ts";
import { addCondition, addOwn, listUses, meetCondition, noteUncovered } from "../../src/features/questions/index.ts";
import {
  approveRecap,
  noteInMeeting,
  openRecap,
  previewRecap,
  removeRecapLine,
  saveRecap,
  saveRecapLine,
} from "../../src/features/recap/index.ts";
import { editSeed, openSeed, plantSeed, revisitSeed, settleSeed } from "../../src/features/seeds/index.ts";
import type { KeySource } from "../../src/platform/keys/seal.ts";
import type { Operation } from "../../src/platform/operation.ts";
import { calendarText, eventText } from "./weekly-calendar.ts";

/** Stands in everything that is nobody else's. The words around it say which column leaked. */
export const CANARY = "canary";

const secret = (place: string): string => `${CANARY} ${place}`;

/** Words that their owner chose for the other person: what leaves has them, a log never does. */
export const CHOSEN = {
  need: "A yes to the pilot",
  win: "The billing release went out",
  decision: "The pilot starts on Monday",
  action: "Propose fixed days",
} as const;

export const NAMES = {
  owner: "Ana Silva",
  ownerEmail: "ana@example.org",
  person: "Max Berger",
  personEmail: "max@example.org",
} as const;

/** Whoever lives this life: by calling operations in this process, or over the API of a running program. */
export interface Hand {
  /** What seals, where operations are called in this process. A running program has its own. */
  readonly keys: KeySource;
  call<I extends z.ZodType, O extends z.ZodType>(operation: Operation<I, O>, input: z.input<I>): Promise<z.output<O>>;
  /** Moves the clock to an instant and does what is due by then. */
  at(instant: string): Promise<void>;
}

/** Everything that left, or that its owner would hand over, by what it is. */
export type Leaving = Map<string, string>;

interface Life {
  readonly hand: Hand;
  readonly way: DeliveryWay;
  readonly personId: string;
  readonly meetings: readonly string[];
  readonly leaving: Leaving;
}

async function settle(hand: Hand, way: DeliveryWay, leaving: Leaving): Promise<Life> {
  await hand.call(saveProfile, { name: NAMES.owner, email: NAMES.ownerEmail, zone: "Europe/Berlin" });
  const { id: personId } = await hand.call(addPerson, {
    name: NAMES.person,
    email: NAMES.personEmail,
    note: secret("person.note"),
  });
  await hand.call(scheduleSeries, {
    personId,
    startsOn: "2026-03-04",
    time: "10:00",
    zone: "Europe/Berlin",
    minutes: 30,
    everyWeeks: 1,
  });
  const { meetings } = await hand.call(listMeetings, { to: "2026-03-31" });
  return { hand, way, personId, meetings: meetings.map((one) => one.id), leaving };
}

/** Notes of every kind. None is chosen for anybody, except one win. */
async function keepAJournal({ hand }: Life): Promise<string> {
  const names = { projects: [secret("capture.projects")], skills: [secret("capture.skills")] };
  const { id } = await hand.call(captureThought, { kind: "challenge", text: secret("capture_revision.text"), ...names });
  await hand.call(editCapture, { id, text: secret("capture.text"), projects: [secret("capture.projects, newer")], skills: [] });
  await hand.call(captureThought, { kind: "energy", energy: -2, text: secret("capture.text of an energy"), ...names });
  const gone = await hand.call(captureThought, { kind: "feedback", text: secret("capture.text, deleted") });
  await hand.call(deleteCapture, { id: gone.id });
  return (await hand.call(captureThought, { kind: "win", text: CHOSEN.win, ...names })).id;
}

/** What nobody can know who is not told: answers, what is known about the other person, what is waited for. */
async function keepBlindspots({ hand, personId }: Life, meetingId: string): Promise<void> {
  await hand.call(nextQuestion, { personId, meetingId });
  const skill = { skills: [secret("capture.skills of an answer")], goal: secret("answer_detail.goal") };
  await hand.call(answerPrompt, { prompt: "skills", text: secret("capture.text of a skill"), ...skill });
  await hand.call(answerPrompt, { prompt: "direction", text: secret("capture.text of a direction"), horizon: "now" });
  const blocked = { ownedBy: secret("answer_detail.owned_by"), decision: secret("answer_detail.decision") };
  await hand.call(answerPrompt, { prompt: "obstacles", text: secret("capture.text of an obstacle"), ...blocked });
  await hand.call(answerWaits, { asked: "no", noticed: "yes", ready: "yes", unstuck: "no" });
  const { id } = await hand.call(noteOnCard, { personId, category: "pressures", text: secret("card_entry.text, before") });
  await hand.call(editCard, { id, text: secret("card_entry.text") });
  await hand.call(noteOnCard, { personId, category: "news", timing: "early", text: secret("card_entry.text about news") });
}

/** A wish that was said once, what opened for it and why it became a yes. */
async function plantSeeds({ hand, personId }: Life): Promise<void> {
  const { seed } = await hand.call(plantSeed, { personId, text: secret("seed.text, before"), said: secret("seed_mention.said") });
  await hand.call(editSeed, { id: seed.id, text: secret("seed.text") });
  await hand.call(revisitSeed, { id: seed.id, saidOn: "2026-02-27", said: secret("seed_mention.said again") });
  await hand.call(openSeed, { id: seed.id, opening: secret("seed.opening") });
  await hand.call(plantSeed, { personId, text: secret("seed.text, not said yet") });
  const { seed: settled } = await hand.call(plantSeed, { personId, text: secret("seed.text, settled") });
  await hand.call(settleSeed, { id: settled.id, outcome: "yes", reason: secret("seed.reason") });
}

/** Promises and questions that were written down outside of any 1:1, and what is noted about them. */
async function keepLedgers({ hand, personId }: Life): Promise<void> {
  const { id } = await hand.call(addCommitment, { personId, side: "mine", text: secret("commitment.text") });
  await hand.call(renegotiateCommitment, { id, dueOn: "2026-04-01", note: secret("commitment_event.note") });
  await hand.call(addQuestion, { personId, text: secret("open_question.text") });
  const answered = await hand.call(addQuestion, { personId, text: secret("open_question.text, answered") });
  await hand.call(answerQuestion, { id: answered.id, answer: secret("open_question.answer") });
}

/** An agenda with something in every state: chosen, drafted, drafted anew beside what is chosen, put away, deleted. */
async function prepareTalk(life: Life, meetingId: string, winId: string): Promise<void> {
  const { hand } = life;
  await hand.call(openAgenda, { meetingId });
  const { item: need } = await hand.call(putItem, { meetingId, kind: "need", text: CHOSEN.need });
  await hand.call(chooseCapture, { meetingId, captureId: winId });
  await hand.call(saveItem, {
    meetingId,
    kind: "challenge",
    text: secret("agenda_item.text"),
    options: secret("agenda_item.options"),
    leaning: secret("agenda_item.leaning"),
    decisionWanted: secret("agenda_item.decision_wanted"),
  });
  await hand.call(saveItem, {
    meetingId,
    kind: "growth",
    text: "",
    project: secret("agenda_item.project"),
    skill: secret("agenda_item.skill"),
  });
  await hand.call(saveItem, { meetingId, id: need.id, kind: "need", text: secret("agenda_item.draft") });
  const { item: away } = await hand.call(saveItem, { meetingId, kind: "topic", text: secret("agenda_item.text, put away") });
  await hand.call(prepareItem, { id: away.id });
  await hand.call(putAway, { id: away.id });
  const { item: gone } = await hand.call(putItem, { meetingId, kind: "topic", text: secret("agenda_item.text, deleted") });
  await hand.call(removeItem, { id: gone.id });
}

/** A question of one's own in a preparation that it never leaves, what it uncovered, and what was stated in answer. */
async function keepQuestions({ hand, personId }: Life, meetingId: string): Promise<void> {
  const { id: questionId } = await hand.call(addOwn, {
    text: secret("own_question.text"),
    uncovers: secret("own_question.uncovers"),
    followUp: secret("own_question.follow_up"),
  });
  const tied = { project: secret("question_use.project"), skill: secret("question_use.skill") };
  await hand.call(chooseQuestion, { meetingId, questionId, ...tied });
  const { uses } = await hand.call(listUses, { personId });
  const useId = uses[0]?.id ?? "";
  await hand.call(noteUncovered, { useId, text: secret("question_use.answer") });
  const { id } = await hand.call(addCondition, { useId, text: secret("stated_condition.text") });
  await hand.call(meetCondition, { id, evidence: secret("stated_condition.evidence") });
}

async function collect({ hand, leaving }: Life, name: string, deliveryId: string): Promise<void> {
  leaving.set(`${name} as approved`, JSON.stringify(await hand.call(showDelivery, { id: deliveryId })));
  leaving.set(`${name} as a file`, (await hand.call(deliveryFile, { id: deliveryId })).content);
}

async function sendAgenda(life: Life, meetingId: string, name: string): Promise<string> {
  const { hand, way, leaving } = life;
  const preview = await hand.call(previewAgenda, { meetingId });
  leaving.set(`${name} as previewed`, JSON.stringify(preview));
  const { id } = await hand.call(approveAgenda, { meetingId, way, hash: preview.mail.hash });
  await collect(life, name, id);
  return id;
}

/** A recap with lines that are kept, taken out and only drafted, and notes that are nobody's. */
async function sendRecap(life: Life, meetingId: string): Promise<void> {
  const { hand, way, leaving } = life;
  await hand.call(noteInMeeting, { meetingId, text: secret("meeting_note.text") });
  await hand.call(openRecap, { meetingId });
  await hand.call(saveRecap, {
    meetingId,
    lines: [
      { part: "decision", text: CHOSEN.decision },
      { part: "my_action", text: CHOSEN.action, dueOn: "2026-03-10" },
    ],
  });
  const line = await hand.call(saveRecapLine, {
    meetingId,
    part: "my_action",
    text: secret("recap_line.text"),
    who: secret("recap_line.who"),
  });
  await hand.call(removeRecapLine, { id: line.id });
  const preview = await hand.call(previewRecap, { meetingId });
  leaving.set("the recap as previewed", JSON.stringify(preview));
  const { id } = await hand.call(approveRecap, { meetingId, way, hash: preview.choices.mail.hash });
  await collect(life, "the recap", id);
}

/** The other person answers: between the lines, and from an address of which nobody knows whose it is. */
async function getAnswered({ hand }: Life): Promise<void> {
  const { deliveries } = await hand.call(listDeliveries, {});
  const agenda = deliveries.find((one) => one.kind === "agenda");
  const reply = [
    "From: canary.answer.sender@example.org",
    `To: ${NAMES.ownerEmail}`,
    `Subject: Re: ${secret("incoming_mail.subject")}`,
    "Message-ID: <answer-1@example.org>",
    `In-Reply-To: ${agenda?.messageId}`,
    "",
    `> ${CHOSEN.need}`,
    secret("incoming_mail.text and answer.text"),
  ].join("\r\n");
  await hand.call(takeMail, { content: Buffer.from(reply).toString("base64") });
}

/** Talks as they stand in a calendar: one of them cannot be read, another names a zone that nobody knows. */
const privateCalendar = calendarText(
  [
    eventText({ uid: "private-1", summary: `${secret("calendar title")} / Ana`, start: "20260305T140000" }),
    eventText({ uid: "private-2", summary: `1:1 ${secret("calendar title, another")}`, start: "20260306T140000" }),
    eventText({ uid: "private-3", summary: secret("calendar_source.set_aside"), start: "20261399T990000" }),
    eventText({
      uid: "private-4",
      summary: secret("calendar title, odd zone"),
      start: "20260306T160000",
      more: ["ATTENDEE;CN=Tom Okafor:mailto:tom@example.org"],
    }).replace("Europe/Berlin", secret("calendar_source.warnings")),
  ].join(""),
);

async function keepCalendar({ hand }: Life): Promise<void> {
  // A file is not sealed, so the key is not asked for.
  const { addFile } = calendarSourceOperations({ keyFile: "/nowhere" });
  const { id: sourceId } = await hand.call(addFile, { name: secret("calendar_source.name"), text: privateCalendar });
  await hand.call(dismissCandidate, { sourceId, seriesKey: "private-2" });
  await hand.call(keepTitleRule, { phrase: secret("calendar_title_rule.phrase"), verdict: "never" });
  // Confirmed, and ended at once: its title stays, its meetings would not be part of this life.
  const { seriesId } = await hand.call(confirmCandidate, { sourceId, seriesKey: "private-1", name: "Tom Okafor" });
  await hand.call(endSeries, { id: seriesId, on: "2026-03-02" });
}

/** Reminders on every channel, a browser that takes them and a calendar that is subscribed to. */
async function beReminded({ hand }: Life): Promise<void> {
  const all = { prepare: "both", send: "both", recap: "both", trouble: "both", promise: "both" } as const;
  await hand.call(setReminders, all);
  const [p256dh, auth] = [`B${"A".repeat(86)}`, "A".repeat(22)];
  await hand.call(browserOperations(hand.keys).pushKey, {});
  await hand.call(browserOperations(hand.keys).addBrowser, { endpoint: `https://push.invalid/${CANARY}`, p256dh, auth });
  await hand.call(feedOperations(hand.keys).renewFeed, {});
}

/** An agenda that its owner sends from a draft in their own mailbox, where one is set up. */
async function sendFromDrafts(life: Life, meetingId: string): Promise<void> {
  const { hand } = life;
  await hand.call(openAgenda, { meetingId });
  await hand.call(putItem, { meetingId, kind: "need", text: CHOSEN.need });
  await hand.call(saveItem, { meetingId, kind: "topic", text: secret("agenda_item.text, not in the draft") });
  await sendAgenda({ ...life, way: "draft" }, meetingId, "the drafted agenda");
  await hand.at("2026-03-10T09:10:00Z");
}

/** The next meeting moves after its agenda went out, which offers a short note. */
async function moveAndTell(life: Life, meetingId: string): Promise<void> {
  const { hand, way, leaving } = life;
  await hand.call(openAgenda, { meetingId });
  await hand.call(putItem, { meetingId, kind: "need", text: CHOSEN.need });
  const agendaId = await sendAgenda(life, meetingId, "the second agenda");
  await hand.at("2026-03-10T09:00:00Z");
  await hand.call(moveMeeting, { id: meetingId, date: "2026-03-12", time: "11:00" });
  const preview = await hand.call(previewNote, { id: agendaId });
  leaving.set("the note as previewed", JSON.stringify(preview));
  const { id } = await hand.call(approveNote, { id: agendaId, way, hash: preview.mail.hash });
  await collect(life, "the note", id);
  await hand.at("2026-03-10T09:05:00Z");
}

/**
 * Two weeks with something private in every place that can hold it, and three mails of three kinds; a fourth lies in the drafts where there is a mailbox. Begins on Monday 2 March 2026,
 * 10:00 in Berlin. What leaves is collected in `leaving`, as far as the person sees it; what a mail server got is for the caller to add.
 */
export async function livePrivately(hand: Hand, way: DeliveryWay, hasMailbox = false): Promise<Leaving> {
  const leaving: Leaving = new Map();
  const life = await settle(hand, way, leaving);
  const [first = "", second = "", third = ""] = life.meetings;
  const winId = await keepAJournal(life);
  await keepLedgers(life);
  await keepBlindspots(life, first);
  await plantSeeds(life);
  await keepCalendar(life);
  await beReminded(life);
  await prepareTalk(life, first, winId);
  await keepQuestions(life, first);
  await sendAgenda(life, first, "the agenda");
  await hand.at("2026-03-03T09:00:00Z");
  await hand.at("2026-03-04T09:30:00Z");
  await hand.call(rateTalk, { meetingId: first, rating: 2, note: secret("seen_rating.note") });
  await getAnswered(life);
  await sendRecap(life, first);
  await hand.at("2026-03-04T09:31:00Z");
  await moveAndTell(life, second);
  if (hasMailbox) await sendFromDrafts(life, third);
  const { deliveries } = await hand.call(listDeliveries, {});
  leaving.set("the list of deliveries", JSON.stringify(deliveries));
  leaving.set(
    "what is promised",
    JSON.stringify((await hand.call(listCommitments, { open: true })).mine.map((one) => one.meetingId && one.text)),
  );
  return leaving;
}
