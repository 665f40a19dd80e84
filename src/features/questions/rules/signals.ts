import type { Stage } from "../schema.ts";

/** What the record says about one person and one meeting. Counts and days; the words of nothing. */
export interface Facts {
  /** Days since the person before this one left the role; null when there was none. */
  readonly daysSinceHandOver: number | null;
  /** Held meetings since growth was last talked about, this person's; all of them when it never was. */
  readonly heldWithoutGrowth: number;
  readonly heldMeetings: number;
  /** The last meetings with this person, newest first: whether each fell away. */
  readonly fellAway: readonly boolean[];
  /** A challenge stands in the preparation that came over from an earlier talk. */
  readonly carriedChallenges: number;
  /** Open promises of this person: days past the agreed day, and days since they were made. */
  readonly theirPromises: readonly { readonly overdueDays: number; readonly ageDays: number }[];
  /** The owner's promises that fell due within 56 days: whether each was kept by its day. */
  readonly ownDue: readonly boolean[];
  /** Wins of the last 90 days, and how many of those older than 21 days were told to nobody. */
  readonly wins: number;
  readonly winsUnshared: number;
  /** Wins that were told within 180 days: whether anybody besides a manager heard each. */
  readonly toldWidely: readonly boolean[];
  /** The last energy notes of each project of the last 60 days, newest first, -2 to 2. */
  readonly energies: readonly (readonly number[])[];
  /** Notes of the last 30 days that say "stuck". */
  readonly stuckNotes: number;
  readonly projectsAtOnce: number;
  readonly newProjects: number;
  /** Days since an answer to a question about expectations; null when there is none. */
  readonly daysSinceExpectations: number | null;
  /** The last agendas that were sent, newest first: hours before the meeting. */
  readonly leadHours: readonly number[];
  readonly plannedMinutes: number;
  readonly plannedItems: number;
  readonly slotMinutes: number;
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const share = (values: readonly boolean[]): number => values.filter(Boolean).length / values.length;

/**
 * The signals that the record can show today, with the sentence that says why; nothing below its least data. Not computable
 * from what is kept so far, and therefore never claimed: goal_stale, seed_unrevisited, target_role_set, map_gap,
 * review_in_45d, reorg_logged, miss_logged, remote_pattern, vague_feedback, status_heavy, nothing_changed, recap_missing,
 * evidence_recency, number_unsourced, ask_give_imbalance. blindspot_gap is handed in by the feature that knows it.
 */
const RULES: readonly (readonly [signal: string, why: string, holds: (facts: Facts) => boolean])[] = [
  ["manager_changed", "somebody new took over", (facts) => facts.daysSinceHandOver !== null && facts.daysSinceHandOver <= 90],
  ["growth_gap", "growth was not talked about lately", (facts) => facts.heldMeetings >= 2 && facts.heldWithoutGrowth >= 2],
  [
    "one_on_one_cancelled",
    "meetings fell away",
    ({ fellAway }) => (fellAway[0] === true && fellAway[1] === true) || (fellAway.length >= 4 && share(fellAway) >= 0.375),
  ],
  ["challenge_repeat", "a challenge is on the list again", (facts) => facts.carriedChallenges > 0],
  [
    "mgr_commitment_age",
    "a promise to you is getting old",
    ({ theirPromises }) => theirPromises.some((one) => one.overdueDays > 0 || one.ageDays > 14),
  ],
  ["own_followthrough", "some of your own promises slipped", ({ ownDue }) => ownDue.length >= 4 && share(ownDue) < 0.7],
  ["wins_unshared", "wins of yours were told to nobody", (facts) => facts.wins >= 3 && facts.winsUnshared / facts.wins > 0.33],
  [
    "visibility_narrow",
    "only your manager hears of your wins",
    ({ toldWidely }) => toldWidely.length >= 6 && share(toldWidely) < 0.2,
  ],
  [
    "energy_drop",
    "something has been draining you",
    ({ energies }) => energies.some((notes) => notes.length >= 3 && mean(notes.slice(0, 3)) <= -1),
  ],
  ["stuck_logged", "you noted being stuck", (facts) => facts.stuckNotes >= 2],
  ["workload_high", "you work on many things at once", (facts) => facts.projectsAtOnce > 5],
  ["new_project", "a project is new", (facts) => facts.newProjects > 0],
  [
    "expectation_unknown",
    "no answer about expectations is kept",
    ({ heldMeetings, daysSinceExpectations }) =>
      heldMeetings >= 2 && (daysSinceExpectations === null || daysSinceExpectations > 120),
  ],
  [
    "agenda_late",
    "agendas went out late",
    ({ leadHours }) => leadHours.length >= 2 && leadHours.filter((hours) => hours < 24).length / leadHours.length >= 0.5,
  ],
  [
    "agenda_overload",
    "the agenda is full",
    ({ plannedMinutes, plannedItems, slotMinutes }) =>
      plannedMinutes > 0.9 * slotMinutes || plannedItems > (5 * slotMinutes) / 30,
  ],
];

export function signalsFrom(facts: Facts): string[] {
  return RULES.filter(([, , holds]) => holds(facts)).map(([signal]) => signal);
}

const WHY = new Map<string, string>([
  ...RULES.map(([signal, why]) => [signal, why] as const),
  ["blindspot_gap", "some things about you were not told yet"],
]);

/** Why a signal speaks for a question, in a few words without its subject. */
export function whyOf(signal: string): string | undefined {
  return WHY.get(signal);
}

const STAGE_OF: Readonly<Record<string, Stage>> = { manager_changed: "new_manager", stuck_logged: "feeling_stuck" };

/** The stages that follow from signals. The others only the owner knows. */
export function stagesFrom(signals: Iterable<string>): Set<Stage> {
  return new Set(Array.from(signals).flatMap((signal) => STAGE_OF[signal] ?? []));
}
