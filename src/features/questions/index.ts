import {
  addCondition,
  dropCondition,
  listConditions,
  meetCondition,
  reopenCondition,
  showCondition,
} from "./operations/conditions.ts";
import { listQuestions, offerQuestions, swapQuestion } from "./operations/offering.ts";
import { addOwn, editOwn, exportOwn, importOwn, listOwn, retireOwn, reviveOwn, showOwn } from "./operations/own.ts";
import { listUses, noteUncovered, showUse } from "./operations/using.ts";

export { bankQuestions, categoryWords, requireQuestion } from "./operations/bank.ts";
export {
  addCondition,
  conditionsOf,
  dropCondition,
  listConditions,
  meetCondition,
  reopenCondition,
  showCondition,
} from "./operations/conditions.ts";
export { knownFor } from "./operations/circumstances.ts";
export {
  listQuestions,
  offerQuestions,
  offers,
  questionsLeft,
  refuseResting,
  swapFor,
  swapQuestion,
} from "./operations/offering.ts";
export { addOwn, editOwn, exportOwn, importOwn, listOwn, retireOwn, reviveOwn, showOwn } from "./operations/own.ts";
export {
  type AnswerAbout,
  answersAbout,
  type Asking,
  bindQuestion,
  cardTopics,
  type CardTopic,
  keepAsking,
  listUses,
  noteUncovered,
  questionsOf,
  showUse,
} from "./operations/using.ts";
export { conditionsPart } from "./pages/conditions.ts";
export { questionPages } from "./pages/index.ts";
export { uncoveredPart } from "./pages/uncovered.ts";
export { choicesFor, filled } from "./rules/filling.ts";
export { surfaceOf } from "./rules/surface.ts";
export { type Condition, type Offer, type Offers, type Question, type QuestionUse, stages } from "./schema.ts";

export const questionsOperations = [
  listQuestions,
  offerQuestions,
  swapQuestion,
  listUses,
  showUse,
  noteUncovered,
  listConditions,
  showCondition,
  addCondition,
  meetCondition,
  reopenCondition,
  dropCondition,
  listOwn,
  showOwn,
  addOwn,
  editOwn,
  retireOwn,
  reviveOwn,
  importOwn,
  exportOwn,
];
