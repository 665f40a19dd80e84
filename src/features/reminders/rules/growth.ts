import type { HappeningRow } from "../store/moments.ts";

/** Whether a meeting has the growth block, and when anything that decides it last changed (instant as text). */
export interface GrowthTurn {
  readonly hasBlock: boolean;
  readonly changedAt: string;
}

interface Counted {
  held: number;
  expected: number;
  changedAt: string;
}

/**
 * Whose turn growth is, for all meetings at once: the same answer as meetings' `growthBlockIn`, which asks for one. `rows` are all
 * meetings of an owner up to some instant, the oldest first; `isTurn` is the rule, given how many count before.
 */
export function growthTurns(rows: readonly HappeningRow[], isTurn: (before: number) => boolean): Map<string, GrowthTurn> {
  const byPerson = new Map<string, Counted>();
  const turns = new Map<string, GrowthTurn>();
  for (const row of rows) {
    const counted = byPerson.get(row.person_id) ?? { held: 0, expected: 0, changedAt: "" };
    const isHeld = row.held_at !== null;
    const isExpected = isHeld || (row.cancelled_at === null && row.not_held_at === null);
    const changedAt = row.updated_at > counted.changedAt ? row.updated_at : counted.changedAt;
    turns.set(row.id, { hasBlock: isTurn(isHeld ? counted.held : counted.expected), changedAt });
    byPerson.set(row.person_id, {
      held: counted.held + Number(isHeld),
      expected: counted.expected + Number(isExpected),
      changedAt,
    });
  }
  return turns;
}
