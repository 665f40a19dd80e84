import { answerPrompt, nextQuestion, skipQuestion } from "./operations/answering.ts";
import { deleteFromCard, editCard, noteOnCard, restoreToCard, showCard, showCardHistory } from "./operations/card.ts";
import { listSeen, rateTalk } from "./operations/seen.ts";
import { showBlindspots } from "./operations/showing.ts";
import { answerWaits, dismissWait, showWaits, skipWaits } from "./operations/waits.ts";

export { answerDetail, answerPrompt, nextQuestion, skipQuestion } from "./operations/answering.ts";
export {
  deleteFromCard,
  editCard,
  noteOnCard,
  restoreToCard,
  showCard,
  showCardHistory,
  troublePreference,
} from "./operations/card.ts";
export { listSeen, rateTalk } from "./operations/seen.ts";
export { showBlindspots } from "./operations/showing.ts";
export { answerWaits, dismissWait, showWaits, skipWaits, takeWait, waitProposals } from "./operations/waits.ts";
export {
  answerAgain,
  answerFields,
  answerForm,
  answerFrom,
  besideAnswer,
  isAnswered,
  isPrompt,
  putLabel,
} from "./pages/answer-form.ts";
export { troubleNote } from "./pages/card.ts";
export { blindspotPages } from "./pages/index.ts";
export { agendaPath } from "./pages/known.ts";
export { seenSection } from "./pages/seen.ts";
export { waitsNotice } from "./pages/waits.ts";
export { promptWords } from "./pages/words.ts";
export { AnswerInput, CardInput, WaitsInput } from "./schema.ts";
export type { Blindspots, LightQuestion, Prompt, WaitProposal } from "./schema.ts";

export const blindspotOperations = [
  showBlindspots,
  answerPrompt,
  nextQuestion,
  skipQuestion,
  showWaits,
  answerWaits,
  skipWaits,
  dismissWait,
  showCard,
  noteOnCard,
  editCard,
  deleteFromCard,
  restoreToCard,
  showCardHistory,
  rateTalk,
  listSeen,
];
