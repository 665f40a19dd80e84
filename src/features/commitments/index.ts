import {
  addCommitment,
  dropCommitment,
  keepCommitment,
  listCommitments,
  renegotiateCommitment,
  reopenCommitment,
  showCommitment,
} from "./operations/commitments.ts";
import { addQuestion, answerQuestion, dropQuestion, reopenQuestion, showQuestion } from "./operations/questions.ts";

export { openFor, putCommitment, putOpenQuestion, removeCommitment, removeOpenQuestion } from "./operations/keeping.ts";
export {
  addCommitment,
  dropCommitment,
  keepCommitment,
  listCommitments,
  noteConfirmed,
  renegotiateCommitment,
  reopenCommitment,
  showCommitment,
} from "./operations/commitments.ts";
export { addQuestion, answerQuestion, dropQuestion, reopenQuestion, showQuestion } from "./operations/questions.ts";
export { commitmentPages } from "./pages/index.ts";
export type { Commitment, LedgerEntry, LedgerQuestion, Ledgers, OpenQuestion, Side } from "./schema.ts";

export const commitmentsOperations = [
  listCommitments,
  showCommitment,
  addCommitment,
  keepCommitment,
  dropCommitment,
  renegotiateCommitment,
  reopenCommitment,
  showQuestion,
  addQuestion,
  answerQuestion,
  dropQuestion,
  reopenQuestion,
];
