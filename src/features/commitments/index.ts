export { openFor, putCommitment, putOpenQuestion, removeCommitment, removeOpenQuestion } from "./operations/keeping.ts";
export type { Commitment, LedgerEntry, Ledgers, OpenQuestion, Side } from "./schema.ts";
