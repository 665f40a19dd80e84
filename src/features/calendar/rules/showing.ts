import type { CalendarSource, CalendarSourceTable, SetAside, SourceDetail, SourceState, SourceWarning } from "../schema.ts";

function listIn<T>(json: string): T[] {
  return JSON.parse(json) as T[];
}

function stateOf(row: CalendarSourceTable): SourceState {
  if (row.stopped_at !== null) return "stopped";
  if (row.shrunk_to !== null) return "shrunk";
  return row.stale_since_at === null ? "fresh" : "stale";
}

/** A source as its owner sees it, with what was set aside and why. Holds no secret. */
export function detailOf(row: CalendarSourceTable): SourceDetail {
  const setAside = listIn<SetAside>(row.set_aside);
  const warnings = listIn<SourceWarning>(row.warnings);
  return { ...sourceOf(row), setAside, warnings };
}

/** A source as its owner sees it. Holds no secret. */
export function sourceOf(row: CalendarSourceTable): CalendarSource {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    shownAddress: row.shown_address,
    privateAllowed: row.private_allowed_at !== null,
    state: stateOf(row),
    lastTriedAt: row.last_tried_at,
    lastReadAt: row.last_read_at,
    staleSinceAt: row.stale_since_at,
    stoppedAt: row.stopped_at,
    failReason: row.fail_reason,
    nextTryAt: row.kind === "file" ? null : row.next_at,
    eventCount: row.event_count,
    aheadCount: row.ahead_count,
    setAsideCount: listIn(row.set_aside).length,
    warningCount: listIn(row.warnings).length,
    shrunkTo: row.shrunk_to,
  };
}
