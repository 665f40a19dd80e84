import type { AnyOperation } from "../../platform/operation.ts";
import type { KeySource } from "../../platform/keys/seal.ts";
import { feedOperations } from "./operations/feed.ts";

export { feedText } from "./operations/calendar-text.ts";
export { feedOperations } from "./operations/feed.ts";
export { type FeedFacts, feedProgram } from "./pages/feed.ts";

/** The operations on the feed and on reminders. They need the installation's key, so they are made once the configuration is known. */
export function reminderOperations(config: KeySource): readonly AnyOperation[] {
  return Object.values(feedOperations(config));
}
