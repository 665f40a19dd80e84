import type { OwnerId } from "../../../lib/ids.ts";
import type { Db } from "../../../platform/storage/database.ts";
import type { Meeting } from "../../meetings/index.ts";
import { heldTimes, repeatLevel, repeatSentence } from "../rules/repeating.ts";
import type { Repeated } from "../schema.ts";
import { listAppearances } from "../store.ts";

interface Line {
  /** `item:ID` of the item that it began as. */
  readonly ref: string | null;
  readonly kind: string;
  readonly text: string;
  readonly decisionWanted: string;
}

/**
 * The challenges of a preparation that were open in earlier held talks, from the second time on (S29). A talk still to come counts as
 * one more: its owner prepares it now.
 */
export async function repeatedChallenges(
  db: Db,
  owner: OwnerId,
  meeting: Pick<Meeting, "state">,
  lines: readonly Line[],
): Promise<Repeated[]> {
  const carried = lines.filter(({ ref, kind }) => kind === "challenge" && ref !== null && ref.startsWith("item:"));
  const refs = carried.flatMap(({ ref }) => ref ?? []);
  const held = heldTimes(await listAppearances(db, owner, refs));
  return carried.flatMap(({ ref, text, decisionWanted }) => {
    const times = (held.get(ref ?? "") ?? 0) + (meeting.state === "planned" ? 1 : 0);
    const level = repeatLevel(times);
    if (level === "none" || ref === null) return [];
    return [{ ref, times, level, say: repeatSentence(text, times), asksForDecision: decisionWanted === "" }];
  });
}
