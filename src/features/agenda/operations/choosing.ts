import { AppError, notFound } from "../../../lib/errors.ts";
import { instantText } from "../../../platform/clock.ts";
import { writeOperation } from "../../../platform/operation.ts";
import { answerDetail } from "../../blindspots/index.ts";
import { type CaptureKind, requireCapture } from "../../journal/index.ts";
import { requireMeeting } from "../../meetings/index.ts";
import { emptyContent, nextPosition, toColumns, usualMinutes } from "../rules/items.ts";
import { Changed, ChooseInput, Effect, type ItemKind, StatusInput } from "../schema.ts";
import { insertItem, listItemRows, updateItem } from "../store.ts";
import { putOnAgenda } from "./saving.ts";
import { agendaChanged, isOnAgenda, requireAgenda, toItem } from "./requiring.ts";

const KIND_FOR: Readonly<Record<CaptureKind, "win" | "challenge" | "growth" | "topic">> = {
  win: "win",
  challenge: "challenge",
  skill: "growth",
  direction: "growth",
  question: "topic",
  energy: "topic",
  feedback: "topic",
  note: "topic",
};

export const chooseCapture = writeOperation({
  name: "agenda.chooseCapture",
  summary: "Put something from your journal on the agenda; once, however often it is chosen",
  input: ChooseInput,
  output: Changed,
  async run({ owner, tx, now }, { meetingId, captureId, kind }) {
    await requireMeeting(tx, owner, meetingId);
    await requireAgenda(tx, owner, meetingId);
    const capture = await requireCapture(tx, owner, captureId);
    if (capture.deletedAt !== null) throw new AppError("conflict", "This entry was deleted from your journal. Restore it first.");
    const rows = await listItemRows(tx, owner, meetingId);
    const present = rows.find((row) => row.capture_id === captureId);
    if (present) return putOnAgenda(tx, owner, now, present);
    const as: ItemKind = kind ?? KIND_FOR[capture.kind];
    const detail = await answerDetail(tx, owner, captureId);
    const row = await insertItem(tx, owner, now, {
      meeting_id: meetingId,
      kind: as,
      text: detail?.owned_by ? `${capture.text}\nWho could move it: ${detail.owned_by}` : capture.text,
      decision_wanted: detail?.decision ?? "",
      project: capture.projects[0] ?? "",
      skill: capture.skills[0] ?? "",
      minutes: usualMinutes[as],
      position: nextPosition(as, rows),
      capture_id: captureId,
      prepared_at: instantText(now),
    });
    if (row) return { item: toItem(row), approval: await agendaChanged(tx, owner, now, meetingId) };
    // Chosen in another window at the same moment.
    const other = (await listItemRows(tx, owner, meetingId)).find((one) => one.capture_id === captureId);
    if (!other) throw notFound("This item of the agenda");
    return putOnAgenda(tx, owner, now, other);
  },
});

export const writeStatus = writeOperation({
  name: "agenda.status",
  summary: "Give the status in writing: it stands in the mail and takes no minutes of the talk; empty takes it out",
  input: StatusInput,
  output: Effect,
  examples: [{ meetingId: "MEETING", text: "The migration is done; the report follows on Friday." }],
  async run({ owner, tx, now }, { meetingId, text }) {
    await requireMeeting(tx, owner, meetingId);
    await requireAgenda(tx, owner, meetingId);
    const rows = await listItemRows(tx, owner, meetingId);
    const present = rows.find((row) => row.kind === "status");
    const content = toColumns({ ...emptyContent, text });
    if (!present && text === "") return { approval: "none" as const };
    if (present && present.text === text && isOnAgenda(present)) return { approval: "none" as const };
    const at = instantText(now);
    // One status line a meeting: its id is the meeting's, so two at once cannot write two.
    if (!present)
      await insertItem(tx, owner, now, {
        id: meetingId,
        meeting_id: meetingId,
        kind: "status",
        ...content,
        minutes: 0,
        position: nextPosition("status", rows),
        prepared_at: at,
      });
    else if (text === "") await updateItem(tx, owner, now, present, { removed_at: present.removed_at ?? at });
    else
      await updateItem(tx, owner, now, present, {
        ...content,
        draft: null,
        removed_at: null,
        settled_at: null,
        prepared_at: present.prepared_at ?? at,
      });
    return { approval: await agendaChanged(tx, owner, now, meetingId) };
  },
});
