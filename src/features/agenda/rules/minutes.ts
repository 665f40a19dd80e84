import type { ItemKind, MinutesPlan } from "../schema.ts";
import { inOrder } from "./items.ts";

/** The last ten minutes of every other held meeting belong to growth (S37). */
export const GROWTH_BLOCK_MINUTES = 10;

interface Timed {
  readonly id: string;
  readonly kind: ItemKind;
  readonly minutes: number;
  readonly position: number;
}

// What gives way first, and to how many minutes before anything is left out. The need and the growth block never do (S54).
const GIVES_WAY: readonly (readonly [ItemKind, number])[] = [
  ["topic", 3],
  ["carried", 1],
  ["win", 2],
  ["challenge", 5],
];
// Without a block of its own, a question about growth is still worth this much.
const GROWTH_FLOOR = 5;

const sum = (items: readonly Timed[]): number => items.reduce((total, item) => total + item.minutes, 0);

function totals(items: readonly Timed[], growthBlock: number): { readonly planned: number; readonly growth: number } {
  const growth = Math.max(growthBlock, sum(items.filter((item) => item.kind === "growth")));
  return { planned: sum(items.filter((item) => item.kind !== "growth")) + growth, growth };
}

/** Takes `over` minutes from the last of `candidates` first, each down to `floor` at most. */
function shorten(minutes: Map<string, number>, candidates: readonly Timed[], floor: number, over: number): number {
  let rest = over;
  for (const item of candidates.toReversed()) {
    const present = minutes.get(item.id) ?? 0;
    const spare = Math.min(rest, Math.max(0, present - floor));
    minutes.set(item.id, present - spare);
    rest -= spare;
  }
  return rest;
}

/** Leaves whole items out, the last first, until `over` minutes are found; gives what is still missing. */
function leaveOut(minutes: Map<string, number>, candidates: readonly Timed[], over: number): number {
  let rest = over;
  for (const item of candidates.toReversed()) {
    if (rest <= 0) break;
    rest -= minutes.get(item.id) ?? 0;
    minutes.set(item.id, 0);
  }
  return rest;
}

/** Beyond its block growth is shortened like the rest, but after it. What one question needs, and the block, always stay. */
function shortenGrowth(minutes: Map<string, number>, growth: readonly Timed[], growthBlock: number, over: number): number {
  const keep = growthBlock > 0 ? growthBlock : Math.min(GROWTH_FLOOR, growth[0]?.minutes ?? 0);
  let spare = Math.max(0, sum(growth) - keep);
  let rest = over;
  for (const floor of [GROWTH_FLOOR, 0])
    for (const item of growth.toReversed()) {
      const present = minutes.get(item.id) ?? 0;
      const less = Math.min(rest, spare, Math.max(0, present - floor));
      minutes.set(item.id, present - less);
      spare -= less;
      rest -= less;
    }
  return rest;
}

/**
 * Whole items that were left out may free more than was needed: what matters most comes back first, if it fits in its shortest form,
 * and then what stays gets its minutes back.
 */
function giveBack(minutes: Map<string, number>, ordered: readonly Timed[], spare: number): void {
  let rest = spare;
  const byWeight = GIVES_WAY.toReversed().flatMap(([kind, floor]) =>
    ordered.filter((item) => item.kind === kind).map((item) => ({ ...item, floor: Math.min(floor, item.minutes) })),
  );
  for (const { id, floor } of byWeight) {
    if (minutes.get(id) !== 0 || floor > rest) continue;
    minutes.set(id, floor);
    rest -= floor;
  }
  for (const item of byWeight) {
    const present = minutes.get(item.id) ?? 0;
    const more = present === 0 ? 0 : Math.min(rest, item.minutes - present);
    minutes.set(item.id, present + more);
    rest -= more;
  }
}

function proposeTrim(items: readonly Timed[], growthBlock: number, over: number): MinutesPlan["trim"] {
  const ordered = inOrder(items);
  const of = (kind: ItemKind): Timed[] => ordered.filter((item) => item.kind === kind);
  const minutes = new Map(ordered.map((item) => [item.id, item.minutes]));
  let rest = over;
  for (const [kind, floor] of GIVES_WAY) rest = shorten(minutes, of(kind), floor, rest);
  rest = shortenGrowth(minutes, of("growth"), growthBlock, rest);
  for (const [kind] of GIVES_WAY) rest = leaveOut(minutes, of(kind), rest);
  giveBack(minutes, ordered, Math.max(0, -rest));
  return ordered.flatMap(({ id, minutes: from }) => {
    const to = minutes.get(id) ?? from;
    return to === from ? [] : [{ id, from, to }];
  });
}

/** The minutes of an agenda against its slot, with a proposal when they do not fit (S37, S54). All in minutes. */
export function planMinutes(items: readonly Timed[], slot: number, hasGrowthBlock: boolean): MinutesPlan {
  const growthBlock = hasGrowthBlock ? Math.min(GROWTH_BLOCK_MINUTES, slot) : 0;
  const { planned, growth } = totals(items, growthBlock);
  const over = Math.max(0, planned - slot);
  return { slot, planned, over, growthBlock, growth, trim: over === 0 ? [] : proposeTrim(items, growthBlock, over) };
}
