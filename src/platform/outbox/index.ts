export { type OutboxContext, type OutboxHandler, runDue, type RunSummary } from "./run.ts";
export type { AttemptOutcome, OutboxItem, OutboxState, Settlement } from "./schema.ts";
export {
  cancel,
  confirmSent,
  endAsFailed,
  enqueue,
  hold,
  nextDueAt,
  queueAgain,
  readRow,
  releaseHeld,
  reschedule,
} from "./store.ts";
