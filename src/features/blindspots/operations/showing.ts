import { dayIn } from "../../../lib/dates.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { readOperation } from "../../../platform/operation.ts";
import type { Db } from "../../../platform/storage/database.ts";
import { readOwner } from "../../account/index.ts";
import { type Capture, type CaptureKind, listCaptures } from "../../journal/index.ts";
import { nextMeeting } from "../../meetings/index.ts";
import { showPerson } from "../../people/index.ts";
import { tagKey } from "../../record/index.ts";
import { energyTrends } from "../rules/energy.ts";
import { countsUntil, freshDays, freshUntil, kindOf, statementKind, stateOf } from "../rules/prompts.ts";
import {
  type Answer,
  type AnswerDetailTable,
  Blindspots,
  PersonRef,
  type Prompt,
  prompts,
  type PromptState,
  type Standing,
  type Statement,
} from "../schema.ts";
import { countWinsWith, detailsOf, lastTellings, lastToldByKind, preparedFor } from "../store/answers.ts";

/** How far back each kind is read: the last answer alone, or the history that the page shows. */
const READ: Readonly<Record<Prompt, number>> = { proud: 1, energy: 200, skills: 1, direction: 20, obstacles: 20 };

interface Read {
  readonly db: Db;
  readonly owner: OwnerId;
  readonly now: Temporal.Instant;
}

async function capturesOf({ db, owner, now }: Read, kind: CaptureKind, limit: number): Promise<Capture[]> {
  return (await listCaptures.run({ db, owner, now }, { kind, limit })).captures;
}

/** The last answer to an obstacle is one that still stands in the way, if there is one. */
function lastOf(prompt: Prompt, captures: readonly Capture[]): Capture | undefined {
  const open = prompt === "obstacles" ? captures.find((capture) => capture.resolvedAt === null) : undefined;
  return open ?? captures[0];
}

/** The day of the last answer to each of the five, or null. */
export async function answeredDays(db: Db, owner: OwnerId, now: Temporal.Instant): Promise<Record<Prompt, string | null>> {
  const days = await Promise.all(
    prompts.map(async (prompt) => [prompt, (await capturesOf({ db, owner, now }, kindOf[prompt], 1))[0]?.happenedOn ?? null]),
  );
  return Object.fromEntries(days) as Record<Prompt, string | null>;
}

function toAnswer(capture: Capture, detail: AnswerDetailTable | undefined): Answer {
  return {
    captureId: capture.id,
    text: capture.text,
    answeredOn: capture.happenedOn,
    energy: capture.energy,
    projects: capture.projects,
    skills: capture.skills,
    horizon: detail?.horizon ?? null,
    goal: detail?.goal ?? "",
    ownedBy: detail?.owned_by ?? "",
    decision: detail?.decision ?? "",
  };
}

/** What the page and the assistants are told about one person. */
async function lookAt(read: Read, personId: string): Promise<Blindspots> {
  const { db, owner, now } = read;
  const { zone } = await readOwner(db, owner);
  const today = dayIn(zone, now).toString();
  const byPrompt = new Map(
    await Promise.all(prompts.map(async (prompt) => [prompt, await capturesOf(read, kindOf[prompt], READ[prompt])] as const)),
  );
  const listed = (prompt: Prompt): readonly Capture[] => byPrompt.get(prompt) ?? [];
  const last = new Map(prompts.map((prompt) => [prompt, lastOf(prompt, listed(prompt))]));
  const open = listed("obstacles").filter((capture) => capture.resolvedAt === null);
  const asked = [...new Set([...last.values(), ...listed("direction"), ...open].flatMap((one) => (one ? [one.id] : [])))];
  const [details, tellings, plans, toldKinds, next] = await Promise.all([
    detailsOf(db, owner, asked),
    lastTellings(db, owner, personId, asked),
    preparedFor(db, owner, personId, asked),
    lastToldByKind(db, owner, personId, Object.values(kindOf)),
    nextMeeting(db, owner, now, personId),
  ]);
  const standingOf = (id: string): Standing => {
    const standing = { told: tellings.get(id) ?? null, preparedFor: plans.get(id) ?? null };
    return { ...standing, state: stateOf(standing) };
  };
  const toldDay = (prompt: Prompt): string | null => {
    const at = toldKinds.get(kindOf[prompt]);
    return at === undefined ? null : dayIn(zone, Temporal.Instant.from(at)).toString();
  };
  const skillKeys = (last.get("skills")?.skills ?? []).map(tagKey);
  const evidence = await countWinsWith(db, owner, skillKeys);
  const states = prompts.map((prompt): PromptState => {
    const capture = last.get(prompt);
    const until = capture ? freshUntil(prompt, capture.happenedOn) : null;
    const counts = countsUntil(prompt, toldDay(prompt), today);
    return {
      prompt,
      freshDays: freshDays[prompt],
      answer: capture ? toAnswer(capture, details.get(capture.id)) : null,
      freshUntil: until,
      isFresh: until !== null && until >= today,
      ...(capture ? standingOf(capture.id) : { state: "unanswered", told: null, preparedFor: null }),
      counts: counts !== null,
      countsUntil: counts,
      evidence: prompt === "skills" ? evidence : 0,
    };
  });
  const statement = (capture: Capture): Statement => ({
    captureId: capture.id,
    kind: statementKind(capture.kind, details.get(capture.id)?.horizon ?? null),
    text: capture.text,
    saidOn: capture.happenedOn,
    ...standingOf(capture.id),
  });
  // Of the directions, the present one is a statement; the earlier ones are its history.
  return {
    personId,
    told: states.filter((one) => one.counts).length,
    of: prompts.length,
    prompts: states,
    energy: energyTrends(
      listed("energy")
        .map(({ happenedOn, energy, projects }) => ({ on: happenedOn, energy: energy ?? 0, projects }))
        .toReversed(),
    ),
    directions: listed("direction").map((capture) => toAnswer(capture, details.get(capture.id))),
    statements: [...listed("direction").slice(0, 1), ...open].map(statement),
    nextMeetingId: next?.id ?? null,
  };
}

export const showBlindspots = readOperation({
  name: "blindspots.show",
  summary: "Show what a person cannot know unless you tell them: the five answers, how fresh, told when, and k of 5 told",
  input: PersonRef,
  output: Blindspots,
  assistant: true,
  async run({ owner, db, now }, { personId }) {
    await showPerson.run({ owner, db, now }, { id: personId });
    return lookAt({ owner, db, now }, personId);
  },
});
