import { AppError } from "../../../lib/errors.ts";
import { gapSentence } from "../../../lib/gaps.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { readOperation, writeOperation } from "../../../platform/operation.ts";
import type { Reach } from "../../../platform/reach.ts";
import type { Db } from "../../../platform/storage/database.ts";
import { readOwner } from "../../account/index.ts";
import { guestLinkFor, keepMailLines, openGuestLink } from "../../answers/index.ts";
import { approveMail, Delivery, deliveryChoices, type MailDraft, withdrawApproval } from "../../delivery/index.ts";
import { type Meeting, requireMeeting } from "../../meetings/index.ts";
import { requirePerson } from "../../people/index.ts";
import { type RecapMail, recapHtml, recapMarkdown, recapText } from "../mail.ts";
import { linesToTrim, recapLines, WORD_LIMIT } from "../rules.ts";
import { ApproveInput, MeetingId, Recap, RecapPreview } from "../schema.ts";
import { countWords } from "../../../lib/text.ts";
import { countWaitingDrafts, listLines, listPreparedLines, setWaived } from "../store.ts";
import { requireWritable } from "./editing.ts";
import { requireHeld } from "./lines.ts";
import { recapOf, situationOf } from "./reading.ts";
import { settle } from "./settling.ts";

interface Words {
  readonly mail: RecapMail;
  readonly draft: MailDraft;
  readonly words: number;
  readonly toTrim: RecapPreview["toTrim"];
  readonly waitingDrafts: number;
  /** Which gaps nobody filled in yet, in a sentence (S38). */
  readonly gaps: string | null;
}

/** The mail as it would be approved now. Built from kept lines alone: notes and drafts are not read. */
async function wordsOf(db: Db, owner: OwnerId, reach: Reach | undefined, meeting: Meeting): Promise<Words> {
  const person = await requirePerson(db, owner, meeting.personId);
  const sender = await readOwner(db, owner);
  const rows = await listPreparedLines(db, owner, meeting.id);
  const mail: RecapMail = {
    ownerName: sender.name ?? "",
    personName: person.name,
    heldOn: Temporal.PlainDateTime.from(meeting.localStart).toPlainDate(),
    lines: rows.map(({ part, text, who, due_on }) => ({ part, text, who, dueOn: due_on })),
    answerUrl: await guestLinkFor(db, owner, reach, meeting),
  };
  const text = recapText(mail);
  const words = countWords(text);
  return {
    mail,
    draft: {
      kind: "recap",
      meetingId: meeting.id,
      meetingStartsAt: Temporal.Instant.from(meeting.startsAt),
      zone: meeting.zone,
      personId: person.id,
      text,
      html: recapHtml(mail),
      captureIds: [],
    },
    words,
    toTrim: linesToTrim(rows, words),
    waitingDrafts: await countWaitingDrafts(db, owner, meeting.id),
    gaps: gapSentence(rows.flatMap((row) => [row.text, row.who])) ?? null,
  };
}

function requireReady({ words, toTrim, waitingDrafts, gaps }: Words): void {
  if (waitingDrafts > 0) {
    const lines = waitingDrafts === 1 ? "One line" : `${waitingDrafts} lines`;
    throw new AppError(
      "conflict",
      `${lines} drafted from your notes ${waitingDrafts === 1 ? "waits" : "wait"} for you: keep or empty each, then look at the mail again.`,
    );
  }
  if (gaps !== null) throw new AppError("invalid", gaps);
  if (words <= WORD_LIMIT) return;
  const longest = toTrim.map((one) => `"${one.text.slice(0, 40)}${one.text.length > 40 ? "…" : ""}" (${one.words})`).join(", ");
  throw new AppError(
    "invalid",
    `The recap has ${words} words; it is read when it has at most ${WORD_LIMIT}. Shorten it by ${words - WORD_LIMIT}. The longest lines: ${longest}.`,
  );
}

export const previewRecap = readOperation({
  name: "recap.preview",
  summary: "Show the recap mail in its very words, and what stands in the way of sending it",
  input: MeetingId,
  output: RecapPreview,
  assistant: true,
  async run({ owner, db, now, reach }, { meetingId }) {
    const meeting = await requireMeeting(db, owner, meetingId);
    const { state } = await situationOf(db, owner, now, meeting);
    const { mail, draft, words, toTrim, waitingDrafts, gaps } = await wordsOf(db, owner, reach, meeting);
    const choices = await deliveryChoices(db, owner, now, draft);
    return {
      meetingId,
      state,
      choices,
      markdown: recapMarkdown(mail),
      words,
      wordLimit: WORD_LIMIT,
      toTrim,
      waitingDrafts,
      gaps,
    };
  },
});

export const approveRecap = writeOperation({
  name: "recap.approve",
  summary: "Approve the recap in the words you have read; it goes out the way you choose",
  input: ApproveInput,
  output: Delivery,
  async run({ owner, tx, now, reach }, { meetingId, way, sendAt, hash }) {
    const meeting = await requireHeld(tx, owner, now, meetingId);
    const words = await wordsOf(tx, owner, reach, meeting);
    requireReady(words);
    const delivery = await approveMail(tx, owner, now, { draft: words.draft, way, sendAt, expectedHash: hash });
    await setWaived(tx, owner, meetingId, null);
    await settle(tx, owner, now, meeting, true);
    // After settling: now each line knows the commitment or question that it became.
    const lines = (await listLines(tx, owner, meetingId)).filter((line) => line.prepared_at !== null);
    await keepMailLines(tx, owner, delivery.id, recapLines(lines, words.mail.personName));
    await openGuestLink(tx, owner, now, reach, meeting);
    return delivery;
  },
});

export const waiveRecap = writeOperation({
  name: "recap.waive",
  summary: "Keep the recap without sending it; commitments and decisions are kept all the same, for you alone",
  input: MeetingId,
  output: Recap,
  async run({ owner, tx, now }, { meetingId }) {
    const meeting = await requireHeld(tx, owner, now, meetingId);
    if ((await withdrawApproval(tx, owner, now, meetingId, "recap")) === "already_sent") requireWritable("sent");
    await setWaived(tx, owner, meetingId, instantText(now));
    await settle(tx, owner, now, meeting, false);
    return recapOf(tx, owner, now, meeting, await requirePerson(tx, owner, meeting.personId));
  },
});
