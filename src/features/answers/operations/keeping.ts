import { cleanLine, cleanText, LONGEST_TEXT } from "../../../lib/text.ts";
import { newId, type OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import { useMeeting } from "../../meetings/index.ts";
import { requirePerson } from "../../people/index.ts";
import { toAnswer } from "../rules.ts";
import type { Answer, MailLine, NewAnswer } from "../schema.ts";
import { insertAnswer, insertMailLines, listAnswerRows, listMailLines } from "../store.ts";

/**
 * Keeps what the other person said about a meeting, once for each `sourceKey`, and gives its id. It changes nothing else: it waits
 * for its owner. Text beyond the limit of a field is cut, since its writer is not here to shorten it; the raw mail has all of it.
 * Throws `not_found` for somebody else's meeting or person.
 */
export async function keepAnswer(tx: Tx, owner: OwnerId, now: Temporal.Instant, answer: NewAnswer): Promise<string> {
  const meeting = await useMeeting(tx, owner, now, answer.meetingId);
  await requirePerson(tx, owner, answer.personId);
  const { about = null, receivedAt = now } = answer;
  return insertAnswer(tx, {
    owner_id: owner,
    id: newId(),
    source_key: answer.sourceKey,
    meeting_id: meeting.id,
    person_id: answer.personId,
    delivery_id: answer.deliveryId ?? null,
    way: answer.way,
    kind: answer.kind,
    about_kind: about?.kind ?? null,
    about_id: about?.id ?? null,
    about_text: about?.text ?? "",
    text: cleanText(answer.text).slice(0, LONGEST_TEXT).toWellFormed(),
    named_on: answer.namedOn ?? null,
    sender: cleanLine(answer.sender ?? ""),
    raw_id: answer.rawId ?? null,
    received_at: instantText(receivedAt),
    verified_at: answer.isVerified ? instantText(now) : null,
    accepted_at: null,
    declined_at: null,
    became_id: null,
    created_at: instantText(now),
  });
}

/** Everything that was said about a meeting, oldest first, settled or not. */
export async function answersOf(db: Db, owner: OwnerId, meetingId: string): Promise<Answer[]> {
  return (await listAnswerRows(db, owner, { meetingId })).map(toAnswer);
}

/** Notes what the lines of an approved mail are about; called in the transaction that approves it, once for each mail. */
export async function keepMailLines(tx: Tx, owner: OwnerId, deliveryId: string, lines: readonly MailLine[]): Promise<void> {
  const rows = lines.map(({ part, heading, text, about, dueOn }, position) => ({
    owner_id: owner,
    delivery_id: deliveryId,
    position,
    part,
    heading,
    text,
    about_kind: about?.kind ?? null,
    about_id: about?.id ?? null,
    due_on: dueOn,
  }));
  await insertMailLines(tx, rows);
}

/** The lines of an approved mail in their order, each with what it is about: for matching a reply, and for the guest page. */
export async function mailLinesOf(db: Db, owner: OwnerId, deliveryId: string): Promise<MailLine[]> {
  return (await listMailLines(db, owner, deliveryId)).map(
    ({ part, heading, text, about_kind: kind, about_id: id, due_on: dueOn }) => ({
      part,
      heading,
      text,
      about: kind === null || id === null ? null : { kind, id },
      dueOn,
    }),
  );
}
