import type { CalendarAttendee, CalendarPerson } from "./event.ts";
import type { CalendarWarning, SetAside } from "./read.ts";

/** One happening of an event: the event itself, or one instance of a series. */
export interface CalendarEvent {
  readonly uid: string;
  /**
   * Which instance of the series it is, the same after it was moved: the original start as a UTC instant ("2026-03-16T09:00:00Z") or, in an all-day
   * series, as a day ("2026-03-16"). An event that does not repeat has "once", because its start may change.
   */
  readonly key: string;
  /** RFC 3339 with the offset of the event's own zone ("2026-03-16T10:00:00+01:00"), or a day ("2026-03-16"). */
  readonly start: string;
  /** Like `start`; of an all-day event the day after its last. */
  readonly end: string;
  /** UTC ("2026-03-16T09:00:00Z"); null when all-day. */
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  /** The IANA zone whose wall clock it keeps; null when all-day, or when only the file knows its zone. */
  readonly zone: string | null;
  /** False when its zone is a guess: nothing should be sent by its hour until somebody has looked. */
  readonly zoneIsSure: boolean;
  readonly minutes: number;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  readonly status: "confirmed" | "tentative";
  readonly allDay: boolean;
  readonly recurring: boolean;
  readonly organizer: CalendarPerson | null;
  readonly attendees: readonly CalendarAttendee[];
  readonly sequence: number;
}

/** An instance that will not take place: cancelled, or excepted from its series. */
export interface CancelledInstance {
  readonly uid: string;
  readonly key: string;
}

/** What a calendar holds in a window. */
export interface Expansion {
  /** In order of start. Cancelled ones are not among them. */
  readonly events: readonly CalendarEvent[];
  /** Cancelled ones whose original start is in the window. */
  readonly cancelled: readonly CancelledInstance[];
  readonly setAside: readonly SetAside[];
  readonly warnings: readonly CalendarWarning[];
  /** How many events the file holds that could be read, whatever the window. */
  readonly found: number;
  /** X-WR-CALNAME; "" when the calendar has no name. */
  readonly name: string;
  /** False for a text with neither a calendar nor an event in it, such as a web page. */
  readonly isCalendar: boolean;
  /** False when the text ends in the middle of something: half a file. */
  readonly isComplete: boolean;
}

/** An event is in a window when it starts in it: `from` counts, `to` does not. All-day events start at midnight in `zone`. */
export interface CalendarWindow {
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
  /** The IANA zone of whoever reads, for times without a zone and for zones that nobody knows; UTC when it is not known. */
  readonly zone?: string | undefined;
}
