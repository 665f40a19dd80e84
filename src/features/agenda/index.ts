import { acceptAnswer } from "./operations/accepting.ts";
import { approveAgenda, previewAgenda, readyAgenda } from "./operations/approving.ts";
import { chooseQuestion } from "./operations/asking.ts";
import { goToStep, orderItems, setMinutes, trimAgenda } from "./operations/arranging.ts";
import { chooseCapture, writeStatus } from "./operations/choosing.ts";
import { discardDraft, letGo, prepareItem, putAway, removeItem, restoreItem } from "./operations/items.ts";
import { openAgenda } from "./operations/opening.ts";
import { takeFromWaits, takeSeed } from "./operations/taking.ts";
import { chooseAgenda, proposeAgenda } from "./operations/proposing.ts";
import { listProposals, showAgenda } from "./operations/reading.ts";
import { putItem, saveItem } from "./operations/saving.ts";
import { noteTime, preparationTimes } from "./operations/timing.ts";

export { acceptAnswer } from "./operations/accepting.ts";
export { approveAgenda, previewAgenda, readyAgenda } from "./operations/approving.ts";
export { chooseQuestion } from "./operations/asking.ts";
export { goToStep, orderItems, setMinutes, tickItem, trimAgenda } from "./operations/arranging.ts";
export { chooseCapture, writeStatus } from "./operations/choosing.ts";
export { discardDraft, letGo, prepareItem, putAway, removeItem, restoreItem } from "./operations/items.ts";
export { takeFromWaits, takeSeed } from "./operations/taking.ts";
export { openAgenda } from "./operations/opening.ts";
export { chooseAgenda, proposeAgenda } from "./operations/proposing.ts";
export { requireItemOf } from "./operations/requiring.ts";
export { putItem, saveItem } from "./operations/saving.ts";
export { agendaSummary, listProposals, preparedItems, showAgenda } from "./operations/reading.ts";
export { noteTime, preparationTimes } from "./operations/timing.ts";
export { agendaPages } from "./pages/index.ts";
export { emptyHanded, firstId } from "./rules/items.ts";
export { type Appearance, heldTimes, REPEAT_NUDGE, REPEAT_WARN, repeatLevel, repeatSentence } from "./rules/repeating.ts";
export type { Agenda, Item, ItemKind, PreparedItem } from "./schema.ts";

export const agendaOperations = [
  openAgenda,
  showAgenda,
  listProposals,
  proposeAgenda,
  chooseAgenda,
  saveItem,
  putItem,
  prepareItem,
  discardDraft,
  putAway,
  chooseCapture,
  chooseQuestion,
  takeFromWaits,
  takeSeed,
  removeItem,
  restoreItem,
  letGo,
  orderItems,
  setMinutes,
  trimAgenda,
  goToStep,
  noteTime,
  preparationTimes,
  writeStatus,
  readyAgenda,
  previewAgenda,
  approveAgenda,
  acceptAnswer,
];
