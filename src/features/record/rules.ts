import {
  type Filters,
  type Position,
  type RecordEntry,
  type RecordGroup,
  type RecordSource,
  type RowFilters,
  tagKey,
} from "./schema.ts";

const sourcesOfGroup: Readonly<Record<RecordGroup, readonly RecordSource[]>> = {
  captured: ["capture"],
  told: ["told"],
  decided: ["decision"],
  promised: ["my_action", "manager_commitment"],
};

function startOfDay(day: string, zone: string, plusDays: number): string {
  return Temporal.PlainDate.from(day)
    .add({ days: plusDays })
    .toZonedDateTime(zone)
    .toInstant()
    .toString({ fractionalSecondDigits: 3 });
}

/** Turns what a person asks for into what the rows are asked for. Days are whole days in `zone`, DST included. */
export function rowFilters(filters: Filters, zone: string): RowFilters {
  const grouped = filters.group ? sourcesOfGroup[filters.group] : undefined;
  const sources = filters.source ? (grouped && !grouped.includes(filters.source) ? [] : [filters.source]) : grouped;
  return {
    ...(sources && { sources }),
    ...(filters.kind && { kind: filters.kind }),
    ...(filters.project && { projectKey: tagKey(filters.project) }),
    ...(filters.skill && { skillKey: tagKey(filters.skill) }),
    ...(filters.personId && { personId: filters.personId }),
    ...(filters.neverTold && { neverTold: true }),
    ...(filters.from && { from: startOfDay(filters.from, zone, 0) }),
    ...(filters.to && { until: startOfDay(filters.to, zone, 1) }),
  };
}

export function cursorOf({ happenedAt, id }: Position): string {
  return `${happenedAt}~${id}`;
}

/** Reads a cursor that the schema has accepted. */
export function positionOf(cursor: string): Position {
  const at = cursor.indexOf("~");
  return { happenedAt: cursor.slice(0, at), id: cursor.slice(at + 1) };
}

/** The links around one page of the timeline. `more` says that the store had another row in the direction that was read. */
export function linksAround(
  entries: readonly RecordEntry[],
  read: { readonly direction: "newest" | "older" | "newer"; readonly more: boolean },
): { older: string | null; newer: string | null } {
  const first = entries[0];
  const last = entries.at(-1);
  if (!first || !last) return { older: null, newer: null };
  return {
    older: read.direction === "newer" || read.more ? cursorOf(last) : null,
    newer: read.direction === "older" || (read.direction === "newer" && read.more) ? cursorOf(first) : null,
  };
}
