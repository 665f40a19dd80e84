import { checkTones } from "./operations.ts";

export { checkTones } from "./operations.ts";
export { tonePages } from "./pages/index.ts";
export { type EditPlace, markedText, toneNotes } from "./pages/notes.ts";
export { checkTone } from "./rules/check.ts";
export type { Finding, Rule } from "./schema.ts";

export const toneOperations = [checkTones];
