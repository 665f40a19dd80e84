import { AppError } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { writeOperation } from "../../../platform/operation.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import { acceptOnce, acceptPlain, Answer, AnswerId, requireAnswer } from "../../answers/index.ts";
import { type Meeting, nextMeeting, requireMeeting } from "../../meetings/index.ts";
import { emptyContent, nextPosition, toColumns, usualMinutes } from "../rules/items.ts";
import { insertItem, listItemRows } from "../store.ts";
import { openAgenda } from "./opening.ts";
import { agendaChanged } from "./requiring.ts";

function isAhead(meeting: Meeting, now: Temporal.Instant): boolean {
  return meeting.state === "planned" && Temporal.Instant.compare(now, Temporal.Instant.from(meeting.endsAt)) < 0;
}

/** The talk in which a topic can still be talked about: its own, or the next one with this person. */
async function talkFor(tx: Tx, owner: OwnerId, now: Temporal.Instant, answer: Answer): Promise<Meeting> {
  const own = await requireMeeting(tx, owner, answer.meetingId);
  if (isAhead(own, now)) return own;
  const next = await nextMeeting(tx, owner, now, answer.personId);
  if (next) return next;
  throw new AppError("conflict", "There is no coming meeting to talk about this in. Plan one first; the topic waits here.");
}

/** The item has the id of the answer: it is made once, and everybody can see whose topic it is. */
async function takeTopic(tx: Tx, owner: OwnerId, now: Temporal.Instant, answer: Answer): Promise<void> {
  const meeting = await talkFor(tx, owner, now, answer);
  if (!(await acceptOnce(tx, owner, now, answer.id, answer.id))) return;
  await openAgenda.run({ owner, tx, now }, { meetingId: meeting.id });
  await insertItem(tx, owner, now, {
    id: answer.id,
    meeting_id: meeting.id,
    kind: "topic",
    ...toColumns({ ...emptyContent, text: answer.text }),
    minutes: usualMinutes.topic,
    position: nextPosition("topic", await listItemRows(tx, owner, meeting.id)),
    prepared_at: instantText(now),
  });
  await agendaChanged(tx, owner, now, meeting.id);
}

/** Accepting stands here and not beside the other acts on answers, because a topic becomes an item, and answers know of no agenda. */
export const acceptAnswer = writeOperation({
  name: "answers.accept",
  summary:
    "Take over what the other person said: a topic joins the agenda, a correction or more time the ledger with its history, a reply what it answers",
  input: AnswerId,
  output: Answer,
  async run({ owner, tx, now }, { id }) {
    const answer = await requireAnswer(tx, owner, id);
    await (answer.kind === "topic" ? takeTopic : acceptPlain)(tx, owner, now, answer);
    return requireAnswer(tx, owner, id);
  },
});
