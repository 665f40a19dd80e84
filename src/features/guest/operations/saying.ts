import { AppError } from "../../../lib/errors.ts";
import { dayIn } from "../../../lib/dates.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import { keepAnswer } from "../../answers/index.ts";
import { checkSaid, lineSaidTo, sourceKey, wordsSaid } from "../rules.ts";
import type { GuestMail, GuestScope, SaidInput } from "../schema.ts";
import { countWritten } from "../store.ts";

/** More than two people ever have to say about one talk; it keeps a page from being used as a store. */
const MOST_WRITTEN = 200;

/**
 * Keeps what a guest wrote, as theirs: it waits on the owner's meeting page and changes nothing else. The same form sent twice is one
 * answer. Throws AppError `invalid` beside a field, `not_found` when the line is gone, `rate_limited` when the page is full.
 */
export async function say(tx: Tx, scope: GuestScope, now: Temporal.Instant, mail: GuestMail, said: SaidInput): Promise<string> {
  if (said.kind !== "topic" && said.mail !== mail.deliveryId)
    throw new AppError(
      "conflict",
      "There is a newer mail, so this page changed. Open it again: your words are still in the form.",
    );
  const line = lineSaidTo(mail, said);
  checkSaid(said, line, dayIn(mail.zone, now).toString());
  if ((await countWritten(tx, scope)) >= MOST_WRITTEN)
    throw new AppError("rate_limited", "This page has taken all that it can. Please reply to the mail instead.");
  return keepAnswer(tx, scope.owner, now, {
    sourceKey: sourceKey(scope, said),
    meetingId: scope.meetingId,
    personId: scope.personId,
    deliveryId: mail.deliveryId,
    way: "page",
    kind: said.kind,
    about: line?.about ? { ...line.about, text: line.text } : null,
    text: wordsSaid(said, line),
    namedOn: said.kind === "correction" && said.day === line?.dueOn ? null : said.day,
    isVerified: true,
  });
}
