import { allowPage, revokeLink, showAccess } from "./operations/links.ts";
import { declineAnswer, listAnswers, verifyAnswer } from "./operations/settling.ts";

export { type AnswerHint, hintHtml, hintText } from "./mail.ts";
export { answersOf, keepAnswer, keepMailLines, mailLinesOf } from "./operations/keeping.ts";
export { allowPage, guestLinkFor, openGuestLink, openLinkOf, revokeLink, showAccess } from "./operations/links.ts";
export {
  acceptOnce,
  acceptPlain,
  askedForAmong,
  declineAnswer,
  listAnswers,
  noteBecame,
  requireAnswer,
  verifyAnswer,
  waitingAnswers,
} from "./operations/settling.ts";
export { answerPages } from "./pages/access.ts";
export { answersNotice, answersSection, openPageSection } from "./pages/section.ts";
export { isSignedFor, tokenHash } from "./rules.ts";
export {
  type About,
  type AboutKind,
  aboutKinds,
  Answer,
  AnswerId,
  type AnswerKind,
  answerKinds,
  type AnswerState,
  type AnswerWay,
  type GuestLinkTable,
  type MailLine,
  type NewAnswer,
} from "./schema.ts";

export const answersOperations = [listAnswers, declineAnswer, verifyAnswer, showAccess, allowPage, revokeLink];
