import type { AnswerableMail } from "../../delivery/index.ts";
import type { Match } from "../schema.ts";

/** Of a mail that came in: what can tell which mail of ours it answers. */
export interface Answering {
  readonly sort: "person" | "auto_reply" | "bounce" | "other_machine";
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  /** The address of its only sender; "" when it names none or several. */
  readonly from: string;
  readonly subject: string;
  /** What a report says about the mail that came back; empty in any other mail. */
  readonly about: readonly string[];
  readonly recipient: string;
  readonly receivedAt: Temporal.Instant;
}

export interface Matched {
  readonly mail: AnswerableMail;
  readonly by: Match;
}

const PREFIX =
  /^\s*(?:(?:re|aw|antw|antwort|sv|vs|r|rif|ref|réf|fw|fwd|wg|tr|rv|automatic reply|auto(?:matische)? ?(?:antwort|reply|response)|réponse automatique|respuesta automática|out of office|abwesenheitsnotiz|abwesend|undeliverable|unzustellbar)\s*(?:\[\d+\])?\s*:|\[[^\]]{1,30}\])\s*/iu;

/** A subject without what programs put in front of it, however often. */
export function bareSubject(subject: string): string {
  let bare = subject;
  for (let round = 0; round < 10; round += 1) {
    const next = bare.replace(PREFIX, "");
    if (next === bare) break;
    bare = next;
  }
  return bare.replace(/\s+/gu, " ").trim().toLowerCase();
}

function isWithin(mail: AnswerableMail, receivedAt: Temporal.Instant, days: number): boolean {
  const sent = Temporal.Instant.from(mail.sentAt ?? mail.approvedAt);
  // A minute of grace: clocks of mail servers differ.
  const age = sent.until(receivedAt).total("minutes");
  return age >= -1 && age <= days * 24 * 60;
}

function byId(ours: readonly AnswerableMail[], ids: readonly string[]): AnswerableMail | undefined {
  // The last one named is the one that was answered (RFC 5322, section 3.6.4).
  for (const id of ids.toReversed()) {
    const found = ours.find((mail) => mail.messageId === id);
    if (found) return found;
  }
  return undefined;
}

const SUBJECT_DAYS = 60;
const BOUNCE_DAYS = 7;

/** Without any id: the last mail to this sender with this subject that can have been answered. */
function bySubject(ours: readonly AnswerableMail[], { from, subject, receivedAt }: Answering): AnswerableMail | undefined {
  const bare = bareSubject(subject);
  return ours.find(
    (mail) =>
      mail.toAddress?.toLowerCase() === from && bareSubject(mail.subject) === bare && isWithin(mail, receivedAt, SUBJECT_DAYS),
  );
}

function byReport(ours: readonly AnswerableMail[], { about, recipient, receivedAt }: Answering): AnswerableMail | undefined {
  const named = byId(ours, about);
  if (named || recipient === "") return named;
  return ours.find((mail) => mail.toAddress?.toLowerCase() === recipient && isWithin(mail, receivedAt, BOUNCE_DAYS));
}

/**
 * Which mail of ours a mail answers: by our Message-ID in In-Reply-To, then in References, then by sender and subject. A mail that came
 * back is known by its report. `ours` is in order, the latest first. Undefined for everything that is not about a mail of ours.
 */
export function matchMail(incoming: Answering, ours: readonly AnswerableMail[]): Matched | undefined {
  if (incoming.sort === "bounce") {
    const mail = byReport(ours, incoming);
    return mail && { mail, by: "report" };
  }
  const named = byId(ours, incoming.inReplyTo) ?? byId(ours, incoming.references);
  if (named) return { mail: named, by: "message_id" };
  // A calendar's invitation has the same sender and often the same subject, and is no answer.
  if (incoming.sort === "other_machine") return undefined;
  const mail = incoming.from === "" ? undefined : bySubject(ours, incoming);
  return mail && { mail, by: "subject" };
}
