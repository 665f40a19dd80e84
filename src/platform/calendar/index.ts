// Calendars as files (RFC 5545): reading them, and what they hold in a window. CalDAV and the fetching of addresses are beside it.
// The expansion itself is in expand.ts, which brings the libraries along: outside tests it is reached through `expandInWorker` alone,
// which keeps a start lean and a hostile file away from the pages.

export type { CalendarEvent, CalendarWindow, CancelledInstance, Expansion } from "./calendar-event.ts";
export type { CalendarAttendee, CalendarPerson, WrittenEvent } from "./event.ts";
export { decodeCalendar } from "./decode.ts";
export { expandInWorker, LONGEST_CALENDAR } from "./expand-in-worker.ts";
export { type CalendarWarning, readCalendar, type ReadCalendar, type SetAside } from "./read.ts";
