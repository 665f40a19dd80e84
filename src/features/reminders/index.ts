import type { KeySource } from "../../platform/keys/seal.ts";
import type { AnyOperation } from "../../platform/operation.ts";
import { browserOperations } from "./operations/browsers.ts";
import { feedOperations } from "./operations/feed.ts";
import { setReminders, showReminders } from "./operations/settings.ts";

export { browserOperations } from "./operations/browsers.ts";
export { feedText } from "./operations/calendar-text.ts";
export { feedOperations } from "./operations/feed.ts";
export { setReminders, showReminders } from "./operations/settings.ts";
export { createReminderWorker, type ReminderParts, type ReminderWorker } from "./operations/worker.ts";
export { type FeedFacts, feedProgram } from "./pages/feed.ts";
export { reminderPages } from "./pages/settings.ts";

/** The operations on reminders and the feed. They need the installation's key, so they are made once the configuration is known. */
export function reminderOperations(config: KeySource): readonly AnyOperation[] {
  return [showReminders, setReminders, ...Object.values({ ...feedOperations(config), ...browserOperations(config) })];
}
