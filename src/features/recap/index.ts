import { openRecap, removeRecapLine, restoreRecapLine, saveRecap, saveRecapLine } from "./operations/lines.ts";
import { approveRecap, previewRecap, waiveRecap } from "./operations/mailing.ts";
import { noteInMeeting, removeMeetingNote } from "./operations/notes.ts";
import { listMeetingNotes, showRecap } from "./operations/reading.ts";
import { tickAgendaItem } from "./operations/ticking.ts";
import { draftFromAnswer } from "./operations/using.ts";

export { openRecap, removeRecapLine, restoreRecapLine, saveRecap, saveRecapLine } from "./operations/lines.ts";
export { approveRecap, previewRecap, waiveRecap } from "./operations/mailing.ts";
export { noteInMeeting, removeMeetingNote } from "./operations/notes.ts";
export { tickAgendaItem } from "./operations/ticking.ts";
export { draftFromAnswer } from "./operations/using.ts";
export { listMeetingNotes, showRecap, type WaitingRecap, waitingRecaps } from "./operations/reading.ts";
export { recapPages } from "./pages/index.ts";
export type { MeetingNote, Recap, RecapLine, RecapPart, RecapState } from "./schema.ts";

export const recapOperations = [
  noteInMeeting,
  listMeetingNotes,
  removeMeetingNote,
  tickAgendaItem,
  openRecap,
  showRecap,
  saveRecap,
  saveRecapLine,
  removeRecapLine,
  restoreRecapLine,
  previewRecap,
  approveRecap,
  waiveRecap,
  draftFromAnswer,
];
