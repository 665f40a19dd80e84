// What an iCalendar text is made of (RFC 5545 section 3.6): calendars, events and time zones, and what had to be left out.
import { type ContentLine, readContentLines } from "./lines.ts";

/** One VEVENT or one STANDARD or DAYLIGHT: its lines, without those of components inside it. */
export interface Component {
  readonly lines: readonly ContentLine[];
  /** Where it begins, counted from 1. */
  readonly line: number;
}

/** A VTIMEZONE with the name that the file gives it. */
export interface ZoneComponent {
  readonly name: string;
  readonly observances: readonly Component[];
}

export interface Components {
  readonly events: readonly Component[];
  /** Events that begin and never end, since the text ends before. */
  readonly halves: readonly Component[];
  readonly zones: readonly ZoneComponent[];
  /** Lines of the calendar itself. */
  readonly lines: readonly ContentLine[];
  /** Lines that say nothing, by number; at most `MOST_BROKEN` are named. */
  readonly broken: readonly number[];
  readonly brokenCount: number;
  /** Whether there are more than `MOST_COMPONENTS`; then none is kept. */
  readonly isTooMany: boolean;
  /** Whether anything in the text is a calendar or an event at all. */
  readonly isCalendar: boolean;
  /** False when the text ends inside something. */
  readonly isComplete: boolean;
}

const MOST_BROKEN = 50;
/** Ten years with fourteen meetings a day. */
export const MOST_COMPONENTS = 50_000;
/** Nobody's calendar is that deep; what is deeper is not kept track of. */
const DEEPEST = 20;

const WANTED = new Set(
  `BEGIN END UID DTSTAMP LAST-MODIFIED DTSTART DTEND DURATION RRULE EXRULE RDATE EXDATE RECURRENCE-ID SEQUENCE SUMMARY DESCRIPTION
   LOCATION STATUS ORGANIZER ATTENDEE TZID TZOFFSETFROM TZOFFSETTO X-WR-TIMEZONE X-WR-CALNAME METHOD`.split(/\s+/u),
);
const TOP_LEVEL = new Set(["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE"]);

interface Open {
  readonly kind: string;
  readonly lines: ContentLine[];
  readonly line: number;
  readonly observances: Component[];
}

const valueOf = (lines: readonly ContentLine[], name: string): string | undefined =>
  lines.find((line) => line.name === name)?.value.trim();

/** Puts content lines together. Each VEVENT stands alone: what is wrong with one does not reach the next. */
class Reader {
  readonly events: Component[] = [];
  readonly halves: Component[] = [];
  readonly zones: ZoneComponent[] = [];
  readonly lines: ContentLine[] = [];
  isCalendar = false;
  isComplete = true;
  private open: Open[] = [];

  get isTooMany(): boolean {
    return this.events.length + this.zones.length > MOST_COMPONENTS;
  }

  take(line: ContentLine): void {
    if (this.isTooMany) return;
    if (line.name === "BEGIN") this.begin(line.value.trim().toUpperCase(), line.line);
    else if (line.name === "END") this.end(line.value.trim().toUpperCase());
    else if (this.open.length === 0 || this.open.at(-1)?.kind === "VCALENDAR") this.lines.push(line);
    else this.open.at(-1)?.lines.push(line);
  }

  private begin(kind: string, line: number): void {
    if (kind === "VCALENDAR" || kind === "VEVENT") this.isCalendar = true;
    // These stand in a calendar only: whatever is still open has lost its END.
    if (TOP_LEVEL.has(kind) || kind === "VCALENDAR") this.closeAll();
    if (this.open.length < DEEPEST) this.open.push({ kind, lines: [], line, observances: [] });
  }

  private end(kind: string): void {
    const index = this.open.findLastIndex((one) => one.kind === kind);
    // An END of nothing closes nothing.
    if (index >= 0) while (this.open.length > index) this.close(this.open.pop() as Open);
  }

  private closeAll(): void {
    while (this.open.length > 0) this.close(this.open.pop() as Open);
  }

  private close({ kind, lines, line, observances }: Open): void {
    if (kind === "VEVENT") this.events.push({ lines, line });
    if (kind === "VTIMEZONE") this.zones.push({ name: valueOf(lines, "TZID") ?? "", observances });
    if (kind !== "STANDARD" && kind !== "DAYLIGHT") return;
    const zone = this.open.findLast((one) => one.kind === "VTIMEZONE");
    zone?.observances.push({ lines, line });
  }

  /** What is still open when the text ends was cut off: half an event may lack the very line that matters. */
  finish(): void {
    this.isComplete = this.open.length === 0;
    for (const one of this.open) if (one.kind === "VEVENT") this.halves.push({ lines: one.lines, line: one.line });
  }
}

/** Takes a text apart. Never throws; time and memory grow with the length of the text and nothing else. */
export function readComponents(text: string): Components {
  const reader = new Reader();
  const broken: number[] = [];
  let brokenCount = 0;
  readContentLines(text, {
    wanted: WANTED,
    take: (line) => reader.take(line),
    broken(line) {
      brokenCount += 1;
      if (broken.length < MOST_BROKEN) broken.push(line);
    },
  });
  reader.finish();
  const { events, halves, zones, lines, isCalendar, isComplete, isTooMany } = reader;
  if (isTooMany) return { events: [], halves: [], zones: [], lines, broken, brokenCount, isTooMany, isCalendar, isComplete };
  return { events, halves, zones, lines, broken, brokenCount, isTooMany, isCalendar, isComplete };
}
