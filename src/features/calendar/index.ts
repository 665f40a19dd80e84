import type { AnyOperation } from "../../platform/operation.ts";
import { calendarAccountOperations } from "./operations/accounts.ts";
import { confirmCandidate, listCalendarFollowings, releaseCalendar } from "./operations/confirming.ts";
import { expandCalendarText } from "./operations/expand.ts";
import {
  dismissCandidate,
  dropTitleRule,
  keepTitleRule,
  listCandidates,
  listDismissed,
  listTitleRules,
  offerAgain,
} from "./operations/finding.ts";
import type { CalendarConfig } from "./operations/reading.ts";
import { calendarSourceOperations, listSources, removeSource, showSource } from "./operations/sources.ts";

export { calendarAccountOperations } from "./operations/accounts.ts";
export { confirmCandidate, listCalendarFollowings, releaseCalendar } from "./operations/confirming.ts";
export { dismissCandidate, keepTitleRule, listCandidates } from "./operations/finding.ts";
export { expandCalendarText } from "./operations/expand.ts";
export { type CalendarConfig, type ReaderParts, readSource } from "./operations/reading.ts";
export { calendarSourceOperations, listSources, removeSource, showSource } from "./operations/sources.ts";
export { staleReminders } from "./operations/stale.ts";
export { type CalendarReader, createCalendarReader } from "./operations/worker.ts";
export { calendarPages } from "./pages/index.ts";
export { CalendarSource, SourceDetail, type SourceState, sourceStates } from "./schema.ts";

export const calendarOperations = [
  expandCalendarText,
  listSources,
  showSource,
  removeSource,
  listCandidates,
  confirmCandidate,
  listCalendarFollowings,
  releaseCalendar,
  dismissCandidate,
  listDismissed,
  offerAgain,
  listTitleRules,
  keepTitleRule,
  dropTitleRule,
];

/** The operations that ask other servers for calendars. They need the installation's key, so they are made once the configuration is known. */
export function calendarReadingOperations(config: CalendarConfig): readonly AnyOperation[] {
  return Object.values({ ...calendarSourceOperations(config), ...calendarAccountOperations(config) });
}
