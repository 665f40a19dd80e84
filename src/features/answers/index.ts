export { answersOf, keepAnswer, keepMailLines, mailLinesOf } from "./operations/keeping.ts";
export type { About, AboutKind, Answer, AnswerKind, AnswerState, AnswerWay, MailLine, NewAnswer } from "./schema.ts";
