import type { OwnerId } from "../../lib/ids.ts";
import type { Database } from "../../platform/storage/database.ts";

export { examplePages, VIEW_COOKIE } from "./pages.ts";

/** Fills an empty database with the fictional person's 26 weeks, the last of which is now. They are read when they are asked for: most starts never need them. */
export async function tellStory(database: Database, owner: OwnerId, now: Temporal.Instant): Promise<void> {
  const story = await import("./operations/index.ts");
  await story.tellStory(database, owner, now);
}
