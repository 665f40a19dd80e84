import type { EnergyTrend } from "../schema.ts";

/** One entry about energy; the projects are those it names. */
export interface EnergyEntry {
  readonly on: string;
  readonly energy: number;
  readonly projects: readonly string[];
}

const ENOUGH = 3;
/** A difference between the earlier and the later half that is more than chance between neighbouring steps of the scale. */
const NOTABLE = 0.5;

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Whether the later half of the values lies above or below the earlier one; the middle one of an odd number is in neither. */
function trendOf(values: readonly number[]): EnergyTrend["trend"] {
  if (values.length < ENOUGH) return null;
  const half = Math.floor(values.length / 2);
  const change = mean(values.slice(-half)) - mean(values.slice(0, half));
  if (Math.abs(change) < NOTABLE) return "steady";
  return change > 0 ? "rising" : "falling";
}

/** Energy by project, the most draining first; a trend after three entries (S17). Entries come in any order. */
export function energyTrends(entries: readonly EnergyEntry[]): EnergyTrend[] {
  const byProject = new Map<string, { project: string; values: number[] }>();
  for (const { energy, projects } of entries.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)))
    for (const project of projects) {
      const key = project.toLowerCase();
      const found = byProject.get(key) ?? { project, values: [] };
      found.values.push(energy);
      byProject.set(key, found);
    }
  return [...byProject.values()]
    .map(({ project, values }) => ({
      project,
      entries: values.length,
      average: Math.round(mean(values) * 10) / 10 + 0,
      last: values.at(-1) ?? 0,
      trend: trendOf(values),
    }))
    .sort((a, b) => a.average - b.average || b.entries - a.entries || (a.project < b.project ? -1 : 1));
}
