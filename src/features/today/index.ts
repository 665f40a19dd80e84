import { showToday } from "./operations.ts";

export { showToday } from "./operations.ts";
export { todayPages } from "./pages.ts";
export type { NextAct, Today } from "./schema.ts";

export const todayOperations = [showToday];
